"""The installed classifiers as a list: what each tells apart, and how good it was."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from footage_sorter.domain.tags import Classifier
from footage_sorter.domain.training_words import percent
from footage_sorter.domain.words import error
from footage_sorter.ui.look.forms import lay_out, quiet
from footage_sorter.ui.look.translate import tr_detail, tr_phrase, tr_word
from footage_sorter.ui.session.columns import shown_path
from footage_sorter.ui.session.session import Session

_NAME = Qt.ItemDataRole.UserRole


class ClassifiersDialog(QDialog):
    """Lists, adds and puts aside.

    Signals:
        add_wanted: A person has a classifier's folder.
        remove_wanted: Name of one to put aside.
        train_wanted: A person wants to make one.
    """

    add_wanted = Signal()
    remove_wanted = Signal(str)
    train_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(self.tr("Tags and classifiers"))
        self.resize(860, 360)
        self.table = QTreeWidget(self)
        self.table.setRootIsDecorated(False)
        self.table.setHeaderLabels(
            [self.tr("Classifier"), self.tr("Tells apart"), self.tr("Right when tried")]
        )
        self.table.setAccessibleName(self.windowTitle())
        self.table.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.header().setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.table.setColumnWidth(0, 160)
        self.table.itemSelectionChanged.connect(self._on_selected)
        says = quiet(
            self.tr(
                "A classifier gives every clip a tag: a column, a filter, and a keyword in every "
                "export. Drop a classifier's folder on the window to install it; it is checked "
                "first, and nothing in it is executed."
            )
        )
        lay_out(self, says, self.table, self._buttons(), tall=self.table)
        session.classifiers_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is installed now, and what cannot be used and why."""
        self.table.clear()
        for one in self._session.classifiers:
            said = tr_word if one.built_in else str  # the names that its maker gave stay
            labels = ", ".join(map(said, one.labels))
            item = QTreeWidgetItem(self.table, [said(one.title), labels, self._measured(one)])
            item.setToolTip(0, one.id)
            if not one.built_in:  # what is not installed cannot be removed
                item.setData(0, _NAME, one.name)
        for refused in self._session.core.shelf.refused():
            why = self.tr("Not used: {why}").format(why=tr_detail(refused.detail))
            # Its name stands before it.
            item = QTreeWidgetItem(self.table, [shown_path(refused.where), why, ""])
            item.setToolTip(1, tr_phrase(error(refused)))
            item.setData(0, _NAME, refused.where)
        self._on_selected()

    def chosen(self) -> Sequence[str]:
        """Names of the selected ones."""
        names = (item.data(0, _NAME) for item in self.table.selectedItems())
        return [str(name) for name in names if name is not None]

    def _measured(self, one: Classifier) -> str:
        if one.accuracy is None:
            return self.tr("not stated")
        right = percent(one.accuracy)
        if one.majority is None:
            return right
        return self.tr("{right}, by guessing {guess}").format(
            right=right, guess=percent(one.majority)
        )

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.add_button = buttons.addButton(self.tr("Add…"), role)
        self.train_button = buttons.addButton(self.tr("Train one…"), role)
        self.train_button.clicked.connect(self._on_train)
        self.remove_button: QPushButton = buttons.addButton(self.tr("Remove"), role)
        self.add_button.clicked.connect(self.add_wanted)
        self.remove_button.clicked.connect(self._on_remove)
        buttons.rejected.connect(self.reject)
        return buttons

    def _on_train(self) -> None:
        self.accept()  # one dialog at a time
        self.train_wanted.emit()

    def _on_remove(self) -> None:
        for name in self.chosen():
            self.remove_wanted.emit(name)

    def _on_selected(self) -> None:
        self.remove_button.setEnabled(bool(self.chosen()))
