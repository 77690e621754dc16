"""Reference values for the thought rules, computed without the library: plain Python, double precision.

Run `python3 reference.py > reference.json` in this folder. The model is that of Fakes/FakeLatentModel.cs.
"""
import json
import math

A = [[0.5, -0.3, 0.1], [0.2, 0.4, -0.25], [-0.1, 0.35, 0.3]]
W = [[-1.0, 0.2, -0.5], [-0.8, -0.9, 0.3], [1.5, 0.3, -0.7], [-0.4, 1.6, 0.2],
     [0.3, -0.6, 1.7], [0.7, 0.5, 0.4], [-0.2, -0.3, -0.9], [-0.6, 0.1, -0.2]]
E = [[0.1, 0.0, -0.1], [0.0, -0.2, 0.1], [0.9, 0.1, 0.0], [0.0, 0.8, 0.2],
     [-0.3, 0.1, 0.7], [0.2, 0.2, 0.2], [0.5, -0.5, 0.0], [-0.5, 0.0, 0.5]]
TEXTS = ["<bos>", "<eot>", "a", "b", "c", ".", "<|start-latent|>", "<|end-latent|>"]
START, END, DOT = 6, 7, 5


def dot(a, b):
    return math.fsum(x * y for x, y in zip(a, b))


def norm(a):
    return math.sqrt(dot(a, a))


def step(h, x):
    return [math.tanh(dot(row, h) + xi) for row, xi in zip(A, x)]


def softmax(logits, temperature=1.0):
    top = max(logits)
    e = [math.exp((v - top) / temperature) for v in logits]
    s = math.fsum(e)
    return [v / s for v in e]


def logits_of(h):
    return [dot(row, h) for row in W]


def renormalise(q):
    s = math.fsum(q.values())
    return {t: v / s for t, v in q.items()}


def mixture(logits, temperature, top_k, top_p, min_p, max_top_k):
    p = softmax(logits, temperature)
    order = sorted(range(len(p)), key=lambda t: (-p[t], t))
    q = renormalise({t: p[t] for t in order[:top_k]})
    kept, cumulative = {}, 0.0
    for t in order[:top_k]:
        if cumulative >= top_p:
            break
        kept[t] = q[t]
        cumulative += q[t]
    q = renormalise(kept)
    q = renormalise({t: v for t, v in q.items() if v >= min_p * max(q.values())})
    first = sorted(q, key=lambda t: (-q[t], t))[:max_top_k]
    q = renormalise({t: q[t] for t in first})
    return q, [math.fsum(v * E[t][d] for t, v in q.items()) for d in range(3)]


MEAN_NORM = math.fsum(norm(r) for r in E) / len(E)


def hidden_identity(h, logits):
    return h


def hidden_norm(h, logits):
    return [v * MEAN_NORM / max(norm(h), 1e-6) for v in h]


def soft(**settings):
    return lambda h, logits: mixture(logits, **settings)[1]


def run(name, question, rule, steps, begin=(), end=(), token=None, answer=6, feed=None):
    """feed replaces what the rule makes (a control)."""
    prompt = [0] + [2 + ord(c) % 3 for c in question]
    h = [0.0, 0.0, 0.0]
    for t in [*prompt, *begin]:
        h = step(h, E[t])
    thoughts = []
    for _ in range(steps):
        logits = logits_of(h)
        p = softmax(logits)
        order = sorted(range(len(p)), key=lambda t: (-p[t], t))[:3]
        x = E[token] if token is not None else rule(h, logits)
        if feed is not None:
            x = feed(x)
        thoughts.append({
            "embedding": None if token is not None else x,
            "norm": 0 if token is not None else norm(x),
            "entropy": -math.fsum(v * math.log(v) for v in p),
            "nearest": [{"text": TEXTS[t], "probability": p[t]} for t in order],
        })
        h = step(h, x)
    for t in end:
        h = step(h, E[t])
    text = ""
    for _ in range(answer):
        logits = logits_of(h)
        t = max(range(len(logits)), key=lambda i: logits[i])
        if t == 1:
            break
        text += TEXTS[t]
        h = step(h, E[t])
    return {"name": name, "question": question, "steps": steps, "answerTokens": answer, "thoughts": thoughts, "answer": text}


DEFAULTS = dict(temperature=0.6, top_k=8, top_p=0.95, min_p=0.001, max_top_k=10)
NARROW = dict(temperature=1.5, top_k=5, top_p=0.8, min_p=0.3, max_top_k=2)
LOGITS = [0.3, -1.2, 2.1, 2.1, 0.9, -0.4, 1.4, 0.0]

json.dump({
    "meanNorm": MEAN_NORM,
    "rootMeanSquareNorm": math.sqrt(math.fsum(dot(r, r) for r in E) / len(E)),
    "filters": [
        {"logits": LOGITS, "temperature": s["temperature"], "topK": s["top_k"], "topP": s["top_p"], "minP": s["min_p"],
         "maxTopK": s["max_top_k"], "tokens": list(mixture(LOGITS, **s)[0]), "weights": list(mixture(LOGITS, **s)[0].values())}
        for s in [
            DEFAULTS,
            NARROW,
            dict(temperature=1.0, top_k=8, top_p=1.0, min_p=0.0, max_top_k=8),
            dict(temperature=1.0, top_k=3, top_p=1.0, min_p=0.0, max_top_k=8),
            dict(temperature=1.0, top_k=8, top_p=0.5, min_p=0.0, max_top_k=8),
            dict(temperature=1.0, top_k=8, top_p=1.0, min_p=0.25, max_top_k=8),
            dict(temperature=0.01, top_k=8, top_p=0.95, min_p=0.001, max_top_k=8),
        ]
    ],
    "runs": [
        run("identity", "abc", hidden_identity, 4),
        run("norm", "cab", hidden_norm, 5),
        run("soft", "bca", soft(**DEFAULTS), 4),
        run("softNarrow", "abca", soft(**NARROW), 4),
        run("coconut", "abc", hidden_identity, 3, begin=[START], end=[END]),
        run("pause", "abc", None, 3, token=DOT),
        run("zeroed", "cab", hidden_norm, 4, feed=lambda x: [0.0, 0.0, 0.0]),
    ],
}, __import__("sys").stdout, indent=1)
print()
