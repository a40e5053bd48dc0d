"""Pages that tell the same, in layers: exact, near, syndicated; each layer holds those before it.

Exact: the same text. Near: at least so much of all runs of three words in common. Syndicated: one text cut,
retitled or added to. Every page is kept; a layer only says which count as one. A cluster is what is connected
by such pairs and is named by its smallest page id, so that it is the same in whatever order pages came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection, delete, func, insert, select, text, update

from onrecord.store.schema import buckets, copies, pages, settings, signatures, texts
from onrecord.store.signatures import Signature, jaccard, likeness, scheme, shingles, signed, unpacked
from onrecord.store.store import Store
from onrecord.store.syndication import LEAST, are_syndicated
from onrecord.store.view import View

LAYERS = ("exact", "near", "syndicated")
NEAR = 0.5
"""The least true Jaccard of near copies; the MinHash only finds whom to compare."""

_LIKELY = 0.3  # estimated Jaccard below which no text is fetched: four deviations from NEAR
_FEWEST = 20  # runs of three words: shorter texts are copies only where they are the same
_BATCH = 50  # pages a transaction
_LOCK = 7_310_914_623  # PostgreSQL's advisory lock: one looks for copies at a time
_SCHEME = "signatures"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Distinct:
    """Pages as reports, and how many are left where copies count once, by layer."""

    reports: int
    exact: int
    near: int
    syndicated: int


@dataclass(slots=True)
class _Page:
    n: int
    id: str
    text_id: str
    text: str | None
    length: int
    runs: set[str] = field(default_factory=set)


def find_copies(store: Store, *, progress: Callable[[int], None] | None = None) -> int:
    """Look for copies of the pages that are new since the last time; give how many pages were looked at.

    It may be stopped at any moment and goes on where it was. Pages without words can only be exact copies.
    """
    store.write(_keep_scheme)
    looked = 0
    while some := store.write(partial(_look_at_some, size=_BATCH)):
        looked += some
        if progress is not None:
            progress(some)
    return looked


def copies_of(view: View, page_id: str) -> dict[str, tuple[str, ...]]:
    """Give the other pages that tell the same as this one, by layer, each in order of id."""
    found: dict[str, tuple[str, ...]] = {}
    own = copies.alias("own")
    wanted = (
        select(copies.c.layer, pages.c.id)
        .join(own, (own.c.layer == copies.c.layer) & (own.c.cluster == copies.c.cluster))
        .join(pages, pages.c.n == copies.c.page_n)
        .where(own.c.page_n.in_(select(pages.c.n).where(pages.c.id == page_id)), pages.c.id != page_id)
        .order_by(pages.c.id)
    )
    with view.store.reading() as connection:
        for layer, other in connection.execute(wanted):
            found[layer] = (*found.get(layer, ()), other)
    return {layer: found.get(layer, ()) for layer in LAYERS}


def count_distinct(view: View) -> Distinct:
    """Count the pages, and what is left of them where the copies of a layer count as one."""
    c = copies.c
    counted = select(c.layer, func.count(), func.count(c.cluster.distinct())).group_by(c.layer)
    with view.store.reading() as connection:
        total = connection.execute(select(func.count()).select_from(pages)).scalar_one()
        more = {layer: rows - clusters for layer, rows, clusters in connection.execute(counted)}
    return Distinct(total, *(total - more.get(layer, 0) for layer in LAYERS))


def batched(rows: Sequence[_T], size: int = 500) -> Iterator[Sequence[_T]]:
    """Cut row numbers or keys into portions that one question may hold."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def alone(connection: Connection, number: int) -> None:
    """Wait until no other process does this in the same store (SQLite has one writer anyway)."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": number})


def _keep_scheme(connection: Connection) -> None:
    """Begin anew where the signatures that are there were made in another way."""
    alone(connection, _LOCK)
    known = connection.execute(select(settings.c.value).where(settings.c.name == _SCHEME)).scalar()
    if known == scheme():
        return
    for table in (buckets, signatures, copies):
        connection.execute(delete(table))
    connection.execute(delete(settings).where(settings.c.name == _SCHEME))
    connection.execute(insert(settings).values(name=_SCHEME, value=scheme()))


def _look_at_some(connection: Connection, *, size: int) -> int:
    alone(connection, _LOCK)
    c = pages.c
    unsigned = ~select(signatures.c.page_n).where(signatures.c.page_n == c.n).exists()
    wanted = (
        select(c.n, c.id, c.text_id, texts.c.text, texts.c.length)
        .join(texts, texts.c.id == c.text_id)
        .where(unsigned)
        .order_by(c.n)
        .limit(size)
    )
    found = [_Page(*row) for row in connection.execute(wanted)]
    for page in found:
        _look_at(connection, page)
    return len(found)


def _look_at(connection: Connection, page: _Page) -> None:
    same = _of_same_text(connection, page) if page.length else None
    if same is not None or page.text is None:
        connection.execute(insert(signatures).values(page_n=page.n, minhash=b""))
        if same is not None:
            _unite(connection, "exact", page, [same])
        return
    signature = signed(page.text)
    page.runs = shingles(page.text)
    keys = dict.fromkeys(signature.bands(), 0) if len(page.runs) >= _FEWEST else {}
    keys.update(signature.sentences)
    if keys:
        _meet(connection, page, signature, list(keys))
        rows = [{"key": key, "page_n": page.n, "words": words} for key, words in sorted(keys.items())]
        connection.execute(insert(buckets), rows)
    connection.execute(insert(signatures).values(page_n=page.n, minhash=signature.packed()))


def _of_same_text(connection: Connection, page: _Page) -> int | None:
    looked_at = select(pages.c.n).join(signatures, signatures.c.page_n == pages.c.n)
    found: int | None = connection.execute(
        looked_at.where(pages.c.text_id == page.text_id).order_by(pages.c.n).limit(1)
    ).scalar()
    return found


def _meet(connection: Connection, page: _Page, signature: Signature, keys: list[int]) -> None:
    """Compare a page with all that share a bucket with it, and unite it with its copies."""
    b = buckets.c
    shared, bands = func.sum(b.words), func.min(b.words)
    met = (
        select(b.page_n, shared.label("shared"), bands.label("bands"))
        .where(b.key.in_(keys))
        .group_by(b.page_n)
        .having((shared >= LEAST) | (bands == 0))
        .subquery()
    )
    wanted = select(met.c.page_n, met.c.shared, met.c.bands == 0, signatures.c.minhash).join(
        signatures, signatures.c.page_n == met.c.page_n
    )
    near: list[int] = []
    syndicated: list[int] = []
    for n, words, banded, packed in connection.execute(wanted.order_by(met.c.page_n)).all():
        other = unpacked(packed)
        if banded and likeness(signature.digest, other.digest) >= _LIKELY:
            near.append(n)
        credited = bool(signature.agencies & other.agencies)
        if are_syndicated(int(words), signature.length, other.length, credited=credited):
            syndicated.append(n)
    _unite(connection, "near", page, _verified(connection, page, near))
    _unite(connection, "syndicated", page, syndicated)


def _verified(connection: Connection, page: _Page, likely: Sequence[int]) -> list[int]:
    """Give those whose text is near in truth; of a cluster, one that proves it is enough."""
    found: list[int] = []
    clusters: set[str] = set()
    known = _clusters(connection, "near", likely)
    for n in likely:
        if known.get(n) in clusters:
            continue
        words = select(texts.c.text).join(pages, pages.c.text_id == texts.c.id).where(pages.c.n == n)
        other = connection.execute(words).scalar_one()
        if jaccard(page.runs, shingles(other or "")) >= NEAR:
            found.append(n)
            if n in known:
                clusters.add(known[n])
    return found


def _unite(connection: Connection, layer: str, page: _Page, others: Sequence[int]) -> None:
    """Put a page and its copies into one cluster of this layer and of those that hold it."""
    if not others:
        return
    rows = [page.n, *others]
    ids: dict[int, str] = {}
    for some in batched(rows):
        wanted = select(pages.c.n, pages.c.id).where(pages.c.n.in_(some))
        ids.update(connection.execute(wanted).all())
    for held in LAYERS[LAYERS.index(layer) :]:
        known = _clusters(connection, held, rows)
        old = set(known.values())
        cluster = min(old | {ids[n] for n in rows if n not in known})
        c = copies.c
        changed = c.cluster.in_(sorted(old - {cluster}))
        connection.execute(update(copies).where(c.layer == held, changed).values(cluster=cluster))
        fresh = [
            {"page_n": n, "layer": held, "cluster": cluster} for n in dict.fromkeys(rows) if n not in known
        ]
        if fresh:
            connection.execute(insert(copies), fresh)


def _clusters(connection: Connection, layer: str, rows: Sequence[int]) -> dict[int, str]:
    c = copies.c
    found: dict[int, str] = {}
    for some in batched(rows):
        wanted = select(c.page_n, c.cluster).where(c.layer == layer, c.page_n.in_(some))
        found.update(connection.execute(wanted).all())
    return found
