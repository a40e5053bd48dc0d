"""The reader's promises, with the shipped weights: spans quote, ids resolve, nothing depends on company."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import Reader, decode_record
from onrecord.codec import check
from onrecord.record import Record

PAGE = """Harbour blockade denied

The navy has not closed the harbour, Defence Minister Ilse Brandt said on Tuesday, denying reports that
12 ships were turned away.

“Nobody was stopped,” Brandt told reporters. “The port authority says that traffic is normal.”

Shipowners accuse the navy of delaying tankers. It is estimated that 300 sailors are waiting."""

PIECES = st.sampled_from(
    [
        *"“”\"'‘’«»()[]-–:;,.!?\n\x00\u2028\ufeff",
        "\ud800",
        " said ",
        " Kerry ",
        " that ",
        "U.S. ",
        " 12,000 ",
        "denied ",
    ]
)
noise = st.lists(PIECES | st.text(max_size=12), max_size=60).map("".join)


def read(reader: Reader, text: str) -> Record:
    return reader.read(text, kind="text", published="2015-09-10")


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noise)
def test_any_text_gives_a_record_whose_every_span_quotes_it(reader: Reader, text: str) -> None:
    record = read(reader, text)
    check(record)
    assert decode_record(record.to_json()) == record


def test_one_page_on_record(reader: Reader) -> None:
    record = read(reader, PAGE)
    names = {e.id: e.name for e in record.entities}
    told = {(names.get(a.speaker or ""), a.kind) for a in record.attributions}
    assert ("Ilse Brandt", "direct") in told or ("Ilse Brandt", "mixed") in told
    assert ("Ilse Brandt", "indirect") in told
    assert any(a.speaker is None and a.speaker_reason == "none named" for a in record.attributions)
    assert any(t.text.endswith("Tuesday") and t.value == "2015-09-08" for t in record.times)
    assert {f.value for f in record.figures} >= {12, 300}
    assert all(f.according_to for f in record.figures)


def test_the_same_page_gives_the_same_bytes_whatever_was_read_before(reader: Reader) -> None:
    alone = read(reader, PAGE).to_json()
    read(reader, "Something else entirely, said the envoy. " * 30)
    assert read(reader, PAGE).to_json() == alone == read(Reader(), PAGE).to_json()


def test_a_str_is_a_page_only_where_its_kind_is_given(reader: Reader) -> None:
    html = f"<html><body><article><p>{PAGE}</p></article></body></html>"
    assert "Brandt" in reader.read(html, kind="html").document.text
    assert json.loads(reader.read(PAGE.encode()).to_json())["schema"] == "onrecord/1"


@pytest.mark.parametrize("text", ["", " \n\n ", "said", "“", "\x00"])
def test_next_to_nothing_gives_next_to_nothing(reader: Reader, text: str) -> None:
    assert read(reader, text).attributions == ()


def test_a_long_page_is_read_to_its_end(reader: Reader) -> None:
    filler = "Rain fell on the harbour and nobody came. " * 120
    record = read(reader, f"{filler}\n\nThe envoy said that the bridge had fallen.")
    assert record.attributions[-1].content[0].text.endswith("the bridge had fallen")
