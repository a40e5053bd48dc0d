"""Events and relations as plain sentences with their claimants: "On 9 May, A telephoned B (Brandt, RT)".

The sentence is what is claimed; the voices, innermost first, are on whose word, and the page's own is last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.export.dates import spoken
from onrecord.export.outline import Statement
from onrecord.export.phrases import cue, speaker
from onrecord.export.visible import one_line
from onrecord.lexicon.telling import (
    Predicate,
    event_phrases,
    relation_phrases,
    takes_article,
    voice_phrases,
)
from onrecord.record import Date, Entity, Event, Mention, Record, Relation

NOBODY = "an unnamed party"
_TO_THE_DAY = ("day", "hour", "minute", "second")
_DENYING = ("denies", "rejects")
_MODALS = {"negated": "did not", "future": "will", "hypothetical": "might", "requested": "should"}
_BE = {
    "negated": ("was not", "were not"),
    "future": ("will be", "will be"),
    "hypothetical": ("might be", "might be"),
    "requested": ("should be", "should be"),
    "habitual": ("is", "are"),
}
_UNTOLD = {"denied": "denied", "requested": "demanded"}  # the others are in the verb


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is claimed, without a full stop, and by whom; as text both, the claimants in parentheses."""

    said: str
    voices: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.said} ({', '.join(self.voices)})"


class Teller:
    """Says the events and relations of one record."""

    def __init__(self, record: Record, statements: Mapping[str, Statement]) -> None:
        self._statements = statements
        self._entities: dict[str, Entity] = {entity.id: entity for entity in record.entities}
        self._mentions: dict[str, Mention] = {mention.id: mention for mention in record.mentions}
        self._defined = _with_article(record)
        self._page = one_line(record.document.outlet or "") or "this page"

    def event(self, event: Event) -> Sentence:
        """Say an event: when, who, what, to whom, where, and on whose word."""
        words = self._deed(event)
        where = self._mentions[event.place] if event.place is not None else None
        if where is not None and where.entity not in (*event.actors, *event.recipients):
            words += f" in {self._article(where.text, where.entity)}{one_line(where.text)}"
        if when := _when(event.date):
            words = f"{when}, {words}"
        if event.status == "negated":
            return Sentence(_upper(words), self.voices(event.according_to, negated=True))
        return Sentence(_upper(words), self.voices(event.according_to, _UNTOLD.get(event.status, "")))

    def relation(self, relation: Relation) -> Sentence:
        """Say a relation, or that it does not hold."""
        holds, fails = relation_phrases()[relation.type]
        one, several = holds if relation.polarity == "positive" else fails
        subject = self._name(relation.subject)
        verb = several if self._plural([relation.subject]) else one
        words = f"{subject} {verb} {self._name(relation.object)}"
        if relation.date.value is not None:
            words += f", as of {spoken(one_line(relation.date.value))}"
        return Sentence(_upper(words), self.voices(relation.according_to, negated=verb in fails))

    def voices(
        self, according_to: Sequence[str], status: str = "", *, negated: bool = False
    ) -> tuple[str, ...]:
        """Name the claimants, innermost first, with their attitude where it is more than an assertion.

        ``status`` ("denied", "demanded") stands first where no attitude says as much. Beside a sentence that
        is ``negated``, one who denies is only named: the denial is what the sentence says.
        """
        told = []
        for name in according_to:
            statement = self._statements[name]
            attitude = voice_phrases().get(statement.attribution.attitude, "")
            if negated and statement.attribution.attitude in _DENYING:
                attitude = ""
            told.append(f"{attitude} {self.voice(statement)}".lstrip())
        innermost = self._statements[according_to[0]].attribution.attitude if according_to else "asserts"
        plain = innermost not in voice_phrases()
        if status == "denied":
            plain = not any(self._statements[name].attribution.attitude == "denies" for name in according_to)
        if status and plain:
            told[:1] = [f"{status} by {told[0]}"] if told else [status]
        return (*told, self._page)

    def voice(self, statement: Statement) -> str:
        """Name a claimant; "unnamed" with the cue's words where the page names nobody."""
        if statement.speaker is None and not statement.attribution.source:
            words = cue(statement.attribution)
            return f"unnamed: “{words}”" if words else "unnamed"
        return speaker(statement)

    def _deed(self, event: Event) -> str:
        phrases = event_phrases(event.type, event.mode)
        actors, recipients = event.actors, event.recipients
        if len(actors) > 1 and set(actors) == set(recipients):
            return f"{self._names(actors)} {_said(phrases.mutual, event.status, plural=True)}"
        if not actors and recipients:
            plural = self._plural(recipients)
            return f"{self._names(recipients)} {_said(phrases.recipient, event.status, plural=plural)}"
        # A party that is both, beside others that are only one, is told once: as an actor.
        others = [name for name in recipients if name not in actors] or recipients
        doers = self._names(actors) if actors else NOBODY
        predicate = phrases.both if others else phrases.actor
        words = f"{doers} {_said(predicate, event.status, plural=self._plural(actors))}"
        return words.replace("{}", self._names(others), 1)

    def _names(self, names: Sequence[str]) -> str:
        told = [self._name(name) for name in names]
        return f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else "".join(told)

    def _name(self, name: str) -> str:
        # Braces stand for the recipient while a sentence is put together.
        words = one_line(self._entities[name].name).replace("{", "(").replace("}", ")")
        first, _, rest = words.partition(" ")
        if first in ("The", "A", "An") and rest:
            return f"{first.lower()} {rest}"
        return f"{self._article(words, name)}{words}"

    def _article(self, words: str, entity: str) -> str:
        return "the " if (entity, words) in self._defined or takes_article(words) else ""

    def _plural(self, names: Sequence[str]) -> bool:
        if len(names) != 1:
            return len(names) > 1
        name = self._entities[names[0]].name
        last = name.rpartition(" ")[2]
        common = last.islower() and last.endswith("s") and not last.endswith(("ss", "us", "is"))
        return common or last in ("people", "police", "personnel", "troops", "men", "women", "children")


