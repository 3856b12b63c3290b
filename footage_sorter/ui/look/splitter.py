"""A splitter that shares out its room by itself until a person does. Knows no part by name."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget


class SharingSplitter(QSplitter):
    """Gives its parts what is best for its size, as long as nobody has moved a handle."""

    def __init__(
        self,
        orientation: Qt.Orientation,
        shares: Callable[[QSize], Sequence[int]],
        parent: QWidget | None = None,
    ) -> None:
        """Ask `shares` for the parts' widths or heights, px, in so much room."""
        super().__init__(orientation, parent)
        self._shares = shares
        self._is_moved = False
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._on_moved)

    def kept(self) -> QByteArray:
        """What `restoreState` needs the next time: empty as long as nobody has moved a handle."""
        return self.saveState() if self._is_moved else QByteArray()

    def restoreState(self, state: QByteArray | bytes | bytearray | memoryview) -> bool:
        """Qt override: what was restored is a person's."""
        restored = super().restoreState(state)
        self._is_moved |= restored
        return restored

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt override."""
        super().resizeEvent(event)
        if not self._is_moved:
            self.setSizes(self._shares(event.size()))

    def _on_moved(self) -> None:
        self._is_moved = True
