"""Who may come in and for how long: links, passwords, sessions, tokens, limits, and the log of it all."""

# ruff: noqa: S105, S106 - the passwords here open nothing

from __future__ import annotations

import re
from pathlib import Path

import pytest
from knocking import SECRET, again, come_in, form_token, team

from onrecord.store import Store
from onrecord.web import audit, clock, invitations, limits, passwords, people, routes, sessions, tokens
from onrecord.web.accounts import session_cookie
from onrecord.web.doors import Door

PASSWORD = "correct horse battery"


@pytest.fixture
def browser(web_store):
    """Give a browser before a team's workbench; ann is an editor there, with a password."""
    with team(web_store) as client:
        people.add(_store(client), "ann", "editor", password=_quick(PASSWORD))
        yield client


@pytest.fixture(autouse=True)
def _light(monkeypatch):
    """Hash with little effort: it is not the hash's strength that is tried here."""
    from argon2 import PasswordHasher

    light = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: light)
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()


def _quick(password):
    return passwords.hashed(password)


def _store(client) -> Store:
    return client.app.state.bench.store


def _sign_in(client, name="ann", password=PASSWORD, then="/"):
    fields = {"token": form_token(client), "name": name, "password": password, "then": then}
    return client.post("/signin", data=fields)


def _later(monkeypatch, seconds):
    at = clock.now() + seconds
    monkeypatch.setattr(clock, "now", lambda: at)


def test_who_has_the_password_comes_in_and_goes_where_they_wanted(browser):
    answer = _sign_in(browser, then="/search?q=tolls")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/search?q=tolls"
    assert browser.get("/").status_code == 200


def test_names_are_the_same_however_they_are_written(browser):
    assert _sign_in(browser, name="  ＡNN ").status_code == 303


def test_a_door_that_is_shut_asks_and_then_leads_back(browser):
    answer = browser.get("/search?q=tolls&what=events")
    assert answer.status_code == 401
    assert 'name="then" value="/search?q=tolls&amp;what=events"' in answer.text


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(browser):
    wrong, nobody = _sign_in(browser, password="wrong"), _sign_in(browser, name="zed")
    assert wrong.status_code == nobody.status_code == 401
    assert wrong.text == nobody.text


def test_a_name_that_nobody_has_costs_as_much_work(browser, monkeypatch):
    asked = []
    hasher = passwords._hasher()
    monkeypatch.setattr(passwords, "_hasher", lambda: _Counted(hasher, asked))
    for name in ("ann", "zed"):
        _sign_in(browser, name=name, password="wrong")
    assert len(asked) == 2
    assert {kept.rsplit("$", 2)[0] for kept in asked} == {asked[0].rsplit("$", 2)[0]}


class _Counted:
    def __init__(self, hasher, asked):
        self.hasher, self.asked = hasher, asked

    def verify(self, kept, password):
        self.asked.append(kept)
        return self.hasher.verify(kept, password)

    def hash(self, password):
        return self.hasher.hash(password)


