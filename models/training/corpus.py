"""Memory-maps corpus files written by CognitiveTools.Lab.Training.Corpora.Corpus and makes batches of like lengths."""
import numpy as np
import torch

FORMATS = ["direct", "cot", "understand", "recall", "examine", "backtrack", "loop", "forced"]


class Vocabulary:
    """Tokens of vocab.txt; only what the trainers need: ids by text and text by ids."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as lines:
            raw = [line.rstrip("\n") for line in lines]
        # Escapes are \n, \\ and \xNN; text tokens hold one character per byte.
        self.tokens = [line.encode("latin-1").decode("unicode_escape") for line in raw]
        self.ids = {token: index for index, token in enumerate(self.tokens)}

    def __len__(self):
        return len(self.tokens)

    def text(self, ids):
        return "".join(self.tokens[i] for i in ids)


class Corpus:
    """One corpus file. Row i: ids[offsets[i]:offsets[i+1]], mask alike; kinds[i] = format, family, steps, wording."""

    def __init__(self, path):
        raw = np.memmap(path, np.uint8, "r")
        if bytes(raw[:8]) != b"CTCORP01":
            raise ValueError(f"{path} is no corpus file of version 01; write it anew with the corpus writer.")
        count, total = np.frombuffer(raw[8:16], np.int32)
        at = 16
        self.offsets = np.frombuffer(raw[at:at + 4 * (count + 1)], np.int32)
        at += 4 * (count + 1)
        self.kinds = np.frombuffer(raw[at:at + 4 * count], np.uint8).reshape(count, 4)
        at += 4 * count
        self.ids = np.frombuffer(raw[at:at + 2 * total], np.uint16)
        at += 2 * total
        self.mask = np.frombuffer(raw[at:at + total], np.uint8)
        self.lengths = np.diff(self.offsets)

    def __len__(self):
        return len(self.lengths)

    def row(self, index):
        part = slice(self.offsets[index], self.offsets[index + 1])
        return self.ids[part].astype(np.int64), self.mask[part]

    def question(self, index):
        """The tokens before the first learned one, and the learned ones without the end-of-turn token."""
        ids, mask = self.row(index)
        start = int(mask.argmax())
        return ids[:start].tolist(), ids[start:-1].tolist()

    def batches(self, rng, rows, pool=40):
        """Endless batches of indices: shuffled, then sorted by length within pools so that little is padding."""
        while True:
            order = rng.permutation(len(self))
            for start in range(0, len(order) - rows + 1, rows * pool):
                chunk = order[start:start + rows * pool]
                chunk = chunk[np.argsort(self.lengths[chunk], kind="stable")]
                groups = [chunk[i:i + rows] for i in range(0, len(chunk) - rows + 1, rows)]
                for group in rng.permutation(len(groups)):
                    yield groups[group]


def pad(corpus, indices, device):
    """Right-padded ids and mask of some rows."""
    width = int(corpus.lengths[indices].max())
    ids = torch.zeros(len(indices), width, dtype=torch.long)
    mask = torch.zeros(len(indices), width, dtype=torch.bool)
    for row, index in enumerate(indices):
        tokens, learned = corpus.row(index)
        ids[row, :len(tokens)] = torch.from_numpy(tokens)
        mask[row, :len(tokens)] = torch.from_numpy(learned.astype(bool))
    return ids.to(device), mask.to(device)
