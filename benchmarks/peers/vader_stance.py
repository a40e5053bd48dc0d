"""VADER on the sentence: in a good tone the first supports the second, in a bad one it opposes it."""

from __future__ import annotations

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # type: ignore[import-not-found]

from benchmarks.peers.reading import Pair

TONE = 0.05  # VADER's own bound between neutral and not


class Reader:
    """Has no setting."""

    def __init__(self, setting: str) -> None:
        del setting
        self._tone = SentimentIntensityAnalyzer()

    def relate(self, text: str, pairs: list[tuple[tuple[int, int], tuple[int, int]]]) -> list[Pair]:
        """Say the same of each pair of a sentence, but for which of the two comes first."""
        tone = self._tone.polarity_scores(text)["compound"]
        if abs(tone) < TONE:
            return [Pair()] * len(pairs)
        kind = "supports" if tone > 0 else "opposes"
        return [Pair(f"a_{kind}_b" if a < b else f"b_{kind}_a") for a, b in pairs]