def test_passwords_are_kept_as_argon2id_with_real_effort(monkeypatch):
    monkeypatch.undo()
    passwords._nobodys.cache_clear()
    kept = passwords.hashed(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert passwords.matches(kept, PASSWORD)
    assert not passwords.matches(kept, PASSWORD + "!")
    assert not passwords.matches(None, "nobody has this password")
    assert not passwords.matches(kept, "x" * 10_000_000)


def test_easy_passwords_are_refused():
    for password in ("short", "aaaaaaaaaaaaaa", "ann-is-my-name", "x" * 600):
        assert passwords.fault(password, "ann-is-my")
    assert passwords.fault(PASSWORD, "ann") is None
    assert passwords.fault("пароль из слов", "ann") is None
    assert passwords.fault("\ud800" * 20, "ann")


def test_a_session_that_was_planted_is_never_taken_over(browser):
    browser.cookies.set("onrecord_session", "planted")
    assert browser.get("/").status_code == 401
    answer = _sign_in(browser)
    given = answer.cookies["onrecord_session"]
    assert given != "planted"
    assert len(given) >= 43
    thief = again(browser)
    thief.cookies.set("onrecord_session", "planted")
    assert thief.get("/").status_code == 401


def test_signing_in_again_gives_a_new_session_and_ends_the_one_before(browser):
    first = _sign_in(browser).cookies["onrecord_session"]
    before = form_token(browser)
    second = _sign_in(browser).cookies["onrecord_session"]
    assert first != second
    assert form_token(browser) != before
    thief = again(browser)
    thief.cookies.set("onrecord_session", first)
    assert thief.get("/").status_code == 401


def test_cookies_are_out_of_reach(browser):
    for cookie in (_sign_in(browser), again(browser).get("/signin")):
        said = cookie.headers["set-cookie"].lower()
        assert "httponly" in said
        assert "samesite=lax" in said
        assert "path=/" in said


def test_over_https_cookies_stay_there_and_on_this_host(web_store):
    with team(web_store, secure=True) as client:
        people.add(_store(client), "ann", "editor", password=_quick(PASSWORD))
        said = _sign_in(client).headers["set-cookie"]
        assert said.startswith("__Host-onrecord_session=")
        assert "Secure" in said
        assert "Domain" not in said
        assert client.get("/").status_code == 200


def test_no_secret_lies_in_the_database(browser, web_store):
    cookie = _sign_in(browser).cookies["onrecord_session"]
    person = people.by_name(_store(browser), "ann")
    assert person is not None
    token = tokens.make(_store(browser), person.id, "x", writes=True, days=None)
    code = invitations.invite(_store(browser), "reader")
    kept = b"".join(path.read_bytes() for path in Path(web_store).parent.glob("onrecord.db*"))
    for secret in (cookie, token, token.removeprefix(tokens.PREFIX), code, PASSWORD, SECRET):
        assert secret.encode() not in kept


def test_an_idle_session_ends(browser, monkeypatch):
    _sign_in(browser)
    _later(monkeypatch, 11 * clock.HOUR)
    assert browser.get("/").status_code == 200
    _later(monkeypatch, 11 * clock.HOUR)
    assert browser.get("/").status_code == 200
    _later(monkeypatch, 13 * clock.HOUR)
    assert browser.get("/").status_code == 401


def test_an_old_session_ends_however_much_it_is_used(browser, monkeypatch):
    _sign_in(browser)
    for _ in range(14 * 3):
        _later(monkeypatch, 8 * clock.HOUR)
        last = browser.get("/about")
    assert last.status_code == 200
    assert browser.get("/").status_code == 401


def test_who_reads_waits_for_nobody_who_writes(browser, monkeypatch):
    _sign_in(browser)
    _later(monkeypatch, clock.HOUR)
    with _store(browser).writing():
        assert browser.get("/account").status_code == 200


def test_signing_out_ends_this_session_and_everywhere_all(browser):
    other = again(browser)
    _sign_in(browser)
    _sign_in(other)
    assert browser.post("/signout", data={"token": form_token(browser)}).status_code == 303
    assert browser.get("/").status_code == 401
    assert other.get("/").status_code == 200
    _sign_in(browser)
    assert browser.post("/signout/everywhere", data={"token": form_token(browser)}).status_code == 303
    assert other.get("/").status_code == 401


def test_a_new_password_ends_all_other_sessions_and_renews_this_one(browser):
    other = again(browser)
    _sign_in(other)
    before = _sign_in(browser).cookies["onrecord_session"]
    fields = {"token": form_token(browser), "password": "another good password"}
    assert browser.post("/account/password", data={**fields, "current": "wrong"}).status_code == 422
    assert browser.post("/account/password", data={**fields, "current": PASSWORD}).status_code == 303
    assert other.get("/").status_code == 401
    assert browser.get("/").status_code == 200
    assert browser.cookies["onrecord_session"] != before
    assert _sign_in(again(browser)).status_code == 401
    assert _sign_in(again(browser), password="another good password").status_code == 303


@pytest.mark.parametrize(
    "then", ["//evil.example", "/\\evil.example", "https://evil.example", "\\\\evil", "/\t/evil.example",
             "javascript:alert(1)", "/\n/evil.example", " //evil.example", "",
             "http:evil.example", "/..//evil.example\\"],
)  # fmt: skip
def test_signing_in_leads_nowhere_else(browser, then):
    location = _sign_in(browser, then=then).headers["location"]
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


def test_too_many_attempts_on_a_name_are_refused_even_with_the_right_password(
    browser, web_store, monkeypatch
):
    for _ in range(limits.BY_NAME):
        assert _sign_in(browser, password="wrong").status_code == 401
    answer = _sign_in(browser)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    with team(web_store) as restarted:  # which forgives nobody
        assert _sign_in(restarted).status_code == 429
        _later(monkeypatch, limits.WINDOW + 1)
        assert _sign_in(restarted).status_code == 303


def test_too_many_attempts_from_an_address_are_refused(browser):
    store = _store(browser)
    tries = [
        limits.may_try(store, SECRET, name=f"n{n}", address="192.0.2.7") for n in range(limits.BY_ADDRESS + 3)
    ]
    assert tries == [True] * limits.BY_ADDRESS + [False] * 3
    assert limits.may_try(store, SECRET, name="n", address="192.0.2.8")
    assert (
        limits._network("2001:db8::1") == limits._network("2001:db8::2:3") != limits._network("2001:db8:1::1")
    )
    assert limits._network("::ffff:192.0.2.7") == "192.0.2.7"


def test_getting_it_right_clears_the_name(browser):
    for _ in range(3):
        for _ in range(limits.BY_NAME - 1):
            _sign_in(browser, password="wrong")
        assert _sign_in(browser).status_code == 303


def test_an_invitation_lets_one_person_in_once(browser):
    admin = again(browser)
    come_in(admin, "administrator")
    shown = admin.post("/admin/invite", data={"token": form_token(admin), "role": "editor"})
    assert shown.headers["cache-control"] == "no-store"
    link = re.search(r"<code>http://127.0.0.1(/join/[\w-]+)</code>", shown.text)
    assert link
    for _ in range(2):  # looking does not use it up
        assert browser.get(link[1]).status_code == 200
    fields = {"token": form_token(browser), "name": "bob", "password": PASSWORD}
    assert browser.post(link[1], data={**fields, "password": "short"}).status_code == 422
    assert browser.post(link[1], data={**fields, "name": "Ann"}).status_code == 422  # taken; still good
    assert browser.post(link[1], data=fields).status_code == 303
    made = people.by_name(_store(browser), "bob")
    assert made is not None
    assert made.role == "editor"
    late = again(browser)
    assert late.get(link[1]).status_code == 404
    fields = {"token": form_token(late), "name": "eve", "password": PASSWORD}
    assert late.post(link[1], data=fields).status_code == 422 or people.by_name(_store(late), "eve") is None


def test_a_link_grows_old(browser, monkeypatch):
    code = invitations.invite(_store(browser), "reader")
    _later(monkeypatch, (invitations.INVITED_DAYS * clock.DAY) + 1)
    assert browser.get(f"/join/{code}").status_code == 404


def test_an_administrators_link_renews_a_password_and_ends_sessions(browser):
    _sign_in(browser)
    admin = again(browser)
    come_in(admin, "administrator")
    person = people.by_name(_store(browser), "ann")
    assert person is not None
    shown = admin.post(f"/admin/account/{person.id}/reset", data={"token": form_token(admin)})
    link = re.search(r"<code>http://127.0.0.1(/join/[\w-]+)</code>", shown.text)
    assert link
    visitor = again(browser)
    fields = {"token": form_token(visitor), "password": "another good password"}
    assert visitor.post(link[1], data=fields).status_code == 303
    assert visitor.get("/account").status_code == 200
    assert browser.get("/").status_code == 401
    assert again(browser).get(link[1]).status_code == 404


def test_a_newer_link_makes_the_older_worthless(browser):
    person = people.by_name(_store(browser), "ann")
    assert person is not None
    first, second = (invitations.reset(_store(browser), person.id) for _ in range(2))
    assert invitations.known(_store(browser), first) is None
    assert invitations.known(_store(browser), second) is not None


def test_signing_up_is_for_invited_people_unless_it_is_open(browser, web_store):
    fields = {"name": "bob", "password": PASSWORD, "role": "administrator"}
    assert browser.post("/signup", data={**fields, "token": form_token(browser)}).status_code == 403
    assert people.by_name(_store(browser), "bob") is None
    with team(web_store, open_sign_up=True) as client:
        assert client.post("/signup", data={**fields, "token": form_token(client)}).status_code == 303
        made = people.by_name(_store(client), "bob")
        assert made is not None
        assert made.role == "reader"  # whatever the form says


@pytest.mark.parametrize("name", ["", "local", "LOCAL", "a b", "a\u202eb", "<b>", "x" * 41, "a/b", "\ud800"])
def test_names_that_could_deceive_are_refused(browser, name):
    with pytest.raises(people.NoSuchAccount):
        people.add(_store(browser), name, "reader")


@pytest.fixture
def api(monkeypatch, web_store):
    """Give a team's workbench with two doors of an API: for reading, and for writing."""
    from starlette.responses import JSONResponse

    def look(request):
        return JSONResponse({"who": request.state.user.name, "role": request.state.user.role})

    def change(request):
        return JSONResponse({"got": getattr(request.state, "json", None)})

    had = routes.doors()
    more = [
        Door("/api/look", look, api=True),
        Door("/api/change", change, needs="editor", methods=("POST", "DELETE"), api=True),
        Door("/api/rule", look, needs="administrator", api=True),
    ]
    monkeypatch.setattr(routes, "doors", lambda: [*more, *had])
    with team(web_store) as client:
        yield client


def _bearer(token):
    return {"authorization": f"Bearer {token}"}


def test_a_token_does_what_its_scope_says_and_no_more(api):
    person = come_in(api, "administrator")
    shown = api.post("/account/tokens", data={"token": form_token(api), "label": "notebook", "scope": "read"})
    reads = re.search(r"<code>(onr_[\w-]{43})</code>", shown.text)
    assert reads
    assert reads[1] not in api.get("/account").text
    writes = tokens.make(_store(api), person.id, "x", writes=True, days=None)
    script = again(api)
    assert script.get("/api/look", headers=_bearer(reads[1])).json() == {
        "who": "administrator",
        "role": "reader",
    }
    assert script.post("/api/change", json={}, headers=_bearer(reads[1])).status_code == 403
    assert script.post("/api/change", json={"a": 1}, headers=_bearer(writes)).json() == {"got": {"a": 1}}
    assert script.delete("/api/change", headers=_bearer(writes)).status_code == 200
    assert script.get("/api/rule", headers=_bearer(writes)).status_code == 403
    assert script.get("/account", headers=_bearer(writes)).status_code == 401  # the API's doors only


def test_a_readers_token_never_writes(api):
    person = come_in(api, "reader")
    token = tokens.make(_store(api), person.id, "x", writes=True, days=None)
    assert again(api).post("/api/change", json={}, headers=_bearer(token)).status_code == 403


def test_tokens_end(api, monkeypatch):
    person = come_in(api, "editor")
    store = _store(api)
    short, long = (tokens.make(store, person.id, "x", writes=False, days=days) for days in (30, None))
    other = come_in(again(api), "reader")
    listed = tokens.of_account(store, person.id)
    assert not tokens.revoke(store, other.id, listed[0].id)  # another's is not one's own to revoke
    script = again(api)
    _later(monkeypatch, 31 * clock.DAY)
    assert script.get("/api/look", headers=_bearer(short)).status_code == 401
    assert script.get("/api/look", headers=_bearer(long)).status_code == 200
    people.set_closed(store, person.id, True)
    assert script.get("/api/look", headers=_bearer(long)).status_code == 401


def test_a_wrong_token_is_nobody_even_beside_a_good_session(api):
    come_in(api, "editor")
    for given in ("Bearer wrong", "Bearer onr_wrong", "Basic YTpi", "Bearer", "x"):
        answer = api.get("/api/look", headers={"authorization": given})
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert api.get("/api/look").status_code == 200


def test_a_session_changes_nothing_through_the_api_without_its_forms_token(api):
    come_in(api, "editor")
    assert api.post("/api/change", json={}).status_code == 403
    assert api.post("/api/change", json={}, headers={"x-form-token": form_token(api)}).status_code == 200


def test_the_log_tells_who_changed_what_and_when(browser):
    admin = again(browser)
    come_in(admin, "administrator")
    token = form_token(admin)
    person = people.by_name(_store(browser), "ann")
    assert person is not None
    _sign_in(browser, password="wrong")
    _sign_in(browser)
    admin.post(f"/admin/account/{person.id}/role", data={"token": token, "role": "reader"})
    admin.post("/settings", data={"token": token, "theme": "dark"})  # nobody's business
    lines = [(line.who, line.what, line.about) for line in audit.lines(_store(browser))]
    assert lines[:3] == [
        ("administrator", "give_role", "ann: editor → reader"), ("ann", "sign_in", "/signin"),
        ("ann", "sign_in refused", "/signin"),
    ]  # fmt: skip
    text = admin.get("/admin/log").text
    assert "ann: editor → reader" in text
    assert PASSWORD not in text
    assert admin.get("/admin/log?before=1&who=ann").status_code == 200


def test_alone_there_is_no_account_and_only_this_machine_may_ask(client, web_store):
    from starlette.testclient import TestClient

    assert client.get("/").status_code == 200
    for path in ("/signin", "/signup", "/join/x"):
        assert client.get(path).status_code == 404
    stranger = TestClient(client.app, base_url="http://127.0.0.1", client=("192.0.2.7", 4711))
    assert stranger.get("/").status_code == 403


def test_a_token_made_alone_opens_nothing_in_a_team(client, api):
    made = tokens.make(_store(client), people.LOCAL, "x", writes=True, days=None)
    assert tokens.bearer(_store(client), made, team=False) is not None
    assert again(api).get("/api/look", headers=_bearer(made)).status_code == 401


def test_a_session_of_an_account_that_is_gone_is_nobodys(browser):
    assert sessions.held(_store(browser), "", browser.app.state.bench.settings) is None
    assert session_cookie(secure=False) == "onrecord_session"
