"""Signing in with an OpenID Connect provider: authorization code with PKCE, state and nonce (Authlib).

Imported only where a provider is configured. What must be remembered while the browser is away travels in a
signed cookie of ten minutes; nothing of the provider's is kept but a digest of who it says somebody is.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import msgspec
from authlib.common.security import generate_token  # type: ignore[import-untyped]
from authlib.integrations.httpx_client import OAuth2Client  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from onrecord.errors import OnRecordError
from onrecord.web.secrets import digest, same, signed
from onrecord.web.settings import OpenId

_PATIENCE = 10.0
_KEPT = 3600.0  # seconds that a provider's description and keys are kept
_ALGORITHMS = [
    "RS256",
    "PS256",
    "ES256",
    "EdDSA",
]  # signed with a key of the provider's; never none, never HS256
MINUTES = 10


class NotVouchedFor(OnRecordError):
    """The provider did not say who this is, or not so that it can be believed."""


@dataclass(frozen=True, slots=True)
class Away:
    """What is remembered while the browser is at the provider."""

    state: str
    nonce: str
    verifier: str
    then: str
    code: str  # of an invitation
    until: int


@dataclass(frozen=True, slots=True)
class Vouched:
    """Who the provider says this is: a digest of issuer and subject, and the name they go by."""

    subject: str
    name: str


class Provider:
    """A provider of OpenID Connect, described by itself at its address."""

    def __init__(self, settings: OpenId) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._known: tuple[float, dict[str, Any], Any] | None = None

    def leave(self, back_to: str, *, then: str, code: str) -> tuple[str, Away]:
        """Give the address to send the browser to, and what to remember."""
        about, _ = self._described()
        away = Away(
            generate_token(43),
            generate_token(43),
            generate_token(64),
            then,
            code,
            int(time.time()) + MINUTES * 60,
        )
        with self._client(back_to) as client:
            address, _ = client.create_authorization_url(
                about["authorization_endpoint"],
                state=away.state,
                nonce=away.nonce,
                code_verifier=away.verifier,
            )
        return str(address), away

    def returned(self, back_to: str, query: dict[str, str], away: Away) -> Vouched:
        """Find who came back; raise NotVouchedFor where the answer is not the one that was asked for."""
        if not same(query.get("state", ""), away.state) or away.until < time.time():
            raise NotVouchedFor("This sign-in was begun elsewhere or too long ago; begin again.")
        if "code" not in query:
            raise NotVouchedFor("The provider did not let you in.")
        about, _ = self._described()
        if "iss" in query and query["iss"] != about["issuer"]:
            raise NotVouchedFor("The answer is another provider's.")
        try:
            with self._client(back_to) as client:
                answer = client.fetch_token(
                    about["token_endpoint"], code=query["code"], code_verifier=away.verifier,
                    grant_type="authorization_code",
                )  # fmt: skip
            claims = self._claims(answer, away.nonce)
        except NotVouchedFor:
            raise
        except Exception as error:  # of two libraries and a network, all of which mean the same here
            raise NotVouchedFor("The provider's answer cannot be believed.") from error
        name = str(claims.get("preferred_username") or claims.get("email") or claims["sub"])
        return Vouched(digest(f"{about['issuer']} {claims['sub']}"), name.partition("@")[0])

    def _claims(self, answer: dict[str, Any], nonce: str) -> dict[str, Any]:
        about, keys = self._described()
        try:
            token = jwt.decode(answer["id_token"], keys, algorithms=_ALGORITHMS)
        except JoseError:
            about, keys = self._described(fresh=True)  # its keys may be new
            token = jwt.decode(answer["id_token"], keys, algorithms=_ALGORITHMS)
        claims = CodeIDToken(
            token.claims,
            token.header,
            {
                "iss": {"essential": True, "value": about["issuer"]},
                "aud": {"essential": True, "value": self.settings.client},
                "sub": {"essential": True},
                "nonce": {"essential": True, "value": nonce},
            },
            {"nonce": nonce, "client_id": self.settings.client, "access_token": answer.get("access_token")},
        )
        claims.validate(leeway=60)
        return dict(token.claims)

    def _described(self, *, fresh: bool = False) -> tuple[dict[str, Any], Any]:
        with self._lock:
            if self._known is not None and not fresh and self._known[0] > time.monotonic():
                return self._known[1], self._known[2]
            try:
                about, keys = self._asked()
            except NotVouchedFor:
                raise
            except Exception as error:  # whatever is wrong with it, on the way to it, or in what it says
                raise NotVouchedFor("The provider cannot be reached.") from error
            self._known = (time.monotonic() + _KEPT, about, keys)
            return about, keys

    def _asked(self) -> tuple[dict[str, Any], Any]:
        issuer = self.settings.issuer.rstrip("/")
        if not _is_safe(issuer):
            raise NotVouchedFor("The provider's addresses are not all HTTPS.")
        with self._client("") as client:
            about = self._json(client, f"{issuer}/.well-known/openid-configuration")
            if about["issuer"].rstrip("/") != issuer:
                raise NotVouchedFor("The provider goes by another name than configured.")
            addresses = [about[name] for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
            if not all(map(_is_safe, addresses)):
                raise NotVouchedFor("The provider's addresses are not all HTTPS.")
            return about, KeySet.import_key_set(self._json(client, about["jwks_uri"]))

    @staticmethod
    def _json(client: OAuth2Client, address: str) -> Any:
        return client.request("GET", address, withhold_token=True).raise_for_status().json()

    def _client(self, back_to: str) -> OAuth2Client:
        return OAuth2Client(
            self.settings.client, self.settings.client_secret, scope="openid profile", redirect_uri=back_to,
            code_challenge_method="S256", timeout=_PATIENCE,
        )  # fmt: skip


def sealed(away: Away, secret: str) -> str:
    """Put what is remembered into a cookie's words."""
    words = msgspec.json.encode(away).hex()
    return f"{words}.{signed(secret, 'openid', words)}"


def unsealed(cookie: str, secret: str) -> Away:
    """Read it back; raise NotVouchedFor where it is not ours."""
    words, _, mark = cookie.partition(".")
    if not words or not same(mark, signed(secret, "openid", words)):
        raise NotVouchedFor("This sign-in was begun elsewhere or too long ago; begin again.")
    return msgspec.json.decode(bytes.fromhex(words), type=Away)


def _is_safe(address: str) -> bool:
    """Whether secrets may go there: over HTTPS, or to this very machine."""
    found = urlsplit(address)
    return found.scheme == "https" or (found.scheme == "http" and found.hostname in ("127.0.0.1", "::1"))
