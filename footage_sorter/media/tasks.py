"""Tasks: what a decoder process is asked, as functions that it can find by name.

Each takes a cancel last, which it asks as it goes on, and yields its answers.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.clip import Clip, MediaInfo
from footage_sorter.domain.ports import Sampled
from footage_sorter.domain.report import Pass, SoundScore
from footage_sorter.media import playback, probe, sound, stills
from footage_sorter.media.frames import ClipFrames


def look(clip: Clip, looked: Pass, working_long_side_px: int, cancel: Event) -> Iterator[Sampled]:
    """`ClipFrames.read`."""
    return ClipFrames().read(clip, looked, working_long_side_px, cancel)


def media_of(path: Path, _cancel: Event) -> Iterator[MediaInfo]:
    """`probe.probe`."""
    yield probe.probe(path)


def sound_of(clip: Clip, cancel: Event) -> Iterator[tuple[SoundScore, ...] | None]:
    """`sound.score_sound`."""
    yield sound.score_sound(clip, cancel)


def stills_of(
    clip: Clip,
    times_s: Sequence[float],
    max_px: int,
    exact: bool,  # noqa: FBT001  a request has no keywords
    cancel: Event,
) -> Iterator[list[NDArray[np.uint8]]]:
    """`stills.frames_at`."""
    yield stills.frames_at(clip, times_s, max_px, exact=exact, cancel=cancel)


def frames_of(
    clip: Clip, start_s: float, max_px: int, cancel: Event
) -> Iterator[tuple[float, NDArray[np.uint8]]]:
    """`playback.frames_from`."""
    return playback.frames_from(clip, start_s, max_px, cancel)
