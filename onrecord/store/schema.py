"""The tables of a store, the same in SQLite and PostgreSQL, and nothing else.

A **page** is one report: a text at one place (its locator: a path, an address, a record of an archive). The
same text at another place is another page with the same ``text_id``. Keys that leave the store are hashes of
content, so that they are the same in whatever order pages came; ``n`` is only the database's own row number,
for joins and full text, and never leaves it.

What was read by machine is a page's ``record`` (the whole record, packed) and the rows drawn from it in
``entities`` to ``figures``, which are for finding. What people decided (``corrections``, ``decisions``)
is never touched by reading again.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Ordered by code point in both: what is exported in order is in the same order.
_C = "C"
TEXT = Text().with_variant(Text(collation=_C), "postgresql")


def _string(length: int) -> TypeEngine[str]:
    return String(length).with_variant(String(length, collation=_C), "postgresql")


KEY = _string(32)  # the first half of a SHA-256, in hexadecimal
SHA256 = _string(64)
ROW = BigInteger().with_variant(Integer, "sqlite")
DAY = _string(10)  # 2015-09-10; ISO dates sort as they are
COUNTRY = _string(3)


def _page() -> Column[int]:
    return Column("page_n", ROW, ForeignKey("pages.n", ondelete="CASCADE"), nullable=False)


settings = Table(  # what was decided when the store was made
    "settings",
    metadata,
    Column("name", TEXT, primary_key=True),  # words: kept, not kept
    Column("value", TEXT, nullable=False),
)

texts = Table(
    "texts",
    metadata,
    Column("n", ROW, primary_key=True),
    Column("id", SHA256, nullable=False, unique=True),  # of the text in UTF-8
    Column("text", TEXT),  # null where the user has no right to keep it
    Column("length", Integer, nullable=False),  # code points
    Column("language", _string(8)),
)

raws = Table(
    "raws",
    metadata,
    Column("sha256", SHA256, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),  # zlib
)

pages = Table(
    "pages",
    metadata,
    Column("n", ROW, primary_key=True),
    Column("id", KEY, nullable=False, unique=True),  # hash of locator and text
    Column("locator", TEXT, nullable=False),
    Column("text_id", SHA256, ForeignKey("texts.id"), nullable=False),
    Column("uri", TEXT),
    Column("outlet", TEXT),
    Column("title", TEXT),
    Column("kind", _string(8), nullable=False),
    Column("captured", _string(32)),  # when the bytes were taken, UTC; null where the source does not say
    Column("published", _string(32)),  # the article's own date, shortened to its precision
    Column("precision", _string(8)),
    Column("method", TEXT, nullable=False),
    Column("day", DAY),  # of ``published``, where it is known to the day
    Column("raw_sha256", SHA256, nullable=False),
    Column("raw_size", BigInteger, nullable=False),
    Column("reader", TEXT, nullable=False),  # version
    Column("model", SHA256, nullable=False),
    Column(
        "record", LargeBinary, nullable=False
    ),  # zlib of the record's JSON; without its words in a bare store
    UniqueConstraint("locator", "text_id"),
)
Index(None, pages.c.day)
Index(None, pages.c.outlet, pages.c.day)
Index(None, pages.c.text_id)

actors = Table(  # one across documents: one Lavrov
    "actors",
    metadata,
    Column("n", ROW, primary_key=True),
    Column("id", KEY, nullable=False, unique=True),
    Column("name", TEXT, nullable=False),
    Column("type", _string(16), nullable=False),
    Column("country", COUNTRY),
    Column("wikidata", _string(16)),
)
Index(None, actors.c.name)

entities = Table(
    "entities",
    metadata,
    Column("n", ROW, primary_key=True),
    _page(),
    Column("id", _string(12), nullable=False),  # as in the record: e1
    Column("name", TEXT, nullable=False),
    Column("folded", TEXT, nullable=False),  # the name as it is looked up: case and accents away
    Column("type", _string(16), nullable=False),
    Column("country", COUNTRY),
    Column("sectors", TEXT, nullable=False),  # "GOV MIL"
    Column("roles", TEXT, nullable=False),  # JSON list of titles
    Column("aliases", TEXT, nullable=False),  # JSON list
    Column("mentions", Integer, nullable=False),
    Column("actor_n", ROW, ForeignKey("actors.n")),
    UniqueConstraint("page_n", "id"),
    Column("block", TEXT),  # with whom it is compared: a surname's skeleton, initials
    Column("joined", TEXT),  # why it is that actor, or none; null where nobody has looked yet
)
Index(None, entities.c.block)
Index(
    "ix_entities_unjoined", entities.c.block,
    sqlite_where=entities.c.joined.is_(None), postgresql_where=entities.c.joined.is_(None),
)  # fmt: skip
Index(None, entities.c.folded)
Index(None, entities.c.country)
Index(None, entities.c.actor_n)

names = Table(  # every name of an entity, folded: its own and its aliases
    "names",
    metadata,
    Column("folded", TEXT, primary_key=True),
    Column("entity_n", ROW, ForeignKey("entities.n", ondelete="CASCADE"), primary_key=True),
    sqlite_with_rowid=False,
)
Index(None, names.c.entity_n)

statements = Table(
    "statements",
    metadata,
    Column("n", ROW, primary_key=True),
    _page(),
    Column("id", _string(12), nullable=False),  # a1
    Column("kind", _string(8), nullable=False),
    Column("attitude", _string(12), nullable=False),
    Column("speaker_n", ROW, ForeignKey("entities.n", ondelete="CASCADE")),
    Column("speaker", TEXT),  # the entity's name, for showing
    Column("speaker_reason", _string(16)),
    Column("start", Integer, nullable=False),  # of all its words: source, cue and content
    Column("end", Integer, nullable=False),
    Column("content", TEXT, nullable=False),  # empty in a bare store
    Column("within", _string(12)),
    Column("score", Float, nullable=False),
    Column("day", DAY),  # the page's, here so that a filtered list reads one index
    UniqueConstraint("page_n", "id"),
)
Index(None, statements.c.speaker_n)
Index(None, statements.c.day)
Index(None, statements.c.attitude, statements.c.day)
Index(None, statements.c.score, statements.c.n)  # the queue of what is worth a look

events = Table(
    "events",
    metadata,
    Column("n", ROW, primary_key=True),
    _page(),
    Column("id", _string(12), nullable=False),  # v1
    Column("happening", _string(12), nullable=False),  # h1: entries of one happening in the page
    Column("type", _string(10), nullable=False),
    Column("mode", _string(24)),
    Column("contexts", TEXT, nullable=False),  # "military diplomatic"
    Column("quad", _string(20), nullable=False),
    Column("status", _string(12), nullable=False),
    Column("start", Integer, nullable=False),  # of its evidence
    Column("end", Integer, nullable=False),
    Column("trigger_start", Integer, nullable=False),
    Column("trigger_end", Integer, nullable=False),
    Column("date", _string(32)),
    Column("precision", _string(8)),
    Column("day", DAY),  # of ``date``, where it is known to the day; null is never a guess
    Column("place", TEXT),
    Column("country", COUNTRY),
    Column("geonames_id", Integer),
    Column("lat", Float),
    Column("lon", Float),
    Column(
        "chain", Integer, nullable=False
    ),  # how many statements stand between the page and it; 0: its own voice
    Column("factuality", Float, nullable=False),
    Column("score", Float, nullable=False),
    UniqueConstraint("page_n", "id"),
)
Index(None, events.c.type, events.c.day)
Index(None, events.c.day)
Index(None, events.c.country, events.c.day)
Index(None, events.c.status, events.c.day)
Index(None, events.c.score, events.c.n)

parties = Table(  # of events
    "parties",
    metadata,
    Column("n", ROW, primary_key=True),
    Column("event_n", ROW, ForeignKey("events.n", ondelete="CASCADE"), nullable=False),
    Column("role", _string(10), nullable=False),  # actor, recipient
    Column("entity_n", ROW, ForeignKey("entities.n", ondelete="CASCADE"), nullable=False),
)
Index(None, parties.c.event_n)
Index(None, parties.c.entity_n, parties.c.role)

relations = Table(
    "relations",
    metadata,
    Column("n", ROW, primary_key=True),
    _page(),
    Column("id", _string(12), nullable=False),  # r1
    Column("type", _string(16), nullable=False),
    Column("polarity", _string(8), nullable=False),
    Column("subject_n", ROW, ForeignKey("entities.n", ondelete="CASCADE"), nullable=False),
    Column("object_n", ROW, ForeignKey("entities.n", ondelete="CASCADE"), nullable=False),
    Column("start", Integer, nullable=False),  # of its evidence
    Column("end", Integer, nullable=False),
    Column("date", _string(32)),
    Column("day", DAY),  # of ``date``, or else the page's
    Column("chain", Integer, nullable=False),
    Column("score", Float, nullable=False),
    UniqueConstraint("page_n", "id"),
)
Index(None, relations.c.subject_n)
Index(None, relations.c.object_n)
Index(None, relations.c.type, relations.c.day)
Index(None, relations.c.day)
Index(None, relations.c.score, relations.c.n)

figures = Table(
    "figures",
    metadata,
    Column("n", ROW, primary_key=True),
    _page(),
    Column("id", _string(12), nullable=False),  # f1
    Column("kind", _string(12)),
    Column("unit", TEXT, nullable=False),
    Column("value", Float),
    Column("low", Float),
    Column("high", Float),
    Column("approximate", Boolean, nullable=False),
    Column("event", _string(12)),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("chain", Integer, nullable=False),
    Column("day", DAY),  # the page's
    UniqueConstraint("page_n", "id"),
)
Index(None, figures.c.kind, figures.c.day)
Index(None, figures.c.day)

tellers = Table(  # the chains: who says that an event, relation or figure is so
    "tellers",
    metadata,
    Column("n", ROW, primary_key=True),
    _page(),
    Column("entry", _string(12), nullable=False),  # v1, r1, f1
    Column("remove", Integer, nullable=False),  # 0 is the innermost
    Column("statement", _string(12), nullable=False),  # a1
    Column(
        "entity_n", ROW, ForeignKey("entities.n", ondelete="CASCADE")
    ),  # its speaker; null where none is known
)
Index(None, tellers.c.page_n, tellers.c.entry)
Index(None, tellers.c.entity_n)

ledger = Table(  # what an ingestion has done: a page and its line here are written together
    "ledger",
    metadata,
    Column("locator", TEXT, primary_key=True),
    Column("source", TEXT, nullable=False),  # as the user named it
    Column("page_id", KEY),  # null where it failed
    Column("sha256", SHA256),  # of the bytes, null where there were none
)

failures = Table(
    "failures",
    metadata,
    Column("locator", TEXT, primary_key=True),
    Column("source", TEXT, nullable=False),
    Column("reason", _string(32), nullable=False),  # too-large, not-fetched, hung, memory, died, ...
    Column("message", TEXT, nullable=False),
    Column("attempts", Integer, nullable=False),
)

feeds = Table(  # what `onrecord watch` knows of a feed, for conditional requests
    "feeds",
    metadata,
    Column("url", TEXT, primary_key=True),
    Column("etag", TEXT),
    Column("modified", TEXT),
    Column("checked", _string(32)),
    Column("wait_until", _string(32)),
)

corrections = Table(  # append-only
    "corrections",
    metadata,
    Column("n", ROW, primary_key=True),
    Column("id", KEY, nullable=False, unique=True),
    Column("page_id", KEY, nullable=False),
    Column("text_id", SHA256, nullable=False),
    Column("what", _string(12), nullable=False),  # statement, event, relation, figure, entity, mention
    Column("action", _string(12), nullable=False),  # confirm, reject, amend, merge, split, add, undo
    Column("anchor", TEXT, nullable=False),  # JSON: quote, prefix, suffix, start of the entry's own words
    Column("change", TEXT, nullable=False),  # JSON: field -> value, or the entry added
    Column("who", TEXT, nullable=False),
    Column("at", _string(32), nullable=False),  # UTC
    Column("why", TEXT, nullable=False),
)
Index(None, corrections.c.page_id)

decisions = Table(  # append-only: what people and rules decided of identities
    "decisions",
    metadata,
    Column("n", ROW, primary_key=True),
    Column("id", KEY, nullable=False, unique=True),
    Column("action", _string(8), nullable=False),  # merge, split, link
    Column(
        "one", TEXT, nullable=False
    ),  # JSON: what tells the one (names, country, type; or a page's entity)
    Column("other", TEXT, nullable=False),
    Column("who", TEXT, nullable=False),
    Column("at", _string(32), nullable=False),
    Column("why", TEXT, nullable=False),
)

signatures = Table(  # for finding copies
    "signatures",
    metadata,
    Column("page_n", ROW, ForeignKey("pages.n", ondelete="CASCADE"), primary_key=True),
    Column("minhash", LargeBinary, nullable=False),
)

buckets = Table(  # where pages that may be copies meet: bands of a MinHash, and sentences
    "buckets",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("page_n", ROW, ForeignKey("pages.n", ondelete="CASCADE"), primary_key=True),
    Column("words", Integer, nullable=False),  # of the sentence; 0 for a band
    sqlite_with_rowid=False,
)

copies = Table(  # pages that tell the same, in layers
    "copies",
    metadata,
    Column("page_n", ROW, ForeignKey("pages.n", ondelete="CASCADE"), primary_key=True),
    Column("layer", _string(10), primary_key=True),  # exact, near, syndicated
    Column("cluster", KEY, nullable=False),  # the id of the cluster's first page
)
Index(None, copies.c.layer, copies.c.cluster)

tellings = Table(  # events that are one happening across pages
    "tellings",
    metadata,
    Column("event_n", ROW, ForeignKey("events.n", ondelete="CASCADE"), primary_key=True),
    Column("happening", KEY, nullable=False),
)
Index(None, tellings.c.happening)
