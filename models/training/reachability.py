"""Trains the superposition model: a 2-layer decoder that searches a graph in continuous thoughts.

usage: reachability.py CONFIG [--resume]

After Zhu et al. 2025 (arXiv 2505.12514), scaled down, and with more said to the model per graph: stage k trains thoughts
1 to k together (the paper trains one per stage) towards the uniform distribution over the nodes of the next frontier (the
paper samples one node), and after the last thought <|end-latent|> must be followed by the node that is reached, where k
thoughts reach it. A stage ends when the top node of its last thought lies in the frontier often enough (`recovered`) or
after its share of the graphs. A thought is the post-norm hidden state of the position before, fed back unchanged.
"""
import os
import sys

import numpy as np
import torch

from train import Run, learn, optimizer_of, rate_at


class Graphs:
    """Prompts, frontiers and answers of a graph corpus."""

    def __init__(self, run, corpus):
        ids = run.vocabulary.ids
        self.start, self.end = ids["<|start-latent|>"], ids["<|end-latent|>"]
        newline, layer, comma = ids["\n"], ids[";"], ids[","]
        self.items = []
        for index in range(len(corpus)):
            prompt, text = corpus.question(index)
            frontiers = [[]]
            for token in text[:text.index(newline)]:
                if token == layer:
                    frontiers.append([])
                elif token != comma:
                    frontiers[-1].append(token)
            self.items.append((prompt + [self.start], frontiers, text[-1], int(corpus.kinds[index, 2])))


def forward(model, graphs, items, thoughts, device, think=lambda hidden: hidden):
    """Logits at every thought's origin (rows x thoughts x vocabulary) and at the answer."""
    width = max(len(item[0]) for item in items)
    ids = torch.zeros(len(items), width, dtype=torch.long)
    hide = torch.zeros(len(items), width + thoughts + 1, dtype=torch.bool)
    for row, (prompt, *_) in enumerate(items):
        ids[row, width - len(prompt):] = torch.tensor(prompt)
        hide[row, :width - len(prompt)] = True
    ids, hide = ids.to(device), hide.to(device)
    hidden, past = model(model.embedding(ids), hide=hide)
    states = []
    for _ in range(thoughts):
        states.append(hidden[:, -1])
        hidden, past = model(think(hidden[:, -1:]), past, hide)
    end = torch.full((len(items), 1), graphs.end, device=device)
    hidden, _ = model(model.embedding(end), past, hide)
    return model.logits(torch.stack(states, 1)) if states else None, model.logits(hidden[:, -1])


def wanted(items, thoughts, vocabulary):
    """Uniform distributions over the frontiers; a row of zeros where the search is over."""
    target = torch.zeros(len(items), thoughts, vocabulary)
    for row, (_, frontiers, _, _) in enumerate(items):
        for k, frontier in enumerate(frontiers[:thoughts]):
            target[row, k, frontier] = 1.0 / len(frontier)
    return target


def evaluate(run, graphs, items, thoughts):
    report = {}
    answers = np.array([item[2] for item in items])
    hops = np.array([item[3] for item in items])
    with torch.no_grad():
        for name, think in {"accuracy": lambda h: h, "zeroed": torch.zeros_like}.items():
            frontier, logits = forward(run.model, graphs, items, thoughts, run.device, think)
            right = logits.argmax(-1).cpu().numpy() == answers
            report[name] = round(float(right.mean()), 3)
            if name == "accuracy":
                report["by_hops"] = {str(h): round(float(right[hops == h].mean()), 3) for h in np.unique(hops)}
                inside = [[int(frontier[row, k].argmax()) in layers for row, (_, f, _, _) in enumerate(items)
                           for layers in [f[k] if k < len(f) else []] if layers] for k in range(thoughts)]
                report["top_node_in_frontier"] = [round(float(np.mean(hits)), 3) for hits in inside]
    return report


def main(path, resume):
    run = Run(path)
    config = run.config
    thoughts = config["thoughts"]
    training, held_out = Graphs(run, run.corpus(config["corpus"])), Graphs(run, run.corpus(config["held_out"]))
    optimizer = optimizer_of(run.model, config)
    progress = run.load(optimizer) if resume else {"graphs": 0}
    if not resume:
        run.log(name=run.name, config=config, parameters=sum(p.numel() for p in run.model.parameters()),
                torch=torch.__version__, device=run.device, threads=torch.get_num_threads())
    seen, batch, losses = progress["graphs"], config["batch"], []
    stage, begun = progress.get("stage", 1), progress.get("begun", 0)
    order = np.argsort([len(item[0]) for item in training.items], kind="stable")
    targets = torch.tensor([item[2] for item in training.items])
    hops = torch.tensor([item[3] for item in training.items])
    while seen < config["graphs"]:
        for group in optimizer.param_groups:
            group["lr"] = rate_at(seen / config["graphs"], config)
        at = int(run.rng.integers(0, len(order) - 8 * batch))
        chosen = order[at + run.rng.permutation(8 * batch)[:batch]]
        items = [training.items[i] for i in chosen]
        frontier, answer = forward(run.model, training, items, stage, run.device)
        target = wanted(items, stage, len(run.vocabulary)).to(run.device)
        search = -(target * torch.log_softmax(frontier, -1)).sum() / target.sum()
        reached = hops[chosen] <= stage
        final = torch.zeros(())
        if reached.any():
            final = torch.nn.functional.cross_entropy(answer[reached], targets[chosen][reached].to(run.device))
        learn(run.model, optimizer, search + final)
        losses.append((search.item(), final.item()))
        seen += batch
        if seen // config["report_every"] == (seen - batch) // config["report_every"] and seen < config["graphs"]:
            continue
        report = evaluate(run, held_out, held_out.items[:config["problems"]], stage)
        run.log(stage=stage, graphs=seen, search=round(float(np.mean([a for a, _ in losses])), 4),
                final=round(float(np.mean([b for _, b in losses])), 4), **report)
        losses = []
        ripe = report["top_node_in_frontier"][stage - 1] >= config["recovered"]
        if stage < thoughts and (ripe or seen - begun >= config["graphs"] * config["stage_share"]):
            stage, begun = stage + 1, seen
        run.save(optimizer, graphs=seen, stage=stage, begun=begun)


if __name__ == "__main__":
    torch.set_num_threads(int(os.environ.get("THREADS", "1")))
    main(sys.argv[1], "--resume" in sys.argv[2:])
