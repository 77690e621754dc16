"""A llama-architecture decoder (RMSNorm, SwiGLU, interleaved RoPE, tied embeddings) with a latent forward pass.

Plain PyTorch from 1.13 on, CPU or CUDA. Attention is written out because 1.13 has no fused kernel on CPU; the complex
multiplication of the rotary embedding and the fused q|k|v and gate|up products are there for speed on few cores.
"""
import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn


@dataclass
class Shape:
    """Sizes of the network; `from_config` takes the `model` part of a run's config."""

    vocabulary: int
    width: int = 128
    layers: int = 3
    heads: int = 4
    hidden: int = 384
    context: int = 1024
    rope_base: float = 10000.0
    norm_epsilon: float = 1e-5

    @staticmethod
    def from_config(config, vocabulary):
        return Shape(vocabulary=vocabulary, **config)


class Norm(nn.Module):
    def __init__(self, width, epsilon):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x):
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.epsilon) * self.weight


class Block(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.heads = shape.heads
        self.attention_norm = Norm(shape.width, shape.norm_epsilon)
        self.qkv = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.output = nn.Linear(shape.width, shape.width, bias=False)
        self.feed_norm = Norm(shape.width, shape.norm_epsilon)
        self.gate_up = nn.Linear(shape.width, 2 * shape.hidden, bias=False)
        self.down = nn.Linear(shape.hidden, shape.width, bias=False)

    def forward(self, x, turns, mask, past):
        rows, length, width = x.shape
        size = width // self.heads
        q, k, v = self.qkv(self.attention_norm(x)).view(rows, length, 3, self.heads, size).permute(2, 0, 3, 1, 4)
        q, k = rotate(q, turns), rotate(k, turns)
        if past is not None:
            k, v = torch.cat((past[0], k), 2), torch.cat((past[1], v), 2)
        scores = torch.baddbmm(
            mask, q.reshape(-1, length, size), k.reshape(rows * self.heads, -1, size).transpose(1, 2), alpha=size ** -0.5)
        mixed = torch.bmm(torch.softmax(scores, -1), v.reshape(rows * self.heads, -1, size))
        x = x + self.output(mixed.view(rows, self.heads, length, size).transpose(1, 2).reshape(rows, length, width))
        gate, up = self.gate_up(self.feed_norm(x)).chunk(2, -1)
        return x + self.down(F.silu(gate) * up), (k, v)


def rotate(x, turns):
    """Interleaved rotary embedding: pairs (0,1), (2,3), ... as complex numbers."""
    pairs = torch.view_as_complex(x.float().reshape(*x.shape[:-1], -1, 2))
    return torch.view_as_real(pairs * turns).flatten(-2).type_as(x)


class Decoder(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = Norm(shape.width, shape.norm_epsilon)
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                deep = name.endswith(("output.weight", "down.weight"))
                nn.init.normal_(parameter, std=0.02 / (math.sqrt(2 * shape.layers) if deep else 1))
        size = shape.width // shape.heads
        speeds = shape.rope_base ** (-torch.arange(0, size, 2).float() / size)
        angles = torch.outer(torch.arange(shape.context).float(), speeds)
        self.register_buffer("turns", torch.polar(torch.ones_like(angles), angles), persistent=False)

    def forward(self, inputs, past=None, hide=None):
        """Runs rows of embeddings (rows x length x width); returns post-norm hidden states and the cache.

        hide: rows x (past + length), True where a key must not be seen (left padding). Positions count from the left
        edge, padding included: rotary attention sees differences only, so a shift of a whole row changes nothing.
        """
        rows, length, _ = inputs.shape
        before = 0 if past is None else past[0][0].shape[2]
        total = before + length
        mask = torch.full((length, total), float("-inf"), device=inputs.device, dtype=inputs.dtype).triu(before + 1)
        if hide is None:
            mask = mask.unsqueeze(0)
        else:
            padded = torch.zeros(rows, 1, 1, total, device=inputs.device, dtype=inputs.dtype)
            padded.masked_fill_(hide[:, None, None, :total], -1e9)
            mask = (mask.clamp(min=-1e9) + padded).expand(rows, self.shape.heads, length, total)
            mask = mask.reshape(rows * self.shape.heads, length, total)
        turns = self.turns[before:total]
        x, cache = inputs, []
        for block, old in zip(self.blocks, past or [None] * len(self.blocks)):
            x, new = block(x, turns, mask, old)
            cache.append(new)
        return self.norm(x), cache

    def logits(self, hidden):
        return hidden @ self.embedding.weight.t()


@torch.no_grad()
def generate(model, prompts, limit, stop, thoughts=0, think=None, after=None):
    """Greedy continuation of token lists. With thoughts > 0, that many latent inputs stand between prompt and text.

    think: hidden state -> next input (identity for Coconut); after: tokens fed after the thoughts.
    Returns one list per prompt, without the stop token.
    """
    device = model.embedding.weight.device
    width = max(map(len, prompts))
    ids = torch.zeros(len(prompts), width, dtype=torch.long)
    hide = torch.zeros(len(prompts), width + thoughts + limit + 8, dtype=torch.bool)
    for row, prompt in enumerate(prompts):
        ids[row, width - len(prompt):] = torch.tensor(prompt)
        hide[row, :width - len(prompt)] = True
    ids, hide = ids.to(device), hide.to(device)
    hidden, past = model(model.embedding(ids), hide=hide)
    for _ in range(thoughts):
        hidden, past = model(think(hidden[:, -1:]), past, hide)
    if after:
        fed = model.embedding(torch.tensor(after, device=device)).expand(len(prompts), -1, -1)
        hidden, past = model(fed, past, hide)
    texts, done = [[] for _ in prompts], [False] * len(prompts)
    for _ in range(limit):
        chosen = model.logits(hidden[:, -1]).argmax(-1)
        for row, token in enumerate(chosen.tolist()):
            if token == stop:
                done[row] = True
            elif not done[row]:
                texts[row].append(token)
        if all(done):
            break
        hidden, past = model(model.embedding(chosen)[:, None], past, hide)
    return texts
