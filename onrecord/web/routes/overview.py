"""The front page, what could not be read, what onrecord is, and the two choices of the reader's own."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import dropwhile, islice
from xml.sax.saxutils import escape, quoteattr

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from onrecord import __version__
from onrecord.store.filter import Filter
from onrecord.store.search import search
from onrecord.web.bench import asked, back, bench, page, translated, user, view
from onrecord.web.doors import Door
from onrecord.web.keeping import saved
from onrecord.web.kept import kept
from onrecord.web.language import LANGUAGES
from onrecord.web.trash import hidden

_NEWEST = 12
_FAILED = 100
_YEAR = 366 * 24 * 3600
THEMES = ("light", "dark")


def overview(request: Request) -> Response:
    """Show the newest pages and how much there is; over an empty store, how to begin."""
    seen = view(request)
    counts = kept((seen.store.name, "counts"), seen.counts)
    newest = search(seen, Filter(), what="articles", order="day", limit=2 * _NEWEST) if counts.pages else None
    if newest is not None:
        away = hidden(seen.store)
        shown = tuple(line for line in newest.lines if line.page_id not in away)
        newest = replace(newest, lines=shown[:_NEWEST])
    recent = saved(seen.store, user(request).account)[:5]
    return page(request, "overview.html", counts=counts, newest=newest, store=seen.store.name, recent=recent)


def failures(request: Request) -> Response:
    """Show the pages that gave no record, each with its reason."""
    seen, reason, after = view(request), asked(request, "reason"), asked(request, "after")
    failed = list(seen.failures())
    reasons = sorted(Counter(f.reason for f in failed).items(), key=lambda pair: (-pair[1], pair[0]))
    wanted = (f for f in failed if not reason or f.reason == reason)
    lines = list(islice(dropwhile(lambda f: bool(after) and f.locator <= after, wanted), _FAILED + 1))
    return page(
        request,
        "failures.html",
        lines=lines[:_FAILED],
        reasons=reasons,
        reason=reason,
        total=len(failed),
        next=lines[_FAILED - 1].locator if len(lines) > _FAILED else None,
    )


def about(request: Request) -> Response:
    """Say what onrecord is, what it promises and which keys it knows."""
    return page(request, "about.html", version=__version__)


def settings(request: Request) -> Response:
    """Keep the reader's language and theme in cookies, and go back to where they were."""
    form: FormData = request.state.form
    language, theme, to = (str(form.get(name, "")) for name in ("language", "theme", "back"))
    answer = back(request, to)
    for name, value, known in (("language", language, LANGUAGES), ("theme", theme, THEMES)):
        if value in known:
            answer.set_cookie(
                name, value, max_age=_YEAR, httponly=True, samesite="lax",
                secure=bench(request).settings.secure,
            )  # fmt: skip
        elif name in form:
            answer.delete_cookie(name, httponly=True, samesite="lax", secure=bench(request).settings.secure)
    return answer


def description(request: Request) -> Response:
    """Describe the search to a browser, so that it can be asked from the address bar (OpenSearch 1.1)."""
    site = str(request.base_url)
    to = quoteattr(f"{site}search?q={{searchTerms}}")
    icon = escape(f"{site}static/mark.svg")
    said = escape(translated(request, "Statements, events and figures on record"))
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>onrecord</ShortName><Description>{said}</Description>\n"
        f'<InputEncoding>UTF-8</InputEncoding><Image type="image/svg+xml">{icon}</Image>\n'
        f'<Url type="text/html" template={to}/>\n</OpenSearchDescription>\n'
    )
    return Response(xml, media_type="application/opensearchdescription+xml")


DOORS = (
    Door("/", overview),
    Door("/failures", failures),
    Door("/about", about, needs="anyone"),
    Door("/settings", settings, needs="anyone", methods=("POST",)),
    Door("/search.xml", description, needs="anyone"),
)
