"""The entries of a record by their ids, each with the account of why it exists."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from onrecord.explain.account import Account, Fact
from onrecord.explain.named import Named
from onrecord.explain.words import Places, dated, quote, shortened
from onrecord.export import phrases
from onrecord.export.outline import chains, outline
from onrecord.export.sentences import Teller
from onrecord.export.visible import one_line
from onrecord.lexicon.lines import line_of, lines_for
from onrecord.lexicon.plover import VERSION, scores
from onrecord.record import Attribution, Entity, Event, Figure, Mention, Record, Relation

_REASONS = {
    "none named": "null: the page names nobody",
    "not resolved": "null: the source's words meet no entity",
    "several named": "null: the source's words name more than one",
}

_Entry = Attribution | Event | Relation | Figure | Entity | Mention


class Entries:
    """Accounts for the entries of one record."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._statements = chains(outline(record))
        self._teller = Teller(record, self._statements)
        self._places = Places(record.document.text)
        self._named = Named(record, self._places)
        self._events = {event.id: event for event in record.events}
        self._tellings: dict[str, list[str]] = {}
        for event in record.events:
            self._tellings.setdefault(event.happening, []).append(event.id)
        groups: tuple[tuple[_Entry, ...], ...] = (
            record.attributions, record.events, record.relations, record.figures,
            record.entities, record.mentions,
        )  # fmt: skip
        self.ids: dict[str, _Entry] = {entry.id: entry for group in groups for entry in group}

    def account(self, name: str) -> Account:
        """Give the account of an entry by its id; KeyError for an unknown one."""
        match self.ids[name]:
            case Attribution() as statement:
                return self._attribution(statement)
            case Event() as event:
                return self._event(event)
            case Relation() as relation:
                return self._relation(relation)
            case Figure() as figure:
                return self._figure(figure)
            case Entity() as entity:
                return self._named.entity(entity)
            case Mention() as mention:
                return self._named.mention(mention)

    def known(self) -> str:
        """Say which ids there are: "a1 to a7, v1"."""
        runs = [list(ids) for _, ids in groupby(self.ids, key=lambda name: name.rstrip("0123456789"))]
        told = [run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
        return one_line(", ".join(told)) or "none at all"

    def _attribution(self, a: Attribution) -> Account:
        statement = self._statements[a.id]
        said = "".join(words for _, words in phrases.introduction(statement))
        facts = [
            *[Fact("" if n else "source", quote(span)) for n, span in enumerate(a.source)],
            *[Fact("" if n else "cue", quote(span)) for n, span in enumerate(a.cue)],
            *[Fact("" if n else "content", quote(span)) for n, span in enumerate(a.content)],
            *self._places.sentences((*a.source, *a.cue, *a.content[:1])),
            Fact("kind", f"{a.kind}, by the quotation marks about the content"),
            *self._named.speaker(a, _REASONS),
            *self._attitude(a),
        ]
        if a.addressees:
            facts.append(Fact("said to", self._named.names(a.addressees)))
        if a.within is not None:
            facts += self._chain(self._holders(a.within), "within")
        facts.append(Fact("score", f"{a.score:.2f}, of the model that found cue and content"))
        return Account(a.id, "statement", one_line(said), tuple(facts))

    def _holders(self, name: str | None) -> list[str]:
        found = []
        while name is not None:
            found.append(name)
            name = self._statements[name].attribution.within
        return found

    def _attitude(self, a: Attribution) -> list[Fact]:
        lines = lines_for("cues", " ".join(span.text for span in a.cue))
        facts = [Fact("attitude", a.attitude)]
        facts += [Fact("", f"“{line.cells[0]}” tells: {line.cells[1]} ({line})") for line in lines]
        if not lines:
            facts.append(Fact("", "no word of the cue is in lexicon/cues.tsv; a plain statement asserts"))
        elif a.attitude not in {line.cells[1] for line in lines}:
            facts.append(Fact("", "turned by a negation or a refusal in the cue, or by the content's form"))
        return facts

    def _event(self, event: Event) -> Account:
        told = self._teller.event(event)
        row = scores(event.type, event.mode)
        line = line_of("plover", row.type, row.mode)
        goldstein = f"{row.goldstein:+.1f} (CAMEO {row.cameo})" if row.goldstein is not None else "none"
        facts = [
            *self._places.quoted("trigger", (event.trigger,)),
            Fact("type", f"{phrases.manner(event)}, by the trigger's words in their sentence"),
            Fact("weight", f"{event.quad}, PLOVER {row.plover:+.1f}, Goldstein {goldstein}"),
            Fact("", f"{line}, of version {VERSION} of the table" + (f": {row.note}" if row.note else "")),
            Fact("actors", self._named.names(event.actors) or "none: the words name nobody who did it"),
            Fact("recipients", self._named.names(event.recipients) or "none"),
            Fact("date", dated(event.date)),
            *self._named.place(event.place),
            Fact("status", f"{event.status}, factuality {event.factuality:+.1f} on a scale from -3 to 3"),
            *self._chain(event.according_to),
            *self._happening(event),
            Fact("score", f"{event.score:.2f}, of the model that found it"),
        ]
        return Account(event.id, "event", str(told), tuple(facts))

    def _happening(self, event: Event) -> list[Fact]:
        others = [name for name in self._tellings.get(event.happening, ()) if name != event.id]
        facts = []
        if event.happening and others:
            facts.append(Fact("told again", f"as {', '.join(others)}: one happening, {event.happening}"))
        elsewhere = [span for span in event.mentions if span != event.trigger]
        return facts + self._places.quoted("also in", elsewhere)

    def _relation(self, relation: Relation) -> Account:
        told = self._teller.relation(relation)
        drawn = [(name, self._teller.event(self._events[name]).said) for name in relation.events]
        for name in relation.attributions:
            introduction = phrases.introduction(self._statements[name])
            drawn.append((name, one_line("".join(words for _, words in introduction))))
        facts = [
            Fact("type", f"{relation.type}, {relation.polarity}"),
            Fact("subject", self._named.names((relation.subject,))),
            Fact("object", self._named.names((relation.object,))),
            *self._places.quoted("evidence", (relation.evidence,)),
            *[Fact("" if n else "drawn from", f"{name}: {words}") for n, (name, words) in enumerate(drawn)],
            Fact("date", dated(relation.date)),
            *self._chain(relation.according_to),
            Fact("score", f"{relation.score:.2f}"),
        ]
        return Account(relation.id, "relation", str(told), tuple(facts))

    def _figure(self, figure: Figure) -> Account:
        sentence = self._places.sentence(figure.evidence.start)
        units = lines_for("figure_units", figure.evidence.text)
        kinds = [line for line in lines_for("figure_kinds", sentence) if line.cells[1] == figure.kind]
        bound = "" if figure.value is not None else f"from {figure.low} to {figure.high}".replace("None", "…")
        facts = [
            *self._places.quoted("evidence", (figure.evidence,)),
            Fact("value", bound or str(figure.value)),
            Fact("unit", figure.unit),
            *[Fact("", f"“{line.cells[0]}” counts: {line.cells[1]} ({line})") for line in units],
            Fact("kind", figure.kind or "none: no word near the number tells"),
            *[Fact("", f"“{line.cells[0]}” tells: {line.cells[1]} ({line})") for line in kinds],
        ]
        if figure.period is not None:
            facts.append(Fact("period", quote(figure.period)))
        if figure.event is not None:
            said = self._teller.event(self._events[figure.event]).said
            facts.append(Fact("event", f"{figure.event}: {said}"))
        facts += self._chain(figure.according_to)
        return Account(figure.id, "figure", phrases.reported(figure), tuple(facts))

    def _chain(self, chain: Sequence[str], label: str = "according to") -> list[Fact]:
        """Spell a chain out, innermost first, name by name, the page's own voice last."""
        facts = []
        for number, name in enumerate(chain, 1):
            statement = self._statements[name]
            words = phrases.cue(statement.attribution)
            manner = f" (“{shortened(words)}”: {statement.attribution.attitude})" if words else ""
            facts.append(f"{number}. {self._teller.voice(statement)}, in {name}{manner}")
        outlet = one_line(self._record.document.outlet or "")
        facts.append(f"{len(facts) + 1}. the page itself{f', of {outlet}' if outlet else ''}")
        return [Fact(label if not n else "", words) for n, words in enumerate(facts)]
