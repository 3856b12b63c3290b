"""Single frames from the decoder, on a thread of their own: for the player, why and compare.

Knows a callable that decodes and QImages; knows no file format. Made and used on the GUI thread.
"""

import logging
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtGui import QImage

from footage_sorter.domain.clip import Clip
from footage_sorter.domain.errors import FootageError

log = logging.getLogger(__name__)

FrameAt = Callable[[Clip, float, int], NDArray[np.uint8]]
"""Decodes the frame of a clip at a time in seconds, its long side at most so many pixels.

Returns uint8, shape (H, W, 3), upright. Raises ClipError.
"""


@dataclass(frozen=True, slots=True)
class _Request:
    key: Hashable
    clip: Clip
    time_s: float
    max_px: int


class FrameFetcher(QObject):
    """Decodes wished frames one after another, in the order wished.

    Signals:
        arrived: The key of the request, and a QImage; a null one where the frame cannot be had.
    """

    arrived = Signal(object, QImage)

    def __init__(self, frame_at: FrameAt, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._frame_at = frame_at
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._lock = Lock()
        self._requests: deque[_Request] = deque()  # shared with the pool's thread
        self._working = False  # shared

    def fetch(self, key: Hashable, clip: Clip, time_s: float, max_px: int) -> None:
        """Ask for a frame; a waiting request of the same key is replaced."""
        with self._lock:
            self._requests = deque(request for request in self._requests if request.key != key)
            self._requests.append(_Request(key, clip, time_s, max_px))
            if self._working:
                return
            self._working = True
        self._pool.start(self._work)

    def forget(self) -> None:
        """Drop what waits; a frame that is being decoded still arrives."""
        with self._lock:
            self._requests.clear()

    def shutdown(self, timeout_ms: int = 5000) -> bool:
        """Drop what waits and join; False if the decoder did not come back in time."""
        self.forget()
        return self._pool.waitForDone(timeout_ms)

    def _work(self) -> None:
        """Runs on the pool's thread until no request waits. No error may leave it."""
        while True:
            with self._lock:
                if not self._requests:
                    self._working = False
                    return
                request = self._requests.popleft()
            image = QImage()
            try:
                image = image_of(self._frame_at(request.clip, request.time_s, request.max_px))
            except FootageError as error:
                log.info("no frame of %s at %.3f s: %s", request.clip.path, request.time_s, error)
            except Exception:  # a thread boundary: Qt would end the program
                log.exception("no frame of %s at %.3f s", request.clip.path, request.time_s)
            try:
                self.arrived.emit(request.key, image)
            except RuntimeError:  # the window was closed meanwhile, and this object with it
                return


def image_of(rgb: NDArray[np.uint8]) -> QImage:
    """An image with its own memory, of uint8 pixels of shape (H, W, 3)."""
    height, width = rgb.shape[:2]
    pixels = np.ascontiguousarray(rgb)
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def pixels_of(image: QImage) -> NDArray[np.uint8]:
    """The pixels of an image as uint8 of shape (H, W, 3)."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    pixels: NDArray[np.uint8] = rows[:, : 3 * rgb.width()].reshape(rgb.height(), rgb.width(), 3)
    return pixels.copy()
