"""WARC and WET files, sound and broken: the good records are given, each fault is told at its place."""

from __future__ import annotations

import gzip
import random
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources.warcs import frames, gzipped, html, info, record

from onrecord.pages import Limits
from onrecord.sources import Broken, Missing, Page, PassedOver, archive_pages, open_found


def uri(number: int) -> str:
    return f"https://example.org/{number}"


def story(number: int, **more) -> bytes:
    return record(uri(number), html(f"The minister said so {number} times."), **more)


def pages(path: Path, *stretch, **more) -> list:
    return list(archive_pages(str(path), *stretch, **more))


def uris(found) -> list[str]:
    return [page.uri for page in found if isinstance(page, Page)]


def written(tmp_path: Path, name: str, *pieces: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(b"".join(pieces))
    return path


def test_a_page_knows_where_when_and_how_it_was_taken(tmp_path):
    members = gzipped(info(), story(1))
    path = written(tmp_path, "a.warc.gz", *members)
    (page,) = pages(path, source="a*.gz")
    assert page == Page(
        f"{path}#{len(members[0])}",
        html("The minister said so 1 times."),
        kind="html",
        uri=uri(1),
        captured="2016-08-26T12:45:20Z",
        source="a*.gz",
        charset="utf-8",
    )
    assert page.published is None


@pytest.mark.parametrize(
    "form", ["warc", "warc.gz", "warc.zst", "one.warc.gz", "one.warc.zst", "dictionary.warc.zst"]
)
def test_every_packing_gives_the_same_pages(tmp_path, form):
    all_records = [info(), *(story(number) for number in range(5))]
    packed = {
        "warc": lambda: all_records,
        "warc.gz": lambda: gzipped(*all_records),
        "warc.zst": lambda: frames(*all_records),
        "one.warc.gz": lambda: gzipped(b"".join(all_records)),
        "one.warc.zst": lambda: frames(b"".join(all_records)),
        "dictionary.warc.zst": lambda: frames(*all_records, dictionary=b"".join(all_records[:2])),
    }[form]()
    found = pages(written(tmp_path, f"a.{form}", *packed))
    assert uris(found) == [uri(number) for number in range(5)]
    assert len({page.locator for page in found}) == len(found) == 5


def test_only_html_with_status_200_is_taken_and_the_rest_counted(tmp_path):
    path = written(
        tmp_path,
        "a.warc.gz",
        *gzipped(
            story(1),
            story(2, status="404 Not Found"),
            record(uri(3), b"\x89PNG\r\n", kind="image/png"),
            record(uri(4), b"GET / HTTP/1.1\r\n\r\n", warc_type="request"),
            record(uri(5), html("Moved."), status="301 Moved"),
        ),
    )
    found = pages(path)
    assert uris(found) == [uri(1)]
    assert found[-1] == PassedOver(str(path), 3, "not HTML that a server gave with status 200")


def test_a_wet_file_gives_plain_text(tmp_path):
    words = "ID3 cards are checked, the minister said.\n\nHe went on."
    path = written(
        tmp_path, "a.warc.wet.gz", *gzipped(info(), record(uri(1), words.encode(), warc_type="conversion"))
    )
    (page,) = pages(path)
    assert (page.kind, page.uri, page.charset) == ("text", uri(1), "utf-8")
    assert open_found(page).text == words
    assert open_found(page).uri == uri(1)


def test_the_servers_word_on_the_encoding_is_used(tmp_path):
    content = "<html><body><p>Wałęsa rzekł: „dość”, łódź żółw. And so he said it was.</p></body></html>"
    path = written(
        tmp_path,
        "a.warc",
        record(uri(1), content.encode("iso-8859-2", "replace"), kind="text/html; charset=ISO-8859-2"),
    )
    (page,) = pages(path)
    assert "Wałęsa" in open_found(page).text


@pytest.mark.parametrize(
    ("http", "coded"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress),
        ("Content-Encoding: deflate\r\n", zlib.compress),
        ("Content-Encoding: gzip\r\n", bytes),
        ("Content-Encoding: br\r\n", bytes),
        ("Transfer-Encoding: chunked\r\n", lambda page: b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page)),
        ("Transfer-Encoding: chunked\r\n", bytes),
        ("Content-Length: 7\r\n", bytes),
        ("Content-Length: 99999\r\n", bytes),
    ],
)
def test_codings_are_undone_where_the_content_has_them_and_the_servers_length_is_no_matter(
    tmp_path, http, coded
):
    path = written(tmp_path, "a.warc.gz", *gzipped(record(uri(1), coded(html("So.")), http=http), story(2)))
    found = pages(path)
    assert uris(found) == [uri(1), uri(2)]
    assert found[0].content == html("So.")


def test_a_bomb_is_refused(tmp_path):
    bomb = gzip.compress(b"a" * 3_000_000)
    path = written(
        tmp_path, "a.warc.gz", *gzipped(record(uri(1), bomb, http="Content-Encoding: gzip\r\n"), story(2))
    )
    refused, page = pages(path)
    assert (refused.reason, page.uri) == ("unfolds-too-far", uri(2))


