"""A record as an HTML page: valid, self-contained, and nothing of the page's own markup alive in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

from handmade import find, record_of
from handmade_events import Builder, harbor_record
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.export.html_page import html_page
from onrecord.export.outline import outline
from onrecord.export.segments import paragraphs_of
from onrecord.record import Attribution, Dropped, Entity, Link, Media, Record
from onrecord.span import Span

EMPTY = {"meta", "br"}


class Page(HTMLParser):
    """Checks that elements nest, and keeps ids, links and the article's words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[dict[str, str | None]] = []
        self.elements: set[str] = set()
        self.words = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        if tag not in EMPTY:
            self.open.append(tag)
        named = dict(attrs)
        if "id" in named:
            self.ids.append(str(named["id"]))
        if tag == "a":
            self.links.append(named)
        assert not any(name.startswith("on") or name in ("src", "style") for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"p", "h1"} & set(self.open) and "div" in self.open and "dl" not in self.open:
            self.words += data


def page_of(*records: Record) -> tuple[str, Page]:
    page = "".join(html_page(records))
    return page, Page(page)


def test_the_page_is_whole_and_needs_nothing_from_elsewhere(story: Record) -> None:
    page, parsed = page_of(story, story)
    assert len(parsed.ids) == len(set(parsed.ids))
    assert not {"script", "img", "iframe", "link", "object", "form", "base"} & parsed.elements
    assert not re.search(r"url\(|@import", page)
    for link in parsed.links:
        href = str(link["href"])
        if href.startswith("#"):
            assert href[1:] in parsed.ids
        else:
            assert href.startswith("https://")
            assert "noopener" in str(link["rel"])


def test_every_statement_has_its_note_and_its_passages(story: Record) -> None:
    page, parsed = page_of(story)
    for number in range(3):
        assert f"r0n{number}" in parsed.ids
        assert f'class="s{number} in' in page
    assert 'class="s1 in0 in1 indirect q deep"' in page


def test_every_word_of_the_article_is_shown_in_order(story: Record) -> None:
    _, parsed = page_of(story)
    flat = re.sub(r"\s+", "", parsed.words)
    for paragraph in story.document.text.split("\n\n"):
        assert re.sub(r"\s+", "", paragraph) in flat


def test_markup_in_a_page_s_words_stays_words(make_record: Callable[..., Record]) -> None:
    bad = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    text = f"{bad} said {bad}\x1b[0m"
    record = make_record(
        text,
        document={
            "uri": f"javascript:{bad}",
            "outlet": bad,
            "authors": (bad,),
            "language": bad,
            "title": Span.cut(text, 0, len(bad)),
            "dropped": (Dropped(bad, bad),),
            "links": (Link(f"https://x.example/{bad}", bad), Link("javascript:alert(1)", bad)),
            "media": (Media("image", "data:text/html,x", bad),),
        },
        entities=(Entity(bad, bad, "person", aliases=(bad,)),),
        attributions=(
            Attribution(
                bad, "direct", (find(text, bad),), (find(text, "said"),),
                (find(text, bad, nth=1),), bad, None, "asserts",
            ),
        ),
    )  # fmt: skip
    page, parsed = page_of(record)
    assert not {"script", "img"} & parsed.elements
    assert [link["href"] for link in parsed.links if not str(link["href"]).startswith("#")] == [
        f"https://x.example/{bad}"
    ]
    assert "\x1b" not in page


@settings(deadline=None, max_examples=60)
@given(st.text("ab .\n", min_size=1, max_size=60), st.data())
def test_segments_give_back_the_text_however_statements_overlap(text: str, data: st.DataObject) -> None:
    from handmade import document_of

    ends = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(ends, ends).filter(lambda pair: pair[0] < pair[1]), max_size=8))
    said = tuple(
        Attribution(f"a{n}", "mixed", (), (), (Span.cut(text, *pair),), None, "none named", "asserts")
        for n, pair in enumerate(pairs)
    )
    record = record_of(document_of(text), attributions=said)
    statements = outline(record)
    for paragraph in paragraphs_of(record, statements):
        at = paragraph.start
        for segment in paragraph.segments:
            assert text[at : at + len(segment.text)] == segment.text
            covers = {statements[cover.number].attribution.id for cover in segment.covers}
            held = {f"a{n}" for n, (a, b) in enumerate(pairs) if a <= at and at + len(segment.text) <= b}
            assert covers == held
            at += len(segment.text)
        assert at == paragraph.end
    Page("".join(html_page([record])))


def test_a_trigger_leads_to_its_event_and_the_event_to_its_trigger() -> None:
    record = harbor_record()
    page, parsed = page_of(record)
    assert len(parsed.ids) == len(set(parsed.ids))
    targets = {str(link["href"]) for link in parsed.links}
    for number, event in enumerate(record.events):
        assert {f"#r0v{number}", f"#r0w{number}"} <= targets
        assert f'id="r0w{number}"' in page
        assert f">{event.trigger.text}</a>" in page
    for link in parsed.links:
        assert str(link["href"])[1:] in parsed.ids


def test_events_and_relations_are_sentences_with_links_to_who_says_so() -> None:
    page, _ = page_of(harbor_record())
    assert "<th>On 23 October 1962, Kelland struck the quay from the air in Port Vey</th>" in page
    assert "denied by Kelland</a>, The Harbor Ledger</td>" in page
    assert "<th>Arden supplies weapons to the Free Column</th>" in page
    assert "GeoNames 1234567" in page
    assert "of this: On 23 October 1962" in page


def test_triggers_leave_the_article_s_words_as_they_are() -> None:
    record = harbor_record()
    _, parsed = page_of(record)
    flat = re.sub(r"\s+", "", parsed.words)
    for paragraph in record.document.text.split("\n\n"):
        assert re.sub(r"\s+", "", paragraph) in flat


def test_one_trigger_of_several_events_and_one_cut_by_a_statement_are_marked_once_each_piece() -> None:
    b = Builder("He was shot and killed, they say.")
    one = b.party("He", "person")
    b.says("they", "say", "He was shot", one)
    for trigger in ("shot and killed", "shot and killed", "killed"):
        b.happens("ASSAULT", trigger, "", one)
    page, parsed = page_of(b.record())
    assert len(parsed.ids) == len(set(parsed.ids))
    for link in parsed.links:
        assert str(link["href"])[1:] in parsed.ids, page
