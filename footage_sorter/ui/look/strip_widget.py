"""The strip as a control: lanes with letters, playhead, best segment, in and out; click to seek.

Knows what the strip shows and where a click lies in time; plays nothing, decides nothing.
"""

from math import isnan

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QPolygon,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from footage_sorter.domain.flag import LANES
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.rating import Segment
from footage_sorter.domain.tracks import Tracks
from footage_sorter.domain.words import FLAG_WORDS, clock
from footage_sorter.ui.look.strip import draw_letter, lane_rects, paint_lanes
from footage_sorter.ui.look.theme import theme_of
from footage_sorter.ui.look.translate import decimal, tr_word

GUTTER_PX = 20
"""Left of the lanes, for the letters."""

EDGE_PX = 6
"""Right of the lanes, so that the playhead's handle at the end is whole."""

BRACKET_PX = 7
"""Above the lanes: the best segment; below: in and out."""

LANE_PX = 12

STEP_S = 1.0
"""How far an arrow key moves: one cell."""


class StripWidget(QWidget):
    """The quality strip of one clip, large enough to point at.

    Signals:
        seek_wanted: Seconds from the clip's start, on click, drag and arrow keys.
    """

    seek_wanted = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tracks: Tracks | None = None
        self._limits = Limits()
        self._duration_s = 0.0
        self._span_s = 0.0
        self._position_s = 0.0
        self._best: Segment | None = None
        self._in_s: float | None = None
        self._out_s: float | None = None
        self._lanes: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the library
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Quality strip"))
        self._describe()

    # What is shown

    def set_tracks(
        self,
        tracks: Tracks | None,
        limits: Limits,
        duration_s: float,
        span_s: float | None = None,
    ) -> None:
        """Show a clip's tracks; None before it was analysed.

        Args:
            tracks: The four lanes are taken from here.
            limits: What counts as over.
            duration_s: Seconds of the clip; 0 where it is not known, then nothing can be sought.
            span_s: Seconds from edge to edge, at least `duration_s`, so that strips of several
                clips share one scale; None: the clip fills the strip.
        """
        self._tracks, self._limits, self._duration_s = tracks, limits, duration_s
        self._span_s = duration_s if span_s is None else span_s
        self._lanes = None
        self._describe()
        self.update()

    def set_best(self, best: Segment | None) -> None:
        """Show where the best segment lies."""
        self._best = best
        self._describe()
        self.update()

    def set_range(self, in_s: float | None, out_s: float | None) -> None:
        """Show the in and out points that the person chose."""
        self._in_s, self._out_s = in_s, out_s
        self.update()

    def set_position(self, position_s: float) -> None:
        """Move the playhead; only what it leaves and where it goes is painted again."""
        old = self._x_of(self._position_s)
        self._position_s = position_s
        new = self._x_of(position_s)
        if new != old:
            for x in (old, new):
                self.update(QRect(x - BRACKET_PX, 0, 2 * BRACKET_PX + 1, self.height()))

    @property
    def position_s(self) -> float:
        """Where the playhead stands, in seconds."""
        return self._position_s

    # Geometry

    def sizeHint(self) -> QSize:
        """Qt override."""
        return QSize(320, 2 * BRACKET_PX + len(LANES) * (LANE_PX + 1) - 1)

    def minimumSizeHint(self) -> QSize:
        """Qt override."""
        return QSize(120, self.sizeHint().height())

    def lanes_rect(self) -> QRect:
        """Where the lanes are painted, in this widget's pixels."""
        return self.rect().adjusted(GUTTER_PX, BRACKET_PX, -EDGE_PX, -BRACKET_PX)

    def time_at(self, x: int) -> float:
        """The time under a pixel, seconds, kept inside the clip."""
        lanes = self.lanes_rect()
        share = (x - lanes.left()) / max(1, lanes.width() - 1)
        return min(self._duration_s, max(0.0, share * self._span_s))

    def _x_of(self, time_s: float) -> int:
        lanes = self.lanes_rect()
        if self._duration_s <= 0:
            return lanes.left()
        share = min(1.0, max(0.0, time_s / self._span_s))
        return lanes.left() + round(share * (lanes.width() - 1))

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt override."""
        painter = QPainter(self)
        theme, lanes = theme_of(self.palette()), self.lanes_rect()
        painter.drawPixmap(lanes.topLeft(), self._lanes_pixmap(lanes))
        font = painter.font()
        font.setPixelSize(LANE_PX - 1)
        font.setBold(True)
        painter.setFont(font)
        for flag, lane in zip(LANES, lane_rects(lanes), strict=True):
            letter = QRect(0, lane.top() - 1, GUTTER_PX - 4, lane.height() + 2)
            draw_letter(painter, letter, flag, theme)
        if self._best is not None and self._duration_s > 0:
            painter.setPen(theme.keep)
            self._bracket(painter, self._best.start_s, self._best.end_s, lanes.top() - 4, down=True)
        if self._in_s is not None or self._out_s is not None:
            painter.setPen(theme.accent)
            end_s = self._duration_s if self._out_s is None else self._out_s
            self._bracket(painter, self._in_s or 0.0, end_s, lanes.bottom() + 4, down=False)
        if self._duration_s > 0:
            self._playhead(painter, self._x_of(self._position_s))
        if self.hasFocus():
            painter.setPen(theme.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _lanes_pixmap(self, lanes: QRect) -> QPixmap:
        """The lanes, painted once for each size and each state."""
        ratio = self.devicePixelRatioF()
        size = lanes.size() * ratio
        if self._lanes is None or self._lanes.size() != size:
            self._lanes = QPixmap(size)
            self._lanes.setDevicePixelRatio(ratio)
            self._lanes.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._lanes)
            theme = theme_of(self.palette())
            place = QRect(QPoint(), lanes.size())
            if self._span_s > 0:
                place.setWidth(round(place.width() * self._duration_s / self._span_s))
            paint_lanes(painter, place, self._tracks, self._limits, theme)
            painter.end()
        return self._lanes

    def _bracket(
        self, painter: QPainter, start_s: float, end_s: float, y: int, *, down: bool
    ) -> None:
        first, last = self._x_of(start_s), self._x_of(end_s)
        painter.drawLine(first, y, last, y)
        for x in (first, last):
            painter.drawLine(x, y, x, y + (3 if down else -3))

    def _playhead(self, painter: QPainter, x: int) -> None:
        theme = theme_of(self.palette())
        painter.setPen(theme.text)
        painter.setBrush(theme.text)
        painter.drawLine(x, 0, x, self.height())
        painter.drawPolygon(QPolygon([QPoint(x - 4, 0), QPoint(x + 4, 0), QPoint(x, 5)]))

    # Asking

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt override."""
        self._seek_from(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt override."""
        self._seek_from(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt override."""
        moves = {Qt.Key.Key_Left: -STEP_S, Qt.Key.Key_Right: STEP_S}
        move = moves.get(Qt.Key(event.key()))
        if move is None or self._duration_s <= 0:
            super().keyPressEvent(event)
            return
        self._seek(min(self._duration_s, max(0.0, self._position_s + move)))

    def event(self, event: QEvent) -> bool:
        """Qt override."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.says_at(event.pos().x()), self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Qt override."""
        if event.type() == QEvent.Type.PaletteChange:
            self._lanes = None
        super().changeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt override."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt override."""
        super().focusOutEvent(event)
        self.update()

    def says_at(self, x: int) -> str:
        """The time and the four values under a pixel, one a line."""
        if self._duration_s <= 0:
            return ""
        time_s = self.time_at(x)
        lines = [clock(time_s)]
        if self._tracks is None:
            return "\n".join([*lines, self.tr("not analysed yet")])
        cell = min(int(time_s), len(self._tracks.lengths_s) - 1)
        for flag in LANES:
            score, over = float(self._tracks.of(flag)[cell]), self._limits.of(flag).over
            value = self.tr("not measured") if isnan(score) else decimal(f"{score:.2f}")
            if score > over:
                value += " " + self.tr("(over {limit})").format(limit=decimal(f"{over:.2f}"))
            lines.append(f"{flag.letter}  {tr_word(FLAG_WORDS[flag])}: {value}")
        return "\n".join(lines)

    def _seek_from(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._duration_s > 0:
            self._seek(self.time_at(round(event.position().x())))

    def _seek(self, time_s: float) -> None:
        self.set_position(time_s)
        self.seek_wanted.emit(time_s)

    def _describe(self) -> None:
        """Say to a screen reader what the lanes show."""
        if self._tracks is None:
            self.setAccessibleDescription(self.tr("not analysed yet"))
            return
        parts = []
        for flag in LANES:
            seconds = int((self._tracks.of(flag) > self._limits.of(flag).over).sum())
            text = self.tr("{fault} in {count} seconds")
            parts.append(text.format(fault=tr_word(FLAG_WORDS[flag]), count=seconds))
        if self._best is not None:
            text = self.tr("best segment {start} to {end}")
            start, end = clock(self._best.start_s), clock(self._best.end_s)
            parts.append(text.format(start=start, end=end))
        self.setAccessibleDescription("; ".join(parts))
