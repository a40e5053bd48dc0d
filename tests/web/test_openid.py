"""Signing in with an OpenID provider: a stand-in on this machine, honest and then in every way not."""

# ruff: noqa: S106 - the secret here opens nothing

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from knocking import again, team

pytest.importorskip("authlib", reason="authlib is not installed: OpenID is not tried")

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from onrecord.web import invitations, people
from onrecord.web.settings import OpenId

KEY = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
OTHER = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})


class StandIn:
    """A provider that answers as the test says."""

    def __init__(self):
        provider = self
        self.claims = {}
        self.key = KEY
        self.header = {"alg": "RS256", "kid": "k1"}
        self.asked = []

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self):
                self._say(
                    provider.described()
                    if "well-known" in self.path
                    else {"keys": [KEY.as_dict(private=False)]}
                )

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                provider.asked.append(parse_qs(body))
                self._say({"access_token": "a", "token_type": "Bearer", "id_token": provider.token()})

            def _say(self, words):
                body = json.dumps(words).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True, args=(0.05,)).start()

    def described(self):
        return {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys",
        }  # fmt: skip

    def token(self):
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": "onrecord", "sub": "4711", "iat": now, "exp": now + 60,
            "preferred_username": "Zoe",
        }  # fmt: skip
        return jwt.encode(self.header, {**claims, **self.claims}, self.key, algorithms=["RS256", "HS256"])


@pytest.fixture
def provider():
    found = StandIn()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def browser(web_store, provider):
    configured = OpenId(
        issuer=provider.issuer, client="onrecord", client_secret="s", label="Harbor ID", open=True
    )
    with team(web_store, openid=configured) as client:
        yield client


def _leave(client, **asked):
    answer = client.get("/signin/openid", params=asked)
    assert answer.status_code == 303, answer.text
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}


def _return(client, provider, sent, **changed):
    provider.claims.setdefault("nonce", sent["nonce"])
    return client.get("/signin/openid/back", params={"code": "c", "state": sent["state"], **changed})


def _store(client):
    return client.app.state.bench.store


def test_whom_the_provider_vouches_for_comes_in(browser, provider):
    assert "Sign in with Harbor ID" in browser.get("/signin").text
    sent = _leave(browser, then="/search?q=a")
    assert sent["code_challenge_method"] == "S256"
    assert sent["redirect_uri"] == "http://127.0.0.1/signin/openid/back"
    answer = _return(browser, provider, sent)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/search?q=a"
    assert len(provider.asked[0]["code_verifier"][0]) >= 43
    made = people.by_name(_store(browser), "Zoe")
    assert made is not None
    assert made.role == "reader"
    assert browser.get("/account").status_code == 200


def test_the_same_person_is_known_again_and_another_of_the_name_is_another(browser, provider):
    _return(browser, provider, _leave(browser))
    provider.claims = {"preferred_username": "Renamed"}
    second = again(browser)
    _return(second, provider, _leave(second))
    assert ">Zoe</h1>" in second.get("/account").text
    provider.claims = {"sub": "4712"}
    third = again(browser)
    _return(third, provider, _leave(third))
    assert ">Zoe2</h1>" in third.get("/account").text


def test_nobody_gets_the_account_of_their_namesake(browser, provider):
    people.add(_store(browser), "Zoe", "administrator")
    _return(browser, provider, _leave(browser))
    assert browser.get("/admin").status_code == 403


@pytest.mark.parametrize(
    "claims",
    [{"nonce": "another"}, {"aud": "another"}, {"iss": "https://evil.example"}, {"exp": 1}, {"sub": None}],
    ids=str,
)
def test_claims_that_are_not_for_us_are_refused(browser, provider, claims):
    provider.claims = claims
    assert _return(browser, provider, _leave(browser)).status_code == 401
    assert browser.get("/account").status_code == 401


def test_a_signature_of_another_key_is_refused(browser, provider):
    provider.key = OTHER
    assert _return(browser, provider, _leave(browser)).status_code == 401


def test_a_signature_with_the_public_key_as_a_secret_is_refused(browser, provider):
    provider.key = OctKey.import_key(KEY.as_pem(private=False).hex())
    provider.header = {"alg": "HS256", "kid": "k1"}
    assert _return(browser, provider, _leave(browser)).status_code == 401


def test_an_answer_to_another_browser_is_refused(browser, provider):
    sent = _leave(browser)
    other = again(browser)
    assert _return(other, provider, sent).status_code == 401
    assert _return(browser, provider, sent, state="another").status_code == 401
    assert browser.get("/account").status_code == 401


def test_an_answer_is_good_once(browser, provider):
    sent = _leave(browser)
    assert _return(browser, provider, sent).status_code == 303
    browser.cookies.delete("onrecord_session")
    assert _return(browser, provider, sent).status_code == 401


def test_a_refusal_of_the_providers_is_told(browser, provider):
    sent = _leave(browser)
    answer = browser.get("/signin/openid/back", params={"error": "access_denied", "state": sent["state"]})
    assert answer.status_code == 401
    assert "did not let you in" in answer.text


def test_without_an_invitation_nobody_new_comes_in_where_it_is_not_open(web_store, provider):
    configured = OpenId(issuer=provider.issuer, client="onrecord", client_secret="s")
    with team(web_store, openid=configured) as client:
        assert _return(client, provider, _leave(client)).status_code == 401
        assert people.by_name(_store(client), "Zoe") is None
        provider.claims = {}
        code = invitations.invite(_store(client), "editor")
        assert _return(client, provider, _leave(client, code=code)).status_code == 303
        made = people.by_name(_store(client), "Zoe")
        assert made is not None
        assert made.role == "editor"


def test_a_closed_account_stays_closed(browser, provider):
    _return(browser, provider, _leave(browser))
    made = people.by_name(_store(browser), "Zoe")
    assert made is not None
    people.set_closed(_store(browser), made.id, True)
    provider.claims = {}
    assert _return(browser, provider, _leave(browser)).status_code == 401


def test_a_provider_that_is_away_or_not_safe_is_told(web_store):
    for issuer in ("http://127.0.0.1:9", "http://provider.example"):
        with team(web_store, openid=OpenId(issuer=issuer, client="o", client_secret="s")) as client:
            assert client.get("/signin/openid").status_code == 401


def test_where_none_is_configured_there_is_no_such_door(web_store):
    with team(web_store) as client:
        assert client.get("/signin/openid").status_code == 404
        assert client.get("/signin/openid/back").status_code == 404
