"""Reference values for the thought rules, computed without the library: NumPy, double precision.

Run `python3 models/training/rule_references.py` in the repository's folder; it writes
tests/CognitiveTools.Latent.Tests/Rules/*.json. The model is that of the tests' Fakes/FakeLatentModel.cs.
"""
import json
import pathlib

import numpy as np

TARGET = pathlib.Path(__file__).parents[2] / "tests/CognitiveTools.Latent.Tests/Rules"

A = np.array([[0.5, -0.3, 0.1], [0.2, 0.4, -0.25], [-0.1, 0.35, 0.3]])
W = np.array([[-1.0, 0.2, -0.5], [-0.8, -0.9, 0.3], [1.5, 0.3, -0.7], [-0.4, 1.6, 0.2],
              [0.3, -0.6, 1.7], [0.7, 0.5, 0.4], [-0.2, -0.3, -0.9], [-0.6, 0.1, -0.2]])
E = np.array([[0.1, 0.0, -0.1], [0.0, -0.2, 0.1], [0.9, 0.1, 0.0], [0.0, 0.8, 0.2],
              [-0.3, 0.1, 0.7], [0.2, 0.2, 0.2], [0.5, -0.5, 0.0], [-0.5, 0.0, 0.5]])
TEXTS = ["<bos>", "<eot>", "a", "b", "c", ".", "<|start-latent|>", "<|end-latent|>"]
EOT, DOT, START, END = 1, 5, 6, 7
NORMS = np.linalg.norm(E, axis=1)


def softmax(logits, temperature=1.0):
    e = np.exp((logits - logits.max()) / temperature)
    return e / e.sum()


def entropy(p):
    return float(-(p[p > 0] * np.log(p[p > 0])).sum())


def best(p):
    """Tokens by probability, equal ones by number."""
    return np.lexsort((np.arange(len(p)), -p))


def filtered(logits, temperature, top_k, top_p, min_p, max_top_k):
    """Tokens and weights: each filter works on what the one before left, renormalised."""
    p = softmax(logits, temperature)
    tokens = best(p)[:top_k]
    q = p[tokens] / p[tokens].sum()
    keep = np.concatenate(([0.0], np.cumsum(q)[:-1])) < top_p
    tokens, q = tokens[keep], q[keep] / q[keep].sum()
    keep = q >= min_p * q.max()
    tokens, q = tokens[keep], q[keep] / q[keep].sum()
    tokens, q = tokens[:max_top_k], q[:max_top_k]
    return tokens, q / q.sum()


def rescaled(x):
    return x * NORMS.mean() / max(np.linalg.norm(x), 1e-6)


def ridge(outputs, inputs, weight):
    return np.linalg.solve(outputs.T @ outputs + weight * np.eye(outputs.shape[1]), outputs.T @ inputs)


def normals(uniforms):
    """Box and Muller, one number from each pair."""
    u, v = np.array(uniforms).reshape(-1, 2).T
    return np.sqrt(-2 * np.log(1 - u)) * np.cos(2 * np.pi * v)


def run(name, question, rule, steps, begin=(), end=(), token=None, answer=6, feed=None):
    """A whole solve. rule: (hidden, logits) -> embedding; feed replaces what the rule makes (a control)."""
    prompt = [0] + [2 + ord(c) % 3 for c in question]
    h = np.zeros(3)

    def step(x):
        return np.tanh(A @ h + x)

    for t in [*prompt, *begin]:
        h = step(E[t])
    thoughts = []
    for _ in range(steps):
        logits = W @ h
        p = softmax(logits)
        x = E[token] if token is not None else rule(h, logits)
        if feed is not None:
            x = feed(x)
        thoughts.append({
            "embedding": None if token is not None else x.tolist(),
            "norm": 0 if token is not None else float(np.linalg.norm(x)),
            "entropy": entropy(p),
            "nearest": [{"text": TEXTS[t], "probability": float(p[t])} for t in best(p)[:3]],
        })
        h = step(x)
    for t in end:
        h = step(E[t])
    text = ""
    for _ in range(answer):
        t = int(np.argmax(W @ h))
        if t == EOT:
            break
        text += TEXTS[t]
        h = step(E[t])
    return {"name": name, "question": question, "steps": steps, "answerTokens": answer, "thoughts": thoughts, "answer": text}


