"""The two networks and what runs them: the only module of the program that imports torch.

Knows devices and tensors; nothing that leaves here is one. Network and tensors are made, used and
freed on the thread that calls `load` and `score`.
"""

import logging
from importlib.resources.abc import Traversable

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load as read_tensors
from torch import nn

from footage_sorter.domain.errors import InferenceUnavailable
from footage_sorter.domain.ports import FrameBatch
from footage_sorter.domain.report import FrameScore
from footage_sorter.inference.classical import dark_shares
from footage_sorter.inference.preprocess import clipped_share, cut_out
from footage_sorter.inference.weights import Manifest, Material, Stage, read_weights

log = logging.getLogger(__name__)

FRAMES_AT_ONCE_CPU = 2
"""More would leave the size that the allocator keeps, and every layer would ask the system."""
FRAMES_AT_ONCE_CUDA = 16

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


class Normalise(nn.Module):
    """Brings 8-bit pixels to the range that the backbones were pretrained in."""

    mean: torch.Tensor
    deviation: torch.Tensor

    def __init__(self) -> None:
        super().__init__()
        for name, values in (("mean", IMAGENET_MEAN), ("deviation", IMAGENET_STD)):
            self.register_buffer(name, torch.tensor(values).reshape(3, 1, 1), persistent=False)

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """Return normalised pixels, in the precision of the network, of uint8 (N, 3, H, W)."""
        return (pixels.to(self.mean.dtype) / 255.0 - self.mean) / self.deviation


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
        pictures = seen.shape[0]
        # The pixels lie channels last already; only the view changes.
        pixels = seen.flatten(0, 1).permute(0, 3, 1, 2)
        logits: torch.Tensor = self.head(self.trunk(self.normalise(pixels)), pictures)
        return logits


LUMA_CODES = (
    4,
    8,
    16,
    24,
    32,
    48,
    64,
    80,
    96,
    112,
    128,
    144,
    160,
    176,
    192,
    208,
    224,
    240,
    248,
    252,
)
BRIGHTEST_CODES = LUMA_CODES[::2]
LOCAL_CODES = LUMA_CODES[2:18:2]
"""Thresholds in codes 0-255, closer where light is clipped or crushed."""
LOCAL_PX = 16


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
    luma = pixels @ pixels.new_tensor((0.299, 0.587, 0.114))
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


class LightNet(nn.Module):
    """Judges a picture by how much of it is how bright, wherever that lies, and by nothing else.

    The shares of pixels below fixed thresholds, of luma, of the brightest channel and of local
    means, go through two layers. What a picture shows is hidden from it on purpose: few scenes are
    bracketed, and a network that sees them learns them by heart.
    """

    def __init__(self, width: int, classes: int, dropout: float = 0.0) -> None:
        super().__init__()
        inputs = len(LUMA_CODES) + len(BRIGHTEST_CODES) + len(LOCAL_CODES) + 4
        self.inside = nn.Linear(inputs, width)
        self.answer = nn.Linear(width, classes)
        self.dropout = nn.Dropout(dropout)

    def forward(self, seen: torch.Tensor) -> torch.Tensor:
        """Return logits (N, classes).

        Args:
            seen: uint8 (N, 1, side, side, 3), sRGB: what `preprocess.cut_out` gives.
        """
        spread = (light_spread(seen) - 0.5) * 4.0  # about as wide as the first layer expects
        inside = torch.tanh(self.inside(spread.to(self.inside.weight.dtype)))
        logits: torch.Tensor = self.answer(self.dropout(inside))
        return logits


Net = EvidenceNet | LightNet


def build(stem_channels: int, stages: tuple[Stage, ...], width: int, classes: int) -> Net:
    """Build a network whose weights are yet unset, ready to judge.

    Without stages it is one that looks at light alone.
    """
    if not stages:
        return LightNet(width, classes).eval()
    trunk = mobile_trunk(stem_channels, stages)
    return EvidenceNet(trunk, EvidenceHead(stages[-1].channels, width, classes)).eval()


def pick_device(wanted: str) -> str:
    """Return the device to run on, "cpu" or "cuda".

    Args:
        wanted: "auto", "cpu" or "cuda".

    Raises:
        InferenceUnavailable: CUDA was named and cannot be had, or the name is unknown.
    """
    if wanted not in {"auto", "cpu", "cuda"}:
        raise InferenceUnavailable(f"unknown device {wanted!r}")
    if wanted == "cpu":
        return "cpu"
    if torch.cuda.is_available():
        return "cuda"
    if wanted == "cuda":
        raise InferenceUnavailable("no CUDA device here")
    return "cpu"


def load(weights: Traversable, device: str, threads: int | None = None) -> "NetworkScorer":
    """Load both networks.

    Args:
        weights: Folder with a folder for each of "blur" and "exposure".
        device: "cpu" or "cuda".
        threads: Processor threads that torch may use, in the whole process; None leaves it be.

    Raises:
        InferenceUnavailable: Weights are missing, damaged or of another version, or the device
            cannot be had.
    """
    if threads is not None:
        torch.set_num_threads(threads)
    blur = load_network(weights / "blur", ("sharp", "blurry"))
    exposure = load_network(weights / "exposure", ("good", "underexposed", "overexposed"))
    try:
        return NetworkScorer(blur, exposure, device)
    except RuntimeError as error:  # the driver refuses, or the device is full already
        raise InferenceUnavailable(f"{device}: {error}") from error


