"""The network: drawn, listed, and every edge with its words; and how it is laid out."""

from __future__ import annotations

import itertools
import re
from html import unescape

from onrecord.web.drawing import clearest, draw


def test_the_table_has_every_edge_and_each_leads_to_its_words(client):
    text = client.get("/network").text
    table = text.split('class="edges"')[1]
    edges = [unescape(to) for to in re.findall(r'href="(/network[^"]+#behind)"', table)]
    assert edges
    for to in edges[:5]:
        assert '<li class="line">' in client.get(to.split("#")[0]).text.split('id="behind"')[1]


def test_two_parties_networks_are_compared(client):
    text = client.get("/network?claimant=Ana+Brandt&compare=page").text
    assert "Who says so" in text
    assert "only" in text


def test_the_slider_narrows_to_months(client):
    text = client.get("/network").text
    first = int(re.search(r'min="(\d+)"', text)[1])
    assert first == 1962 * 12 + 9
    assert client.get(f"/network?at={first}&span=1").status_code == 200
    for odd in ("at=x", "at=99999999999", "span=7", "most=x", "tie=nothing", "source=a&target=b"):
        assert client.get(f"/network?{odd}").status_code == 200


def star(many: int) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str, int], ...]]:
    """Make a network of several hubs and a few pairs apart."""
    names = [f"Party {n}" for n in range(many)]
    edges = [(names[n % 7], name, 1 + n % 3) for n, name in enumerate(names) if n % 7 != n and n % 11]
    edges += [(names[n], names[n + 1], 1) for n in range(6)]
    used = sorted({name for edge in edges for name in edge[:2]})
    return tuple((name, name) for name in used), tuple(sorted(set(edges)))


def test_nobody_stands_on_another_and_no_name_on_a_name():
    for many in (10, 60, 300):
        drawn = draw(*star(many))
        for one, other in itertools.combinations(drawn.dots, 2):
            apart = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
            assert apart > one.radius + other.radius - 1
        boxes = []
        for dot in drawn.dots:
            assert 0 <= dot.x <= drawn.width
            assert 0 <= dot.y <= drawn.height
            if dot.label:
                wide = len(dot.label) * drawn.font * 0.56
                left = {"start": 0.0, "middle": wide / 2, "end": wide}[dot.anchor]
                boxes.append((dot.label_x - left, dot.label_y - drawn.font, wide))
        for one, other in itertools.combinations(boxes, 2):
            beside = one[0] + one[2] <= other[0] or other[0] + other[2] <= one[0]
            assert beside or abs(one[1] - other[1]) >= drawn.font * 0.9
        assert len(boxes) >= min(len(drawn.dots), 10) * 0.9


def test_a_drawing_is_the_same_each_time():
    parties, edges = star(40)
    first = draw(parties, edges)
    draw.cache_clear()
    assert draw(parties, edges) == first


def test_the_clearest_edges_hold_the_network_together():
    parties, edges = star(60)
    few = clearest(edges, 10)
    reached = {name for pair in few for name in pair}
    assert reached == {name for name, _ in parties}
