"""What stands before the doors: whose form it is, under which name one asks, how long a body may be."""

from __future__ import annotations

import asyncio

import pytest
from knocking import SECRET, WRONG, again, come_in, doors, filled, form_token, named, team
from starlette.responses import JSONResponse
from starlette.testclient import TestClient

from onrecord.web import routes
from onrecord.web.app import create_app
from onrecord.web.bench import ours
from onrecord.web.doors import Door
from onrecord.web.settings import Settings


@pytest.fixture(scope="module")
def administrator(whole_store, tmp_path_factory):
    """Give an administrator's browser before a team's workbench, and another's form token."""
    import shutil

    path = tmp_path_factory.mktemp("guard") / "onrecord.db"
    shutil.copy(whole_store[0], path)
    with team(str(path)) as client:
        come_in(client, "administrator")
        other = again(client)
        come_in(other, "editor")
        yield client, form_token(other)


@pytest.mark.parametrize("door", doors("POST"), ids=named)
def test_a_form_that_is_not_of_this_session_changes_nothing(administrator, door):
    client, others = administrator
    right = form_token(client)
    for fields in ({}, {"token": ""}, {"token": WRONG}, {"token": others}, {"token": right[:-1]}):
        assert client.post(filled(door.path), data=fields).status_code == 403
    for headers in (
        {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://evil.example"},
        {"origin": "null"}, {"origin": "http://127.0.0.1.evil.example"},
    ):  # fmt: skip
        answer = client.post(filled(door.path), data={"token": right}, headers=headers)
        assert answer.status_code == 403
    assert client.post(f"{filled(door.path)}?token={right}").status_code == 403  # not from the address


@pytest.mark.parametrize("door", [d for d in doors("POST") if d.needs == "anyone"], ids=named)
def test_a_visitors_form_is_their_own(administrator, door):
    one, two = again(administrator[0]), again(administrator[0])
    others = form_token(two)
    assert form_token(one) != others
    assert one.post(filled(door.path), data={"token": others}).status_code == 403


@pytest.mark.parametrize("door", routes.doors(), ids=named)
def test_other_methods_are_refused(client, door):
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - set(door.methods):
        if any(method in d.methods and d.path == door.path for d in routes.doors()):
            continue
        answer = client.request(method, filled(door.path))
        assert answer.status_code in (404, 405)
    assert client.request("TRACE", filled(door.path)).status_code == 405


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil@127.0.0.1", "", "127.0.0.1:80:90x", "[::1"]
)
def test_a_foreign_name_is_refused(client, host):
    assert client.get("/about", headers={"host": host}).status_code in (400, 421)


@pytest.mark.parametrize("host", ["127.0.0.1", "LOCALHOST:8500", "[::1]:8500", "localhost"])
def test_our_own_names_are_not(client, host):
    assert client.get("/about", headers={"host": host}).status_code == 200


def test_two_names_at_once_are_refused(client):
    asked = [("host", "127.0.0.1"), ("host", "evil.example")]
    assert client.get("/about", headers=asked).status_code == 421


@pytest.mark.parametrize(
    "path",
    ["../settings.py", "..%2fsettings.py", "%2e%2e/settings.py", "..%5csettings.py", "....//settings.py",
     "/etc/passwd", "%2fetc%2fpasswd", "..%2f..%2f..%2fetc%2fpasswd", "onrecord.css%00.py", ""],
)  # fmt: skip
def test_static_gives_nothing_but_its_own(client, path):
    answer = client.get(f"/static/{path}")
    assert answer.status_code in (404, 405)
    assert "upload_bytes" not in answer.text
    assert "root:" not in answer.text


@pytest.fixture
def small(monkeypatch, web_store):
    """Give a workbench that takes short bodies only, with doors that say what they got."""

    def taken(request):
        form = request.state.form
        return JSONResponse(
            {"form": {k: str(v)[:50] for k, v in form.items()}, "json": getattr(request.state, "json", None)}
        )

    had = routes.doors()
    more = [
        Door("/take", taken, needs="editor", methods=("POST",)),
        Door("/api/take", taken, needs="editor", methods=("POST",), api=True),
    ]
    monkeypatch.setattr(routes, "doors", lambda: [*had, *more])
    settings = Settings(
        store=web_store, secret=SECRET, upload_bytes=50_000, json_bytes=10_000, body_seconds=0.5
    )
    with TestClient(
        create_app(settings), base_url="http://127.0.0.1", raise_server_exceptions=False
    ) as client:
        yield client


def _pieces(count, size=1000):
    for _ in range(count):
        yield b"x" * size


def test_a_body_longer_than_allowed_is_refused_by_what_it_says(small):
    answer = small.post("/take", content=b"x" * 60_000, headers={"x-form-token": form_token(small)})
    assert answer.status_code == 413


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"])
def test_a_body_longer_than_allowed_is_stopped_while_it_comes(small, kind):
    def body():
        yield (
            b'--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
            if "b" in kind[-1]
            else b"f="
        )
        yield from _pieces(1000)

    headers = {"x-form-token": form_token(small), "content-type": kind}
    assert small.post("/take", content=body(), headers=headers).status_code == 413


def test_an_upload_within_the_limit_comes_through(small):
    answer = small.post("/take", data={"token": form_token(small)}, files={"f": ("a.txt", b"words")})
    assert answer.status_code == 200
    assert "UploadFile" in answer.json()["form"]["f"]


def test_a_flood_of_fields_or_files_is_refused(small):
    token = form_token(small)
    assert small.post("/take", data={"token": token, **{f"f{n}": "" for n in range(1000)}}).status_code == 400
    files = [("f", (f"{n}", b"")) for n in range(200)]
    assert small.post("/take", data={"token": token}, files=files).status_code == 400


def test_who_has_not_signed_in_sends_little(web_store):
    with team(web_store) as client:
        token = form_token(client)
        for more in (
            {"data": {"token": token, "name": "x" * 100_000}},
            {"data": {"token": token}, "files": {"f": b"x"}},
        ):
            assert client.post("/signin", **more).status_code in (400, 413)


def test_a_body_that_does_not_come_is_given_up(small):
    sent = []

    async def ask():
        async def receive():
            await asyncio.sleep(3600)

        async def send(message):
            sent.append(message)

        headers = [
            (b"host", b"127.0.0.1"),
            (b"x-form-token", b"x"),
            (b"content-type", b"application/x-www-form-urlencoded"),
        ]
        scope = {
            "type": "http", "method": "POST", "path": "/take", "raw_path": b"/take", "query_string": b"",
            "headers": headers, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "scheme": "http",
            "http_version": "1.1",
        }  # fmt: skip
        await asyncio.wait_for(small.app(scope, receive, send), 30)

    asyncio.run(ask())
    assert sent[0]["status"] == 408


@pytest.mark.parametrize("body", [b"{", b"[1]", b'"x"', b"\xff\xfe", b'{"a": ' * 1000, b"[" * 9000, b"nul"])
def test_json_that_is_no_object_is_refused_in_json(small, body):
    headers = {"x-form-token": form_token(small), "content-type": "application/json"}
    answer = small.post("/api/take", content=body, headers=headers)
    assert answer.status_code == 400
    assert "error" in answer.json()


def test_long_json_is_refused_in_json(small):
    headers = {"x-form-token": form_token(small), "content-type": "application/json"}
    answer = small.post("/api/take", content=_pieces(20), headers=headers)
    assert answer.status_code == 413
    assert "error" in answer.json()


def test_json_comes_through_as_it_is(small):
    headers = {"x-form-token": form_token(small)}
    assert small.post("/api/take", json={"a": [1, "é"]}, headers=headers).json()["json"] == {"a": [1, "é"]}


@pytest.mark.parametrize("length", ["-1", "1e9", "9" * 30, "0x10", "99999999"])
def test_a_length_that_is_none_is_refused(small, length):
    answer = small.post("/take", content=b"", headers={"content-length": length})
    assert answer.status_code in (400, 413)


@pytest.mark.parametrize("to", ["//x", "/\\x", "\\x", "https://x", "/\tx", "/\n/x", "x", "", "/ \u202e"])
def test_nothing_leads_elsewhere(to):
    assert ours(to) == "/"


def test_our_own_paths_are_kept():
    assert ours("/search?q=a+b&what=events#x") == "/search?q=a+b&what=events#x"
