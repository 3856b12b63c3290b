"""Networks over time, from a recipe.

They are the program's own, their backbones pretrained where that can be had.
"""

import logging
from collections.abc import Mapping
from pathlib import Path

from footage_sorter.inference.torch_clip_networks import (
    FrameNet,
    VolumeNet,
    build_sized,
    headless,
)
from training import checkpoint as checkpoints
from training.backbones import build as build_backbone
from training.backbones import from_torchvision
from training.clips.recipe import ClipNetworkKnobs, ClipRecipe
from training.stored import load_into, read_stored

log = logging.getLogger(__name__)


def build_clip_network(recipe: ClipRecipe, classes: int) -> FrameNet | VolumeNet:
    """Build the recipe's network over time.

    Raises:
        TrainingError: The recipe asks for what does not exist.
        StoredError: A file of weights is missing or damaged, or does not fit.
    """
    knobs = recipe.network
    network = build_sized(knobs.sizes(), classes)
    if isinstance(network, FrameNet):
        whole = build_backbone(knobs.backbone, knobs.pretrained)
        network.backbone = headless(whole, knobs.backbone, knobs.depth)
    else:
        _fill_volume(network, knobs)
    if knobs.start:
        start = Path(knobs.start)
        load_into(network, checkpoints.load(start).kept, start)
    if knobs.frozen:
        for weight in network.backbone.parameters():
            weight.requires_grad = False
    return network


def _fill_volume(network: VolumeNet, knobs: ClipNetworkKnobs) -> None:
    """Give the backbone of a network over volumes its pretrained weights, where there are any."""
    if knobs.pretrained == "none":
        log.info("%s starts at random, as the recipe asks", knobs.kind)
        return
    if knobs.pretrained != "auto":
        path = Path(knobs.pretrained)
        load_into(network.backbone, _without_classifier(read_stored(path)), path)
        log.info("%s starts from %s", knobs.kind, path)
        return
    state = from_torchvision(knobs.kind)
    if state is None:
        log.warning("%s STARTS AT RANDOM: no pretrained weights could be had", knobs.kind)
        return
    load_into(network.backbone, _without_classifier(state), Path(knobs.kind))


def _without_classifier(state: object) -> object:
    """Leave out torchvision's own classifier, where these are weights at all."""
    if not isinstance(state, Mapping):
        return state
    return {name: value for name, value in state.items() if not str(name).startswith("fc.")}
