"""The library as Qt sees it: one model of rows, in the order they came.

Knows rows and columns; paints nothing, reads no file. GUI thread only.
"""

from collections.abc import Collection, Iterable, Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from footage_sorter.domain.clip import ClipId
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.tags import Classifier
from footage_sorter.ui.look.translate import tr_word
from footage_sorter.ui.session.columns import (
    COLUMNS,
    NAME,
    Column,
    problem_text,
    said,
    spoken,
    tag_column,
)

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()

Pair = tuple[ClipRow, ClipRow]
"""A row as it was, and as it is now."""

_READ_ONLY = (
    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
)


class Role(IntEnum):
    """What a view may ask for beyond Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole  # the ClipRow itself
    PLACE = Qt.ItemDataRole.UserRole + 1  # its Place in a stack, of the shown model
    COLUMN = Qt.ItemDataRole.UserRole + 2  # the Column of the cell


class ClipModel(QAbstractTableModel):
    """All rows of the library, in the order they came."""

    def __init__(
        self, classifiers: Iterable[Classifier] = (), parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = (*COLUMNS, *map(tag_column, classifiers))
        self._rows: list[ClipRow] = []
        self._row_of: dict[ClipId, int] = {}

    @property
    def columns(self) -> Sequence[Column]:
        """`COLUMNS`, then one for each installed classifier."""
        return self._columns

    def set_classifiers(self, classifiers: Iterable[Classifier]) -> None:
        """Have a column for each of `classifiers`, in place of those before."""
        first, wanted = len(COLUMNS), tuple(map(tag_column, classifiers))
        if len(self._columns) > first:
            self.beginRemoveColumns(NOWHERE, first, len(self._columns) - 1)
            self._columns = COLUMNS
            self.endRemoveColumns()
        if wanted:
            self.beginInsertColumns(NOWHERE, first, first + len(wanted) - 1)
            self._columns = (*COLUMNS, *wanted)
            self.endInsertColumns()

    def rows(self) -> Sequence[ClipRow]:
        """All rows; not to be changed."""
        return self._rows

    def row(self, clip_id: ClipId) -> ClipRow | None:
        """The row of one clip; None where the library has none."""
        at = self._row_of.get(clip_id)
        return None if at is None else self._rows[at]

    def rows_of(self, ids: Iterable[ClipId]) -> list[ClipRow]:
        """The rows of those of some clips that are in the library."""
        rows, row_of = self._rows, self._row_of
        return [rows[row_of[one]] for one in ids if one in row_of]

    def position(self, clip_id: ClipId) -> int | None:
        """Where a clip's row lies in this model."""
        return self._row_of.get(clip_id)

    def put(self, row: ClipRow) -> None:
        """Add `row`, or replace the one of the same clip, with the least signal."""
        self.put_all((row,))

    def put_all(self, rows: Iterable[ClipRow]) -> None:
        """Add or replace many rows: at most one insertion and one change are signalled."""
        fresh: dict[ClipId, ClipRow] = {}
        changed: list[int] = []
        for row in rows:
            at = self._row_of.get(row.clip.id)
            if at is None:
                fresh[row.clip.id] = row
            elif _differ(self._rows[at], row):
                self._rows[at] = row
                changed.append(at)
        self._tell(changed)
        if fresh:
            first = len(self._rows)
            self.beginInsertRows(NOWHERE, first, first + len(fresh) - 1)
            self._rows.extend(fresh.values())
            self._row_of.update((clip_id, first + at) for at, clip_id in enumerate(fresh))
            self.endInsertRows()

    def replace(self, pairs: Iterable[Pair]) -> list[Pair]:
        """Put many rows in place of what they were made of; those that are others by now."""
        late: list[Pair] = []
        changed: list[int] = []
        for pair in pairs:
            was, now = pair
            at = self._row_of.get(was.clip.id)
            if at is not None and self._rows[at] is was:
                self._rows[at] = now
                changed.append(at)
            elif at is not None:
                late.append(pair)
        self._tell(changed)
        return late

    def _tell(self, changed: Sequence[int]) -> None:
        if changed:
            last = len(self._columns) - 1
            self.dataChanged.emit(self.index(min(changed), 0), self.index(max(changed), last))

    def remove(self, ids: Iterable[ClipId]) -> None:
        """Take rows out: of clips that turned out to be others, or left the library.

        They go to the end first, so that one removal of the last rows is signalled, however many.
        """
        going = {at for clip_id in ids if (at := self._row_of.get(clip_id)) is not None}
        if not going:
            return
        first = len(self._rows) - len(going)
        if min(going) < first:
            self._to_the_end(going)
        self.beginRemoveRows(NOWHERE, first, len(self._rows) - 1)
        for row in self._rows[first:]:
            del self._row_of[row.clip.id]
        del self._rows[first:]
        self.endRemoveRows()

    def _to_the_end(self, going: Collection[int]) -> None:
        """Bring rows behind all others, both in the order they had."""
        self.layoutAboutToBeChanged.emit()
        order = sorted(range(len(self._rows)), key=lambda at: at in going)
        self._rows[:] = [self._rows[at] for at in order]
        self._row_of = {row.clip.id: at for at, row in enumerate(self._rows)}
        moved = {old: new for new, old in enumerate(order)}
        before = self.persistentIndexList()
        after = [self.index(moved[index.row()], index.column()) for index in before]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt override."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Qt override."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt override."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        answer: object = None
        match role:
            case Role.ROW:
                answer = row
            case Role.COLUMN:
                answer = column
            case Qt.ItemDataRole.DisplayRole:
                answer = column.text(row)
            case Qt.ItemDataRole.TextAlignmentRole:
                answer = _alignment(column)
            case Qt.ItemDataRole.ToolTipRole:
                answer = problem_text(row) or None
            case Qt.ItemDataRole.AccessibleTextRole:
                answer = spoken(row) if column is NAME else said(column, row)
        return answer

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Qt override."""
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(self._columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return tr_word(self._columns[section].title)
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(self._columns[section])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt override."""
        return _READ_ONLY if index.isValid() else Qt.ItemFlag.NoItemFlags


def _differ(one: ClipRow, other: ClipRow) -> bool:
    """Whether anything is another; the limits too, which two equal ratings may be made by."""
    return one is not other and (one != other or one.limits != other.limits)


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def row_of(index: Index) -> ClipRow:
    """The row behind a valid index of either model."""
    row = index.data(Role.ROW)
    assert isinstance(row, ClipRow)
    return row


def column_of(index: Index) -> Column:
    """The column of a valid index of either model."""
    column = index.data(Role.COLUMN)
    assert isinstance(column, Column)
    return column


def places_in(selection: QItemSelection) -> list[int]:
    """The rows of a selection of whole rows, each once, ascending.

    `QItemSelectionModel.selectedRows` would ask the model for each cell of them: a second for
    10,000 clips.
    """
    found: set[int] = set()
    for one in map(selection.at, range(selection.size())):
        found.update(range(max(0, one.top()), one.bottom() + 1))  # -1 for what has gone
    return sorted(found)


def hand_of(selection: QItemSelectionModel) -> set[int]:
    """The rows that a person's hand is on: the selected ones and the current one."""
    current = selection.currentIndex().row()
    return {*places_in(selection.selection()), *((current,) if current >= 0 else ())}