class Network:
    """One network with the manifest that says how to use it."""

    def __init__(self, manifest: Manifest, net: Net) -> None:
        self.manifest = manifest
        self._net = net

    def to(self, device: str) -> None:
        """Move to `device`: half precision on CUDA, single on the processor."""
        dtype = torch.float16 if device == "cuda" else torch.float32
        self._net.to(device, dtype)
        self._net.to(memory_format=torch.channels_last)

    def probabilities(
        self, seen: NDArray[np.uint8], device: str, material: Material = Material.VIDEO
    ) -> NDArray[np.float64]:
        """Judge frames by what was cut out of them.

        Args:
            seen: uint8 (N, cut-outs, side, side, 3).
            device: Where the network is.
            material: What the frames come from; the program judges video.

        Returns:
            float64 (N, classes), calibrated, rows sum to 1.
        """
        pixels = torch.from_numpy(seen)
        if device == "cuda":  # pinned memory is copied while the processor goes on
            pixels = pixels.pin_memory().to(device, non_blocking=True)
        with torch.inference_mode():
            logits = self._net(pixels)
        calibration = self.manifest.calibrations[material]
        found = calibration.probabilities(logits.double().cpu().numpy())
        if self.manifest.least_clipped:
            allowed = np.minimum(1.0, clipped_share(seen) / self.manifest.least_clipped)
            found[:, 0] += found[:, -1] * (1.0 - allowed)
            found[:, -1] *= allowed
        return found


class NetworkScorer:
    """Judges frames by the two networks. For one thread."""

    def __init__(self, blur: Network, exposure: Network, device: str) -> None:
        self._blur, self._exposure = blur, exposure
        self._at_once = 0
        self._device = device
        self._move(device)

    @property
    def blur_model(self) -> str:
        """Name and hash of the blur network."""
        return self._blur.manifest.label

    @property
    def exposure_model(self) -> str:
        """Name and hash of the exposure network."""
        return self._exposure.manifest.label

    @property
    def working_long_side_px(self) -> int:
        """Frames must arrive scaled to this long side, or smaller."""
        return self._blur.manifest.working_long_side_px

    @property
    def stands_in(self) -> str:
        """Nothing stands in: these are the networks."""
        return ""

    @property
    def device(self) -> str:
        """Where the networks run now: "cpu" or "cuda"."""
        return self._device

    def score(self, batch: FrameBatch) -> tuple[FrameScore, ...]:
        """Judge each frame of `batch`, in order."""
        dark = dark_shares(batch.rgb)
        scores: list[FrameScore] = []
        while (done := len(scores)) < len(batch.rgb):
            frames = batch.rgb[done : done + self._at_once]
            try:
                blur = self._judge(self._blur, frames)
                exposure = self._judge(self._exposure, frames)
            except torch.cuda.OutOfMemoryError:
                self._make_room()
                continue
            scores += [
                FrameScore(
                    float(time_s), float(b[1]), float(e[1]), float(e[2]), *map(float, shares)
                )
                for time_s, b, e, shares in zip(
                    batch.times_s[done:], blur, exposure, dark[done:], strict=False
                )
            ]
        return tuple(scores)

    def _judge(self, network: Network, frames: NDArray[np.uint8]) -> NDArray[np.float64]:
        """Return probabilities (N, classes) of `frames` (N, H, W, 3)."""
        framing = network.manifest.framing
        seen = np.stack([cut_out(frame, framing) for frame in frames])
        return network.probabilities(seen, self._device)

    def _make_room(self) -> None:
        """Judge fewer frames at once; when one is too many for the device, use the processor."""
        torch.cuda.empty_cache()
        if self._at_once > 1:
            self._at_once //= 2
            return
        log.warning("the graphics card is out of memory: going on with the processor")
        self._move("cpu")

    def _move(self, device: str) -> None:
        """Put both networks on `device`."""
        self._blur.to(device)
        self._exposure.to(device)
        self._device = device
        self._at_once = FRAMES_AT_ONCE_CUDA if device == "cuda" else FRAMES_AT_ONCE_CPU


def load_network(folder: Traversable, classes: tuple[str, ...]) -> Network:
    """Read one network.

    Raises:
        InferenceUnavailable: It is missing, damaged, of another version, or another network.
    """
    manifest, content = read_weights(folder)
    if manifest.classes != classes:
        raise InferenceUnavailable(f"{folder.name}: it tells {manifest.classes} apart")
    net = build(manifest.stem_channels, manifest.stages, manifest.width, len(classes))
    try:
        net.load_state_dict({name: t.float() for name, t in read_tensors(content).items()})
    except (SafetensorError, RuntimeError) as error:
        raise InferenceUnavailable(f"{folder.name}: the weights do not fit: {error}") from error
    return Network(manifest, net)
