"""A record made by hand in which things happen: told, denied, planned, demanded, and by whom."""

from __future__ import annotations

from dataclasses import dataclass, field

from handmade import document_of, find, record_of

from onrecord.lexicon.plover import scores
from onrecord.record import (
    Attribution,
    Date,
    Entity,
    Event,
    Figure,
    Mention,
    Place,
    Record,
    Relation,
    Time,
)
from onrecord.span import Span

HARBOR = """Kelland jets bomb Port Vey, says envoy

On Tuesday, the envoy, Ana Brandt, said that the harbor master had told her that Kelland jets bombed the \
quay in Port Vey, killing 12 dockers since dawn. Kelland denied bombing the quay.

President Ruiz and Premier Oda spoke by telephone. Ruiz will visit Arden in May, aides told us. Arden \
regularly supplies weapons to the Free Column.

Allegedly, the Free Column seized three trucks. Oda demanded that Kelland withdraw from Port Vey. Kelland \
and Arden did not meet. The mayor was arrested. Brandt added: she supports Arden."""

UNKNOWN = Date(None, None, "none stated")


@dataclass(slots=True)
class Builder:
    """Builds a record from the words of a text: entities and statements first, then what refers to them."""

    text: str
    entities: dict[str, Entity] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    statements: list[Attribution] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)

    def party(self, name: str, kind: str, words: str | None = None, **fields: object) -> str:
        """Add an entity with its first mention; give its id."""
        key = f"e{len(self.entities) + 1}"
        self.entities[key] = Entity(key, name, kind, **fields)  # type: ignore[arg-type]
        self.mention(key, words or name)
        return key

    def mention(self, key: str, words: str, nth: int = 0) -> str:
        """Add a mention of an entity; give its id."""
        span, name = find(self.text, words, nth=nth), f"m{len(self.mentions) + 1}"
        self.mentions.append(Mention(name, span.start, span.end, span.text, "name", key))
        return name

    def says(
        self, source: str, cue: str, content: str, speaker: str | None, *, nth: int = 0, **fields: object
    ) -> str:
        """Add a statement; give its id. ``nth`` is which of the source's words, ``speaker`` who they are."""
        key = f"a{len(self.statements) + 1}"
        reason = None if speaker else "not resolved" if source else "none named"
        plain: dict[str, object] = {"kind": "indirect", "attitude": "asserts", "score": 0.9}
        self.statements.append(
            Attribution(
                id=key,
                source=(find(self.text, source, nth=nth),) if source else (),
                cue=(find(self.text, cue),),
                content=(find(self.text, content),),
                speaker=speaker,
                speaker_reason=reason,
                **{**plain, **fields},  # type: ignore[arg-type]
            )
        )
        return key

    def happens(
        self, kind: str, trigger: Span | str, actors: str = "", recipients: str = "", **fields: object
    ) -> str:
        """Add an event; actors and recipients are ids, parted by blanks. Give its id."""
        key = f"v{len(self.events) + 1}"
        span = find(self.text, trigger) if isinstance(trigger, str) else trigger
        mode = fields.get("mode")
        plain: dict[str, object] = {
            "mode": None, "contexts": (), "date": UNKNOWN, "place": None, "status": "asserted",
            "according_to": (), "evidence": span, "factuality": 2.5, "score": 0.8, "happening": f"h{key[1:]}",
            "mentions": (span,), "quad": scores(kind, mode if isinstance(mode, str) else None).quad,
        }  # fmt: skip
        given = {**plain, **fields}
        self.events.append(
            Event(
                id=key,
                type=kind,  # type: ignore[arg-type]
                trigger=span,
                actors=tuple(actors.split()),
                recipients=tuple(recipients.split()),
                **given,  # type: ignore[arg-type]
            )
        )
        return key

    def relates(self, subject: str, kind: str, other: str, evidence: str, **fields: object) -> str:
        """Add a relation; give its id."""
        key, span = f"r{len(self.relations) + 1}", find(self.text, evidence)
        plain: dict[str, object] = {"according_to": ()}
        self.relations.append(
            Relation(key, subject, other, kind, span, **{**plain, **fields})  # type: ignore[arg-type]
        )
        return key

    def record(self, **fields: object) -> Record:
        """Give the record, checked."""
        document: dict[str, object] = fields.pop("document", {})  # type: ignore[assignment]
        return record_of(
            document_of(self.text, **document),
            entities=tuple(self.entities.values()),
            mentions=tuple(self.mentions),
            attributions=tuple(self.statements),
            events=tuple(self.events),
            relations=tuple(self.relations),
            **fields,
        )


