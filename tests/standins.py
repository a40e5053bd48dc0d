"""Readers that stand in for the real one, importable by the processes that tests start."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from handmade import document_of, find, record_of

from onrecord.errors import ModelError, PageUnreadable
from onrecord.record import Attribution, Date, Record


class PlainReader:
    """Reads a page's bytes as its text; words in it make it fail, dawdle or die."""

    def read(self, source: bytes | str | Path, *, published: str | None = None) -> Record:
        text = source.decode() if isinstance(source, bytes) else Path(source).read_text()
        if "DIE" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "EXIT" in text:
            os._exit(7)
        if "FAULT" in text:
            raise ValueError("a fault")
        if "UNREADABLE" in text:
            raise PageUnreadable("this is no page", str(source))
        if "SLOW" in text:
            time.sleep(0.3)
        uri = None if isinstance(source, bytes) else str(source)
        date = Date(published, "day", "given") if published else Date(None, None, "the page does not say")
        said = (Attribution("a1", "direct", (), (), (find(text, text),), None, "none named", "asserts"),)
        return record_of(document_of(text, uri=uri, published=date), attributions=said)


def plain_reader() -> PlainReader:
    return PlainReader()


def no_reader() -> PlainReader:
    raise ModelError("no weights")


def dying_reader() -> PlainReader:
    os._exit(9)
