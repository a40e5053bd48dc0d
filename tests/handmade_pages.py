"""Many small pages made by hand: several outlets, days and claimants, and one page that means harm."""

from __future__ import annotations

from collections.abc import Iterator

from handmade import find, story_record
from handmade_events import Builder, harbor_record

from onrecord.record import Date, Figure, Link, Media, Record, Role
from onrecord.store.stored import Failed, Stored

OUTLETS = ("The Harbor Ledger", "Arden Wire", "Kelland Times")
HOSTILE = "<script>alert(1)</script>\"'&"
"""What must never come out of a page as it went in."""


def toll_record(
    outlet: str, day: str, speaker: str, toll: int, *, denier: str = "Kelland", attitude: str = "accuses"
) -> Record:
    """Make a page on which somebody gives a toll and somebody denies it."""
    text = (
        f"{speaker} counts {toll} dead in Port Vey\n\n"
        f"The envoy {speaker} said on {day} that Kelland jets bombed the quay, killing {toll} dockers. "
        f"{denier} denied that any jet had bombed the quay.\n\nArden supports {speaker}."
    )
    b = Builder(text)
    office = find(text, "The envoy")
    who = b.party(
        speaker, "person", country="ISL", sectors=("GOV",), aliases=(f"Envoy {speaker}",),
        roles=(Role("envoy", office.start, office.end, office.text),),
    )  # fmt: skip
    jets = b.party("Kelland", "place", country="MLT", sectors=("MIL",))
    quay = b.party("the quay", "other")
    other = jets if denier == "Kelland" else b.party(denier, "person", country="MLT")
    arden = b.party("Arden", "place", country="FJI")
    told = b.says(
        f"The envoy {speaker}", "said", f"that Kelland jets bombed the quay, killing {toll} dockers", who,
        attitude=attitude,
    )  # fmt: skip
    nth = 1 if denier == "Kelland" else 0
    denied = b.says(denier, "denied", "that any jet had bombed the quay", other, nth=nth, attitude="denies")
    spoken = find(text, day)
    date = Date(day, "day", "text", spoken)
    strike = b.happens(
        "ASSAULT", find(text, "bombed"), jets, quay, mode="aerial", date=date, according_to=(told,),
        happening="h1",
    )  # fmt: skip
    b.happens(
        "ASSAULT", find(text, "bombed", nth=1), jets, quay, mode="aerial", according_to=(denied,),
        status="denied", happening="h1",
    )  # fmt: skip
    b.relates(arden, "supports", who, f"Arden supports {speaker}")
    return b.record(
        document={
            "outlet": outlet, "title": find(text, text.split("\n")[0]),
            "uri": f"https://example.org/{outlet.split()[0].lower()}/{day}",
            "published": Date(day, "day", "metadata"),
        },
        figures=(
            Figure("f1", toll, None, None, False, "person", "killed", find(text, f"{toll} dockers"), (told,),
                   strike),
        ),
    )  # fmt: skip


def hostile_record() -> Record:
    """Make a page of which every word, name and address would do harm if it were believed."""
    text = (
        f"{HOSTILE} headline\n\n{HOSTILE} said that {HOSTILE} harbor ships bombed {HOSTILE} quay, "
        f"killing 7 {HOSTILE} dockers."
    )
    b = Builder(text)
    who = b.party(
        HOSTILE, "person", sectors=("GOV",), aliases=(f"{HOSTILE} alias",),
        roles=(Role(HOSTILE, *_ends(find(text, HOSTILE, nth=1))),),
    )  # fmt: skip
    quay = b.party(f"{HOSTILE} quay", "other")
    content = text[text.index("that ") : text.index(" dockers") + 8]
    told = b.says(HOSTILE, "said", content, who, nth=1)
    strike = b.happens("ASSAULT", "bombed", who, quay, according_to=(told,))
    b.relates(who, "opposes", quay, f"{HOSTILE} harbor ships bombed {HOSTILE} quay", according_to=(told,))
    evidence = find(text, f"7 {HOSTILE} dockers")
    return b.record(
        document={
            "outlet": HOSTILE, "title": find(text, f"{HOSTILE} headline"), "uri": "javascript:alert(1)",
            "authors": (HOSTILE,), "published": Date("1962-11-30", "day", "metadata"),
            "links": (Link("javascript:alert(1)", HOSTILE),),
            "media": (Media("image", "javascript:alert(1)", HOSTILE),),
        },
        figures=(Figure("f1", 7, None, None, False, HOSTILE, "killed", evidence, (told,), strike),),
    )  # fmt: skip


def stored_pages() -> Iterator[Stored]:
    """Give the pages of the fixture store; their locators are their names."""
    yield Stored(story_record(), "story")
    yield Stored(harbor_record(), "harbor")
    speakers = ("Ana Brandt", "Premier Oda", "Harbor Watch")
    for number in range(30):
        day = f"1962-{10 + number // 12}-{1 + number % 12 * 2:02}"
        record = toll_record(
            OUTLETS[number % 3], day, speakers[number % 3 if number % 2 else number // 2 % 3], 12 + number,
            denier="Kelland" if number % 5 else "General Sollis",
            attitude="accuses" if number % 4 else "asserts",
        )  # fmt: skip
        yield Stored(record, f"toll-{number}", "feed")
    yield Stored(hostile_record(), f"hostile {HOSTILE}")


def failed_pages() -> Iterator[Failed]:
    """Give pages that could not be read."""
    yield Failed("https://example.org/gone", "feed", "not-fetched", "the site says 404", 2)
    yield Failed("scan.pdf", "folder", "unreadable", "this is a PDF; give its text")
    yield Failed(HOSTILE, HOSTILE, "unreadable", HOSTILE)


def _ends(span: object) -> tuple[int, int, str]:
    return span.start, span.end, span.text  # type: ignore[attr-defined]
