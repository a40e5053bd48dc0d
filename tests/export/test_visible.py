"""Nothing that a page wrote can act on what shows it."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.export.visible import ascii_controls, one_line, paragraphs, visible

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@settings(deadline=None, max_examples=200)
@given(ANY_TEXT)
def test_no_control_is_left_in_visible_text(text: str) -> None:
    shown = visible(text)
    assert not any((ord(c) < 0x20 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0 for c in shown)
    shown.encode("utf-8")


@settings(deadline=None, max_examples=200)
@given(ANY_TEXT)
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


@settings(deadline=None, max_examples=200)
@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_escaped_json_is_equal_json(text: str) -> None:
    plain = json.dumps({"text": text}, ensure_ascii=False, indent=1)
    escaped = ascii_controls(plain)
    assert json.loads(escaped) == {"text": text}
    assert not any((ord(c) < 0x20 and c != "\n") or 0x7F <= ord(c) < 0xA0 for c in escaped)


def test_paragraphs_are_lines_without_empty_ones() -> None:
    assert paragraphs(" One\nline.\n\n \n\nTwo.\x1b[0m ") == ["One line.", "Two.␛[0m"]
