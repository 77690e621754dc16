"""Trains an HRM-Text model at small size. usage: hrm.py CONFIG [--resume]

HRM-Text (arXiv 2605.20613): two stacks of layers that the network goes through again and again,

    z_H = scale * E[tokens],  z_L = a learned vector
    repeat h times:  repeat l times:  z_L = L(z_L + z_H)
                     z_H = H(z_H + z_L)
    logits = E z_H

with pre-norm layers without norm weights, attention behind a sigmoid gate and rotary positions on halves, as llama.cpp's
architecture `hrm_text` computes it; the weights carry its names. `cycles` lists pairs (h, l), of which each batch draws one: a list of
one trains a fixed depth. Gradients flow through all passes.

The problems and the values on the way are those of recurrent.py, here within the chat format that the engine's arms use.
"""
import math
import os
import sys
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from export import write_safetensors
from recurrent import by_depth, fit, two_part_loss
from train import Run

MEASURED = ((1, 1), (1, 2), (2, 1), (2, 2), (3, 2), (4, 2), (8, 2), (2, 4))


@dataclass
class HrmShape:
    """Sizes; `architecture`, `h_cycles` and `l_cycles` are what the packed file says and nothing here reads."""

    vocabulary: int
    architecture: str
    h_cycles: int
    l_cycles: int
    width: int
    heads: int
    hidden: int
    layers_per_stack: int
    context: int
    embedding_scale: float
    rope_base: float = 10000.0
    norm_epsilon: float = 1e-5


class Layer(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.heads, self.epsilon = shape.heads, shape.norm_epsilon
        self.attention = nn.Linear(shape.width, 4 * shape.width, bias=False)  # q | k | v | gate
        self.output = nn.Linear(shape.width, shape.width, bias=False)
        self.gate_up = nn.Linear(shape.width, 2 * shape.hidden, bias=False)
        self.down = nn.Linear(shape.hidden, shape.width, bias=False)

    def forward(self, x, cosine, sine, mask):
        rows, length, width = x.shape
        q, k, v, gate = self.attention(norm(x, self.epsilon)).chunk(4, -1)
        q, k, v = (part.view(rows, length, self.heads, -1).transpose(1, 2) for part in (q, k, v))
        q, k = rotate(q, cosine, sine), rotate(k, cosine, sine)
        scores = torch.matmul(q, k.transpose(2, 3)) * q.shape[-1] ** -0.5 + mask
        mixed = torch.matmul(torch.softmax(scores, -1), v).transpose(1, 2).reshape(rows, length, width)
        x = x + self.output(mixed * torch.sigmoid(gate))
        gate, up = self.gate_up(norm(x, self.epsilon)).chunk(2, -1)
        return x + self.down(F.silu(gate) * up)


def norm(x, epsilon):
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + epsilon)


def rotate(x, cosine, sine):
    """Rotary embedding on halves: element i turns with element i + size / 2."""
    a, b = x.chunk(2, -1)
    return torch.cat((a * cosine - b * sine, a * sine + b * cosine), -1)


class HrmText(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.start = nn.Parameter(torch.randn(shape.width))
        self.low = nn.ModuleList(Layer(shape) for _ in range(shape.layers_per_stack))
        self.high = nn.ModuleList(Layer(shape) for _ in range(shape.layers_per_stack))
        for parameter in self.parameters():
            if parameter.dim() == 2:
                nn.init.normal_(parameter, std=1 / math.sqrt(shape.width))
        for layer in (*self.low, *self.high):
            nn.init.normal_(layer.output.weight, std=0.5 / math.sqrt(shape.width))
            nn.init.normal_(layer.down.weight, std=0.5 / math.sqrt(shape.hidden))
        nn.init.normal_(self.embedding.weight, std=1 / shape.embedding_scale)
        size = shape.width // shape.heads
        angles = torch.outer(torch.arange(shape.context).float(), shape.rope_base ** (-torch.arange(0, size, 2).float() / size))
        self.register_buffer("cosine", angles.cos(), persistent=False)
        self.register_buffer("sine", angles.sin(), persistent=False)
        mask = torch.full((shape.context, shape.context), float("-inf")).triu(1)
        self.register_buffer("mask", mask, persistent=False)

    def forward(self, ids, high_cycles, low_cycles):
        """Ids (rows x length) to the final z_H (rows x length x width)."""
        length = ids.shape[1]
        turns = self.cosine[:length], self.sine[:length], self.mask[:length, :length]
        high = self.shape.embedding_scale * self.embedding(ids)
        low = self.start.expand_as(high)
        for _ in range(high_cycles):
            for _ in range(low_cycles):
                low = self.stack(self.low, low + high, turns)
            high = self.stack(self.high, high + low, turns)
        return high

    def stack(self, layers, x, turns):
        for layer in layers:
            x = layer(x, *turns)
        return norm(x, self.shape.norm_epsilon)

    def logits(self, hidden):
        return hidden @ self.embedding.weight.t()


class HrmRun(Run):
    def build(self):
        return HrmText(HrmShape(vocabulary=len(self.vocabulary), **self.config["model"]))

    def export(self):
        write_safetensors(self.path(".safetensors"), tensors_of(self.model), {"rope": "halves"})


def tensors_of(model):
    """Weights under llama.cpp's names; the low stack's layers come first."""
    yield "token_embd.weight", model.embedding.weight
    yield "hrm.z_l_init", model.start
    for index, layer in enumerate((*model.low, *model.high)):
        block = f"blk.{index}."
        for name, part in zip(("attn_q", "attn_k", "attn_v", "attn_gate"), layer.attention.weight.chunk(4)):
            yield f"{block}{name}.weight", part
        yield block + "attn_output.weight", layer.output.weight
        for name, part in zip(("ffn_gate", "ffn_up"), layer.gate_up.weight.chunk(2)):
            yield f"{block}{name}.weight", part
        yield block + "ffn_down.weight", layer.down.weight


@torch.no_grad()
def evaluate(run, problems, count):
    """Accuracy of the answer's token at several depths, and the steps of the problems."""
    right = {cycles: np.zeros(count, bool) for cycles in MEASURED}
    for at in range(0, count, 200):
        rows = np.arange(at, min(at + 200, count))
        ids, wanted, _ = problems.batch(rows, run.device)
        where = (ids == problems.mark).int().argmax(1)
        each = torch.arange(len(rows), device=run.device)
        for cycles, hits in right.items():
            said = run.model.logits(run.model(ids, *cycles)[each, where]).argmax(-1)
            hits[rows] = (said == wanted[each, where]).cpu().numpy()
    return {f"{h},{l}": hits for (h, l), hits in right.items()}, problems.corpus.kinds[:count, 2]


def main(path, resume):
    run = HrmRun(path)
    config = run.config

    def loss(rows, draws):
        ids, wanted, on_the_way = rows
        hidden = run.model(ids, *config["cycles"][draws.integers(len(config["cycles"]))])
        return two_part_loss(run.model, hidden, wanted, on_the_way, config["prefixes"])

    fit(run, resume, loss, lambda problems, count: by_depth(*evaluate(run, problems, count)), chat=True)


if __name__ == "__main__":
    torch.set_num_threads(int(os.environ.get("THREADS", "1")))
    main(sys.argv[1], "--resume" in sys.argv[2:])
