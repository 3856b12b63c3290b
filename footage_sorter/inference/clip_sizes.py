"""The networks that judge a whole clip, by name, and how large each part may be.

Knows names and bounds; knows no torch, so that a manifest that asks for the impossible is refused
before anything is built. What they are made of is in `torch_clip_networks`.
"""

from dataclasses import dataclass

from footage_sorter.domain.training import HEADS

OVER_FRAMES = HEADS
"""Networks that look at frames one by one with a backbone, then over time with a head."""

OVER_VOLUMES = ("r3d_18", "mc3_18", "r2plus1d_18")
"""Networks that look at all frames at once."""

NETWORKS = OVER_FRAMES + OVER_VOLUMES

BACKBONES = (
    "mobilenet_v2",
    "mobilenet_v3_small",
    "mobilenet_v3_large",
    "efficientnet_b0",
    "resnet18",
    "resnet34",
    "resnet50",
    "densenet121",
)
"""What may look at single frames, by torchvision's names."""

CUT_BACKBONES = ("mobilenet_v2",)
"""Backbones of which the first blocks alone may be taken."""

MOST_LABELS = 400
MOST_HIDDEN = 2048
MOST_LAYERS = 4
MOST_DEPTH = 19
MOST_FRAMES = 64
SIDE_PX = (32, 448)
"""Least and largest side of a frame as the network sees it."""


@dataclass(frozen=True, slots=True)
class ClipSizes:
    """What a network over time is made of. Sizes that a network has no use for are ignored.

    Attributes:
        network: One of `NETWORKS`.
        backbone: One of `BACKBONES`; for networks over frames.
        depth: Blocks kept of a backbone that can be cut; 0: all of it.
        hidden: Width of the head over time.
        layers: Layers of the head over time.
        dropout: Share 0-1 of features dropped before the answer, in training only.
    """

    network: str
    backbone: str = "resnet18"
    depth: int = 0
    hidden: int = 128
    layers: int = 1
    dropout: float = 0.0

    def __post_init__(self) -> None:
        if self.network not in NETWORKS:
            raise ValueError(f"unknown network {self.network!r}")
        if self.backbone not in BACKBONES:
            raise ValueError(f"unknown backbone {self.backbone!r}")
        most = MOST_DEPTH if self.backbone in CUT_BACKBONES else 0
        for name, least, at_most in (
            ("depth", 0, most),
            ("hidden", 1, MOST_HIDDEN),
            ("layers", 1, MOST_LAYERS),
            ("dropout", 0, 0.95),
        ):
            if not least <= getattr(self, name) <= at_most:  # also refuses NaN
                raise ValueError(f"{name} must be {least} to {at_most}, got {getattr(self, name)}")
