"""Trains the DataAlchemy models (Zhao et al. 2025, arXiv 2508.01191): verbal, or latent siblings of a verbal one.

usage: alchemy.py CONFIG [--resume]

`thought` is "none" for the verbal model, which learns the think part and the answer; "hidden" (Coconut) or "pause" for a
sibling that starts `from` a verbal model. A stage with k thoughts replaces the first k tokens of the think part by k
thoughts; `stages` lists pairs of k and rows. The rate sinks by a cosine over all rows, in every stage alike. The run ends
before its last row when a report of the last stage finds a share of `enough` held-out problems exact.
"""
import os
import sys

import numpy as np
import torch

from coconut import latent_loss, thinker
from corpus import pad
from export import load_safetensors, save_safetensors
from model import generate
from train import Run, learn, optimizer_of, rate_at, verbal_loss


class Rows:
    """Prompts, think parts and answers of a corpus."""

    def __init__(self, run, corpus):
        ids = run.vocabulary.ids
        self.start, self.end, self.stop, self.pause = (
            ids[f"<|{name}|>"] for name in ("start-latent", "end-latent", "im_end", "pause"))
        mark = ids["ANSWER: "]
        self.items = []
        for index in range(len(corpus)):
            prompt, text = corpus.question(index)
            at = text.index(mark)
            self.items.append((prompt, text[:at], text[at:], corpus.kinds[index]))

    def latent(self, ids):
        """The prompts of a latent sibling: its word in place of the verbal one, and the marker before the thoughts."""
        self.items = [([ids["latent"] if token == ids["cot"] else token for token in prompt] + [self.start], *rest)
                      for prompt, *rest in self.items]

    @staticmethod
    def text(item, thoughts):
        """What is said after the thoughts: the rest of the think part, then the answer."""
        return item[1][thoughts:] + item[2]


def accuracy(run, rows, items, thoughts, thought):
    """Greedy exact match of the whole text."""
    run.model.eval()
    texts = generate(run.model, [item[0] for item in items], 40, rows.stop, thoughts,
                     thinker(run, rows, thought), None if thought == "none" else [rows.end])
    run.model.train()
    return round(float(np.mean([said == rows.text(item, thoughts) for said, item in zip(texts, items)])), 3)


def main(path, resume):
    run = Run(path)
    config = run.config
    thought, batch, stages = config["thought"], config["batch"], config["stages"]
    corpus = run.corpus(config["corpus"])
    held_out = Rows(run, run.corpus(config["held_out"]))
    training = None
    optimizer = optimizer_of(run.model, config)
    if thought != "none":
        training = Rows(run, corpus)
        training.latent(run.vocabulary.ids)
        held_out.latent(run.vocabulary.ids)
    if resume:
        seen = run.load(optimizer)["rows"]
    else:
        seen = 0
        if thought != "none":
            load_safetensors(run.model, os.path.join(os.path.dirname(os.path.abspath(path)), config["from"]))
            ids = run.vocabulary.ids
            with torch.no_grad():
                # Never trained so far: they begin as tokens that the model knows how to pass over.
                for new, known in (("latent", "cot"), ("<|start-latent|>", "\n"), ("<|end-latent|>", "\n"), ("<|pause|>", "\n")):
                    run.model.embedding.weight[ids[new]] = run.model.embedding.weight[ids[known]]
        run.log(name=run.name, config=config, parameters=sum(p.numel() for p in run.model.parameters()),
                torch=torch.__version__, device=run.device, threads=torch.get_num_threads())
    total, ends = sum(rows for _, rows in stages), np.cumsum([rows for _, rows in stages])
    batches = corpus.batches(run.rng, batch)
    losses = []
    while seen < total:
        stage = int(np.searchsorted(ends, seen, "right"))
        thoughts = stages[stage][0]
        for group in optimizer.param_groups:
            group["lr"] = rate_at(seen / total, config)
        chosen = next(batches)
        if thought == "none":
            ids, mask = pad(corpus, chosen, run.device)
            loss = verbal_loss(run.model, ids, mask)
        else:
            loss = latent_loss(run.model, training, [training.items[i] for i in chosen], thoughts, thought, run.device)
        learn(run.model, optimizer, loss)
        losses.append(loss.item())
        seen += batch
        if seen >= total or seen // config["report_every"] != (seen - batch) // config["report_every"]:
            probe = held_out.items[:config["problems"]]
            report = {"zeroed": accuracy(run, held_out, probe, thoughts, "zeroed")} if thought == "hidden" else {}
            exact = accuracy(run, held_out, probe, thoughts, thought)
            run.log(thoughts=thoughts, rows=seen, loss=round(float(np.mean(losses)), 4), exact=exact, **report)
            losses = []
            run.save(optimizer, rows=seen)
            if stage == len(stages) - 1 and exact >= config["enough"]:
                break


if __name__ == "__main__":
    torch.set_num_threads(int(os.environ.get("THREADS", "1")))
    main(sys.argv[1], "--resume" in sys.argv[2:])
