"""Runs an installed classifier. Knows torch; opened late, by `scorers` only."""

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load as read_tensors

from footage_sorter.domain.errors import ClassifierRefused
from footage_sorter.domain.tags import CLIP_FRAMES
from footage_sorter.inference.classifiers import (
    ClassifierFiles,
    read_manifest,
    read_weights,
    shapes_in,
)
from footage_sorter.inference.clip_view import square
from footage_sorter.inference.torch_clip_networks import FrameNet, VolumeNet, build_sized

log = logging.getLogger(__name__)


class Tagger:
    """A classifier, loaded: see `domain.ports.ClipTagger`. For one thread."""

    def __init__(self, files: ClassifierFiles, net: FrameNet | VolumeNet, device: str) -> None:
        self._name = files.classifier.name
        self._side_px = files.classifier.side_px
        self._net = net
        self._device = device

    def judge(self, pictures: Sequence[NDArray[np.uint8]]) -> tuple[float, ...]:
        """Return the probabilities of the labels, summing to 1.

        Raises:
            ClassifierRefused: The answer is no number.
        """
        seen = torch.from_numpy(square(pictures, self._side_px))
        with torch.inference_mode():
            try:
                logits = self._net(self._arranged(seen.to(self._device)))
            except torch.cuda.OutOfMemoryError:
                log.warning("the graphics card is out of memory: going on with the processor")
                self._net, self._device = self._net.cpu(), "cpu"
                logits = self._net(self._arranged(seen))
        found = torch.softmax(logits.double()[0], dim=0).cpu().numpy()
        if not np.isfinite(found).all():
            raise ClassifierRefused(self._name, "it answers with what is no number")
        return tuple(float(min(1.0, value)) for value in found)

    def _arranged(self, seen: torch.Tensor) -> torch.Tensor:
        """Pictures (T, H, W, 3) as the network takes one clip."""
        return arranged(seen[None], volumes=isinstance(self._net, VolumeNet))


def arranged(seen: torch.Tensor, *, volumes: bool) -> torch.Tensor:
    """Clips (N, T, H, W, 3) as networks take them: (N, 3, T, H, W), or (N, T, 3, H, W)."""
    return seen.permute(0, 4, 1, 2, 3) if volumes else seen.permute(0, 1, 4, 2, 3)


def load(folder: Path, device: str) -> Tagger:
    """Load a classifier, its tensors checked against the network that its manifest names.

    Args:
        folder: Holds its manifest and weights.
        device: "cpu" or "cuda".

    Raises:
        ClassifierRefused: It is damaged, hostile, or answers with what is no number.
    """
    files = read_manifest(folder)
    content = read_weights(files)
    check_shapes(files, content)
    net = build_sized(files.sizes, len(files.classifier.labels))
    try:
        tensors = read_tensors(content)
        net.load_state_dict(tensors)
        for tensor in tensors.values():
            if not torch.isfinite(tensor).all():
                raise ClassifierRefused(folder.name, "its weights hold what is no number")
    except (SafetensorError, RuntimeError, KeyError) as error:
        raise ClassifierRefused(folder.name, f"its weights do not fit: {error!s:.200}") from error
    try:
        net = net.eval().to(device)
    except RuntimeError as error:  # no fault of the classifier: the card is full, or fails
        log.warning("%s runs on the processor: %s", files.classifier.name, error)
        net, device = net.cpu(), "cpu"
    return Tagger(files, net, device)


def check_shapes(files: ClassifierFiles, content: bytes) -> None:
    """Compare a classifier's tensors with those of its network. Builds neither.

    Raises:
        ClassifierRefused: One is missing, too many, or of another shape.
    """
    with torch.device("meta"):
        net = build_sized(files.sizes, len(files.classifier.labels)).eval()
        side_px = files.classifier.side_px
        seen = torch.empty(1, CLIP_FRAMES, side_px, side_px, 3)
        try:
            net(arranged(seen, volumes=isinstance(net, VolumeNet)))
        except RuntimeError as error:
            detail = f"its network cannot look at frames of {side_px} pixels"
            raise ClassifierRefused(files.folder.name, detail) from error
    wanted = net.state_dict()
    found = shapes_in(files.folder, content)
    for name in sorted({*wanted, *found}):
        if name not in wanted or name not in found or found[name] != tuple(wanted[name].shape):
            raise ClassifierRefused(
                files.folder.name, f"its weights are not those of {files.sizes.network}: {name:.80}"
            )
