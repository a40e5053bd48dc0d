"""The forms of times: which words in a row make one, and the function that says what it means.

A form is a row of word kinds (``?`` may be missing, ``a/b`` either, ``name:kind`` gives the word a name). At
each word the longest form that has a meaning wins, the earlier one in a tie.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.reading import time_days as days
from onrecord.reading import time_periods as periods
from onrecord.reading import time_quarters as quarters
from onrecord.reading import time_stretches as stretches
from onrecord.reading.time_meaning import Make, Words
from onrecord.reading.time_tokens import Token


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a form: the kinds that may stand there, and the name its word goes by."""

    kinds: tuple[str, ...]
    name: str | None
    optional: bool


@dataclass(frozen=True, slots=True)
class Form:
    """A row of places and what it means."""

    elements: tuple[Element, ...]
    make: Make
    rank: int


_FORMS: tuple[tuple[str, Make], ...] = (
    ("iso", days.iso),
    ("numeric", days.numeric),
    ("attack", days.attack),
    ("weekday comma? month dom comma? year", days.full_day),
    ("month dom comma? year", days.full_day),
    ("weekday comma? the? dom of? month comma? year", days.full_day),
    ("the? dom of? month comma? year", days.full_day),
    ("month dom comma? last/this/next unit", days.month_day_of),
    ("weekday comma? month the? dom", days.month_day),
    ("month the? dom", days.month_day),
    ("weekday comma? the? dom of? month", days.month_day),
    ("the? dom of? month", days.month_day),
    ("holiday eve? comma? year?", days.holiday),
    ("new_year over:unit unit/eve comma? year?", days.new_year),
    ("weekday comma? last/next/this/previous/following weekday", days.weekday),
    ("last/next/this/previous/following weekday", days.weekday),
    ("the previous/following/next/past/last weekday", days.weekday),
    ("weekday", days.bare_weekday),
    ("weekday of? last/this/next unit", days.weekday_of_week),
    ("last/this/next unit on? weekday", days.weekday_of_week),
    ("dayword", days.dayword),
    ("the? unit before/after dayword", days.dayword),
    ("nowwhole", days.night),
    ("month comma? of? year", periods.month_year),
    ("month of? last/this/next unit", periods.month),
    ("the? last/next/this/previous/following/past month", periods.month),
    ("month", periods.bare_month),
    ("the? season of? year", periods.season),
    ("last/next/this/past season", periods.season),
    ("season of? last/this/next unit", periods.season),
    ("the? season", periods.bare_season),
    ("the? year_word year", periods.year),
    ("the? fiscal unit? year", periods.year),
    ("the? calendar unit? year", periods.year),
    ("the? year fiscal unit", periods.year),
    ("year", periods.bare_year),
    ("the? decade", periods.decade),
    ("the? early? ordinal unit", periods.century),
    ("the? last/next/this/current/previous/following/that/latest fiscal? unit", periods.relative),
    ("the? fiscal unit", periods.relative),
    ("last/this/that/the/previous/following/next part", days.part),
    ("the previous/following/next part", days.part),
    ("part", days.bare_part),
    ("the? last unit of? year", quarters.last_half),
    ("the? fiscal? ordinal fiscal? unit of/in? fiscal? year?", quarters.quarter),
    ("the? year fiscal? ordinal unit", quarters.quarter),
    ("named_quarter of? year?", quarters.quarter),
    ("the? fiscal? ordinal unit of? last/this/next over:unit", quarters.quarter),
    ("last/this/next over:unit ordinal unit", quarters.quarter),
    ("the? over:unit ago/earlier ordinal unit", quarters.quarter),
    ("the? ordinal unit one? over:unit ago/earlier", quarters.quarter),
    ("the unit", periods.bare_unit),
    ("the? corresponding? over:unit ago/earlier unit/period", quarters.bare_quarter),
    ("the year unit/period", quarters.bare_quarter),
    ("last over:unit unit/period", quarters.bare_quarter),
    ("the corresponding? unit/period of? last/this over:unit", quarters.bare_quarter),
    ("the corresponding? unit/period one over:unit ago/earlier", quarters.bare_quarter),
    ("the corresponding/latest period/unit", quarters.bare_quarter),
    ("one unit ago/earlier", quarters.year_ago),
    ("unit ago/earlier", quarters.year_ago),
    ("unit end", periods.year_end),
    ("num/vague/one units/unit ago/earlier/later/hence", periods.ago),
    ("one vague of? units ago/earlier/later", periods.ago),
    ("num/vague/one units/unit from present", periods.ago),
    ("num/vague vague? units/unit", stretches.lasting),
    ("one vague of? units", stretches.lasting),
    ("num and one plus_half:half units", stretches.lasting),
    ("num units and one plus_half:half", stretches.lasting),
    ("half one? unit", stretches.lasting),
    ("the? last/next/past/ordinal num/vague vague? units", stretches.lasting),
    ("one unit", stretches.one_lasting),
    ("the past/last/next unit", stretches.the_past),
    ("units", stretches.bare_units),
    ("the? past/recent/next units", stretches.bare_units),
    ("recent units and units", stretches.bare_units),
    ("every other? num/ordinal? unit/units/weekday/part", stretches.repeated),
    ("weekdays", stretches.repeated),
    ("adverb", stretches.repeating),
    ("present", stretches.ref("PRESENT_REF")),
    ("current", stretches.ref("PRESENT_REF")),
    ("the/at at_hand", stretches.ref("PRESENT_REF")),
    ("these units", stretches.ref("PRESENT_REF")),
    ("pastword", stretches.soon),
    ("futureword", stretches.soon),
    ("recent", stretches.recent),
    ("the/that/this time/moment/point", stretches.the_time),
    ("the past", stretches.in_the("PAST_REF")),
    ("the? near? future", stretches.future),
    ("one later date", stretches.ref("FUTURE_REF")),
    ("clock ampm? zone?", days.clock),
    ("hour ampm zone?", days.clock),
    ("hour oclock", days.clock),
    ("military zone", days.clock),
    ("clockword", days.clock),
)


