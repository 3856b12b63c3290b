"""Stacking: which of the shown rows lie on a stack, and which one is its face. Knows no Qt.

A closed stack shows one card, its face: the best take, unless a person's hand is on another one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from footage_sorter.domain.clip import ClipId
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.stacks import Stack, best_of


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


class Stacking:
    """The stacks of a library, and which of them are open."""

    def __init__(self) -> None:
        self.enabled = True
        self._stack_of: dict[ClipId, Stack] = {}
        self._open: set[ClipId] = set()  # by clip: a stack that gains a take stays open
        self._best: dict[Stack, tuple[list[ClipRow], ClipRow]] = {}

    def set_stacks(self, stacks: Iterable[Stack]) -> None:
        """Take other stacks."""
        self._stack_of = {clip_id: stack for stack in stacks for clip_id in stack}
        self._best = {}

    def stack_of(self, clip_id: ClipId) -> Stack:
        """The takes that a clip is stacked with, itself among them; () where it is alone."""
        return self._stack_of.get(clip_id, ()) if self.enabled else ()

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
            order: Places in `rows` of those that pass the filter, sorted.
            rows: All rows.
            held: Places of rows that a person's hand is on: current or selected.
        """
        piles: dict[Stack, list[int]] = {}
        if self.enabled and self._stack_of:
            for at in order:
                stack = self._stack_of.get(rows[at].clip.id)
                if stack is not None:
                    piles.setdefault(stack, []).append(at)
        following: dict[int, list[int]] = {}  # by face: the takes behind it
        folded: set[int] = set()
        places: dict[ClipId, Place] = {}
        for stack, pile in piles.items():
            if len(pile) < 2:
                continue
            is_open = self.is_open(stack)
            best = self._best_in(stack, [rows[at] for at in pile]).clip.id
            face = next(at for at in pile if rows[at].clip.id == best)
            touched = [at for at in pile if at in held]
            if touched and not is_open and face not in touched:
                face = touched[0]
            rest = [at for at in pile if at != face]
            following[face] = rest
            if not is_open:
                folded.update(rest)
            for number, at in enumerate((face, *rest), start=1):
                clip_id = rows[at].clip.id
                places[clip_id] = Place(number, len(pile), clip_id == best, is_open)
        if not following:
            return Arranged(list(order), frozenset(), {})
        behind = {at for rest in following.values() for at in rest}
        together: list[int] = []
        for at in order:
            if at not in behind:
                together.append(at)
                together.extend(following.get(at, ()))
        return Arranged(together, frozenset(folded), places)

    def _best_in(self, stack: Stack, takes: list[ClipRow]) -> ClipRow:
        """The best of some takes; found anew only where one of them is another row now."""
        known = self._best.get(stack)
        if known is not None and _same(known[0], takes):
            return known[1]
        best = best_of(takes)
        self._best[stack] = takes, best
        return best


def _same(ones: Sequence[ClipRow], others: Sequence[ClipRow]) -> bool:
    return len(ones) == len(others) and all(
        one is other for one, other in zip(ones, others, strict=True)
    )
