"""Trains a latent sibling of the verbal model by the curriculum of Coconut (Hao et al. 2024, arXiv 2412.06769).

usage: coconut.py CONFIG [--resume]

A stage with k thoughts replaces the first k units of every worked solution (steps, or single arithmetic primitives:
`unit`) by k thoughts between <|start-latent|> and <|end-latent|>; a solution with fewer units is replaced whole and still
gets k thoughts. `stages` lists the k, one stage after the other. `thought` says what a thought is: "hidden", the post-norm
hidden state fed back as the next input, or "pause", one learned embedding at every thought: the control that has the
curriculum but recycles nothing.

A stage ends when held-out accuracy is back at `recovered` of the best so far, which begins with that of the worked solution,
at the latest after `most_problems`, at the earliest after `least_problems`; the log says which. In the last stage,
`last_problems` long, the rate sinks by a cosine. With `schedule`, the stages end where the named log says another run's
ended: the control gets the very problems its sibling got.
"""
import json
import math
import os
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

from corpus import FORMATS
from export import load_safetensors
from model import generate
from train import Run, last_number, learn, optimizer_of


class Problems:
    """
    Worked solutions cut into units, of problems with at most `most` units when it is given; a problem of more units than the
    last stage has thoughts keeps its last ones.
    """

    def __init__(self, run, corpus, unit, most):
        ids = run.vocabulary.ids
        self.start, self.end, self.stop = ids["<|start-latent|>"], ids["<|end-latent|>"], ids["<|im_end|>"]
        self.pause, self.newline = ids["<|pause|>"], ids["\n"]
        self.items = []
        for index in range(len(corpus)):
            if FORMATS[corpus.kinds[index, 0]] != "cot":
                continue
            prompt, text = corpus.question(index)
            thinking = [ids["latent"] if token == ids["cot"] else token for token in prompt]
            units, answer = self.cut(text, ids, unit)
            if most is None or len(units) <= most:
                self.items.append((thinking + [self.start], units, answer, prompt))

    @staticmethod
    def cut(text, ids, unit):
        """Units of the steps, and the rest: line break and answer."""
        ends = {ids[";"]} if unit == "step" else {ids[";"], ids["="], ids[">"]}
        steps = text[:text.index(ids["\n"])]
        units, current = [], []
        for at, token in enumerate(steps):
            current.append(token)
            # A primitive ends with its result, the number behind the sign; a semicolon belongs to what it closes.
            after_result = unit != "step" and at > 0 and steps[at - 1] in ends and token != ids[";"]
            closes = at + 1 < len(steps) and steps[at + 1] == ids[";"]
            if token == ids[";"] or (after_result and not closes):
                units.append(current)
                current = []
        return units, text[text.index(ids["\n"]) + 1:]

    def text(self, item, stage):
        """What is said after the thoughts: the units that are left, then the answer."""
        _, units, answer, _ = item
        left = [token for unit in units[stage:] for token in unit]
        newline = [self.newline] if left else []
        return left + newline + answer


def batch_of(items, problems, stage):
    """Left-padded prompts, so that the thoughts stand in one column, and right-padded texts with their mask."""
    prompts = [item[0] for item in items]
    texts = [[problems.end] + problems.text(item, stage) + [problems.stop] for item in items]
    width, length = max(map(len, prompts)), max(map(len, texts))
    left = torch.zeros(len(items), width, dtype=torch.long)
    hide = torch.zeros(len(items), width + stage + length, dtype=torch.bool)
    right = torch.zeros(len(items), length, dtype=torch.long)
    mask = torch.zeros(len(items), length, dtype=torch.bool)
    for row, (prompt, text) in enumerate(zip(prompts, texts)):
        left[row, width - len(prompt):] = torch.tensor(prompt)
        hide[row, :width - len(prompt)] = True
        right[row, :len(text)] = torch.tensor(text)
        mask[row, 1:len(text)] = True
    return left, hide, right, mask


def latent_loss(model, problems, items, stage, thought, device):
    left, hide, right, mask = (part.to(device) for part in batch_of(items, problems, stage))
    if thought == "pause":
        pauses = torch.full((len(items), stage), problems.pause, device=device)
        hidden, _ = model(model.embedding(torch.cat((left, pauses, right[:, :-1]), 1)), hide=hide)
        hidden = hidden[:, left.shape[1] + stage:]
    else:
        hidden, past = model(model.embedding(left), hide=hide)
        for _ in range(stage):
            hidden, past = model(hidden[:, -1:], past, hide)
        hidden, _ = model(model.embedding(right[:, :-1]), past, hide)
    learned = mask[:, 1:]
    return F.cross_entropy(model.logits(hidden[learned]), right[:, 1:][learned])


def thinker(run, problems, thought):
    if thought == "pause":
        pause = run.model.embedding.weight[problems.pause]
        return lambda hidden: pause.expand_as(hidden)
    return (lambda hidden: torch.zeros_like(hidden)) if thought == "zeroed" else (lambda hidden: hidden)


