"""No door opens to a role below the one that it asks for: a table over all doors."""

from __future__ import annotations

import pytest
from knocking import again, come_in, filled, form_token, named, team

from onrecord.web import routes
from onrecord.web.doors import RANK

DOORS = routes.doors()


@pytest.fixture(scope="module")
def browsers(whole_store, tmp_path_factory):
    """Give a browser for each role, before one team's workbench over a copy of the store."""
    import shutil

    path = tmp_path_factory.mktemp("roles") / "onrecord.db"
    shutil.copy(whole_store[0], path)
    with team(str(path)) as anyone:
        found = {"anyone": anyone}
        for role in ("reader", "editor", "administrator"):
            found[role] = again(anyone)
            come_in(found[role], role)
        yield {role: (client, form_token(client)) for role, client in found.items()}


@pytest.mark.parametrize("door", DOORS, ids=named)
def test_a_door_stays_shut_to_lesser_roles(browsers, door):
    for role, rank in RANK.items():
        if rank >= RANK[door.needs]:
            continue
        client, token = browsers[role]
        for method in door.methods:
            answer = client.request(
                method, filled(door.path), headers={"x-form-token": token} if method != "GET" else {}
            )
            assert answer.status_code in (401, 403), (role, method, answer.status_code)
            assert door.api or "<h1>" in answer.text


@pytest.mark.parametrize("door", [d for d in DOORS if "GET" in d.methods], ids=named)
def test_a_door_opens_to_the_role_it_asks_for(browsers, door):
    client, _ = browsers[door.needs]
    assert client.get(filled(door.path)).status_code not in (401, 403, 500)


@pytest.mark.parametrize("door", [d for d in DOORS if d.needs != "anyone"], ids=named)
def test_a_made_up_session_is_nobodys(browsers, door):
    client = again(browsers["anyone"][0])
    for cookie in ("", "x", "0" * 64, "' OR 1=1 --", "a" * 5000):
        client.cookies.clear()
        client.cookies.set("onrecord_session", cookie)
        assert client.request(door.methods[0], filled(door.path)).status_code in (401, 403)


def test_no_door_that_changes_something_takes_get():
    for door in DOORS:
        assert set(door.methods) <= {"GET"} or "GET" not in door.methods, door


def test_what_administers_asks_for_an_administrator():
    assert all(door.needs == "administrator" for door in DOORS if door.path.startswith("/admin"))


def test_only_a_few_doors_are_for_anyone():
    allowed = ("/about", "/settings", "/search.xml", "/sign", "/join/", "/share/", "/api")
    for door in DOORS:
        assert door.needs != "anyone" or door.path.startswith(allowed), door.path


def test_a_role_taken_away_is_gone_with_the_next_request(browsers):
    client = again(browsers["anyone"][0])
    person = come_in(client, "administrator", "shortly")
    assert client.get("/admin").status_code == 200
    admin, token = browsers["administrator"]
    path = f"/admin/account/{person.id}/role"
    assert admin.post(path, data={"token": token, "role": "reader"}).status_code == 303
    assert client.get("/admin").status_code == 403
    assert admin.post(path, data={"token": token, "role": "root"}).status_code == 422


def test_a_closed_account_is_shut_out_at_once(browsers):
    client = again(browsers["anyone"][0])
    person = come_in(client, "editor", "leaving")
    assert client.get("/account").status_code == 200
    admin, token = browsers["administrator"]
    assert (
        admin.post(f"/admin/account/{person.id}/closed", data={"token": token, "closed": "1"}).status_code
        == 303
    )
    assert client.get("/account").status_code == 401


def test_the_last_administrator_stays(web_store):
    with team(web_store) as client:
        person = come_in(client, "administrator")
        token = form_token(client)
        for path, fields in (("role", {"role": "reader"}), ("closed", {"closed": "1"})):
            answer = client.post(f"/admin/account/{person.id}/{path}", data={"token": token, **fields})
            assert answer.status_code == 422
            assert "last administrator" in answer.text
        assert client.get("/admin").status_code == 200
