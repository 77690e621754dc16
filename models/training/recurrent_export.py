"""Exports a recurrent-depth model to ONNX: prelude, core and coda as graphs, the embeddings as plain floats, and a manifest.

usage: recurrent_export.py CONFIG CHECKPOINT.pt FOLDER [REFERENCE.json]

With a fourth argument, logits of the model in PyTorch are written there, for the engine's tests; only for a model whose
state starts as zeros, because every engine draws noise of its own.

Rows stand without a batch dimension. Every graph takes the positions of its rows and the keys and values of all positions
before them (positions x blocks x 2 x heads x size), and gives those of its rows; whoever runs it keeps them. The coda takes
the embedding matrix as an input, because it is the output matrix as well and need not be stored twice.
"""
import hashlib
import json
import os
import shutil
import sys

import torch
from torch import nn

from corpus import Vocabulary
from recurrent import RecurrentDecoder, RecurrentShape

ROWS = {0: "rows"}


class Part(nn.Module):
    def __init__(self, model, blocks):
        super().__init__()
        self.model, self.blocks = model, blocks

    def through(self, x, positions, past):
        bias = self.model.bias(positions, torch.arange(past.shape[0] + x.shape[0]))
        x, added = x[None], []
        for index, block in enumerate(self.blocks):
            x, new = block(x, bias, past[None, :, index])
            added.append(new[0])
        return x[0], torch.stack(added, 1)


class Prelude(Part):
    def forward(self, rows, positions, past):
        return self.through(rows, positions, past)


class Core(Part):
    def forward(self, state, e, positions, past):
        x, new = self.through(self.model.adapter(torch.cat((state, e), -1)), positions, past)
        return self.model.state_norm(x), new


class Coda(Part):
    def forward(self, state, positions, past, embeddings):
        x, new = self.through(state, positions, past)
        hidden = self.model.norm(x)
        return hidden, hidden @ embeddings.t(), new


def export(part, names, outputs, folder, file, before=5, rows=3):
    shape, model = part.model.shape, part.model
    examples = {
        "positions": torch.arange(before, before + rows),
        "past": torch.randn(before, len(part.blocks), 2, shape.heads, shape.width // shape.heads),
        "embeddings": model.embedding.weight.detach(),
    }
    inputs = [examples.get(name, torch.randn(rows, shape.width)) for name in names]
    axes = {name: ROWS for name in names + outputs if name != "embeddings"}
    axes["past"] = {0: "before"}
    path = os.path.join(folder, file)
    torch.onnx.export(part, tuple(inputs), path, input_names=names, output_names=outputs, dynamic_axes=axes, opset_version=14)


def hashed(folder, file):
    with open(os.path.join(folder, file), "rb") as raw:
        return {"file": file, "sha256": hashlib.sha256(raw.read()).hexdigest()}


@torch.no_grad()
def reference(model, path, tokens=(57, 268, 262, 265, 269, 270)):
    if model.shape.sigma:
        raise ValueError("A reference needs a model whose state starts as zeros (sigma 0).")
    bias = model.biases(len(tokens), "cpu")
    e = model.run(model.prelude, model.embedding(torch.tensor([tokens])), bias)
    state, logits = model.start(e), {}
    for depth in range(1, 7):
        state = model.step(state, e, bias)
        if depth in (1, 3, 6):
            logits[depth] = [round(value, 5) for value in model.logits(model.hidden(state, bias))[0, -1].tolist()]
    with open(path, "w", encoding="utf-8") as out:
        json.dump({"tokens": tokens, "logits": logits}, out)


def main(config_path, checkpoint, folder, reference_path=None):
    with open(config_path, encoding="utf-8") as text:
        config = json.load(text)
    vocabulary_path = os.path.join(os.path.dirname(os.path.abspath(__file__)), config["vocabulary"])
    vocabulary = Vocabulary(vocabulary_path)
    model = RecurrentDecoder(RecurrentShape(vocabulary=len(vocabulary), **config["model"]))
    model.load_state_dict(torch.load(checkpoint, map_location="cpu")["model"])
    model.eval()
    os.makedirs(folder, exist_ok=True)
    export(Prelude(model, model.prelude), ["rows", "positions", "past"], ["e", "new"], folder, "prelude.onnx")
    export(Core(model, model.core), ["state", "e", "positions", "past"], ["next", "new"], folder, "core.onnx")
    export(Coda(model, model.coda), ["state", "positions", "past", "embeddings"], ["hidden", "logits", "new"], folder, "coda.onnx")
    model.embedding.weight.detach().numpy().astype("<f4").tofile(os.path.join(folder, "embeddings.f32"))
    shutil.copyfile(vocabulary_path, os.path.join(folder, "vocab.txt"))
    shape = model.shape
    manifest = {
        "format": "cognitivetools-recurrent-1", "name": config["name"], "parameters": sum(p.numel() for p in model.parameters()),
        "width": shape.width, "vocabularySize": shape.vocabulary, "context": shape.context, "heads": shape.heads,
        "preludeBlocks": shape.prelude, "coreBlocks": shape.core, "codaBlocks": shape.coda,
        "sigma": shape.sigma, "trainedDepth": config["depth"] or 1, "answerLead": "ANSWER: ",
        "prelude": hashed(folder, "prelude.onnx"), "core": hashed(folder, "core.onnx"), "coda": hashed(folder, "coda.onnx"),
        "embeddings": hashed(folder, "embeddings.f32"), "vocabulary": hashed(folder, "vocab.txt"),
    }
    with open(os.path.join(folder, config["name"] + ".json"), "w", encoding="utf-8") as out:
        out.write(json.dumps(manifest, indent=2) + "\n")
    if reference_path:
        reference(model, reference_path)


if __name__ == "__main__":
    main(*sys.argv[1:5])
