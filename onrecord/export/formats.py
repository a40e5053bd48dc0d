"""The formats that records can be written in: each with its function, its ending, and what is lost in it.

`docs/formats.md` shows this list, and a test keeps the two alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from onrecord.export.bibtex import bibtex
from onrecord.export.brat import brat
from onrecord.export.conll import conll
from onrecord.export.follow_the_money import follow_the_money
from onrecord.export.graphs import gexf, graphml
from onrecord.export.json_lines import json_lines
from onrecord.export.label_studio import label_studio
from onrecord.export.paged import Paged
from onrecord.export.plover_json import plover_json
from onrecord.export.polecat import polecat
from onrecord.export.quotations import quotations
from onrecord.export.tables import csv_tables, parquet_tables
from onrecord.export.web_annotation import web_annotation

Write = Callable[..., Iterator[str]] | Callable[..., list[Path]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format. ``kind`` "text" gives pieces of UTF-8 text, "folder" writes files into a folder.

    ``losses`` says what of a record cannot be had back from it, one line a loss; ``round_trip`` what is given
    back by `onrecord import`, empty where it does not read the format. ``spreadsheet`` and ``identity`` say
    which of these options ``write`` takes.
    """

    name: str
    title: str
    kind: Literal["text", "folder"]
    suffix: str
    write: Write
    media_type: str
    losses: tuple[str, ...]
    round_trip: str = ""
    extra: str = ""
    needs_text: bool = False
    spreadsheet: bool = False
    identity: bool = False


def _records(pages: Iterable[Paged]) -> Iterator[str]:
    """Give each record as a line of JSON."""
    return json_lines(page.record for page in pages)


_ENTRIES = "words, labels and fields of every entity, mention, statement, event, relation, figure and time"
_DOCUMENT = "of the page: authors, links, media, what was dropped, the source's size and hash"
_PLACES = "coordinates and GeoNames ids of places"
_NO_SPANS = "where words stand: there are no offsets"