def accuracy(run, problems, items, stage, thought):
    run.model.eval()
    if thought == "verbal":
        texts = generate(run.model, [item[3] for item in items], 160, problems.stop)
    else:
        texts = generate(run.model, [item[0] for item in items], 100, problems.stop, stage,
                         thinker(run, problems, thought), [problems.end])
    run.model.train()
    right = np.array([last_number(run.vocabulary, text) == last_number(run.vocabulary, item[2])
                      for text, item in zip(texts, items)])
    return right


class Schedule:
    """The stages of another run, read from its log while it may still be running."""

    def __init__(self, log):
        self.log = log

    def ends(self, stage, seen):
        """Whether the other run ended the stage by now; waits until it has seen as many problems or has ended it."""
        while True:
            with open(self.log, encoding="utf-8") as lines:
                reports = [r for r in map(json.loads, lines) if "stage" in r]
            ended = next((r["problems"] for r in reports if r["stage"] == stage and r.get("ended")), None)
            if ended is not None:
                return seen >= ended
            if reports and reports[-1]["problems"] >= seen:
                return False
            time.sleep(1)


def main(path, resume):
    run = Run(path)
    config = run.config
    thought, batch = config["thought"], config["batch"]
    training = Problems(run, run.corpus(config["corpus"]), config["unit"], config.get("most"))
    held_out = Problems(run, run.corpus(config["held_out"]), config["unit"], config.get("most"))
    probe = held_out.items[:config["problems"]]
    optimizer = optimizer_of(run.model, config)
    if resume:
        progress = run.load(optimizer)
    else:
        load_safetensors(run.model, os.path.join(os.path.dirname(os.path.abspath(path)), config["from"]))
        # The markers and the pause have not been trained: they begin as the end of the prompt, as a neutral token does.
        with torch.no_grad():
            for token in (training.start, training.end, training.pause):
                run.model.embedding.weight[token] = run.model.embedding.weight[run.vocabulary.ids[";"]]
        told = float(accuracy(run, held_out, probe, 0, "verbal").mean())
        progress = {"stage": 0, "problems": 0, "begun": 0, "target": told}
        run.log(name=run.name, config=config, without_thoughts=round(told, 3), trained_on=len(training.items), held_out=len(held_out.items),
                torch=torch.__version__, device=run.device, threads=torch.get_num_threads())
    schedule = Schedule(os.path.join(run.folder, config["schedule"])) if "schedule" in config else None
    stages = config["stages"]
    stage, seen, begun, target = (progress[k] for k in ("stage", "problems", "begun", "target"))
    order = np.argsort([len(item[0]) for item in training.items], kind="stable")
    losses = []
    while stage < len(stages):
        last = stage == len(stages) - 1
        for group in optimizer.param_groups:
            sunk = (seen - begun) / config["last_problems"] if last else 0.0
            group["lr"] = config["rate"] * (0.05 + 0.475 * (1 + math.cos(math.pi * min(1.0, sunk))))
        # Neighbours in prompt length, so that little is padding; an earlier stage now and then, against forgetting.
        at = int(run.rng.integers(0, len(order) - 8 * batch))
        items = [training.items[i] for i in order[at + run.rng.permutation(8 * batch)[:batch]]]
        thoughts = stages[stage]
        if run.rng.random() < config["earlier"]:
            thoughts = int(run.rng.choice([0] + stages[:stage]))
        loss = latent_loss(run.model, training, items, thoughts, thought, run.device)
        learn(run.model, optimizer, loss)
        losses.append(loss.item())
        seen += batch
        if seen // config["report_every"] == (seen - batch) // config["report_every"]:
            continue
        right = accuracy(run, held_out, probe, stages[stage], thought)
        share = float(right.mean())
        if last:
            ended = "limit" if seen - begun >= config["last_problems"] else None
        elif schedule:
            ended = "schedule" if schedule.ends(stage, seen) else None
        else:
            ripe = seen - begun >= config["least_problems"] and share >= config["recovered"] * target
            ended = "recovered" if ripe else "limit" if seen - begun >= config["most_problems"] else None
        report = {"ended": ended} if ended else {}
        if ended and thought == "hidden":
            report["zeroed"] = round(float(accuracy(run, held_out, probe, stages[stage], "zeroed").mean()), 3)
        run.log(stage=stage, thoughts=stages[stage], problems=seen, loss=round(float(np.mean(losses)), 4),
                accuracy=round(share, 3), **report)
        losses, target = [], max(target, share)
        if ended:
            stage, begun = stage + 1, seen
        run.save(optimizer, stage=stage, problems=seen, begun=begun, target=target)


if __name__ == "__main__":
    torch.set_num_threads(int(os.environ.get("THREADS", "1")))
    main(sys.argv[1], "--resume" in sys.argv[2:])