def harbor_record() -> Record:
    """Make a record with events in every status, relations, figures and places."""
    b = Builder(HARBOR)
    jets = b.party("Kelland", "place", country=None, sectors=("MIL",))
    brandt = b.party("Ana Brandt", "person", sectors=("GOV",))
    master = b.party("the harbor master", "person")
    quay = b.party("the quay", "other")
    ruiz = b.party("President Ruiz", "person")
    oda = b.party("Premier Oda", "person")
    arden = b.party("Arden", "place")
    column = b.party("the Free Column", "organization", sectors=("REB",))
    trucks = b.party("three trucks", "other")
    mayor = b.party("The mayor", "person")
    vey = b.party("Port Vey", "place")
    in_vey = b.mention(vey, "Port Vey", nth=1)
    day, month = find(HARBOR, "Tuesday"), find(HARBOR, "May")
    tuesday = Date("1962-10-23", "day", "text", day)
    outer = b.says(
        "the envoy, Ana Brandt,", "said",
        "that the harbor master had told her that Kelland jets bombed the quay in Port Vey, killing 12 "
        "dockers since dawn", brandt,
    )  # fmt: skip
    inner = b.says(
        "the harbor master", "had told",
        "that Kelland jets bombed the quay in Port Vey, killing 12 dockers since dawn", master, within=outer,
    )  # fmt: skip
    denial = b.says("Kelland", "denied", "bombing the quay", jets, nth=2, attitude="denies")
    aides = b.says("aides", "told us", "Ruiz will visit Arden in May", None)
    alleged = b.says("", "Allegedly", "the Free Column seized three trucks", None)
    wish = b.says("Oda", "demanded", "that Kelland withdraw from Port Vey", oda, nth=1, attitude="orders")
    praise = b.says("Brandt", "added", "she supports Arden", brandt, nth=1)
    bombed, bombing = find(HARBOR, "bombed"), find(HARBOR, "bombing")
    air: dict[str, object] = {
        "mode": "aerial", "contexts": ("military",), "happening": "h1", "mentions": (bombed, bombing),
    }  # fmt: skip
    strike = b.happens(
        "ASSAULT", bombed, jets, quay, date=tuesday, place=in_vey, according_to=(inner, outer), **air
    )
    b.happens("ASSAULT", bombing, jets, quay, according_to=(denial,), status="denied", **air)
    both = f"{ruiz} {oda}"
    b.happens("CONSULT", "spoke by telephone", both, both, mode="phone", contexts=("diplomatic",))
    b.happens(
        "CONSULT", "visit", ruiz, arden, mode="visit", status="future", according_to=(aides,),
        date=Date("1963-05", "month", "text", month),
    )  # fmt: skip
    arms = b.happens("AID", "supplies", arden, column, mode="military", status="habitual")
    b.happens("COERCE", "seized", column, trucks, mode="seize", according_to=(alleged,))
    b.happens("RETREAT", "withdraw", jets, vey, mode="withdraw", status="requested", according_to=(wish,))
    talks = f"{jets} {arden}"
    b.happens("CONSULT", "meet", talks, talks, status="negated")
    b.happens("COERCE", "arrested", "", mayor, mode="arrest")
    b.happens("SUPPORT", "supports", brandt, arden, according_to=(praise,), status="habitual")
    b.relates(arden, "arms", column, "Arden regularly supplies weapons to the Free Column", events=(arms,))
    b.relates(
        jets, "fights", quay, "Kelland denied bombing the quay", polarity="negative", according_to=(denial,)
    )
    b.relates(
        brandt, "supports", arden, "Brandt added: she supports Arden", according_to=(praise,),
        attributions=(praise,), date=tuesday, score=0.7,
    )  # fmt: skip
    figure = Figure(
        "f1", 12, None, None, False, "person", "killed", find(HARBOR, "12 dockers"), (inner, outer), strike,
        find(HARBOR, "since dawn"),
    )  # fmt: skip
    return b.record(
        document={"outlet": "The Harbor Ledger", "title": find(HARBOR, HARBOR.split("\n")[0])},
        figures=(figure,),
        times=(Time(day.start, day.end, day.text, "DATE", "1962-10-23"),),
        places=(Place(in_vey, "Port Vey", "KEL", -12.5, 44.25, 1234567),),
    )
