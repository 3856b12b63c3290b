"""Ordering: which rows pass the filter, and in what order. Knows rows, columns, filters, no Qt.

What is known of a row is kept, and made anew only where the row is another one: a mark changes one
row out of 10,000.
"""

from collections.abc import Callable, Sequence
from heapq import nlargest, nsmallest
from itertools import pairwise
from operator import is_, itemgetter
from os.path import basename
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.clip import ClipId
from footage_sorter.domain.order import natural_key
from footage_sorter.domain.row import ClipRow
from footage_sorter.ui.session.clip_filter import EVERYTHING, ClipFilter, searched
from footage_sorter.ui.session.columns import SortKey

KeyOf = Callable[[ClipRow], SortKey | None]

Places = NDArray[np.intp]
"""Places of rows in the library."""

NEW = -1
"""Where a row lay before that was not there."""


def places_before(before: Sequence[ClipRow], rows: Sequence[ClipRow]) -> list[int]:
    """Where each of `rows` lay in `before`, by clip, or `NEW`."""
    if all(map(is_, before, rows)):  # some were added at the end, or taken from there
        known = min(len(before), len(rows))
        return [*range(known), *[NEW] * (len(rows) - known)]
    was = {row.clip.id: at for at, row in enumerate(before)}
    return [was.get(row.clip.id, NEW) for row in rows]


class Numbers:
    """One number for each row, by which it sorts: NaN for a row without a key."""

    def __init__(self, key_of: KeyOf, rows: Sequence[ClipRow] = ()) -> None:
        self._key_of = key_of
        self._keys: list[SortKey | None] = [key_of(row) for row in rows]
        self._values: NDArray[np.float64] | None = None

    @property
    def values(self) -> NDArray[np.float64]:
        """By row: the key itself where it is a number, else its place among the different keys."""
        if self._values is None:
            self._values = _numbered(self._keys)
        return self._values

    def follow(self, rows: Sequence[ClipRow], before: Sequence[int]) -> None:
        """The rows are others, or lie elsewhere than `before`: see `places_before`."""
        keys, key_of = self._keys, self._key_of
        self._keys = [
            key_of(row) if was == NEW else keys[was] for row, was in zip(rows, before, strict=True)
        ]
        self._values = None

    def change(self, rows: Sequence[ClipRow], places: Sequence[int]) -> bool:
        """Some rows are other ones; whether a key is."""
        keys, key_of = self._keys, self._key_of
        changed = [(at, key) for at in places if (key := key_of(rows[at])) != keys[at]]
        for at, key in changed:
            keys[at] = key
        if changed:
            self._values = None
        return bool(changed)


def _numbered(keys: Sequence[SortKey | None]) -> NDArray[np.float64]:
    known = [key for key in keys if key is not None]
    if not known or isinstance(known[0], int | float):
        return np.array(keys, np.float64)  # None becomes NaN
    number = {key: at for at, key in enumerate(sorted(dict.fromkeys(known)))}
    return np.array([np.nan if key is None else number[key] for key in keys], np.float64)


class Names:
    """All rows by name: the order among equals, whatever they are sorted by."""

    def __init__(self) -> None:
        self._keys: list[tuple[object, ...]] = []
        self.order: Places = np.arange(0)
        self._values: NDArray[np.float64] | None = None

    @property
    def values(self) -> NDArray[np.float64]:
        """By row: a number by which it sorts; rows of one name have the same."""
        if self._values is None:
            names = [self._keys[at][0] for at in self.order]
            differ = [one != other for one, other in pairwise(names)]
            self._values = np.zeros(len(names))
            self._values[self.order[1:]] = np.cumsum(differ)
        return self._values

    def follow(self, rows: Sequence[ClipRow], before: Sequence[int]) -> None:
        """The rows are others, or lie elsewhere than `before`: see `places_before`."""
        keys = self._keys
        self._keys = [
            _name_key(row) if was == NEW else keys[was]
            for row, was in zip(rows, before, strict=True)
        ]
        now = np.full(len(keys), NEW)
        lay = np.array(before, np.intp)
        now[lay[lay != NEW]] = np.flatnonzero(lay != NEW)
        still = now[self.order]
        self._sort([*still[still != NEW].tolist(), *np.flatnonzero(lay == NEW).tolist()])

    def change(self, rows: Sequence[ClipRow], places: Sequence[int]) -> bool:
        """Some rows are of clips that changed; whether one has another name or place."""
        changed = [at for at in places if rows[at].clip.path is not self._keys[at][1]]
        for at in changed:
            self._keys[at] = _name_key(rows[at])
        if changed:
            self._sort(self.order.tolist())
        return bool(changed)

    def _sort(self, order: list[int]) -> None:
        order.sort(key=self._keys.__getitem__)  # quick where most of it is sorted already
        self.order = np.array(order, np.intp)
        self._values = None


def _name_key(row: ClipRow) -> tuple[object, ...]:
    path = row.clip.path
    return natural_key(path.name), path, row.clip.id


