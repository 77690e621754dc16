"""Trains the superposition model: a small decoder that searches a graph in continuous thoughts.

usage: reachability.py CONFIG [--resume]

After Zhu et al. 2025 (arXiv 2505.12514), scaled down, and with more said to the model per graph: stage k trains thoughts
1 to k together (the paper trains one per stage) towards the uniform distribution over the nodes of the next frontier (the
paper samples one node), and after the last thought <|end-latent|> must be followed by the answer line with the node that is
reached, where k thoughts reach it. Beside that, `queries` is the weight of a loss that asks every node of the graph for its successors:
one signal per node instead of one per graph, without which looking up an edge is not learned in the time of a small
machine. A stage ends when the top node of its last thought lies in the frontier often enough (`recovered`) or after its
share of the graphs. `thought` says what a thought is: "hidden" (when left out), the post-norm hidden state of the position
before, fed back unchanged, or "pause", one learned embedding: the control that recycles nothing.
"""
import os
import sys

import numpy as np
import torch

from export import load_safetensors
from train import Run, learn, optimizer_of, rate_at


class Graphs:
    """Prompts, frontiers and answers of a graph corpus."""

    def __init__(self, run, corpus):
        ids = run.vocabulary.ids
        self.start, self.end, self.pause = ids["<|start-latent|>"], ids["<|end-latent|>"], ids["<|pause|>"]
        newline, layer, comma, arrow, stop = ids["\n"], ids[";"], ids[","], ids[">"], ids["<|im_end|>"]
        self.items = []
        for index in range(len(corpus)):
            prompt, text = corpus.question(index)
            frontiers = [[]]
            for token in text[:text.index(newline)]:
                if token == layer:
                    frontiers.append([])
                elif token != comma:
                    frontiers[-1].append(token)
            successors = {}
            for at, token in enumerate(prompt):
                if token == arrow:
                    successors.setdefault(prompt[at - 1], []).append(prompt[at + 1])
            answer = text[text.index(newline) + 1:] + [stop]
            self.items.append((prompt + [self.start], frontiers, answer, int(corpus.kinds[index, 2]), successors))


def forward(model, graphs, items, thoughts, device, think=lambda hidden: hidden, nodes=None):
    """Logits at every thought's origin (rows x thoughts x vocabulary), at every token of the answer, and behind every queried node."""
    width = max(len(item[0]) for item in items)
    asked = 0 if nodes is None else nodes.shape[1]
    ids = torch.zeros(len(items), width, dtype=torch.long)
    answers = torch.tensor([item[2] for item in items], device=device)
    hide = torch.zeros(len(items), width + max(thoughts + answers.shape[1], asked), dtype=torch.bool)
    for row, (prompt, *_) in enumerate(items):
        ids[row, width - len(prompt):] = torch.tensor(prompt)
        hide[row, :width - len(prompt)] = True
    ids, hide = ids.to(device), hide.to(device)
    hidden, past = model(model.embedding(ids), hide=hide)
    queried = None
    if asked:
        queried = model.logits(model(model.embedding(nodes.to(device)), past, hide)[0])
    states = []
    for _ in range(thoughts):
        states.append(hidden[:, -1])
        hidden, past = model(think(hidden[:, -1:]), past, hide)
    end = torch.full((len(items), 1), graphs.end, device=device)
    hidden, _ = model(model.embedding(torch.cat((end, answers[:, :-1]), 1)), past, hide)
    return model.logits(torch.stack(states, 1)), model.logits(hidden), queried


def queries(items, rng, vocabulary):
    """Every node with successors, in random order, and the uniform distributions over those; zeros behind the last."""
    width = max(len(item[4]) for item in items)
    nodes = torch.zeros(len(items), width, dtype=torch.long)
    target = torch.zeros(len(items), width, vocabulary)
    for row, item in enumerate(items):
        for column, node in enumerate(rng.permutation(list(item[4]))):
            nodes[row, column] = int(node)
            target[row, column, item[4][node]] = 1.0 / len(item[4][node])
    return nodes, target


def divergence(target, logits):
    """Mean cross entropy over the positions that have a target."""
    return -(target * torch.log_softmax(logits, -1)).sum() / target.sum()


def wanted(items, thoughts, vocabulary):
    """Uniform distributions over the frontiers; a row of zeros where the search is over."""
    target = torch.zeros(len(items), thoughts, vocabulary)
    for row, (_, frontiers, *_) in enumerate(items):
        for k, frontier in enumerate(frontiers[:thoughts]):
            target[row, k, frontier] = 1.0 / len(frontier)
    return target


def thinker(run, graphs):
    """What stands for a thought, given the hidden state of the position before."""
    if run.config.get("thought", "hidden") == "hidden":
        return lambda hidden: hidden
    return lambda hidden: run.model.embedding.weight[graphs.pause].expand_as(hidden)


def evaluate(run, graphs, items, thoughts):
    report = {}
    answers = np.array([item[2] for item in items])
    hops = np.array([item[3] for item in items])
    with torch.no_grad():
        for name, think in {"accuracy": thinker(run, graphs), "zeroed": torch.zeros_like}.items():
            frontier, logits, _ = forward(run.model, graphs, items, thoughts, run.device, think)
            right = (logits.argmax(-1).cpu().numpy() == answers).all(-1)
            report[name] = round(float(right.mean()), 3)
            if name == "accuracy":
                report["by_hops"] = {str(h): round(float(right[hops == h].mean()), 3) for h in np.unique(hops)}
                inside = [[int(frontier[row, k].argmax()) in layers for row, (_, f, *_) in enumerate(items)
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
        if "from" in config:
            load_safetensors(run.model, os.path.join(os.path.dirname(os.path.abspath(path)), config["from"]))
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
        nodes, successors = queries(items, run.rng, len(run.vocabulary))
        frontier, answer, queried = forward(run.model, training, items, stage, run.device, thinker(run, training), nodes)
        search = divergence(wanted(items, stage, len(run.vocabulary)).to(run.device), frontier)
        looked_up = divergence(successors.to(run.device), queried)
        reached = hops[chosen] <= stage
        final = torch.zeros(())
        if reached.any():
            final = torch.nn.functional.cross_entropy(answer[reached].flatten(0, 1), targets[chosen][reached].flatten().to(run.device))
        learn(run.model, optimizer, search + final + config["queries"] * looked_up)
        losses.append((search.item(), final.item(), looked_up.item()))
        seen += batch
        if seen // config["report_every"] == (seen - batch) // config["report_every"] and seen < config["graphs"]:
            continue
        report = evaluate(run, held_out, held_out.items[:config["problems"]], stage)
        means = np.mean(losses, 0)
        run.log(stage=stage, graphs=seen, search=round(float(means[0]), 4), final=round(float(means[1]), 4),
                looked_up=round(float(means[2]), 4), **report)
        losses = []
        ripe = report["top_node_in_frontier"][stage - 1] >= config["recovered"]
        if stage < thoughts and (ripe or seen - begun >= config["graphs"] * config["stage_share"]):
            stage, begun = stage + 1, seen
        run.save(optimizer, graphs=seen, stage=stage, begun=begun)


if __name__ == "__main__":
    torch.set_num_threads(int(os.environ.get("THREADS", "1")))
    main(sys.argv[1], "--resume" in sys.argv[2:])
