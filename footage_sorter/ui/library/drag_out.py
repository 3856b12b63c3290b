"""Dragging clips out: into a bin of an editing program, a mail, a folder of the file manager.

Offers copies only: whoever takes them never moves an original.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QDrag, QMouseEvent, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QApplication

from footage_sorter.domain.clip import Clip
from footage_sorter.domain.row import ClipRow
from footage_sorter.ui.session.desktop import mime_of

CARRIED = QSize(160, 90)
"""So large the picture under the mouse is at most."""


class DragOut(QObject):
    """Lets the selected clips of a view be dragged by any of them."""

    def __init__(
        self,
        view: QAbstractItemView,
        selected: Callable[[], Sequence[ClipRow]],
        still: Callable[[Clip], QPixmap | None],
    ) -> None:
        """Watch the mouse over `view`; what is dragged is `selected`, under its first still."""
        super().__init__(view)
        self._view, self._selected, self._still = view, selected, still
        self._pressed_at: QPoint | None = None
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Qt override: a press on a clip, and a way from there with the button held."""
        if not isinstance(event, QMouseEvent):
            return False
        where, left = event.position().toPoint(), Qt.MouseButton.LeftButton
        match event.type():
            case QEvent.Type.MouseButtonPress:
                on_clip = event.button() == left and self._view.indexAt(where).isValid()
                self._pressed_at = where if on_clip else None
            case QEvent.Type.MouseMove if self._pressed_at is not None:
                if not event.buttons() & left:  # the release went to another window
                    self._pressed_at = None
                elif (where - self._pressed_at).manhattanLength() >= drag_distance_px():
                    self._pressed_at = None
                    self._drag()
                return bool(event.buttons() & left)  # else the view would select what it passes
            case QEvent.Type.MouseButtonRelease:
                self._pressed_at = None
            case _:
                pass
        return False

    def _drag(self) -> None:
        rows = [row for row in self._selected() if not row.missing]
        if not rows:
            return
        drag = QDrag(self._view)
        drag.setMimeData(mime_of([row.clip.path for row in rows]))
        still = self._still(rows[0].clip)
        if still is not None:
            kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode
            drag.setPixmap(still.scaled(CARRIED, kept, smooth.SmoothTransformation))
        drag.exec(Qt.DropAction.CopyAction)


def drag_distance_px() -> int:
    """So far the mouse goes, as the system has it, before a click is a drag."""
    return QApplication.startDragDistance()
