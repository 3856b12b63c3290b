"""What the library shows: the rows of the model filtered, sorted, stacked and grouped.

Knows rows, columns and filters; paints nothing, reads no file. GUI thread only.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)

from footage_sorter.domain.clip import ClipId
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.stacks import Stack
from footage_sorter.ui.look.translate import tr_word
from footage_sorter.ui.session.clip_filter import ClipFilter
from footage_sorter.ui.session.clip_model import NOWHERE, ClipModel, Index, Role
from footage_sorter.ui.session.columns import COLUMN_AT, Column
from footage_sorter.ui.session.grouping import Grouping
from footage_sorter.ui.session.ordering import Ordering
from footage_sorter.ui.session.stacking import (
    NO_RANKS,
    Arranged,
    Place,
    Ranks,
    Stacking,
    without_stacks,
)

WITH_HINT = ("QList<QPersistentModelIndex>", "QAbstractItemModel::LayoutChangeHint")
ROWS_MOVE = QAbstractItemModel.LayoutChangeHint.VerticalSortHint
"""With this hint a selection follows its rows, not each of their cells: half a second for 2,000
clips that do not lie together."""

HIDDEN = -1
"""In place of the place of a row that is not shown."""


class ShownModel(QAbstractTableModel):
    """The rows that pass the filter, in the order asked for.

    No proxy of Qt's, which would call back into Python for each comparison, or each parent: what
    decides is kept for each row (`Ordering`, `Stacking`, `Grouping`) and sorted as arrays. Every
    change of what is shown, or of its order, is one `layoutChanged`; a row whose place stays the
    same is one `dataChanged`.

    A closed stack of similar takes is one row here, and its other takes count as shown: they pass
    the filter, and an export writes them.

    Signals:
        shown_changed: The set of shown rows, their order or their groups are others.
    """

    shown_changed = Signal()

    def __init__(self, source: ClipModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._column = COLUMN_AT["name"]
        self._descending = False
        self._ordering = Ordering()
        self._stacking = Stacking()
        self._grouping: Grouping | None = None
        self._groups: list[tuple[str, int]] = []  # title and number of rows, in the order shown
        self._hand: Callable[[], Iterable[int]] = tuple
        self._arranged = without_stacks(self._ordering.order())
        self._shown: list[int] = []  # source rows in the order shown
        self._before: list[int] = []  # the same before the last change
        self._place: list[int] = []  # from source row to shown row, or HIDDEN
        source.dataChanged.connect(self._on_data_changed)
        source.rowsInserted.connect(self._on_rows_changed)
        source.rowsAboutToBeRemoved.connect(self._on_rows_going)
        source.layoutChanged.connect(self._on_rows_moved)
        source.modelReset.connect(self._on_rows_changed)
        source.columnsAboutToBeRemoved.connect(self._on_columns_going)
        source.columnsRemoved.connect(lambda *_: self.endRemoveColumns())
        source.columnsAboutToBeInserted.connect(
            lambda _parent, first, last: self.beginInsertColumns(NOWHERE, first, last)
        )
        source.columnsInserted.connect(lambda *_: self.endInsertColumns())
        self._on_rows_changed()

    @property
    def source(self) -> ClipModel:
        """All rows of the library."""
        return self._source

    # What is shown

    @property
    def columns(self) -> Sequence[Column]:
        """The columns, those of classifiers last."""
        return self._source.columns

    @property
    def clip_filter(self) -> ClipFilter:
        """The filter at work."""
        return self._ordering.wanted

    def set_filter(self, clip_filter: ClipFilter) -> None:
        """Show what `clip_filter` accepts."""
        if clip_filter != self.clip_filter:
            self._ordering.set_filter(clip_filter)
            self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Qt override: sort by a column; -1 sorts by name."""
        self._column = column if column >= 0 else COLUMN_AT["name"]
        self._descending = order is Qt.SortOrder.DescendingOrder
        by_name = self._column == COLUMN_AT["name"]
        key_of = None if by_name else self.columns[self._column].sort_key
        self._ordering.sort(key_of, descending=self._descending)
        self._arrange()

    def set_grouping(self, group_of: Callable[[ClipRow], str] | None) -> None:
        """Show rows of the same group together, the groups by title; None: no groups."""
        self._grouping = None if group_of is None else Grouping(group_of, self._source.rows())
        self._arrange()
        self.shown_changed.emit()  # also where the order happens to be the same

    @property
    def is_grouped(self) -> bool:
        """Whether rows of the same group lie together."""
        return self._grouping is not None

    def groups(self) -> list[tuple[str, int]]:
        """Title and number of rows of each group, in the order shown; one, "", without groups."""
        return self._groups

    # Stacks

    @property
    def stacked(self) -> bool:
        """Whether similar takes lie on stacks."""
        return self._stacking.enabled

    def set_stacked(self, *, stacked: bool) -> None:
        """Stack similar takes, or show each by itself."""
        self._stacking.enabled = stacked
        self._arrange()

    def set_hand(self, places: Callable[[], Iterable[int]]) -> None:
        """Ask for the shown rows that a person's hand is on: a closed stack shows one of those."""
        self._hand = places

    def set_stacks(self, stacks: Iterable[Stack], ranks: Ranks = NO_RANKS) -> None:
        """Take other stacks, and ranks of their takes; those that are open stay open."""
        self._stacking.set_stacks(stacks, ranks)
        self._arrange()

    def takes_of(self, clip_id: ClipId) -> tuple[ClipId, ...]:
        """The takes on a clip's stack that pass the filter, the best first; () for none."""
        stack = self._stacking.stack_of(clip_id)
        takes = [(place, one) for one in stack if (place := self.place_of(one)) is not None]
        takes.sort(key=lambda take: (not take[0].best, take[0].number))
        return tuple(one for _, one in takes)

    def place_of(self, clip_id: ClipId) -> Place | None:
        """Where a clip stands in its stack; None where it is on none."""
        at = self._at(clip_id)
        return None if at is None else self._arranged.place(at)

    def set_open(self, clip_ids: Iterable[ClipId], *, is_open: bool) -> None:
        """Open or close the stacks of some clips."""
        for clip_id in clip_ids:
            self._stacking.set_open(self._stacking.stack_of(clip_id), is_open=is_open)
        self._arrange()

    @property
    def n_stacks(self) -> int:
        """How many stacks the library has, shown as such or not."""
        return self._stacking.n_stacks

    # The order

    @property
    def sorted_by(self) -> tuple[int, Qt.SortOrder]:
        """The column and the direction."""
        order = Qt.SortOrder.DescendingOrder if self._descending else Qt.SortOrder.AscendingOrder
        return self._column, order

    def shown_rows(self) -> list[ClipRow]:
        """What is shown, in its order, the takes on closed stacks too: what an export writes."""
        rows = self._source.rows()
        return [rows[at] for at in self._arranged.order]

    def visible_ids(self) -> list[ClipId]:
        """What lies before a person's eyes, in its order: closed stacks show their faces."""
        rows = self._source.rows()
        return [rows[at].clip.id for at in self._shown]

    def row_at(self, place: int) -> ClipRow:
        """The row shown at `place`."""
        return self._source.rows()[self._shown[place]]

    def rows_at(self, places: Iterable[int]) -> list[ClipRow]:
        """The rows shown at `places`."""
        rows, shown = self._source.rows(), self._shown
        return [rows[shown[place]] for place in places]

    def index_of(self, clip_id: ClipId, column: int = 0) -> QModelIndex:
        """Where a clip is shown; invalid where it is not."""
        place = self.row_place(clip_id)
        return NOWHERE if place is None else self.index(place, column)

    def row_place(self, clip_id: ClipId) -> int | None:
        """The number of the row at which a clip is shown; None where it is not."""
        at = self._at(clip_id)
        return None if at is None or (place := self._place[at]) == HIDDEN else place

    def is_shown(self, clip_id: ClipId) -> bool:
        """Whether a clip passes the filter, be it inside a closed stack."""
        return self.place_of(clip_id) is not None or self.row_place(clip_id) is not None

    def heir_of(self, place: int) -> QModelIndex:
        """Where to go on from `place` of the order before the last change, when that has vanished.

        The first clip from there on that is still shown, else the nearest before; invalid where
        nothing of it is.
        """
        for at in (*self._before[place:], *reversed(self._before[:place])):
            if at < len(self._place) and self._place[at] != HIDDEN:
                return self.index(self._place[at], 0)
        return NOWHERE

    @property
    def n_hidden(self) -> int:
        """How many rows the filter hides."""
        return self._source.rowCount() - len(self._arranged.order)

    # Keeping it so

    def _on_rows_going(self, _parent: QModelIndex, first: int, _last: int) -> None:
        """Let go of the last rows before the source takes them out; the order stays."""
        self._follow(self._source.rows()[:first])
        self._arrange()

    def _on_rows_moved(self) -> None:
        """The source has another order: number its rows anew, what is shown is the same."""
        before = self._follow(self._source.rows())
        self._arranged = self._arranged.moved(before)
        self._shown = self._arranged.shown.tolist()
        self._place = self._places()

    def _on_rows_changed(self) -> None:
        self._follow(self._source.rows())
        self._arrange()

    def _at(self, clip_id: ClipId) -> int | None:
        """A clip's place in the source; None for one that is just coming or going."""
        at = self._source.position(clip_id)
        return at if at is not None and at < len(self._place) else None

    def _follow(self, rows: Sequence[ClipRow]) -> list[int]:
        """Take other rows, or the same in other places; where each lay before."""
        before = self._ordering.follow(rows)
        self._stacking.follow(self._ordering.rows)
        if self._grouping is not None:
            self._grouping.follow(rows, before)
        return before

    def _on_columns_going(self, _parent: QModelIndex, first: int, last: int) -> None:
        """A column that goes cannot be sorted by."""
        if first <= self._column <= last:
            self.sort(COLUMN_AT["name"])
        self.beginRemoveColumns(NOWHERE, first, last)

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        """Some rows are other ones: arrange them anew where that may matter, and tell them."""
        before, rows = self._ordering.order(), self._source.rows()
        changed = self._ordering.change(rows, first.row(), last.row())
        stacks_differ = self._stacking.change(changed)
        groups_differ = self._grouping is not None and self._grouping.change(rows, changed)
        if stacks_differ or groups_differ or self._ordering.order() is not before:
            self._arrange()
        places = [place for at in changed if (place := self._place[at]) != HIDDEN]
        if places:
            self.dataChanged.emit(
                self.index(min(places), 0), self.index(max(places), len(self._source.columns) - 1)
            )

    def _arrange(self) -> None:
        """Stack and group the rows in their order; tell only what came out differently."""
        held = {self._shown[place] for place in self._hand()} if self.stacked else ()
        arranged = self._stacking.arrange(self._ordering.order(), held)
        n_shown = len(arranged.order) - int(arranged.folded.sum())
        self._groups = [("", n_shown)] if n_shown else []
        if self._grouping is not None:
            arranged, self._groups = self._grouping.grouped(arranged, self._source.rows())
        self._show(arranged)

    def _show(self, arranged: Arranged) -> None:
        before, self._arranged = self._arranged, arranged
        shown: list[int] = arranged.shown.tolist()
        if shown == self._shown:
            self._place = self._places()  # there may be more rows, or fewer
            self._tell_places(before)
            return
        self.layoutAboutToBeChanged[WITH_HINT].emit([], ROWS_MOVE)  # type: ignore[index]  # stub
        self._before = old_shown = self._shown
        self._shown = shown
        self._place = self._places()
        indexes = self.persistentIndexList()
        self.changePersistentIndexList(
            indexes, [self._moved(index, old_shown) for index in indexes]
        )
        self.layoutChanged[WITH_HINT].emit([], ROWS_MOVE)  # type: ignore[index]  # stub
        self.shown_changed.emit()

    def _places(self) -> list[int]:
        """By row of the source: where it is shown, or `HIDDEN`."""
        places = np.full(len(self._ordering.rows), HIDDEN)
        places[self._shown] = np.arange(len(self._shown))
        found: list[int] = places.tolist()
        return found

    def _tell_places(self, before: Arranged) -> None:
        """The same rows are shown, but a stack below one of them has grown or has a new best."""
        if self._shown and not self._arranged.says_the_same(before):
            last = self.index(len(self._shown) - 1, len(self._source.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _moved(self, index: QModelIndex, old_shown: Sequence[int]) -> QModelIndex:
        at = old_shown[index.row()]
        place = self._place[at] if at < len(self._place) else HIDDEN
        return NOWHERE if place == HIDDEN else self.index(place, index.column())

    # Qt's side

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        """Qt override."""
        inside = 0 <= row < len(self._shown) and 0 <= column < len(self._source.columns)
        return self.createIndex(row, column) if inside and not parent.isValid() else NOWHERE

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt override."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Qt override."""
        return 0 if parent.isValid() else len(self._source.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt override."""
        found = self._source.data(self._in_source(index), role)
        place = self.place_of(self.row_at(index.row()).clip.id) if index.isValid() else None
        match role:
            case Role.PLACE:
                return place
            case Qt.ItemDataRole.ToolTipRole if place is not None and not found:
                return place_text(place)
            case Qt.ItemDataRole.AccessibleTextRole if place is not None and not index.column():
                return f"{found}, {place_text(place)}"
        return found

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Qt override."""
        return self._source.headerData(section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt override."""
        return self._source.flags(self._in_source(index))

    def _in_source(self, index: Index) -> QModelIndex:
        if not index.isValid() or index.row() >= len(self._shown):
            return NOWHERE
        return self._source.index(self._shown[index.row()], index.column())


def place_text(place: Place) -> str:
    """What a card's place in its stack is, in words."""
    if place.is_open:
        text = tr_word("Take {number} of {count} similar ones")
    else:
        text = tr_word("One of {count} similar takes; the others lie below")
    said = text.format(number=place.number, count=place.count)
    return f"{said}. {tr_word('The best of them.')}" if place.best else said
