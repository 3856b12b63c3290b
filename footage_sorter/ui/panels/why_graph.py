"""The graph of one fault over a clip's time: what the lane shows, with its values and its limit.

Knows one track and its limit; decides nothing.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from footage_sorter.domain.flag import Flag
from footage_sorter.domain.words import FLAG_WORDS, clock
from footage_sorter.ui.look.strip import pattern_brush, resample
from footage_sorter.ui.look.theme import theme_of
from footage_sorter.ui.look.translate import decimal, tr_word

HEIGHT_PX = 56

SQUARE_ROOT_BELOW = 0.05
"""A limit under this is drawn on a square-root scale: clipped sound counts from 0.1 % on."""


class Graph(QWidget):
    """A bar a second, full above the limit and faint below; click to go there.

    Signals:
        seek_wanted: Seconds from the clip's start.
    """

    seek_wanted = Signal(float)

    def __init__(self, flag: Flag, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flag = flag
        self._track = np.zeros(1, np.float32)
        self._lengths_s = np.ones(1, np.float32)
        self._over = 0.5
        self._position_s = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        name = self.tr("{fault}: graph over time").format(fault=tr_word(FLAG_WORDS[flag]))
        self.setAccessibleName(name)

    def set_track(
        self, track: NDArray[np.float32], lengths_s: NDArray[np.float32], over: float
    ) -> None:
        """Show a track.

        Args:
            track: float32, shape (n,), 0-1, NaN where not measured.
            lengths_s: float32, shape (n,).
            over: The limit of a second, 0-1.
        """
        self._track, self._lengths_s, self._over = track, lengths_s, over
        self.update()

    def set_position(self, position_s: float) -> None:
        """Move the playhead."""
        self._position_s = position_s
        self.update()

    def sizeHint(self) -> QSize:
        """Qt override."""
        return QSize(240, HEIGHT_PX)

    def time_at(self, x: int) -> float:
        """The time under a pixel, seconds."""
        share = min(1.0, max(0.0, x / max(1, self.width() - 1)))
        return share * float(self._lengths_s.sum())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt override."""
        painter = QPainter(self)
        theme = theme_of(self.palette())
        colour = theme.lanes[self._flag]
        painter.fillRect(self.rect(), theme.base)
        faint = QColor(colour)
        faint.setAlphaF(0.35)
        brush = pattern_brush(self._flag, colour.rgba(), 2)
        values = resample(self._track[None], self._lengths_s, self.width())[0]
        for first, last in _steps(values):
            score = float(values[first])
            if not np.isnan(score):
                bar = QRect(first, self._y(score), last - first, self.height())
                painter.fillRect(bar, faint)
                if score > self._over:
                    painter.fillRect(bar, brush)
        painter.setPen(QPen(theme.text, 1, Qt.PenStyle.DashLine))
        limit_y = self._y(self._over)
        painter.drawLine(0, limit_y, self.width(), limit_y)
        painter.setPen(theme.text)
        total_s = float(self._lengths_s.sum())
        x = min(1.0, self._position_s / total_s) * (self.width() - 1)
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.setPen(theme.line)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _y(self, score: float) -> int:
        if self._over < SQUARE_ROOT_BELOW:
            score = float(np.sqrt(score))
        return round((1.0 - score) * (self.height() - 2)) + 1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt override."""
        self._seek_from(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt override."""
        self._seek_from(event)

    def _seek_from(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.seek_wanted.emit(self.time_at(round(event.position().x())))

    def event(self, event: QEvent) -> bool:
        """Qt override."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.says_at(event.pos().x()), self)
            return True
        return super().event(event)

    def says_at(self, x: int) -> str:
        """The time and the value under a pixel."""
        time_s = self.time_at(x)
        score = float(self._track[min(int(time_s), len(self._track) - 1)])
        value = self.tr("not measured") if np.isnan(score) else decimal(f"{score:.2f}")
        limit = self.tr("limit {limit}").format(limit=f"{self._over:g}")
        return f"{clock(time_s)}   {value}   ({limit})"


def _steps(values: NDArray[np.float32]) -> list[tuple[int, int]]:
    """The runs of equal pixels as (first, one past the last): one rectangle each."""
    same = (values[1:] == values[:-1]) | (np.isnan(values[1:]) & np.isnan(values[:-1]))
    edges = [0, *(np.flatnonzero(~same) + 1).tolist(), len(values)]
    return list(pairwise(edges))