def soft(**settings):
    def rule(_, logits):
        tokens, q = filtered(logits, **settings)
        return q @ E[tokens]
    return rule


def gumbel(weights, temperature, uniforms):
    scores = (np.log(weights) - np.log(-np.log(1 - np.array(uniforms)))) / temperature
    return softmax(scores)


def cold(logits, temperature, threshold, steps):
    """How many thoughts are made before the cold stop, or all."""
    low = 0
    for made, row in enumerate(logits):
        low = low + 1 if entropy(softmax(row, temperature)) < threshold else 0
        if low >= steps:
            return made
    return len(logits)


def switching(logits, uniforms, steps, alpha0, beta0, window, most, explicit, first, sampling):
    """The inputs of the method, one per prediction: a word's number or an embedding; ends with the closing token."""
    inputs, mode, dwell, reference, switches = [], "soft", 0, None, 0
    for t, row in enumerate(logits):
        p = softmax(row)
        tokens, q = filtered(row, **sampling)
        word = int(tokens[np.searchsorted(np.cumsum(q)[:-1], uniforms[t], side="right")])
        if word == EOT:
            inputs.append({"end": True})
            break
        h = entropy(p)
        to_normal = to_soft = False
        if t == 0:
            reference = h
        else:
            dwell += 1
            to_normal = mode == "soft" and h < reference
            to_soft = mode == "normal" and h > reference and dwell >= window
            if to_normal or to_soft:
                mode, dwell, reference = ("normal" if to_normal else "soft"), 0, h
                switches += to_normal
        if word == END or (to_normal and most is not None and switches >= most):
            inputs.append({"word": END})
            break
        mixture = p @ E
        if t == 0 and first is not None:
            mixture = 0.9 * mixture + 0.1 * E[first]
        if to_soft:
            alpha = alpha0 + (1 - alpha0) * t / steps
            mixture = alpha * mixture + (1 - alpha) * E[START]
        if to_normal:
            beta = beta0 + (1 - beta0) * t / steps
            mixture = beta * mixture + (1 - beta) * E[END]
        normal = mode == "normal" or word in explicit
        inputs.append({"embedding": mixture.tolist()} if to_normal or not normal else {"word": word})
    return inputs


def write(name, values):
    (TARGET / f"{name}.json").write_text(json.dumps(values, indent=1) + "\n")


def rounded(values, digits=3):
    return np.round(values, digits).tolist()


random = np.random.default_rng(20261125)
DEFAULTS = dict(temperature=0.6, top_k=8, top_p=0.95, min_p=0.001, max_top_k=10)
NARROW = dict(temperature=1.5, top_k=5, top_p=0.8, min_p=0.3, max_top_k=2)
LOGITS = np.array([0.3, -1.2, 2.1, 2.1, 0.9, -0.4, 1.4, 0.0])
MAP = ridge(W, E, 1e-5)

write("filters", [
    {"logits": LOGITS.tolist(), "temperature": s["temperature"], "topK": s["top_k"], "topP": s["top_p"], "minP": s["min_p"],
     "maxTopK": s["max_top_k"], "tokens": tokens.tolist(), "weights": weights.tolist()}
    for s in [
        DEFAULTS,
        NARROW,
        dict(temperature=1.0, top_k=8, top_p=1.0, min_p=0.0, max_top_k=8),
        dict(temperature=1.0, top_k=3, top_p=1.0, min_p=0.0, max_top_k=8),
        dict(temperature=1.0, top_k=8, top_p=0.5, min_p=0.0, max_top_k=8),
        dict(temperature=1.0, top_k=8, top_p=1.0, min_p=0.25, max_top_k=8),
        dict(temperature=0.01, top_k=8, top_p=0.95, min_p=0.001, max_top_k=8),
    ]
    for tokens, weights in [filtered(LOGITS, **s)]
])

