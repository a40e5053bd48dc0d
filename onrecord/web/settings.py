"""How a workbench runs: one frozen configuration, built at the edge and passed down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenId:
    """A provider of OpenID Connect that vouches for people; ``issuer`` is its address."""

    issuer: str
    client: str
    client_secret: str
    label: str = "OpenID"
    # Its people come in as readers without an invitation; otherwise an invitation is asked for, once.
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What `onrecord serve` was told.

    Alone (``team`` false) there is one user, no sign-in, and only the loopback may knock. ``secret`` signs
    what leaves in cookies and forms; a team's must stay the same from start to start. ``hosts`` are the names
    under which the workbench may be asked for; anything else is refused, so that no foreign page can rebind.
    """

    store: str
    secret: str
    team: bool = False
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    secure: bool = False  # cookies over HTTPS only
    open_sign_up: bool = False
    language: str = "en"
    upload_bytes: int = 32 * 2**20
    json_bytes: int = 2 * 2**20
    body_seconds: float = 120.0  # a request's body is here by then, or it is given up
    idle_seconds: int = 12 * 3600  # a session that nobody uses ends
    session_seconds: int = 14 * 24 * 3600  # and so does an old one, used or not
    site: str = ""  # how the workbench is called from outside, https://record.example; for links given out
    openid: OpenId | None = None
