"""Names: what the model found, cut to the name itself, with the names inside it and the titles before it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from onrecord.lexicon.known import (
    Country,
    body_words,
    countries,
    first_words,
    given_names,
    honorifics,
    offices,
)
from onrecord.lexicon.load import word_set
from onrecord.model.found import Labelled
from onrecord.reading.joining import rejoined
from onrecord.reading.labels import put_right
from onrecord.reading.name import Name
from onrecord.reading.pronouns import PRONOUNS
from onrecord.reading.setting import Setting, Word
from onrecord.reading.titles import Title, body_length, country_length, leading, office_length
from onrecord.reading.within import in_parentheses, known_inside, places_in_countries
from onrecord.record import EntityType

_ARTICLES = frozenset({"the", "a", "an"})
_EDGES = " \t\r\n.,;:!?\"'“”‘’«»()[]{}-–—/"
_NO_TITLE = frozenset({"of", "and", "'s", "for", "the", "to", "-", "&"})
_LONGEST_TITLE = 9  # words before a name in which its title is looked for
_BODIES_TYPE: EntityType = "organization"


@dataclass(frozen=True, slots=True)
class _Sources:
    """The sources of statements: where each starts, and how far it and all before it reach."""

    starts: tuple[int, ...]
    reach: tuple[int, ...]

    @classmethod
    def of(cls, stretches: Iterable[tuple[int, int]]) -> _Sources:
        found = sorted(stretches)
        return cls(tuple(a for a, _ in found), tuple(accumulate((b for _, b in found), max)))

    def hold(self, start: int, end: int) -> bool:
        """Whether a stretch lies within one of them."""
        at = bisect_right(self.starts, start)
        return at > 0 and end <= self.reach[at - 1]


def names(
    setting: Setting, found: Sequence[Labelled], sources: Iterable[tuple[int, int]] = ()
) -> tuple[Name, ...]:
    """Give all names in text order: the model's, those inside them, and countries that it missed.

    ``sources`` are the sources of statements: a country's name there stands for who acts.
    """
    text = setting.text
    spoken = _Sources.of(sources)
    given: list[Name] = []
    covered: list[tuple[int, int]] = []
    lands = _long_countries(setting)
    known = _long_bodies(setting)
    for label in put_right(setting, rejoined(setting, found)):
        start, end = _trimmed(text, label.start, label.end)
        words = setting.within(start, end)
        if (
            not words
            or not any(w.text[0].isalnum() for w in words)
            or (words[0].low in PRONOUNS and words[0].text != "US")
        ):
            continue
        if len(words) == 1 and (words[0].low in honorifics() or words[0].low in _ARTICLES):
            continue
        if len(words) == 1 and len(words[0].text) < 4 and words[0].low in offices():
            continue  # "FM", "PM"
        if text[start:end].islower() or _is_part_of(lands, start, end) or _is_part_of(known, start, end):
            continue
        if len(words) > 1 and words[0].text in word_set("headline prepositions") and label.label == "place":
            words = words[1:]
        covered.append((start, end))
        for piece in _slashed(words):
            given += _parts(setting, piece, _type(label.label), spoken)
    shields = sorted(covered)
    for start, end in known:
        at = bisect_right(shields, (start, end)) - 1
        if not any(a < end and b > start for a, b in shields[max(0, at - 1) : at + 3]):
            given.append(Name(start, end, _BODIES_TYPE))
            covered.append((start, end))
    given += _missed(setting, covered, spoken)
    given += in_parentheses(setting, given)
    given += places_in_countries(setting, given)
    given += known_inside(setting, given)
    ordered = sorted(set(given), key=lambda n: (n.start, -n.end, n.type))
    titles = {n.wide: n.start for n in ordered if n.title is not None}
    starts = sorted(titles)
    for i, name in enumerate(ordered):
        at = bisect_right(starts, name.start) - 1
        if at >= 0 and name.end <= titles[starts[at]] and not name.nested:
            ordered[i] = replace(name, nested=True)
    return tuple(dict.fromkeys(ordered))


def _long_countries(setting: Setting) -> list[tuple[int, int]]:
    """Give where countries of several words are named, so that no part of one is taken for a name."""
    first, words = first_words(), setting.words
    found = []
    for at, word in enumerate(words):
        if first.get(word.text, 1) > 1:
            length, _ = country_length(words, at)
            if length > 1:
                found.append((word.start, words[at + length - 1].end))
    return found


def _long_bodies(setting: Setting) -> list[tuple[int, int]]:
    """Give where well-known bodies of several words are named, which the model may have cut up or missed."""
    first, words = body_words(), setting.words
    found: list[tuple[int, int]] = []
    for at, word in enumerate(words):
        if word.text in first and not (found and word.start < found[-1][1]):
            length = body_length(words, at)[0]
            if length > 1 or (length == 1 and word.text.isupper() and len(word.text) > 3):
                found.append((word.start, words[at + length - 1].end))
    return found


def _is_part_of(lands: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch is a part, not the whole, of one of some stretches in order."""
    at = bisect_right(lands, (start, end + 1)) - 1
    return any(a <= start and end <= b and (a, b) != (start, end) for a, b in lands[max(0, at - 1) : at + 2])


