"""Grouping: rows of one title together, the titles in the order of people. Knows rows, no Qt."""

from collections.abc import Callable, Sequence

import numpy as np

from footage_sorter.domain.order import natural_key
from footage_sorter.domain.row import ClipRow
from footage_sorter.ui.session.ordering import Numbers
from footage_sorter.ui.session.stacking import Arranged


class Grouping:
    """What a library is grouped by: a title for each row, looked up once."""

    def __init__(self, title_of: Callable[[ClipRow], str], rows: Sequence[ClipRow]) -> None:
        self._title_of = title_of
        self._keys: dict[str, tuple[int | str, ...]] = {}  # by title
        self._numbers = Numbers(self._key, rows)

    def follow(self, rows: Sequence[ClipRow], before: Sequence[int]) -> None:
        """The rows are others, or lie elsewhere than `before`: see `ordering.places_before`."""
        self._numbers.follow(rows, before)

    def change(self, rows: Sequence[ClipRow], places: Sequence[int]) -> bool:
        """Some rows are other ones; whether one has another title."""
        return self._numbers.change(rows, places)

    def grouped(
        self, arranged: Arranged, rows: Sequence[ClipRow]
    ) -> tuple[Arranged, list[tuple[str, int]]]:
        """The rows by group, each group in their order; its title and how many are seen.

        The takes of a stack are of the group of its face.
        """
        at = np.arange(len(arranged.order))
        face = np.maximum.accumulate(np.where(arranged.nth <= 1, at, 0))
        lead = arranged.order[face]
        into = np.argsort(self._numbers.values[lead], kind="stable")
        lead = lead[into]
        together = Arranged(
            arranged.order[into], arranged.folded[into], arranged.nth[into], arranged.by_row
        )
        seen = lead[~together.folded]
        _, first, count = np.unique(
            self._numbers.values[seen], return_index=True, return_counts=True
        )
        titles = [self._title_of(rows[one]) for one in seen[first].tolist()]
        return together, list(zip(titles, count.tolist(), strict=True))

    def _key(self, row: ClipRow) -> tuple[int | str, ...]:
        """Titles that are the same to `natural_key` are told apart; numbers there are never -1."""
        title = self._title_of(row)
        key = self._keys.get(title)
        if key is None:
            key = self._keys[title] = (*natural_key(title), -1, title)
        return key
