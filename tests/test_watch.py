"""Feeds followed: asked for what is new only, at rest after failures, nothing lost between the two."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from standin_ingest import QUICK, stand_in
from standin_site import Site, serving, visits

from onrecord.ingest import Tally
from onrecord.store import Store
from onrecord.watch import Round, followed, watch

_STORY = "Envoy {} told reporters that the sea had turned the ships back.\n\nNobody else saw it, he added."


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db") as opened:
        yield opened


def once(feed: str, store: Store, **more: Any) -> tuple[Round, Tally]:
    told: list[tuple[Round, Tally]] = []
    watch(
        [feed],
        store,
        QUICK,
        once=True,
        visits=visits(),
        make_reader=stand_in,
        told=lambda *round_: told.append(round_),
        **more,
    )
    return told[0]


def test_a_feed_is_asked_for_what_is_new_only(site: Site, store: Store) -> None:
    links = [site.put(f"/{n}", _STORY.format(n)) for n in range(2)]
    feed = site.feed("/feed", links, etag='"1"')
    asked, tally = once(feed, store)
    assert (asked.read, tally.read) == (1, 2)
    asked, tally = once(feed, store)
    assert (asked.unchanged, tally.read) == (1, 0)
    assert site.unchanged == ["/feed"]
    site.feed("/feed", [*links, site.put("/2", _STORY.format(2))], etag='"2"')
    asked, tally = once(feed, store)
    assert (asked.read, tally.read, tally.there) == (1, 1, 2)
    assert site.asked.count("/0") == 1
    assert followed(store, feed).version.etag == '"2"'


def test_a_version_is_kept_only_when_its_pages_are(site: Site, store: Store) -> None:
    feed = site.feed("/feed", [site.put("/0", _STORY.format(0))], etag='"1"')
    asks = iter([False, True])
    _, tally = once(feed, store, stop=lambda: next(asks, True))
    assert (tally.stopped, tally.read) == (True, 0)
    assert followed(store, feed).version.etag is None
    assert once(feed, store)[1].read == 1


def test_a_feed_that_fails_again_and_again_rests(site: Site, store: Store) -> None:
    feed = site.feed("/feed", [])
    site.status = 503
    clock = [datetime.datetime(1962, 10, 25, tzinfo=datetime.UTC)]
    rounds: list[Round] = []

    def told(asked: Round, _: Tally) -> None:
        rounds.append(asked)
        clock[0] += datetime.timedelta(seconds=1)

    watch(
        [feed],
        store,
        QUICK,
        every=0.01,
        visits=visits(),
        stop=lambda: len(rounds) >= 3,
        told=told,
        make_reader=stand_in,
        now=lambda: clock[0],
    )
    assert [(asked.failed, asked.resting) for asked in rounds] == [(1, 0), (1, 0), (1, 0)]
    known = followed(store, feed)
    assert known.checked == "1962-10-25T00:00:02Z"
    rounds.clear()
    watch(
        [feed], store, QUICK, every=3600.0, once=True, visits=visits(), told=told, make_reader=stand_in,
        now=lambda: datetime.datetime(1962, 10, 24, tzinfo=datetime.UTC),
    )  # fmt: skip
    assert rounds[0].resting == 1
