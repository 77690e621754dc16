"""Trains a recurrent-depth model or its fixed-depth twin. usage: recurrent.py CONFIG [--resume]

After Geiping et al. 2025 (Huginn, arXiv 2502.05171), scaled down: a prelude turns the tokens into e, a core is applied r
times to a state s that starts as noise and gets e anew each time, s = core(adapter([s; e])), and a coda reads the answer off
the state. r is drawn per batch, Poisson(lambda) + 1 with lambda log-normal of mean `depth`, and gradients flow through the
last `backprop` applications only. With `depth` 0 the core is applied once, to a state of zeros, in training and after: the
twin with the same blocks and the same number of parameters, whose adapter's left half stays idle.

Unlike the paper's, the blocks are plain pre-norm ones with one norm on the core's output, and positions enter as a penalty of
the distance (ALiBi, Press et al. 2022, arXiv 2108.12409). A first version with norms on the stream after every part, rotary
positions, mod 7 and a chat format knew the first operation only after 81,000 problems; this one knew two after 60,000.

The models learn to answer at once. The corpus holds worked solutions, of which the trainer takes the values on the way: beside
the answer, the position of every operation learns the value after it (`prefixes` is the weight), one signal per operation
instead of one per problem.
"""
import math
import os
import sys
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from model import Norm
from train import Run, learn, optimizer_of, rate_at

DEPTHS = (1, 2, 4, 8, 16, 32)


@dataclass
class RecurrentShape:
    vocabulary: int
    width: int
    heads: int
    hidden: int
    prelude: int
    core: int
    coda: int
    context: int
    sigma: float
    norm_epsilon: float = 1e-5


class Block(nn.Module):
    """Causal attention and a gated feed-forward part, each behind a norm."""

    def __init__(self, shape):
        super().__init__()
        self.heads, self.size = shape.heads, shape.width // shape.heads
        self.attention_norm = Norm(shape.width, shape.norm_epsilon)
        self.qkv = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.output = nn.Linear(shape.width, shape.width, bias=False)
        self.feed_norm = Norm(shape.width, shape.norm_epsilon)
        self.gate_up = nn.Linear(shape.width, 2 * shape.hidden, bias=False)
        self.down = nn.Linear(shape.hidden, shape.width, bias=False)

    def forward(self, x, bias, past=None):
        """x: rows x length x width; bias: heads x length x (before + length); past: rows x before x 2 x heads x size.

        Returns x and the new keys and values.
        """
        rows, length, width = x.shape
        q, k, v = self.qkv(self.attention_norm(x)).view(rows, length, 3, self.heads, self.size).unbind(2)
        new = torch.stack((k, v), 2)
        if past is not None:
            k, v = torch.cat((past, new), 1).unbind(2)
        scores = torch.matmul(q.transpose(1, 2), k.permute(0, 2, 3, 1)) * self.size ** -0.5 + bias
        mixed = torch.matmul(torch.softmax(scores, -1), v.transpose(1, 2))
        x = x + self.output(mixed.transpose(1, 2).reshape(rows, length, width))
        gate, up = self.gate_up(self.feed_norm(x)).chunk(2, -1)
        return x + self.down(F.silu(gate) * up), new


