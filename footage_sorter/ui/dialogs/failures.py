"""What failed and why, as a list that can be copied."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from footage_sorter.domain.detail_words import damage
from footage_sorter.domain.row import ClipRow
from footage_sorter.ui.look.forms import lay_out, quiet
from footage_sorter.ui.look.translate import tr_phrase
from footage_sorter.ui.session.columns import folder_text, name_of, problem_text, shown_path

_CLIP = Qt.ItemDataRole.UserRole


class FailuresDialog(QDialog):
    """Clips with a problem, each with its reason.

    Signals:
        clip_chosen: ClipId of a clip to go to.
    """

    clip_chosen = Signal(object)

    def __init__(
        self, rows: Iterable[ClipRow], log_path: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What failed and why"))
        self.resize(960, 420)
        self.table = QTreeWidget(self)
        self.table.setRootIsDecorated(False)
        self.table.setHeaderLabels([self.tr("Clip"), self.tr("Why"), self.tr("Folder")])
        self.table.setAccessibleName(self.windowTitle())
        for row in rows:
            detail = tr_phrase(damage(row.error.detail if row.error else row.damage))
            item = QTreeWidgetItem(self.table, [name_of(row), problem_text(row), folder_text(row)])
            item.setToolTip(1, shown_path(detail) or item.text(1))
            item.setToolTip(2, item.text(2))
            item.setData(0, _CLIP, row.clip.id)
        self.table.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(0, 200)
        self.table.setColumnWidth(2, 120)
        self.table.header().setStretchLastSection(False)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.itemActivated.connect(self._on_activated)
        where = quiet(self.tr("The log is at {path}").format(path=shown_path(log_path)))
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        lay_out(self, self.table, where, buttons, tall=self.table)

    def _on_activated(self, item: QTreeWidgetItem) -> None:
        self.clip_chosen.emit(item.data(0, _CLIP))
        self.accept()
