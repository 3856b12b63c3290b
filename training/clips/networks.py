"""Networks over time, from a recipe.

They are the program's own, their backbones pretrained where that can be had.
"""

import logging
from pathlib import Path
from urllib.error import URLError

import torch
import torchvision
from torch import nn

from footage_sorter.inference.torch_clip_networks import (
    FrameNet,
    VolumeNet,
    build_sized,
    headless,
)
from training import checkpoint as checkpoints
from training.backbones import build as build_backbone
from training.clips.recipe import ClipNetworkKnobs, ClipRecipe

log = logging.getLogger(__name__)


def build_clip_network(recipe: ClipRecipe, classes: int) -> FrameNet | VolumeNet:
    """Build the recipe's network over time.

    Raises:
        ValueError: The recipe asks for what does not exist, or a file of weights does not fit.
    """
    knobs = recipe.network
    network = build_sized(knobs.sizes(), classes)
    if isinstance(network, FrameNet):
        whole = build_backbone(knobs.backbone, knobs.pretrained)
        network.backbone = headless(whole, knobs.backbone, knobs.depth)
    else:
        _fill_volume(network, knobs)
    if knobs.start:
        network.load_state_dict(checkpoints.load(Path(knobs.start)).kept)
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
        _load(network.backbone, torch.load(path, map_location="cpu", weights_only=True))
        log.info("%s starts from %s", knobs.kind, path)
        return
    weights = torchvision.models.get_model_weights(knobs.kind).DEFAULT
    try:
        state = weights.get_state_dict(progress=False, check_hash=True)
    except (URLError, OSError, RuntimeError) as error:
        log.warning("torchvision's weights of %s cannot be had: %s", knobs.kind, error)
        log.warning("%s STARTS AT RANDOM: no pretrained weights could be had", knobs.kind)
        return
    _load(network.backbone, state)
    log.info("%s starts from torchvision's %s", knobs.kind, weights)


def _load(backbone: nn.Module, state: dict[str, torch.Tensor]) -> None:
    """Load all but the classifier."""
    kept = {name: value for name, value in state.items() if not name.startswith("fc.")}
    try:
        backbone.load_state_dict(kept)
    except RuntimeError as error:
        raise ValueError(f"the weights do not fit: {error}") from error
