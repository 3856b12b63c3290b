"""The table: the same rows as lines, one column a fact. Knows columns, paints nothing itself."""

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from footage_sorter.ui.library.delegates import LINE_PX, line_badge
from footage_sorter.ui.library.edges import select_only_current
from footage_sorter.ui.library.first_page import FirstPage, visible_cards_of
from footage_sorter.ui.library.grid_view import SETTLE_MS
from footage_sorter.ui.library.pill_menus import TickMenu
from footage_sorter.ui.library.scroll_anchor import ScrollAnchor
from footage_sorter.ui.look.translate import tr_word
from footage_sorter.ui.session.clip_model import Index, Role
from footage_sorter.ui.session.columns import COLUMN_AT, COLUMNS, NAME
from footage_sorter.ui.session.shown_model import ShownModel
from footage_sorter.ui.session.state_file import StateFile
from footage_sorter.ui.session.visible_cards import VisibleCards

WIDEST_NAME_PX = 520
"""Wider a name does not grow by itself."""


class TableView(QTableView):
    """Lines of a `ShownModel`; its delegate paints the cells.

    Signals:
        settled: The set of visible lines has come to rest.
        sort_wanted: A column's header was clicked: its number.
        stack_clicked: ClipId of a line whose stack's badge was clicked.
    """

    settled = Signal()
    sort_wanted = Signal(int)
    stack_clicked = Signal(object)

    def __init__(self, shown: ShownModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self._is_name_chosen = False
        self._fits_name = False
        self._first: FirstPage | None = None
        self.setObjectName("clips")  # the delegate paints the selection
        self.setModel(shown)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table, as it leaves the grid
        lines = self.verticalHeader()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setDefaultSectionSize(LINE_PX)
        lines.hide()
        self._set_up_header()
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.settled)
        self.verticalScrollBar().valueChanged.connect(self._settle.start)
        shown.layoutChanged.connect(self._settle.start)
        shown.dataChanged.connect(self._on_data_changed)
        self._anchor = ScrollAnchor(self, shown)

    def visible_places(self) -> range:
        """The lines that are in sight, at least in part."""
        count = self._shown.rowCount()
        if not count:
            return range(0)
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        return range(max(0, first), (last if last >= 0 else count - 1) + 1)

    def visible_cards(self, library: str) -> VisibleCards:
        """What is in sight, for the next session with that library."""
        return visible_cards_of(library, self._shown, self.visible_places(), self._line)

    @property
    def shows_first(self) -> bool:
        """Whether the lines are those of `show_first`, for want of others."""
        return self._first is not None

    def show_first(self, page: FirstPage | None) -> None:
        """Show the lines of the last session where they lay, until the model has rows."""
        self._first = page
        bar = Qt.ScrollBarPolicy  # as wide as it will be: or names would get less room then
        self.setVerticalScrollBarPolicy(
            bar.ScrollBarAsNeeded if page is None else bar.ScrollBarAlwaysOn
        )
        self.viewport().update()

    def top_of(self, visible_cards: VisibleCards) -> int:
        """Where the upper edge of the first line seen lies: nobody can scroll before all are in."""
        return visible_cards.y_px

    def bring(self, place: int, y_px: int) -> None:
        """Scroll so far that the upper edge of a line lies at `y_px` in the view."""
        self.executeDelayedItemsLayout()
        self.updateGeometries()
        self.verticalScrollBar().setValue(place * LINE_PX - y_px)

    def _line(self, place: int) -> QRect:
        return QRect(0, self.rowViewportPosition(place), self.viewport().width(), LINE_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt override."""
        super().paintEvent(event)
        if self._first is not None and not self._shown.rowCount():
            painter = QPainter(self.viewport())
            self._first.paint_lines(painter, self, self._shown.columns)
            painter.end()

    def show_sorting(self, column: int, order: Qt.SortOrder) -> None:
        """Show by which column the rows are sorted."""
        self.horizontalHeader().setSortIndicator(column, order)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt override."""
        super().resizeEvent(event)
        self._settle.start()
        self._fit_name()

    def kept(self) -> dict[str, object]:
        """What `restore` needs the next time."""
        return {
            "columns": self.horizontalHeader().saveState(),
            "columns_of": " ".join(column.key for column in self._shown.columns),
            "name_chosen": int(self._is_name_chosen),
        }

    def restore(self, state: StateFile) -> None:
        """Show the columns as they were left."""
        keys = " ".join(column.key for column in self._shown.columns)
        if state.text("columns_of") == keys:  # Qt knows columns by their numbers only
            state.restore({"columns": self.horizontalHeader().restoreState})
        self._is_name_chosen = state.number("name_chosen", 0) > 0
        self._fit_name()

    def _fit_name(self) -> None:
        """Give names the room there is, as long as nobody chose how wide they are."""
        if self._is_name_chosen:
            return
        at, room_px = COLUMN_AT["name"], self.viewport().width()
        others_px = self.horizontalHeader().length() - self.columnWidth(at)
        wanted_px = max(room_px // 5, room_px - others_px)
        self._fits_name = True
        self.setColumnWidth(at, min(max(NAME.width_px, wanted_px), WIDEST_NAME_PX))
        self._fits_name = False

    def _on_section_resized(self, column: int) -> None:
        if column == COLUMN_AT["name"] and not self._fits_name:
            self._is_name_chosen = True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt override: a click on the badge of a stack opens it, and selects nothing."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        place = index.data(Role.PLACE) if index.isValid() else None
        place = place if index.column() == COLUMN_AT["name"] else None
        if place is not None and line_badge(self.visualRect(index), place).contains(point):
            self.stack_clicked.emit(self._shown.row_at(index.row()).clip.id)
            return
        super().mousePressEvent(event)

    def _on_data_changed(self) -> None:
        """A clip that was just read may now have a picture; a stream of news must not delay it."""
        if not self._settle.isActive():
            self._settle.start()

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(40)
        header.sectionClicked.connect(self.sort_wanted)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose_columns)
        self._show_columns(0, len(self._shown.columns) - 1)
        header.sectionResized.connect(self._on_section_resized)
        self._shown.columnsInserted.connect(
            lambda _parent, first, last: self._show_columns(first, last)
        )

    def _show_columns(self, first: int, last: int) -> None:
        for at in range(first, last + 1):
            column = self._shown.columns[at]
            title_px = self.horizontalHeader().sectionSizeHint(at)  # longer in other languages
            self.setColumnWidth(at, max(column.width_px, title_px))
            self.setColumnHidden(at, not column.shown)
            if at >= len(COLUMNS):  # a classifier's: in sight, beside the flags
                header = self.horizontalHeader()
                beside = header.visualIndex(COLUMN_AT["flags"]) + 1
                header.moveSection(header.visualIndex(at), beside)

    def _choose_columns(self, where: QPoint) -> None:
        """A menu of all columns, each to show or hide; the name always stays."""
        menu = TickMenu(parent=self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for at, column in enumerate(self._shown.columns[1:], start=1):
            action = menu.addAction(tr_word(column.title))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(at))
            action.toggled.connect(lambda shown, at=at: self.setColumnHidden(at, not shown))
        menu.popup(self.horizontalHeader().mapToGlobal(where))

    def moveCursor(
        self,
        action: QAbstractItemView.CursorAction,
        modifiers: Qt.KeyboardModifier,
    ) -> QModelIndex:
        """Qt override: lines are chosen here, not cells: Home and End go to the first and last."""
        act, count = QAbstractItemView.CursorAction, self._shown.rowCount()
        ends = {act.MoveHome: 0, act.MoveEnd: count - 1}
        if action in ends and count:
            return self._shown.index(ends[action], max(0, self.currentIndex().column()))
        return super().moveCursor(action, modifiers)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt override: a whole line is current, not a cell."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt override."""
        super().keyPressEvent(event)
        select_only_current(self, event)

    def keyboardSearch(self, _text: str) -> None:
        """Qt override: letters are commands here; names are searched in the search field."""