@pytest.mark.parametrize("pack", [gzipped, frames])
def test_a_broken_member_costs_only_itself_and_is_told_with_its_offset(tmp_path, pack):
    members = pack(*(story(number) for number in range(4)))
    broken = bytearray(members[1])
    broken[len(broken) // 2] ^= 0xFF
    broken[len(broken) // 2 + 1] ^= 0xFF
    path = written(tmp_path, "a.warc", members[0], bytes(broken), *members[2:])
    found = pages(path)
    assert uris(found) == [uri(0), uri(2), uri(3)]
    (fault,) = [one for one in found if isinstance(one, Broken)]
    assert (fault.locator, fault.reason) == (f"{path}#{len(members[0])}", "damaged")


@pytest.mark.parametrize("pack", [gzipped, frames])
def test_bytes_between_members_are_told_and_gone_past(tmp_path, pack):
    members = pack(story(1), story(2))
    path = written(tmp_path, "a.warc", members[0], b"no record at all", members[1], bytes(64))
    found = pages(path)
    assert uris(found) == [uri(1), uri(2)]
    assert [one.locator for one in found if isinstance(one, Broken)] == [f"{path}#{len(members[0])}"]


@pytest.mark.parametrize("pack", [gzipped, frames, lambda *records: list(records)])
def test_a_truncated_file_gives_its_whole_records_and_the_place_of_the_break(tmp_path, pack):
    members = pack(story(1), story(2), story(3))
    path = written(tmp_path, "a.warc", *members[:2], members[2][:-60])
    found = pages(path)
    assert uris(found) == [uri(1), uri(2)]
    assert [one.locator for one in found if isinstance(one, Broken)] == [
        f"{path}#{sum(map(len, members[:2]))}"
    ]


@pytest.mark.parametrize("pack", [gzipped, frames])
def test_records_before_the_break_of_a_file_packed_as_one_are_given(tmp_path, pack):
    rough = random.Random(4)  # noqa: S311 - words that do not pack well, so that the break is far from the start
    many = [
        record(uri(number), html(" ".join(f"{rough.random():.12f}" for _ in range(4000))))
        for number in range(20)
    ]
    (whole,) = pack(b"".join(many))
    path = written(tmp_path, "a.warc", whole[: len(whole) * 3 // 4])
    found = pages(path)
    assert 10 <= len(uris(found)) < 16
    assert uris(found) == [uri(number) for number in range(len(uris(found)))]
    assert isinstance(found[-1], Broken)


@pytest.mark.parametrize(
    "pack", [gzipped, frames, lambda *records: list(records), lambda *r: gzipped(b"".join(r))]
)
@pytest.mark.parametrize("lie", [-40, 7, 300, 2_000, 10_000_000_000])
def test_a_record_that_lies_about_its_length_costs_no_other(tmp_path, pack, lie):
    honest = len(story(1)) - story(1).index(b"\r\n\r\n") - 8
    records = [story(0), story(1, length=honest + lie), *(story(number) for number in range(2, 9))]
    found = pages(written(tmp_path, "a.warc", *pack(*records)))
    assert uris(found) == [uri(number) for number in (0, *range(2, 9))]
    assert sum(isinstance(one, Broken) for one in found) == 1


@pytest.mark.parametrize("length", ["-5", "many", "", "1" * 30])
def test_a_length_that_is_none_costs_only_its_record(tmp_path, length):
    records = [story(0), story(1, length=length), story(2)]
    found = pages(written(tmp_path, "a.warc", *records))
    assert uris(found) == [uri(0), uri(2)]


def test_a_record_too_large_is_told_and_not_held(tmp_path):
    records = [
        story(0),
        record(uri(1), html("a" * 50_000)),
        record(uri(2), b"a" * 50_000, kind="video/mp4"),
        story(3),
    ]
    found = pages(written(tmp_path, "a.warc.gz", *gzipped(*records)), limits=Limits(bytes=20_000))
    assert uris(found) == [uri(0), uri(3)]
    assert [one.reason for one in found if isinstance(one, Broken)] == ["too-large"]


@pytest.mark.parametrize("pack", [gzipped, frames, lambda *records: list(records)])
def test_any_cut_into_stretches_gives_every_page_once(tmp_path, pack):
    path = written(tmp_path, "a.warc", *pack(info(), *(story(number) for number in range(12))))
    whole = pages(path)
    size = path.stat().st_size
    for step in (37, 200, 1000, size):
        cut = [one for start in range(0, size, step) for one in pages(path, start, start + step)]
        assert cut == whole


def test_what_is_no_archive_says_so(tmp_path):
    assert isinstance(pages(tmp_path / "nowhere.warc.gz")[0], Missing)
    assert pages(written(tmp_path, "empty.warc")) == []
    (fault,) = pages(written(tmp_path, "page.warc", html("Only a page.")))
    assert fault.reason == "damaged"


@settings(max_examples=60)
@given(st.data())
def test_no_damage_is_more_than_a_fault(tmp_path_factory, data):
    records = [story(number) for number in range(4)]
    pack = data.draw(
        st.sampled_from([gzipped, frames, lambda *all_: list(all_), lambda *r: gzipped(b"".join(r))])
    )
    content = bytearray(b"".join(pack(*records)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    path = tmp_path_factory.mktemp("damaged") / "a.warc"
    path.write_bytes(bytes(content[:cut]))
    found = pages(path)
    assert all(isinstance(one, Page | Broken | PassedOver) for one in found)
    assert len(uris(found)) <= 4
