"""The menus behind the pills: values to tick, and a range to type.

Knows numbers and ticks, no filter.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDoubleSpinBox,
    QFormLayout,
    QMenu,
    QWidget,
    QWidgetAction,
)

from footage_sorter.ui.look.theme import GRID_PX

TICKING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)

FIGURE_SPACE = "\N{FIGURE SPACE}"
"""As wide as a digit."""

ENDLESS = "\N{INFINITY}"


def counted(values: Sequence[tuple[str, str, int]]) -> list[tuple[str, str]]:
    """Values with their words; how many clips have each, in a column of its own, to the right."""
    digits = len(str(max((count for _, _, count in values), default=0)))
    return [
        (value, f"{words}\t{str(count).rjust(digits, FIGURE_SPACE)}")
        for value, words, count in values
    ]


class NumberBox(QDoubleSpinBox):
    """A whole number with its unit, without little buttons: it is typed, or turned by the wheel."""

    def __init__(self, highest: float, unit: str, parent: QWidget, *, endless: bool) -> None:
        super().__init__(parent)
        self._endless = endless
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setDecimals(0)
        self.setRange(0, highest)
        self.setSuffix(unit)
        self.setKeyboardTracking(False)

    def textFromValue(self, value: float) -> str:
        """Qt override: where there is no highest number, none is named."""
        if self._endless and value >= self.maximum():
            return ENDLESS
        return super().textFromValue(value)


class TickMenu(QMenu):
    """Values to tick; it stays open, so that several take one click each."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt override."""
        if not self._tick():
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt override."""
        if event.key() not in TICKING_KEYS or not self._tick():
            super().keyPressEvent(event)

    def _tick(self) -> bool:
        """Tick the value under the hand, or take its tick away; False where there is none."""
        action = self.activeAction()
        if action is None or not action.isCheckable():
            return False
        action.trigger()
        return True


class RangeMenu(QMenu):
    """Two numbers to type: the keyboard is in the first when the menu opens, Enter takes both.

    Signals:
        chosen: The lowest and the highest, as floats.
    """

    chosen = Signal(float, float)

    def __init__(
        self, title: str, highest: float, unit: str, parent: QWidget, *, endless: bool = False
    ) -> None:
        """A range from 0 to `highest`, which where it is `endless` stands for no bound.

        `unit` stands behind the numbers.
        """
        super().__init__(title, parent)
        panel = QWidget(self)
        form = QFormLayout(panel)
        form.setContentsMargins(GRID_PX, GRID_PX, GRID_PX, GRID_PX)
        self._low = NumberBox(highest, unit, panel, endless=False)
        self._high = NumberBox(highest, unit, panel, endless=endless)
        for box, name in ((self._low, self.tr("from")), (self._high, self.tr("to"))):
            box.setAccessibleName(f"{title} {name}")
            box.valueChanged.connect(self._tell)
            box.installEventFilter(self)
            form.addRow(name, box)
        action = QWidgetAction(self)
        action.setDefaultWidget(panel)
        self.addAction(action)

    def show_range(self, lowest: float, highest: float) -> None:
        """Show the range at work; tells nobody."""
        for box, value in ((self._low, lowest), (self._high, highest)):
            box.blockSignals(True)  # noqa: FBT003  Qt's own signature
            box.setValue(value)
            box.blockSignals(False)  # noqa: FBT003

    def showEvent(self, event: QShowEvent) -> None:
        """Qt override: what is typed belongs to the first number."""
        super().showEvent(event)
        self._low.setFocus(Qt.FocusReason.PopupFocusReason)
        self._low.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt override: Tab goes to the other number; one that gets the keyboard is selected."""
        if event.type() is QEvent.Type.FocusIn:
            assert isinstance(watched, QDoubleSpinBox)
            QTimer.singleShot(0, watched.selectAll)  # after a click has placed its caret
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._take_key(watched, event.key()) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _take_key(self, box: QObject, key: int) -> bool:
        """What a menu would make nothing of: Tab, and Enter, which is the end."""
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            other = self._high if box is self._low else self._low
            other.setFocus(Qt.FocusReason.TabFocusReason)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            for number in (self._low, self._high):
                number.interpretText()
            while (menu := QApplication.activePopupWidget()) is not None and menu.close():
                pass  # this one, and the one that it opened from
        else:
            return False
        return True

    def _tell(self) -> None:
        box = QApplication.focusWidget()
        lowest = self._low.value()
        self.chosen.emit(lowest, max(lowest, self._high.value()))
        if self.isVisible() and box in (self._low, self._high):
            box.setFocus()  # where no clip passes, another page came up behind and took it
