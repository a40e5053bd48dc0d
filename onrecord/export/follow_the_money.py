"""FollowTheMoney: parties as people and bodies, pages as articles, what is said as notes, events and links.

Every value passes the model's own cleaning, and every entity its own validation. Events and links carry the
claimants in their ``summary``; ``publisher`` is the outlet.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.errors import StoreError
from onrecord.export.claimants import Cast, joined
from onrecord.export.days import days
from onrecord.export.network import Identity, by_name
from onrecord.export.paged import Paged
from onrecord.export.visible import ascii_controls, one_line
from onrecord.record import Attribution, Date, Entity, Event, Relation

_SCHEMAS = {
    "person": "Person", "organization": "Organization", "group": "LegalEntity", "place": "Address",
    "nationality": "LegalEntity", "document": "Document", "other": "Asset",
}  # fmt: skip


def follow_the_money(pages: Iterable[Paged], identity: Identity = by_name) -> Iterator[str]:
    """Give the entities as JSON Lines, the way ``ftm`` reads them.

    A party of several pages has a line on each, all with one id: fragments, which ``ftm aggregate`` joins.
    """
    model = _model()
    for page in pages:
        for proxy in _proxies(model, page, identity):
            data = proxy.to_dict()
            model.get(proxy.schema.name).validate(data)
            data["properties"] = {name: sorted(values) for name, values in sorted(data["properties"].items())}
            kept = {name: data[name] for name in ("id", "schema", "properties")}
            yield ascii_controls(json.dumps(kept, ensure_ascii=False)) + "\n"


def _proxies(model: Any, page: Paged, identity: Identity) -> Iterator[Any]:
    record, document, cast = page.record, page.record.document, Cast.of(page.record)
    article = f"onrecord-{page.id}"
    acting = {k for v in record.events for k in (*v.actors, *v.recipients)}
    acting |= {k for r in record.relations for k in (r.subject, r.object)}
    acting |= {a.speaker for a in record.attributions if a.speaker}
    schemas = {e.id: _schema(e, e.id in acting) for e in record.entities}
    # The schema stands in the id, so that fragments of one id never differ in it.
    keys = {e.id: f"onrecord-{schemas[e.id].lower()}-{identity(page, e)[0]}" for e in record.entities}
    shared: dict[str, list[str | None]] = {"proof": [article], "sourceUrl": [document.uri]}
    yield _entity(
        model, "Article", article, title=[document.title.text if document.title else None],
        name=[document.title.text if document.title else None], fileName=[page.locator or page.id],
        author=document.authors, publishedAt=[_date(document.published)], retrievedAt=[page.captured],
        language=[document.language], publisher=[document.outlet], sourceUrl=[document.uri],
        bodyText=[document.text],
    )  # fmt: skip
    for e in record.entities:
        yield _party(model, e, schemas[e.id], keys[e.id], article)
    for a in record.attributions:
        speaker = [keys[a.speaker]] if a.speaker else []
        yield _entity(
            model, "Note", f"{article}-{a.id}", name=[_saying(a, cast)], description=[joined(a.content)],
            entity=speaker, keywords=[a.attitude, a.kind], **shared,
        )  # fmt: skip
    for v in record.events:
        yield _entity(
            model, "Event", f"{article}-{v.id}", name=[f"{v.type} ({v.mode})" if v.mode else v.type],
            summary=[_summary(v, v.status, cast)], description=[v.evidence.text], date=[_date(v.date)],
            involved=[keys[k] for k in (*v.actors, *v.recipients) if schemas[k] != "Asset"],
            keywords=[v.type, v.mode, v.status, v.quad], recordId=[v.id], **shared,
        )  # fmt: skip
        for one, other in dict.fromkeys((a, b) for a in v.actors for b in v.recipients if keys[a] != keys[b]):
            yield _entity(
                model, "UnknownLink", f"{article}-{v.id}-{one}-{other}", subject=[keys[one]],
                object=[keys[other]], role=[v.type], status=[v.status], date=[_date(v.date)],
                summary=[_summary(v, v.status, cast)], description=[v.evidence.text], recordId=[v.id],
                **shared,
            )  # fmt: skip
    for r in record.relations:
        if keys[r.subject] != keys[r.object]:
            yield _relation(model, r, cast, keys, article, shared)


def _schema(e: Entity, acting: bool) -> str:
    """Give a party's schema; what acts must be a body: an address or a file cannot be party to anything."""
    if acting and e.type in ("place", "document"):
        return "PublicBody" if e.type == "place" else "LegalEntity"
    return _SCHEMAS[e.type]


def _party(model: Any, e: Entity, schema: str, key: str, article: str) -> Any:
    return _entity(
        model, schema, key, name=[e.name], alias=e.aliases, country=[e.country], keywords=e.sectors,
        sector=e.sectors, full=[e.name], fileName=[e.name], position=[r.title for r in e.roles],
        wikidataId=[e.wikidata], proof=[article],
    )  # fmt: skip


def _relation(
    model: Any, r: Relation, cast: Cast, keys: dict[str, str], article: str, shared: dict[str, Any]
) -> Any:
    subject, other = cast.entities[r.subject], cast.entities[r.object]
    fields = {
        "role": [r.type], "status": [r.polarity], "date": [_date(r.date)], "recordId": [r.id],
        "summary": [_summary(r, r.polarity, cast)], "description": [r.evidence.text], **shared,
    }  # fmt: skip
    member = r.type == "member_of" and r.polarity == "positive" and other.type == "organization"
    if member and subject.type != "place":
        ends = {"member": [keys[r.subject]], "organization": [keys[r.object]]}
        return _entity(model, "Membership", f"{article}-{r.id}", **ends, **fields)
    ends = {"subject": [keys[r.subject]], "object": [keys[r.object]]}
    return _entity(model, "UnknownLink", f"{article}-{r.id}", **ends, **fields)


def _entity(model: Any, schema: str, key: str, **values: Iterable[str | None]) -> Any:
    """Make an entity of what its schema has a property for; values that the model does not take fall away."""
    proxy = model.make_entity(schema, key_prefix=None)
    proxy.id = key
    for name, given in values.items():
        if name in proxy.schema.properties:
            proxy.add(name, [value for value in given if value], quiet=True)
    return proxy


def _saying(a: Attribution, cast: Cast) -> str:
    return one_line(f"{cast.claimant(a.id).name} ({a.attitude})")


def _summary(entry: Event | Relation, status: str, cast: Cast) -> str:
    chain = cast.chain(entry.according_to)
    names = ", according to ".join(one_line(who.name) for who in chain) or "the page itself"
    return f"{status}, according to {names}"


def _date(date: Date) -> str | None:
    """Give a date as the model has it: no weeks, and a quarter would be cut to its year."""
    value = date.value or ""
    found = days(value)
    return None if found is None or "Q" in value or "W" in value else value


def _model() -> Any:
    try:
        from followthemoney import model
    except ImportError as error:
        raise StoreError(
            "FollowTheMoney needs its package: pip install 'onrecord[investigations]'"
        ) from error
    return model
