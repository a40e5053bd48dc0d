"""Gathers the interface's texts, brings the catalogues up to date and compiles them:

    python docs/translations.py            new texts come in untranslated, texts that are gone go away
    python docs/translations.py --check    only says what is missing

A text is marked by ``_("…")`` or ``ngettext`` in a template, ``translated(request, "…")`` in code, and
``marked("…")`` where a value of the record has a name in the interface.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

_ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)
WEB = Path(__file__).parent.parent / "onrecord" / "web"
LOCALES = WEB / "locales"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "translated": (2,), "marked": None}
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}


def texts() -> Catalog:
    """Give a catalogue of all texts that the interface shows."""
    found = Catalog()
    for file, _, message, comments, _ in extract_from_dir(WEB, METHODS, OPTIONS, keywords=KEYWORDS):
        found.add(message, locations=[(file, 0)], auto_comments=comments)
    return found


def catalogue(language: str) -> Catalog:
    """Read a language's catalogue."""
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def compiled(found: Catalog) -> bytes:
    """Give what a program reads of a catalogue."""
    held = io.BytesIO()
    found.creation_date = found.revision_date = _ALWAYS  # else each day gives other bytes
    write_mo(held, found)
    return held.getvalue()


def missing(found: Catalog) -> list[str]:
    """Give the texts that are not translated, or not in all of their forms."""
    return [said(m) for m in found if m.id and (m.fuzzy or not all(_forms(m)))]


def said(message: Message) -> str:
    """Give a text as it is written in the code."""
    return message.id if isinstance(message.id, str) else message.id[0]


def renewed(language: str) -> Catalog:
    """Give a language's catalogue with exactly the texts that there are now."""
    old, new = catalogue(language), Catalog(locale=language, project="onrecord", charset="utf-8")
    for message in texts():
        if message.id:
            known = old.get(said(message))
            new.add(message.id, known.string if known else None, flags=message.flags)
    return new


def languages() -> list[str]:
    """Give the languages that there are catalogues of."""
    return sorted(folder.name for folder in LOCALES.iterdir() if folder.is_dir())


def written(found: Catalog) -> bytes:
    """Give a catalogue as people edit it, without dates and places, which change by themselves."""
    held = io.BytesIO()
    write_po(held, found, no_location=True, sort_output=True, omit_header=True, width=110)
    head = (
        f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: {found.locale}\\n"\n'
    )
    head += f'"Plural-Forms: {found.plural_forms}\\n"\n\n'
    return head.encode() + held.getvalue()


def main() -> None:
    """Write the catalogues, or only check them."""
    for language in languages():
        found = renewed(language)
        if "--check" not in sys.argv:
            _path(language).write_bytes(written(found))
            _path(language).with_suffix(".mo").write_bytes(compiled(catalogue(language)))
        for text in missing(found):
            print(f"{language}: {text}")


def _forms(message: Message) -> tuple[str, ...]:
    held = message.string
    return (held,) if isinstance(held, str) else tuple(held)


def _path(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "onrecord.po"


if __name__ == "__main__":
    main()
