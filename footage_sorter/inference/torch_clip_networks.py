"""The networks that judge a whole clip: one definition for the program and for training.

Knows torch and torchvision. Every network makes features of frames, then an answer of features,
in two steps, so that a trainer may keep the features. Weights are random until they are loaded.
"""

import math

import torch
import torchvision
from torch import nn

from footage_sorter.inference.clip_sizes import MOST_LABELS, OVER_FRAMES, ClipSizes

IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
"""Mean and deviation of the channels. Source: torchvision's backbones of pictures."""
KINETICS = ((0.43216, 0.394666, 0.37645), (0.22803, 0.22145, 0.216989))
"""The same of torchvision's networks over volumes."""

_PROBE_PX = 64


class Normalise(nn.Module):
    """Brings 8-bit pixels to the range that a backbone was pretrained in."""

    mean: torch.Tensor
    deviation: torch.Tensor

    def __init__(
        self, mean: tuple[float, ...], deviation: tuple[float, ...], trailing: int
    ) -> None:
        """Keep `mean` and `deviation` of the channels, which `trailing` axes follow."""
        super().__init__()
        shape = (-1, *[1] * trailing)
        self.register_buffer("mean", torch.tensor(mean).reshape(shape), persistent=False)
        self.register_buffer("deviation", torch.tensor(deviation).reshape(shape), persistent=False)

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """Return normalised pixels, in the precision of the network, of values 0-255."""
        return (pixels.to(self.mean.dtype) / 255.0 - self.mean) / self.deviation


class AverageHead(nn.Module):
    """Answers frame by frame; the clip's answer is the mean of the frames' probabilities."""

    def __init__(self, channels: int, labels: int, sizes: ClipSizes) -> None:
        super().__init__()
        self.dropout = nn.Dropout(sizes.dropout)
        self.answer = nn.Linear(channels, labels)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """Return the logarithms (N, labels) of probabilities, of features (N, T, channels)."""
        by_frame = torch.log_softmax(self.answer(self.dropout(features)).float(), dim=-1)
        mean: torch.Tensor = torch.logsumexp(by_frame, dim=1)
        return mean - math.log(features.shape[1])


class RecurrentHead(nn.Module):
    """A recurrent layer over the frames; what it holds after the last one is the answer."""

    def __init__(self, channels: int, labels: int, sizes: ClipSizes) -> None:
        super().__init__()
        kind = nn.LSTM if sizes.network == "lstm" else nn.GRU
        self.over_time = kind(channels, sizes.hidden, sizes.layers, batch_first=True)
        self.dropout = nn.Dropout(sizes.dropout)
        self.answer = nn.Linear(sizes.hidden, labels)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """Return logits (N, labels) of features (N, T, channels)."""
        held, _ = self.over_time(features)
        logits: torch.Tensor = self.answer(self.dropout(held[:, -1]))
        return logits


class ConvolutionHead(nn.Module):
    """Convolutions over time, each looking twice as far as the one before.

    Source: Bai et al., An Empirical Evaluation of Generic Convolutional and Recurrent Networks,
    2018; without their causal padding, since the whole clip is at hand.
    """

    def __init__(self, channels: int, labels: int, sizes: ClipSizes) -> None:
        super().__init__()
        self.enter = nn.Linear(channels, sizes.hidden)
        self.layers = nn.ModuleList(
            nn.Conv1d(sizes.hidden, sizes.hidden, 3, padding=2**n, dilation=2**n)
            for n in range(sizes.layers)
        )
        self.dropout = nn.Dropout(sizes.dropout)
        self.answer = nn.Linear(sizes.hidden, labels)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """Return logits (N, labels) of features (N, T, channels)."""
        seen = torch.relu(self.enter(features)).transpose(1, 2)
        for layer in self.layers:
            seen = seen + torch.relu(layer(seen))
        logits: torch.Tensor = self.answer(self.dropout(seen.mean(dim=2)))
        return logits