FORMATS: tuple[Format, ...] = (
    Format(
        name="jsonl", title="records, a line each (schema onrecord/1)", kind="text", suffix=".jsonl",
        write=_records, media_type="application/x-ndjson",
        losses=("of the page: its locator and the time of capture",), round_trip="the whole record",
    ),
    Format(
        name="plover", title="PLOVER JSON, an event a line", kind="text", suffix=".jsonl", write=plover_json,
        media_type="application/x-ndjson",
        losses=(
            "statements, relations, mentions and times; figures but the killed, injured and arrested",
            "a date's precision: a month is its first and last day (date, enddate)",
            "an undated event has the day of publication, and date_method says so",
            "of a trigger and an event's other mentions, the offsets; text_info has the evidence's",
            "an actor's aliases, and its roles but the first",
            "the statements of a chain but for who makes them and with which attitude (claimants)",
            "denied, requested and habitual stand only in our field status: the codebook has no such context",
            _DOCUMENT,
        ),
    ),
    Format(
        name="polecat", title="tab-separated events with POLECAT's columns", kind="text", suffix=".tsv",
        write=polecat, media_type="text/tab-separated-values", spreadsheet=True,
        losses=(
            "statements, relations, figures, mentions and times",
            _NO_SPANS + ", and no evidence",
            "a date's precision: a month is its first day; an undated event has the day of publication "
            "(Date Method)",
            "Actor COW, Recipient COW, both Wikipedia ids, City, District, Province and Feature Type are "
            "always None: the record does not know them",
            "line breaks, tabs and control characters in names; semicolons in names become commas",
            "a cell that is the word None is not told from one that is not known",
            "roles but the first, aliases, Wikidata ids",
            _DOCUMENT,
        ),
    ),
    Format(
        name="csv", title="tables, a CSV file a kind of entry", kind="folder", suffix="", write=csv_tables,
        media_type="text/csv", spreadsheet=True,
        losses=(
            "an empty string is not told from a null",
            "types: every cell is text; read with types off (pandas: dtype=str, keep_default_na=False)",
            "where the parts of a split statement stand: its words are joined by ' … ', its offsets are of "
            "the whole",
            "mentions and times; of an event, its further mentions",
            "of a relation, the events and statements it was drawn from",
            "names in lists are joined by ' | ': one that has a bar in it is not told from two",
            "whole numbers of figures are decimals",
            "links, media and what was dropped of the page",
        ),
    ),
    Format(
        name="parquet", title="tables, a Parquet file a kind of entry", kind="folder", suffix="",
        write=parquet_tables, media_type="application/vnd.apache.parquet", extra="tables",
        losses=(
            "where the parts of a split statement stand: its words are joined by ' … ', its offsets are of "
            "the whole",
            "mentions and times; of an event, its further mentions",
            "of a relation, the events and statements it was drawn from",
            "names in lists are joined by ' | ': one that has a bar in it is not told from two",
            "whole numbers of figures are decimals",
            "links, media and what was dropped of the page",
        ),
    ),
    Format(
        name="brat", title="brat standoff, a .txt and an .ann a page", kind="folder", suffix="", write=brat,
        media_type="text/plain", needs_text=True, round_trip=_ENTRIES,
        losses=(
            "characters of labels that brat does not take, until they are read back",
            "where somebody moves words in brat: line breaks at the ends of a span, and the border between "
            "two parts that only line breaks part",
            _PLACES,
            _DOCUMENT,
        ),
    ),
    Format(
        name="web-annotation", title="W3C Web Annotations (JSON-LD)", kind="text", suffix=".jsonld",
        write=web_annotation, media_type="application/ld+json", needs_text=True, round_trip=_ENTRIES,
        losses=("the text itself, which reading back needs", _PLACES, _DOCUMENT),
    ),
    Format(
        name="label-studio", title="Label Studio tasks with predictions", kind="text", suffix=".json",
        write=label_studio, media_type="application/json", needs_text=True, round_trip=_ENTRIES,
        losses=(_PLACES, _DOCUMENT),
    ),
    Format(
        name="conll", title="CoNLL-like columns, a token a line", kind="text", suffix=".conll", write=conll,
        media_type="text/plain", needs_text=True,
        round_trip="words and labels of mentions, statements (content, source, cue), events (trigger), "
        "figures and times",
        losses=(
            "entities and relations; the fields of every entry: who speaks, who acts, chains, dates, scores",
            "an event's evidence and further mentions, a figure's period",
            "white space at the ends of a span, and between two parts of a statement it is kept as it is",
            "an entry of white space alone",
            _PLACES,
            _DOCUMENT,
        ),
    ),
    Format(
        name="ftm", title="FollowTheMoney entities, as JSON Lines", kind="text", suffix=".ftm.json",
        write=follow_the_money, media_type="application/json+ftm", extra="investigations", identity=True,
        losses=(
            "mentions, figures and times; " + _NO_SPANS,
            "who acts and who is acted upon, in an event; its links are directed",
            "chains: the claimants stand as words in the summary",
            "countries that FollowTheMoney does not know; codes become its own (SYR: sy)",
            "a date's quarter or week",
            "addresses that are not http or https",
            "a relation of a party to itself",
            "scores and factuality",
        ),
    ),
    Format(
        name="graphml", title="a network as GraphML", kind="text", suffix=".graphml", write=graphml,
        media_type="application/graphml+xml", extra="graphs", identity=True,
        losses=(
            "statements, figures, mentions and times; " + _NO_SPANS,
            "events with one side only, and parties without an edge",
            "which null is not an empty string",
            "control characters",
            "a chain's attitudes",
        ),
    ),
    Format(
        name="gexf", title="a network as GEXF", kind="text", suffix=".gexf", write=gexf,
        media_type="application/gexf+xml", extra="graphs", identity=True,
        losses=(
            "statements, figures, mentions and times; " + _NO_SPANS,
            "events with one side only, and parties without an edge",
            "which null is not an empty string",
            "control characters",
            "a chain's attitudes",
        ),
    ),
    Format(
        name="quotation", title="schema.org Quotation and Claim (JSON-LD)", kind="text", suffix=".jsonld",
        write=quotations, media_type="application/ld+json",
        losses=(
            "events, relations, figures, mentions and times; " + _NO_SPANS,
            "the cue, the addressees and the score of a statement",
            "why a statement has no speaker; the words that stand for one are kept (creditText)",
            "the borders between the parts of a split statement, which are joined by ' … '",
            "what schema.org's Date cannot hold: quarters and weeks",
        ),
    ),
    Format(
        name="bibtex", title="BibTeX of the sources", kind="text", suffix=".bib", write=bibtex,
        media_type="application/x-bibtex",
        losses=(
            "every entry: it is a list of the pages",
            "line breaks and control characters",
            "the time of day; a quarter or week of which only the year or month can be said",
        ),
    ),
)  # fmt: skip


def format_named(name: str) -> Format:
    """Give a format by its name; KeyError where there is none."""
    return next(form for form in FORMATS if form.name == name) if name in NAMES else _missing(name)


NAMES: tuple[str, ...] = tuple(form.name for form in FORMATS)


def _missing(name: str) -> Any:
    raise KeyError(f"there is no format {name!r}; there are {', '.join(NAMES)}")


def table() -> str:
    """Give the formats as the tables of docs/formats.md: the list, then what is lost, a format a heading."""
    lines = [
        "| format | what it is | output | extra | `onrecord import` reads back |",
        "|---|---|---|---|---|",
    ]
    for form in FORMATS:
        output = f"`{form.suffix}`" if form.kind == "text" else "a folder"
        extra = f"`{form.extra}`" if form.extra else ""
        lines.append(f"| `{form.name}` | {form.title} | {output} | {extra} | {form.round_trip} |")
    lines += ["", "| format | what is lost |", "|---|---|"]
    for form in FORMATS:
        lines += [f"| `{form.name}` | {loss.replace('|', chr(92) + '|')} |" for loss in form.losses]
    return "\n".join(lines) + "\n"
