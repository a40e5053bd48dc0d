"""What time it is, in whole seconds since 1970; the one place where the workbench's safety asks."""

from __future__ import annotations

import time
from datetime import UTC, datetime

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def now() -> int:
    """Give the time."""
    return int(time.time())


def told(at: int) -> str:
    """Say when something was, to the minute, in the time of Greenwich."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M")