def _slashed(words: Sequence[Word]) -> list[Sequence[Word]]:
    """Part names written with a slash between ("ISIS/ISIL")."""
    cut = next((i for i, w in enumerate(words) if w.text == "/"), 0)
    return [words[:cut], words[cut + 1 :]] if 0 < cut < len(words) - 1 else [words]


def _parts(setting: Setting, words: Sequence[Word], kind: EntityType, spoken: _Sources) -> list[Name]:
    """Give a name of the model and the names that it is made of."""
    text = setting.text
    start, end = words[0].start, words[-1].end
    country = countries().get(text[start:end])
    if country is not None and not (country.how != "name" and kind == "person"):
        return [Name(start, end, _country_type(setting, start, end, country, kind, spoken), country)]
    found: list[Name] = []
    if kind == "person":
        core, title = _person(setting, words)
        found.append(
            Name(core[0].start, core[-1].end, "person", None, title, title.start if title else core[0].start)
        )
        inside = words[: len(words) - len(core)] or (words if _all_title(words) else ())
    else:
        inside = words
        found.append(Name(start, end, kind))
        if kind == "place":
            comma = next((i for i, w in enumerate(words) if w.text == ","), 0)
            if 0 < comma < len(words) - 1:
                found.append(Name(start, words[comma - 1].end, "place", nested=True))
    if found[0].title is not None and found[0].title.start < words[0].start:
        inside = setting.within(found[0].title.start, core[0].start)
    found += _inside(setting, inside, start if kind != "person" else -1, end)
    return found


def _inside(setting: Setting, words: Sequence[Word], start: int, end: int) -> list[Name]:
    """Give the countries, peoples and well-known bodies named within some words, not the whole of them."""
    found: list[Name] = []
    at = 0
    while at < len(words):
        length, _ = country_length(words, at)
        if length:
            a, b = words[at].start, words[at + length - 1].end
            country = countries().get(setting.text[a:b])
            if country is not None and (a, b) != (start, end):
                found.append(Name(a, b, _nested_type(setting.text[a:b], country), country, nested=True))
            at += length
            continue
        length, _, _ = body_length(words, at)
        if length:
            a, b = words[at].start, words[at + length - 1].end
            if (a, b) != (start, end):
                found.append(Name(a, b, _BODIES_TYPE, nested=True))
            at += length
            continue
        at += 1
    return found


def inner_names(setting: Setting, start: int, end: int) -> list[Name]:
    """Give the countries and well-known bodies named within a nominal."""
    return _inside(setting, setting.within(start, end), -1, -1)


def _person(setting: Setting, words: Sequence[Word]) -> tuple[Sequence[Word], Title | None]:
    """Part a person's name from the title in it, or before it."""
    comma = max((i for i, w in enumerate(words) if w.text == ","), default=-1)
    if 0 < comma < len(words) - 1 and any(office_length(words, i) for i in range(comma)):
        words = words[comma + 1 :]
    first = setting.first(words[0].start)
    begun = setting.sentence(words[0].start)
    last = setting.past(words[-1].end)
    for begin in range(max(0, first - _LONGEST_TITLE), first + 1):
        together = setting.words[begin:last]
        low = together[0].low
        if begin < first and (low in _NO_TITLE or setting.sentence(together[0].start) != begun):
            continue
        if "\n" in setting.text[together[0].start : words[0].start]:
            continue
        read = leading(together)
        if read is None or read[1] < first - begin:
            continue
        title, taken = read
        if taken == len(together):
            if together[-1].low in word_set("offices that are surnames"):
                address = leading(together[:-1])  # "Mr. King"
                if address is not None and address[1] == len(together) - 1 and address[0].office is None:
                    return together[-1:], address[0]
            if begin < first:
                continue
            break  # an office and no name: it is told apart later
        if together[taken].low in ("of", "for"):
            taken = max(taken + 1, len(together) - 2)  # "Minister for the Low Countries Ann Lee"
        if taken >= len(together):
            break  # "Minister for": a name that the model cut short
        return together[taken:], title
    before = setting.words[first - 1] if first else words[0]
    if before.text in given_names() and setting.text[before.end : words[0].start] == " ":
        return setting.words[first - 1 : last], None  # "Ann" of Ann Lee, which the model left out
    return words, None


