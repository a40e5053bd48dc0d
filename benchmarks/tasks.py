"""The tasks: which scorer runs on which split, how its figures read, and what stands beside them.

``MEASURED`` figures were measured on the same set with the same scorer by others than this bench, in November
2026, with programs that cannot be installed here by one command; each says its version where it has one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Figures = dict[str, Any]
MEASURED = "measured on this set"
HELD_RE3D = "re3d held out"


@dataclass(frozen=True, slots=True)
class Peer:
    """Another way to do the task: ``asked`` is PEER or PEER=SETTING of ``benchmarks.peers``.

    ``package`` is the program that is asked, None where it is written here. ``with_ours`` says that our own
    environment has all it takes; else it is the peers'.
    """

    name: str
    asked: str
    package: str | None = None
    with_ours: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One scorer on one split. ``figure`` writes its JSON as the table shows it.

    ``split`` is a folder within the corpora, or HELD_RE3D, which is made when it is wanted. Where it is
    empty, ``scorer`` is a module of ours that needs no corpus.
    ``known`` is what the weights or their authors saw of the split, if anything.
    """

    what: str
    scorer: str
    split: str
    figure: Callable[[Figures], str]
    measured_on: str
    peers: tuple[Peer, ...] = ()
    measured: str = ""
    published: str = ""
    known: str = ""


def _roles(f: Figures) -> str:
    exact = " / ".join(str(f["exact"][role]["f1"]) for role in ("Source", "Cue", "Content"))
    return f"{exact}; whole {f['whole']['f1']}"


def _precision_recall(f: Figures) -> str:
    return f"precision {f['all']['p']}, recall {f['all']['r']}"


def _re3d(f: Figures) -> str:
    relations = f["relations"]
    return f"{f['mentions']['f1']}; relations R {relations['r']}, P {relations['p']}"


def _places(f: Figures) -> str:
    found = f["found"]
    return f"{f['right_of_found']} of those found; found P {found['p']}, R {found['r']}"


def _facts(f: Figures) -> str:
    sets = (("UW", "UW"), ("MEANTIME", "MEANTIME"), ("UDS", "UDS-IH2"))
    named = ((label, v) for key, label in sets for k, v in f.items() if k.upper().startswith(key))
    return "; ".join(f"{label} {v['r']} / {v['mae']}" for label, v in named)


TASKS = (
    Task(
        "who said what: exact F1 of source / cue / content; whole statements",
        "polnear.py",
        "polnear/dev",
        _roles,
        "PolNeAR dev",
        (Peer("quotation marks and the nearest reporting verb", "marked_quotes", with_ours=True),),
        f"{MEASURED}: Gender Gap Tracker 54.0 / 47.5 / 43.0, whole 34.2 (3,800 words/s); Citron, cue"
        " classifier retrained, 48.7 / 45.9 / 35.7, whole 34.7 (900 words/s); textacy's direct quotes 26.1 /"
        " 31.8 / 28.9, whole 18.3 (3,000 words/s)",
        "CofeNet, BERT-base, test split 83.2 / 75.3 / 72.9; a second human annotator 79.8 / 70.6 / 69.6,"
        " whole 68.9",
    ),
    Task(
        "statements inside statements, F1",
        "training.measure_written",
        "",
        lambda f: f"{f['nested']['f1']}",
        "40 passages of our own",
    ),
    Task(
        "what a pair of parties does: PLOVER root, macro-F1",
        "plover.py",
        "plover",
        lambda f: f"{f['root_macro_f1']}",
        "PLV, five folds by sentence",
        (Peer("the commonest type always", "constant=YIELD", with_ours=True),),
        published="ZSP, RoBERTa-large, test split 82.4; GPT-4 61.5",
    ),
    Task(
        "who supports or opposes whom: micro / macro F1",
        "stance.py",
        "stance",
        lambda f: f"{f['micro_f1']} / {f['macro_f1']}",
        "“Who Blames or Endorses Whom?” dev",
        (
            Peer("the commonest stance always", "constant", with_ours=True),
            Peer("VADER on the sentence", "vader_stance", "vaderSentiment"),
        ),
        published="RoBERTa-base 85.2 / 72.5, a quarter of its test's sentences in train; here none is",
    ),
    Task(
        "how far an event is a fact: Pearson r / mean error",
        "factuality.py",
        "factuality/dev",
        _facts,
        "UW, MEANTIME, UDS-IH2 dev",
        (Peer("everything is a fact", "constant", with_ours=True),),
        published="test splits: UW 0.863 / 0.346; MEANTIME 0.516 / 0.279",
    ),
    Task(
        "named mentions with types, F1; relations between them",
        "re3d.py",
        HELD_RE3D,
        _re3d,
        "re3d, the third of its documents held out",
        published="mentions, ConfliBERT-v2, token tags, its own split 69.5; relations: none found",
    ),
    Task(
        "places put right, by id or within 161 km",
        "places.py",
        "places/train",
        _places,
        "GeoWebNews train",
        (
            Peer("our names, the largest place of each", "largest_place=ours", with_ours=True),
            Peer("capitalised names, the largest place of each", "largest_place", with_ours=True),
        ),
        published="79 to 92, places given (Mordecai 3)",
        known="metonymy was trained, and the choice among places set by hand, on these articles",
    ),
    Task(
        "times: spans / values, F1",
        "timeml.py",
        "timeml/train",
        lambda f: f"{f['span']['f1']} / {f['value']['f1']}",
        "TimeBank and AQUAINT",
        (Peer("dateparser's search", "dateparser_times", "dateparser"),),
        f"{MEASURED}, spans given, share of values right: metadate 72.1; dateparser 1.5 62.0, with"
        " four rules 76.5",
        "HeidelTime, values, another split 77.6; SUTime 67.4",
        "half of the articles were looked at when the rules were written",
    ),
    Task(
        "pronouns and nominals tied to the right name",
        "coreference.py",
        "gum/dev",
        _precision_recall,
        "GUM dev",
        published="none found on this measure",
        known="the authors of the lexicons looked at these errors",
    ),
    Task(
        "article text from HTML, F1",
        "pages.py",
        "pages",
        lambda f: f"{f['f1']}",
        "62 pages of article-extraction-benchmark",
        (
            Peer("fast", "article_text=trafilatura", "trafilatura", with_ours=True),
            Peer("precise", "article_text=trafilatura-precise", "trafilatura", with_ours=True),
            Peer("readability-lxml", "article_text=readability", "readability-lxml"),
            Peer("jusText", "article_text=justext", "jusText"),
        ),
        "measured on all 181 pages: trafilatura 2.3.1 precise 96.4, fast 96.2; readability-lxml 95.5; "
        "newspaper4k 94.3; resiliparse 91.7",
        "all 181 pages: Zyte 97.0, rs-trafilatura 97.0",
        "the small networks saw these pages; cross-validated they read 96.9",
    ),
    Task(
        "article text from scraped lines, F1",
        "scraped.py",
        "pages",
        lambda f: f"{f['f1']}",
        "the same pages flattened to lines",
        published="choosing whole lines can reach 91.4",
        known="the small networks saw these pages; cross-validated they read 89.1",
    ),
)
