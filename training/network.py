"""The network: one encoder, a head a task, and a small second reader of each cue's source and content.

The encoder is MiniLM (6 layers, 384 wide) with one more input embedding, the piece's shape. Heads see words
(a word is its first piece). A statement is decoded from its cue: the role reader sees every word of the
window beside the cue and its distance, passes them through one narrow transformer layer, and labels source,
cue and content; a linear chain joins the labels. Many statements a sentence, split spans, missing sources and
statements inside statements are all this one case. Events are read the same way from their triggers, within
REACHED words; pairs of parties by a reader that sees both, the words between and around, and scores each way.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.model.labels import (
    CONTEXTS,
    CUES,
    DEEDS,
    NAMES,
    NOMINALS,
    PARTIES,
    RELATIONS,
    ROLES,
    STATUSES,
    TRIGGERS,
    TYPED_MODES,
)
from onrecord.model.tokens import SHAPES

WIDE, HEADS, LAYERS, VOCABULARY = 384, 12, 6, 30522
NARROW = 128
PAIRED = 256
REACH = 24  # buckets of distance to either side of the cue
REACHED = 48  # words to either side of a trigger that are read for its parties
AROUND, WIDEST = 12, 100  # words to either side of a pair, and in all
DIRECTED = (
    2 + len(DEEDS) + 2 * len(RELATIONS)
)  # supports, opposes; deeds; relations, and whether each is denied


class Layer(nn.Module):
    """A transformer layer, normalised after (BERT's way); attention sees only words under the mask."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x: [batch, length, width]; mask: [batch, 1, 1, length], 0 where seen, very negative where not."""
        b, t, w = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.out(seen.transpose(1, 2).reshape(b, t, w)))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class Encoder(nn.Module):
    """Pieces in, word vectors and the words' head scores out."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDE)
        self.positions = nn.Embedding(512, WIDE)
        self.shapes = nn.Embedding(SHAPES, WIDE)
        self.norm = nn.LayerNorm(WIDE, eps=1e-12)
        self.layers = nn.ModuleList(Layer(WIDE, HEADS, 4 * WIDE) for _ in range(LAYERS))
        self.drop = nn.Dropout(0.1)
        self.cues = nn.Linear(WIDE, len(CUES))
        self.names = nn.Linear(WIDE, len(NAMES))
        self.nominals = nn.Linear(WIDE, len(NOMINALS))
        self.triggers = nn.Linear(WIDE, len(TRIGGERS))
        self.spans = nn.Linear(
            WIDE, 5
        )  # training only: source and content of any statement, as company for the cues
        self.near = nn.Linear(WIDE, NARROW)
        self.far = nn.Linear(WIDE, NARROW)
        nn.init.zeros_(self.shapes.weight)

    def encode(self, ids: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, Tensor]:
        """ids, shapes: [batch, pieces], 0 pads; first: [batch, words] -> [batch, words, WIDE], [batch, WIDE].

        The second is the vector of the window's opening mark, which stands for the whole of it.
        """
        mask = torch.where(ids == 0, -1e4, 0.0)[:, None, None, :]
        x = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.shapes(shapes)
        x = self.drop(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        x = self.drop(x)
        return torch.gather(x, 1, first[:, :, None].expand(-1, -1, WIDE)), x[:, 0]


def bucket(distance: Tensor) -> Tensor:
    """Map a signed distance in words to one of 2 * REACH + 1 buckets: exact to 8, then by half octaves."""
    size = distance.abs()
    far = 8 + (2 * torch.log2(size.clamp(min=8).float() / 8)).floor().long() + 1
    step = torch.where(size <= 8, size, far.clamp(max=REACH))
    return torch.where(distance < 0, -step, step) + REACH


class RoleReader(nn.Module):
    """For each cue, every word's role: the scores of a linear chain over ROLES (or, for events, PARTIES)."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.distance = nn.Embedding(2 * REACH + 1, NARROW)
        self.norm = nn.LayerNorm(NARROW)
        self.layer = Layer(NARROW, 4, 2 * NARROW)
        self.roles = nn.Linear(NARROW, labels)

    def forward(self, near: Tensor, cue: Tensor, distance: Tensor, seen: Tensor) -> Tensor:
        """near: [cues, words, NARROW]; cue: [cues, NARROW]; distance, seen: [cues, words] -> role scores."""
        x = self.norm(F.gelu(near + cue[:, None, :] + self.distance(distance)))
        mask = torch.where(seen > 0, 0.0, -1e4)[:, None, None, :]
        return self.roles(self.layer(x, mask))


