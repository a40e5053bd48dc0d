"""A person, state or group over all pages: what it said, did, met with, claims, and who speaks of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import StoreError
from onrecord.store import View, lists
from onrecord.store.facets import Facets, facets
from onrecord.store.filter import Filter
from onrecord.store.lines import Named
from onrecord.store.offices import offices, party_of
from onrecord.store.rows import fold
from onrecord.store.who import Known, who
from onrecord.web.bench import address, asked, back, page, view
from onrecord.web.doors import Door
from onrecord.web.kept import kept
from onrecord.web.routes.find import Found, shown

TABS = ("said", "did", "met", "claims", "spoken", "relations")
SHOWN = 20
_LOOKED = 10  # portions of a list that are looked through for a page of it
_NAMES = 20  # of one name, or near it


@dataclass(frozen=True, slots=True)
class Tab:
    """A list of an actor's page; ``count`` where it is known."""

    name: str
    to: str
    count: int | None


def actor(request: Request) -> Response:
    """Show an actor by id."""
    key = request.path_params["actor_id"]
    known = _who(view(request), key)
    if not known or known[0].actor != key:
        raise HTTPException(404, f"{key}: no such actor")
    return _shown(request, key, known[0])


def actor_named(request: Request) -> Response:
    """Show whoever bears a name; where several do, or none quite, let the reader choose."""
    name, kind = asked(request, "name").replace("\0", ""), asked(request, "type")
    known = _who(view(request), name) if name else ()
    if not known:
        return page(request, "actor.html", status=404 if name else 200, known=None, name=name, others=())
    whole = [k for k in known if _bears(k, name)]
    chosen = [k for k in whole if not kind or k.type == kind]
    if len(chosen) == 1 or (chosen and kind):
        if chosen[0].actor:
            return back(request, f"/actor/{chosen[0].actor}")
        return _shown(request, name, chosen[0], tuple(k for k in known if k is not chosen[0]))
    return page(request, "actor.html", known=None, name=name, others=known)


def party(request: Request) -> Response:
    """Send from a party of a page to what all pages say of it."""
    found = party_of(view(request), request.path_params["page_id"], request.path_params["entity"])
    if found is None:
        raise HTTPException(404, "the page has no such party")
    if found.actor:
        return back(request, f"/actor/{found.actor}")
    return back(request, "/actor?" + urlencode({"name": found.name, "type": found.type}))


def _shown(request: Request, key: str, known: Known, others: tuple[Known, ...] = ()) -> Response:
    seen, tab = view(request), asked(request, "tab")
    tab = tab if tab in TABS else "said"
    trouble, following = "", None
    lines: list[Found] = []
    try:
        lines, following = _lines(seen, tab, key, known, asked(request, "after"))
    except StoreError as error:
        trouble = str(error)
    counts = {"said": known.said, "did": known.did, "met": known.met, "relations": known.relations}
    return page(
        request,
        "actor.html",
        status=400 if trouble else 200,
        known=known,
        key=key,
        name=known.name,
        others=others,
        tab=tab,
        tabs=[Tab(name, address(request, tab=name, after=None), counts.get(name)) for name in TABS],
        lines=lines,
        next=None if following is None else address(request, after=following),
        trouble=trouble,
        offices=kept((seen.store.name, "offices", key), lambda: offices(seen, key)),
        spoken=_spoken(seen, known),
    )


def _lines(seen: View, tab: str, key: str, known: Known, after: str) -> tuple[list[Found], str | None]:
    """Read a page of a tab: what is asked of which list, and which of its lines are wanted."""
    naming = _naming(known)
    if tab == "spoken" and (naming is None or not seen.store.words):
        return [], None
    if tab == "met" and not known.met:  # else all that it did would be looked through for nothing
        return [], None

    def is_met(line: Any) -> bool:
        return any(_is(recipient, known) for recipient in line.recipients)

    def is_another(line: Any) -> bool:
        return line.speaker is None or not _is(line.speaker, known)

    def any_line(line: Any) -> bool:
        return True

    of: dict[str, tuple[Callable[..., lists.Listing[Any]], Filter, Callable[[Any], bool]]] = {
        "said": (lists.statements, Filter(speaker=key), any_line),
        "did": (lists.events, Filter(actor=key), any_line),
        "met": (lists.events, Filter(party=key), is_met),
        "claims": (lists.events, Filter(claimant=key), any_line),
        "spoken": (lists.statements, naming or Filter(), is_another),
        "relations": (lists.relations, Filter(party=key), any_line),
    }
    listed, asks, wanted = of[tab]
    return _read(lambda cursor: listed(seen, asks, limit=SHOWN, after=cursor), after, wanted)


def _read(
    portion: Callable[[str | None], lists.Listing[Any]],
    after: str,
    wanted: Callable[[Any], bool],
) -> tuple[list[Found], str | None]:
    """Take portions of a list until a page is full; a page may be a little longer or, at last, shorter."""
    cursor, found = after or None, []
    for _ in range(_LOOKED):
        listing = portion(cursor)
        found += [shown(line) for line in listing.lines if wanted(line)]
        cursor = listing.next
        if cursor is None or len(found) >= SHOWN:
            break
    return found, cursor


def _spoken(seen: View, known: Known) -> Facets | None:
    """Count who speaks of it, and how: the statements whose words name it."""
    words = _naming(known)
    if words is None or not seen.store.words:
        return None
    found = kept((seen.store.name, "spoken", words), lambda: facets(seen, words, "statements"))
    others = tuple(facet for facet in found.speakers if facet.value != known.name)
    return replace(found, speakers=others)


def _naming(known: Known) -> Filter | None:
    """Ask for the words of its name, as one phrase; None where it has no letter in it."""
    name = known.name.replace('"', " ")
    return Filter(words=f'"{name}"') if any(c.isalnum() for c in name) else None


def _who(seen: View, key: str) -> tuple[Known, ...]:
    return kept((seen.store.name, "who", key), lambda: who(seen, key, limit=_NAMES, examples=1))


def _is(one: Named, known: Known) -> bool:
    return one.actor == known.actor if known.actor else _bears(known, one.name)


def _bears(known: Known, name: str) -> bool:
    names = (known.name, *(alias.words for alias in known.aliases))
    return fold(name) in {fold(one) for one in names}


DOORS = (
    Door("/actor", actor_named),
    Door("/actor/{actor_id}", actor),
    Door("/page/{page_id}/party/{entity}", party),
)
