"""What the network loses on a batch's events, pairs and facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from onrecord.model.labels import DEEDS, RELATIONS, STATUSES
from training.examples import UNKNOWN, YIELD, EventLabels, PairLabels
from training.network import AROUND, REACHED, WIDEST, Network, bucket, stance_scores

if TYPE_CHECKING:
    from training.losses import Batch

RARE = 4.0  # how much more a relation that holds weighs than one that does not: most pairs have none
# Four events of five are told as done; what is not must not be drowned by them.
_STATUS_WEIGHTS = torch.tensor([1.0] + [2.5] * (len(STATUSES) - 1))
YIELDS = [DEEDS.index("CONCEDE"), DEEDS.index("RETREAT")]


def _mean(h: Tensor, at: list[tuple[int, int, int]]) -> Tensor:
    return torch.stack([h[w, a:b].mean(0) for w, a, b in at])


def _rows(ranges: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """Give [n, longest] word indices of each range, padded with its last, and which of them are seen."""
    longest = max(b - a for a, b in ranges)
    index = np.array([np.minimum(np.arange(a, a + longest), b - 1) for a, b in ranges])
    seen = np.array([np.arange(longest) < b - a for a, b in ranges])
    return index, seen


def event_losses(network: Network, h: Tensor, batch: Batch) -> dict[str, Tensor]:
    """Give the losses of parties, of the events' qualities and of facts."""
    found: list[tuple[int, EventLabels]] = []
    facts: list[tuple[int, int, int]] = []
    values: list[float] = []
    for k, w in enumerate(batch.windows):
        found += [(k, e) for e in w.labels.events if w.begin <= e.trigger[0] and e.trigger[1] <= w.end]
        for (a, b), value in w.labels.facts:
            if w.begin <= a < b <= w.end:
                facts.append((k, a - w.begin, b - w.begin))
                values.append(value)
    out = {}
    if facts:
        fact = network.events.judge(_mean(h, facts))[3]
        out["facts"] = F.smooth_l1_loss(fact, torch.tensor(values), reduction="sum", beta=0.5) / 60
    if not found:
        return out
    at = [(k, e.trigger[0] - batch.windows[k].begin, e.trigger[1] - batch.windows[k].begin) for k, e in found]
    word = _mean(h, at)
    modes, statuses, contexts, _ = network.events.judge(word)
    mode, status = (torch.tensor([getattr(e, q) for _, e in found]) for q in ("mode", "status"))
    qualities = (
        F.cross_entropy(modes, mode, ignore_index=UNKNOWN, reduction="sum") if (mode >= 0).any() else 0
    )
    if (status >= 0).any():
        qualities = qualities + F.cross_entropy(
            statuses, status, ignore_index=UNKNOWN, reduction="sum", weight=_STATUS_WEIGHTS
        )
    known = [i for i, (_, e) in enumerate(found) if e.contexts is not None]
    if known:
        gold = torch.tensor(np.array([found[i][1].contexts for i in known]), dtype=torch.float32)
        qualities = qualities + F.binary_cross_entropy_with_logits(contexts[known], gold, reduction="sum") / 3
    out["qualities"] = qualities / 100 if isinstance(qualities, Tensor) else h.sum() * 0
    told = [i for i, (_, e) in enumerate(found) if e.parties is not None]
    if told:
        lengths = [batch.windows[found[i][0]].end - batch.windows[found[i][0]].begin for i in told]
        ranges = [
            (max(0, at[i][1] - REACHED), min(n, at[i][2] + REACHED))
            for i, n in zip(told, lengths, strict=True)
        ]
        index, seen = _rows(ranges)
        begin, end = (np.array([[at[i][j]] for i in told]) for j in (1, 2))
        distance = np.where(index < begin, index - begin, np.maximum(index - end + 1, 0))
        window = torch.tensor([[at[i][0]] for i in told])
        around = h[window, torch.from_numpy(index)]
        gold = np.stack([
            begun(found[i][1].parties[batch.windows[found[i][0]].begin + row])
            for i, row in zip(told, index, strict=True)
        ])  # fmt: skip
        seen_ = torch.from_numpy(seen).float()
        scores = network.events(around, word[told], bucket(torch.from_numpy(distance)), seen_)
        gold = torch.from_numpy(np.where(seen, gold, 0))
        out["parties"] = network.parties.loss(scores, gold, seen_).sum() / 300
    return out


