"""EfficientNet-Lite0: torchvision has none, and its blocks are ones that the program can run.

Source: Tan and Le, EfficientNet, 2019; the Lite variants drop squeeze-and-excitation and swish.
"""

from collections.abc import Mapping

import torch
from torch import nn

from footage_sorter.inference.weights import Stage

NORM_EPSILON = 1e-3  # as it was trained with; torch's default is 1e-5


class LiteBlock(nn.Module):
    """An inverted residual with its norms, as trained."""

    def __init__(self, entering: int, stage: Stage, stride: int) -> None:
        super().__init__()
        inside = entering * stage.expand
        layers: list[nn.Module] = []
        if stage.expand != 1:
            layers += [*_conv_norm(entering, inside, 1), nn.ReLU6(inplace=True)]
        layers += [
            *_conv_norm(inside, inside, stage.kernel_px, stride, groups=inside),
            nn.ReLU6(inplace=True),
            *_conv_norm(inside, stage.channels, 1),
        ]
        self.conv = nn.Sequential(*layers)
        self.residual = stride == 1 and entering == stage.channels

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        """Return maps (N, stage.channels, H / stride, W / stride)."""
        out: torch.Tensor = self.conv(maps)
        return maps + out if self.residual else out


class EfficientNetLite(nn.Module):
    """The whole network with 1,000 outputs."""

    def __init__(self, stem_channels: int, stages: tuple[Stage, ...]) -> None:
        super().__init__()
        stem = nn.Sequential(*_conv_norm(3, stem_channels, 3, 2), nn.ReLU6(inplace=True))
        blocks: list[nn.Module] = [stem]
        entering = stem_channels
        for stage in stages:
            for number in range(stage.blocks):
                blocks.append(LiteBlock(entering, stage, stage.stride if number == 0 else 1))
                entering = stage.channels
        blocks.append(nn.Sequential(*_conv_norm(entering, 1280, 1), nn.ReLU6(inplace=True)))
        self.features = nn.Sequential(*blocks)
        self.classifier = nn.Sequential(nn.Dropout(0.2), nn.Linear(1280, 1000))

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """Return logits (N, 1000)."""
        logits: torch.Tensor = self.classifier(self.features(pixels).mean(dim=(2, 3)))
        return logits


def efficientnet_lite0(stem_channels: int, stages: tuple[Stage, ...]) -> EfficientNetLite:
    """Build EfficientNet-Lite0 without weights."""
    return EfficientNetLite(stem_channels, stages)


def as_ours(state: Mapping[str, torch.Tensor], model: nn.Module) -> Mapping[str, torch.Tensor]:
    """Rename published weights: theirs come in the same order as ours, under other names.

    What is not as many is returned as it is: it is another network's, and does not load.
    """
    ours = model.state_dict()
    return dict(zip(ours, state.values(), strict=True)) if len(ours) == len(state) else state


def _conv_norm(
    entering: int, leaving: int, kernel_px: int, stride: int = 1, groups: int = 1
) -> tuple[nn.Module, nn.Module]:
    """Return a convolution without bias and its norm."""
    conv = nn.Conv2d(
        entering, leaving, kernel_px, stride, kernel_px // 2, groups=groups, bias=False
    )
    return conv, nn.BatchNorm2d(leaving, eps=NORM_EPSILON)
