"""From a checkpoint to the shipped weights:  python -m training.export RUN FOLDER [--fp32]

Writes encoder.onnx and roles.onnx (int8, or fp32), events.onnx and pairs.onnx (fp32: they are small), their
graphs already fused for the CPU, so that they load quickly; tokenizer.json and card.json.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.network import NARROW, WIDE, Encoder, EventReader, Layer, Network, PairReader, RoleReader
from training.train import minilm

NAME = "en-record-1"
# Chosen on PolNeAR dev (cue) and on the written tests (nested cue, trigger); the rest at even odds.
LEAST = {"cue": 0.5, "nested cue": 0.25, "name": 0.5, "nominal": 0.5, "trigger": 0.7, "context": 0.5}
# Of what is asked about any number of pairs or triggers at once, one answer must not hang on its company,
# as it would by the scale that their int8 activations share.
QUANTIZED = ("encoder.onnx", "roles.onnx")
GRAPHS = ("encoder.onnx", "roles.onnx", "events.onnx", "pairs.onnx")
FILES = (*GRAPHS, "tokenizer.json")


class _Attention(torch.autograd.Function):
    """Attention of many heads as one operator of onnxruntime's: its scores are never written out whole."""

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, heads: int) -> Tensor:
        """q: [batch, words, width]; k, v: [batch, length, width] -> [batch, words, width]."""
        b, t, w = q.shape
        q, k, v = (x.view(b, -1, heads, w // heads).transpose(1, 2) for x in (q, k, v))
        return F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(b, t, w)

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, heads: int) -> Any:
        """Name the operator."""
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=heads).setType(q.type())


def _unmasked(layer: Layer, x: Tensor) -> Tensor:
    return _after_attention(layer, x, _Attention.apply(*layer.qkv(x).chunk(3, dim=-1), layer.heads))


def _after_attention(layer: Layer, x: Tensor, seen: Tensor) -> Tensor:
    x = layer.norm1(x + layer.out(seen))
    return layer.norm2(x + layer.down(F.gelu(layer.up(x))))


def _linear(weight: Tensor, bias: Tensor) -> nn.Linear:
    made = nn.Linear(weight.shape[1], weight.shape[0])
    made.weight, made.bias = nn.Parameter(weight.detach()), nn.Parameter(bias.detach())
    return made


class UnpaddedEncoder(nn.Module):
    """The encoder as it runs: one window, no padding, so no mask; its heads are one product."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.e = e = encoder
        last = e.layers[-1].qkv
        self.asking = _linear(last.weight[:WIDE], last.bias[:WIDE])
        self.asked = _linear(last.weight[WIDE:], last.bias[WIDE:])
        heads = (e.cues, e.names, e.nominals, e.triggers, e.near, e.far)
        self.heads = _linear(torch.cat([y.weight for y in heads]), torch.cat([y.bias for y in heads]))
        self.widths = [y.out_features for y in heads]

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """ids, shapes: [1, pieces]; first: [1, words] -> five heads' scores, near, far, words and whole."""
        e = self.e
        x = e.norm(e.words(ids) + e.positions.weight[: ids.shape[1]] + e.shapes(shapes))
        for layer in e.layers[:-1]:
            x = _unmasked(layer, x)
        # Of the last layer only the words' first pieces and the opening mark are asked for.
        kept = torch.cat([torch.zeros_like(first[:, :1]), first], dim=1)
        few = torch.gather(x, 1, kept[:, :, None].expand(-1, -1, WIDE))
        seen = _Attention.apply(self.asking(few), *self.asked(x).chunk(2, dim=-1), e.layers[-1].heads)
        few = _after_attention(e.layers[-1], few, seen)
        h = few[:, 1:]
        return *self.heads(h).split(self.widths, dim=-1), h, few[:, 0]


class WindowRoles(nn.Module):
    """The role reader as it runs: all cues of one window, every word seen."""

    def __init__(self, reader: RoleReader) -> None:
        super().__init__()
        self.r = reader

    def forward(self, near: Tensor, cue: Tensor, distance: Tensor) -> Tensor:
        """near: [words, NARROW]; cue: [cues, NARROW]; distance: [cues, words] -> [cues, words, ROLES]."""
        r = self.r
        x = r.norm(F.gelu(near[None] + cue[:, None, :] + r.distance(distance)))
        return r.roles(_unmasked(r.layer, x))


class WindowEvents(nn.Module):
    """The event reader as it runs: all triggers of one window; ``index`` says which words are near each."""

    def __init__(self, reader: EventReader) -> None:
        super().__init__()
        self.r = reader

    def forward(
        self, words: Tensor, word: Tensor, index: Tensor, distance: Tensor, seen: Tensor
    ) -> tuple[Tensor, ...]:
        """words: [words, WIDE]; word: [n, WIDE]; the rest [n, near] -> parties and qualities."""
        r = self.r.parties
        near = self.r.near(words)[index]
        x = r.norm(F.gelu(near + self.r.far(word)[:, None, :] + r.distance(distance)))
        parties = r.roles(_masked(r.layer, x, seen))
        return parties, *self.r.judge(word)


