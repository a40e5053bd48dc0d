"""The finder: a text in, every name, nominal and statement that the weights see in it out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from onrecord.errors import ModelError
from onrecord.model.at_once import at_once
from onrecord.model.card import FOLDER, Card, load_card
from onrecord.model.deadline import in_time
from onrecord.model.decoding import (
    Floats,
    best_paths,
    bucket,
    labelled_ranges,
    role_ranges,
    softmax,
)
from onrecord.model.events import EventFinder
from onrecord.model.found import Found, FoundEvent, Labelled, Place, Statement, Stretch
from onrecord.model.labels import CUES, NAMES, NOMINALS
from onrecord.model.pairs import Paired, PairScorer
from onrecord.model.sight import Seen, Sight
from onrecord.model.tokens import Tokens, load_tokenizer, tokenize
from onrecord.model.windows import windows

if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Tokenizer

CLS, SEP = 101, 102
MOST_CUES = 40  # a window of news has about ten
_LONE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Scores:
    """What the encoder gives for one window, a row a word."""

    cues: Floats
    names: Floats
    nominals: Floats
    triggers: Floats
    near: Floats
    far: Floats
    words: Floats
    whole: Floats


class Finder:
    """Holds the weights, loaded once; :meth:`find` is a pure function of the text.

    Windows go through the encoder one by one and unpadded: nothing is computed for padding, and what a text
    gives cannot depend on its company. One thread: parallel reading is a process a core.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self.card: Card = load_card(folder)
        fused = self.card.fused
        self._tokenizer: Tokenizer
        self._encoder, self._roles, events, pairs, self._tokenizer = at_once(
            lambda: _session(folder / "encoder.onnx", fused),
            lambda: _session(folder / "roles.onnx", fused),
            lambda: _session(folder / "events.onnx", fused),
            lambda: _session(folder / "pairs.onnx", fused),
            lambda: load_tokenizer(folder / "tokenizer.json"),
        )
        self._events = EventFinder(self.card, events)
        self._pairs = PairScorer(pairs)
        self._moves = np.array(self.card.moves, dtype=np.float32)
        self._start = np.array(self.card.start, dtype=np.float32)

    def find(self, text: str) -> Found:
        """Find everything in a text of any length, in one pass."""
        tokens = tokenize(text, self._tokenizer)
        names: list[Labelled] = []
        nominals: list[Labelled] = []
        statements: list[Statement] = []
        events: list[FoundEvent] = []
        seen: list[Seen] = []
        for begin, end in windows(tokens):
            in_time()
            scores = self.score(tokens, begin, end)
            place = Place(tokens, begin)
            least = self.card.least
            names += place.labelled(labelled_ranges(softmax(scores.names), NAMES, least["name"]))
            nominals += place.labelled(labelled_ranges(softmax(scores.nominals), NOMINALS, least["nominal"]))
            statements += self._statements(scores, place)
            events += self._events.events(scores.triggers, scores.words, place)
            seen.append(_seen(begin, end, scores))
        sight = Sight(tokens, tuple(seen))
        return Found(tuple(names), tuple(nominals), tuple(statements), tuple(events), sight)

    def see(self, text: str) -> Sight:
        """Look at a text without reading anything in it, to ask about pairs or facts."""
        # A document has no lone surrogates; a text from a caller may, and no tokenizer takes them.
        tokens = tokenize(_LONE.sub("\ufffd", text), self._tokenizer)
        return Sight(tokens, tuple(_seen(a, b, self.score(tokens, a, b)) for a, b in windows(tokens)))

    def pairs(self, sight: Sight, pairs: Sequence[tuple[Stretch, Stretch]]) -> list[Paired | None]:
        """Say how the two stretches of each pair stand to each other; None where that cannot be told."""
        return self._pairs.score(sight, pairs)

    def factuality(self, sight: Sight, stretches: Sequence[Stretch]) -> list[float]:
        """Say how far each predicate is presented as a fact, -3 to 3; 0 where a stretch has no words."""
        found = [0.0] * len(stretches)
        means, at = [], []
        for i, stretch in enumerate(stretches):
            a, b = sight.range(stretch)
            if a == b:
                continue
            seen = sight.windows[sight.window(a)]
            held = seen.words[a - seen.begin : min(b, seen.end) - seen.begin]
            means.append(held.astype(np.float32).mean(axis=0))
            at.append(i)
        if at:
            for i, value in zip(at, self._events.factuality(np.stack(means)), strict=True):
                found[i] = float(value)
        return found

    def score(self, tokens: Tokens, begin: int, end: int) -> Scores:
        """Run the encoder over the words from ``begin`` to ``end``."""
        a, b = int(tokens.first[begin]), int(tokens.first[end])
        ids = np.empty((1, b - a + 2), dtype=np.int64)
        shapes = np.zeros_like(ids)
        ids[0, 0], ids[0, 1:-1], ids[0, -1] = CLS, tokens.ids[a:b], SEP
        shapes[0, 1:-1] = tokens.shapes[a:b]
        first = (tokens.first[begin:end] - a + 1)[None]
        out = self._encoder.run(None, {"ids": ids, "shapes": shapes, "first": first})
        return Scores(*(x[0] for x in out))

    def _statements(self, scores: Scores, place: Place) -> list[Statement]:
        odds = softmax(scores.cues)
        anchors = labelled_ranges(odds, CUES, self.card.least["cue"])
        # Nested cues have a lower bar of their own; it must not widen the others.
        taken = {i for (a, b), _, _ in anchors for i in range(a, b)}
        for anchor in labelled_ranges(odds, CUES, self.card.least["nested cue"]):
            if anchor[1] == "nested" and taken.isdisjoint(range(*anchor[0])):
                anchors.append(anchor)
        if not anchors:
            return []
        # A page made of nothing but cues must not cost a pass of the role reader for each.
        anchors = sorted(anchors, key=lambda anchor: (-anchor[2], anchor[0]))[:MOST_CUES]
        words = np.arange(len(odds))
        begins = np.array([[a] for (a, _), _, _ in anchors])
        ends = np.array([[b] for (_, b), _, _ in anchors])
        cue = np.stack([scores.far[a:b].mean(axis=0) for (a, b), _, _ in anchors])
        distance = np.where(words < begins, words - begins, np.maximum(words - ends + 1, 0))
        (chained,) = self._roles.run(None, {"near": scores.near, "cue": cue, "distance": bucket(distance)})
        paths = best_paths(chained, self._moves, self._start)
        found: list[Statement] = []
        spent: set[int] = set()
        for k in sorted(range(len(anchors)), key=lambda k: (-anchors[k][2], k)):
            (a, b), kind, sure = anchors[k]
            roles = role_ranges(paths[k])
            cues = {i for begin, end in roles["cue"] for i in range(begin, end)} or set(range(a, b))
            if not roles["content"] or cues & spent:
                continue
            spent |= cues
            stretches = {role: tuple(map(place.stretch, ranges)) for role, ranges in roles.items()}
            spoken = stretches["cue"] or (place.stretch((a, b)),)
            found.append(Statement(stretches["source"], spoken, stretches["content"], kind == "nested", sure))
        return sorted(found, key=lambda s: (s.cue, s.content))


def _seen(begin: int, end: int, scores: Scores) -> Seen:
    return Seen(begin, end, scores.words.astype(np.float16), scores.whole.astype(np.float16))


def _session(path: Path, fused: bool) -> onnxruntime.InferenceSession:
    import onnxruntime

    options: Any = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    if fused:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises its own types and plain ones alike
        raise ModelError(f"{path} cannot be loaded: {error}; reinstall onrecord") from error
