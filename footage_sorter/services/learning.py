"""Learning: from the marks in the library to a rating "for you". No clip is read for it."""

import time
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.clip import ContentId, Mark, MediaInfo
from footage_sorter.domain.features import Features
from footage_sorter.domain.report import Models, Pass
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.taste import Lesson, Taste, learn

_HOUR_NS = 3_600_000_000_000


def learn_from(rows: Iterable[ClipRow], models: Models) -> Lesson:
    """Learn from the marks on `rows`.

    Args:
        rows: All clips, or those of a project.
        models: Who measures now; where they have measured no marked clip yet, those who have.
    """
    lessons = _lessons(rows)
    by_models = Counter(row.models for row in lessons)
    if models not in by_models and by_models:
        models = by_models.most_common(1)[0][0] or models
    lessons = [row for row in lessons if row.models == models]
    known = [_known(row) for row in lessons]
    usability = [0 if row.rating is None else row.rating.usability for row in lessons]
    return learn(
        [one for one in known if one is not None],
        usability=np.array(usability, np.float64),
        kept=np.array([row.decision.mark is Mark.KEEP for row in lessons], np.bool_),
        shootings=shootings(lessons),
        models=models,
        at_ns=time.time_ns(),
    )


def judge(rows: Sequence[ClipRow], taste: Taste | None) -> list[ClipRow]:
    """The same rows with the rating that `taste` gives; without one where it cannot judge."""
    if taste is None:
        return [row if row.for_you is None else replace(row, for_you=None) for row in rows]
    known = [_known(row) if row.models == taste.models else None for row in rows]
    ratings = iter(taste.for_you([one for one in known if one is not None]))
    return [
        replace(row, for_you=None if one is None else next(ratings))
        for row, one in zip(rows, known, strict=True)
    ]


def shootings(rows: Sequence[ClipRow]) -> NDArray[np.int64]:
    """Which clips were shot together: shape (n,), the same number for those that were.

    One shooting is what was recorded in the same hour by the same camera, or in the same hour into
    the same folder, and what is connected through such clips. A file that does not say when it was
    recorded counts by when it was written.
    """
    parents = list(range(len(rows)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    first: dict[Hashable, int] = {}
    for at, row in enumerate(rows):
        hour, camera = _hour(row), row.clip.media.camera if row.clip.media else None
        keys: list[Hashable] = [("folder", row.clip.path.parent, hour)]
        if camera:
            keys.append(("camera", camera, hour))
        for key in keys:
            parents[root(at)] = root(first.setdefault(key, at))
    return np.array([root(at) for at in range(len(rows))], np.int64)


def _hour(row: ClipRow) -> int:
    """The hour of recording, counted since 1970."""
    media = row.clip.media
    if media is not None and media.recorded_at is not None:
        return int(media.recorded_at.timestamp() // 3600)
    return row.clip.stamp.mtime_ns // _HOUR_NS


def _lessons(rows: Iterable[ClipRow]) -> list[ClipRow]:
    """The rows that can be learned from: each content once, unless its copies' marks differ."""
    found: dict[ContentId | None, ClipRow] = {}
    at_odds: set[ContentId | None] = set()
    for row in rows:
        known = _known(row) is not None and row.clip.content is not None
        if row.decision.mark is Mark.NONE or row.rating is None or not known:
            continue
        other = found.setdefault(row.clip.content, row)
        if other.decision.mark is not row.decision.mark:
            at_odds.add(row.clip.content)
    return [row for content, row in found.items() if content not in at_odds]


def _known(row: ClipRow) -> tuple[Features, MediaInfo] | None:
    """What a taste judges a clip by; None before a close look at it."""
    if row.features is None or row.clip.media is None or row.looked is not Pass.FULL:
        return None
    if row.error is not None:  # what was once read of it can't be used now
        return None
    return row.features, row.clip.media
