"""Export: fold a trained network into what the program runs, calibrate it, write it down.

Knows both sides: the training network with its norms, and the program's without. Refuses to write
a network that does not answer as the trained one does.
"""

import hashlib
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save as tensors_as_bytes
from torch import nn

from footage_sorter.inference.torch_networks import (
    IMAGENET_MEAN,
    IMAGENET_STD,
    EvidenceNet,
    LightNet,
    Net,
    build,
)
from footage_sorter.inference.weights import (
    FORMAT,
    MANIFEST_FILE,
    WEIGHTS_FILE,
    Calibration,
    FirstLook,
    Material,
    Stage,
)
from training import checkpoint as checkpoints
from training.backbones import stages_of
from training.calibrate import calibrate, lenient
from training.datasets import Judged, made_checks, split
from training.errors import StoredError, TrainingError
from training.machine import joined
from training.metrics import Labels, Measured, Scores, measure
from training.networks import SideBySide, average_of, build_network
from training.pictures import draw_reliability
from training.recipe import Head, Recipe, Task
from training.stored import load_into
from training.train import judge
from training.values import plain

LEAST_CLIPPED = {Task.BLUR: 0.0, Task.EXPOSURE: 0.1}
"""Of `exposure/Train`'s overexposed pictures, 98 % have 0.11 or more of their pixels burnt out."""
LENIENCE = 0.015
"""Of balanced accuracy on the fold: about three of its pictures."""
FIRST_LOOK = FirstLook(4, 0.01)
"""Of the real clips' frames 94 % are settled by it, and no call changes: see the card."""
Known = tuple[Scores, Labels]
"""Logits (N, classes) of pictures and their true classes (N,)."""
MOST_BYTES = 6_000_000
MADE_CHECKS = 400
"""Made pictures that calibrate what is judged on video."""
MOST_APART = 0.1
"""Largest mean difference of the logits that folding and half precision may make."""


def export(path: Path, data: Path, out: Path) -> Measured:
    """Write weights and manifest of a checkpoint; return what it measures on its held-out fold.

    Args:
        path: The checkpoint.
        data: Folder that its recipe's paths lie in: the held-out fold calibrates.
        out: Folder to write into; made if missing.

    Raises:
        StoredError: The checkpoint is none, or its network none that the program can run.
        TrainingError: The network is too large, or was not folded rightly.
    """
    state = checkpoints.load(path)
    recipe = state.recipe
    if not isinstance(recipe, Recipe) or recipe.network.head not in {Head.EVIDENCE, Head.LIGHT}:
        raise StoredError(
            path, "only networks with the evidence or the light head run in the program"
        )
    trained = build_network(recipe)
    load_into(trained, state.kept, path)
    one = average_of(trained.lights) if isinstance(trained, SideBySide) else trained
    assert isinstance(one, Net)
    stored = {name: value.half() for name, value in fold(one, recipe).state_dict().items()}
    program = _empty(recipe)
    program.load_state_dict({name: value.float() for name, value in stored.items()})
    parts = split(recipe, data)
    as_one = replace(recipe, data=replace(recipe.data, every_fold=False))
    # Where every fold is held out once, a picture calibrates by the network that has not seen it.
    calibrates = trained if recipe.data.every_fold else program
    with joined("cpu", recipe.learning.threads) as machine:
        before, after = (
            judge(network, Judged(as_one, parts.choose), as_one, machine)
            for network in (one, program)
        )
        labelled = judge(calibrates, Judged(recipe, parts.choose), recipe, machine)
        as_video = judge(calibrates, made_checks(recipe, parts, MADE_CHECKS), recipe, machine)
    apart = float(np.abs(before.logits - after.logits).mean())
    if apart > MOST_APART:
        raise TrainingError(f"the exported network answers otherwise: logits differ by {apart:.3f}")
    content = tensors_as_bytes(stored)
    if len(content) > MOST_BYTES:
        raise TrainingError(f"{len(content)} bytes of weights; at most {MOST_BYTES}")
    fitted = calibrations(
        recipe, (labelled.logits, labelled.truth), (as_video.logits, as_video.truth)
    )
    probabilities = fitted[Material.PHOTOGRAPHS].probabilities(labelled.logits)
    measured = measure(probabilities, labelled.truth, recipe.classes)
    out.mkdir(parents=True, exist_ok=True)
    (out / WEIGHTS_FILE).write_bytes(content)
    values = _manifest_values(recipe, state.epoch, fitted, content, measured)
    (out / MANIFEST_FILE).write_text(json.dumps(values, indent=1) + "\n", "utf-8")
    draw_reliability(probabilities, labelled.truth, out / "reliability.png")
    return measured