class FrameNet(nn.Module):
    """A backbone looks at every frame, a head at what it saw over time."""

    def __init__(self, backbone: nn.Module, head: nn.Module) -> None:
        super().__init__()
        self.backbone = backbone
        self.head = head
        self.normalise = Normalise(*IMAGENET, trailing=2)

    def features(self, frames: torch.Tensor) -> torch.Tensor:
        """Return features (N, T, channels) of frames (N, T, 3, H, W), values 0-255."""
        clips, times = frames.shape[:2]
        seen: torch.Tensor = self.backbone(self.normalise(frames.flatten(0, 1)))
        return seen.reshape(clips, times, -1)

    def forward(self, frames: torch.Tensor) -> torch.Tensor:
        """Return logits (N, labels) of frames (N, T, 3, H, W), values 0-255, sRGB."""
        logits: torch.Tensor = self.head(self.features(frames))
        return logits


class VolumeNet(nn.Module):
    """A network of convolutions over space and time, and a linear answer."""

    def __init__(self, backbone: nn.Module, head: nn.Module) -> None:
        super().__init__()
        self.backbone = backbone
        self.head = head
        self.normalise = Normalise(*KINETICS, trailing=3)

    def features(self, volumes: torch.Tensor) -> torch.Tensor:
        """Return features (N, channels) of volumes (N, 3, T, H, W), values 0-255."""
        seen: torch.Tensor = self.backbone(self.normalise(volumes))
        return seen

    def forward(self, volumes: torch.Tensor) -> torch.Tensor:
        """Return logits (N, labels) of volumes (N, 3, T, H, W), values 0-255, sRGB."""
        logits: torch.Tensor = self.head(self.features(volumes))
        return logits


def build(
    name: str,
    labels: int,
    *,
    backbone: str = "resnet18",
    depth: int = 0,
    hidden: int = 128,
    layers: int = 1,
    dropout: float = 0.0,
) -> FrameNet | VolumeNet:
    """Build a network over time whose weights are yet unset.

    Args:
        name: One of `clip_sizes.NETWORKS`.
        labels: How many answers it has.
        backbone: See `ClipSizes`, also for what follows.
        depth: Blocks kept of the backbone; 0: all of it.
        hidden: Width of the head over time.
        layers: Layers of the head over time.
        dropout: Share 0-1 of features dropped in training.

    Raises:
        ValueError: A name is unknown, or a size out of bounds.
    """
    return build_sized(ClipSizes(name, backbone, depth, hidden, layers, dropout), labels)


def build_sized(sizes: ClipSizes, labels: int) -> FrameNet | VolumeNet:
    """Build the network that `sizes` describes; see `build`."""
    if not 2 <= labels <= MOST_LABELS:
        raise ValueError(f"labels must be 2 to {MOST_LABELS}, got {labels}")
    if sizes.network in OVER_FRAMES:
        model = torchvision.models.get_model(sizes.backbone, weights=None)
        backbone = headless(model, sizes.backbone, sizes.depth)
        return FrameNet(backbone, head_of(sizes, feature_channels(sizes), labels))
    model = torchvision.models.get_model(sizes.network, weights=None)
    channels = model.fc.in_features
    model.fc = nn.Identity()
    return VolumeNet(model, nn.Sequential(nn.Dropout(sizes.dropout), nn.Linear(channels, labels)))


def head_of(sizes: ClipSizes, channels: int, labels: int) -> nn.Module:
    """Build the head of a network over frames, for features of `channels`."""
    match sizes.network:
        case "average":
            return AverageHead(channels, labels, sizes)
        case "tcn":
            return ConvolutionHead(channels, labels, sizes)
        case _:
            return RecurrentHead(channels, labels, sizes)


def headless(model: nn.Module, name: str, depth: int = 0) -> nn.Module:
    """Take the classifier off a torchvision backbone: what is left gives features (N, channels).

    Args:
        model: The whole backbone, pretrained or not.
        name: Its name, one of `clip_sizes.BACKBONES`.
        depth: Blocks to keep of one that can be cut; 0: all.
    """
    if depth:
        blocks = list(model.get_submodule("features").children())[:depth]
        return nn.Sequential(nn.Sequential(*blocks), nn.AdaptiveAvgPool2d(1), nn.Flatten())
    setattr(model, "fc" if name.startswith("resnet") else "classifier", nn.Identity())
    return model


def feature_channels(sizes: ClipSizes) -> int:
    """How many features the backbone of `sizes` gives of a frame. Computes nothing."""
    with torch.device("meta"):
        model = torchvision.models.get_model(sizes.backbone, weights=None)
        backbone = headless(model, sizes.backbone, sizes.depth).eval()
        return int(backbone(torch.empty(1, 3, _PROBE_PX, _PROBE_PX)).shape[1])