class WindowPairs(nn.Module):
    """The pair reader as it runs: all pairs of one window."""

    def __init__(self, reader: PairReader) -> None:
        super().__init__()
        self.r = reader

    def forward(
        self,
        words: Tensor,
        whole: Tensor,
        index: Tensor,
        to_a: Tensor,
        to_b: Tensor,
        held: Tensor,
        seen: Tensor,
    ) -> Tensor:
        """words: [words, WIDE]; whole: [1, WIDE]; the rest as in the reader -> [n, 2, DIRECTED]."""
        r = self.r
        around = words[index]
        x = r.norm(F.gelu(r.near(words)[index] + r.to_a(to_a) + r.to_b(to_b)))
        x = _masked(r.layer, x, seen)
        share = torch.softmax(r.heed(x).squeeze(-1) + (seen - 1) * 1e4, dim=-1)
        means = held / held.sum(-1, keepdim=True).clamp(min=1)
        a, b, between = (means @ torch.cat([around, x], dim=-1)).unbind(1)
        heeded = (share[:, None, :] @ x).squeeze(1)
        each = whole + heeded[:, :1] * 0  # an expansion that the export does not take for a constant
        shared = r.between(between) + r.around(torch.cat([each, heeded], dim=-1))
        found = []
        for order, (one, other) in enumerate(((a, b), (b, a))):
            y = F.gelu(r.one(one) + r.other(other) + shared + r.order.weight[order])
            found.append(r.scores(F.gelu(r.inner(y)) + y))
        return torch.stack(found, dim=1)


def _masked(layer: Layer, x: Tensor, seen: Tensor) -> Tensor:
    b, t, w = x.shape
    q, k, v = (y.view(b, t, layer.heads, w // layer.heads) for y in layer.qkv(x).chunk(3, dim=-1))
    # Fewer numbers are scaled in the queries than in the scores.
    odds = (q.transpose(1, 2) * (w // layer.heads) ** -0.5) @ k.permute(0, 2, 3, 1)
    odds = odds + ((seen - 1) * 1e4)[:, None, None, :]
    held = (torch.softmax(odds, dim=-1) @ v.transpose(1, 2)).transpose(1, 2).reshape(b, t, w)
    return _after_attention(layer, x, held)


def main() -> None:
    """Export the averaged weights of a run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fp32", action="store_true")
    given = parser.parse_args()
    network = Network()
    network.load_state_dict(torch.load(given.run / "checkpoint.pt", weights_only=True)["averaged"])
    network.eval()
    given.folder.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as scratch:
        warnings.simplefilter("ignore")
        plain = Path(scratch)
        ids = torch.ones((1, 12), dtype=torch.long)
        _export(UnpaddedEncoder(network.encoder), (ids, ids % 2, torch.arange(1, 9)[None]),
                plain / "encoder.onnx",
                {"ids": {1: "pieces"}, "shapes": {1: "pieces"}, "first": {1: "words"}},
                ["cues", "names", "nominals", "triggers", "near", "far", "words", "whole"])  # fmt: skip
        _export(WindowRoles(network.reader),
                (torch.zeros(8, NARROW), torch.zeros(3, NARROW), torch.zeros((3, 8), dtype=torch.long)),
                plain / "roles.onnx",
                {"near": {0: "words"}, "cue": {0: "cues"}, "distance": {0: "cues", 1: "words"}},
                ["roles"])  # fmt: skip
        rows = torch.zeros((3, 6), dtype=torch.long)
        spread = {0: "n", 1: "near"}
        _export(WindowEvents(network.events),
                (torch.zeros(8, WIDE), torch.zeros(3, WIDE), rows, rows, torch.ones(3, 6)),
                plain / "events.onnx",
                {"words": {0: "words"}, "word": {0: "n"}, "index": spread, "distance": spread,
                 "seen": spread},
                ["parties", "modes", "statuses", "contexts", "facts"])  # fmt: skip
        _export(WindowPairs(network.pairs),
                (torch.zeros(8, WIDE), torch.zeros(1, WIDE), rows, rows, rows,
                 torch.ones(3, 3, 6), torch.ones(3, 6)),
                plain / "pairs.onnx",
                {"words": {0: "words"}, "whole": {}, "index": spread, "to_a": spread, "to_b": spread,
                 "held": {0: "n", 2: "near"}, "seen": spread},
                ["directed"])  # fmt: skip
        for name in GRAPHS:
            if name in QUANTIZED and not given.fp32:
                _quantize(plain / name, plain / name)
            _fuse(plain / name, given.folder / name)
    shutil.copy(minilm() / "tokenizer.json", given.folder / "tokenizer.json")
    files = {n: hashlib.sha256((given.folder / n).read_bytes()).hexdigest() for n in FILES}
    card = {
        "name": NAME,
        "files": files,
        "moves": [[round(x, 5) for x in row] for row in network.chain.transitions().tolist()],
        "start": [round(x, 5) for x in network.chain.barred[0].tolist()],
        "party_moves": [[round(x, 5) for x in row] for row in network.parties.transitions().tolist()],
        "party_start": [round(x, 5) for x in network.parties.barred[0].tolist()],
        "least": LEAST,
        "fused": True,
    }
    (given.folder / "card.json").write_text(json.dumps(card, indent=1) + "\n")


def _export(
    module: nn.Module,
    inputs: tuple[Tensor, ...],
    path: Path,
    axes: dict[str, dict[int, str]],
    outputs: list[str],
) -> None:
    torch.onnx.export(
        module,
        inputs,
        str(path),
        input_names=list(axes),
        output_names=outputs,
        dynamic_axes=axes,
        opset_version=17,
        custom_opsets={"com.microsoft": 1},
        dynamo=False,
    )


def _quantize(plain: Path, path: Path) -> None:
    """Weights to int8, a scale a column; seven bits, so that no processor's 16-bit sums overflow."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(plain, path, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)


def _fuse(path: Path, fused: Path) -> None:
    """Write a graph as onnxruntime would make it anew at each load.

    "Extended" fusions suit every CPU, unlike the layouts of the level above. SkipLayerNormalization is left
    out: its kernel takes five times as long as the sum and the norm that it stands for.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(fused)
    onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
    )


if __name__ == "__main__":
    main()
