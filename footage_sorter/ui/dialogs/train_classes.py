"""The classes of a training, as a list that a person fills: from folders, filters, marks.

Knows folders and rows; what is trained on them is not its business.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from footage_sorter.domain.clip import Mark
from footage_sorter.domain.errors import FootageError
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.training import Example
from footage_sorter.domain.words import error
from footage_sorter.services import training
from footage_sorter.ui.look.forms import menu_text, opens
from footage_sorter.ui.look.hint import Hint
from footage_sorter.ui.look.theme import GRID_PX
from footage_sorter.ui.look.translate import tr_phrase
from footage_sorter.ui.session.clip_filter import ClipFilter
from footage_sorter.ui.session.session import Session

_LABEL, _CLIPS = 0, 1


class ClassList(QWidget):
    """Labels, each with its clips.

    Signals:
        changed: There are other classes, or other clips in them.
        said: A sentence for the person.
    """

    changed = Signal()
    said = Signal(str)

    def __init__(
        self, session: Session, shown: Sequence[ClipRow], parent: QWidget | None = None
    ) -> None:
        """Offer folders, the rows `shown` in the library, saved filters and marks."""
        super().__init__(parent)
        self._session = session
        self._shown = list(shown)
        self.table = self._make_table()
        self._add = self._make_add()
        self._take_out_button = QPushButton(self.tr("Take out"), self)
        self._take_out_button.clicked.connect(self._take_out)
        buttons = QHBoxLayout()
        buttons.addWidget(self._add)
        buttons.addWidget(self._take_out_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID_PX)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)

    @property
    def count(self) -> int:
        """How many classes there are."""
        return self.table.topLevelItemCount()

    def add_class(self, label: str, examples: Iterable[Example]) -> None:
        """Add a class; one of the same label gets its clips."""
        found = list(examples)
        for at in range(self.table.topLevelItemCount()):
            item = self.table.topLevelItem(at)
            if item is not None and item.text(_LABEL).casefold() == label.casefold():
                known = {one.path for one in _examples(item)}
                _put(item, [*_examples(item), *(one for one in found if one.path not in known)])
                self.changed.emit()
                return
        item = QTreeWidgetItem(self.table, [label, ""])
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        _put(item, found)
        self.changed.emit()

    def add_rows(self, label: str, rows: Iterable[ClipRow]) -> None:
        """Add clips of the library as a class."""
        self.add_class(label, [Example(str(row.clip.path), label) for row in rows if not row.error])

    def add_marks(self) -> None:
        """Add what is kept and what is rejected as two classes."""
        rows = self._session.model.rows()
        kept = [row for row in rows if row.decision.mark is Mark.KEEP]
        rejected = [row for row in rows if row.decision.mark is Mark.REJECT]
        self.add_rows(self.tr("kept"), kept)
        self.add_rows(self.tr("rejected"), rejected)

    def add_folders(self, folders: Sequence[Path]) -> None:
        """Add each folder as a class. Walks them in the pool."""
        self._find(lambda: [training.class_of(folder) for folder in folders])

    def add_folder_of_classes(self, folder: Path) -> None:
        """Add each folder in `folder` as a class."""
        self._find(lambda: [training.class_of(one) for one in training.classes_in(folder)])

    def examples(self) -> list[Example]:
        """The clips of all classes, each with its class's label as it reads now."""
        items = map(self.table.topLevelItem, range(self.table.topLevelItemCount()))
        return [
            replace(one, label=training.label_of(item.text(_LABEL)))
            for item in items
            if item is not None
            for one in _examples(item)
        ]

    def _find(self, work: Callable[[], list[list[Example]]]) -> None:
        def tried_to() -> object:
            try:
                return work()
            except FootageError as trouble:
                return trouble

        self._session.background.run(lambda _cancel: tried_to(), self._on_found)

    def _on_found(self, answer: object) -> None:
        if isinstance(answer, FootageError):
            self.said.emit(tr_phrase(error(answer)))
            return
        assert isinstance(answer, list)
        for examples in answer:
            if examples:
                self.add_class(examples[0].label, examples)
        if not any(answer):
            self.said.emit(self.tr("No clip was found there."))

    def _add_found(self, label: str, rows: Callable[[], list[ClipRow]]) -> None:
        self.add_rows(label, rows())

    def _choose_folder(self, use: Callable[[Path], None]) -> None:
        name = QFileDialog.getExistingDirectory(self)
        if name:
            use(Path(name))

    def _take_out(self) -> None:
        for item in self.table.selectedItems():
            self.table.takeTopLevelItem(self.table.indexOfTopLevelItem(item))
        self.changed.emit()

    def _make_table(self) -> QTreeWidget:
        table = QTreeWidget(self)
        table.setRootIsDecorated(False)
        table.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        table.setHeaderLabels([self.tr("Class"), self.tr("Clips")])
        table.header().setStretchLastSection(False)
        table.header().setSectionResizeMode(_LABEL, QHeaderView.ResizeMode.Stretch)
        table.setAccessibleName(self.tr("Classes"))
        table.setMinimumHeight(140)
        Hint(self.tr("Drop a folder here, or add one below."), table)
        return table

    def _make_add(self) -> QPushButton:
        button = QPushButton(self.tr("Add"), self)
        menu = QMenu(button)
        menu.addAction(
            self.tr("A folder as a class…"),
            lambda: self._choose_folder(lambda path: self.add_folders([path])),
        )
        menu.addAction(
            self.tr("A folder of class folders…"),
            lambda: self._choose_folder(self.add_folder_of_classes),
        )
        menu.addSeparator()
        menu.addAction(
            self.tr("The clips that are shown now"),
            lambda: self.add_rows(self.tr("shown"), self._shown),
        )
        for name, rows in self._saved():
            action = menu.addAction(self.tr("Filter: {name}").format(name=menu_text(name)))
            action.triggered.connect(partial(self._add_found, name, rows))
        menu.addAction(self.tr("Kept and rejected clips"), self.add_marks)
        return opens(button, menu)

    def _saved(self) -> list[tuple[str, Callable[[], list[ClipRow]]]]:
        """The saved filters, each with what it finds."""

        def finds(text: str) -> Callable[[], list[ClipRow]]:
            return lambda: [
                row for row in self._session.model.rows() if ClipFilter.from_text(text).accepts(row)
            ]

        saved = self._session.settings.saved_filters
        return [(name, finds(text)) for name, text in saved.items()]


def _examples(item: QTreeWidgetItem) -> list[Example]:
    found: list[Example] = item.data(_LABEL, Qt.ItemDataRole.UserRole)
    return found


def _put(item: QTreeWidgetItem, examples: list[Example]) -> None:
    item.setData(_LABEL, Qt.ItemDataRole.UserRole, examples)
    item.setText(_CLIPS, str(len(examples)))
