"""Classifiers that nobody trained: tiny, whole, and to be spoilt by a test."""

import hashlib
import json
from pathlib import Path

import torch
from safetensors.torch import save

from footage_sorter.inference.torch_clip_networks import build

SIZES = {"backbone": "mobilenet_v2", "depth": 4, "hidden": 8}
LABELS = ("indoor", "outdoor")


def manifest(content: bytes = b"", **changes) -> dict:
    """The manifest of a classifier, with some of its values changed."""
    return {
        "schema": 1,
        "name": "place",
        "title": "Place",
        "labels": list(LABELS),
        "network": {"name": "gru", **SIZES, "layers": 1},
        "input": {"frames": 16, "side_px": 64},
        "sha256": hashlib.sha256(content).hexdigest(),
        "least": 0.0,
        "measured": {"accuracy": 0.9, "majority": 0.5},
    } | changes


def write(folder: Path, values: dict, content: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "weights.safetensors").write_bytes(content)
    (folder / "manifest.json").write_text(json.dumps(values), "utf-8")
    return folder


def weights(seed: int = 1, **changes) -> bytes:
    """The weights of the network in `manifest`, drawn from `seed`."""
    torch.manual_seed(seed)
    net = build("gru", len(LABELS), **SIZES | changes)
    return save({name: tensor.contiguous() for name, tensor in net.state_dict().items()})


def classifier(folder: Path, seed: int = 1, **changes) -> Path:
    """A whole classifier in `folder`."""
    content = weights(seed)
    return write(folder, manifest(content, **changes), content)
