"""A stream of frames: decoded forward on a thread, a few ahead of what is shown.

Knows a callable that decodes; knows no clock. Made and used on the GUI thread.
"""

import logging
from collections import deque
from collections.abc import Callable, Generator
from contextlib import closing
from threading import Condition, Event

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QThreadPool
from PySide6.QtGui import QImage

from footage_sorter.domain.clip import Clip
from footage_sorter.domain.errors import FootageError
from footage_sorter.ui.player.fetch import image_of

log = logging.getLogger(__name__)

FramesFrom = Callable[
    [Clip, float, int, Event], Generator[tuple[float, NDArray[np.uint8]], None, None]
]
"""Decodes a clip from a time on, its long side at most so many pixels, until the cancel is set.

Yields each frame's time, seconds, ascending, and its pixels, uint8, shape (H, W, 3), upright.
Raises FootageError.
"""

AHEAD = 8
"""Frames decoded ahead: a third of a second, and 12 MB at the player's size."""

POLL_S = 0.1


class FrameStream:
    """The frames of a clip from a time on."""

    def __init__(
        self, frames_from: FramesFrom, clip: Clip, start_s: float, max_px: int, pool: QThreadPool
    ) -> None:
        """Begin to decode on a thread of `pool`."""
        self._frames_from = frames_from
        self._clip = clip
        self._start_s = start_s
        self._max_px = max_px
        self._cancel = Event()
        self._changed = Condition()
        self._frames: deque[tuple[float, QImage]] = deque()  # shared, like what follows
        self._ended = False
        pool.start(self._work)

    def take(self, due_s: float) -> tuple[float, QImage] | None:
        """The newest frame that begins by `due_s`; earlier ones are left out. None: none yet."""
        newest = None
        with self._changed:
            while self._frames and self._frames[0][0] <= due_s:
                newest = self._frames.popleft()
            self._changed.notify_all()
        return newest

    @property
    def next_s(self) -> float | None:
        """When the next frame begins; None while none is decoded."""
        with self._changed:
            return self._frames[0][0] if self._frames else None

    @property
    def over(self) -> bool:
        """Whether every frame has been taken, or none will come any more."""
        with self._changed:
            return self._ended and not self._frames

    def stop(self) -> None:
        """Let go of the file, soon."""
        self._cancel.set()
        with self._changed:
            self._frames.clear()
            self._changed.notify_all()

    def _work(self) -> None:
        """Runs on the pool's thread. No error may leave it."""
        try:
            with closing(
                self._frames_from(self._clip, self._start_s, self._max_px, self._cancel)
            ) as frames:
                for time_s, pixels in frames:
                    if not self._put(time_s, image_of(pixels)):
                        break
        except FootageError as error:
            log.info("no frames of %s from %.3f s on: %s", self._clip.path, self._start_s, error)
        except Exception:  # a thread boundary: Qt would end the program
            log.exception("no frames of %s from %.3f s on", self._clip.path, self._start_s)
        with self._changed:
            self._ended = True

    def _put(self, time_s: float, image: QImage) -> bool:
        """Add a frame when there is room; False: nobody wants any more."""
        with self._changed:
            while len(self._frames) >= AHEAD and not self._cancel.is_set():
                self._changed.wait(POLL_S)
            if self._cancel.is_set():
                return False
            self._frames.append((time_s, image))
            return True
