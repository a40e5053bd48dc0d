"""HTML: what is kept of a page."""

from onrecord.pages import open_page


def test_a_page_too_large_for_the_extractor_keeps_its_sentences() -> None:
    said = "<p>The envoy said on Tuesday that the bridge had fallen and that nobody would cross it again.</p>"
    page = f"<html><body><h1>Bridge falls</h1>{said * 40}{'<i></i>' * 31_000}</body></html>"
    document = open_page(page.encode())
    assert document.text.count("the bridge had fallen") == 40
