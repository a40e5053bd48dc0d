"""Charts made fit for a page: plain attributes, colours as classes, our own links."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml import etree

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_ELEMENTS = frozenset({"svg", "g", "path", "line", "text", "rect", "circle", "a", "title", "tspan"})
_ATTRIBUTES = frozenset({
    "width", "height", "viewBox", "transform", "d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "fill",
    "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-miterlimit", "opacity",
    "fill-opacity", "text-anchor", "font-size", "font-weight",
})  # fmt: skip
_KEY = re.compile(r"link-(\d+)$")


def fit(svg: str, label: str, classes: Mapping[str, str], links: Sequence[tuple[str, str]]) -> str:
    """Give a drawing for use within HTML.

    ``classes`` gives the class for each colour that stands for one; ``links`` the address and words of a link
    numbered so in the drawing. What is not plain drawing is dropped, addresses of the drawing's own too.
    """
    root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag.removeprefix(_SVG) not in _ELEMENTS:
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
            continue
        _mend(element, classes, links)
    root.set("role", "group")
    root.set("aria-label", label)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _mend(element: etree._Element, classes: Mapping[str, str], links: Sequence[tuple[str, str]]) -> None:
    address = element.get(_LINK) or ""
    is_axis = "role-axis" in (element.get("class") or "")
    painted = (("fill", element.get("fill")), ("line", element.get("stroke")))
    kinds = [
        f"{part}-{classes[colour]}" for part, colour in painted if colour is not None and colour in classes
    ]
    for name, value in list(element.attrib.items()):
        if name not in _ATTRIBUTES or value in classes:
            del element.attrib[name]
    if kinds:
        element.set("class", " ".join(dict.fromkeys(kinds)))
    if is_axis:
        element.set("aria-hidden", "true")
    key = _KEY.search(address)
    if key is not None and int(key[1]) < len(links):
        to, words = links[int(key[1])]
        element.set("href", to)
        element.set("aria-label", words)
        title = etree.Element(f"{_SVG}title")
        title.text = words
        element.insert(0, title)
