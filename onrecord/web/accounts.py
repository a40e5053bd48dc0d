"""Who asks: alone, the one local user; in a team, whoever the session or the bearer token stands for."""

from __future__ import annotations

from starlette.requests import Request

from onrecord.web.bench import NOBODY, User, bench


def who(request: Request) -> User:
    """Tell who asks; NOBODY where a team's workbench does not know them."""
    if not bench(request).settings.team:
        return User("local", "administrator", "local")
    return NOBODY
