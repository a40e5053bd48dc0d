"""What people do in the workbench, in a browser: with a mouse, with keys, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Browse = Callable[..., Any]
PageId = Callable[[str], str]


def expect(found: Any) -> Any:
    from playwright.sync_api import expect as expected

    return expected(found)


def test_from_the_overview_over_search_and_a_facet_to_the_words(browse: Browse) -> None:
    page = browse("/")
    assert page.locator(".newest li").count() > 5
    page.keyboard.press("/")
    page.keyboard.type("dockers")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=dockers")
    before = page.locator("p.sum").inner_text()
    page.locator("#facets a", has_text="Ana Brandt").first.click()
    page.wait_for_url("**speaker=Ana+Brandt**")
    assert page.locator("p.sum").inner_text() != before
    assert "Ana Brandt" in page.locator(".chips").inner_text()
    page.locator(".results .about a").first.click()
    page.wait_for_url("**/page/**entry=**")
    expect(page.locator("#entry .told")).to_contain_text("Ana Brandt")
    assert page.locator(".sheet .w.chosen").count()


def test_an_entry_opens_by_mouse_and_closes(browse: Browse, page_id: PageId) -> None:
    page = browse(f"/page/{page_id('story')}")
    assert not page.locator("#entry").count()
    page.locator(".sheet a.n").first.click()
    expect(page.locator("#entry")).to_be_visible()
    assert "entry=" in page.url
    page.locator("#entry [data-close]").click()
    expect(page.locator("#entry")).to_have_count(0)
    assert "entry=" not in page.url
    page.locator(".notes ol a").first.click()
    expect(page.locator("#entry .told")).to_contain_text("Ana Brandt")


def test_keys_walk_through_the_statements(browse: Browse, page_id: PageId) -> None:
    page = browse(f"/page/{page_id('story')}")
    numbers = page.locator(".sheet a.n")
    names = [numbers.nth(n).get_attribute("data-entry") for n in range(numbers.count())]
    for key, name in (("j", names[0]), ("j", names[1]), ("k", names[0])):
        page.keyboard.press(key)
        page.wait_for_function("name => new URL(location.href).searchParams.get('entry') === name", arg=name)
        expect(page.locator("#entry")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#entry")).to_have_count(0)


def test_an_entry_is_reached_and_opened_with_the_keyboard_alone(browse: Browse, page_id: PageId) -> None:
    page = browse(f"/page/{page_id('story')}")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator(".sheet a.n").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#entry")).to_be_focused()


def test_layers_are_put_away_and_stay_in_the_address(browse: Browse, page_id: PageId) -> None:
    page = browse(f"/page/{page_id('harbor')}")
    page.locator(".layer.events").click()
    expect(page.locator(".desk")).to_have_class(re.compile("hide-events"))
    page.reload()
    expect(page.locator(".layer.events")).to_have_attribute("aria-checked", "false")


def test_from_an_entry_to_the_party_and_what_it_did(browse: Browse, page_id: PageId) -> None:
    page = browse(f"/page/{page_id('toll-1')}?entry=a1")
    page.locator("#entry .chips a").first.click()
    page.wait_for_url("**/actor?**")
    expect(page.locator("h1")).to_be_visible()
    for tab in ("Claims", "Said of it"):
        page.locator("nav.tabs a", has_text=tab).click()
        expect(page.locator("nav.tabs [aria-current]")).to_contain_text(tab)


def test_events_over_time_lead_to_their_list(browse: Browse) -> None:
    page = browse("/events?type=ASSAULT")
    assert page.locator(".results .line").count()
    page.locator("nav.tabs a", has_text="Over time").click()
    expect(page.locator("figure.chart svg").first).to_be_visible()
    page.locator("table.numbers th a").first.click()
    page.wait_for_url("**since=**")
    assert page.locator(".results .line").count()


def test_a_dyad_leads_from_a_number_to_its_words(browse: Browse) -> None:
    page = browse("/dyad")
    page.get_by_label("One party").fill("Kelland")
    page.get_by_label("The other").fill("the quay")
    page.locator("form.dyad button.main").click()
    expect(page.locator("section.way figure.chart svg").first).to_be_visible()
    page.locator("section.way table.numbers td a").first.click()
    expect(page.locator("#behind .line").first).to_be_visible()


def test_the_network_moves_with_its_slider(browse: Browse) -> None:
    page = browse("/network")
    expect(page.locator("svg .dots a").first).to_be_visible()
    first = page.locator("#at").get_attribute("min")
    page.locator("#at").fill(first)
    page.wait_for_url(f"**at={first}**")
    expect(page.locator("#network")).not_to_have_attribute("aria-busy", "true")
    page.locator("table.edges a", has_text=re.compile("^read$")).first.click()
    expect(page.locator("#behind .line").first).to_be_visible()


def test_versions_stand_side_by_side(browse: Browse) -> None:
    page = browse("/versions?q=quay")
    page.locator("ul.chips a", has_text="Ana Brandt").click()
    page.get_by_label("Party 2").fill("Kelland")
    page.locator("form.ask button.main").click()
    expect(page.locator("table.beside").first).to_be_visible()
    page.locator("table.beside a.quote").first.click()
    expect(page.locator("#entry")).to_be_visible()


def test_the_light_stays_as_chosen(browse: Browse) -> None:
    page = browse("/", color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.locator("select[name=theme]").select_option("dark")
    page.locator(".choices button").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    dark = page.evaluate(paper)
    assert dark != light
    page.goto("/search")
    assert page.evaluate(paper) == dark


def test_the_language_stays_as_chosen_and_is_anothers_own_affair(browse: Browse) -> None:
    page = browse("/")
    page.locator("select[name=language]").select_option("ru")
    page.locator(".choices button").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator("nav.places")).to_contain_text("События")
    expect(browse("/").locator("nav.places")).to_contain_text("Events")
    page.goto("/events")
    expect(page.locator("h1")).to_have_text("События")
    expect(browse("/", locale="ru-RU").locator("nav.places")).to_contain_text("События")


def test_without_scripts_what_is_promised_is_there(browse: Browse, page_id: PageId) -> None:
    page = browse("/", java_script_enabled=False)
    page.locator("#q").fill("quay")
    page.locator("form.find button").click()
    assert page.locator(".results .line").count()
    page.locator("#facets a").first.click()
    assert page.locator(".chips a").count()
    page.goto(f"/page/{page_id('story')}")
    page.locator(".sheet a.n[data-entry=a1]").click()
    expect(page.locator("#entry .told")).to_contain_text("Ana Brandt")
    page.locator(".layer.statements").click()
    expect(page.locator(".desk")).to_have_class(re.compile("hide-statements"))
    page.goto("/network")
    page.locator("select[name=span]").select_option("1")
    page.locator("form.network button.main").click()
    assert "span=1" in page.url
    expect(page.locator("#network")).to_be_visible()


def test_harmful_words_stay_words(browse: Browse, page_id: PageId) -> None:
    page = browse(f"/page/{page_id('hostile')}?entry=a1")
    expect(page.locator(".sheet h1")).to_contain_text("<script>alert(1)</script>")
    page.keyboard.press("j")
    expect(page.locator("#entry")).to_be_visible()
