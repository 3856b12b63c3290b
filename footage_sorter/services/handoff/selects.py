"""Selects: what of each clip goes to an editing program. Pure; a mark outranks every verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np

from footage_sorter.domain import rating as ratings
from footage_sorter.domain.clip import Decision, Mark, MediaInfo
from footage_sorter.domain.flag import PICTURE_FLAGS, Flag
from footage_sorter.domain.rating import Segment, Verdict
from footage_sorter.domain.row import ClipRow
from footage_sorter.services.handoff.timebase import nearest

CHOSEN, BEST, WHOLE = "In and out", "Best segment", "Whole clip"
"""What a select is, in the words of its marker."""


class Bin(StrEnum):
    """Where a clip goes in an editing program."""

    KEEP = "Keep"
    PARTLY = "Partly"
    REJECT = "Reject"
    UNRATED = "Not rated"


_BIN_OF_VERDICT = {
    Verdict.USABLE: Bin.KEEP,
    Verdict.PARTLY: Bin.PARTLY,
    Verdict.UNUSABLE: Bin.REJECT,
}


def bin_of(row: ClipRow) -> Bin:
    """A person's mark decides; without one, the verdict."""
    if row.decision.mark is Mark.KEEP:
        return Bin.KEEP
    if row.decision.mark is Mark.REJECT:
        return Bin.REJECT
    return _BIN_OF_VERDICT[row.rating.verdict] if row.rating else Bin.UNRATED


def chosen_range(decision: Decision, duration_s: float) -> Segment | None:
    """The person's in and out, an open end being the clip's; None where neither was set."""
    if decision.in_s is None and decision.out_s is None:
        return None
    start_s = min(decision.in_s or 0.0, duration_s)
    end_s = duration_s if decision.out_s is None else min(decision.out_s, duration_s)
    return Segment(start_s, end_s) if end_s > start_s else None


def select_range(row: ClipRow) -> Segment | None:
    """What of the clip is worth using: the chosen range, else the best segment.

    A kept clip without either is used whole: a person wants it. None where nothing is to be used.
    """
    if row.clip.media is None or row.error:
        return None
    duration_s = row.clip.media.duration_s
    chosen = chosen_range(row.decision, duration_s)
    if chosen:
        return chosen
    if row.rating and row.rating.best_segment:
        return row.rating.best_segment
    return Segment(0.0, duration_s) if row.decision.mark is Mark.KEEP else None


def select_name(row: ClipRow) -> str:
    """What `select_range` is of a clip, for a marker: a person's choice is not called the best."""
    media = row.clip.media
    if media is not None and chosen_range(row.decision, media.duration_s):
        return CHOSEN
    return BEST if row.rating and row.rating.best_segment else WHOLE


def kept(rows: Sequence[ClipRow]) -> list[ClipRow]:
    """The rows that a person marked to keep and that have something to use, in their order."""
    return [row for row in rows if row.decision.mark is Mark.KEEP and select_range(row)]


@dataclass(frozen=True, slots=True)
class Fault:
    """A range over a limit, of a flag that was raised.

    Attributes:
        peak: The highest score in it, 0-1.
    """

    flag: Flag
    range: Segment
    peak: float


def faults(row: ClipRow) -> list[Fault]:
    """Where the flags of `row` show, by flag, then by time."""
    if row.rating is None or row.tracks is None or row.limits is None:
        return []
    found = []
    for reason in ratings.reasons(row.tracks, row.limits, row.rating):
        track = row.tracks.of(reason.flag)
        for run in reason.when:
            cells = track[int(run.start_s) : max(int(run.start_s) + 1, int(np.ceil(run.end_s)))]
            found.append(Fault(reason.flag, run, round(float(np.nanmax(cells)), 2)))
    return found


@dataclass(frozen=True, slots=True)
class FrameRange:
    """Whole frames of a clip: from `start` up to, but without, `end`."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """How many frames."""
        return self.end - self.start


def length_frames(media: MediaInfo, rate: Fraction) -> int:
    """The clip's length in frames at `rate`; at least one."""
    return max(1, nearest(media.duration_s, rate))


def frames_of(segment: Segment, rate: Fraction, total: int) -> FrameRange:
    """`segment` on the grid of `rate`, inside a clip of `total` frames; at least one frame.

    No end moves by more than half a frame, but where a range shorter than that needs its one.
    """
    start = min(max(0, nearest(segment.start_s, rate)), total - 1)
    end = min(max(start + 1, nearest(segment.end_s, rate)), total)
    return FrameRange(start, end)


def bad_ranges(row: ClipRow, rate: Fraction, total: int) -> list[FrameRange]:
    """Frames that show a raised fault of the picture: merged, ascending, never touching."""
    ranges = sorted(
        (
            frames_of(fault.range, rate, total)
            for fault in faults(row)
            if fault.flag in PICTURE_FLAGS
        ),
        key=lambda one: one.start,
    )
    merged: list[FrameRange] = []
    for one in ranges:
        if merged and one.start <= merged[-1].end:
            merged[-1] = FrameRange(merged[-1].start, max(merged[-1].end, one.end))
        else:
            merged.append(one)
    return merged


def without(ranges: Sequence[FrameRange], taken: FrameRange | None) -> list[FrameRange]:
    """`ranges` less the frames of `taken`."""
    if taken is None:
        return list(ranges)
    left = []
    for one in ranges:
        for start, end in (
            (one.start, min(one.end, taken.start)),
            (max(one.start, taken.end), one.end),
        ):
            if end > start:
                left.append(FrameRange(start, end))
    return left
