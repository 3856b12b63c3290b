"""How many clips of each kind a library holds, as the sidebar lists them. Knows no Qt."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from operator import attrgetter

from footage_sorter.domain.row import ClipRow
from footage_sorter.ui.session.clip_filter import NO_FLAG
from footage_sorter.ui.session.columns import folder_of, has_problem

Key = tuple[str, str]
"""A condition's field in `ClipFilter` and its value."""

ALL: Key = ("", "")
UNRATED: Key = ("unrated", "1")
FAILED: Key = ("failed", "1")

MOST_DIFFERENT = 0.25
"""Where more rows than this share are others, all are counted anew."""

_mark = attrgetter("decision.mark")


class LibraryCounts:
    """Counts a library; where little of it is another one, by the difference."""

    def __init__(self) -> None:
        self._rows: Sequence[ClipRow] = ()
        self._counts: Counter[Key] = Counter({ALL: 0})

    def count(self, rows: Sequence[ClipRow]) -> Mapping[Key, int]:
        """How many of `rows` are of each kind; what is not there counts 0."""
        differ = [(was, now) for was, now in zip_longest(self._rows, rows) if was is not now]
        if len(differ) > MOST_DIFFERENT * len(rows):
            self._counts = counts_of(rows)
        else:
            self._counts.update(counts_of([now for _, now in differ if now is not None]))
            self._counts.subtract(counts_of([was for was, _ in differ if was is not None]))
            self._counts = +self._counts  # without those that are none any more
        self._rows = tuple(rows)
        return self._counts


def counts_of(rows: Sequence[ClipRow]) -> Counter[Key]:
    """How many of `rows` are of each kind.

    One kind after the other, each counted by the interpreter itself: key by key, 10,000 clips held
    the window up for 30 ms.
    """
    ratings = [row.rating for row in rows if row.rating is not None]
    flags: Counter[str] = Counter()
    for those, clips in Counter(rating.flags for rating in ratings).items():
        flags.update(dict.fromkeys(those or (NO_FLAG,), clips))
    by_field: Mapping[str, Mapping[str, int]] = {
        "marks": _tally(map(_mark, rows)),
        "folders": _tally(map(folder_of, rows)),
        "verdicts": _tally(rating.verdict for rating in ratings),
        "flags": flags,
    }
    counts: Counter[Key] = Counter({ALL: len(rows)})
    counts[FAILED] = sum(map(has_problem, rows))
    counts[UNRATED] = sum(row.error is None for row in rows if row.rating is None)
    for field, values in by_field.items():
        counts.update({(field, value): clips for value, clips in values.items()})
    return counts


def _tally(values: Iterable[str]) -> Counter[str]:
    return Counter(values)
