"""The marks within an article on a record's HTML page: who says what, when, how many, and what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.export import phrases
from onrecord.export.html_parts import text
from onrecord.export.outline import Statement
from onrecord.export.segments import Segment
from onrecord.export.sentences import Teller


class Marker:
    """Marks a page's segments; the keyboard reaches the first passage of each statement's content."""

    def __init__(
        self, statements: Sequence[Statement], page: str, events: Mapping[str, int], teller: Teller
    ) -> None:
        self._statements = statements
        self._page = page
        self._events = events
        self.teller = teller
        self._reached: set[int] = set()
        self._begun: set[str] = set()  # events whose trigger has been met

    def marked(self, segment: Segment) -> str:
        """Give a segment's markup."""
        words = text(segment.text).replace("\n", "<br>")
        if segment.figure:
            words = f'<span class="figure">{words}</span>'
        if segment.time:
            words = f'<time title="{text(phrases.moment(segment.time))}">{words}</time>'
        if segment.events:
            words = self._trigger(segment, words)
        return self._covered(segment, words) if segment.covers else words

    def _trigger(self, segment: Segment, words: str) -> str:
        """Mark a trigger; it leads to the entry of its event, and every event's entry to its first words."""
        title = "; ".join(f"{self.teller.event(event)} [{phrases.manner(event)}]" for event in segment.events)
        number = self._events[segment.events[0].id]
        begun = [event.id for event in segment.events if event.id not in self._begun]
        self._begun.update(begun)
        anchors = "".join(f'<span id="{self._page}w{self._events[name]}"></span>' for name in begun)
        link = f'<a class="trigger" href="#{self._page}v{number}" title="{text(title)}">{words}</a>'
        return anchors + link

    def _covered(self, segment: Segment, words: str) -> str:
        inner = segment.covers[-1]
        classes = [f"s{inner.number}", *dict.fromkeys(f"in{cover.number}" for cover in segment.covers)]
        contents = [cover for cover in segment.covers if cover.part == "content"]
        if contents:
            classes += [self._statements[contents[-1].number].attribution.kind, "q"]
            classes += ["deep"] if len(contents) > 1 else []
        classes += [p for p in ("source", "cue") if any(cover.part == p for cover in segment.covers)]
        who = text("".join(said for _, said in phrases.introduction(self._statements[inner.number])))
        stop = ""
        if inner.part == "content" and inner.number not in self._reached:
            self._reached.add(inner.number)
            stop = f' tabindex="0" aria-describedby="{self._page}n{inner.number}"'
        return f'<span class="{" ".join(classes)}" data-who="{who}"{stop}>{words}</span>'
