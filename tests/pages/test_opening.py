"""What open_page gives for pages, and what it says of things that are none."""

import contextlib
import gzip
import hashlib
import io
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import PageError, PageTooLarge, PageUnreadable
from onrecord.pages import Limits, open_page, page_of_text
from tests.pages.written import BODY, HEADLINE, HTML, SCRAPED


def test_html_gives_the_headline_first_and_the_report_whole():
    document = open_page(HTML.encode())
    assert document.text.startswith(HEADLINE + "\n\n" + BODY[0])
    assert document.title is not None
    assert document.title.text == HEADLINE
    assert all(" ".join(paragraph.split()) in document.text for paragraph in BODY)
    assert "cookies" not in document.text
    assert "Choir wins prize" not in document.text


def test_html_states_who_where_and_when():
    document = open_page(HTML.encode())
    assert document.authors == ("Ann Holm",)
    assert document.outlet == "The Vardby Post"
    assert document.language == "en"
    assert document.published.value == "2031-05-12T08:30:00+02:00"
    assert (document.published.precision, document.published.method) == ("second", "metadata")
    assert "https://post.example/ships" in [link.url for link in document.links]
    assert "https://post.example/harbour.jpg" in [media.url for media in document.media]


def test_what_html_leaves_out_is_listed_with_a_reason():
    dropped = {d.text: d.reason for d in open_page(HTML.encode()).dropped}
    assert dropped["Home"] == "navigation"
    assert dropped["By Ann Holm"] == "byline"
    assert all(dropped.values())


def test_scraped_text_loses_its_furniture_and_nothing_else():
    document = open_page(SCRAPED.encode())
    assert document.source.kind == "text"
    assert document.title is not None
    assert document.title.text == HEADLINE
    assert document.text == "\n\n".join((HEADLINE, *(" ".join(p.split()) for p in BODY)))
    reasons = {d.text: d.reason for d in document.dropped}
    assert reasons["12 May, 2031 08:30"] == "dateline"
    assert reasons["READ MORE: Ferry sinks at harbour mouth"] == "read-more"
    assert reasons["By Ann Holm"] == "byline"
    assert document.authors == ("Ann Holm",)
    assert (document.published.value, document.published.method) == ("2031-05-12T08:30", "dateline")


@pytest.mark.parametrize(
    ("dateline", "value", "method"),
    [
        ("Saturday 27 October 2031", "2031-10-27", "dateline"),
        ("Wednesday, October 24, 2031", "2031-10-24", "dateline"),
        ("Published: 24 October 2031", "2031-10-24", "dateline"),
        ("OCT. 24, 2031", "2031-10-24", "dateline"),
        ("24/10/2031", "2031-10-24", "dateline"),
        ("04/10/2031", None, "ambiguous"),
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_a_date_alone_on_its_line_is_the_day_of_publication(dateline, value, method, above):
    head = (dateline, HEADLINE) if above else (HEADLINE, dateline)
    document = page_of_text("\n\n".join((*head, *BODY)))
    assert (document.published.value, document.published.method) == (value, method)
    assert [(d.text, d.reason) for d in document.dropped] == [(dateline, "dateline")]


@pytest.mark.parametrize(
    ("between", "below"),
    [
        ("Advertisement", "Subscribe to our evening letter"),
        ("Advertisement\n\nContinue reading below", "Follow The Vardby Post for news"),
        ("Facebook\n\nTwitter", "Sign up for our letter"),
    ],
)
def test_lines_of_furniture_within_and_below_a_report_are_left_out(between, below):
    document = page_of_text("\n\n".join((HEADLINE, *BODY[:2], between, *BODY[2:], below)))
    assert document.text == "\n\n".join((HEADLINE, *BODY))
    assert [d.text for d in document.dropped] == [*between.split("\n\n"), below]


@pytest.mark.parametrize("heading", ["Facebook", "What the pilots saw", "Advertising and the tide", "Video"])
def test_a_heading_within_a_report_stays(heading):
    text = "\n\n".join((*BODY[:2], heading, *BODY[2:]))
    assert page_of_text(text).text == text


def test_what_html_marks_as_an_advertisement_is_left_out_but_not_an_article_marked_so():
    advert = "<div class='advertisement'><p>Advertisement</p><p>Boots mended while you wait, Quay 4</p></div>"
    document = open_page(HTML.replace(f"<p>{BODY[1]}", f"{advert}<p>{BODY[1]}").encode())
    assert document.text == open_page(HTML.encode()).text
    assert {d.reason for d in document.dropped if "Boots" in d.text} == {"advertisement"}
    assert all(p in open_page(HTML.replace('"article-body"', '"ad slot"').encode()).text for p in BODY[:3])


def test_a_clean_article_is_kept_whole():
    text = "\n\n".join(BODY)
    document = page_of_text(text)
    assert document.text == text
    assert document.dropped == ()
    assert document.title is None
    assert document.published.value is None


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n", " \n\t\n"])
def test_paragraphs_are_parted_by_any_line_end(between):
    assert page_of_text(between.join(BODY)).text == "\n\n".join(BODY)


def test_hard_wrapped_paragraphs_are_put_together_again():
    import textwrap

    wrapped = "\n\n".join(textwrap.fill(paragraph, 72, break_on_hyphens=False) for paragraph in BODY)
    assert page_of_text(wrapped).text == "\n\n".join(BODY)


def test_bytes_and_string_of_a_text_give_the_same_document():
    assert open_page(SCRAPED.encode()) == page_of_text(SCRAPED)


def test_id_is_the_hash_of_the_text():
    document = open_page(HTML.encode())
    assert document.id == hashlib.sha256(document.text.encode()).hexdigest()


def test_gzip_is_unpacked():
    assert open_page(gzip.compress(HTML.encode())).text == open_page(HTML.encode()).text


def test_a_path_and_standard_input_are_read(tmp_path, monkeypatch):
    path = tmp_path / "page.bin"
    path.write_bytes(HTML.encode())
    expected = open_page(HTML.encode())
    assert open_page(path) == open_page(str(path)) == expected
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(HTML.encode())))
    assert open_page("-") == expected


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\x00\n ", "empty"),
        (b"%PDF-1.7 ...", "not-a-page"),
        (b"\x89PNG\r\n\x1a\n....", "not-a-page"),
        (b"\xff\xd8\xff\xe0....", "not-a-page"),
        (b"PK\x03\x04....", "not-a-page"),
        (b"\x00\x00\x00\x18ftypmp42", "not-a-page"),
        (bytes(range(1, 32)) * 40, "not-a-page"),
        (b"\x1f\x8b\x08junk that is no gzip", "damaged"),
        (gzip.compress(HTML.encode())[:-40], "damaged"),
        (gzip.compress(gzip.compress(b"twice")), "damaged"),
    ],
)
def test_what_is_no_page_is_refused_with_its_reason(content, reason):
    with pytest.raises(PageUnreadable) as caught:
        open_page(content)
    assert caught.value.reason == reason


