"""The two networks: what they are made of, without their weights.

Knows layers and shapes. Shared by the program and by the training that it comes from; knows no
file, no device and no class's name.
"""

import torch
from torch import nn

from footage_sorter.inference.weights import Measures, Stage

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)
"""Source: torchvision's pretrained backbones."""


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
        return self.judge(self.see(maps), pictures)

    def see(self, maps: torch.Tensor) -> torch.Tensor:
        """Return what is seen at each position, (pictures * regions, width, H, W)."""
        return torch.relu(self.neck(maps))

    def judge(self, seen: torch.Tensor, pictures: int) -> torch.Tensor:
        """Return logits (pictures, classes) of what `see` returned."""
        seen = self.dropout(seen)
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


class Normalise(nn.Module):
    """Brings 8-bit pixels to the range that the backbones were pretrained in."""

    mean: torch.Tensor
    deviation: torch.Tensor

    def __init__(self) -> None:
        super().__init__()
        # In codes 0-255: two passes over the pixels instead of three.
        for name, values in (("mean", IMAGENET_MEAN), ("deviation", IMAGENET_STD)):
            codes = torch.tensor(values).reshape(3, 1, 1) * 255.0
            self.register_buffer(name, codes, persistent=False)

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """Return normalised pixels, in the precision of the network, of uint8 (N, 3, H, W)."""
        return (pixels.to(self.mean.dtype) - self.mean) / self.deviation


class EvidenceNet(nn.Module):
    """A trunk over cut-outs and the learned pooling of what it finds in them."""

    def __init__(self, trunk: nn.Module, head: EvidenceHead) -> None:
        super().__init__()
        self.trunk = trunk
        self.head = head
        self.normalise = Normalise()

    def forward(self, seen: torch.Tensor) -> torch.Tensor:
        """Return logits (N, classes).

        Args:
            seen: uint8 (N, cut-outs, side, side, 3), sRGB: what `preprocess.cut_out` gives.
        """
        return self.judge(self.see(seen))

    def see(self, seen: torch.Tensor) -> torch.Tensor:
        """Return what is seen at each position, (N, cut-outs, width, H, W).

        Args:
            seen: As `forward` takes it.
        """
        # The pixels lie channels last already; only the view changes.
        pixels = seen.flatten(0, 1).permute(0, 3, 1, 2)
        inside = self.head.see(self.trunk(self.normalise(pixels)))
        return inside.reshape(*seen.shape[:2], *inside.shape[1:])

    def judge(self, inside: torch.Tensor) -> torch.Tensor:
        """Return logits (N, classes) of what `see` returned, of as many cut-outs as there are."""
        logits: torch.Tensor = self.head.judge(inside.flatten(0, 1), inside.shape[0])
        return logits


LUMA_CODES = (4, 8, 16, 24, 32, 48, *range(64, 241, 16), 248, 252)
BRIGHTEST_CODES = LUMA_CODES[::2]
LOCAL_CODES = LUMA_CODES[2:18:2]
"""Thresholds in codes 0-255, closer where light is clipped or crushed."""
LOCAL_PX = 16
LUMA_WEIGHTS = (0.299, 0.587, 0.114)


def light_spread(seen: torch.Tensor) -> torch.Tensor:
    """Measure how the light of each picture is spread.

    Args:
        seen: uint8 (N, 1, side, side, 3), sRGB.

    Returns:
        float32 (N, statistics), each about 0-1: the share of luma below each of `LUMA_CODES`, of
        the brightest channel below each of `BRIGHTEST_CODES` and, softly, of means over `LOCAL_PX`
        above each of `LOCAL_CODES`; mean luma, mean light in stops below white over 8 (0 to -1.25),
        spread of luma, and the share that is clipped in every channel.
    """
    pixels = seen.flatten(0, 1).float()
    luma = pixels @ pixels.new_tensor(LUMA_WEIGHTS)
    local = nn.functional.avg_pool2d(luma[:, None], LOCAL_PX).flatten(1)
    luma, channels = luma.flatten(1), pixels.flatten(1, 2)
    brightest = channels.amax(dim=2)
    shares = [(luma < code).float().mean(dim=1) for code in LUMA_CODES]
    shares += [(brightest < code).float().mean(dim=1) for code in BRIGHTEST_CODES]
    shares += [torch.sigmoid((local - code) / 8.0).mean(dim=1) for code in LOCAL_CODES]
    light = (luma / 255.0).pow(2.2).mean(dim=1)
    shares += [luma.mean(dim=1) / 255.0, torch.log2(light + 1e-3) / 8.0, luma.std(dim=1) / 128.0]
    shares.append((channels.amin(dim=2) >= 245).float().mean(dim=1))
    return torch.stack(shares, dim=1)


OTHER_STOPS = tuple(step / 4.0 for step in range(-12, 25))
"""The other exposures that are thought of, in stops."""
KEPT_CODES = (27.0, 230.0)
"""A pixel is kept that lies between these codes. Source: of the ranges that were tried, the one
whose most kept frame is the best one of every bracket of `exposure/Train`."""
BURNT_OUT_CODE = 250
"""From here on a pixel may have been any brighter: no darker exposure is known to bring it back."""


