"""Adding: texts, addresses and files become jobs, read apart, told plainly, and outliving a restart."""

from __future__ import annotations

import gzip
import json
import re
import tempfile

import pytest
from standin_ingest import QUICK, stand_in
from starlette.testclient import TestClient

from onrecord.pages.limits import Limits
from onrecord.web import jobs as kept_jobs
from onrecord.web.app import create_app
from onrecord.web.giving import Part, file_name
from onrecord.web.jobs import Jobs
from onrecord.web.settings import Settings

STORY = (
    "Envoy Ana Brandt told reporters at the harbor on Tuesday that the {word} sea had turned a ship back.\n\n"
    "Nobody else on the quay saw it, the envoy added, and all of them looked for a long while."
)
SITE = "http://127.0.0.1"


@pytest.fixture
def adding(client):
    """Give a browser whose workbench reads with the stand-in."""
    store = client.app.state.bench.store
    client.app.state.jobs = Jobs(store, plan=QUICK, make_reader=stand_in)
    yield client
    client.app.state.jobs.end()


@pytest.fixture
def give(adding, form_token):
    """Give what sends a form of Add, with its files."""

    def send(files=(), **fields):
        return adding.post(
            "/add", data={"token": form_token, **fields}, files=[("files", file) for file in files]
        )

    return send


def done(client, answer) -> str:
    assert answer.status_code == 303, answer.text
    assert client.app.state.jobs.wait(60)
    return client.get(answer.headers["location"]).text


def test_a_pasted_text_is_read_and_stands_on_record(adding, give):
    answer = give(
        text=STORY.format(word="calm"), title="The quay", outlet="Quay News", published="2024-02-03"
    )
    text = done(adding, answer)
    assert "It has been read" in text
    to = re.search(r'href="(/page/[0-9a-f]{32})"', text)
    assert to
    page = adding.get(to[1]).text
    assert "<h1>" in page
    assert "Quay News" in page
    assert "3 February 2024" in page or "2024-02-03" in page


def test_files_of_all_kinds_are_read_and_named_as_they_were(adding, give):
    html = f"<html><body><h1>A head</h1><p>{STORY.format(word='green')}</p></body></html>"
    table = "\n".join(json.dumps({"text": STORY.format(word=w), "title": w}) for w in ("red", "blue"))
    text = done(
        adding,
        give([
            ("a.html", html.encode()), ("b.txt", STORY.format(word="grey").encode()),
            ("c.jsonl", table.encode()), ("d.jsonl.gz", gzip.compress(STORY.format(word="x").encode())),
        ]),
    )  # fmt: skip
    assert len(set(re.findall(r'href="/page/[0-9a-f]{32}"', text))) == 4
    assert tempfile.gettempdir() not in text
    assert "d.jsonl.gz" in text


def test_what_cannot_be_read_is_told_plainly_and_costs_no_other(adding, give):
    text = done(
        adding,
        give([
            ("a.pdf", b"%PDF-1.7 nothing"), ("die.txt", STORY.format(word="DIE").encode()),
            ("fault.txt", STORY.format(word="FAULT").encode()),
            ("good.txt", STORY.format(word="calm").encode()),
            ("e.parquet", b"PAR1"),
        ]),
    )  # fmt: skip
    assert "PDF" in text
    assert "was killed" in text
    assert "please report it" in text
    assert "Parquet files are read by" in text
    assert len(set(re.findall(r'href="/page/[0-9a-f]{32}"', text))) == 1


def test_given_twice_it_is_there_already(adding, give):
    done(adding, give(text=STORY.format(word="calm")))
    text = done(adding, give(text=STORY.format(word="calm")))
    assert "1 there already" in text
    assert 'href="/page/' in text


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost:8500/admin", "http://[::1]/", "http://169.254.169.254/latest",
        "http://10.0.0.1/", "http://0x7f000001/", "http://2130706433/", "http://user@127.0.0.1/",
        "feed:http://127.0.0.1/feed.xml", "http://[::ffff:127.0.0.1]/",
    ],
)  # fmt: skip
def test_no_address_of_this_machine_or_its_network_is_asked(adding, give, address, monkeypatch):
    def no(*_, **__):
        raise AssertionError("connected")

    monkeypatch.setattr("socket.create_connection", no)
    text = done(adding, give(addresses=address))
    assert 'class="why"' in text
    assert "connected" not in text


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "/etc/passwd", "feed:/etc/passwd", "list:/etc/passwd", "@/etc/passwd",
        "ftp://example.org/x", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_at_once(adding, give, address):
    answer = give(addresses=address)
    assert answer.status_code == 400
    assert "begins with http" in answer.text