def begun(roles: np.ndarray) -> np.ndarray:
    """Give a row in which every stretch begins with its B, where a cut or another role took it away."""
    before = np.concatenate(([0], roles[:-1]))
    inner = (roles > 0) & (roles % 2 == 0)
    return np.where(inner & (before != roles) & (before != roles - 1), roles - 1, roles)


def pair_losses(network: Network, h: Tensor, whole: Tensor, batch: Batch) -> dict[str, Tensor]:
    """Give the losses of stance, of deeds and of relations between marked parties."""
    found: list[tuple[int, PairLabels]] = []
    for k, w in enumerate(batch.windows):
        for pair in w.labels.pairs:
            inside = w.begin <= pair.a[0] and pair.b[1] <= w.end and pair.a[1] <= pair.b[0]
            if inside and pair.b[1] - pair.a[0] <= WIDEST - 2:
                found.append((k, pair))
    if not found:
        return {}
    directed = read_pairs(network, h, whole, [
        (k, *(x - batch.windows[k].begin for x in (*p.a, *p.b)),
         batch.windows[k].end - batch.windows[k].begin)
        for k, p in found
    ])  # fmt: skip
    out = {}
    stance = torch.tensor([p.stance for _, p in found])
    if (stance >= 0).any():
        out["stance"] = F.cross_entropy(
            stance_scores(directed), stance, ignore_index=UNKNOWN, reduction="sum", label_smoothing=0.05
        ) / 40  # fmt: skip
    deeds = torch.tensor([p.deeds for _, p in found])
    scores = F.log_softmax(directed[..., 2 : 2 + len(DEEDS)], dim=-1)
    known = deeds != UNKNOWN
    if known.any():
        one = scores.gather(2, deeds.clamp(min=0)[..., None]).squeeze(2)
        either = torch.logsumexp(scores[..., YIELDS], dim=-1)
        picked = torch.where(deeds == YIELD, either, one)
        out["deeds"] = -(picked * known).sum() / 60
    related = [i for i, (_, p) in enumerate(found) if p.relations is not None]
    if related:
        n, after = len(RELATIONS), 2 + len(DEEDS)
        gold = torch.tensor(np.stack([found[i][1].relations for i in related]), dtype=torch.float32)
        nots = torch.tensor(np.stack([found[i][1].negative for i in related]), dtype=torch.float32)
        loss = F.binary_cross_entropy_with_logits(
            directed[related][..., after : after + n], gold, reduction="sum", pos_weight=torch.tensor(RARE)
        )
        denied = F.binary_cross_entropy_with_logits(
            directed[related][..., after + n :], nots, reduction="none"
        )
        out["relations"] = (loss + (denied * gold).sum()) / 100
    return out


def read_pairs(
    network: Network, h: Tensor, whole: Tensor, at: list[tuple[int, int, int, int, int, int]]
) -> Tensor:
    """Run the pair reader; ``at``: window, a's words, b's words, and the window's length in words."""
    ranges = []
    for _, a, _, _, b_end, words in at:
        margin = max(0, min(AROUND, (WIDEST - (b_end - a)) // 2))
        ranges.append((max(0, a - margin), min(words, b_end + margin)))
    index, seen = _rows(ranges)
    a0, a1, b0, b1 = (np.array([[x[i]] for x in at]) for i in (1, 2, 3, 4))

    def away(begin: np.ndarray, end: np.ndarray) -> Tensor:
        return bucket(
            torch.from_numpy(np.where(index < begin, index - begin, np.maximum(index - end + 1, 0)))
        )

    held = np.stack([(index >= x) & (index < y) & seen for x, y in ((a0, a1), (b0, b1), (a1, b0))], axis=1)
    windows = torch.tensor([x[0] for x in at])
    around = h[windows[:, None], torch.from_numpy(index)]
    return network.pairs(
        around,
        whole[windows],
        away(a0, a1),
        away(b0, b1),
        torch.from_numpy(held).float(),
        torch.from_numpy(seen).float(),
    )
