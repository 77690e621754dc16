"""Writes a model's weights as safetensors (the format is a JSON header and raw tensors; no package needed)."""
import json
import struct

import numpy as np


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
    header, parts, at = {}, [], 0
    for name, tensor in tensors_of(model):
        data = np.ascontiguousarray(tensor.detach().float().cpu().numpy(), dtype="<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [at, at + len(data)]}
        parts.append(data)
        at += len(data)
    shape = model.shape
    header["__metadata__"] = {
        "rope": "interleaved", "rope_base": str(shape.rope_base), "norm_epsilon": str(shape.norm_epsilon),
        "heads": str(shape.heads), "context": str(shape.context), "tied_embeddings": "true",
    }
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        for part in parts:
            file.write(part)
