"""Counting what limits would flag: lays the tracks out on a pool thread, since that takes long."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from footage_sorter.domain.clip import ClipId
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.rating import TrackTable
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.tracks import ROW_OF
from footage_sorter.ui.session.columns import name_of

log = logging.getLogger(__name__)

COUNT_SOON_MS = 400
"""Rows that change while clips are analysed are counted anew at most this often."""

Chosen = Callable[[ClipRow], bool]
"""Tells which rows the limits in question hold for."""

Flagged = NDArray[np.bool_]
"""Which clips are flagged, shape (number of flags, number of rows)."""


class Counter(QObject):
    """Knows which clips some limits flag, a few milliseconds after they were asked.

    Signals:
        counted: There are numbers now, or newer ones.
    """

    counted = Signal()
    _made = Signal(object, object)

    def __init__(self, rows: Callable[[], Sequence[ClipRow]], parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows
        self._chosen: Chosen = lambda _row: True
        self._measured: list[ClipRow] = []
        self._table: TrackTable | None = None
        self._flagged: tuple[Limits, Flagged] | None = None  # by the limits in force
        self._fresh = False
        self._working = False
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._made.connect(self._on_made)
        self._soon = QTimer(self, singleShot=True, interval=COUNT_SOON_MS)
        self._soon.timeout.connect(self._start)

    def count_only(self, chosen: Chosen) -> None:
        """Count other rows."""
        self._chosen = chosen
        self._table = None
        self._fresh = False

    def forget(self) -> None:
        """The rows have changed; the old numbers serve until there are new ones."""
        self._fresh = False

    def count_soon(self) -> None:
        """Lay out the rows, unless that has been done."""
        if self._fresh or self._working or self._soon.isActive():
            return
        if self._table is None:
            self._start()
        else:
            self._soon.start()

    def compare(self, now: Limits, then: Limits) -> "Change | None":
        """What other limits would change; None where nothing is counted yet."""
        if self._table is None:
            return None
        if self._flagged is None or self._flagged[0] != now:
            self._flagged = now, self._table.flagged(now)  # serves all steps of a slider
        return Change(self._measured, self._flagged[1], self._table.flagged(then))

    def shutdown(self) -> bool:
        """Join; False if the thread did not end in time."""
        self._soon.stop()
        return self._pool.waitForDone(5000)

    def _start(self) -> None:
        rows, chosen = list(self._rows()), self._chosen
        self._fresh = self._working = True
        self._pool.start(lambda: self._work(rows, chosen))

    def _work(self, rows: Sequence[ClipRow], chosen: Chosen) -> None:
        """Runs on the pool's thread."""
        measured = [row for row in rows if row.tracks is not None and chosen(row)]
        tracks = [
            row.tracks.without(row.decision.overruled) for row in measured if row.tracks is not None
        ]
        try:
            self._made.emit(measured, TrackTable(tracks))
        except RuntimeError:  # the window was closed meanwhile, and this object with it
            log.debug("counted for nobody")

    def _on_made(self, measured: list[ClipRow], table: TrackTable) -> None:
        self._measured, self._table, self._working = measured, table, False
        self._flagged = None
        if not self._fresh:  # other rows were asked for meanwhile
            self.count_soon()
        self.counted.emit()


class Change:
    """The flags of some clips under the limits in force and under others."""

    def __init__(
        self,
        rows: Sequence[ClipRow],
        was: Flagged,
        will: Flagged,
    ) -> None:
        """Compare `rows` as they are flagged and as they would be."""
        self._rows = rows
        self._was, self._will = was, will

    def counts(self, flag: Flag) -> tuple[int, int]:
        """How many clips are flagged, and how many would be."""
        row = ROW_OF[flag]
        return int(self._was[row].sum()), int(self._will[row].sum())

    def coming(self, flag: Flag) -> Sequence[str]:
        """Names of the clips that would be flagged."""
        return self._names(self._will[ROW_OF[flag]] & ~self._was[ROW_OF[flag]])

    def going(self, flag: Flag) -> Sequence[str]:
        """Names of the clips that would be flagged no more."""
        return self._names(self._was[ROW_OF[flag]] & ~self._will[ROW_OF[flag]])

    def by_clip(self) -> Mapping[ClipId, str]:
        """Which flags come and go, of the clips where some do: "+S −B"."""
        differs = (self._was != self._will).T  # by clip
        clips = np.flatnonzero(differs.any(axis=1))
        # A step of one slider changes thousands of clips, but in a few ways: each is put in words
        # once.
        words: dict[bytes, str] = {}
        found: dict[ClipId, str] = {}
        for place, change, will in zip(
            clips.tolist(), differs[clips], self._will.T[clips], strict=True
        ):
            way = change.tobytes() + will.tobytes()
            if way not in words:
                words[way] = _signs(change, will)
            found[self._rows[place].clip.id] = words[way]
        return found

    def _names(self, which: NDArray[np.bool_]) -> Sequence[str]:
        return _Names([self._rows[place] for place in np.flatnonzero(which).tolist()])


def _signs(change: NDArray[np.bool_], will: NDArray[np.bool_]) -> str:
    """Which flags come and go, of one clip."""
    signs = [(flag.letter, ROW_OF[flag]) for flag in Flag if change[ROW_OF[flag]]]
    return " ".join(f"{'+' if will[at] else '−'}{letter}" for letter, at in signs)


class _Names(Sequence[str]):
    """Names of clips, each made when it is asked for: of thousands a person reads the first."""

    def __init__(self, rows: Sequence[ClipRow]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [name_of(row) for row in self._rows[at]]
        return name_of(self._rows[at])
