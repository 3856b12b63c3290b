"""The two networks that judge frames, and what runs them. The program opens it late: see `scorers`.

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

from footage_sorter.domain.errors import InferenceUnavailable
from footage_sorter.domain.ports import FrameBatch, Scored
from footage_sorter.domain.report import FrameScore
from footage_sorter.inference.classical import dark_shares
from footage_sorter.inference.noise import noise
from footage_sorter.inference.preprocess import clipped_share, cut_out, luma_of
from footage_sorter.inference.torch_networks import EvidenceNet, Net, build, fuse_batch_norm
from footage_sorter.inference.weights import (
    Calibration,
    FirstLook,
    Manifest,
    Material,
    read_weights,
)

log = logging.getLogger(__name__)

FRAMES_AT_ONCE_CPU = 2
"""With more than 16 cut-outs at once the maps leave the size that the allocator keeps, and every
layer asks the system."""
FRAMES_AT_ONCE_CUDA = 16


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
    if not torch.cuda.is_available():
        if wanted == "cuda":
            raise InferenceUnavailable("no CUDA device here")
        return "cpu"
    try:
        try_card()
    except RuntimeError as error:
        detail = str(error).partition("\n")[0]
        if wanted == "cuda":
            raise InferenceUnavailable(f"the graphics card fails: {detail}") from error
        log.warning("the graphics card fails: going on with the processor (%s)", detail)
        return "cpu"
    return "cuda"


def try_card() -> None:
    """Compute something on the card.

    One that is too old for this build of torch, or that others have filled, is "available" and
    fails at the first thing that it is to do.

    Raises:
        RuntimeError: It cannot.
    """
    torch.ones(1, device="cuda").add(1).item()


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
        if device == "cpu":
            fuse_batch_norm(self._net)

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
        return self.look(seen, device, material)[0]

    def look(
        self, seen: NDArray[np.uint8], device: str, material: Material = Material.VIDEO
    ) -> tuple[NDArray[np.float64], NDArray[np.float32] | None]:
        """Judge frames, and tell what is in them: numbers (N, d) to learn from.

        Takes what `probabilities` takes. None of a network that looks at nothing but light.
        """
        pixels = torch.from_numpy(seen)
        if device == "cuda":  # pinned memory is copied while the processor goes on
            pixels = pixels.pin_memory().to(device, non_blocking=True)
        calibration = self.manifest.calibrations[material]
        with torch.inference_mode():
            if isinstance(self._net, EvidenceNet):
                return self._look_twice(self._net, pixels, calibration)
            found = calibration.probabilities(_numbers(self._net(pixels)))
        if self.manifest.least_clipped:
            allowed = np.minimum(1.0, clipped_share(seen) / self.manifest.least_clipped)
            found[:, 0] += found[:, -1] * (1.0 - allowed)
            found[:, -1] *= allowed
        return found, None

    def _look_twice(
        self, net: EvidenceNet, pixels: torch.Tensor, calibration: Calibration
    ) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
        """Look at the leading cut-outs of all frames, then at the rest of those not yet settled.

        What is in a frame is told by the leading ones alone, so that it is the same of both kinds.
        """
        first = self.manifest.first_look or FirstLook(self.manifest.framing.count, 0.0)
        leading = net.see(pixels[:, : first.count])
        found = calibration.probabilities(_numbers(net.judge(leading)))
        open_still = np.flatnonzero(found[:, 1:].sum(axis=1) >= first.enough)
        if first.count < pixels.shape[1] and open_still.size:
            here = torch.from_numpy(open_still).to(pixels.device)
            others = net.see(pixels[here, first.count :])
            logits = net.judge(torch.cat([leading[here], others], dim=1))
            found[open_still] = calibration.probabilities(_numbers(logits))
        return found, leading.float().mean(dim=(1, 3, 4)).cpu().numpy()


def _numbers(logits: torch.Tensor) -> NDArray[np.float64]:
    return np.asarray(logits.double().cpu().numpy())


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

    def score(self, batch: FrameBatch) -> Scored:
        """Judge each frame of `batch`, in order."""
        pictures: list[NDArray[np.float32]] = []
        dark = dark_shares(batch.rgb).tolist()
        noises = [noise(luma_of(rgb)) for rgb in batch.rgb]
        scores: list[FrameScore] = []
        while (done := len(scores)) < len(batch.rgb):
            frames = batch.rgb[done : done + self._at_once]
            try:
                blur, inside = self._look(self._blur, frames)
                exposure, _ = self._look(self._exposure, frames)
            except torch.cuda.OutOfMemoryError:
                self._make_room()
                continue
            if inside is not None:
                pictures.append(inside)
            scores += [
                FrameScore(
                    float(time_s), float(b[1]), float(e[1]), float(e[2]), black, covered, grain
                )
                for time_s, b, e, (black, covered), grain in zip(
                    batch.times_s[done:], blur, exposure, dark[done:], noises[done:], strict=False
                )
            ]
        return Scored(tuple(scores), np.concatenate(pictures) if pictures else None)

    def _look(
        self, network: Network, frames: NDArray[np.uint8]
    ) -> tuple[NDArray[np.float64], NDArray[np.float32] | None]:
        """Return probabilities (N, classes) of frames (N, H, W, 3), and what is in them (N, d)."""
        framing = network.manifest.framing
        seen = np.stack([cut_out(frame, framing) for frame in frames])
        return network.look(seen, self._device)

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
    net = build(
        manifest.stem_channels, manifest.stages, manifest.width, len(classes), manifest.measures
    )
    try:
        net.load_state_dict({name: t.float() for name, t in read_tensors(content).items()})
    except (SafetensorError, RuntimeError) as error:
        raise InferenceUnavailable(f"{folder.name}: the weights do not fit: {error}") from error
    return Network(manifest, net)
