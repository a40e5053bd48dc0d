"""Signing in with an OpenID provider: there and back. Both are nowhere where none is configured."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.web import audit, invitations, limits, people
from onrecord.web.accounts import client_address, let_in
from onrecord.web.bench import asked, back, bench, ours, page, translated
from onrecord.web.doors import Door
from onrecord.web.guard import signing_in
from onrecord.web.routes.administration import site
from onrecord.web.settings import OpenId

if TYPE_CHECKING:
    from onrecord.web.openid import Provider, Vouched


def leave(request: Request) -> Response:
    """Send the browser to the provider, and remember in a sealed cookie what it was sent with."""
    from onrecord.web.openid import MINUTES, NotVouchedFor, sealed

    provider, settings = _configured(request), bench(request).settings
    try:
        to, away = provider.leave(
            _back_to(request), then=ours(asked(request, "then", "/")), code=asked(request, "code")[:100]
        )
    except NotVouchedFor as error:
        return _refused(request, str(error))
    answer = RedirectResponse(to, 303, {"cache-control": "no-store"})
    answer.set_cookie(
        _cookie(secure=settings.secure), sealed(away, settings.secret), max_age=60 * MINUTES, path="/",
        httponly=True, samesite="lax", secure=settings.secure,
    )  # fmt: skip
    return answer


def returned(request: Request) -> Response:
    """Let in whom the provider vouches for: known before, invited, or anybody where that is set."""
    from onrecord.web.openid import NotVouchedFor, unsealed

    provider, settings, store = _configured(request), bench(request).settings, bench(request).store
    name = _cookie(secure=settings.secure)
    try:
        away = unsealed(request.cookies.get(name, ""), settings.secret)
        found = provider.returned(_back_to(request), dict(request.query_params), away)
        person = people.by_subject(store, found.subject) or _new(request, found, away.code)
        if person.closed:
            raise NotVouchedFor("This account is closed.")
    except (NotVouchedFor, people.NoSuchAccount) as error:
        answer = _refused(request, str(error))
    else:
        answer = back(request, away.then)
        let_in(request, answer, person.id)
        audit.write(store, who=person.name, what="sign_in", about="OpenID", address=client_address(request))
    answer.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=settings.secure)
    return answer


def _new(request: Request, found: Vouched, code: str) -> people.Person:
    """Make an account for somebody new; a name that is taken gets a number. Nobody gets another's account."""
    opened = bench(request)
    if not limits.may_try(opened.store, opened.settings.secret, name=None, address=client_address(request)):
        raise people.NoSuchAccount("Too many attempts. Wait a quarter of an hour, then try again.")
    for name in _names(found.name):
        if people.by_name(opened.store, name) is not None:
            continue
        if code:
            return invitations.join(opened.store, code, name=name, subject=found.subject)
        if not (opened.settings.openid is not None and opened.settings.openid.open):
            raise people.NoSuchAccount(
                "You have no account here yet; ask an administrator for an invitation."
            )
        return people.add(opened.store, name, "reader", subject=found.subject)
    raise people.NoSuchAccount("This name is taken.")


def _names(name: str) -> list[str]:
    plain = "".join(c for c in name if c.isalnum() or c in "._-").lstrip(".-")[:30] or "reader"
    plain = plain if people.plain(plain) != people.LOCAL else "reader"
    return [plain, *(f"{plain}{n}" for n in range(2, 100))]


def _configured(request: Request) -> Provider:
    settings = bench(request).settings
    if not settings.team or settings.openid is None:
        raise HTTPException(404, translated(request, "No OpenID provider is configured here."))
    return _provider(settings.openid)


@cache
def _provider(settings: OpenId) -> Provider:
    from onrecord.web.openid import Provider

    return Provider(settings)


def _back_to(request: Request) -> str:
    return f"{site(request)}/signin/openid/back"


def _cookie(*, secure: bool) -> str:
    return "__Host-onrecord_openid" if secure else "onrecord_openid"


def _refused(request: Request, fault: str) -> Response:
    return page(request, "signin.html", status=401, **signing_in(request, "/", translated(request, fault)))


DOORS = (
    Door("/signin/openid", leave, needs="anyone"),
    Door("/signin/openid/back", returned, needs="anyone"),
)
