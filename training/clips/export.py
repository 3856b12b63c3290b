"""Export of a network over time: the folder that the program installs as a classifier."""

import json
from pathlib import Path

from safetensors.torch import save as tensors_as_bytes

from footage_sorter.domain.tags import (
    CLASSIFIER_MANIFEST,
    CLASSIFIER_WEIGHTS,
    CLIP_FRAMES,
    clean_name,
)
from footage_sorter.inference.classifiers import manifest_values
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
    content = tensors_as_bytes({name: t.contiguous() for name, t in state.kept.items()})
    name, labels = clean_name(out.name), list(told["recalls"])
    sizes, side_px = recipe.network.sizes(), recipe.input.side_px
    values = manifest_values(name, title, labels, sizes, side_px=side_px, content=content) | {
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
