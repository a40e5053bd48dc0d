"""The query language: any text is a query, in each database, and the marks are where the words are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.store.query import Mark, Query, Term, fts5, marks, parse, tsquery, words_of

QUERIES = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            [
                '"',
                "OR",
                "AND",
                "NOT",
                "NEAR",
                "-",
                "*",
                "(",
                ")",
                "ship",
                "é",
                "'",
                ":",
                "^",
                "\0",
                "\\",
                "“",
                "&",
                "|",
            ]
        ),
        max_size=12,
    ).map(" ".join),
    st.lists(st.sampled_from(['"', "-", "*", "a", "b ", "OR ", "content:", "%", "_"]), max_size=20).map(
        "".join
    ),
)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", Query()),
        ("!!! ... ()", Query()),
        ("Ships turned", Query(((Term(("ships",)),), (Term(("turned",)),)))),
        ('"turned  Back"', Query(((Term(("turned", "back")),),))),
        ("“turned back”", Query(((Term(("turned", "back")),),))),
        ('"never closed', Query(((Term(("never", "closed")),),))),
        ("ship*", Query(((Term(("ship",), prefix=True),),))),
        ('"two shi"*', Query(((Term(("two", "shi"), prefix=True),),))),
        ("ships -boats", Query(((Term(("ships",)),),), (Term(("boats",)),))),
        ('-"turned back"', Query((), (Term(("turned", "back")),))),
        ("ships OR boats harbor", Query(((Term(("ships",)), Term(("boats",))), (Term(("harbor",)),)))),
        ("OR ships OR", Query(((Term(("ships",)),),))),
        ("ships or boats", Query(((Term(("ships",)),), (Term(("or",)),), (Term(("boats",)),)))),
        ("Café", Query(((Term(("cafe",)),),))),
        ("U.S. anti-tank", Query(((Term(("u", "s")),), (Term(("anti", "tank")),)))),
    ],
)
def test_what_is_typed_is_read_as_documented(text: str, tree: Query) -> None:
    assert parse(text) == tree


def test_each_database_gets_its_own_words() -> None:
    query = parse('ships OR boats "turned ba"* -moon')
    assert fts5(query) == '(("ships" OR "boats") AND ("turned ba" *)) NOT ("moon")'
    assert tsquery(query) == "(('ships') | ('boats')) & (('turned' <-> 'ba':*)) & !(('moon'))"


@pytest.fixture(scope="module")
def fts() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE t USING fts5(content, tokenize='unicode61 remove_diacritics 2')")
        db.execute("INSERT INTO t VALUES ('a ship')")
        yield db


@settings(max_examples=100, deadline=None)
@given(QUERIES)
@example('"' * 99)
@example("a OR " * 50)
@example("-" * 200)
@example("\ud800 \x00 ' \" ; DROP TABLE statements --")
def test_no_text_is_an_error_to_sqlite(fts: sqlite3.Connection, text: str) -> None:
    query = parse(text)
    if query.all:
        fts.execute("SELECT rowid, rank FROM t WHERE t MATCH ?", [fts5(query)]).fetchall()
    if query.none:
        fts.execute("SELECT rowid FROM t WHERE t MATCH ?", [fts5(Query((query.none,)))]).fetchall()


def test_a_long_query_is_cut_and_takes_no_time() -> None:
    assert len(parse("word " * 200_000).all) == 64
    assert len(parse("w" * 1_000_000).all[0][0].words[0]) == 256
    assert len(parse('"' + "word " * 100_000).all[0][0].words) == 64


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), QUERIES)
@example("Ships and SHIPS, sHip's shipping", "ship* OR ships")
@example("cafe\u0301 Café", "cafe")
def test_marks_quote_the_words_and_never_overlap(text: str, typed: str) -> None:
    query = parse(typed)
    found = marks(query, text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= mark.start < mark.end <= len(text) for mark in found)
    words = {(start, end) for start, end, _ in words_of(text)}
    assert all(any(mark.start == start for start, _ in words) for mark in found)
    assert all(any(mark.end == end for _, end in words) for mark in found)


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("ship*", "Ships and shipping; a Ship's", [(0, 5), (10, 18), (22, 26)]),
        ('"turned back"', "had TURNED\n\nback, turned", [(4, 16)]),
        ('turned "turned back"', "turned back", [(0, 11)]),
        ("cafe", "the café, the cafe\u0301", [(4, 8), (14, 19)]),
        ("-ship", "a ship", []),
        ("harbor OR quay", "quay", [(0, 4)]),
    ],
)
def test_marks_stand_where_the_words_are(typed: str, text: str, found: list[tuple[int, int]]) -> None:
    assert marks(parse(typed), text) == tuple(Mark(*ends) for ends in found)