@cache
def forms() -> dict[str, tuple[Form, ...]]:
    """Give the forms by the kinds that can come first in them."""
    by_first: dict[str, list[Form]] = {}
    for rank, (row, make) in enumerate(_FORMS):
        elements = tuple(_element(word) for word in row.split())
        form = Form(elements, make, rank)
        for element in elements:
            for kind in element.kinds:
                by_first.setdefault(kind, []).append(form)
            if not element.optional:
                break
    return {kind: tuple(found) for kind, found in by_first.items()}


def _element(word: str) -> Element:
    optional = word.endswith("?")
    name, _, kinds = word.rstrip("?").rpartition(":")
    spelled = tuple(kind.replace("named_", "named ").replace("new_", "new ") for kind in kinds.split("/"))
    return Element(spelled, name.replace("plus_", "plus ") or None, optional)


def matched(form: Form, tokens: list[Token], at: int) -> tuple[int, Words] | None:
    """Match a form at a token: where it ends and its words by kind or name; None where it is not there."""
    return _rest(form.elements, 0, tokens, at)


def _rest(
    elements: tuple[Element, ...], element: int, tokens: list[Token], at: int
) -> tuple[int, Words] | None:
    # the depth is that of the form, a dozen at most, whatever the text
    if element == len(elements):
        return at, {}
    place = elements[element]
    if at < len(tokens):
        tags = tokens[at].tags
        for kind in place.kinds:
            if kind in tags and (found := _rest(elements, element + 1, tokens, at + 1)):
                found[1].setdefault(place.name or kind, tags[kind])
                return found
    return _rest(elements, element + 1, tokens, at) if place.optional else None