def first_by_name(
    places: Sequence[tuple[ClipId, str]], most: int, *, descending: bool = False
) -> list[ClipId]:
    """The first clips of a library that is shown by name, found before any clip is read.

    Args:
        places: Where every clip lies.
        most: How many are wanted, >= 1; fewer where the library has fewer.
        descending: The last name comes first; clips of one name keep their order.
    """
    if not places:
        return []
    keys = [natural_key(basename(path)) for _, path in places]  # noqa: PTH119  not 10,000 Paths
    bound = (nlargest if descending else nsmallest)(most, keys)[-1]
    first = [
        (key, Path(path), clip_id)  # as `_name_key` has it; most need no Path
        for key, (clip_id, path) in zip(keys, places, strict=True)
        if (key >= bound if descending else key <= bound)
    ]
    first.sort()
    if descending:
        first.sort(key=itemgetter(0), reverse=True)
    return [clip_id for _, _, clip_id in first[:most]]


class Passing:
    """Which rows a filter accepts. The text that a search looks through is made once a row."""

    def __init__(self) -> None:
        self._wanted = EVERYTHING
        self._texts: list[str] | None = None  # made by the first search
        self._passes = np.ones(0, np.bool_)

    @property
    def wanted(self) -> ClipFilter:
        """The filter at work."""
        return self._wanted

    @property
    def passes(self) -> NDArray[np.bool_]:
        """By row: whether it is shown."""
        return self._passes

    def set_filter(self, wanted: ClipFilter, rows: Sequence[ClipRow]) -> None:
        """Accept what `wanted` does."""
        self._wanted = wanted
        self._passes = self._judged(rows, range(len(rows)))

    def follow(self, rows: Sequence[ClipRow], before: Sequence[int]) -> None:
        """The rows are others, or lie elsewhere than `before`: see `places_before`."""
        if (texts := self._texts) is not None:
            self._texts = [
                searched(row) if was == NEW else texts[was]
                for row, was in zip(rows, before, strict=True)
            ]
        lay = np.array(before, np.intp)
        fresh = np.flatnonzero(lay == NEW)
        passes = np.zeros(len(rows), np.bool_)
        passes[lay != NEW] = self._passes[lay[lay != NEW]]
        passes[fresh] = self._judged(rows, fresh.tolist())
        self._passes = passes

    def change(self, rows: Sequence[ClipRow], places: Sequence[int]) -> bool:
        """Some rows are other ones; whether one passes that did not, or the other way round."""
        if self._texts is not None:
            for at in places:
                self._texts[at] = searched(rows[at])
        if self._wanted == EVERYTHING:
            return False
        before, self._passes[places] = self._passes[places], self._judged(rows, places)
        return not np.array_equal(before, self._passes[places])

    def _judged(self, rows: Sequence[ClipRow], places: Sequence[int]) -> NDArray[np.bool_]:
        """Whether the rows at `places` pass; each condition is asked of what passed the others."""
        passing = places
        for holds in self._wanted.conditions():
            passing = [at for at in passing if holds(rows[at])]
        if words := self._wanted.words:
            if self._texts is None:
                self._texts = list(map(searched, rows))
            texts = self._texts
            for word in words:
                passing = [at for at in passing if word in texts[at]]
        accepted = np.zeros(len(rows), np.bool_)
        accepted[passing] = True
        return accepted[places]


class Ordering:
    """The rows that pass, sorted; by name until something else is asked for."""

    def __init__(self) -> None:
        self.rows: list[ClipRow] = []  # as they were followed last
        self._names = Names()
        self._passing = Passing()
        self._numbers: Numbers | None = None  # None: by name
        self._descending = False
        self._order: Places | None = None

    @property
    def wanted(self) -> ClipFilter:
        """The filter at work."""
        return self._passing.wanted

    def set_filter(self, wanted: ClipFilter) -> None:
        """Let what `wanted` accepts pass."""
        self._passing.set_filter(wanted, self.rows)
        self._order = None

    def sort(self, key_of: KeyOf | None, *, descending: bool) -> None:
        """Sort by a key; None: by name. Rows without a key come last, whichever way."""
        self._numbers = None if key_of is None else Numbers(key_of, self.rows)
        self._descending = descending
        self._order = None

    def follow(self, rows: Sequence[ClipRow]) -> list[int]:
        """Take other rows, or the same in other places; where each lay before, or `NEW`."""
        before = places_before(self.rows, rows)
        self.rows = list(rows)
        for part in (self._names, self._passing, self._numbers):
            if part is not None:
                part.follow(self.rows, before)
        self._order = None
        return before

    def change(self, rows: Sequence[ClipRow], first: int, last: int) -> list[int]:
        """Take other rows from `first` to `last`; the places of those that are others."""
        pairs = zip(self.rows[first : last + 1], rows[first : last + 1], strict=True)
        places = [at for at, (was, now) in enumerate(pairs, first) if was is not now]
        for at in places:
            self.rows[at] = rows[at]
        for part in (self._names, self._passing, self._numbers):
            if part is not None and part.change(self.rows, places):
                self._order = None
        return places

    def order(self) -> Places:
        """The places of the rows that pass, sorted; the same array as long as it is the same.

        Among equals the order by name stays, also in reverse.
        """
        if self._order is None:
            by_name, passes = self._names.order, self._passing.passes
            accepted = by_name[passes[by_name]]
            if self._numbers is None and not self._descending:
                self._order = accepted
            else:
                values = (self._numbers or self._names).values[accepted]
                values = -values if self._descending else values
                self._order = accepted[np.argsort(values, kind="stable")]  # NaN comes last
        return self._order
