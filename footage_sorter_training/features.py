"""What a backbone sees of each clip, kept on disk: a training that was cut off reads nothing twice.

Knows the cache's files, named by content and backbone. They can be deleted at any time.
"""

import contextlib
import hashlib
import secrets
from pathlib import Path
from threading import Event

import numpy as np
import torch
from numpy.typing import NDArray

from footage_sorter.domain.errors import ClipError
from footage_sorter.domain.ports import FrameSource
from footage_sorter.domain.tags import CLIP_FRAMES
from footage_sorter.domain.training import LeftOut, Skipped
from footage_sorter.inference.clip_view import square
from footage_sorter.inference.torch_clip_networks import VolumeNet
from footage_sorter.inference.torch_clips import arranged
from footage_sorter.services.tagging import clip_pictures
from footage_sorter_training.backbones import Backbone
from footage_sorter_training.clips import Lesson
from footage_sorter_training.place import Place

_SAMPLER = 1
"""Counts up when other frames are taken, or they are seen in another way."""


class Looker:
    """Looks at clips with a backbone, or remembers what it saw."""

    def __init__(self, backbone: Backbone, source: FrameSource, cache: Path, place: Place) -> None:
        self._backbone = backbone
        self._source = source
        self._cache = cache
        self._place = place

    def look(self, lesson: Lesson, cancel: Event) -> NDArray[np.float32] | Skipped:
        """Return the features of a clip, (T, channels) or (channels,)."""
        path = self._cache / f"{self._name(lesson)}.npy"
        if (kept := _read(path)) is not None:
            return kept
        try:
            pictures = clip_pictures(self._source, lesson.clip, 2 * self._backbone.side_px, cancel)
        except ClipError as error:
            return Skipped(str(lesson.clip.path), error.why)
        if len(pictures) < CLIP_FRAMES:
            return Skipped(str(lesson.clip.path), LeftOut.GAPS, str(len(pictures)))
        seen = torch.from_numpy(square(pictures, self._backbone.side_px))[None]
        found = self._place.do(lambda device: self._features(seen, device))
        _write(path, found)
        return found

    def _features(self, seen: torch.Tensor, device: str) -> NDArray[np.float32]:
        """What the backbone sees, on `device`, of one clip's pictures, uint8 (1, T, H, W, 3)."""
        net = self._backbone.net.to(device)  # where it is already, as a rule
        with torch.inference_mode():
            pictures = arranged(seen.to(device), volumes=isinstance(net, VolumeNet))
            features = net.features(pictures)
        return np.asarray(features[0].float().cpu().numpy(), dtype=np.float32)

    def _name(self, lesson: Lesson) -> str:
        what = f"{lesson.content} {self._backbone.key} {_SAMPLER}"
        return hashlib.sha256(what.encode()).hexdigest()[:32]


def _read(path: Path) -> NDArray[np.float32] | None:
    """What was kept; None where nothing was, or it is damaged."""
    try:
        kept = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return np.asarray(kept, np.float32) if np.isfinite(kept).all() else None


def _write(path: Path, features: NDArray[np.float32]) -> None:
    """Keep features, whole or not at all; a full disk only costs the memory of them."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{secrets.token_hex(8)}.part")
        with part.open("xb") as file:
            np.save(file, features.astype(np.float16), allow_pickle=False)
        part.replace(path)
