"""Evaluation of a network over time: what it reaches on clips it never saw, beside the majority."""

from pathlib import Path
from typing import Any

import numpy as np

from footage_sorter.inference.torch_clip_networks import build_sized
from training import checkpoint as checkpoints
from training.clips.datasets import ClipSplit, JudgedClips, split_clips
from training.clips.prepare import Prepared
from training.clips.recipe import ClipRecipe
from training.errors import StoredError
from training.machine import joined
from training.metrics import Measured
from training.stored import load_into
from training.train import judge


def judge_checkpoint(path: Path, data: Path, device: str) -> dict[str, Any]:
    """Measure a checkpoint on its held-out fold and, where the data set keeps one, on its test.

    Args:
        path: The checkpoint.
        data: Folder that the prepared folder of its recipe lies in.
        device: "auto", "cpu" or "cuda".

    Raises:
        StoredError: It is damaged, or a network of pictures.
        DataError: The prepared clips cannot be used.
    """
    state = checkpoints.load(path)
    recipe = state.recipe
    if not isinstance(recipe, ClipRecipe):
        raise StoredError(path, "a network of pictures; use `evaluate`")
    parts = split_clips(recipe, data)
    network = build_sized(recipe.network.sizes(), len(parts.classes))
    load_into(network, state.kept, path)
    found: dict[str, Any] = {"name": recipe.name, "epoch": state.epoch}
    with joined(device, recipe.learning.threads) as machine:
        network.to(machine.device)
        for name, clips in (("held_out_fold", parts.choose), ("test", parts.test)):
            if not clips:
                continue
            examples = JudgedClips(recipe, clips, parts.classes)
            measured = judge(network, examples, recipe, machine, parts.classes).measured
            found[name] = _document(measured, parts, clips)
    return found


def as_text(document: dict[str, Any]) -> str:
    """Return a table for a person."""
    lines = [f"{document['name']}, epoch {document['epoch']}"]
    for name in ("held_out_fold", "test"):
        if name not in document:
            continue
        one = document[name]
        lines.append(
            f"{name}: {one['clips']} clips, accuracy {one['accuracy']:.3f}, balanced "
            f"{one['balanced_accuracy']:.3f}; always the largest class: {one['majority']:.3f}"
        )
        lines += [f"  {label:24} {recall:.3f}" for label, recall in one["recalls"].items()]
    return "\n".join(lines)


def _document(measured: Measured, parts: ClipSplit, clips: tuple[Prepared, ...]) -> dict[str, Any]:
    """Plain values, beside what the largest class of those learned from would reach."""
    learned = np.bincount([parts.label(one) for one in parts.learn])
    largest = parts.classes[int(learned.argmax())]
    values = measured.as_json()
    return {
        "clips": values.pop("pictures"),
        "majority": round(sum(one.label == largest for one in clips) / len(clips), 4),
        **{name: values[name] for name in ("accuracy", "balanced_accuracy", "confusion")},
        "recalls": {name: value or 0.0 for name, value in values["recalls"].items()},
    }
