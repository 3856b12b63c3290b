"""The shimmer of cards that wait for their rating: a quiet light that runs along their lanes.

It runs only while clips are being looked at and some that wait are in sight; scrolling stops it,
and whoever wants no motion never sees it. Knows rectangles, no rows and no cards.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from PySide6.QtCore import QElapsedTimer, QObject, QRect, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QRegion
from PySide6.QtWidgets import QWidget

from footage_sorter.ui.library.fading import may_move

FRAME_MS = 80
"""Slower than any animation for its own sake: on a large screen 200 cards may wait."""

PASS_MS = 1920
"""How long the light takes from one end of a card to the other."""

LIGHT_PX = 72

STEP_PX = 4

STRONGEST = 0.3
"""Opacity in the middle of the light."""


class Shimmer(QObject):
    """The light on what waits.

    Attributes:
        still: The person wants no motion, whatever the system says.
        places: Gives the rectangles of the viewport that wait, in sight.
    """

    def __init__(self, viewport: QWidget, places: Callable[[], Sequence[QRect]]) -> None:
        super().__init__(viewport)
        self.still = False
        self._viewport = viewport
        self._places = places
        self._at_work = False
        self._lit = QRegion()
        self._clock = QElapsedTimer()
        self._clock.start()
        self._frames = QTimer(self, interval=FRAME_MS)
        self._frames.timeout.connect(self._show_frame)

    @property
    def at(self) -> float | None:
        """How far the light is, 0 to 1; None while there is none."""
        return self._clock.elapsed() % PASS_MS / PASS_MS if self._frames.isActive() else None

    def lit(self, region: QRegion) -> bool:
        """Whether nothing of `region` but the light itself has changed."""
        return self._frames.isActive() and region.subtracted(self._lit).isEmpty()

    def set_at_work(self, *, at_work: bool) -> None:
        """Clips are being looked at, or are no more."""
        self._at_work = at_work
        if at_work:
            self.wake()
        else:
            self.rest()

    def wake(self) -> None:
        """Run while something waits in sight; end, without a trace, where nothing does."""
        if not self._frames.isActive():
            self._frames.start()
            self._show_frame()

    def rest(self) -> None:
        """Stop until the next `wake`."""
        if self._frames.isActive():
            self._frames.stop()
            self._viewport.update(self._lit)
            self._lit = QRegion()

    def _may_run(self) -> bool:
        seen = self._viewport.isVisible()
        return self._at_work and seen and not self.still and may_move(self._viewport)

    def _show_frame(self) -> None:
        places = self._places() if self._may_run() else ()
        if not places:
            self.rest()
            return
        lit = QRegion()
        for place in places:
            lit += place
        self._viewport.update(lit)
        self._lit = lit


def paint_light(painter: QPainter, rect: QRect, at: float, colour: QColor) -> None:
    """Paint the light of a moment over `rect`, whose left end it enters at 0 and leaves at 1."""
    painter.save()
    painter.setClipRect(rect)
    left = rect.left() - LIGHT_PX + round(at * (rect.width() + LIGHT_PX))
    painter.drawImage(left, rect.top(), _light(colour.rgba(), rect.height()))
    painter.restore()


@lru_cache(maxsize=8)
def _light(rgba: int, height_px: int) -> QImage:
    """Bars that grow stronger towards the middle."""
    picture = QImage(LIGHT_PX, height_px, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(0)
    canvas = QPainter(picture)
    for left in range(0, LIGHT_PX, STEP_PX):
        off_middle = abs(2 * (left + STEP_PX / 2) / LIGHT_PX - 1)
        bar = QColor.fromRgba(rgba)
        bar.setAlphaF(STRONGEST * (1 - off_middle))
        canvas.fillRect(left, 0, STEP_PX, height_px, bar)
    canvas.end()
    return picture
