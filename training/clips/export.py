"""Export of a network over time: the folder that the program installs as a classifier."""

import hashlib
import json
from pathlib import Path

from safetensors.torch import save as tensors_as_bytes

from footage_sorter.domain.tags import (
    CLASSIFIER_MANIFEST,
    CLASSIFIER_WEIGHTS,
    CLIP_FRAMES,
    clean_name,
)
from footage_sorter.inference.classifiers import SCHEMA
from training import checkpoint as checkpoints
from training.clips.evaluate import judge_checkpoint
from training.clips.recipe import ClipRecipe
from training.errors import StoredError
from training.values import plain


def export_classifier(path: Path, data: Path, out: Path, title: str) -> Path:
    """Write a checkpoint as a classifier; `footage-sorter classifier add` installs it.

    Args:
        path: The checkpoint.
        data: Folder that its prepared clips lie in: what it reaches there is stated with it.
        out: Folder to write into; made if missing. Its name is the classifier's.
        title: What its column is called.

    Returns:
        `out`.

    Raises:
        StoredError: It is a network of pictures, or wants another number of frames.
        DataError: The prepared clips cannot be used.
    """
    state = checkpoints.load(path)
    recipe = state.recipe
    if not isinstance(recipe, ClipRecipe):
        raise StoredError(path, "a network of pictures; use `export`")
    if recipe.input.frames != CLIP_FRAMES:
        raise StoredError(path, f"classifiers see {CLIP_FRAMES} frames of a clip")
    measured = judge_checkpoint(path, data, "cpu")
    told = measured.get("test", measured["held_out_fold"])
    sizes = recipe.network.sizes()
    content = tensors_as_bytes({name: t.contiguous() for name, t in state.kept.items()})
    values = {
        "schema": SCHEMA,
        "name": clean_name(out.name),
        "title": title,
        "labels": list(told["recalls"]),
        "network": {
            "name": sizes.network,
            "backbone": sizes.backbone,
            "depth": sizes.depth,
            "hidden": sizes.hidden,
            "layers": sizes.layers,
        },
        "input": {"frames": CLIP_FRAMES, "side_px": recipe.input.side_px},
        "sha256": hashlib.sha256(content).hexdigest(),
        "least": 0.5,
        "measured": {
            "how": "on clips of sources that it did not learn from",
            **{name: told[name] for name in ("clips", "accuracy", "majority", "confusion")},
        },
        "recipe": plain(recipe),
    }
    out.mkdir(parents=True, exist_ok=True)
    (out / CLASSIFIER_WEIGHTS).write_bytes(content)
    (out / CLASSIFIER_MANIFEST).write_text(json.dumps(values, indent=1) + "\n", "utf-8")
    return out