class RecurrentDecoder(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.prelude = nn.ModuleList(Block(shape) for _ in range(shape.prelude))
        self.adapter = nn.Linear(2 * shape.width, shape.width, bias=False)
        self.core = nn.ModuleList(Block(shape) for _ in range(shape.core))
        self.state_norm = Norm(shape.width, shape.norm_epsilon)
        self.coda = nn.ModuleList(Block(shape) for _ in range(shape.coda))
        self.norm = Norm(shape.width, shape.norm_epsilon)
        deep = 2 * (shape.prelude + 4 * shape.core + shape.coda)
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                std = math.sqrt(2 / (5 * shape.width))
                nn.init.normal_(parameter, std=std / math.sqrt(deep) if name.endswith(("output.weight", "down.weight")) else std)
        # 2, 1/2, 1/8 ... and 0: the first head looks at its neighbours, the last one everywhere.
        slopes = [2.0 * 0.25 ** head for head in range(shape.heads - 1)] + [0.0]
        self.register_buffer("slopes", torch.tensor(slopes)[:, None, None], persistent=False)

    def start(self, e, generator=None):
        """The state before the first application: normal noise, cut off at two standard deviations."""
        if self.shape.sigma == 0:
            return torch.zeros_like(e)
        return self.shape.sigma * torch.randn(e.shape, generator=generator, device=e.device).clamp(-2, 2)

    def bias(self, queries, keys):
        """What attention adds to its scores, from the positions of queries and keys."""
        distance = (queries[:, None] - keys[None, :]).to(self.slopes.dtype)
        return torch.where(distance < 0, torch.full_like(distance, -1e9), -self.slopes * distance)

    def biases(self, length, device):
        positions = torch.arange(length, device=device)
        return self.bias(positions, positions)

    def run(self, blocks, x, bias):
        for block in blocks:
            x, _ = block(x, bias)
        return x

    def step(self, state, e, bias):
        return self.state_norm(self.run(self.core, self.adapter(torch.cat((state, e), -1)), bias))

    def hidden(self, state, bias):
        return self.norm(self.run(self.coda, state, bias))

    def logits(self, hidden):
        return hidden @ self.embedding.weight.t()


class RecurrentRun(Run):
    def build(self):
        return RecurrentDecoder(RecurrentShape(vocabulary=len(self.vocabulary), **self.config["model"]))

    def export(self):
        """The weights stand in the checkpoint; recurrent_export.py makes graphs of them at the end."""


def depth_of(rng, mean):
    """Applications of the core for one batch; the spread is that of the paper."""
    spread = 0.5
    return int(rng.poisson(rng.lognormal(math.log(mean) - spread ** 2 / 2, spread))) + 1 if mean else 1


class Rows:
    """Direct rows made from worked ones, in the chat format or without: the question, and what each position is to predict."""

    def __init__(self, run, corpus, chat=False):
        ids = run.vocabulary.ids
        self.corpus, self.chat, self.mark, self.stop = corpus, chat, ids["ANSWER: "], ids["<|im_end|>"]
        self.user, self.close = ids["user\n"], ids[";"]
        self.direct = {ids["cot"]: ids["direct"]}

    def __len__(self):
        return len(self.corpus)

    def batch(self, indices, device):
        """Right-padded inputs, the tokens they are to predict (-1 for nothing), and which of these are values on the way."""
        rows = [self.row(index) for index in indices]
        width = max(len(tokens) for tokens, _, _ in rows)
        ids = torch.zeros(len(rows), width, dtype=torch.long)
        wanted = torch.full((len(rows), width), -1)
        on_the_way = torch.zeros(len(rows), width, dtype=torch.bool)
        for row, (tokens, first, values) in enumerate(rows):
            ids[row, :len(tokens)] = torch.tensor(tokens)
            wanted[row, len(tokens) - 4:len(tokens) - 1] = ids[row, len(tokens) - 3:len(tokens)]
            wanted[row, first:first + len(values)] = torch.tensor(values)
            on_the_way[row, first:first + len(values)] = True
        return ids[:, :-1].to(device), wanted[:, :-1].to(device), on_the_way[:, :-1].to(device)

    def row(self, index):
        """The tokens, the position of the first operation (behind the value it starts from), and the values on the way."""
        prompt, text = self.corpus.question(index)
        start = prompt.index(self.user) + 1
        values = [text[at - 1] for at, token in enumerate(text) if token == self.close]
        answer = [self.mark, text[-1], self.stop]
        if self.chat:
            return [self.direct.get(token, token) for token in prompt] + answer, start + 1, values
        return prompt[start:prompt.index(self.stop, start)] + answer, 1, values


def loss_of(model, rows, depth, backprop, prefixes):
    ids, wanted, on_the_way = rows
    bias = model.biases(ids.shape[1], ids.device)
    e = model.run(model.prelude, model.embedding(ids), bias)
    state = model.start(e)
    with torch.no_grad():
        for _ in range(max(0, depth - backprop)):
            state = model.step(state, e, bias)
    for _ in range(min(depth, backprop)):
        state = model.step(state, e, bias)
    return two_part_loss(model, model.hidden(state, bias), wanted, on_the_way, prefixes)


def two_part_loss(model, hidden, wanted, on_the_way, prefixes):
    """Cross entropy of the answer, and that of the values on the way with the weight `prefixes`."""
    answer = (wanted >= 0) & ~on_the_way
    return F.cross_entropy(model.logits(hidden[answer]), wanted[answer]) \
        + prefixes * F.cross_entropy(model.logits(hidden[on_the_way]), wanted[on_the_way])


@torch.no_grad()
def evaluate(run, problems, count, depths):
    """Accuracy of the answer's token at several depths, and the steps of the problems."""
    right = {depth: np.zeros(count, bool) for depth in depths}
    generator = torch.Generator(device=run.device).manual_seed(1)
    for at in range(0, count, 200):
        rows = np.arange(at, min(at + 200, count))
        ids, wanted, _ = problems.batch(rows, run.device)
        bias = run.model.biases(ids.shape[1], run.device)
        where = (ids == problems.mark).int().argmax(1)
        each = torch.arange(len(rows), device=run.device)
        e = run.model.run(run.model.prelude, run.model.embedding(ids), bias)
        state = run.model.start(e, generator)
        for depth in range(1, max(depths) + 1):
            state = run.model.step(state, e, bias)
            if depth in right:
                said = run.model.logits(run.model.hidden(state, bias)[each, where]).argmax(-1)
                right[depth][rows] = (said == wanted[each, where]).cpu().numpy()
    return right, problems.corpus.kinds[:count, 2]


def by_depth(right, steps):
    """Accuracies for the log: whole, and by the problems' number of steps."""
    return {str(depth): {"all": round(float(hits.mean()), 3),
                         **{str(s): round(float(hits[steps == s].mean()), 2) for s in np.unique(steps)}}
            for depth, hits in right.items()}


def fit(run, resume, loss_of_batch, evaluate, chat=False):
    """Trains by the run's config. loss_of_batch: rows and a generator of draws -> loss; evaluate: Rows and a count -> accuracies."""
    config = run.config
    optimizer = optimizer_of(run.model, config)
    progress = run.load(optimizer) if resume else {"tokens": 0, "step": 0}
    tokens, step, budget = progress["tokens"], progress["step"], config["tokens"]
    training, held_out, longer = (Rows(run, run.corpus(config[name]), chat) for name in ("corpus", "held_out", "longer"))
    run.log(name=run.name, resumed_at=tokens, config=config, parameters=sum(p.numel() for p in run.model.parameters()),
            torch=torch.__version__, device=run.device, threads=torch.get_num_threads())
    # One stream for the batches and one for the depths: the twin of an uninterrupted run sees the very same batches.
    draws = np.random.default_rng(config["seed"] + 1 + step)
    batches = training.corpus.batches(run.rng, config["batch"])
    next_report, losses = tokens + config["report_every"], []
    while tokens < budget:
        share = tokens / budget
        for group in optimizer.param_groups:
            group["lr"] = rate_at(share, config)
        rows = training.batch(next(batches), run.device)
        loss = loss_of_batch(rows, draws)
        learn(run.model, optimizer, loss)
        losses.append(loss.item())
        tokens += rows[0].numel()
        step += 1
        if tokens >= next_report or tokens >= budget:
            next_report += config["report_every"]
            run.log(tokens=tokens, steps=step, loss=round(float(np.mean(losses)), 4), held_out=evaluate(held_out, config["problems"]))
            losses = []
            run.save(optimizer, tokens=tokens, step=step)
    for name, problems in (("held_out", held_out), ("longer", longer)):
        run.log(final=name, problems=len(problems), accuracy=evaluate(problems, len(problems)))


def main(path, resume):
    run = RecurrentRun(path)
    config = run.config
    depths = DEPTHS if config["depth"] else (1,)
    fit(run, resume,
        lambda rows, draws: loss_of(run.model, rows, depth_of(draws, config["depth"]), config["backprop"], config["prefixes"]),
        lambda problems, count: by_depth(*evaluate(run, problems, count, depths)))


if __name__ == "__main__":
    torch.set_num_threads(int(os.environ.get("THREADS", "1")))
    main(sys.argv[1], "--resume" in sys.argv[2:])
