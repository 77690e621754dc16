"""Reads the tensors of a GGUF file, for the scripts that compute reference values from shipped weights."""
import struct

import numpy as np

SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}


def read_gguf(path):
    """Tensors of a GGUF file with float32, float16 and Q8_0 tensors, as float32 arrays by name."""
    raw = path.read_bytes()
    at = 24
    tensors, values = struct.unpack_from("<QQ", raw, 8)

    def take(code):
        nonlocal at
        value, = struct.unpack_from("<" + code, raw, at)
        at += struct.calcsize("<" + code)
        return value

    def text():
        nonlocal at
        length = take("Q")
        at += length
        return raw[at - length:at].decode("utf-8", "replace")

    def value(kind):
        if kind == 8:
            return text()
        if kind == 9:
            inner, count = take("I"), take("Q")
            return [value(inner) for _ in range(count)]
        return take(SCALARS[kind])

    metadata = {}
    for _ in range(values):
        key = text()
        metadata[key] = value(take("I"))
    table = []
    for _ in range(tensors):
        name = text()
        dimensions = [take("Q") for _ in range(take("I"))]
        table.append((name, dimensions[::-1], take("I"), take("Q")))
    alignment = metadata.get("general.alignment", 32)
    data = (at + alignment - 1) // alignment * alignment
    found = {}
    for name, shape, kind, offset in table:
        count = int(np.prod(shape))
        if kind == 0:
            values = np.frombuffer(raw, "<f4", count, data + offset)
        elif kind == 1:
            values = np.frombuffer(raw, "<f2", count, data + offset).astype(np.float32)
        elif kind == 8:
            blocks = np.frombuffer(raw, np.dtype([("scale", "<f2"), ("parts", "i1", 32)]), count // 32, data + offset)
            values = blocks["scale"].astype(np.float32)[:, None] * blocks["parts"].astype(np.float32)
        else:
            raise ValueError(f"{path}: {name} has tensor type {kind}; only float32, float16 and Q8_0 are read.")
        found[name] = values.reshape(shape)
    return found
