"""Playback: the pictures of a stretch of a clip, one after the other, at their own times."""

from bisect import bisect_right
from collections.abc import Generator
from threading import Event

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.clip import Clip
from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.media.container import open_picture
from footage_sorter.media.decode import RunDecoder
from footage_sorter.media.index import read_index
from footage_sorter.media.picture import Converter
from footage_sorter.media.plan import Run
from footage_sorter.media.probe import probe


def pictures(
    clip: Clip, start_s: float, end_s: float, long_side_px: int, cancel: Event
) -> Generator[tuple[float, NDArray[np.uint8]], None, None]:
    """Yield what is shown from `start_s` until `end_s`, with its time in the clip, ascending.

    The first picture is the one that is shown at `start_s`: it may have begun before. Each is
    uint8, shape (H, W, 3), sRGB, upright, in square pixels, long side at most `long_side_px`.
    Closing the generator closes the file.

    Raises:
        ClipError: Nothing there decodes.
    """
    media = clip.media or probe(clip.path)
    converter = Converter(media.rotation_deg, media.colour.transfer, media.pixel_aspect)
    half_frame_s = float(1 / media.frame_rate) / 2
    with open_picture(clip.path) as (container, stream):
        index = read_index(clip.path, container, stream)
        key = max(0, bisect_right(index.times_s, start_s + half_frame_s) - 1)
        decoder = RunDecoder(container, stream, index, cancel, keep_damaged=True)
        # At least one frame more than the key frame, which alone would be another kind of run.
        until_s = max(end_s, index.times_s[key] + half_frame_s)
        before = None
        for time_s, frame in decoder.frames(Run(key, until_s)):
            if time_s > start_s + half_frame_s:
                if before is not None:
                    yield before[0], converter.rgb(before[1], long_side_px)
                    before = None
                yield time_s, converter.rgb(frame, long_side_px)
            else:
                before = time_s, frame
        if before is not None:
            yield before[0], converter.rgb(before[1], long_side_px)
            return
    # Judged after the loop: a generator that was closed early never comes here.
    if not cancel.is_set() and decoder.take_damage() and before is None:
        return
