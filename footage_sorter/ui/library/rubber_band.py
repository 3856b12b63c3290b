"""The rubber band of the grid: selects the cards that it touches, and scrolls where it leaves.

Knows a view and where its cards lie, no clip. Qt's own band lets go between cards, and its own
scrolling begins with a pixel every 150 ms, which suits lines of text.
"""

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QObject,
    QPoint,
    QRect,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QRegion
from PySide6.QtWidgets import QAbstractItemView

from footage_sorter.ui.library.grid_layout import GridLayout

TICK_MS = 16

_SLOWEST_PX = 4
"""A band that has just left the view scrolls it so far in a tick."""

_FASTER_EVERY_PX = 4
"""For so many pixels that the mouse is away from the view, a tick scrolls one further."""

_FILL_ALPHA = 40

_PULLED = QAbstractItemView.State.DragSelectingState

_ADDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class RubberBand(QObject):
    """The band that a mouse pulls over a view, from where no card is."""

    def __init__(self, view: QAbstractItemView, laid_out: Callable[[], GridLayout]) -> None:
        """Watch the mouse over `view`, whose cards lie as `laid_out` tells."""
        super().__init__(view)
        self._view, self._viewport, self._laid_out = view, view.viewport(), laid_out
        self._start: QPoint | None = None  # this and the band: from the top of all cards
        self._band = QRect()
        self._mouse, self._adds = QPoint(), False
        self._runs: list[tuple[int, int]] = []
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._scroll)
        self._viewport.installEventFilter(self)

    def paint(self, painter: QPainter, colour: QColor) -> None:
        """Paint it over the cards, where there is one."""
        if not self._band.isEmpty():
            fill = QColor(colour)
            fill.setAlpha(_FILL_ALPHA)
            painter.setPen(colour)
            painter.setBrush(fill)
            seen = self._band.translated(-self._scrolled)
            painter.drawRect(seen.adjusted(0, 0, -1, -1))  # Qt draws the line outside

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Qt override: while a band is pulled, the view hears of no move."""
        if event.type() is QEvent.Type.Hide:
            self._give_up()
        if not isinstance(event, QMouseEvent):
            return False
        where, left = event.position().toPoint(), Qt.MouseButton.LeftButton
        match event.type():
            case QEvent.Type.MouseButtonPress | QEvent.Type.MouseButtonDblClick:
                on_card = self._view.indexAt(where).isValid()
                if event.button() == left and not on_card and self._view.model().rowCount():
                    self._start = where + self._scrolled
            case QEvent.Type.MouseMove if self._start is not None:
                if not event.buttons() & left:  # the release went to another window
                    self._give_up()
                    return False
                self._mouse, self._adds = where, bool(event.modifiers() & _ADDS)
                self._view.setState(_PULLED)  # or the release would be a click beside all cards
                self._pull(self._start)
                if self._step_px() and not self._tick.isActive():
                    self._tick.start()
                return True
            case QEvent.Type.MouseButtonRelease if event.button() == left:
                self._end()
            case _:
                pass
        return False

    @property
    def _scrolled(self) -> QPoint:
        return QPoint(0, self._view.verticalScrollBar().value())

    def _pull(self, start: QPoint) -> None:
        """Let the band reach from there to the mouse, and select what it touches."""
        end, before = self._mouse + self._scrolled, self._band
        xs, ys = sorted((start.x(), end.x())), sorted((start.y(), end.y()))
        self._band = QRect(QPoint(xs[0], ys[0]), QPoint(xs[1], ys[1]))
        same = before.intersected(self._band).adjusted(1, 1, -1, -1)  # without the line around it
        changed = QRegion(before) + QRegion(self._band) - QRegion(same)
        self._viewport.update(changed.translated(-self._scrolled))
        runs = self._laid_out().touched(self._band)
        if runs != self._runs:
            self._runs = runs
            self._select()

    def _select(self) -> None:
        model, wanted = self._view.model(), QItemSelection()
        for first, last in self._runs:
            wanted.select(model.index(first, 0), model.index(last, model.columnCount() - 1))
        flag = QItemSelectionModel.SelectionFlag
        command = flag.SelectCurrent if self._adds else flag.ClearAndSelect
        self._view.selectionModel().select(wanted, command | flag.Rows)

    def _step_px(self) -> int:
        """So far the view goes on in a tick, downwards; 0 while the mouse is in it."""
        y, height = self._mouse.y(), self._viewport.height()
        out_px = y if y < 0 else max(0, y - height + 1)
        if not out_px:
            return 0
        step = _SLOWEST_PX + abs(out_px) // _FASTER_EVERY_PX
        return step if out_px > 0 else -step

    def _scroll(self) -> None:
        bar = self._view.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + self._step_px())
        if self._start is None or bar.value() == before:
            self._tick.stop()
        else:
            self._pull(self._start)

    def _end(self) -> None:
        """Let go; the card of the selected ones that is nearest to the mouse becomes current."""
        self._tick.stop()
        self._viewport.update(self._band.translated(-self._scrolled))
        goes_up = self._start is not None and self._mouse.y() + self._scrolled.y() < self._start.y()
        runs, self._runs = self._runs, []
        self._start, self._band = None, QRect()
        if runs:
            place = runs[0][0] if goes_up else runs[-1][1]
            flag = QItemSelectionModel.SelectionFlag
            index = self._view.model().index(place, 0)
            self._view.selectionModel().setCurrentIndex(index, flag.NoUpdate)

    def _give_up(self) -> None:
        """The same where no release will come."""
        self._end()
        if self._view.state() is _PULLED:
            self._view.setState(QAbstractItemView.State.NoState)
