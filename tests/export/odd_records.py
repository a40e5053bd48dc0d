"""Records for property tests: odd texts, and entries on any stretch of them."""

from __future__ import annotations

from handmade import document_of, record_of
from hypothesis import strategies as st

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
    Role,
    Time,
)
from onrecord.span import Span

# Emoji (two UTF-16 units), joiners, combining marks, right-to-left, every kind of line break, tabs, quotes,
# a byte order mark, NUL, what separated values and standoff lines part by, and formulas' first signs.
LETTERS = (
    "ab Zé9'’\"“”.,;:|\\/{}[]<>&#%_$=+-@~^"
    "\t\n\r\x0b\x0c\x00\x1c\x85\u2028\u200d\u202e\ufeffשם😀👩e\u0301名\U0001f1eb"
)
texts = st.text(alphabet=LETTERS, min_size=1, max_size=60)
names = st.text(alphabet=LETTERS, min_size=1, max_size=12)
codes = st.one_of(st.none(), st.sampled_from(("USA", "SYR", "NA", "001")))
UNDATED = Date(None, None, "none stated")


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Draw a record whose every span lies anywhere in its text."""
    text = draw(texts)

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span.cut(text, start, draw(st.integers(start + 1, len(text))))

    def spans(least: int, most: int) -> tuple[Span, ...]:
        found = sorted({span() for _ in range(draw(st.integers(least, most)))})
        return tuple(
            s
            for before, s in zip((None, *found), found, strict=False)
            if before is None or s.start >= before.end
        )

    ends = lambda s: (s.start, s.end, s.text)  # noqa: E731
    entities = tuple(
        Entity(
            f"e{n}", draw(names), draw(st.sampled_from(("person", "organization", "place", "other"))),
            draw(codes),
            draw(st.sampled_from(((), ("GOV",), ("REB", "MIL")))),
            tuple(Role(draw(names), *ends(s)) for s in spans(0, 1)), tuple(draw(st.lists(names, max_size=2))),
        )
        for n in range(1, 4)
    )  # fmt: skip
    keys = st.sampled_from(("e1", "e2", "e3"))
    mentions = tuple(
        Mention(f"m{n}", *ends(span()), draw(st.sampled_from(("name", "nominal"))), draw(keys))
        for n in range(1, draw(st.integers(1, 4)))
    )  # fmt: skip
    statements = tuple(
        Attribution(
            f"a{n}", draw(st.sampled_from(("direct", "indirect"))), spans(0, 2), spans(0, 1), spans(1, 3),
            "e1" if n == 1 else None, None if n == 1 else "not resolved",
            draw(st.sampled_from(("asserts", "denies", "supports"))), within="a1" if n == 2 else None,
        )
        for n in range(1, draw(st.integers(1, 4)))
    )  # fmt: skip
    chain = (statements[0].id,) if statements else ()
    events = tuple(
        Event(
            f"v{n}", draw(st.sampled_from(("ASSAULT", "SUPPORT"))), None, (), trigger, (draw(keys),),
            (draw(keys),), draw(st.sampled_from((UNDATED, Date("2015-Q3", "quarter", "text")))),
            None, draw(st.sampled_from(("asserted", "denied"))), chain, span(), "material_conflict", -1.5,
            0.5,
            f"h{n}", (trigger,),
        )
        for n, trigger in enumerate(spans(0, 2), 1)
    )  # fmt: skip
    relations = tuple(
        Relation(f"r{n}", draw(keys), draw(keys), "supports", s, chain) for n, s in enumerate(spans(0, 2), 1)
    )
    figures = tuple(
        Figure(f"f{n}", draw(st.integers(0, 9)), None, None, False, draw(names), "killed", s, chain)
        for n, s in enumerate(spans(0, 2), 1)
    )
    times = tuple(Time(*ends(s), "DATE", None, "vague") for s in spans(0, 2))
    places = tuple(Place(m.id, draw(names), draw(codes), 1.5, None, 7) for m in mentions[:1])
    return record_of(
        document_of(
            text, outlet=draw(st.one_of(st.none(), names)), authors=tuple(draw(st.lists(names, max_size=2)))
        ),
        entities=entities, mentions=mentions, attributions=statements, events=events, relations=relations,
        figures=figures, times=times, places=places,
    )  # fmt: skip
