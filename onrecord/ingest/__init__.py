"""Ingestion: pages from any source into a store, each read in a process apart, resumable at any instant."""

from onrecord.ingest.failed import forgiven
from onrecord.ingest.plan import Plan, Tally
from onrecord.ingest.run import ingest

__all__ = ["Plan", "Tally", "forgiven", "ingest"]
