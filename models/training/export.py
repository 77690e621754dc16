"""Writes and reads a model's weights as safetensors (the format is a JSON header and raw tensors; no package needed)."""
import json
import struct

import numpy as np
import torch


def tensors_of(model):
    """Weights under the names Hugging Face uses for llama, except that q and k keep the interleaved rotary order."""
    yield "model.embed_tokens.weight", model.embedding.weight
    for index, block in enumerate(model.blocks):
        prefix = f"model.layers.{index}."
        q, k, v = block.qkv.weight.chunk(3)
        gate, up = block.gate_up.weight.chunk(2)
        yield prefix + "input_layernorm.weight", block.attention_norm.weight
        yield prefix + "self_attn.q_proj.weight", q
        yield prefix + "self_attn.k_proj.weight", k
        yield prefix + "self_attn.v_proj.weight", v
        yield prefix + "self_attn.o_proj.weight", block.output.weight
        yield prefix + "post_attention_layernorm.weight", block.feed_norm.weight
        yield prefix + "mlp.gate_proj.weight", gate
        yield prefix + "mlp.up_proj.weight", up
        yield prefix + "mlp.down_proj.weight", block.down.weight
    yield "model.norm.weight", model.norm.weight


def save_safetensors(model, path):
    shape = model.shape
    write_safetensors(path, tensors_of(model), {
        "rope": "interleaved", "rope_base": str(shape.rope_base), "norm_epsilon": str(shape.norm_epsilon),
        "heads": str(shape.heads), "context": str(shape.context), "tied_embeddings": "true",
    })


def write_safetensors(path, tensors, metadata):
    """Pairs of name and tensor, as F32, and texts about them."""
    header, parts, at = {}, [], 0
    for name, tensor in tensors:
        data = np.ascontiguousarray(tensor.detach().float().cpu().numpy(), dtype="<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [at, at + len(data)]}
        parts.append(data)
        at += len(data)
    header["__metadata__"] = metadata
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        for part in parts:
            file.write(part)


def load_safetensors(model, path):
    """Weights that save_safetensors wrote, into a model of the same shape."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        raw = file.read()
    with torch.no_grad():
        for name, tensor in tensors_of(model):
            entry = header[name]
            if entry["shape"] != list(tensor.shape):
                raise ValueError(f"{path}: {name} is {entry['shape']}, the config wants {list(tensor.shape)}.")
            start, end = entry["data_offsets"]
            # tensors_of gives views of the parameters, so copying into them fills the model.
            tensor.copy_(torch.from_numpy(np.frombuffer(raw[start:end], "<f4").reshape(entry["shape"]).copy()))
