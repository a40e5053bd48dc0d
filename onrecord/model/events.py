"""Events as the model sees them: triggers with their types, and for each its parties and qualities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from onrecord.model.card import Card
from onrecord.model.decoding import Floats, Words, best_paths, bucket, softmax
from onrecord.model.found import FoundEvent, Party, Place
from onrecord.model.labels import CONTEXTS, EVENT_TYPES, PARTIES, STATUSES, TRIGGERS, TYPED_MODES

if TYPE_CHECKING:
    import onnxruntime

REACHED = 48  # words to either side of a trigger that are read for its parties
MOST_EVENTS = 60  # a window of war reporting has about twenty
_SURE_OF_MODE = 0.6  # below, the mode is not known
_FIRST_TYPE = TRIGGERS.index(f"B-{EVENT_TYPES[0]}")


def triggers(odds: Floats, least: float) -> list[tuple[Words, int, float]]:
    """Read trigger probabilities [words, TRIGGERS] into (range, place in EVENT_TYPES, how sure)."""
    found: list[tuple[Words, int, float]] = []
    for i in np.flatnonzero(odds[:, 0] < 1 - least):
        inner = odds[i, 1] > odds[i, _FIRST_TYPE:].max()
        if inner and found and found[-1][0][1] == i:
            (a, _), kind, sure = found[-1]
            found[-1] = (a, int(i) + 1), kind, sure
        else:
            kind = int(odds[i, _FIRST_TYPE:].argmax())
            found.append(((int(i), int(i) + 1), kind, float(1 - odds[i, 0])))
    return found


class EventFinder:
    """Holds the event reader; :meth:`events` reads those of one window."""

    def __init__(self, card: Card, session: onnxruntime.InferenceSession) -> None:
        self._session = session
        self._least = card.least
        self._moves = np.array(card.party_moves, dtype=np.float32)
        self._start = np.array(card.party_start, dtype=np.float32)
        self._modes = {
            t: np.array([i for i, (kind, _) in enumerate(TYPED_MODES) if kind == t]) for t in EVENT_TYPES
        }

    def events(self, scores: Floats, words: Floats, place: Place) -> list[FoundEvent]:
        """scores: [words, TRIGGERS]; words: [words, wide] -> the window's events in text order."""
        anchors = triggers(softmax(scores), self._least["trigger"])
        if not anchors:
            return []
        anchors = sorted(sorted(anchors, key=lambda a: (-a[2], a[0]))[:MOST_EVENTS])
        length = len(words)
        ranges = [(max(0, a - REACHED), min(length, b + REACHED)) for (a, b), _, _ in anchors]
        longest = max(b - a for a, b in ranges)
        index = np.stack([np.minimum(np.arange(a, a + longest), b - 1) for a, b in ranges])
        seen = np.stack([np.arange(longest) < b - a for a, b in ranges])
        begins = np.array([[a] for (a, _), _, _ in anchors])
        ends = np.array([[b] for (_, b), _, _ in anchors])
        distance = np.where(index < begins, index - begins, np.maximum(index - ends + 1, 0))
        parties, modes, statuses, contexts, facts = self._session.run(
            None,
            {
                "words": words,
                "word": np.stack([words[a:b].mean(axis=0) for (a, b), _, _ in anchors]),
                "index": index,
                "distance": bucket(distance),
                "seen": seen.astype(np.float32),
            },
        )
        parties[~seen] = np.where(np.arange(len(PARTIES)) == 0, 0.0, -1e4)
        paths = best_paths(parties, self._moves, self._start)
        status_odds = softmax(statuses)
        context_odds = 1 / (1 + np.exp(-contexts))
        found = []
        for k, (words_of, kind, sure) in enumerate(anchors):
            name = EVENT_TYPES[kind]
            own = self._modes[name]
            mode_odds = softmax(modes[k, own]) if len(own) else np.zeros(1, np.float32)
            mode = TYPED_MODES[own[int(mode_odds.argmax())]][1] if mode_odds.max() >= _SURE_OF_MODE else None
            told = sorted(
                np.flatnonzero(context_odds[k] >= self._least["context"]), key=lambda c: -context_odds[k, c]
            )
            status = int(status_odds[k].argmax())
            found.append(
                FoundEvent(
                    trigger=place.stretch(words_of),
                    type=name,
                    mode=mode,
                    status=STATUSES[status],
                    contexts=tuple(CONTEXTS[c] for c in told[:3]),
                    parties=tuple(
                        Party(role, *place.stretch((int(index[k, a]), int(index[k, b - 1]) + 1)))
                        for role, (a, b) in _stretches(paths[k])
                    ),
                    factuality=float(np.clip(facts[k], -3, 3)),
                    score=sure,
                    status_score=float(status_odds[k, status]),
                )
            )
        return found

    def factuality(self, words: Floats) -> Floats:
        """words: [n, wide], the mean over each predicate -> [n], -3 to 3."""
        none = np.zeros((len(words), 1), dtype=np.int64)
        facts = self._session.run(
            ["facts"],
            {
                "words": words,
                "word": words,
                "index": none,
                "distance": none,
                "seen": none.astype(np.float32) + 1,
            },
        )[0]
        return np.asarray(np.clip(facts, -3, 3), dtype=np.float32)


def _stretches(path: np.ndarray) -> list[tuple[str, Words]]:
    """Read one row of PARTIES into roles and their ranges; a B begins a new one."""
    found: list[tuple[str, Words]] = []
    for i in np.flatnonzero(path):
        prefix, role = PARTIES[path[i]].split("-")
        if prefix == "I" and found and found[-1][1][1] == i and found[-1][0] == role:
            found[-1] = role, (found[-1][1][0], int(i) + 1)
        else:
            found.append((role, (int(i), int(i) + 1)))
    return found
