"""How fast reading is, stage by stage:  python benchmarks/speed.py [FOLDER of pages [FOLDER of long texts]]

From a page's bytes (.html, .html.gz, .txt) to its record's JSON, one process, one thread, CPU time. The floor
is one forward pass of the encoder over every word; machines differ by a factor of two, so the ratio to the
floor, measured in the same run, says more than the rate. Without a folder it reads examples/. Prints
Markdown.
"""

from __future__ import annotations

import gzip
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import onrecord
from benchmarks.running import ROOT, Run, run
from benchmarks.stages import Stages
from onrecord.model.tokens import tokenize
from onrecord.model.windows import windows

ARTICLE = 600  # words
LENGTHS = (1_000, 10_000, 100_000)
SUFFIXES = (".html", ".html.gz", ".txt")


@dataclass(frozen=True, slots=True)
class Profile:
    """CPU seconds of reading pages: by stage, in all, and of the encoder alone over the same words."""

    pages: int
    words: int
    stages: dict[str, float]
    floor: float

    @property
    def total(self) -> float:
        """All stages together."""
        return sum(self.stages.values())


def pages_of(folder: Path) -> list[bytes]:
    """Give the bytes of a folder's pages in the order of their names."""
    paths = sorted(p for p in folder.rglob("*") if p.name.endswith(SUFFIXES) and p.name != "README.md")
    if not paths:
        raise SystemExit(f"no pages in {folder}")
    return [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in paths]


def profile(pages: list[bytes]) -> Profile:
    """Read the pages under timers, then send their words through the encoder alone."""
    reader = onrecord.Reader()
    reader.read(pages[0]).to_json()  # weights, lexicons and gazetteer are loaded outside the clock
    stages = Stages()
    texts = []
    with stages.within(reader):
        read = stages.timed("rest", reader.read)
        for page in pages:
            record = read(page)
            stages.timed("JSON", record.to_json)()
            texts.append(record.document.text)
    finder = reader._finder
    cut = [tokenize(text, finder._tokenizer) for text in texts]
    began = time.process_time()
    for tokens in cut:
        for a, b in windows(tokens):
            finder.score(tokens, a, b)
    floor = time.process_time() - began
    return Profile(len(pages), sum(len(t.split()) for t in texts), dict(stages.spent), floor)


def profile_lines(p: Profile) -> list[str]:
    """Write a profile: a sentence, then a table of stages, the longest first."""
    rate = p.words / p.total
    share = p.stages.get("encoder", 0.0) / p.total
    lines = [
        f"From bytes to JSON, one thread: **{rate / ARTICLE:.1f} articles of {ARTICLE} words a second** "
        f"({rate:,.0f} words/s over {p.pages} pages of {p.words / p.pages:,.0f} words). "
        f"The encoder takes {share:.0%} of the time; alone, in the same run, it does "
        f"{p.words / p.floor:,.0f} words/s, so that reading takes {p.total / p.floor:.2f} times its floor.",
        "",
        "| stage | CPU seconds | share | ms an article |",
        "|---|---|---|---|",
    ]
    for stage, seconds in sorted(p.stages.items(), key=lambda pair: (-pair[1], pair[0])):
        each = 1000 * seconds / p.words * ARTICLE
        lines.append(f"| {stage} | {seconds:.2f} | {seconds / p.total:.1%} | {each:.2f} |")
    return lines


def long_lines(runs: list[Run]) -> list[str]:
    """Write what long pages took; each was read in a process of its own."""
    lines = ["| words in a page | CPU seconds | words/s | peak memory |", "|---|---|---|---|"]
    for r in runs:
        f = r.figures
        if not f:
            lines.append(f"| not measured: {r.failed} | | | |")
            continue
        lines.append(
            f"| {f['words']:,} | {f['seconds']:.1f} | {f['words'] / max(f['seconds'], 1e-9):,.0f} "
            f"| {f['peak_mb']} MB |"
        )
    return lines


def main() -> None:
    """Print the profile, then the long pages."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "examples"
    texts = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "examples"
    print("\n".join(profile_lines(profile(pages_of(folder)))))
    program = str(Path(__file__).with_name("long_page.py"))
    runs = [run([sys.executable, program, str(n), str(texts.resolve())]) for n in LENGTHS]
    print("\n" + "\n".join(long_lines(runs)))


if __name__ == "__main__":
    main()