def _with_article(record: Record) -> frozenset[tuple[str, str]]:
    """Give the names, of what is no person, that the page itself mostly says "the" before."""
    text, count = record.document.text, Counter[tuple[str, str]]()
    people = {entity.id for entity in record.entities if entity.type == "person"}
    # Of "the Gray Front", the article is not that of "Gray".
    reach: dict[int, int] = {}
    for mention in record.mentions:
        reach[mention.start] = max(mention.end, reach.get(mention.start, 0))
    for mention in record.mentions:
        whole = mention.end == reach[mention.start]
        if whole and mention.kind == "name" and mention.entity not in people:
            the = text[max(0, mention.start - 4) : mention.start].lower() == "the "
            count[mention.entity, mention.text] += 1 if the else -1
    return frozenset(name for name, more in count.items() if more > 0)


def _said(predicate: Predicate, status: str, *, plural: bool) -> str:
    """Put a predicate into the tense or mood that its status asks for."""
    base, past = predicate.base, predicate.past
    if base == "be":
        verb = _BE.get(status, ("was", "were"))[plural]
    elif modal := _MODALS.get(status):
        verb = f"{modal} {base}"
    elif status == "habitual":
        verb = base if plural else _third(base)
    else:
        verb = past
    return f"{verb} {predicate.rest}".rstrip()


def _third(base: str) -> str:
    if base == "have":
        return "has"
    if base.endswith(("s", "sh", "ch", "x", "o")):
        return f"{base}es"
    if base.endswith("y") and base[-2] not in "aeou":
        return f"{base[:-1]}ies"
    return f"{base}s"


def _when(date: Date) -> str:
    """Say a date before a sentence; empty where it is not known."""
    if date.value is None:
        return ""
    words = spoken(one_line(date.value))
    return f"{'On' if date.precision in _TO_THE_DAY else 'In'} {words}"


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
