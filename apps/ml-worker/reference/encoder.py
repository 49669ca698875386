"""PAT embeddings of the golden weeks with synthetic weights, computed in float64 and without ONNX.

The layers are those of Ruan et al., arXiv 2411.15240: every head is written out and nothing is merged. The weights
are made from seeds, as src/pat/synthetic-weights.ts describes. The golden values of PAT-S come from another
program, so they prove this one. Needs Python 3 and numpy.

    python3 apps/ml-worker/reference/encoder.py             compares with the committed golden values
    python3 apps/ml-worker/reference/encoder.py --write     writes those of PAT-M and PAT-L again
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np

FIXTURES = Path(__file__).parent.parent / "test" / "fixtures"
WIDTH = 96
FEED_FORWARD = 256
EPSILON = 1e-6
TOLERANCE = 1e-8
#        minutes per token, layers, heads
SIZES = {"S": (18, 1, 6), "M": (18, 2, 12), "L": (9, 4, 12)}


def tensors_of(patch, layers, heads):
    """Name and shape of each tensor, in the order of the published files."""
    yield from dense("dense", patch, WIDTH)
    for layer in range(1, layers + 1):
        name = f"encoder_layer_{layer}"
        for part in ("query", "key", "value"):
            yield f"{name}_attention/{part}/kernel", (WIDTH, heads, WIDTH)
            yield f"{name}_attention/{part}/bias", (heads, WIDTH)
        yield f"{name}_attention/attention_output/kernel", (heads, WIDTH, WIDTH)
        yield f"{name}_attention/attention_output/bias", (WIDTH,)
        yield from norm(f"{name}_norm1")
        yield from dense(f"{name}_ff1", WIDTH, FEED_FORWARD)
        yield from dense(f"{name}_ff2", FEED_FORWARD, WIDTH)
        yield from norm(f"{name}_norm2")


def dense(name, inputs, outputs):
    return (f"{name}/kernel", (inputs, outputs)), (f"{name}/bias", (outputs,))


def norm(name):
    return (f"{name}/gamma", (WIDTH,)), (f"{name}/beta", (WIDTH,))


def uniform(seed, count):
    """The first numbers of mulberry32: its state only counts up, so all of them at once."""
    u32 = np.uint32
    state = u32(seed) + np.arange(1, count + 1, dtype=u32) * u32(0x6D2B79F5)
    mixed = (state ^ (state >> u32(15))) * (state | u32(1))
    mixed ^= mixed + (mixed ^ (mixed >> u32(7))) * (mixed | u32(61))
    return (mixed ^ (mixed >> u32(14))) / 2**32


def fnv1a(text):
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 % 2**32
    return value


def synthetic(size, name, shape):
    v = 2 * uniform(fnv1a(f"PAT-{size}/{name}"), int(np.prod(shape))) - 1
    if name.endswith("/gamma"):
        values = 1 + 0.25 * v
    elif name.endswith("/kernel"):
        fan_in = shape[0] * (shape[1] if "attention_output" in name else 1)
        gain = 2.5 if "/query/" in name or "/key/" in name else 1
        values = gain * np.sqrt(3 / fan_in) * v
    else:
        values = 0.125 * v
    return values.astype("<f4").reshape(shape)


def positions(tokens):
    angles = np.outer(np.arange(tokens), np.exp(-2 * np.arange(WIDTH // 2) * np.log(10_000) / WIDTH))
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)


def layer_norm(x, weights, name):
    centred = x - x.mean(axis=1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + EPSILON)
    return scaled * weights[f"{name}/gamma"] + weights[f"{name}/beta"]


def attention(x, weights, name, heads):
    total = weights[f"{name}/attention_output/bias"]
    for head in range(heads):
        query, key, value = (
            x @ weights[f"{name}/{part}/kernel"][:, head] + weights[f"{name}/{part}/bias"][head]
            for part in ("query", "key", "value")
        )
        scores = query @ key.T / np.sqrt(WIDTH)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        total = total + shares @ value @ weights[f"{name}/attention_output/kernel"][head]
    return total


def tokens_of(week, weights, patch, layers, heads):
    x = week.reshape(-1, patch) @ weights["dense/kernel"] + weights["dense/bias"]
    x = x + positions(len(x))
    for layer in range(1, layers + 1):
        name = f"encoder_layer_{layer}"
        y = layer_norm(x + attention(x, weights, f"{name}_attention", heads), weights, f"{name}_norm1")
        hidden = np.maximum(0, y @ weights[f"{name}_ff1/kernel"] + weights[f"{name}_ff1/bias"])
        z = hidden @ weights[f"{name}_ff2/kernel"] + weights[f"{name}_ff2/bias"]
        x = layer_norm(y + z, weights, f"{name}_norm2")
    return x


def golden(size):
    stored = {name: synthetic(size, name, shape) for name, shape in tensors_of(*SIZES[size])}
    weights = {name: values.astype(float) for name, values in stored.items()}
    weeks = np.fromfile(FIXTURES / "input.f32.bin", "<f4").reshape(-1, 10_080).astype(float)
    tokens = [tokens_of(week, weights, *SIZES[size]) for week in weeks]
    digest = hashlib.sha256()
    for values in stored.values():
        digest.update(values)
    rounded = lambda rows: [[float(f"{value:.10g}") for value in row] for row in rows]
    return {
        "model": f"PAT-{size}",
        "params": sum(values.size for values in stored.values()),
        "weights_sha256": digest.hexdigest(),
        "pooled": rounded(each.mean(axis=0) for each in tokens),
        "first_token": rounded(each[0] for each in tokens),
    }


def file_of(size):
    return FIXTURES / f"pat-{size.lower()}.golden.json"


def main():
    if sys.argv[1:] == ["--write"]:
        for size in ("M", "L"):
            file_of(size).write_text(json.dumps(golden(size)) + "\n")
    for size in SIZES:
        committed, computed = json.loads(file_of(size).read_text()), golden(size)
        differences = [np.abs(np.subtract(committed[key], computed[key])).max() for key in ("pooled", "first_token")]
        same = all(committed[key] == computed[key] for key in ("params", "weights_sha256"))
        print(f"PAT-{size}: off by {max(differences):.1e}, weights {'the same' if same else 'differ'}")
        if not same or not max(differences) < TOLERANCE:
            sys.exit(1)


if __name__ == "__main__":
    main()
