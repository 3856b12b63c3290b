"""Stills: single pictures of a clip for a person to see, upright and in their true shape."""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from threading import Event

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from footage_sorter.domain.clip import Clip
from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.media.container import open_picture
from footage_sorter.media.decode import RunDecoder, TimedFrame
from footage_sorter.media.index import read_index
from footage_sorter.media.picture import Converter
from footage_sorter.media.plan import Run
from footage_sorter.media.probe import probe

_THROUGH_S = 15.0
"""A clip up to this long is decoded through where its key frames are too few."""


def frame_at(clip: Clip, time_s: float, max_px: int) -> NDArray[np.uint8]:
    """The frame nearest `time_s`: uint8, shape (H, W, 3), sRGB, long side at most `max_px`.

    Raises:
        ClipError: No frame there, or before it, decodes.
    """
    return frames_at(clip, (time_s,), max_px, exact=True)[0]


def frames_at(
    clip: Clip,
    times_s: Sequence[float],
    max_px: int,
    *,
    exact: bool,
    cancel: Event | None = None,
) -> list[NDArray[np.uint8]]:
    """The frames at `times_s`, in the shape of `frame_at`.

    Args:
        clip: Where from.
        times_s: Seconds from the clip's start, ascending.
        max_px: Longest side.
        exact: The frames nearest these times; else the nearest key frames, which is far faster,
            unless the clip is short and has too few of them.
        cancel: Ends it early, with what was found so far.

    Returns:
        One picture for each time, all of one size; a neighbour where one does not decode.

    Raises:
        ClipError: Nothing decodes.
    """
    cancel = cancel or Event()
    media = clip.media or probe(clip.path)
    converter = Converter(media.rotation_deg, media.colour.transfer, media.pixel_aspect)
    found: list[tuple[float, NDArray[np.uint8]]] = []
    with open_picture(clip.path) as (container, stream):
        index = read_index(clip.path, container, stream, cancel)
        half_frame_s = float(1 / media.frame_rate) / 2
        few = 3 * len(index.times_s) < len(times_s) and media.duration_s <= _THROUGH_S
        if exact or few:
            runs = _through(index.times_s, times_s, half_frame_s)
        else:
            runs = _on_keys(index.times_s, times_s)
        decoder = RunDecoder(container, stream, index, cancel, keep_damaged=True)
        for run in runs:
            nearest = _nearest(decoder.frames(run), run.looks_s, half_frame_s)
            found.extend((time_s, converter.rgb(frame, max_px)) for time_s, frame in nearest)
    if not found:
        raise ClipError(clip.path, Why.DAMAGED, "; ".join(decoder.take_damage()))
    same = [one for one in found if one[1].shape == found[0][1].shape]
    return [min(same, key=lambda one: abs(one[0] - time_s))[1] for time_s in times_s]


def _nearest(
    frames: Iterator[TimedFrame], times_s: Sequence[float], half_frame_s: float
) -> Iterator[TimedFrame]:
    """For each of `times_s`, ascending, it and the frame nearest to it; none of no frames."""
    wanted_s = deque(times_s)
    before: VideoFrame | None = None
    for time_s, frame in frames:
        # One that begins later than half a frame after the moment is not the nearest.
        while before is not None and wanted_s and time_s > wanted_s[0] + half_frame_s:
            yield wanted_s.popleft(), before
        before = frame
    if before is not None:
        for time_s in wanted_s:
            yield time_s, before


def _on_keys(keys_s: Sequence[float], times_s: Sequence[float]) -> list[Run]:
    """The key frames nearest to `times_s`, each once."""
    keys = {min(range(len(keys_s)), key=lambda key: abs(keys_s[key] - at)) for at in times_s}
    return [Run(key, keys_s[key], (keys_s[key],)) for key in sorted(keys)]


def _through(keys_s: Sequence[float], times_s: Sequence[float], half_frame_s: float) -> list[Run]:
    """From each key frame to the last moment wanted before the next."""
    wanted: dict[int, list[float]] = {}
    for time_s in times_s:
        key = max(0, bisect_right(keys_s, time_s + half_frame_s) - 1)
        wanted.setdefault(key, []).append(time_s)
    return [
        Run(key, max(keys_s[key], looks_s[-1] + half_frame_s), tuple(looks_s))
        for key, looks_s in sorted(wanted.items())
    ]