def _kept_by_other_exposures() -> torch.Tensor:
    """Tell which luma codes each of `OTHER_STOPS` would keep: 0 or 1, float32 (256, stops)."""
    codes = torch.arange(256, dtype=torch.float64) / 255.0
    stops = torch.tensor(OTHER_STOPS, dtype=torch.float64)
    light = torch.where(codes <= 0.04045, codes / 12.92, ((codes + 0.055) / 1.055) ** 2.4)
    light = (light[:, None] * 2.0**stops).clamp(max=1.0)
    again = torch.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    kept = (again * 255.0 >= KEPT_CODES[0]) & (again * 255.0 <= KEPT_CODES[1])
    kept[BURNT_OUT_CODE:, stops < 0] = False
    return kept.float()


_KEPT = _kept_by_other_exposures()
_AS_IT_IS = OTHER_STOPS.index(0.0)
_DARKER = slice(0, OTHER_STOPS.index(-0.75) + 1)
_BRIGHTER = slice(OTHER_STOPS.index(1.0), None)


def light_kept(seen: torch.Tensor) -> torch.Tensor:
    """Measure what of each picture is kept, and what another exposure would keep.

    Args:
        seen: uint8 (N, 1, side, side, 3), sRGB.

    Returns:
        float32 (N, 4): the stops to the exposure that keeps most, over 8 and 0.5 for none (0.125 to
        1.25); the share 0-1 that is kept as it is; and how much more the best exposure a stop or
        more brighter, and three quarters of a stop or more darker, would keep (-1 to 1).
    """
    pixels = seen.flatten(0, 1).float()
    codes = (pixels @ pixels.new_tensor(LUMA_WEIGHTS)).flatten(1).round().long()
    counts = pixels.new_zeros(len(codes), 256)
    counts.scatter_add_(1, codes, torch.ones_like(codes, dtype=counts.dtype))
    kept = counts @ _KEPT.to(pixels.device) / codes.shape[1]
    # The best of several exposures that keep nearly the same is their middle, not one by chance.
    best = torch.softmax(25.0 * kept, dim=1) @ pixels.new_tensor(OTHER_STOPS)
    now = kept[:, _AS_IT_IS]
    brighter, darker = kept[:, _BRIGHTER].amax(dim=1) - now, kept[:, _DARKER].amax(dim=1) - now
    return torch.stack([best / 8.0 + 0.5, now, brighter, darker], dim=1)


def measure_light(seen: torch.Tensor, measures: Measures) -> torch.Tensor:
    """Return what a network of light is told of each picture, float32 (N, numbers).

    Args:
        seen: uint8 (N, 1, side, side, 3), sRGB.
        measures: Which numbers.
    """
    spread = light_spread(seen)
    if measures is Measures.SPREAD:
        return spread
    return torch.cat([spread, light_kept(seen)], dim=1)


class LightNet(nn.Module):
    """Judges a picture by how much of it is how bright, wherever that lies, and by nothing else.

    The shares of pixels below fixed thresholds, of luma, of the brightest channel and of local
    means, go through two layers, and with them, if it is so built, what another exposure would
    keep. What a picture shows is hidden from it on purpose: few scenes are bracketed, and a network
    that sees them learns them by heart.
    """

    def __init__(
        self,
        width: int,
        classes: int,
        dropout: float = 0.0,
        measures: Measures = Measures.SPREAD,
    ) -> None:
        super().__init__()
        self.measures = measures
        inputs = len(LUMA_CODES) + len(BRIGHTEST_CODES) + len(LOCAL_CODES) + 4
        inputs += 0 if measures is Measures.SPREAD else 4
        self.inside = nn.Linear(inputs, width)
        self.answer: nn.Module = nn.Linear(width, classes)
        self.dropout = nn.Dropout(dropout)

    def forward(self, seen: torch.Tensor) -> torch.Tensor:
        """Return logits (N, classes).

        Args:
            seen: uint8 (N, 1, side, side, 3), sRGB: what `preprocess.cut_out` gives.
        """
        return self.judge(measure_light(seen, self.measures))

    def judge(self, measured: torch.Tensor) -> torch.Tensor:
        """Return logits (N, classes) of what `measure_light` returned."""
        wide = (measured - 0.5) * 4.0  # about as wide as the first layer expects
        inside = torch.tanh(self.inside(wide.to(self.inside.weight.dtype)))
        logits: torch.Tensor = self.answer(self.dropout(inside))
        return logits


Net = EvidenceNet | LightNet


def build(
    stem_channels: int,
    stages: tuple[Stage, ...],
    width: int,
    classes: int,
    measures: Measures = Measures.SPREAD,
) -> Net:
    """Build a network whose weights are yet unset, ready to judge.

    Without stages it is one that looks at light alone, by `measures`.
    """
    if not stages:
        return LightNet(width, classes, measures=measures).eval()
    trunk = mobile_trunk(stem_channels, stages)
    return EvidenceNet(trunk, EvidenceHead(stages[-1].channels, width, classes)).eval()


def fuse_batch_norm(net: nn.Module) -> None:
    """Have the processor take the quick convolution for 1 x 1 kernels, whatever the batch.

    On one thread and with fewer than 16 maps torch takes its own, which is half as slow again as
    oneDNN's, unless the kernel is dilated; to a kernel of one pixel dilation means nothing.
    Source: ATen/native/Convolution.cpp, `ConvParams::use_mkldnn`.
    """
    for module in net.modules():
        if isinstance(module, nn.Conv2d) and module.kernel_size == (1, 1):
            module.dilation = (2, 2)