def fold(trained: Net, recipe: Recipe) -> Net:
    """Return the program's network with the weights of `trained`, each norm in its convolution."""
    if isinstance(trained, LightNet):
        return average_of([trained])
    folded = _empty(recipe)
    assert isinstance(folded, EvidenceNet)
    folded.head.load_state_dict(trained.head.state_dict())
    into = (module for module in folded.trunk.modules() if isinstance(module, nn.Conv2d))
    layers = [m for m in trained.trunk.modules() if isinstance(m, nn.Conv2d | nn.BatchNorm2d)]
    with torch.no_grad():
        # Both trunks are the same convolutions in the same order; here a norm follows each.
        for conv, norm, target in zip(layers[::2], layers[1::2], into, strict=True):
            assert isinstance(conv, nn.Conv2d)
            assert isinstance(norm, nn.BatchNorm2d)
            assert norm.running_mean is not None
            assert norm.running_var is not None
            assert target.bias is not None
            factor = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            target.weight.copy_(conv.weight * factor.reshape(-1, 1, 1, 1))
            target.bias.copy_(norm.bias - norm.running_mean * factor)
    return folded.eval()


def _empty(recipe: Recipe) -> Net:
    """Build the program's network for `recipe`, its weights yet unset."""
    stem_channels, stages = _trunk(recipe)
    classes = len(recipe.classes)
    return build(stem_channels, stages, _width(recipe), classes, recipe.network.measures)


def _width(recipe: Recipe) -> int:
    """Return the width of what is shipped: that of all the networks that learned side by side."""
    return recipe.network.width * recipe.members


def _trunk(recipe: Recipe) -> tuple[int, tuple[Stage, ...]]:
    """Return stem channels and stages of the trunk; 0 and () where there is none."""
    if recipe.network.head is Head.LIGHT:
        return 0, ()
    return stages_of(recipe.network.backbone, recipe.network.depth)


def calibrations(recipe: Recipe, labelled: Known, as_video: Known) -> dict[Material, Calibration]:
    """Calibrate each material by its own pictures; light is the same in both.

    Args:
        recipe: Says what is judged.
        labelled: Logits and true classes of labelled pictures and photographs.
        as_video: The same of made pictures, stored as video.
    """
    if recipe.task is Task.BLUR:
        known = {Material.VIDEO: as_video, Material.PHOTOGRAPHS: labelled}
        fitted = {m: calibrate(*one, pull=0.002) for m, one in known.items()}
        return {m: lenient(fitted[m], *one, LENIENCE) for m, one in known.items()}
    together = calibrate(
        np.concatenate([labelled[0], as_video[0]]),
        np.concatenate([labelled[1], as_video[1]]),
        pull=0.05,
    )
    # In footage good light is commoner than either fault; the collection shows them alike often.
    rarer = together.temperature * float(np.log(recipe.data.good_to_fault))
    shifts = (together.shifts[0], *(shift - rarer for shift in together.shifts[1:]))
    in_footage = Calibration(together.temperature, shifts)
    return {Material.VIDEO: in_footage, Material.PHOTOGRAPHS: together}


def _manifest_values(
    recipe: Recipe,
    epoch: int,
    calibrations: dict[Material, Calibration],
    content: bytes,
    measured: Measured,
) -> dict[str, Any]:
    """Return the manifest: what `inference.weights` reads, and where the network came from."""
    stem_channels, stages = _trunk(recipe)
    return {
        "format": FORMAT,
        "name": recipe.name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "classes": list(recipe.classes),
        "input": {
            "view": recipe.input.view.value,
            "side_px": recipe.input.side_px,
            "count": recipe.input.count,
            "working_long_side_px": recipe.input.working_long_side_px,
            "pixels": "uint8 sRGB, full range; divided by 255, less the mean, by the deviation",
            "mean": list(IMAGENET_MEAN),
            "deviation": list(IMAGENET_STD),
        },
        "trunk": {
            "kind": recipe.network.backbone or "none",
            "stem_channels": stem_channels,
            "stages": [[s.expand, s.channels, s.stride, s.kernel_px, s.blocks] for s in stages],
        },
        "head": {
            "kind": recipe.network.head.value,
            "width": _width(recipe),
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


def _fold_words(recipe: Recipe) -> str:
    """Say which pictures calibrated."""
    if recipe.data.every_fold:
        return f"each of {recipe.data.folds} folds by the network that has not seen it"
    return f"fold {recipe.data.fold}"


def _first_look(recipe: Recipe) -> dict[str, Any] | None:
    """Return when leading regions settle a frame; a whole picture has but one cut-out."""
    return asdict(FIRST_LOOK) if recipe.input.count > FIRST_LOOK.count else None
