"""The manifest of an exported network: what the program reads of it, and where it came from.

Knows the recipe and `inference.weights`; measures nothing and writes no file.
"""

import hashlib
from dataclasses import asdict
from typing import Any

from footage_sorter.inference.torch_networks import IMAGENET_MEAN, IMAGENET_STD
from footage_sorter.inference.weights import FORMAT, Calibration, FirstLook, Material, Stage
from training.backbones import stages_of
from training.metrics import Measured
from training.recipe import Head, InputKnobs, Recipe, Task
from training.values import plain

LEAST_CLIPPED = {Task.BLUR: 0.0, Task.EXPOSURE: 0.1}
"""Of `exposure/Train`'s overexposed pictures, 98 % have 0.11 or more of their pixels burnt out."""
FIRST_LOOK = FirstLook(4, 0.01)
"""Of the real clips' frames 94 % are settled by it, and no call changes: see the card."""


def manifest_values(
    recipe: Recipe,
    epoch: int,
    calibrations: dict[Material, Calibration],
    content: bytes,
    measured: Measured,
) -> dict[str, Any]:
    """Return the manifest of a network as plain values.

    Args:
        recipe: What it followed.
        epoch: How many epochs it learned.
        calibrations: Of each material.
        content: Its file of weights.
        measured: What it reaches on its held-out fold.
    """
    stem_channels, stages = trunk_of(recipe)
    return {
        "format": FORMAT,
        "name": recipe.name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "classes": list(recipe.classes),
        "input": _input(recipe.input),
        "trunk": {
            "kind": recipe.network.backbone or "none",
            "stem_channels": stem_channels,
            "stages": [[s.expand, s.channels, s.stride, s.kernel_px, s.blocks] for s in stages],
        },
        "head": {
            "kind": recipe.network.head.value,
            "width": width_of(recipe),
            "measures": recipe.network.measures.value,
        },
        "calibrations": {
            material.value: {
                "temperature": round(one.temperature, 4),
                "shifts": [round(shift, 4) for shift in one.shifts],
                "fitted_on": f"Train of {recipe.data.labelled}, {_fold_words(recipe)}",
            }
            for material, one in calibrations.items()
        },
        "least_clipped": LEAST_CLIPPED[recipe.task],
        "first_look": _first_look(recipe),
        "held_out_fold": measured.as_json(),
        "epochs": epoch,
        "recipe": plain(recipe),
    }


def width_of(recipe: Recipe) -> int:
    """Return the width of what is shipped: that of all the networks that learned side by side."""
    return recipe.network.width * recipe.members


def trunk_of(recipe: Recipe) -> tuple[int, tuple[Stage, ...]]:
    """Return stem channels and stages of the trunk; 0 and () where there is none."""
    if recipe.network.head is Head.LIGHT:
        return 0, ()
    return stages_of(recipe.network.backbone, recipe.network.depth)


def _input(knobs: InputKnobs) -> dict[str, Any]:
    """Say what the network sees, for the program and for a reader."""
    return {
        "view": knobs.view.value,
        "side_px": knobs.side_px,
        "count": knobs.count,
        "working_long_side_px": knobs.working_long_side_px,
        "pixels": "uint8 sRGB, full range; divided by 255, less the mean, by the deviation",
        "mean": list(IMAGENET_MEAN),
        "deviation": list(IMAGENET_STD),
    }


def _fold_words(recipe: Recipe) -> str:
    """Say which pictures calibrated."""
    if recipe.data.every_fold:
        return f"each of {recipe.data.folds} folds by the network that has not seen it"
    return f"fold {recipe.data.fold}"


def _first_look(recipe: Recipe) -> dict[str, Any] | None:
    """Return when leading regions settle a frame; a whole picture has but one cut-out."""
    return asdict(FIRST_LOOK) if recipe.input.count > FIRST_LOOK.count else None