def _all_title(words: Sequence[Word]) -> bool:
    read = leading(words)
    return read is not None and read[1] == len(words)


def only_title(setting: Setting, name: Name) -> bool:
    """Whether a name is an office and nothing more ("Foreign Secretary", "Russian FM")."""
    words = setting.within(name.start, name.end)
    read = leading(words)
    if name.type == "person" and len(words) > 2 and words[-2].low == "'s" and words[-1].text.islower():
        return bool(office_length(words, len(words) - 1))  # "Foreign Ministry's spokesman"
    return (
        name.country is None
        and name.title is None
        and read is not None
        and read[1] == len(words)
        and read[0].office is not None
    )


def _missed(setting: Setting, covered: list[tuple[int, int]], spoken: _Sources) -> list[Name]:
    """Give the countries and peoples that stand outside the model's names."""
    found: list[Name] = []
    first, known = first_words(), countries()
    shield = 0
    covered = sorted(covered)
    at = 0
    words = setting.words
    while at < len(words):
        word = words[at]
        while shield < len(covered) and covered[shield][1] <= word.start:
            shield += 1
        if word.text not in first or (shield < len(covered) and covered[shield][0] < word.end):
            at += 1
            continue
        length, _ = country_length(words, at)
        if length:
            start, end = word.start, words[at + length - 1].end
            country = known.get(setting.text[start:end])
            if (
                country is not None
                and country.how != "capital"
                and setting.text[start:end] not in word_set("doubtful countries")
                and not (word.text == "US" and _shouting(words, at))
            ):
                found.append(
                    Name(start, end, _country_type(setting, start, end, country, "place", spoken), country)
                )
        at += max(1, length)
    return found


def _shouting(words: Sequence[Word], at: int) -> bool:
    """Whether a word stands among words in capitals, where US may be "us"."""
    near = [w.text for w in words[max(0, at - 2) : at + 3] if w.text.isalpha() and len(w.text) > 1]
    return len(near) > 1 and all(w.isupper() for w in near)


def _country_type(
    setting: Setting, start: int, end: int, country: Country, kind: EntityType, spoken: _Sources
) -> EntityType:
    """Tell a country's name apart: a place after words of place, else an organisation where it acts."""
    words = setting.text[start:end]
    if country.how == "demonym" and words not in word_set("abbreviated countries"):
        return "nationality"
    if country.how == "people":
        return "organization"  # "Iraqis": people taken together
    before, after = setting.before(start), setting.after(end)
    if before == "the":
        before = setting.before(setting.words[setting.first(start) - 1].start)
    if before in word_set("before a place"):
        return "place"
    if (before != "for" and spoken.hold(start, end)) or (
        after in word_set("after one who acts") and before not in ("and", "on", "for", "to")
    ):
        return "organization"
    if words in word_set("abbreviated countries"):
        return "organization"
    return "organization" if kind == "organization" else "place"


def _nested_type(words: str, country: Country) -> EntityType:
    if country.how == "demonym" and words not in word_set("abbreviated countries"):
        return "nationality"
    if country.how == "people" or words in word_set("abbreviated countries"):
        return "organization"
    return "place"


def _type(label: str) -> EntityType:
    return label if label in ("person", "organization", "place", "nationality") else "other"  # type: ignore[return-value]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut articles, marks and a possessive ending from the ends of a name."""
    end = min(end, len(text))
    start = max(start, 0)
    while start < end and text[start] in _EDGES:
        start += 1
    while (
        end > start
        and text[end - 1] in _EDGES
        and not (text[end - 1] == "." and text[max(start, end - 3) : end].count(".") > 1)
    ):
        end -= 1
    if text[end : end + 1] == "." and text[max(start, end - 2) : end - 1] == ".":
        end += 1  # "U.S" and the stop that belongs to it
    if text[end - 2 : end] in ("'s", "’s") and end - 2 > start:
        end -= 2
    first, space, _ = text[start:end].partition(" ")
    if space and first.lower() in _ARTICLES:
        start += len(first) + 1
        while start < end and text[start].isspace():
            start += 1
    return start, end
