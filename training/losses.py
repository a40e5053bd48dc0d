"""A batch of windows as tensors, and what the network loses on it."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from training.examples import UNKNOWN, Window
from training.network import Network, bucket
from training.party_losses import begun, event_losses, pair_losses

CLS, SEP = 101, 102
CUES_A_BATCH = 160  # the role reader's cost is cues x words; more are sampled down


@dataclass(frozen=True, slots=True)
class Batch:
    """Inputs of the encoder and the labels of each head, padded: [windows, pieces] and [windows, words]."""

    ids: Tensor
    shapes: Tensor
    first: Tensor
    seen: Tensor
    windows: list[Window]


def collate(windows: list[Window]) -> Batch:
    """Pad windows to one length; piece 0 is [CLS], the last [SEP]."""
    longest = max(w.pieces for w in windows)
    words = max(w.end - w.begin for w in windows)
    ids = np.zeros((len(windows), longest), np.int64)
    shapes, first, seen = (
        np.zeros_like(ids),
        np.zeros((len(windows), words), np.int64),
        np.zeros((len(windows), words), np.float32),
    )
    for k, w in enumerate(windows):
        t = w.labels.tokens
        a, b, n = int(t.first[w.begin]), int(t.first[w.end]), w.end - w.begin
        ids[k, 0], ids[k, 1 : b - a + 1], ids[k, b - a + 1] = CLS, t.ids[a:b], SEP
        shapes[k, 1 : b - a + 1] = t.shapes[a:b]
        first[k, :n] = t.first[w.begin : w.end] - a + 1
        seen[k, :n] = 1
    return Batch(*(torch.from_numpy(x) for x in (ids, shapes, first, seen)), windows)


def _column(batch: Batch, name: str) -> Tensor:
    gold = np.full(batch.seen.shape, UNKNOWN, np.int64)
    for k, w in enumerate(batch.windows):
        row = getattr(w.labels, name)
        if row is not None:
            gold[k, : w.end - w.begin] = row[w.begin : w.end]
    return torch.from_numpy(gold)


def _summed(scores: Tensor, gold: Tensor) -> Tensor:
    if not bool((gold != UNKNOWN).any()):
        return scores.sum() * 0
    return F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=UNKNOWN, reduction="sum")


def losses(network: Network, batch: Batch, rng: random.Random) -> dict[str, Tensor]:
    """Give each head's loss, each divided so that one statement weighs about the same everywhere."""
    e = network.encoder
    h, whole = e.encode(batch.ids, batch.shapes, batch.first)
    cue_scores, near, far = e.cues(h), e.near(h), e.far(h)
    out = {
        "names": _summed(e.names(h), _column(batch, "names")) / 200,
        "nominals": _summed(e.nominals(h), _column(batch, "nominals")) / 400,
        "spans": _summed(e.spans(h), _column(batch, "spans")) / 800,
        "cues": _cue_loss(cue_scores, batch) / 100,
    }
    anchors = _anchors(batch, cue_scores.detach(), rng)
    if anchors:
        scores, gold, seen = read_roles(network, near, far, batch.seen, anchors)
        out["roles"] = network.chain.loss(scores, gold, seen).sum() / 400
    out["triggers"] = _summed(e.triggers(h), _column(batch, "triggers")) / 200
    out |= event_losses(network, h, batch)
    out |= pair_losses(network, h, whole, batch)
    return out


def _cue_loss(scores: Tensor, batch: Batch) -> Tensor:
    """Cross entropy; where nested statements are not marked, a nested cue in a content is not held wrong."""
    gold, inside = _column(batch, "cues"), _column(batch, "inside")
    known = torch.tensor([w.labels.nested_known for w in batch.windows])[:, None]
    logs = F.log_softmax(scores, dim=-1)
    open_ = (gold == 0) & (inside == 1) & ~known
    either = torch.logsumexp(logs[..., [0, 3, 4]], dim=-1)
    picked = logs.gather(2, gold.clamp(min=0)[..., None]).squeeze(2)
    return -(torch.where(open_, either, picked) * (gold != UNKNOWN)).sum()


@dataclass(frozen=True, slots=True)
class Anchor:
    """A cue to read roles for: its window, its words there, and its row of roles (None: no statement)."""

    window: int
    begin: int
    end: int
    roles: np.ndarray | None


def _anchors(batch: Batch, scores: Tensor, rng: random.Random) -> list[Anchor]:
    found = []
    odds = 1 - torch.softmax(scores, dim=-1)[..., 0].numpy()
    for k, w in enumerate(batch.windows):
        if w.labels.cues is None:
            continue
        taken = np.zeros(w.end - w.begin, bool)
        for row, ranges in w.labels.statements:
            near = [(a, b) for a, b in ranges if w.begin <= a and b <= w.end]
            for a, b in near:
                taken[a - w.begin : b - w.begin] = True
            if near:
                a, b = rng.choice(near)
                if b - a > 1 and rng.random() < 0.15:  # at reading, the cue's own ends are sometimes off
                    a, b = (a + 1, b) if rng.random() < 0.5 else (a, b - 1)
                found.append(Anchor(k, a - w.begin, b - w.begin, row[w.begin : w.end]))
        # Words that look like cues and are none teach the role reader to say so.
        open_ = w.labels.inside[w.begin : w.end] if not w.labels.nested_known else np.zeros_like(taken)
        tempting = np.flatnonzero((odds[k, : len(taken)] > 0.15) & ~taken & (open_ == 0))
        found += [Anchor(k, int(i), int(i) + 1, None) for i in tempting[:3]]
    rng.shuffle(found)
    return found[:CUES_A_BATCH]


def read_roles(
    network: Network, near: Tensor, far: Tensor, seen: Tensor, anchors: list[Anchor]
) -> tuple[Tensor, Tensor, Tensor]:
    """Run the role reader for each anchor; give scores, gold and seen: [anchors, words(, roles)]."""
    words = near.shape[1]
    at = torch.tensor([a.window for a in anchors])
    place = torch.arange(words)[None, :]
    begin = torch.tensor([a.begin for a in anchors])[:, None]
    end = torch.tensor([a.end for a in anchors])[:, None]
    held = ((place >= begin) & (place < end)).float()
    cue = torch.einsum("cw,cwd->cd", held / held.sum(1, keepdim=True), far[at])
    distance = torch.where(place < begin, place - begin, (place - end + 1).clamp(min=0))
    gold = np.zeros((len(anchors), words), np.int64)
    for k, a in enumerate(anchors):
        if a.roles is not None:
            gold[k, : len(a.roles)] = begun(a.roles)
    scores = network.reader(near[at], cue, bucket(distance), seen[at])
    return scores, torch.from_numpy(gold), seen[at]
