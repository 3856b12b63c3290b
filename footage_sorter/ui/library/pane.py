"""The middle of the window: pills, then the library as cards or as lines, or what to do first.

Holds the one shown model and the one selection that both views share.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from footage_sorter.domain.clip import ClipId
from footage_sorter.domain.row import ClipRow
from footage_sorter.ui.library.cards import CardPainter
from footage_sorter.ui.library.delegates import CardDelegate, CellDelegate
from footage_sorter.ui.library.empty_page import EmptyPage
from footage_sorter.ui.library.filter_bar import FilterBar
from footage_sorter.ui.library.filtered_page import FilteredPage
from footage_sorter.ui.library.grid_view import GridView
from footage_sorter.ui.library.groupings import GROUPINGS
from footage_sorter.ui.library.last_seen import LastSeen
from footage_sorter.ui.library.table_view import TableView
from footage_sorter.ui.look.theme import theme_of
from footage_sorter.ui.session.choosing import select
from footage_sorter.ui.session.clip_filter import EVERYTHING, ClipFilter
from footage_sorter.ui.session.clip_model import hand_of, places_in, row_of
from footage_sorter.ui.session.columns import COLUMN_AT
from footage_sorter.ui.session.pictures import Kind
from footage_sorter.ui.session.session import Session
from footage_sorter.ui.session.shown_model import ShownModel
from footage_sorter.ui.session.state_file import StateFile
from footage_sorter.ui.session.visible_cards import VisibleCards

MOST_REMEMBERED = 1000
"""Clips that are selected again in the next window; more were hardly picked one by one."""


class View(StrEnum):
    """How the library is shown."""

    GRID = "grid"
    TABLE = "table"


class LibraryPane(QWidget):
    """Pills, grid, table.

    Signals:
        current_changed: ClipRow that became current, or None.
        activated: ClipRow that a person opened: Enter or a double click.
        in_sight: list of ClipRow, the selected and visible ones first.
        filter_changed: ClipFilter at work now.
        sort_changed: The rows are in another order.
        group_changed: Key of the grouping at work now.
        add_wanted: A person asked for a folder to add.
        bare_changed: Whether the library holds no clip at all: there is only the invitation.
    """

    current_changed = Signal(object)
    activated = Signal(object)
    in_sight = Signal(object)
    filter_changed = Signal(object)
    sort_changed = Signal()
    group_changed = Signal(str)
    add_wanted = Signal()
    bare_changed = Signal(bool)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.shown = ShownModel(session.model, self)
        self.selection = QItemSelectionModel(self.shown, self)
        self.shown.set_hand(lambda: hand_of(self.selection))
        self.bar = FilterBar(session.model.rows, self)
        self.cards = CardPainter(theme_of(self.palette()), session.limits_of)
        self.grid = GridView(self.shown, self)
        self.table = TableView(self.shown, self)
        self.last_seen = LastSeen(session, self.shown, lambda: self.view)
        self._card_delegate = CardDelegate(self.cards, session.pictures, self)
        self._cell_delegate = CellDelegate(self.cards, session.pictures, self)
        self.empty_page, self._none_shown = EmptyPage(self), FilteredPage(self)
        self._view = View.GRID
        self._grouping = "none"
        self._left_at = ClipId(0)  # the last clip that was current, also of the last session
        self._left_selected: Sequence[ClipId] = ()  # where the last session ended
        self._was_at = -1  # the current clip's place before the order changes; -1: none
        self._stack = QStackedWidget(self)
        for page in (self.grid, self.table, self.empty_page, self._none_shown):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        self._set_up_views()
        self._connect()
        self._show_page()

    # What a person sees

    @property
    def kind(self) -> View:
        """Whether cards or lines are shown."""
        return self._view

    @property
    def view(self) -> GridView | TableView:
        """The view at work."""
        return self.grid if self._view is View.GRID else self.table

    def show_view(self, view: View) -> None:
        """Show cards or lines; the current clip stays in sight."""
        self._view = view
        self._show_page()
        self.view.scrollTo(self.selection.currentIndex())
        self.view.setFocus()
        if self.isVisible():
            self._tell_in_sight()

    @property
    def at_hand(self) -> bool:
        """Whether the keyboard is with the clips, or with what stands in their place."""
        focus = QApplication.focusWidget()
        return focus is None or self._stack.isAncestorOf(focus)

    def focus_view(self) -> None:
        """Give the keyboard to the view at work."""
        self.view.setFocus()

    def select_all(self) -> None:
        """Select every clip that is shown."""
        self.view.selectAll()

    def set_filter(self, clip_filter: ClipFilter) -> None:
        """Show what passes; the current clip stays current where it does, else it is the first."""
        before = self.current_row()
        self.shown.set_filter(clip_filter)
        if before is not None and not self.shown.index_of(before.clip.id).isValid():
            self._go_to(self.shown.index(0, 0))
        self.first_row()
        self.view.scrollTo(self.selection.currentIndex())
        self.bar.show_filter(clip_filter)
        self.filter_changed.emit(clip_filter)

    def sort_by(self, column: int, *, descending: bool | None = None) -> None:
        """Sort by a column; by the same one again: the other way round."""
        current, order = self.shown.sorted_by
        if descending is None and column == current:
            descending = order is Qt.SortOrder.AscendingOrder
        elif descending is None:
            descending = self.shown.columns[column].best_first
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.shown.sort(column, order)
        self.table.show_sorting(column, order)
        self.view.scrollTo(self.selection.currentIndex())
        self.sort_changed.emit()

    def group_by(self, grouping: str) -> None:
        """Group the cards by a key of `GROUPINGS`; by none, where there is no such key."""
        self._grouping = grouping if grouping in GROUPINGS else "none"
        self.shown.set_grouping(GROUPINGS[self._grouping])
        self.group_changed.emit(self._grouping)

    def toggle_stacks(self, clip_ids: Sequence[ClipId]) -> None:
        """Open the stacks of some clips; close them where the first one's is open.

        A stack that is closed shows its best take, and that becomes the current clip.
        """
        places = [place for place in map(self.shown.place_of, clip_ids) if place is not None]
        if not places:
            return
        is_open = not places[0].is_open
        if not is_open:
            self._let_go_of(clip_ids)
        bar = self.view.verticalScrollBar()
        top_px = bar.value()
        self.shown.set_open(clip_ids, is_open=is_open)
        bar.setValue(top_px)  # what opens stays where it is, not the current clip
        self.view.scrollTo(self.shown.index_of(clip_ids[0]))

    def _let_go_of(self, clip_ids: Sequence[ClipId]) -> None:
        """Take the hand off the takes of stacks that close, and put it on the best of the first."""
        takes = self.shown.takes_of(clip_ids[0])
        if takes:
            self._go_to(self.shown.index_of(takes[0]))

    def _go_to(self, index: QModelIndex) -> None:
        """Make a clip current and the only one selected."""
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.selection.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _remember_place(self) -> None:
        index = self.selection.currentIndex()
        self._was_at = index.row()
        if index.isValid():
            self._left_at = row_of(index).clip.id

    def _stay_near(self) -> None:
        """Where the current clip has vanished, go on beside it, not at the top of the library."""
        if self.selection.currentIndex().isValid() or self._was_at < 0:
            return
        if not self.shown.rowCount():  # Qt says nothing of a current clip that is none
            self.current_changed.emit(None)
            return
        left = places_in(self.selection.selection())
        if left:  # others that were selected are still: the hand stays on them
            flags = QItemSelectionModel.SelectionFlag
            self.selection.setCurrentIndex(self.shown.index(left[0], 0), flags.NoUpdate)
        else:
            self._go_to(self.shown.heir_of(self._was_at))

    def repaint_cards(self) -> None:
        """Paint strips against other limits."""
        self._repaint()

    def preview(self, changes: Mapping[ClipId, str]) -> None:
        """Show on the cards which flags would come and go ("+S −B"), while a limit moves."""
        if changes != self.cards.changes:
            self.cards.changes = changes
            self._repaint()

    def show_for_you(self, chosen: bool) -> None:  # noqa: FBT001  a signal's slot
        """Offer the rating for the person where there is one, and stop where there is none."""
        shown = self._session.taste is not None
        self.bar.show_for_you(shown=shown)
        if chosen or not shown:  # a column that a person hid stays hidden at the next start
            self.table.setColumnHidden(COLUMN_AT["for_you"], not shown)

    def current_row(self) -> ClipRow | None:
        """The clip that the keyboard is on."""
        index = self.selection.currentIndex()
        return row_of(index) if index.isValid() else None

    def rows_in_sight(self) -> list[ClipRow]:
        """The current clip, then the visible ones in order."""
        places = self.view.visible_places()
        current = self.current_row()
        rows = [] if current is None else [current]
        return rows + [self.shown.row_at(place) for place in places if self._has(place)]

    def first_row(self) -> None:
        """Make the clip of the last session current, or else the first, where none is."""
        if not self.selection.currentIndex().isValid() and self.shown.rowCount():
            index = self.shown.index_of(self._left_at)
            self._go_to(index if index.isValid() else self.shown.index(0, 0))
            if index.isValid() and self._left_at in self._left_selected:
                select(self.shown, self.selection, self._left_selected, self._left_at)
            self._left_at, self._left_selected = ClipId(0), ()

    def _selected(self) -> list[ClipId]:
        places = places_in(self.selection.selection())
        return [self.shown.row_at(place).clip.id for place in places]

    # What is remembered

    def state(self) -> dict[str, object]:
        """What `restore` needs the next time."""
        column, order = self.shown.sorted_by
        current = self.current_row()
        selected = self._selected() or self._left_selected  # the latter until the library is there
        return {
            "library": self.last_seen.library,
            "current": self._left_at if current is None else current.clip.id,
            "selected": " ".join(str(one) for one in selected[:MOST_REMEMBERED]),
            **self.table.kept(),
            "view": self._view.value,
            "stacks": int(self.shown.stacked),
            "grouping": self._grouping,
            "sort": self.shown.columns[column].key,
            "descending": int(order is Qt.SortOrder.DescendingOrder),
            "filter": self.shown.clip_filter.to_text(),
            "in_sight": self.last_seen.text(),
        }

    def restore(self, state: StateFile) -> None:
        """Show the library as it was left."""
        keys = [column.key for column in self.shown.columns]
        self.table.restore(state)
        sort = state.text("sort")
        column = keys.index(sort) if sort in keys else COLUMN_AT["name"]
        self.sort_by(column, descending=state.number("descending", 0) > 0)
        self.group_by(state.text("grouping"))
        self.set_filter(ClipFilter.from_text(state.text("filter")))
        self.shown.set_stacked(stacked=state.number("stacks", 0) > 0)
        if state.text("library") == self.last_seen.library:  # another one's numbers mean others
            self._left_at = ClipId(state.number("current", 0))
            numbers = filter(str.isdecimal, state.text("selected").split())
            self._left_selected = tuple(ClipId(int(one)) for one in numbers)
        self.last_seen.restore(state.text("in_sight"), self._left_at)
        self.show_view(View.TABLE if state.text("view") == View.TABLE else View.GRID)

    # Wiring

    def _set_up_views(self) -> None:
        self.grid.setItemDelegate(self._card_delegate)
        self.grid.setAccessibleName(self.tr("Clips as cards"))
        self.table.setItemDelegate(self._cell_delegate)
        self.table.setAccessibleName(self.tr("Clips as a table"))
        for view in (self.grid, self.table):
            own = view.selectionModel()
            view.setSelectionModel(self.selection)
            own.deleteLater()
            view.activated.connect(lambda index: self.activated.emit(row_of(index)))
            view.settled.connect(self._tell_in_sight)
            view.stack_clicked.connect(lambda clip_id: self.toggle_stacks((clip_id,)))
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        column, order = self.shown.sorted_by
        self.table.show_sorting(column, order)

    def _connect(self) -> None:
        self.bar.changed.connect(self.set_filter)
        self._none_shown.all_wanted.connect(lambda: self.set_filter(EVERYTHING))
        self.empty_page.add_wanted.connect(self.add_wanted)
        self.table.sort_wanted.connect(self.sort_by)
        self.grid.hovered.connect(self._on_hovered)
        self.selection.currentChanged.connect(self._on_current_changed)
        self.shown.layoutAboutToBeChanged.connect(self._remember_place)
        self.shown.layoutChanged.connect(self._show_page)
        self.shown.shown_changed.connect(self._stay_near)
        self._session.pictures.arrived.connect(self._on_picture)
        self._session.taste_changed.connect(self.show_for_you)
        self._session.seen.connect(self._on_seen)
        self._session.loaded.connect(self._on_loaded)
        self._session.model.rowsRemoved.connect(self._show_page)  # the last ones, perhaps

    def _on_seen(self, cards: VisibleCards, rows: Sequence[ClipRow]) -> None:
        self.last_seen.show(cards, rows, self._left_at, self._left_selected)
        self._show_page()

    def _on_loaded(self) -> None:
        with self.last_seen.kept():
            self._show_page()
            self.first_row()

    def _on_current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.current_changed.emit(row_of(index) if index.isValid() else None)
        if index.isValid():
            self.view.scrollTo(index)

    def _on_hovered(self, place: int, across: float) -> None:
        if not self._has(place):
            self._card_delegate.hover(None, 0.0)
            return
        clip = self.shown.row_at(place).clip
        self._card_delegate.hover(clip.id, across)
        if self._session.pictures.get(clip, Kind.STRIP) is None:
            self._session.pictures.request((clip,), Kind.STRIP)

    def _on_picture(self, clip_id: ClipId) -> None:
        index = self.shown.index_of(clip_id, COLUMN_AT["name"])
        if index.isValid():
            self.view.viewport().update(self.view.visualRect(index))
        elif self.view.shows_first:
            self.view.viewport().update()

    def _tell_in_sight(self) -> None:
        rows = self.rows_in_sight()
        self._session.pictures.request([row.clip for row in rows if row.error is None])
        self.in_sight.emit(rows)

    def _show_page(self) -> None:
        loaded = self._session.is_loaded
        has_clips = self._session.model.rowCount() > 0 or self.last_seen.begins
        if self.shown.rowCount() or not loaded:
            page: QWidget = self.view  # not the empty page, for half a second before the clips
        elif has_clips:
            page = self._none_shown
        else:
            page = self.empty_page
        self.bar.setVisible(has_clips)
        if loaded or has_clips:
            self.bare_changed.emit(not has_clips)
        if page is self._stack.currentWidget():
            return
        if page is self.view:  # the first clips have come
            self.first_row()  # a view that gets the keyboard would take the first of all
        self._stack.setCurrentWidget(page)
        if (current := self.selection.currentIndex()).isValid():
            self.view.scrollTo(current)  # it has its size now

    def _repaint(self) -> None:
        self.grid.viewport().update()
        self.table.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Qt override: another theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.cards.theme = theme_of(self.palette())
            self._repaint()

    def _has(self, place: int) -> bool:
        return 0 <= place < self.shown.rowCount()
