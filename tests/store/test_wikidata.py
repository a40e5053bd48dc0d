"""Linking to Wikidata by recorded answers: exact names of the right kind and country, and nothing else."""

from __future__ import annotations

import io
import json
import urllib.error
from collections.abc import Callable
from email.message import Message
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sketches import person
from sqlalchemy import select

from onrecord.errors import StoreError
from onrecord.store import Store
from onrecord.store.decisions import all_decisions, undo
from onrecord.store.identity import find_actors
from onrecord.store.schema import actors
from onrecord.store.wikidata import USER_AGENT, Wikidata, _fetch, link


def _claim(of: Any, rank: str = "normal") -> dict[str, Any]:
    return {"rank": rank, "mainsnak": {"datavalue": {"value": of if isinstance(of, str) else {"id": of[0]}}}}


def _entry(key: str, label: str, kind: str, country: str, *aliases: str) -> dict[str, Any]:
    """Give an entry in the form of the server's answers."""
    return {
        "id": key, "labels": {"en": {"language": "en", "value": label}},
        "aliases": {"en": [{"language": "en", "value": alias} for alias in aliases]},
        "claims": {"P31": [_claim([kind])], "P27": [_claim(["Q1"], "deprecated"), _claim([country])]},
    }  # fmt: skip


ENTRIES = {
    "Q10": _entry("Q10", "Ana Brandt", "Q5", "Q183", "A. Brandt"),
    "Q11": _entry("Q11", "Ana Brandt", "Q5", "Q142"),
    "Q12": _entry("Q12", "Ana Brandt", "Q4167410", "Q183"),  # a page that tells names apart
    "Q13": _entry("Q13", "Ana Brandt-Weil", "Q5", "Q183"),
    "Q20": _entry("Q20", "Otto Vale", "Q5", "Q183"),
    "Q21": _entry("Q21", "Otto Vale", "Q5", "Q183"),
    "Q30": _entry("Q30", "Harbor Workers Union", "Q178790", "Q183"),
    "Q183": {"id": "Q183", "claims": {"P298": [_claim("DEU")]}},
    "Q142": {"id": "Q142", "claims": {"P298": [_claim("FRA")]}},
    "Q1": {"id": "Q1", "claims": []},
}
SEARCHES = {
    "Ana Brandt": ["Q10", "Q11", "Q12", "Q13"],
    "Otto Vale": ["Q20", "Q21"],
    "Harbor Workers Union": ["Q30"],
}


class _Recorded:
    """Answers as the server would, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, address: str) -> bytes:
        self.asked.append(address)
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["format"] == "json"
        if asked["action"] == "wbsearchentities":
            return json.dumps({"search": [{"id": key} for key in SEARCHES.get(asked["search"], [])]}).encode()
        return json.dumps({"entities": {key: ENTRIES[key] for key in asked["ids"].split("|")}}).encode()


def _filled(store: Store) -> None:
    store.writer().add([
        person("Ana Brandt", "a", country="DEU"), person("Otto Vale", "b", country="DEU"),
        person("Lea Stern", "c", country="DEU"), person("Brandt", "d", role="Mayor"),
        person("Harbor Workers Union", "e", country="DEU", kind="organization"),
    ])  # fmt: skip
    find_actors(store)


def _links(store: Store) -> dict[str, str | None]:
    with store.reading() as connection:
        return dict(connection.execute(select(actors.c.name, actors.c.wikidata)).all())


def test_the_one_of_name_kind_and_country_is_linked(store: Store) -> None:
    _filled(store)
    recorded = _Recorded()
    linked = link(store, Wikidata(fetch=recorded, pause=0))
    assert {d.other.wikidata for d in linked.links} == {"Q10", "Q30"}
    assert linked.doubtful == (("Otto Vale", ("Q20", "Q21")),)
    assert {d.who for d in linked.links} == {"wikidata"}
    find_actors(store)
    assert _links(store)["Ana Brandt"] == "Q10"
    assert _links(store)["Otto Vale"] is None
    assert not any(
        "search=Brandt" in address for address in recorded.asked
    )  # a surname alone is not asked for


def test_what_was_taken_back_is_not_linked_again(store: Store) -> None:
    _filled(store)
    link(store, Wikidata(fetch=_Recorded(), pause=0))
    for decision in all_decisions(store.view()):
        undo(store, decision.id, why="another")
    find_actors(store)
    assert link(store, Wikidata(fetch=_Recorded(), pause=0)).links == ()
    assert set(_links(store).values()) == {None}


def test_a_limit_is_kept(store: Store) -> None:
    _filled(store)
    assert len(link(store, Wikidata(fetch=_Recorded(), pause=0), limit=1).links) == 1


def test_requests_keep_their_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("onrecord.store.wikidata.time.sleep", waited.append)
    client = Wikidata(fetch=_Recorded(), pause=100)
    client.search("Ana Brandt")
    client.search("Otto Vale")
    assert waited[0] == 0
    assert 90 < waited[1] <= 100


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b'{"error": {"info": "maxlag"}}'])
def test_a_refusal_is_told(answer: bytes) -> None:
    with pytest.raises(StoreError, match="Wikidata"):
        Wikidata(fetch=lambda _: answer, pause=0).search("Ana")


def _failing(code: int) -> Callable[..., Any]:
    def fail(request: Any, timeout: float) -> Any:
        assert request.get_header("User-agent") == USER_AGENT
        headers = Message()
        headers["Retry-After"] = "7"
        raise urllib.error.HTTPError(request.full_url, code, "", headers, io.BytesIO())

    return fail


def test_a_busy_server_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("onrecord.store.wikidata.time.sleep", waited.append)
    monkeypatch.setattr("onrecord.store.wikidata.urllib.request.urlopen", _failing(429))
    with pytest.raises(StoreError, match="429"):
        _fetch("https://www.wikidata.org/w/api.php?action=x")
    assert waited == [7.0, 7.0]


def test_an_unreachable_server_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("no route")

    monkeypatch.setattr("onrecord.store.wikidata.urllib.request.urlopen", fail)
    with pytest.raises(StoreError, match="cannot be reached"):
        _fetch("https://www.wikidata.org/w/api.php?action=x")
