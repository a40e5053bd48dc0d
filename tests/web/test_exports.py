"""Exports: what is on screen, in every format, under a name that is safe anywhere."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from onrecord.export.formats import FORMATS


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_a_page_leaves_in_every_format(client, page_id, form):
    answer = client.get(f"/page/{page_id('harbor')}/export?format={form.name}")
    assert answer.status_code == 200, answer.text
    assert answer.content
    name = answer.headers["content-disposition"]
    assert name.startswith('attachment; filename="onrecord-')
    assert name.isascii()
    if form.kind == "folder":
        assert zipfile.ZipFile(io.BytesIO(answer.content)).namelist()


def test_what_is_on_screen_is_what_leaves(client):
    answer = client.get("/export", params={"q": "quay", "outlet": "Arden Wire", "format": "jsonl"})
    records = [json.loads(line) for line in answer.text.splitlines()]
    assert records
    assert {record["document"]["outlet"] for record in records} == {"Arden Wire"}
    assert len(client.get("/export?format=jsonl").text.splitlines()) == 33


def test_the_formats_are_shown_with_their_losses_and_the_conditions(client):
    text = client.get("/export?q=%3Cb%3E&outlet=Arden+Wire").text
    assert "format=csv" in text
    assert "&lt;b&gt;" in text
    assert "<b>&lt;" not in text.replace("<b>q</b>", "")


def test_a_file_is_named_safely_whatever_is_asked(client):
    for words in ('"; x=y', "../../etc", "a\r\nb: c", "é" * 90):
        answer = client.get("/export", params={"outlet": words, "format": "jsonl"})
        assert answer.status_code == 200
        name = answer.headers["content-disposition"].split('filename="')[1].rstrip('"')
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
        assert ".." not in name


def test_unknown_formats_and_pages_are_told(client, page_id):
    assert client.get(f"/page/{page_id('story')}/export?format=exe").status_code == 400
    assert client.get("/page/" + "0" * 32 + "/export?format=jsonl").status_code == 404
    assert client.get("/collections/" + "0" * 32 + "/export").status_code == 404


def test_a_cell_is_never_a_formula(client, page_id):
    content = client.get(f"/page/{page_id('hostile')}/export?format=csv").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            for line in archive.read(name).decode().splitlines():
                assert not line.startswith(("=", "+", "@"))
