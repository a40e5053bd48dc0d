"""Every page in both lights: axe-core finds nothing against WCAG 2.2 A and AA, nothing runs off the side.

With ONRECORD_SCREENS set, each page is also kept as a picture under build/screens.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

_WHOLE = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# What another light or a narrower window can change.
_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
_SIZES = {"type": "rule", "values": ["target-size", "scrollable-region-focusable", "color-contrast"]}
SCREENS = Path(__file__).parents[2] / "build" / "screens"
WIDTHS = (360, 768, 1280)
PAGES = {
    "overview": "/",
    "search": "/search?q=quay",
    "search-events": "/search?what=events&type=ASSAULT",
    "search-nothing": "/search?q=zeppelin",
    "reading": "/page/{story}?entry=a1&dropped=1",
    "reading-events": "/page/{harbor}",
    "reading-nested": "/page/{story}?entry=a2",
    "actor": "/actor?name=Ana+Brandt",
    "who": "/actor",
    "events": "/events",
    "timeline": "/events?view=timeline&by=month",
    "dyad": "/dyad?a=Kelland&b=the+quay",
    "dyad-behind": "/dyad?a=Kelland&b=the+quay&dated=page&way=ab&period=undated",
    "network": "/network",
    "network-compared": "/network?claimant=Ana+Brandt&compare=page",
    "versions": "/versions?a=Ana+Brandt&b=Kelland",
    "versions-asked": "/versions?q=quay",
    "failures": "/failures",
    "about": "/about",
    "account": "/account",
    "admin": "/admin",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_in_both_lights(
    browse: Callable[..., Any], page_id: Callable[[str], str], name: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    path = PAGES[name].format(story=page_id("story"), harbor=page_id("harbor"))
    page = browse(
        path, color_scheme="light", reduced_motion="reduce", viewport={"width": 1280, "height": 900}
    )
    page.evaluate(Axe().axe_script)
    found = _faults(page, "light", _WHOLE)
    _pictured(page, name, "light")
    page.emulate_media(color_scheme="dark")
    found += _faults(page, "dark", _COLOURS)
    _pictured(page, name, "dark")
    page.set_viewport_size({"width": 360, "height": 800})
    found += _faults(page, "narrow", _SIZES)
    reach = page.evaluate("document.documentElement.scrollWidth")
    assert not found
    assert reach <= 360


def _faults(page: Any, where: str, rules: dict[str, Any]) -> list[str]:
    asked = {"runOnly": rules, "resultTypes": ["violations"]}
    return [
        f"{where}, {rule['id']}: {node['target']} {node['html'][:200]} {node['failureSummary'][:300]}"
        for rule in page.evaluate("asked => axe.run(asked)", asked)["violations"]
        for node in rule["nodes"]
    ]


def _pictured(page: Any, name: str, light: str) -> None:
    if not os.environ.get("ONRECORD_SCREENS"):
        return
    SCREENS.mkdir(parents=True, exist_ok=True)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=SCREENS / f"{name}-{light}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
