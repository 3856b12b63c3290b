"""Thumbnails: one picture and one hover strip a clip, made from key frames, cached on disk.

Cached by content: a renamed clip keeps its pictures, a re-shot one gets new ones. A file is
written aside and renamed into place: what is there is whole, also after a power cut.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import get_ident

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.clip import Clip
from footage_sorter.domain.errors import ClipError, OutputFailed, Why
from footage_sorter.media.jpeg import MARKERS, encode_jpeg
from footage_sorter.media.probe import content_id
from footage_sorter.media.stills import frames_at

PICTURE_PX = 480
"""Long side of a thumbnail."""

STRIP_FRAMES = 12
"""Pictures of a hover strip, side by side, from the clip's start to its end."""

STRIP_PX = 240
"""Long side of each."""

_SHARES = (1 / 3, 0.5, 0.7, 0.1)
_BLACK_MEAN = 16.0
"""A picture whose mean is below this, of 255, tells nothing of its clip."""


class Thumbnails:
    """The cache of pictures in `folder`. Safe to use from several threads."""

    def __init__(
        self, folder: Path, frames_at: Callable[..., list[NDArray[np.uint8]]] = frames_at
    ) -> None:
        """Keep pictures in `folder`, made from what `frames_at` decodes: see `stills`."""
        self._folder = folder
        self._frames_at = frames_at

    @property
    def folder(self) -> Path:
        """Where the pictures lie."""
        return self._folder

    def picture(self, clip: Clip) -> Path:
        """The JPEG of `clip`, made if need be: a frame from a third on that is not black.

        Raises:
            ClipError: No frame of the clip decodes.
            OutputFailed: The cache cannot be written.
        """
        path = self._path(clip, "picture")
        if not _is_whole_jpeg(path):
            _write(path, encode_jpeg(self._typical(clip)))
        return path

    def cached_picture(self, clip: Clip) -> Path | None:
        """The JPEG of `clip` where it was made before; decodes nothing."""
        if clip.content is None:
            return None
        path = self._path(clip, "picture")
        return path if _is_whole_jpeg(path) else None

    def strip(self, clip: Clip) -> Path:
        """The hover strip of `clip`: `STRIP_FRAMES` pictures side by side in one JPEG.

        Raises:
            ClipError: No frame of the clip decodes.
            OutputFailed: The cache cannot be written.
        """
        path = self._path(clip, "strip")
        if not _is_whole_jpeg(path):
            duration_s = _duration_s(clip)
            times_s = [(at + 0.5) / STRIP_FRAMES * duration_s for at in range(STRIP_FRAMES)]
            pictures = self._frames_at(clip, times_s, STRIP_PX, exact=False)
            _write(path, encode_jpeg(np.concatenate(pictures, axis=1)))
        return path

    def _path(self, clip: Clip, kind: str) -> Path:
        content = clip.content or content_id(clip.path)
        # Two letters of folder: some file systems are slow with 10 000 files in one.
        return self._folder / content[:2] / f"{content}.{kind}.jpg"

    def _typical(self, clip: Clip) -> NDArray[np.uint8]:
        """A picture from about a third on, or from elsewhere where that is black."""
        brightest: NDArray[np.uint8] | None = None
        trouble: ClipError | None = None
        for share in _SHARES:
            try:
                time_s = share * _duration_s(clip)
                (picture,) = self._frames_at(clip, (time_s,), PICTURE_PX, exact=False)
            except ClipError as error:
                if error.why is not Why.DAMAGED:
                    raise
                trouble = error  # that place is damaged; another may not be
                continue
            if picture.mean() >= _BLACK_MEAN:
                return picture
            if brightest is None or picture.mean() > brightest.mean():
                brightest = picture
        if brightest is None:
            raise trouble or ClipError(clip.path, Why.DAMAGED)
        return brightest


def _duration_s(clip: Clip) -> float:
    if clip.media is None:  # not probed yet, or it cannot be
        raise ClipError(clip.path, Why.UNREADABLE)
    return clip.media.duration_s


def _is_whole_jpeg(path: Path) -> bool:
    """Whether `path` is there and was not cut: a damaged picture is made anew."""
    try:
        with path.open("rb") as file:
            start = file.read(2)
            file.seek(-2, os.SEEK_END)
            return (start, file.read(2)) == MARKERS
    except OSError:  # not there, not readable, or shorter than two bytes
        return False


def _write(path: Path, data: bytes) -> None:
    """Put `data` at `path` in one step.

    Raises:
        OutputFailed: It cannot be written.
    """
    aside = path.with_name(f"{path.name}.{os.getpid()}.{get_ident()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(data)
        aside.replace(path)
    except OSError as error:
        with suppress(OSError):
            aside.unlink()
        raise OutputFailed(path, error.strerror or str(error)) from error
