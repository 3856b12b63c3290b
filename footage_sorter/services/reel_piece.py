"""Pieces of a reel: the picture and the sound at any moment of it, asked for in order of time.

Only the piece that is being shown is open. Knows nothing of how the film is written.
"""

import logging
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import numpy as np
from moviepy import TextClip
from numpy.typing import NDArray

from footage_sorter.domain.clip import Clip
from footage_sorter.domain.errors import ClipError
from footage_sorter.domain.rating import Segment
from footage_sorter.media.picture import resized
from footage_sorter.media.playback import pictures, sound_blocks
from footage_sorter.services.handoff.text import one_line

log = logging.getLogger(__name__)

SOUND_HZ = 48000

_TITLE_S = 2.5
_TITLE_HEIGHT = 1 / 22  # of the picture's
_BAND = 0.45  # how much light is left behind the letters
# Two sounds that are cut against each other click; this much of a ramp is not heard.
_FADE_S = 0.01
# moviepy asks for blocks shorter than this, and now and then for one twice.
_HELD_SAMPLES = 10 * SOUND_HZ


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a clip and its place in the reel.

    Attributes:
        segment: Seconds from the clip's start.
        start_s: Where it begins in the reel.
        end_s: Where the next one begins.
        title: Shown at its beginning; "" for none.
    """

    clip: Clip
    segment: Segment
    start_s: float
    end_s: float
    title: str = ""


class ReelPicture:
    """Pictures of the reel; ask for ascending times. Close it when done."""

    def __init__(self, pieces: Sequence[Piece], size_px: tuple[int, int], cancel: Event) -> None:
        self._pieces = pieces
        self._size_px = size_px
        self._cancel = cancel
        self._at = -1
        self._shown: Generator[tuple[float, NDArray[np.uint8]], None, None] | None = None
        self._next: tuple[float, NDArray[np.uint8]] | None = None
        self._canvas = np.zeros((size_px[1], size_px[0], 3), np.uint8)
        self._titled = self._canvas
        self._half_frame_s = 0.0

    def frame_at(self, time_s: float) -> NDArray[np.uint8]:
        """The picture at `time_s` of the reel: uint8, shape (H, W, 3), sRGB."""
        at = _piece_at(self._pieces, time_s)
        piece = self._pieces[at]
        if at != self._at:
            self._open(at, piece)
        in_clip_s = piece.segment.start_s + time_s - piece.start_s
        newest = None
        while self._next is not None and self._next[0] <= in_clip_s + self._half_frame_s:
            newest = self._next[1]
            self._advance()
        if newest is not None:
            self._canvas = _fitted(newest, self._size_px)
            self._titled = _titled(self._canvas, piece.title) if piece.title else self._canvas
        return self._titled if time_s - piece.start_s < _TITLE_S else self._canvas

    def close(self) -> None:
        """Close the file that is open."""
        if self._shown is not None:
            self._shown.close()
        self._shown, self._at = None, -1

    def _open(self, at: int, piece: Piece) -> None:
        self.close()
        media, segment = piece.clip.media, piece.segment
        long_side_px = max(self._size_px)
        if media is not None:
            long_side_px = max(_fit(media.size_px, self._size_px))
            self._half_frame_s = float(1 / media.frame_rate) / 2
        # A little longer, since the piece was rounded to the reel's frames.
        end_s = segment.end_s + 2 * self._half_frame_s
        self._shown = pictures(piece.clip, segment.start_s, end_s, long_side_px, self._cancel)
        self._at = at
        self._canvas = self._titled = np.zeros_like(self._canvas)
        self._advance()
        if self._next is not None:  # whatever is first is shown from the start
            self._next = (segment.start_s, self._next[1])

    def _advance(self) -> None:
        assert self._shown is not None
        try:
            self._next = next(self._shown, None)
        except ClipError as error:  # it was there a minute ago: a card that was pulled out
            log.warning("a clip of the reel stays black: %s", error)
            self._next = None


class ReelSound:
    """Sound of the reel; ask for ascending times. Close it when done.

    Attributes:
        failed: Files whose sound could not be read; their pieces are silent from there on.
    """

    def __init__(self, pieces: Sequence[Piece], cancel: Event) -> None:
        self._pieces = pieces
        self._cancel = cancel
        self._at = -1
        self._blocks: Generator[NDArray[np.float32], None, None] | None = None
        self._held = np.zeros((0, 2), np.float32)
        self._held_from = 0
        self.failed: list[Path] = []

    def samples_at(self, times_s: float | NDArray[np.float64]) -> NDArray[np.float64]:
        """Samples -1 to 1 at `times_s` of the reel: shape (N, 2); (2,) for a single time."""
        if np.ndim(times_s) == 0:
            return np.zeros(2)  # moviepy asks once, to count the channels
        times_s = np.asarray(times_s, np.float64)
        samples = np.zeros((len(times_s), 2))
        first, last = (_piece_at(self._pieces, float(times_s[end])) for end in (0, -1))
        for at in range(first, last + 1):
            piece = self._pieces[at]
            within = (times_s >= piece.start_s) & (times_s < piece.end_s)
            if within.any():
                samples[within] = self._of(at, times_s[within])
        return samples

    def close(self) -> None:
        """Close the file that is open."""
        if self._blocks is not None:
            self._blocks.close()
        self._blocks, self._at = None, -1

    def _of(self, at: int, times_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Samples of one piece, faded at its ends; silence where there are none."""
        piece = self._pieces[at]
        if at != self._at:
            self._open(at, piece)
        wanted = np.rint((times_s - piece.start_s) * SOUND_HZ).astype(np.int64)
        self._read_until(int(wanted[-1]) + 1, piece)
        found = wanted - self._held_from
        here = (found >= 0) & (found < len(self._held))
        samples = np.zeros((len(times_s), 2))
        samples[here] = self._held[found[here]]
        ramp = np.minimum(times_s - piece.start_s, piece.end_s - times_s) / _FADE_S
        return samples * np.clip(ramp, 0.0, 1.0)[:, None]

    def _open(self, at: int, piece: Piece) -> None:
        self.close()
        self._at = at
        self._held, self._held_from = np.zeros((0, 2), np.float32), 0
        length_s = piece.end_s - piece.start_s
        start_s = piece.segment.start_s
        self._blocks = sound_blocks(piece.clip, start_s, start_s + length_s, SOUND_HZ, self._cancel)

    def _read_until(self, end: int, piece: Piece) -> None:
        """Hold at least the samples up to `end` of the piece; forget what lies long before."""
        assert self._blocks is not None
        blocks = [self._held]
        held_until = self._held_from + len(self._held)
        try:
            while held_until < end and (block := next(self._blocks, None)) is not None:
                blocks.append(block)
                held_until += len(block)
        except ClipError as error:
            log.warning("no sound from %s: %s", piece.clip.path, error)
            self.failed.append(piece.clip.path)
        held = np.concatenate(blocks)
        drop = max(0, len(held) - _HELD_SAMPLES)
        self._held, self._held_from = held[drop:], self._held_from + drop


