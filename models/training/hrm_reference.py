"""Logits of the shipped hrm model at several depths, computed by the training code (hrm.py) in float32.

Run `python3 models/training/hrm_reference.py` in the repository's folder. The weights are those of the GGUF file; the
problems are the first of evals/problems/operations.jsonl, asked as the profile mini asks for an answer at once. It writes
tests/CognitiveTools.Llama.Tests/Models/hrm-reference.json, which the engine is tested against.
"""
import json
import pathlib
import sys

import torch

from corpus import Vocabulary
from gguf_file import read_gguf
from hrm import HrmShape, HrmText, tensors_of

ROOT = pathlib.Path(__file__).parents[2]
PROBLEMS, CYCLES = 40, ((1, 1), (2, 2), (4, 2), (8, 2))

torch.set_num_threads(1)
vocabulary = Vocabulary(ROOT / "models/training/vocab-operations.txt")
config = json.loads((ROOT / "models/training/configs/hrm.json").read_text())
model = HrmText(HrmShape(vocabulary=len(vocabulary), **config["model"]))
weights = read_gguf(ROOT / "models/hrm.gguf")
digits = [vocabulary.ids[str(digit)] for digit in range(5)]
with torch.no_grad():
    for name, tensor in tensors_of(model):
        tensor.copy_(torch.from_numpy(weights[name].copy()))


def prompt_of(question):
    ids = vocabulary.ids
    words = question.replace(" mod 5", "\n mod 5").replace(" *", "\n *").replace(" +", "\n +").split("\n")
    return [ids["<|im_start|>"], ids["system\n"], ids["direct"], ids["<|im_end|>"], ids["\n"], ids["<|im_start|>"], ids["user\n"],
            *(ids[word] for word in words), ids["<|im_end|>"], ids["\n"], ids["<|im_start|>"], ids["assistant\n"], ids["ANSWER: "]]


@torch.no_grad()
def solve(question):
    prompt = prompt_of(question)
    logits = {f"{h},{l}": model.logits(model(torch.tensor([prompt]), h, l)[0, -1])[digits].tolist() for h, l in CYCLES}
    return {"question": question, "prompt": prompt, "logits": {depth: [round(value, 4) for value in row] for depth, row in logits.items()}}


with open(ROOT / "evals/problems/operations.jsonl", encoding="utf-8") as lines:
    solved = [solve(json.loads(line)["problem"]) for _, line in zip(range(PROBLEMS), lines)]
target = ROOT / "tests/CognitiveTools.Llama.Tests/Models/hrm-reference.json"
target.write_text("[\n" + ",\n".join(json.dumps(item, separators=(",", ":")) for item in solved) + "\n]\n", encoding="utf-8")
print(f"{len(solved)} problems, {target.stat().st_size} bytes", file=sys.stderr)
