"""The interface's languages: gettext catalogues, read once each from their .po files."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES: Mapping[str, str] = {"en": "English", "ru": "Русский"}
_FOLDER = Path(__file__).parent / "locales"


@cache
def translations(language: str) -> gettext.NullTranslations:
    """Give a language's catalogue; English is written in the code itself."""
    return gettext.translation("onrecord", _FOLDER, [language], fallback=True)


def chosen(asked: str | None, accepted: str, default: str) -> str:
    """Choose a language: the one asked for, or the first that a browser accepts and we have."""
    if asked is not None and asked in LANGUAGES:
        return asked
    for part in accepted.split(","):
        code = part.split(";")[0].strip().lower()[:2]
        if code in LANGUAGES:
            return code
    return default
