"""Skimming: which seconds of a clip tell most about it. Pure; knows rows, plays nothing."""

import numpy as np

from footage_sorter.domain.flag import PICTURE_FLAGS
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.rating import Segment
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.tracks import Tracks

START_S = 2.0
WORST_S = 2.0
BEST_S = 3.0


def skim_plan(row: ClipRow, limits: Limits) -> tuple[Segment, ...]:
    """What to play of a clip: two seconds at the start, two at the worst, three of the best.

    A clip that is hardly longer is played whole, ranges that meet become one, and a clip that
    was not analysed gives its first seconds only. Empty for a clip that cannot be read.
    """
    if row.clip.media is None:
        return ()
    duration_s = row.clip.media.duration_s
    if duration_s <= START_S + WORST_S + BEST_S:
        return (Segment(0.0, duration_s),)
    wanted = [Segment(0.0, START_S)]
    if row.tracks is not None and row.rating is not None:
        worst_s = worst_second(row.tracks, limits)
        if worst_s is not None:
            wanted.append(_around(worst_s, WORST_S, duration_s))
        if row.rating.best_segment is not None:
            best = row.rating.best_segment
            middle_s = (best.start_s + best.end_s) / 2
            wanted.append(_around(middle_s, min(BEST_S, best.length_s), duration_s))
    return _joined(wanted)


def worst_second(tracks: Tracks, limits: Limits) -> float | None:
    """Middle of the second farthest over a limit of the picture; None where none is over."""
    excess = np.full(tracks.lengths_s.shape, -np.inf)
    for flag in PICTURE_FLAGS:
        over = limits.of(flag).over
        # Relative to what lies above the limit, or a strict limit would always win.
        excess = np.fmax(excess, (tracks.of(flag) - over) / max(1e-3, 1.0 - over))
    at = int(np.argmax(excess))
    return at + float(tracks.lengths_s[at]) / 2 if excess[at] > 0 else None


def _around(middle_s: float, length_s: float, duration_s: float) -> Segment:
    start_s = min(max(0.0, middle_s - length_s / 2), duration_s - length_s)
    return Segment(start_s, start_s + length_s)


def _joined(wanted: list[Segment]) -> tuple[Segment, ...]:
    """In the order wished; one that meets an earlier one is made part of it."""
    joined: list[Segment] = []
    for one in wanted:
        for at, other in enumerate(joined):
            if one.start_s <= other.end_s and other.start_s <= one.end_s:
                joined[at] = Segment(min(one.start_s, other.start_s), max(one.end_s, other.end_s))
                break
        else:
            joined.append(one)
    return tuple(joined)
