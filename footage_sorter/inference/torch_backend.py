"""The networks: the only module of the program that imports torch."""

from dataclasses import dataclass

import torch
from torch import nn

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)
"""Source: torchvision's pretrained backbones."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A row of inverted residual blocks of a mobile backbone.

    Attributes:
        expand: Channels inside a block, as a multiple of what comes in.
        channels: Channels that leave it.
        stride: Of its first block; the others keep the size.
        kernel_px: Side of the depthwise kernel.
        blocks: How many.
    """

    expand: int
    channels: int
    stride: int
    kernel_px: int = 3
    blocks: int = 1


class Block(nn.Module):
    """One inverted residual, its norms folded into its convolutions.

    Source: Sandler et al., MobileNetV2, 2018.
    """

    def __init__(self, entering: int, stage: Stage, stride: int) -> None:
        super().__init__()
        inside = entering * stage.expand
        layers: list[nn.Module] = []
        if stage.expand != 1:
            layers += [nn.Conv2d(entering, inside, 1), nn.ReLU6(inplace=True)]
        layers += [
            nn.Conv2d(inside, inside, stage.kernel_px, stride, stage.kernel_px // 2, groups=inside),
            nn.ReLU6(inplace=True),
            nn.Conv2d(inside, stage.channels, 1),
        ]
        self.layers = nn.Sequential(*layers)
        self.residual = stride == 1 and entering == stage.channels

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        """Return maps (N, stage.channels, H / stride, W / stride)."""
        out: torch.Tensor = self.layers(maps)
        return maps + out if self.residual else out


def mobile_trunk(stem_channels: int, stages: tuple[Stage, ...]) -> nn.Sequential:
    """Build the trunk of a mobile backbone: a stem of stride 2, then the stages."""
    layers: list[nn.Module] = [nn.Conv2d(3, stem_channels, 3, 2, 1), nn.ReLU6(inplace=True)]
    entering = stem_channels
    for stage in stages:
        for number in range(stage.blocks):
            layers.append(Block(entering, stage, stage.stride if number == 0 else 1))
            entering = stage.channels
    return nn.Sequential(*layers)


class EvidenceHead(nn.Module):
    """Learned pooling: every position says what it sees and how much that should count.

    A picture's answer is the average of its positions' answers, weighed by softmax over all their
    evidence. One more, blank position is always there with a learned answer: where no region bears
    evidence, it decides, so that a wall or the dark is no alarm.

    Source: Ilse et al., Attention-based Deep Multiple Instance Learning, 2018; the blank is ours.
    """

    def __init__(self, channels: int, width: int, classes: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.neck = nn.Conv2d(channels, width, 1)
        self.answer = nn.Conv2d(width, classes, 1)
        self.evidence = nn.Conv2d(width, 1, 1)
        self.blank_answer = nn.Parameter(torch.zeros(classes))
        self.blank_evidence = nn.Parameter(torch.zeros(1))
        self.dropout = nn.Dropout(dropout)

    def forward(self, maps: torch.Tensor, pictures: int) -> torch.Tensor:
        """Return logits (pictures, classes).

        Args:
            maps: (pictures * regions, channels, H, W).
            pictures: How many pictures the regions come from, in order, the same number each.
        """
        seen = self.dropout(torch.relu(self.neck(maps)))
        answers = _by_picture(self.answer(seen), pictures)
        evidence = _by_picture(self.evidence(seen), pictures).float()
        blank = self.blank_answer.expand(pictures, 1, -1)
        answers = torch.cat([answers.float(), blank.float()], dim=1)
        evidence = torch.cat([evidence, self.blank_evidence.float().expand(pictures, 1, 1)], dim=1)
        return (torch.softmax(evidence, dim=1) * answers).sum(dim=1)


def _by_picture(maps: torch.Tensor, pictures: int) -> torch.Tensor:
    """Reshape (pictures * regions, C, H, W) to (pictures, regions * H * W, C)."""
    channels = maps.shape[1]
    return maps.permute(0, 2, 3, 1).reshape(pictures, -1, channels)


class EvidenceNet(nn.Module):
    """A trunk over cut-outs and the learned pooling of what it finds in them."""

    def __init__(self, trunk: nn.Module, head: EvidenceHead) -> None:
        super().__init__()
        self.trunk = trunk
        self.head = head
        self.register_buffer("mean", torch.tensor(IMAGENET_MEAN).reshape(3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(IMAGENET_STD).reshape(3, 1, 1), persistent=False)

    def forward(self, seen: torch.Tensor) -> torch.Tensor:
        """Return logits (N, classes).

        Args:
            seen: uint8 (N, cut-outs, side, side, 3), sRGB: what `preprocess.cut_out` gives.
        """
        pictures = seen.shape[0]
        # The pixels lie channels last already; only the view changes.
        pixels = seen.flatten(0, 1).permute(0, 3, 1, 2)
        normal = (pixels.to(self.mean.dtype) / 255.0 - self.mean) / self.std
        logits: torch.Tensor = self.head(self.trunk(normal), pictures)
        return logits
