"""The workbench's tables of what people keep and of what they have read: no word of the record is in them.

They share the metadata of ``onrecord.web.tables``, so that ``prepare`` makes them too. A page is named by its
id and an entry by its id there; ``said`` is how it was called when it was kept, for when it is gone.
``account`` is whose a row is, "local" where the workbench is used alone.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text
from sqlalchemy import UniqueConstraint as Unique

from onrecord.web.tables import KEY, MOMENT, ROW, metadata

_ENTRY = String(80)  # "" for the page as a whole
_NAME = String(200)

bookmarks = Table(
    "web_bookmarks",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("account", KEY, nullable=False),
    Column("page_id", KEY, nullable=False),
    Column("entry", _ENTRY, nullable=False),
    Column("said", Text, nullable=False),
    Column("made", MOMENT, nullable=False),
    Unique("account", "page_id", "entry"),
)

collections = Table(
    "web_collections",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("account", KEY, nullable=False),
    Column("name", _NAME, nullable=False),
    Column("note", Text, nullable=False),
    Column("made", MOMENT, nullable=False),
    Column("trashed", MOMENT),
    Index(None, "account"),
)

collected = Table(
    "web_collected",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("collection", KEY, ForeignKey("web_collections.id", ondelete="CASCADE"), nullable=False),
    Column("page_id", KEY, nullable=False),
    Column("entry", _ENTRY, nullable=False),
    Column("said", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("made", MOMENT, nullable=False),
    Unique("collection", "page_id", "entry"),
)

tags = Table(
    "web_tags",
    metadata,
    Column("account", KEY, primary_key=True),
    Column("page_id", KEY, primary_key=True),
    Column("entry", _ENTRY, primary_key=True),
    Column("tag", String(60), primary_key=True),
    Column("said", Text, nullable=False),
    Column("made", MOMENT, nullable=False),
)

searches = Table(
    "web_searches",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("account", KEY, nullable=False),
    Column("name", _NAME, nullable=False),
    Column("address", Text, nullable=False),  # a path of the workbench with its query
    Column("made", MOMENT, nullable=False),
    Index(None, "account"),
)

trash = Table(
    "web_trash",
    metadata,
    Column("page_id", KEY, primary_key=True),
    Column("who", String(80), nullable=False),
    Column("said", Text, nullable=False),
    Column("made", MOMENT, nullable=False),
)

shares = Table(
    "web_shares",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("account", KEY, nullable=False),
    Column("collection", KEY, ForeignKey("web_collections.id", ondelete="CASCADE")),
    Column("page_id", KEY),
    Column("said", Text, nullable=False),
    Column("made", MOMENT, nullable=False),
    Column("until", MOMENT),
    Index(None, "account"),
)

jobs = Table(
    "web_jobs",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("n", Integer, nullable=False),  # in which order they were given
    Column("account", KEY, nullable=False),
    Column("who", String(80), nullable=False),
    Column("state", String(16), nullable=False),  # waiting, reading, done, stopped, failed
    Column("stop", Boolean, nullable=False),
    Column("made", MOMENT, nullable=False),
    Column("beat", MOMENT),  # when whoever reads it was last heard of
    Column("ended", MOMENT),
    Column("total", Integer),
    Column("read", Integer, nullable=False),
    Column("there", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("message", Text, nullable=False),  # why it failed as a whole
    Index(None, "state", "n"),
)

# What a job is to read: kept until it has ended, so that a restart loses nothing.
job_parts = Table(
    "web_job_parts",
    metadata,
    Column("n", ROW, primary_key=True, autoincrement=True),
    Column("job", KEY, ForeignKey("web_jobs.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(8), nullable=False),  # text, address, file
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("published", String(40), nullable=False),
    Column("content", LargeBinary),
    Index(None, "job"),
)

# What came of it, page by page.
job_lines = Table(
    "web_job_lines",
    metadata,
    Column("n", ROW, primary_key=True, autoincrement=True),
    Column("job", KEY, ForeignKey("web_jobs.id", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("locator", Text, nullable=False),
    Column("message", Text, nullable=False),  # why there is no page; empty where it was to be read
    Index(None, "job"),
)