write("runs", {
    "meanNorm": float(NORMS.mean()),
    "rootMeanSquareNorm": float(np.sqrt((NORMS ** 2).mean())),
    "runs": [
        run("identity", "abc", lambda h, _: h, 4),
        run("norm", "cab", lambda h, _: rescaled(h), 5),
        run("ridge", "bac", lambda h, _: rescaled(h @ MAP), 5),
        run("soft", "bca", soft(**DEFAULTS), 4),
        run("softNarrow", "abca", soft(**NARROW), 4),
        run("coconut", "abc", lambda h, _: h, 3, begin=[START], end=[END]),
        run("pause", "abc", None, 3, token=DOT),
        run("zeroed", "cab", lambda h, _: rescaled(h), 4, feed=np.zeros_like),
    ],
})

maps = []
for rows, width, weight in [(8, 3, 1e-5), (20, 4, 1e-5), (5, 6, 0.1)]:
    outputs, inputs = np.round(random.normal(size=(rows, width)), 3), np.round(random.normal(size=(rows, width)), 3)
    maps.append({"outputs": outputs.tolist(), "inputs": inputs.tolist(), "lambda": weight, "map": ridge(outputs, inputs, weight).tolist()})
write("ridge", maps)

noises = []
for size, temperature, scale in [(3, 0.5, 0.33), (5, 1.0, 0.33), (8, 0.1, 1.5)]:
    weights = np.sort(np.round(random.dirichlet(np.ones(size)), 4))[::-1]
    weights = weights / weights.sum()
    uniforms, pairs = rounded(random.random(size), 6), rounded(random.random(6), 6)
    embedding = np.array(rounded(random.normal(size=3)))
    sigma = scale * float(np.sqrt((NORMS ** 2).mean())) / np.sqrt(3)
    noises.append({
        "weights": weights.tolist(), "temperature": temperature, "uniforms": uniforms, "gumbel": gumbel(weights, temperature, uniforms).tolist(),
        "embedding": embedding.tolist(), "scale": scale, "sigma": sigma, "pairs": pairs, "gaussian": (embedding + sigma * normals(pairs)).tolist(),
    })
write("noise", noises)

colds = []
for steps, threshold, temperature in [(1, 0.5, 0.6), (2, 0.5, 0.6), (3, 0.9, 1.0), (2, 0.0, 1.0)]:
    logits = np.round(random.normal(size=(14, 8)) * random.choice([0.5, 6.0], size=(14, 1)), 2)
    colds.append({"logits": logits.tolist(), "temperature": temperature, "entropy": threshold, "steps": steps,
                  "thoughts": cold(logits, temperature, threshold, steps)})
write("coldstop", colds)

sequences = []
SAMPLING = dict(temperature=0.6, top_k=8, top_p=0.95, min_p=0.0, max_top_k=8)
for alpha, beta, window, most, explicit, first in [
        (0.6, 0.7, 0, None, [], None), (0.3, 0.7, 2, None, [2, 3], DOT), (0.6, 0.5, 1, 2, [], 2), (1.0, 1.0, 512, None, [], None),
        (0.5, 0.7, 0, 1, [4], DOT), (0.6, 0.7, 1, None, [], None), (0.6, 0.7, 1, None, [], None)]:
    logits = np.round(random.normal(size=(16, 8)) * random.uniform(0.3, 3.0, size=(16, 1)), 2)
    logits[0] /= 8  # little is certain at first, so that entropy can fall
    logits[0, [EOT, END]] -= 8
    if len(sequences) < 5:
        logits[:, [EOT, END]] -= 8  # only the last two end by themselves
    elif len(sequences) == 6:
        logits[9:, EOT] += 12
        logits[:, END] -= 8
    uniforms = rounded(random.random(16), 6)
    sequences.append({
        "logits": logits.tolist(), "uniforms": uniforms, "steps": 16, "alpha": alpha, "beta": beta, "window": window, "switches": most,
        "explicit": explicit, "first": first,
        "inputs": switching(logits, uniforms, 16, alpha, beta, window, most, explicit, first, SAMPLING),
    })
write("switching", sequences)
