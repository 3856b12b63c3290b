"""Export: fold a trained network into what the program runs, calibrate it, write it down.

Knows both sides: the training network with its norms, and the program's without. Refuses to write
a network that does not answer as the trained one does.
"""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save as tensors_as_bytes
from torch import nn

from footage_sorter.inference.torch_networks import EvidenceNet, LightNet, Net, build
from footage_sorter.inference.weights import MANIFEST_FILE, WEIGHTS_FILE, Material
from training import checkpoint as checkpoints
from training.calibrate import MADE_TO_CALIBRATE, calibrations
from training.datasets import FixedDataset, Split, made_checks, split
from training.errors import StoredError, TrainingError
from training.machine import Machine, joined
from training.manifest import manifest_values, trunk_of, width_of
from training.metrics import Measured, measure
from training.networks import FoldNetworks, average_of, restored_network
from training.pictures import draw_reliability
from training.recipe import Head, Recipe
from training.train import judge

MOST_BYTES = 6_000_000
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
    trained = restored_network(recipe, state.kept, path)
    one = average_of(trained.lights) if isinstance(trained, FoldNetworks) else trained
    assert isinstance(one, Net)
    content, program = _packed(fold(one, recipe), recipe)
    parts = split(recipe, data)
    with joined("cpu", recipe.learning.threads) as machine:
        _refuse_other_answers(one, program, recipe, parts, machine)
        # Where every fold is held out, a picture calibrates by the network that has not seen it.
        calibrates = trained if recipe.data.every_fold else program
        labelled = judge(calibrates, FixedDataset(recipe, parts.choose), recipe, machine)
        as_video = judge(calibrates, made_checks(recipe, parts, MADE_TO_CALIBRATE), recipe, machine)
    fitted = calibrations(
        recipe, (labelled.logits, labelled.truth), (as_video.logits, as_video.truth)
    )
    probabilities = fitted[Material.PHOTOGRAPHS].probabilities(labelled.logits)
    measured = measure(probabilities, labelled.truth, recipe.classes)
    out.mkdir(parents=True, exist_ok=True)
    (out / WEIGHTS_FILE).write_bytes(content)
    values = manifest_values(recipe, state.epoch, fitted, content, measured)
    (out / MANIFEST_FILE).write_text(json.dumps(values, indent=1) + "\n", "utf-8")
    draw_reliability(probabilities, labelled.truth, out / "reliability.png")
    return measured


def _packed(folded: Net, recipe: Recipe) -> tuple[bytes, Net]:
    """Return the file of weights, in half precision, and the network that the program makes of it.

    Raises:
        TrainingError: The file is too large to be shipped.
    """
    stored = {name: value.half() for name, value in folded.state_dict().items()}
    content = tensors_as_bytes(stored)
    if len(content) > MOST_BYTES:
        raise TrainingError(f"{len(content)} bytes of weights; at most {MOST_BYTES}")
    program = _empty(recipe)
    program.load_state_dict({name: value.float() for name, value in stored.items()})
    return content, program


def _refuse_other_answers(
    trained: Net, program: Net, recipe: Recipe, parts: Split, machine: Machine
) -> None:
    """Let the trained network and the program's judge what is chosen by.

    Raises:
        TrainingError: They do not answer alike.
    """
    alone = replace(recipe, data=replace(recipe.data, every_fold=False))
    examples = FixedDataset(alone, parts.choose)
    one, other = (judge(network, examples, alone, machine).logits for network in (trained, program))
    apart = float(np.abs(one - other).mean())
    if apart > MOST_APART:
        raise TrainingError(f"the exported network answers otherwise: logits differ by {apart:.3f}")


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
    stem_channels, stages = trunk_of(recipe)
    classes = len(recipe.classes)
    return build(stem_channels, stages, width_of(recipe), classes, recipe.network.measures)
