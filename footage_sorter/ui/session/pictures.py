"""Thumbnails and hover strips on their way to the screen: visible ones first, others dropped.

Knows the cache on disk and pixmaps, no view. Pixels cross threads as QImage.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable
from enum import Enum
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtGui import QImage, QPixmap

from footage_sorter.domain.clip import Clip, ContentId
from footage_sorter.domain.errors import FootageError

log = logging.getLogger(__name__)

MAX_PIXELS_BYTES = 256 * 2**20
"""Pixmaps kept in memory: about 500 pictures of 480 x 270, several screens full."""


class Kind(Enum):
    """Which picture of a clip."""

    PICTURE = "picture"
    STRIP = "strip"


Request = tuple[Kind, Clip]
Key = tuple[Kind, ContentId]


class Pictures(QObject):
    """Loads pictures in the pool and keeps the newest. Made and used on the GUI thread.

    Signals:
        arrived: ClipId of a clip whose picture or strip can now be painted.
    """

    arrived = Signal(object)
    _made = Signal(object, object, object)  # Kind, Clip, QImage (null where there is none)

    def __init__(
        self,
        picture: Callable[[Clip], Path],
        strip: Callable[[Clip], Path],
        pool: QThreadPool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._makers = {Kind.PICTURE: picture, Kind.STRIP: strip}
        self._pool = pool
        self._lock = Lock()
        self._requests: list[Request] = []  # first one first; shared with the pool's threads
        self._workers = 0  # jobs in the pool; shared
        self._closed = False  # shared
        self._kept: OrderedDict[Key, QPixmap] = OrderedDict()
        self._kept_bytes = 0
        self._barren: set[Key] = set()  # clips that have no picture to give
        self._made.connect(self._on_made)

    def get(self, clip: Clip, kind: Kind = Kind.PICTURE) -> QPixmap | None:
        """The picture, where it is at hand; asks for nothing."""
        if clip.content is None:
            return None
        pixmap = self._kept.get((kind, clip.content))
        if pixmap is not None:
            self._kept.move_to_end((kind, clip.content))
        return pixmap

    def request(self, clips: Iterable[Clip], kind: Kind = Kind.PICTURE) -> None:
        """Make these next, in this order, in place of what of the kind was not begun yet."""
        wanted = [
            (kind, clip)
            for clip in clips
            if clip.content is not None
            and (kind, clip.content) not in self._kept
            and (kind, clip.content) not in self._barren
        ]
        with self._lock:
            if self._closed:
                return
            others = [one for one in self._requests if one[0] is not kind]
            # A strip is wished for by a hand that hovers: it goes before the pictures.
            self._requests = wanted + others if kind is Kind.STRIP else others + wanted
            fresh = min(len(self._requests), self._pool.maxThreadCount()) - self._workers
            self._workers += max(0, fresh)
        for _ in range(fresh):
            self._pool.start(self._work)

    def shutdown(self) -> None:
        """Drop all requests and take no more: the window closes.

        A timer of a view may still ask after that. Work begun then would be in the pool when the
        pool is destroyed, and its destructor waits for it with Python's lock in its hand.
        """
        with self._lock:
            self._requests = []
            self._closed = True

    def _work(self) -> None:
        """Make one picture on a pool thread, then queue up again: a scan may go first."""
        with self._lock:
            request = self._requests.pop(0) if self._requests else None
            if request is None:
                self._workers -= 1
                return
        kind, clip = request
        self._made.emit(kind, clip, self._load(kind, clip))
        self._pool.start(self._work)

    def _load(self, kind: Kind, clip: Clip) -> QImage:
        try:
            return QImage(str(self._makers[kind](clip)))
        except FootageError as error:
            log.info("no %s of %s: %s", kind.value, clip.path, error)
        except Exception:  # a thread of the pool: an error that leaves it ends the program
            log.exception("no %s of %s", kind.value, clip.path)
        return QImage()

    def _on_made(self, kind: Kind, clip: Clip, image: QImage) -> None:
        assert clip.content is not None
        key = (kind, clip.content)
        if image.isNull():
            self._barren.add(key)
            return
        if key not in self._kept:
            self._kept[key] = QPixmap.fromImage(image)
            self._kept_bytes += image.sizeInBytes()
            self._shed()
        self.arrived.emit(clip.id)

    def _shed(self) -> None:
        """Let go of what was not painted for longest."""
        while self._kept_bytes > MAX_PIXELS_BYTES and len(self._kept) > 1:
            _, old = self._kept.popitem(last=False)
            self._kept_bytes -= old.width() * old.height() * 4
