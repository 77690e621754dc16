"""Answers and logits of the shipped mini-coconut, computed by the training code (model.py) in float32.

Run `python3 models/training/coconut_reference.py` in the repository's folder. The weights are those of the GGUF file,
unpacked from Q8_0; the problems are the first hundred of evals/problems/held-out.jsonl. It writes
tests/CognitiveTools.Llama.Tests/Latents/coconut-reference.json, which the engine is tested against.
"""
import json
import pathlib
import sys

import torch

from corpus import Vocabulary
from export import tensors_of
from gguf_file import read_gguf
from model import Decoder, Shape

ROOT = pathlib.Path(__file__).parents[2]
PROBLEMS, THOUGHTS, LIMIT = 100, 6, 24
LARGEST, EVERY = 16, 50

def load(path, config):
    vocabulary = Vocabulary(ROOT / "models/training/vocab.txt")
    model = Decoder(Shape.from_config(config["model"], len(vocabulary)))
    found = read_gguf(path)
    names = {"model.embed_tokens": "token_embd", "model.norm": "output_norm", "input_layernorm": "attn_norm", "self_attn.q_proj": "attn_q",
             "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
             "post_attention_layernorm": "ffn_norm", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down"}
    with torch.no_grad():
        for name, tensor in tensors_of(model):
            name = name.replace("model.layers.", "blk.")
            for theirs, ours in names.items():
                name = name.replace(theirs, ours)
            tensor.copy_(torch.from_numpy(found[name].copy()))
    return model.eval(), vocabulary


def encode(vocabulary, text):
    """Longest match from the left over text tokens; names of control tokens inside a text stay text."""
    words = [token for token in vocabulary.tokens if not (token.startswith("<|") and token.endswith("|>"))]
    words = {word: vocabulary.ids[word] for word in words}
    longest = max(map(len, words))
    ids, at = [], 0
    while at < len(text):
        size = next(n for n in range(min(longest, len(text) - at), 0, -1) if text[at:at + n] in words)
        ids.append(words[text[at:at + size]])
        at += size
    return ids


def prompt_of(vocabulary, question):
    start, stop = vocabulary.ids["<|im_start|>"], vocabulary.ids["<|im_end|>"]
    ids = []
    for role, content in [("system", "latent"), ("user", question)]:
        ids += [start, *encode(vocabulary, f"{role}\n{content}"), stop, *encode(vocabulary, "\n")]
    return ids + [start, *encode(vocabulary, "assistant\n")]


@torch.no_grad()
def solve(model, vocabulary, question):
    prompt = prompt_of(vocabulary, question)
    before = [vocabulary.ids["<|start-latent|>"]]
    hidden, past = model(model.embedding(torch.tensor([prompt + before])))
    norms = []
    for _ in range(THOUGHTS):
        norms.append(float(hidden[0, -1].norm()))
        hidden, past = model(hidden[:, -1:], past)
    hidden, past = model(model.embedding(torch.tensor([[vocabulary.ids["<|end-latent|>"]]])), past)
    logits = model.logits(hidden[:, -1])[0]
    kept = sorted({*logits.topk(LARGEST).indices.tolist(), *range(0, len(logits), EVERY)})
    answer, current = [], logits
    while len(answer) < LIMIT:
        token = int(current.argmax())
        if token == vocabulary.ids["<|im_end|>"]:
            break
        answer.append(token)
        hidden, past = model(model.embedding(torch.tensor([[token]])), past)
        current = model.logits(hidden[:, -1])[0]
    return {
        "question": question, "prompt": prompt, "norms": norms, "answer": answer,
        "logits": {str(token): round(float(logits[token]), 5) for token in kept},
    }


torch.set_num_threads(1)
model, vocabulary = load(ROOT / "models/mini-coconut.gguf", json.loads((ROOT / "models/training/configs/verbal.json").read_text()))
with open(ROOT / "evals/problems/held-out.jsonl", encoding="utf-8") as lines:
    questions = [json.loads(line)["problem"] for _, line in zip(range(PROBLEMS), lines)]
solved = [solve(model, vocabulary, question) for question in questions]
target = ROOT / "tests/CognitiveTools.Llama.Tests/Latents/coconut-reference.json"
target.write_text("[\n" + ",\n".join(json.dumps(item, separators=(",", ":")) for item in solved) + "\n]\n", encoding="utf-8")
print(f"{len(solved)} problems, {target.stat().st_size} bytes", file=sys.stderr)
