"""Stacking: which of the shown rows lie on a stack, and which one is its face. Knows no Qt.

A closed stack shows one card, its face: the best take, unless a person's hand is on another one.
All stacks are arranged at once, by arrays over rows.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.clip import ClipId
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.stacks import Stack, rank

ALONE = -1
"""In place of a stack's number."""

Numbers = NDArray[np.intp]

Ranks = Mapping[ClipId, tuple[ClipRow, tuple[object, ...]]]
"""What takes are compared by, each with the row that it was made of."""

NO_RANKS: Ranks = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shown clip stands in its stack.

    Attributes:
        number: 1 for the first shown.
        count: Takes in the stack that pass the filter, >= 2.
        best: It is the one to keep.
        is_open: All takes are shown, one behind the other.
    """

    number: int
    count: int
    best: bool
    is_open: bool


@dataclass(frozen=True, slots=True, eq=False)
class Arranged:
    """Rows in order, stacks together.

    Attributes:
        order: Places of rows; the takes of a stack follow their face.
        folded: Parallel to `order`: whether the row lies hidden under a face.
        nth: Parallel to `order`: 1 for the face of a stack, then 2, 3...; 0 for a row on none.
        by_row: `Place` by place of row, made as it is asked for: number, count, best and is_open
            in four lines; None where no row is on a stack.
    """

    order: Numbers
    folded: NDArray[np.bool_]
    nth: Numbers
    by_row: Numbers | None = None

    @property
    def shown(self) -> Numbers:
        """Places of the rows that are seen."""
        return self.order[~self.folded]

    def place(self, at: int) -> Place | None:
        """Where a row stands in its stack; None where it is on none that is shown."""
        if self.by_row is None or not self.by_row[0, at]:
            return None
        number, count, best, is_open = self.by_row[:, at].tolist()
        return Place(number, count, bool(best), bool(is_open))

    def moved(self, before: Sequence[int]) -> "Arranged":
        """The same after all rows have moved; `before`: where each lay."""
        lay = np.array(before, np.intp)
        now = np.empty_like(lay)
        now[lay] = np.arange(len(lay))
        by_row = None if self.by_row is None else self.by_row[:, lay]
        return Arranged(now[self.order], self.folded, self.nth, by_row)

    def says_the_same(self, other: "Arranged") -> bool:
        """Whether every row has the same place in its stack."""
        if self.by_row is None or other.by_row is None:
            return self.by_row is other.by_row
        return np.array_equal(self.by_row, other.by_row)


def without_stacks(order: Numbers) -> Arranged:
    """Rows in order, each by itself."""
    return Arranged(order, np.zeros(len(order), np.bool_), np.zeros(len(order), np.intp))


class Stacking:
    """The stacks of a library, and which of them are open."""

    def __init__(self) -> None:
        self.enabled = False
        self._stacks: list[Stack] = []
        self._number_of: dict[ClipId, int] = {}
        self._open: set[ClipId] = set()  # by clip: a stack that gains a take stays open
        self._rows: Sequence[ClipRow] = ()
        self._number = np.zeros(0, np.intp)  # by row: its stack's, or ALONE
        self._merit = np.zeros(0, np.intp)  # by row: among the takes of its stack; 0 is the best
        self._stale = True
        self._at: dict[ClipId, int] = {}
        self._ranks: dict[ClipId, tuple[ClipRow, tuple[object, ...]]] = {}

    def set_stacks(self, stacks: Iterable[Stack], ranks: Ranks = NO_RANKS) -> None:
        """Take other stacks; `ranks` are known, others are found when they are asked for."""
        self._ranks = dict(ranks)
        self._stacks = list(stacks)
        self._number_of = {
            clip_id: number for number, stack in enumerate(self._stacks) for clip_id in stack
        }
        self._stale = True

    def stack_of(self, clip_id: ClipId) -> Stack:
        """The takes that a clip is stacked with, itself among them; () where it is alone."""
        number = self._number_of.get(clip_id) if self.enabled else None
        return () if number is None else self._stacks[number]

    @property
    def n_stacks(self) -> int:
        """How many stacks the library has."""
        return len(self._stacks)

    def is_open(self, stack: Stack) -> bool:
        """Whether all takes of a stack are shown."""
        return not self._open.isdisjoint(stack)

    def set_open(self, stack: Stack, *, is_open: bool) -> None:
        """Show all takes of a stack, or its face alone."""
        if is_open:
            self._open.update(stack)
        else:
            self._open.difference_update(stack)

    def follow(self, rows: Sequence[ClipRow]) -> None:
        """Take other rows, or the same in other places."""
        self._rows = rows
        self._stale = True

    def change(self, places: Sequence[int]) -> bool:
        """Some of the rows are other ones; whether any of them is on a stack.

        It may have another face then, also where the best take is the same: a hand may have let go.
        """
        if self._stale or not self.enabled:
            self._stale = True
            return self.enabled
        touched = np.unique(self._number[places])
        touched = touched[touched != ALONE]
        self._judge(touched)
        return len(touched) > 0

    def arrange(self, order: Numbers, held: Collection[int]) -> Arranged:
        """Bring the takes of each stack together.

        Args:
            order: Places of those rows that pass the filter, sorted.
            held: Places of rows that a person's hand is on: current or selected.
        """
        if not self.enabled or not self._stacks:
            return without_stacks(order)
        if self._stale:
            self._look_anew()
        number = self._number[order]
        counts = np.bincount(number[number != ALONE], minlength=len(self._stacks))
        piled = np.flatnonzero((number != ALONE) & (counts[number] > 1))
        if not len(piled):
            return without_stacks(order)
        best = self._best(order, piled)
        # Each row goes where its stack's face stands, behind it; else the order stays.
        at = np.arange(len(order))
        lead = at.copy()
        lead[piled] = self._faces(order, piled, best, held)[number[piled]]
        together = np.lexsort((at, lead != at, lead))
        first = np.maximum.accumulate(np.where((lead == at)[together], at, 0))
        is_piled = np.zeros(len(order), np.bool_)
        is_piled[piled] = True
        nth = np.where(is_piled[together], at - first + 1, 0)
        is_best = np.zeros(len(order), np.bool_)
        is_best[best[number[piled]]] = True
        return self._told(order[together], nth, counts, is_best[together])

    def _told(
        self, order: Numbers, nth: Numbers, counts: Numbers, is_best: NDArray[np.bool_]
    ) -> Arranged:
        """What came out, the other arrays parallel to `order`, but `counts`: by stack."""
        is_open = self._which_are_open()
        number = self._number[order]
        on = np.flatnonzero(nth)
        by_row = np.zeros((4, len(self._rows)), np.intp)
        by_row[:, order[on]] = nth[on], counts[number[on]], is_best[on], is_open[number[on]]
        return Arranged(order, (nth > 1) & ~is_open[number], nth, by_row)

    def _best(self, order: Numbers, piled: Numbers) -> Numbers:
        """By stack: where in `order` its best take is; of those at `piled` in it."""
        worst_first = piled[np.argsort(-self._merit[order[piled]], kind="stable")]
        best = np.zeros(len(self._stacks), np.intp)
        best[self._number[order[worst_first]]] = worst_first  # what is written last stays
        return best

    def _faces(
        self, order: Numbers, piled: Numbers, best: Numbers, held: Collection[int]
    ) -> Numbers:
        """By stack: where in `order` its face is: the best, or the first that a hand is on."""
        if not held:
            return best
        in_hand = np.isin(order, list(held))
        number = self._number[order]
        takes = piled[in_hand[piled] & ~self._which_are_open()[number[piled]]]
        takes = takes[~in_hand[best[number[takes]]]]
        faces = best.copy()
        faces[number[takes[::-1]]] = takes[::-1]  # the first is written last
        return faces

    def _which_are_open(self) -> NDArray[np.bool_]:
        is_open = np.zeros(len(self._stacks), np.bool_)
        is_open[[self._number_of[one] for one in self._open if one in self._number_of]] = True
        return is_open

    def _look_anew(self) -> None:
        """Find the stack of each row, and rank the takes of all stacks."""
        self._at = {row.clip.id: at for at, row in enumerate(self._rows)}
        number_of = self._number_of
        self._number = np.array([number_of.get(one, ALONE) for one in self._at], np.intp)
        self._merit = np.zeros(len(self._rows), np.intp)
        self._stale = False
        self._judge(np.unique(self._number[self._number != ALONE]))

    def _judge(self, numbers: Numbers) -> None:
        """Rank the takes of some stacks anew."""
        takes: list[int] = []
        merits: list[int] = []
        for number in numbers.tolist():
            found = [self._at[one] for one in self._stacks[number] if one in self._at]
            found.sort(key=lambda at: self._rank(self._rows[at]))
            takes += found
            merits += range(len(found))
        self._merit[takes] = merits

    def _rank(self, row: ClipRow) -> tuple[object, ...]:
        """The row's rank, found anew only where it is another row than the last time."""
        known = self._ranks.get(row.clip.id)
        if known is None or known[0] is not row:
            known = self._ranks[row.clip.id] = row, rank(row)
        return known[1]
