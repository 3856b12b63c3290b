"""The tool bar: views, size, sorting, grouping, search."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QSlider, QToolBar, QWidget

from footage_sorter.domain.settings import THUMBNAIL_PX
from footage_sorter.ui.look.forms import roomy
from footage_sorter.ui.look.icons import icon
from footage_sorter.ui.look.key_button import key_of
from footage_sorter.ui.look.translate import tr_word
from footage_sorter.ui.session.columns import COLUMNS, Column

GROUP_WORDS = {
    "none": "No groups",
    "day": "By day",
    "camera": "By camera",
    "folder": "By folder",
}


class ToolBar(QToolBar):
    """Everything above the library.

    Signals:
        card_size_wanted: Width of a card in pixels.
        sort_wanted: Number of a column; the same one again turns the order round.
        group_wanted: Key of a grouping.
        searched: Text that a person searches for.
    """

    card_size_wanted = Signal(int)
    sort_wanted = Signal(int)
    group_wanted = Signal(str)
    searched = Signal(str)

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tools")
        self.setWindowTitle(self.tr("Tool bar"))
        self.setMovable(False)
        self.setIconSize(QSize(18, 18))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._size = self._make_size()
        self._sort = self._make_sort()
        self._direction = QAction(self)
        self._direction.triggered.connect(lambda: self.sort_wanted.emit(self._sort.currentData()))
        self._group = self._make_group()
        self.search = self._make_search()
        self.addAction(actions["sidebar"])
        self.addAction(actions["add_folder"])
        self.addSeparator()
        self.addAction(actions["grid"])
        self.addAction(actions["table"])
        self.addWidget(self._size)
        self.addSeparator()
        self.addWidget(self._sort)
        self.addAction(self._direction)
        self.addWidget(self._group)
        self.addAction(actions["stacks"])
        self._stacks = actions["stacks"]
        stretch = QWidget(self)
        stretch.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(stretch)
        self.addWidget(self.search)
        for name in ("undo", "redo", "export", "panel"):
            self.addAction(actions[name])
        for field in (self._size, self._sort, self._group):
            field.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys where they are
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        for action in self.actions():
            button = self.widgetForAction(action)
            if button is not None and action.text():
                button.setAccessibleName(action.text().replace("&", ""))
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_sorting(self, column: int, order: Qt.SortOrder) -> None:
        """Show by what the library is sorted."""
        self._sort.blockSignals(True)  # noqa: FBT003  Qt's own signature
        self._sort.setCurrentIndex(self._sort.findData(column))
        self._sort.blockSignals(False)  # noqa: FBT003
        down = order is Qt.SortOrder.DescendingOrder
        self._direction.setIcon(icon("sort-down" if down else "sort-up"))
        self._direction.setText(self.tr("Highest first") if down else self.tr("Lowest first"))

    def show_grouping(self, grouping: str) -> None:
        """Show by what the cards are grouped: a key of `GROUPINGS`."""
        self._group.setCurrentIndex(self._group.findData(grouping))

    def show_stacks(self, count: int) -> None:
        """Say how many stacks of similar takes were found."""
        key = key_of(self._stacks)
        says = self.tr("Stack similar takes: {count} stacks found").format(count=count)
        self._stacks.setToolTip(f"{says} ({key})" if key else says)

    def show_card_size(self, width_px: int) -> None:
        """Show how wide the cards are."""
        self._size.blockSignals(True)  # noqa: FBT003
        self._size.setValue(width_px)
        self._size.blockSignals(False)  # noqa: FBT003

    def show_grid_tools(self, *, shown: bool) -> None:
        """The size matters to cards only."""
        self._size.setEnabled(shown)
        self._group.setEnabled(shown)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Offer to sort by these columns."""
        chosen = self._sort.currentData()
        _fill_sorting(self._sort, columns)
        self._sort.setCurrentIndex(max(0, self._sort.findData(chosen)))

    def _make_size(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(*THUMBNAIL_PX)
        slider.setFixedWidth(96)
        slider.setToolTip(self.tr("Size of the cards"))
        slider.setAccessibleName(self.tr("Size of the cards"))
        slider.valueChanged.connect(self.card_size_wanted)
        return slider

    def _make_sort(self) -> QComboBox:
        box = roomy(QComboBox(self))
        _fill_sorting(box, COLUMNS)
        box.setAccessibleName(self.tr("Sort by"))
        box.setToolTip(self.tr("Sort by"))
        box.setMaxVisibleItems(24)
        box.activated.connect(lambda _at: self.sort_wanted.emit(box.currentData()))
        return box

    def _make_group(self) -> QComboBox:
        box = roomy(QComboBox(self))
        for key, words in GROUP_WORDS.items():
            box.addItem(tr_word(words), key)
        box.setAccessibleName(self.tr("Group the cards"))
        box.setToolTip(self.tr("Group the cards"))
        box.activated.connect(lambda _at: self.group_wanted.emit(box.currentData()))
        return box

    def _make_search(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setPlaceholderText(self.tr("Search names and notes"))
        field.setAccessibleName(self.tr("Search names and notes"))
        field.setClearButtonEnabled(True)
        field.setMaximumWidth(220)
        field.textChanged.connect(self.searched)
        return field


def _fill_sorting(box: QComboBox, columns: Sequence[Column]) -> None:
    """Every column but the strip, which is sorted by usability."""
    box.clear()
    for at, column in enumerate(columns):
        if column.key != "quality":
            box.addItem(tr_word(column.title), at)
