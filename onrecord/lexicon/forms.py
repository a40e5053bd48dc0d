"""English inflection undone: the base forms that a word may have, most likely first."""

from __future__ import annotations

from functools import cache, lru_cache

from onrecord.lexicon.load import rows

_LONGEST = 32  # letters; nothing longer is a word of the lists
_VOWELS = frozenset("aeiouy")


@cache
def _irregular() -> dict[str, str]:
    return {form: base for form, base, *_ in rows("irregular")}


@lru_cache(maxsize=8192)
def bases(word: str) -> tuple[str, ...]:
    """Give the word in small letters and what it may be a form of: "denied" gives denied, deny and deni."""
    word = word.lower()
    if len(word) > _LONGEST:
        return (word,)
    irregular = _irregular().get(word)
    found = [word] if irregular is None else [irregular, word]
    if word.endswith("ies") and len(word) > 4:
        found.append(word[:-3] + "y")
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        found.append(word[:-1])
        if word.endswith("es"):
            found.append(word[:-2])
    if word.endswith("ied") and len(word) > 4:
        found.append(word[:-3] + "y")
    for ending in ("ed", "ing"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) > 1 and not _VOWELS.isdisjoint(stem):
            found += [stem, stem + "e"]
            if len(stem) > 2 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
            if ending == "ing" and stem.endswith("y"):
                found.append(stem[:-1] + "ie")
    return tuple(dict.fromkeys(found))
