"""Records without the page's words, for those who may not keep them, and the words put back from a text."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from onrecord.codec import decode_record, encode
from onrecord.errors import RecordError
from onrecord.record import Record

_SIGN = b'{"words":false,'


def without_words(record: Record) -> Any:
    """Give a record's JSON object with offsets and names, and none of the page's words.

    What is not in the text (dropped furniture, links' and pictures' words) is left out for good.
    """
    fields = json.loads(encode(record))
    _set_words(fields, None)
    document = fields["document"]
    document["text"] = ""
    for entry in (*document["dropped"], *document["links"]):
        entry["text"] = ""
    for entry in document["media"]:
        entry["caption"] = ""
    return {"words": False, **fields}


def is_bare(packed: bytes) -> bool:
    """Whether this JSON of a record is without words."""
    return packed.startswith(_SIGN)


def with_words(packed: bytes, text: str) -> Record:
    """Put the words of a text back into a record without words; RecordError where it is another text."""
    fields = json.loads(packed)
    del fields["words"]
    document = fields["document"]
    try:
        same = hashlib.sha256(text.encode()).hexdigest() == document["id"]
    except UnicodeEncodeError:
        same = False
    if not same:
        raise RecordError(f"document {document['id'][:12]}: the text given is not the one that was read")
    _set_words(fields, text)
    document["text"] = text
    return decode_record(json.dumps(fields, ensure_ascii=False))


def outlined(packed: bytes, length: int) -> Record:
    """Give a record without words over a text of that length that says nothing, to look at its offsets."""
    fields = json.loads(packed)
    del fields["words"]
    text = "x" * length
    _set_words(fields, text)
    fields["document"].update(text=text, id=hashlib.sha256(text.encode()).hexdigest())
    return decode_record(json.dumps(fields, ensure_ascii=False))


def _set_words(value: Any, text: str | None) -> None:
    """Set the words of every span under this value; a record is no deeper than its schema."""
    if isinstance(value, dict):
        if "start" in value and "end" in value and "text" in value:
            value["text"] = "" if text is None else text[value["start"] : value["end"]]
        for inner in value.values():
            _set_words(inner, text)
    elif isinstance(value, list):
        for inner in value:
            _set_words(inner, text)