def test_a_missing_file_is_named():
    with pytest.raises(PageUnreadable, match=r"no/such/page\.html.*cannot be read"):
        open_page("no/such/page.html")


def test_too_many_bytes_are_refused():
    with pytest.raises(PageTooLarge):
        open_page(b"word " * 300, limits=Limits(bytes=1000))
    with pytest.raises(PageTooLarge):
        page_of_text("word " * 300, limits=Limits(bytes=1000))


def test_a_gzip_bomb_is_refused():
    with pytest.raises(PageTooLarge) as caught:
        open_page(gzip.compress(b"a" * 5_000_000))
    assert caught.value.reason == "unfolds-too-far"


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li"])
def test_markup_nested_too_deep_is_refused(tag):
    with pytest.raises(PageTooLarge) as caught:
        open_page(f"<html><body>{f'<{tag}>' * 5000}deep".encode())
    assert caught.value.reason == "too-deep"


def test_half_letters_in_linked_data_do_no_harm():
    stated = r"""{"@type": "NewsArticle", "headline": "\ud800 Harbour", "author": {"name": "Ann \udfff Holm"},
    "publisher": {"name": "\ud800 Post"}}"""
    page = HTML.replace("<title>", f'<script type="application/ld+json">{stated}</script><title>')
    document = open_page(page.replace('property="og:site_name"', "").encode())
    assert document.outlet == "\ufffd Post"
    document.to_json().encode()


def test_a_page_without_an_article_gives_next_to_nothing():
    page = b"<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>"
    document = open_page(page)
    assert len(document.text) < 60
    assert open_page(b"<html><body></body></html>").text == ""
    assert open_page(b"<html></html>").title is None


def test_an_empty_string_gives_an_empty_document():
    assert page_of_text("").text == ""


def test_nuls_and_lone_surrogates_do_no_harm():
    document = page_of_text("A line\x00 with a NUL.\n\nAnd \ud800 half a letter.")
    assert document.text == "A line with a NUL.\n\nAnd \ufffd half a letter."
    assert open_page(BODY[0].encode() + b"\x00" * 400).text == BODY[0]


@pytest.mark.parametrize(
    "page",
    [
        "x" * 2_000_000,
        "word " * 400_000,
        '"' * 1_000_000,
        "By " * 300_000,
        ". " * 500_000,
        "\n".join(["line"] * 60_000),
        "<p>" + "a<b>" * 50_000,
        "<html><body>" + "<p>word" * 60_000,
        "<!--" * 100_000,
        "<html>" + "<a href='" * 50_000,
        "Jan " * 200_000,
        "10 Sep, 2015 " * 50_000,
        "<html><head><script type='application/ld+json'>" + "[" * 100_000 + "</script></head><body><p>x",
    ],
    ids=lambda page: page[:12],
)
def test_large_odd_pages_take_time_in_proportion(page):
    import time

    began = time.process_time()
    with contextlib.suppress(PageError):
        open_page(page.encode())
    assert time.process_time() - began < 10


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=300).map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_any_bytes_give_a_document_or_a_page_error(content):
    try:
        document = open_page(content)
    except PageError:
        return
    if document.title is not None:
        document.title.check(document.text)


PIECES = st.sampled_from(
    ["<p>", "</p>", "<div class='share'>", "</div>", "<h1>", "</h1>", "<b>", "<br>", "<table><tr><td>",
    "&amp;", "&#0;", "<!--",
     "-->", "<script>", "</script>", "A report said so, twice. ", "word ", "By Ann", " 10 Sep, 2015",
     "<li><a href='x'>", "\x00"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_markup_gives_a_document_or_a_page_error(markup):
    try:
        document = open_page(("<html><body>" + markup).encode())
    except PageError:
        return
    if document.title is not None:
        document.title.check(document.text)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.text(max_size=60) | st.sampled_from([*BODY, HEADLINE, "Share", "10 Sep, 2015 14:50", "By Ann Lee"])
    )
)
def test_text_keeps_the_words_of_the_page_in_their_order(lines):
    page = "\n".join(lines)
    document = page_of_text(page)
    if document.title is not None:
        document.title.check(document.text)
    from onrecord.pages.decode import clean

    left = iter("".join(clean(page).split()))
    assert all(letter in left for letter in "".join(document.text.split()))
    kept = sorted("".join(document.text.split()) + "".join("".join(d.text.split()) for d in document.dropped))
    assert kept == sorted("".join(clean(page).split()))
