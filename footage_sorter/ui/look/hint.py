"""A hint: what a list that has nothing in it is for. Knows no clip."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QLabel, QVBoxLayout

from footage_sorter.ui.look.theme import GRID_PX


class Hint(QLabel):
    """A sentence in the middle of a view, as long as nothing is in it."""

    def __init__(self, text: str, view: QAbstractItemView) -> None:
        super().__init__(text, view.viewport())
        self.setProperty("rank", "quiet")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        room = QVBoxLayout(view.viewport())
        room.setContentsMargins(2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX)
        room.addWidget(self)
        self._model = view.model()
        for changed in (
            self._model.rowsInserted,
            self._model.rowsRemoved,
            self._model.modelReset,
        ):
            changed.connect(self._look)
        self._look()

    @Slot()
    def _look(self) -> None:
        self.setVisible(self._model.rowCount() == 0)