def _piece_at(pieces: Sequence[Piece], time_s: float) -> int:
    """The piece that is on at `time_s`; a frame's time may miss a border by a rounding."""
    starts = [piece.start_s for piece in pieces]
    return max(0, int(np.searchsorted(starts, time_s + 1e-6, side="right")) - 1)


def _fit(size_px: tuple[int, int], into_px: tuple[int, int]) -> tuple[int, int]:
    """The largest size of the shape of `size_px` inside `into_px`."""
    scale = min(into_px[0] / size_px[0], into_px[1] / size_px[1])
    width, height = (max(1, round(side * scale)) for side in size_px)
    return min(width, into_px[0]), min(height, into_px[1])


def _fitted(rgb: NDArray[np.uint8], size_px: tuple[int, int]) -> NDArray[np.uint8]:
    """`rgb` as large as it fits, on black."""
    height_px, width_px = rgb.shape[:2]
    width, height = _fit((width_px, height_px), size_px)
    if (width, height) != (width_px, height_px):
        rgb = resized(rgb, (width, height))
    canvas = np.zeros((size_px[1], size_px[0], 3), np.uint8)
    left, top = (size_px[0] - width) // 2, (size_px[1] - height) // 2
    canvas[top : top + height, left : left + width] = rgb
    return canvas


def _titled(rgb: NDArray[np.uint8], title: str) -> NDArray[np.uint8]:
    """`rgb` with `title` at the lower left, white on a darkened band."""
    height_px, width_px = rgb.shape[:2]
    text = TextClip(
        text=one_line(title) or " ",
        font_size=max(10, round(height_px * _TITLE_HEIGHT)),
        color="white",
        margin=(8, 6),
    )
    letters = text.get_frame(0)[:height_px, :width_px]
    mask = text.mask.get_frame(0)[:height_px, :width_px, None]
    high, wide = letters.shape[:2]
    top = max(0, height_px - high - high // 2)
    titled = rgb.copy()
    under = titled[top : top + high, :wide]
    under[:] = under * _BAND * (1 - mask) + letters * mask
    return titled