def test_a_file_of_ours_is_never_read_for_a_name(adding, tmp_path):
    jobs = adding.app.state.jobs
    (tmp_path / "secret.txt").write_text(STORY.format(word="secret"))
    for name in (f"feed:{tmp_path}/secret.txt", f"{tmp_path}/secret.txt", "list:x"):
        job = jobs.add("local", "local", [Part("address", name)])
        assert jobs.wait(60)
        assert kept_jobs.job(adding.app.state.bench.store, job).read == 0


def test_nothing_given_and_wrong_days_are_told(adding, give):
    assert "Nothing was given" in give().text
    assert "The day of publication" in give(text="x", published="tomorrow").text
    assert give(text="x", published="tomorrow").status_code == 400
    assert "A file is empty" in give([("a.txt", b"")]).text


def test_what_a_person_typed_is_still_there_after_a_fault(give):
    answer = give(text="My words", title="<b>Head", published="never")
    assert "My words" in answer.text
    assert "&lt;b&gt;Head" in answer.text


def test_a_job_outlives_a_restart(web_store, form_token, client):
    store = client.app.state.bench.store
    idle = Jobs(store, plan=QUICK, make_reader=stand_in)
    idle.end()  # nothing is begun any more: as if the machine went off
    job = idle.add("local", "local", [Part("text", "a", STORY.format(word="calm").encode())])
    assert kept_jobs.job(store, job).state == "waiting"
    later = Jobs(store, plan=QUICK, make_reader=stand_in)
    later.begin()
    assert later.wait(60)
    found = kept_jobs.job(store, job)
    assert (found.state, found.read) == ("done", 1)


def test_a_job_cut_off_midway_is_taken_up_again(client):
    store = client.app.state.bench.store
    slow = Jobs(store, plan=QUICK, make_reader=stand_in)
    parts = [Part("text", str(n), STORY.format(word=f"SLOW{n}").encode()) for n in range(12)]
    job = slow.add("local", "local", parts)
    slow.end()
    assert kept_jobs.job(store, job).state in ("waiting", "done")
    later = Jobs(store, plan=QUICK, make_reader=stand_in)
    later.begin()
    assert later.wait(60)
    found = kept_jobs.job(store, job)
    assert (found.state, found.read + found.there) == ("done", 12)


def test_a_waiting_job_is_stopped_and_its_words_go(client, send):
    store = client.app.state.bench.store
    idle = Jobs(store, plan=QUICK, make_reader=stand_in)
    idle.end()
    job = idle.add("local", "local", [Part("text", "a", b"words")])
    assert send(f"/add/{job}/stop").status_code == 303
    assert kept_jobs.job(store, job).state == "stopped"
    assert "It was stopped" in client.get(f"/add/{job}").text


def test_a_page_that_is_being_read_asks_again_without_a_script(client):
    store = client.app.state.bench.store
    idle = Jobs(store, plan=QUICK, make_reader=stand_in)
    idle.end()
    job = idle.add("local", "local", [Part("text", "a", b"words")])
    assert '<noscript><meta http-equiv="refresh"' in client.get(f"/add/{job}").text
    assert client.get(f"/add/{job}/state").headers["x-job"] == "waiting"


def test_too_many_at_once_are_refused(client, give):
    store = client.app.state.bench.store
    client.app.state.jobs = Jobs(store, plan=QUICK, make_reader=stand_in)
    client.app.state.jobs.end()
    for n in range(20):
        assert give(text=f"words {n}").status_code == 303
    answer = give(text="one more")
    assert answer.status_code == 429
    assert "Too many jobs" in answer.text


def test_an_upload_beyond_the_limit_is_refused(web_store):
    app = create_app(Settings(store=web_store, secret="for tests only" * 3, upload_bytes=10_000))
    with TestClient(app, base_url=SITE, follow_redirects=False) as client:
        found = re.search(r'name="token" value="([0-9a-f]+)"', client.get("/add").text)
        answer = client.post("/add", data={"token": found[1]}, files=[("files", ("a.txt", b"x" * 20_000))])
        assert answer.status_code == 413


def test_an_archive_that_unfolds_without_end_is_not_followed(adding, give):
    bomb = gzip.compress(b'{"text": "' + b"a" * (Limits().bytes * 2) + b'"}')
    text = done(adding, give([("bomb.jsonl.gz", bomb)]))
    assert "0 pages read" in text
    assert 'class="why"' in text


def test_unknown_jobs_are_not_found(client):
    assert client.get("/add/" + "0" * 32).status_code == 404
    assert client.get("/add/nothing").status_code == 404


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\x\\y.html", "y.html"), ("a\0b.txt", "ab.txt"), ("", "file"),
        ("...", "file"), ("x" * 300 + ".html", "x" * 107 + ".html"), ("<b>.txt", "b.txt"),
    ],
)  # fmt: skip
def test_names_of_files_lead_nowhere(given, kept):
    assert file_name(given) == kept