class EventReader(nn.Module):
    """For each trigger: the parties near it, the event's mode, status and contexts, how far it is a fact."""

    def __init__(self) -> None:
        super().__init__()
        self.near = nn.Linear(WIDE, NARROW)
        self.far = nn.Linear(WIDE, NARROW)
        self.parties = RoleReader(len(PARTIES))
        self.look = nn.Linear(WIDE, 2 * NARROW)
        self.qualities = nn.Linear(2 * NARROW, len(TYPED_MODES) + len(STATUSES) + len(CONTEXTS) + 1)
        self.drop = nn.Dropout(0.1)

    def judge(self, word: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """word: [n, WIDE], the mean over a trigger -> modes, statuses, contexts, and factuality [n]."""
        found = self.qualities(self.drop(F.gelu(self.look(word))))
        modes, statuses, contexts, fact = torch.split(
            found, [len(TYPED_MODES), len(STATUSES), len(CONTEXTS), 1], dim=-1
        )
        return modes, statuses, contexts, fact.squeeze(-1)

    def forward(self, around: Tensor, word: Tensor, distance: Tensor, seen: Tensor) -> Tensor:
        """around: [n, words, WIDE] near each trigger; word: [n, WIDE] -> [n, words, PARTIES]."""
        return self.parties(self.near(around), self.far(word), distance, seen)


class PairReader(nn.Module):
    """For two stretches: how each stands to the other. One scorer of a direction, used both ways."""

    def __init__(self) -> None:
        super().__init__()
        self.near = nn.Linear(WIDE, NARROW)
        self.to_a = nn.Embedding(2 * REACH + 1, NARROW)
        self.to_b = nn.Embedding(2 * REACH + 1, NARROW)
        self.norm = nn.LayerNorm(NARROW)
        self.layer = Layer(NARROW, 4, 2 * NARROW)
        self.heed = nn.Linear(NARROW, 1)
        # From whom, to whom, between and around, each as the encoder and as this reader's layer has it.
        self.one = nn.Linear(WIDE + NARROW, PAIRED)
        self.other = nn.Linear(WIDE + NARROW, PAIRED)
        self.between = nn.Linear(WIDE + NARROW, PAIRED)
        self.around = nn.Linear(WIDE + NARROW, PAIRED)
        self.order = nn.Embedding(2, PAIRED)
        self.drop = nn.Dropout(0.2)
        self.inner = nn.Linear(PAIRED, PAIRED)
        self.scores = nn.Linear(PAIRED, DIRECTED)

    def forward(
        self, around: Tensor, whole: Tensor, to_a: Tensor, to_b: Tensor, held: Tensor, seen: Tensor
    ) -> Tensor:
        """Score [n, 2, DIRECTED]: a to b, b to a.

        around: [n, words, WIDE]; whole: [n, WIDE]; to_a, to_b: [n, words] buckets of distance; held: [n, 3,
        words], which words are a, b and between; seen: [n, words].
        """
        x = self.norm(F.gelu(self.near(around) + self.to_a(to_a) + self.to_b(to_b)))
        mask = torch.where(seen > 0, 0.0, -1e4)
        x = self.layer(x, mask[:, None, None, :])
        share = torch.softmax(self.heed(x).squeeze(-1) + mask, dim=-1)
        means = held / held.sum(-1, keepdim=True).clamp(min=1)
        words = torch.cat([around, x], dim=-1)
        a, b, between = (means @ words).unbind(1)
        context = torch.cat([whole, (share[:, None, :] @ x).squeeze(1)], dim=-1)
        shared = self.between(between) + self.around(context)
        found = []
        for order, (one, other) in enumerate(((a, b), (b, a))):
            y = self.one(one) + self.other(other) + shared + self.order.weight[order]
            y = self.drop(F.gelu(y))
            found.append(self.scores(self.drop(F.gelu(self.inner(y))) + y))
        return torch.stack(found, dim=1)


def stance_scores(directed: Tensor) -> Tensor:
    """Give [n, STANCES] from [n, 2, DIRECTED]: none, a supports b, b supports a, a opposes b, b opposes a."""
    supports, opposes = directed[..., 0], directed[..., 1]
    return torch.cat([torch.zeros_like(supports[:, :1]), supports, opposes], dim=1)


class Chain(nn.Module):
    """A linear-chain CRF: transitions between labels, those that cannot be held far below any score."""

    def __init__(self, allowed: Tensor) -> None:
        super().__init__()
        self.free = nn.Parameter(torch.zeros(allowed.shape))
        self.register_buffer("barred", torch.where(allowed, 0.0, -1e4))

    def transitions(self) -> Tensor:
        """Give [before, after] scores."""
        return self.free + self.barred

    def loss(self, scores: Tensor, gold: Tensor, seen: Tensor) -> Tensor:
        """Give minus the log likelihood of each row; scores: [n, words, labels]; gold, seen: [n, words]."""
        moves = self.transitions()
        start = self.barred[0]  # what may not follow O may not begin either
        total = scores[:, 0] + start
        for t in range(1, scores.shape[1]):
            following = torch.logsumexp(total[:, :, None] + moves, dim=1) + scores[:, t]
            total = torch.where(seen[:, t, None] > 0, following, total)
        emitted = scores.gather(2, gold[:, :, None]).squeeze(2) * seen
        moved = moves[gold[:, :-1], gold[:, 1:]] * seen[:, 1:]
        return torch.logsumexp(total, dim=1) - emitted.sum(1) - moved.sum(1)


def _allowed(labels: Sequence[str]) -> Tensor:
    return torch.tensor([[not b.startswith("I-") or a[2:] == b[2:] for b in labels] for a in labels])


class Network(nn.Module):
    """Everything that is trained."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.reader = RoleReader(len(ROLES))
        self.chain = Chain(_allowed(ROLES))
        self.events = EventReader()
        self.parties = Chain(_allowed(PARTIES))
        self.pairs = PairReader()

    def start_from(self, weights: dict[str, Tensor]) -> None:
        """Take the encoder's weights from a BERT checkpoint's tensors."""
        e = self.encoder
        with torch.no_grad():
            e.words.weight.copy_(weights["embeddings.word_embeddings.weight"])
            e.positions.weight.copy_(
                weights["embeddings.position_embeddings.weight"]
                + weights["embeddings.token_type_embeddings.weight"][0]
            )
            for mine, name in ((e.norm, "embeddings.LayerNorm"),):
                mine.weight.copy_(weights[f"{name}.weight"])
                mine.bias.copy_(weights[f"{name}.bias"])
            for i, layer in enumerate(e.layers):
                at = f"encoder.layer.{i}."
                for part in ("weight", "bias"):
                    parts = [weights[f"{at}attention.self.{x}.{part}"] for x in ("query", "key", "value")]
                    getattr(layer.qkv, part).copy_(torch.cat(parts))
                    for mine, name in (
                        (layer.out, "attention.output.dense"),
                        (layer.norm1, "attention.output.LayerNorm"),
                        (layer.up, "intermediate.dense"),
                        (layer.down, "output.dense"),
                        (layer.norm2, "output.LayerNorm"),
                    ):
                        getattr(mine, part).copy_(weights[f"{at}{name}.{part}"])
