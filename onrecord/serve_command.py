"""What ``onrecord serve`` does around the workbench: its secret, where it listens, one line that says so."""

from __future__ import annotations

import ipaddress
import os
import secrets
import socket
import stat
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

if TYPE_CHECKING:
    from onrecord.store import Store
    from onrecord.web.settings import OpenId

SECRET, SHORTEST_SECRET = "ONRECORD_SECRET", 32
OPENID = ("ONRECORD_OPENID_ISSUER", "ONRECORD_OPENID_CLIENT", "ONRECORD_OPENID_SECRET")

# A slow or silent client costs a connection, never a thread, and not for long.
_KEEP_ALIVE, _CONNECTIONS, _BACKLOG, _HEADER_BYTES = 15, 400, 512, 32 * 1024


def serve_command(
    *,
    store: str,
    host: str = "127.0.0.1",
    port: int = 8500,
    team: bool = False,
    site: str = "",
    names: tuple[str, ...] = (),
    open_sign_up: bool = False,
    browse: bool = False,
) -> int:
    """Serve the workbench until it is stopped; give the exit code. Raises UsageError and StoreError."""
    try:
        import uvicorn

        from onrecord.web.app import create_app
    except ImportError as error:
        raise click.UsageError(
            f"the workbench needs more than is installed ({error.name}): pip install 'onrecord[workbench]'"
        ) from error
    from onrecord.web.settings import Settings

    if not team and not is_loopback(host):
        raise click.UsageError(
            f"--host {host} can be reached from other machines, where anybody could change the record; "
            "with --team people sign in"
        )
    outside = _site(site)
    settings = Settings(
        store=store,
        secret=the_secret(store, team=team),
        team=team,
        hosts=hosts(host, outside, names),
        secure=outside.startswith("https://"),
        open_sign_up=open_sign_up,
        site=outside,
        openid=the_provider() if team else None,
    )
    app = create_app(settings)
    listening = _listen(host, port)
    port = listening.getsockname()[1]
    address = outside or f"http://{f'[{host}]' if ':' in host else host}:{port}"
    click.echo(f"onrecord is at {address}  (Ctrl-C stops it)")
    if team:
        _warn(settings.secure, host, app.state.bench.store)
    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", access_log=False, server_header=False,
        timeout_keep_alive=_KEEP_ALIVE, timeout_graceful_shutdown=10, limit_concurrency=_CONNECTIONS,
        h11_max_incomplete_event_size=_HEADER_BYTES, ws="none", http="h11",
        # Who is behind a proxy on this machine is what the proxy says; FORWARDED_ALLOW_IPS names others.
        proxy_headers=team,
    )  # fmt: skip
    if browse:
        _browse(address)
    server = uvicorn.Server(config)
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        return 130
    return 0 if server.started else 1


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise click.UsageError(
            f"cannot listen at {host}, port {port}: {error.strerror}; name another --port"
        ) from error


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def hosts(host: str, site: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Give the names that the workbench goes by: this machine's own, its site's, and those given."""
    found = ["127.0.0.1", "localhost", "[::1]", *names]
    if site:
        name = urlsplit(site).hostname or ""
        found.append(f"[{name}]" if ":" in name else name)
    if host not in ("0.0.0.0", "::"):  # noqa: S104 - no name, but all addresses: what they are called is asked
        found.append(f"[{host}]" if ":" in host else host)
    return tuple(dict.fromkeys(found))


def the_secret(store: str, *, team: bool) -> str:
    """Give the secret that signs forms: from the environment, or from a file beside the store, made once."""
    given = os.environ.get(SECRET, "")
    if given:
        if len(given) < SHORTEST_SECRET:
            raise click.UsageError(f"{SECRET} is too short: {SHORTEST_SECRET} characters at least")
        return given
    if "://" in store and not store.startswith("sqlite:///"):
        if team:
            raise click.UsageError(
                f"a store on a server has no file beside it: set {SECRET} to a long random text"
            )
        return secrets.token_urlsafe(48)
    return _kept(store.removeprefix("sqlite:///") + ".secret")


def the_provider() -> OpenId | None:
    """Give the OpenID provider that the environment names, or None."""
    from onrecord.web.settings import OpenId

    issuer, client, client_secret = (os.environ.get(name, "") for name in OPENID)
    if not issuer:
        return None
    if not client:
        raise click.UsageError(f"{OPENID[0]} is set and {OPENID[1]} is not")
    label = os.environ.get("ONRECORD_OPENID_LABEL", "OpenID")
    anybody = os.environ.get("ONRECORD_OPENID_OPEN", "") == "1"
    return OpenId(issuer=issuer, client=client, client_secret=client_secret, label=label, open=anybody)


def _kept(path: str) -> str:
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except FileExistsError:
        pass
    except OSError as error:
        raise click.UsageError(f"{path}: cannot be made: {error.strerror}; or set {SECRET}") from error
    else:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
    try:
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), encoding="ascii") as file:
            mode = os.fstat(file.fileno()).st_mode
            words = file.read(1000).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{path}: cannot be read: {error}; or set {SECRET}") from error
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise click.UsageError(f"{path}: others can read it; run: chmod 600 {path}")
    if len(words) < SHORTEST_SECRET:
        raise click.UsageError(f"{path}: holds no secret; remove it, and another is made")
    return words


def _site(site: str) -> str:
    if not site:
        return ""
    found = urlsplit(site)
    if found.scheme not in ("http", "https") or not found.hostname or found.path.strip("/") or found.query:
        raise click.UsageError(f"--site {site}: an address such as https://record.example is needed")
    return f"{found.scheme}://{found.netloc}"


def _warn(secure: bool, host: str, store: Store) -> None:
    from onrecord.web.people import administrators

    if not secure and not is_loopback(host):
        click.echo(
            "Passwords go over the network as they are: put HTTPS in front, and say --site https://…",
            err=True,
        )
    if not administrators(store):
        click.echo("Nobody can administer it yet: onrecord account add NAME --role administrator", err=True)


def _browse(address: str) -> None:
    import threading
    import webbrowser

    threading.Timer(1.0, webbrowser.open, (address,)).start()
