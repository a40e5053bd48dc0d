"""Damaged archives, feeds without end and poisoned rows: what is whole is read, the rest has its reason."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from standin_ingest import exported, run
from standin_site import serving, visits

from onrecord.store import Store, check_store

_PAGES = 4


def story(number: int) -> str:
    return (
        f"Envoy {number} told reporters at the harbor on Tuesday that the sea had turned ship {number} "
        "back.\n\nNobody else on the quay saw it, the envoy added, and all of them looked."
    )


def record(number: int, *, lie: int = 0) -> bytes:
    block = story(number).encode()
    head = (
        "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\n"
        f"WARC-Target-URI: https://example.org/{number}\r\nWARC-Date: 2015-09-10T14:50:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000{number}>\r\n"
        f"Content-Length: {len(block) + lie}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def taken(source: str, url: str) -> tuple[list[str], dict[str, str]]:
    """Ingest twice; give the addresses of the pages that were read, and why others were not."""
    run([source], url)
    before = exported(url)
    again = run([source], url)
    assert (again.read, again.failures) == (0, 0)
    assert exported(url) == before
    with Store.open(url) as store:
        assert check_store(store) == []
        view = store.view()
        uris = sorted(str(line.uri) for line in view.pages())
        return uris, {failure.locator: failure.reason for failure in view.failures()}


def uris(*numbers: int) -> list[str]:
    return [f"https://example.org/{number}" for number in numbers]


def test_a_broken_gzip_member_costs_only_itself(tmp_path: Path) -> None:
    members = [gzip.compress(record(number)) for number in range(_PAGES)]
    middle = len(members[1]) // 2
    members[1] = members[1][:middle] + b"\0" * 20 + members[1][middle + 20 :]
    path = tmp_path / "news.warc.wet.gz"
    path.write_bytes(b"".join(members))
    read, failed = taken(str(path), f"sqlite:///{tmp_path / 'store.db'}")
    assert read == uris(0, 2, 3)
    assert list(failed) == [f"{path}#{len(members[0])}"]


def test_a_truncated_archive_gives_what_is_whole(tmp_path: Path) -> None:
    members = [gzip.compress(record(number)) for number in range(_PAGES)]
    path = tmp_path / "news.warc.wet.gz"
    path.write_bytes(b"".join(members)[:-60])
    read, failed = taken(str(path), f"sqlite:///{tmp_path / 'store.db'}")
    assert read == uris(0, 1, 2)
    assert list(failed) == [f"{path}#{sum(map(len, members[:3]))}"]


def test_a_content_length_that_lies_costs_only_its_record(tmp_path: Path) -> None:
    members = [gzip.compress(record(n, lie=5000 if n == 2 else 0)) for n in range(_PAGES)]
    path = tmp_path / "news.warc.wet.gz"
    path.write_bytes(b"".join(members))
    read, failed = taken(str(path), f"sqlite:///{tmp_path / 'store.db'}")
    assert read == uris(0, 1, 3)
    assert list(failed) == [f"{path}#{len(members[0]) + len(members[1])}"]


def test_a_poisoned_row_costs_only_itself(tmp_path: Path) -> None:
    rows = [json.dumps({"text": story(n), "url": f"https://example.org/{n}"}) for n in range(_PAGES)]
    rows[1] = '{"text": "no end'
    rows[2] = json.dumps({"text": 10**40, "url": "https://example.org/2"})
    rows.append(
        json.dumps({"text": f"NUL \0 and half \ud83d of a sign. {story(4)}", "url": "https://example.org/4"})
    )
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(rows))
    read, failed = taken(str(path), f"sqlite:///{tmp_path / 'store.db'}")
    assert read == uris(0, 3, 4)
    assert len(failed) == 2


def test_a_feed_that_loops_ends(tmp_path: Path) -> None:
    with serving() as site:
        links = [site.put(f"/{number}", story(number)) for number in range(2)]
        site.feed("/b", links, following=f"{site.address}/a")
        feed = site.feed("/a", links, following=f"{site.address}/b")
        url = f"sqlite:///{tmp_path / 'store.db'}"
        tally = run([f"feed:{feed}"], url, visits=visits())
        assert (tally.read, tally.failures) == (2, 0)
        assert site.asked.count("/0") == 1
