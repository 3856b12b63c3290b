"""Stacking: which of the shown rows lie on a stack, and which one is its face. Knows no Qt.

A closed stack shows one card, its face: the best take, unless a person's hand is on another one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from footage_sorter.domain.clip import ClipId
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.stacks import Stack, rank


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


_Pile = tuple[Stack, list[int]]
"""A stack, and the places of its takes that pass the filter."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """Rows in order, stacks together.

    Attributes:
        order: Places of rows; the takes of a stack follow their face.
        folded: Those of them that lie hidden under a face.
        places: Of each clip on a stack.
    """

    order: list[int]
    folded: frozenset[int]
    places: Mapping[ClipId, Place]


@cache
def _place(number: int, count: int, best: bool, is_open: bool) -> Place:  # noqa: FBT001
    """Made once each: a library has thousands of the same."""
    return Place(number, count, best, is_open)


class Stacking:
    """The stacks of a library, and which of them are open."""

    def __init__(self) -> None:
        self.enabled = False
        self._piled: tuple[Sequence[int], list[_Pile]] = ((), [])  # the last order, and its piles
        self._stack_of: dict[ClipId, Stack] = {}
        self._open: set[ClipId] = set()  # by clip: a stack that gains a take stays open
        self._ranked: dict[ClipId, tuple[ClipRow, tuple[object, ...]]] = {}

    def set_stacks(self, stacks: Iterable[Stack]) -> None:
        """Take other stacks."""
        self._stack_of = {clip_id: stack for stack in stacks for clip_id in stack}
        self._ranked = {}
        self._piled = ((), [])

    def stack_of(self, clip_id: ClipId) -> Stack:
        """The takes that a clip is stacked with, itself among them; () where it is alone."""
        return self._stack_of.get(clip_id, ()) if self.enabled else ()

    @property
    def n_stacks(self) -> int:
        """How many stacks the library has."""
        return len({id(stack) for stack in self._stack_of.values()})

    def is_open(self, stack: Stack) -> bool:
        """Whether all takes of a stack are shown."""
        return not self._open.isdisjoint(stack)

    def set_open(self, stack: Stack, *, is_open: bool) -> None:
        """Show all takes of a stack, or its face alone."""
        if is_open:
            self._open.update(stack)
        else:
            self._open.difference_update(stack)

    def arrange(
        self, order: Sequence[int], rows: Sequence[ClipRow], held: Collection[int]
    ) -> Arranged:
        """Bring the takes of each stack together.

        Args:
            order: Places in `rows` of those that pass the filter, sorted. What is in it never
                changes: the same list has the same piles, and is not gone through again.
            rows: All rows.
            held: Places of rows that a person's hand is on: current or selected.
        """
        if not self.enabled:
            return Arranged(list(order), frozenset(), {})
        if self._piled[0] is not order:
            self._piled = order, self._piles(order, rows)
        piles = self._piled[1]
        if not piles:
            return Arranged(list(order), frozenset(), {})
        behind: dict[int, list[int]] = {}  # by face: the takes behind it
        hidden: set[int] = set()  # all of those
        folded: set[int] = set()
        places: dict[ClipId, Place] = {}
        for stack, pile in piles:
            is_open = self.is_open(stack)
            takes = [rows[at] for at in pile]
            best = min(takes, key=self._rank)
            face = next(at for at in pile if rows[at] is best)
            if not is_open and held and face not in held:
                face = next((at for at in pile if at in held), face)
            others = behind[face] = [at for at in pile if at != face]
            hidden.update(others)
            if not is_open:
                folded.update(others)
            for number, at in enumerate((face, *others), start=1):
                row = rows[at]
                places[row.clip.id] = _place(number, len(takes), row is best, is_open)
        together: list[int] = []
        for at in order:
            if at not in hidden:
                together.append(at)
                if at in behind:
                    together += behind[at]
        return Arranged(together, frozenset(folded), places)

    def _piles(self, order: Sequence[int], rows: Sequence[ClipRow]) -> list[_Pile]:
        """The stacks of which at least two takes are in `order`, with these."""
        piles: dict[int, _Pile] = {}
        stack_of = self._stack_of
        for at in order:
            stack = stack_of.get(rows[at].clip.id)
            if stack is not None:
                # By identity: to hash a tuple for each clip would take longest of all.
                piles.setdefault(id(stack), (stack, []))[1].append(at)
        return [pile for pile in piles.values() if len(pile[1]) > 1]

    def _rank(self, row: ClipRow) -> tuple[object, ...]:
        """The row's rank, found anew only where it is another row than the last time."""
        known = self._ranked.get(row.clip.id)
        if known is None or known[0] is not row:
            known = self._ranked[row.clip.id] = row, rank(row)
        return known[1]
