"""Trains the verbal model. usage: train.py CONFIG [--resume]

The config (JSON) names the corpora, the sizes and the schedule; everything random comes from its seed. Writes beside
the config's `out`: NAME.pt (resumable), NAME.safetensors (at every evaluation) and NAME.log.jsonl (committed).
"""
import json
import math
import os
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

from corpus import FORMATS, Corpus, Vocabulary, pad
from export import save_safetensors
from model import Decoder, Shape, generate


class Run:
    """What every trainer needs: config, device, log and checkpoints."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as text:
            self.config = json.load(text)
        self.folder = os.environ.get("CORPORA", os.path.dirname(os.path.abspath(path)))
        self.out = os.environ.get("OUT", self.folder)
        self.name = self.config["name"]
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        torch.manual_seed(self.config["seed"])
        self.rng = np.random.default_rng(self.config["seed"])
        here = os.path.dirname(os.path.abspath(__file__))
        self.vocabulary = Vocabulary(os.path.join(here, self.config.get("vocabulary", "vocab.txt")))
        self.model = self.build().to(self.device)
        self.started = time.time()
        self.seconds_before = 0.0

    def build(self):
        return Decoder(Shape.from_config(self.config["model"], len(self.vocabulary)))

    def export(self):
        save_safetensors(self.model, self.path(".safetensors"))

    def corpus(self, name):
        return Corpus(os.path.join(self.folder, name))

    def path(self, ending):
        return os.path.join(self.out, self.name + ending)

    def seconds(self):
        return self.seconds_before + time.time() - self.started

    def log(self, **record):
        record = {"seconds": round(self.seconds()), **record}
        print(json.dumps(record), flush=True)
        with open(self.path(".log.jsonl"), "a", encoding="utf-8") as lines:
            lines.write(json.dumps(record) + "\n")

    def save(self, optimizer, **progress):
        state = {"model": self.model.state_dict(), "optimizer": optimizer.state_dict(), "seconds": self.seconds(),
                 "rng": self.rng.bit_generator.state, **progress}
        torch.save(state, self.path(".pt.tmp"))
        os.replace(self.path(".pt.tmp"), self.path(".pt"))
        self.export()

    def load(self, optimizer):
        state = torch.load(self.path(".pt"), map_location=self.device)
        self.model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        self.rng.bit_generator.state = state["rng"]
        self.seconds_before = state["seconds"]
        return state


def optimizer_of(model, config):
    matrices = [p for p in model.parameters() if p.dim() == 2]
    vectors = [p for p in model.parameters() if p.dim() != 2]
    groups = [{"params": matrices, "weight_decay": config.get("decay", 0.1)}, {"params": vectors, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=config["rate"], betas=(0.9, 0.98), foreach=True)


def rate_at(done, config):
    """Linear warm-up, then a cosine down to a tenth; done is the share of the run behind us."""
    warm = config.get("warmup", 0.02)
    if done < warm:
        return config["rate"] * (done + 1e-4) / warm
    return config["rate"] * (0.1 + 0.45 * (1 + math.cos(math.pi * min(1.0, (done - warm) / (1 - warm)))))


def learn(model, optimizer, loss):
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()


def verbal_loss(model, ids, mask):
    """Cross entropy at the learned positions only; logits are made for no others."""
    hidden, _ = model(model.embedding(ids[:, :-1]))
    learned = mask[:, 1:]
    return F.cross_entropy(model.logits(hidden[learned]), ids[:, 1:][learned])


def last_number(vocabulary, tokens):
    digits = ""
    for character in reversed(vocabulary.text(tokens)):
        if not character.isdigit():
            break
        digits = character + digits
    return digits


def accuracy(run, corpus, form, count, limit):
    """Greedy accuracy on the first `count` rows of one format: answers by family and by steps."""
    chosen = [i for i in range(len(corpus)) if FORMATS[corpus.kinds[i, 0]] == form][:count]
    pairs = [corpus.question(i) for i in chosen]
    stop = run.vocabulary.ids["<|im_end|>"]
    run.model.eval()
    texts = generate(run.model, [prompt for prompt, _ in pairs], limit, stop)
    run.model.train()
    exact = form in ("understand", "recall", "examine", "backtrack")
    right = [text == wanted if exact else last_number(run.vocabulary, text) == last_number(run.vocabulary, wanted)
             for text, (_, wanted) in zip(texts, pairs)]
    return np.array(right), corpus.kinds[chosen]


def evaluate(run, corpus, tokens, share, loss, count):
    report = {}
    for form in run.config.get("evaluate", ["direct", "cot", "examine"]):
        right, kinds = accuracy(run, corpus, form, count, run.config.get("limit", 140))
        report[form] = round(float(right.mean()), 3)
        if form == "cot":
            report["cot_by_family"] = {str(f): round(float(right[kinds[:, 1] == f].mean()), 2) for f in np.unique(kinds[:, 1])}
            report["cot_by_steps"] = {str(s): round(float(right[kinds[:, 2] == s].mean()), 2) for s in np.unique(kinds[:, 2])}
    run.log(tokens=tokens, share=round(share, 4), loss=round(loss, 4), **report)


def main(path, resume):
    run = Run(path)
    config = run.config
    optimizer = optimizer_of(run.model, config)
    progress = run.load(optimizer) if resume else {"tokens": 0, "step": 0}
    tokens, step, budget = progress["tokens"], progress["step"], config["tokens"]
    held_out = run.corpus(config["held_out"])
    run.log(name=run.name, resumed_at=tokens, config=config, parameters=sum(p.numel() for p in run.model.parameters()),
            torch=torch.__version__, device=run.device, threads=torch.get_num_threads())
    phases = [(phase["until"], run.corpus(phase["corpus"])) for phase in config["phases"]]
    next_report = tokens + config["report_every"]
    losses, phase, batches = [], None, None
    while tokens < budget:
        share = tokens / budget
        current = next(corpus for until, corpus in phases if share < until)
        if current is not phase:
            phase, batches = current, current.batches(run.rng, config["batch"])
        for group in optimizer.param_groups:
            group["lr"] = rate_at(share, config)
        ids, mask = pad(phase, next(batches), run.device)
        loss = verbal_loss(run.model, ids, mask)
        learn(run.model, optimizer, loss)
        losses.append(loss.item())
        tokens += ids.numel()
        step += 1
        if step % 200 == 0:
            print(f"{step} {tokens} loss {np.mean(losses[-200:]):.4f} {tokens / run.seconds():.0f}/s", flush=True)
        if tokens >= next_report or tokens >= budget:
            next_report += config["report_every"]
            evaluate(run, held_out, tokens, tokens / budget, float(np.mean(losses)), config.get("problems", 240))
            losses = []
            run.save(optimizer, tokens=tokens, step=step)


if __name__ == "__main__":
    torch.set_num_threads(int(os.environ.get("THREADS", "1")))
    main(sys.argv[1], "--resume" in sys.argv[2:])
