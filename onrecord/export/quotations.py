"""schema.org JSON-LD: quotations and claims with their speakers and the articles they stand in.

Words in quotation marks are a ``Quotation``; what is told in a page's own words is a ``Claim``, because
schema.org's quotation is verbatim.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.export.claimants import Cast, joined
from onrecord.export.paged import Paged
from onrecord.export.visible import ascii_controls
from onrecord.record import Attribution, Document, Entity

_TYPES = {
    "person": "Person",
    "organization": "Organization",
    "group": "Organization",
    "document": "CreativeWork",
}


def quotations(pages: Iterable[Paged]) -> Iterator[str]:
    """Give one JSON-LD document whose graph has an article a page and its statements."""
    yield '{"@context": "https://schema.org", "@graph": ['
    before = "\n"
    for page in pages:
        cast = Cast.of(page.record)
        for node in (_article(page), *(_statement(page, a, cast) for a in page.record.attributions)):
            yield before + ascii_controls(json.dumps(node, ensure_ascii=False))
            before = ",\n"
    yield "\n]}\n"


def _article(page: Paged) -> dict[str, Any]:
    document = page.record.document
    return _known(
        {
            "@type": "NewsArticle",
            "@id": _id(page),
            "url": document.uri,
            "headline": document.title.text if document.title else None,
            "author": [{"@type": "Person", "name": name} for name in document.authors],
            "publisher": {"@type": "Organization", "name": document.outlet} if document.outlet else None,
            "datePublished": _iso(document),
            "inLanguage": document.language,
            "identifier": document.id,
            "archivedAt": page.locator if page.locator != document.uri else None,
        }
    )


def _statement(page: Paged, a: Attribution, cast: Cast) -> dict[str, Any]:
    speaker = cast.entities[a.speaker] if a.speaker else None
    quoted = a.kind in ("direct", "mixed")
    return _known({
        "@type": "Quotation" if quoted else "Claim",
        "@id": f"{_id(page)}:{a.id}",
        "text": joined(a.content),
        ("spokenByCharacter" if quoted else "author"): _party(speaker) if speaker else None,
        "creditText": joined(a.source),
        ("isPartOf" if quoted else "appearance"): {"@id": _id(page)},
        "inLanguage": page.record.document.language,
        "dateCreated": None,
        "genre": a.kind,
        "keywords": a.attitude,
        "citation": {"@id": f"{_id(page)}:{a.within}"} if a.within else None,
    })  # fmt: skip


def _party(entity: Entity) -> dict[str, Any]:
    kind = _TYPES.get(entity.type, "Organization")
    wikidata = f"http://www.wikidata.org/entity/{entity.wikidata}" if entity.wikidata else None
    title = "jobTitle" if kind == "Person" else "description"
    return _known(
        {
            "@type": kind,
            "name": entity.name,
            "alternateName": list(entity.aliases),
            title: [role.title for role in entity.roles],
            "nationality" if kind == "Person" else "areaServed": entity.country,
            "sameAs": wikidata,
        }
    )


def _iso(document: Document) -> str | None:
    """Give the date where schema.org's Date can hold it; quarters and weeks it cannot."""
    value = document.published.value
    return None if value is None or "Q" in value or "W" in value else value


def _id(page: Paged) -> str:
    return f"urn:onrecord:{page.id}"


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, [], "")}
