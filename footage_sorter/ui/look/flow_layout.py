"""A layout that sets widgets in lines like words, so that no pill is ever cut off."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Left to right, a new line where the width ends."""

    def __init__(self, parent: QWidget | None = None, gap_px: int = 4) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(gap_px)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt override."""
        self._items.append(item)

    def count(self) -> int:
        """Qt override."""
        return len(self._items)

    def itemAt(self, at: int) -> QLayoutItem | None:
        """Qt override."""
        return self._items[at] if 0 <= at < len(self._items) else None

    def takeAt(self, at: int) -> QLayoutItem | None:
        """Qt override."""
        return self._items.pop(at) if 0 <= at < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Qt override."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Qt override."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt override."""
        return self._set(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """Qt override."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Qt override."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        """Qt override."""
        super().setGeometry(rect)
        self._set(rect, move=True)

    def _set(self, rect: QRect, *, move: bool) -> int:
        """Go through the items line by line; returns the height that they take."""
        inner = rect.marginsRemoved(self.contentsMargins())
        x, y, line = inner.left(), inner.top(), 0
        for item in self._items:
            if item.isEmpty():  # hidden: not even a gap is left
                continue
            size = item.sizeHint()
            if x + size.width() > inner.right() + 1 and line > 0:
                x, y, line = inner.left(), y + line + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.spacing()
            line = max(line, size.height())
        return y + line - rect.top() + self.contentsMargins().bottom()


def fitting(
    widths_px: Sequence[int],
    pinned: Sequence[bool],
    room_px: int,
    rest_px: int,
    gap_px: int,
) -> list[bool]:
    """Which of some widgets to show so that they fit into one line.

    All where all fit. Else room is kept for one more widget, which stands for the rest; pinned
    ones are shown in any case, and of the others the first ones, until one does not fit.

    Args:
        widths_px: Of each widget.
        pinned: Whether each must be shown; as many.
        room_px: Width of the line.
        rest_px: Width of the widget that stands for those that are not shown.
        gap_px: Between two widgets.
    """
    if sum(width + gap_px for width in widths_px) - gap_px <= room_px:
        return [True] * len(widths_px)
    needed = rest_px + sum(
        width + gap_px for width, keeps in zip(widths_px, pinned, strict=True) if keeps
    )
    shown, full = list(pinned), False
    for at, width in enumerate(widths_px):
        if pinned[at] or full:
            continue
        needed += width + gap_px
        full = needed > room_px
        shown[at] = not full
    return shown
