"""What the library shows: the rows of the model filtered, sorted, stacked and grouped.

Knows rows, columns and filters; paints nothing, reads no file. GUI thread only.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import QAbstractProxyModel, QModelIndex, QObject, Qt, Signal

from footage_sorter.domain.clip import ClipId
from footage_sorter.domain.order import natural_key
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.stacks import Stack
from footage_sorter.ui.look.translate import tr_word
from footage_sorter.ui.session.clip_filter import EVERYTHING, ClipFilter
from footage_sorter.ui.session.clip_model import NOWHERE, ClipModel, Index, Role
from footage_sorter.ui.session.columns import COLUMN_AT, NAME, Column, SortKey
from footage_sorter.ui.session.stacking import Arranged, Place, Stacking


class ShownModel(QAbstractProxyModel):
    """The rows that pass the filter, in the order asked for.

    Instead of QSortFilterProxyModel, which would call back into Python for each comparison: here
    10,000 rows are filtered by one pass and sorted by keys, in a few milliseconds. Every change
    of what is shown, or of its order, is one `layoutChanged`; a row whose place stays the same is
    one `dataChanged`.

    A closed stack of similar takes is one row here, and its other takes count as shown: they pass
    the filter, and an export writes them.

    Signals:
        shown_changed: The set of shown rows, their order or their groups are others.
    """

    shown_changed = Signal()

    def __init__(self, source: ClipModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._filter = EVERYTHING
        self._column = COLUMN_AT["name"]
        self._descending = False
        self._shown: list[int] = []  # source rows in the order shown
        self._before: list[int] = []  # the same before the last change
        self._place: dict[int, int] = {}  # from source row to shown row
        self._group_of: Callable[[ClipRow], str] | None = None
        self._groups: list[tuple[str, int]] = []  # title and number of rows, in the order shown
        self._by_name: list[int] = []  # all source rows by name: the order among equals
        self._sorted: list[int] = []  # source rows that pass the filter, sorted; not yet stacked
        self._moving: list[ClipId] = []  # the source's order before it was another
        self._stacking = Stacking()
        self._hand: Callable[[], Iterable[int]] = tuple
        self._arranged = Arranged([], frozenset(), {})
        self.setSourceModel(source)
        source.dataChanged.connect(self._on_data_changed)
        source.rowsInserted.connect(self._on_rows_changed)
        source.rowsAboutToBeRemoved.connect(self._on_rows_going)
        source.layoutAboutToBeChanged.connect(self._on_rows_moving)
        source.layoutChanged.connect(self._on_rows_moved)
        source.modelReset.connect(self._on_rows_changed)
        source.columnsAboutToBeRemoved.connect(self._on_columns_going)
        source.columnsRemoved.connect(lambda *_: self.endRemoveColumns())
        source.columnsAboutToBeInserted.connect(
            lambda _parent, first, last: self.beginInsertColumns(NOWHERE, first, last)
        )
        source.columnsInserted.connect(lambda *_: self.endInsertColumns())
        self._on_rows_changed()

    # What is shown

    @property
    def columns(self) -> Sequence[Column]:
        """The columns, those of classifiers last."""
        return self._source.columns

    @property
    def clip_filter(self) -> ClipFilter:
        """The filter at work."""
        return self._filter

    def set_filter(self, clip_filter: ClipFilter) -> None:
        """Show what `clip_filter` accepts."""
        if clip_filter != self._filter:
            self._filter = clip_filter
            self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Qt override: sort by a column; -1 sorts by name."""
        self._column = column if column >= 0 else COLUMN_AT["name"]
        self._descending = order is Qt.SortOrder.DescendingOrder
        self._arrange()

    def set_grouping(self, group_of: Callable[[ClipRow], str] | None) -> None:
        """Show rows of the same group together, the groups by title; None: no groups."""
        self._group_of = group_of
        self._stack_up()
        self.shown_changed.emit()  # also where the order happens to be the same

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
        self._stack_up()

    def set_hand(self, places: Callable[[], Iterable[int]]) -> None:
        """Ask for the shown rows that a person's hand is on: a closed stack shows one of those."""
        self._hand = places

    def set_stacks(self, stacks: Iterable[Stack]) -> None:
        """Take other stacks; those that are open stay open."""
        self._stacking.set_stacks(stacks)
        self._stack_up()

    def takes_of(self, clip_id: ClipId) -> tuple[ClipId, ...]:
        """The takes on a clip's stack that pass the filter, the best first; () for none."""
        if clip_id not in self._arranged.places:
            return ()
        stack, rows = self._stacking.stack_of(clip_id), self._source.rows()
        takes = [rows[at].clip.id for at in self._arranged.order if rows[at].clip.id in stack]
        return tuple(sorted(takes, key=lambda one: not self._arranged.places[one].best))

    def place_of(self, clip_id: ClipId) -> Place | None:
        """Where a clip stands in its stack; None where it is on none."""
        return self._arranged.places.get(clip_id)

    def set_open(self, clip_ids: Iterable[ClipId], *, is_open: bool) -> None:
        """Open or close the stacks of some clips."""
        for clip_id in clip_ids:
            self._stacking.set_open(self._stacking.stack_of(clip_id), is_open=is_open)
        self._stack_up()

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

    def index_of(self, clip_id: ClipId, column: int = 0) -> QModelIndex:
        """Where a clip is shown; invalid where it is not."""
        place = self.row_place(clip_id)
        return NOWHERE if place is None else self.index(place, column)

    def row_place(self, clip_id: ClipId) -> int | None:
        """The number of the row at which a clip is shown; None where it is not."""
        at = self._source.position(clip_id)
        return None if at is None else self._place.get(at)

    def is_shown(self, clip_id: ClipId) -> bool:
        """Whether a clip passes the filter, be it inside a closed stack."""
        return clip_id in self._arranged.places or self.row_place(clip_id) is not None

    def heir_of(self, place: int) -> QModelIndex:
        """Where to go on from `place` of the order before the last change, when that has vanished.

        The first clip from there on that is still shown, else the nearest before; invalid where
        nothing of it is.
        """
        for at in (*self._before[place:], *reversed(self._before[:place])):
            if at in self._place:
                return self.index(self._place[at], 0)
        return NOWHERE

    @property
    def n_hidden(self) -> int:
        """How many rows the filter hides."""
        return self._source.rowCount() - len(self._arranged.order)

    # Keeping it so

    def _on_rows_going(self, _parent: QModelIndex, first: int, _last: int) -> None:
        """Let go of the last rows before the source takes them out; the order stays."""
        self._by_name = [at for at in self._by_name if at < first]
        self._sorted = [at for at in self._sorted if at < first]
        self._stack_up()

    def _on_rows_moving(self) -> None:
        self._moving = [row.clip.id for row in self._source.rows()]

    def _on_rows_moved(self) -> None:
        """The source has another order: number its rows anew, what is shown is the same."""
        position = self._source.position

        def now(before: Iterable[int]) -> list[int]:
            return [at for old in before if (at := position(self._moving[old])) is not None]

        self._by_name, self._sorted = now(self._by_name), now(self._sorted)
        self._shown = now(self._shown)
        self._place = {at: place for place, at in enumerate(self._shown)}
        was = self._arranged
        self._arranged = Arranged(now(was.order), frozenset(now(was.folded)), was.places)

    def _on_columns_going(self, _parent: QModelIndex, first: int, last: int) -> None:
        """A column that goes cannot be sorted by."""
        if first <= self._column <= last:
            self.sort(COLUMN_AT["name"])
        self.beginRemoveColumns(NOWHERE, first, last)

    def _on_rows_changed(self) -> None:
        rows = self._source.rows()
        keys = [NAME.sort_key(row) for row in rows]
        paths = [row.clip.path for row in rows]
        self._by_name = sorted(
            range(len(rows)), key=lambda at: (keys[at], paths[at], rows[at].clip.id)
        )
        self._arrange()

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self._arrange()
        places = [self._place[at] for at in range(first.row(), last.row() + 1) if at in self._place]
        if places:
            self.dataChanged.emit(
                self.index(min(places), 0), self.index(max(places), len(self._source.columns) - 1)
            )

    def _arrange(self) -> None:
        """Filter and sort everything anew; tell only what came out differently."""
        self._sorted = self._in_order()
        self._stack_up()

    def _in_order(self) -> list[int]:
        """The rows that pass the filter, sorted."""
        rows = self._source.rows()
        key_of = self._source.columns[self._column].sort_key
        accepted: Iterable[int] = self._by_name
        if self._filter != EVERYTHING:
            accepts = self._filter.accepts
            accepted = [at for at in self._by_name if accepts(rows[at])]
        if self._column == COLUMN_AT["name"] and not self._descending:
            return list(accepted)
        known: list[tuple[SortKey, int]] = []
        unknown: list[int] = []  # always last: no rating is neither the best nor the worst
        for at in accepted:
            key = key_of(rows[at])
            if key is None:
                unknown.append(at)
            else:
                known.append((key, at))
        # sort is stable, also in reverse: among equals the order by name stays
        known.sort(key=lambda pair: pair[0], reverse=self._descending)
        return [at for _, at in known] + unknown

    def _stack_up(self) -> None:
        """Stack and group the rows in their order; tell only what came out differently."""
        held = {self._shown[place] for place in self._hand()}
        arranged = self._stacking.arrange(self._sorted, self._source.rows(), held)
        self._show(self._grouped(arranged))

    def _grouped(self, arranged: Arranged) -> Arranged:
        """Sort by group; the takes of a stack are of the group of its face."""
        order = arranged.order
        if self._group_of is None:
            n_shown = len(order) - len(arranged.folded)
            self._groups = [("", n_shown)] if n_shown else []
            return arranged
        rows = self._source.rows()
        titles: dict[int, str] = {}
        title = ""
        for at in order:
            place = arranged.places.get(rows[at].clip.id)
            if place is None or place.number == 1:
                title = self._group_of(rows[at])
            titles[at] = title
        order.sort(key=lambda at: natural_key(titles[at]))
        visible = (at for at in order if at not in arranged.folded)
        self._groups = [
            (title, sum(1 for _ in run)) for title, run in groupby(visible, key=titles.__getitem__)
        ]
        return arranged

    def _show(self, arranged: Arranged) -> None:
        before_places, self._arranged = self._arranged.places, arranged
        shown = [at for at in arranged.order if at not in arranged.folded]
        if shown == self._shown:
            self._tell_places(before_places)
            return
        self.layoutAboutToBeChanged.emit()
        self._before = old_shown = self._shown
        self._shown = shown
        self._place = {at: place for place, at in enumerate(shown)}
        before = self.persistentIndexList()
        after = [self._moved(index, old_shown) for index in before]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()
        self.shown_changed.emit()

    def _tell_places(self, before: Mapping[ClipId, Place]) -> None:
        """The same rows are shown, but a stack below one of them has grown or has a new best."""
        after = self._arranged.places
        if after != before and self._shown:
            last = self.index(len(self._shown) - 1, len(self._source.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _moved(self, index: QModelIndex, old_shown: Sequence[int]) -> QModelIndex:
        place = self._place.get(old_shown[index.row()])
        return NOWHERE if place is None else self.index(place, index.column())

    # Qt's side of a proxy

    def mapToSource(self, index: Index) -> QModelIndex:
        """Qt override."""
        if not index.isValid() or index.row() >= len(self._shown):
            return NOWHERE
        return self._source.index(self._shown[index.row()], index.column())

    def mapFromSource(self, index: Index) -> QModelIndex:
        """Qt override."""
        place = self._place.get(index.row()) if index.isValid() else None
        return NOWHERE if place is None else self.index(place, index.column())

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        """Qt override."""
        inside = 0 <= row < len(self._shown) and 0 <= column < len(self._source.columns)
        return self.createIndex(row, column) if inside and not parent.isValid() else NOWHERE

    def parent(self, _index: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]  # QObject.parent() has no argument
        """Qt override."""
        return NOWHERE

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt override."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Qt override."""
        return 0 if parent.isValid() else len(self._source.columns)

    def hasChildren(self, parent: Index = NOWHERE) -> bool:
        """Qt override."""
        return not parent.isValid() and bool(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt override."""
        found = self._source.data(self.mapToSource(index), role)
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
        return self._source.flags(self.mapToSource(index))

    def sibling(self, row: int, column: int, _index: Index) -> QModelIndex:
        """Qt override."""
        return self.index(row, column)


def place_text(place: Place) -> str:
    """What a card's place in its stack is, in words."""
    if place.is_open:
        text = tr_word("Take {number} of {count} similar ones")
    else:
        text = tr_word("One of {count} similar takes; the others lie below")
    said = text.format(number=place.number, count=place.count)
    return f"{said}. {tr_word('The best of them.')}" if place.best else said
