"""What a text is known by: its words in threes, a MinHash of those, its longer sentences and its credits."""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from onrecord.store.syndication import credits_of

SHINGLE = 3  # words
BANDS, ROWS = 32, 4
"""Two texts meet in a bucket where one of 32 bands of 4 values agrees: at a Jaccard of 0.6 with 98.8%."""

SENTENCE = 8
"""Words that a sentence must have to be a sign of its text: shorter ones recur everywhere."""

_MOST_WORDS = 20_000  # of a text; what comes after tells no more
_SEED = 42
_WORD = re.compile(r"[^\W_]+")
_STOP = re.compile(r"[.!?…][\"”’')\]]*\s+|\n+")


@dataclass(frozen=True, slots=True)
class Signature:
    """A text's MinHash (32 bits a value), the keys of its sentences with their words, and its agencies.

    ``length`` counts the words of those sentences; ``agencies`` is a bit an agency.
    """

    digest: tuple[int, ...]
    sentences: dict[int, int]
    length: int
    agencies: int

    def packed(self) -> bytes:
        """Give it as bytes, without the sentences, which are rows of their own."""
        return struct.pack(f"<II{len(self.digest)}I", self.length, self.agencies, *self.digest)

    def bands(self) -> list[int]:
        """Give the keys of the buckets that its MinHash falls into."""
        cut = [self.digest[start : start + ROWS] for start in range(0, len(self.digest), ROWS)]
        return [_key(b"band", struct.pack(f"<H{ROWS}I", n, *band)) for n, band in enumerate(cut)]


def words_of(text: str) -> list[str]:
    """Give the words of a text, case away, in order."""
    return _WORD.findall(text.casefold())[:_MOST_WORDS]


def shingles(text: str) -> set[str]:
    """Give the runs of three words of a text."""
    words = words_of(text)
    return {" ".join(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1)}


def jaccard(one: set[str], other: set[str]) -> float:
    """Give the share of what either has that both have."""
    return len(one & other) / len(one | other) if one or other else 0.0


def signed(text: str) -> Signature:
    """Sign a text."""
    from rensa import RMinHash

    digest = RMinHash(BANDS * ROWS, _SEED)
    digest.update([shingle.encode(errors="surrogatepass") for shingle in sorted(shingles(text))])
    sentences: dict[int, int] = {}
    for words in _sentences(text):
        if len(words) >= SENTENCE:
            sentences[_key(b"sentence", " ".join(words).encode(errors="surrogatepass"))] = len(words)
    return Signature(tuple(digest.digest()), sentences, sum(sentences.values()), credits_of(text))


def unpacked(packed: bytes) -> Signature:
    """Read a signature's bytes; its sentences are left out."""
    length, agencies, *digest = struct.unpack(f"<{len(packed) // 4}I", packed)
    return Signature(tuple(digest), {}, length, agencies)


def likeness(one: Iterable[int], other: Iterable[int]) -> float:
    """Estimate the Jaccard of two texts by their MinHashes."""
    same = [a == b for a, b in zip(one, other, strict=True)]
    return sum(same) / len(same)


@cache
def scheme() -> str:
    """Name the way in which texts are signed: signatures of another are of no use beside these."""
    from rensa import RMinHash

    from onrecord.lexicon.load import rows

    agencies = hashlib.sha256(repr(rows("agencies")).encode()).hexdigest()[:8]
    return f"rensa {RMinHash.ALGORITHM_VERSION}, {BANDS}x{ROWS}, {SHINGLE}, {SENTENCE}, {agencies}, 1"


def _sentences(text: str) -> Iterable[list[str]]:
    left, start = _MOST_WORDS, 0
    for stop in [*(found.end() for found in _STOP.finditer(text)), len(text)]:
        words = words_of(text[start:stop])
        start = stop
        left -= len(words)
        if left < 0:
            return
        yield words


def _key(kind: bytes, content: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(content, digest_size=8, person=kind).digest(), "big", signed=True)
