"""Pages to search, made by hand: the same story told by several outlets on several days."""

from __future__ import annotations

from dataclasses import replace

from handmade import document_of, find, record_of, story_record
from handmade_events import harbor_record

from onrecord.record import Attribution, Date, Entity, Mention, Record
from onrecord.store import Store, Stored


def note(
    words: str, speaker: str, *, day: str | None, outlet: str = "The Gazette", country: str | None = None
) -> Record:
    """Make a page on which one speaker says one thing: "Ana said that <words>."."""
    text = f"{speaker} said that {words}."
    name = find(text, speaker)
    date = Date(day, "day", "given") if day else Date(None, None, "the page does not say")
    return record_of(
        document_of(text, outlet=outlet, published=date),
        mentions=(Mention("m1", name.start, name.end, name.text, "name", "e1"),),
        entities=(Entity("e1", speaker, "person", country, ("GOV",)),),
        attributions=(
            Attribution(
                "a1", "indirect", (name,), (find(text, "said"),), (find(text, f"that {words}"),), "e1", None,
                "asserts",
            ),
        ),
    )  # fmt: skip


def fill(store: Store) -> None:
    """Put two rich pages and a dozen small ones in."""
    day = "1962-10-{:02}".format
    notes = [
        Stored(
            note(f"{n} café ships sailed", f"Speaker {n % 3}", day=day(n + 1) if n % 4 else None,
                 outlet=f"Outlet {n % 2}", country=("RUS", "USA", None)[n % 3]),
            f"note{n}",
        )
        for n in range(12)
    ]  # fmt: skip
    harbor = harbor_record()
    again = replace(story_record())
    store.writer().add([Stored(story_record(), "a"), Stored(harbor, "b"), Stored(again, "c"), *notes])
