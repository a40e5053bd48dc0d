"""Many machines: archives cut into splits, read by workers of a Ray cluster, as Parquet or into PostgreSQL.

The reading is that of ``onrecord ingest``; a split that is finished is never read again, and what comes out
does not depend on how many workers there were, or on how many of them died.
"""

from onrecord.cluster.engine import run
from onrecord.cluster.loading import load
from onrecord.cluster.output import Output
from onrecord.cluster.splits import Piece, Split, planned
from onrecord.cluster.worker import Setup, SplitReader

__all__ = ["Output", "Piece", "Setup", "Split", "SplitReader", "load", "planned", "run"]
