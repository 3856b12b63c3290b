"""A decoder that makes its frames itself, 25 a second."""

from collections.abc import Callable, Iterator
from threading import Event

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.clip import Clip
from footage_sorter.ui.player.frames import FramePlayback

FrameAt = Callable[[Clip, float, int], NDArray[np.uint8]]


def playback_of(frame_at: FrameAt) -> FramePlayback:
    """Play what `frame_at` makes of a clip, a time in seconds and a longest side in pixels."""

    def frames_from(
        clip: Clip, start_s: float, max_px: int, cancel: Event
    ) -> Iterator[tuple[float, NDArray[np.uint8]]]:
        assert clip.media is not None
        for number in range(round(25 * start_s), round(25 * clip.media.duration_s)):
            if cancel.is_set():
                return
            yield number / 25, frame_at(clip, number / 25, max_px)

    return FramePlayback(frame_at, frames_from)
