"""Ratings: what we make of the facts. Pure: tracks and limits in, opinions out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.flag import PICTURE_FLAGS, Flag
from footage_sorter.domain.groups import forgiven
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.tracks import ROW_OF, Tracks

PARTLY_RUN_S = 3.0
"""A flagged clip with a clean run of at least this length is partly usable."""

HALF_LOST = 50
"""At this usability or less a clip is no more than partly usable, though no flag is raised: of
several faults each may be tolerated, and together they leave little."""

_NEAR_TIE = 1e-6
"""Tenths of a percent: so near to a tie it is not sure which way to round what was multiplied."""

_DIM = ROW_OF[Flag.UNDEREXPOSED]
_PICTURE_ROWS = [ROW_OF[flag] for flag in PICTURE_FLAGS]


class Verdict(StrEnum):
    """The program's advice on a clip; a person's mark outranks it."""

    USABLE = "usable"
    PARTLY = "partly"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class Segment:
    """A range of a clip, in seconds from its start."""

    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        """Its length in seconds."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class Percent:
    """The clip in percent, 0-100; None where it was not judged.

    Blur and exposure are the models' answers averaged over the clip's seconds; shaky is the share
    of measured seconds over the limit, since its score is no probability.
    """

    sharp: float
    blurry: float
    well_exposed: float | None
    underexposed: float | None
    overexposed: float | None
    steady: float | None
    shaky: float | None


@dataclass(frozen=True, slots=True)
class Rating:
    """What we make of one clip's facts under some limits. Derived, never stored.

    Attributes:
        usability: 0-100, high is good: the share of the clip's time that shows no picture fault.
        best_segment: The longest run without a picture fault; None where there is none.
        fault_shares: By flag, share 0-1 of the measured time over the limit, NaN where nothing
            was measured.
    """

    usability: int
    verdict: Verdict
    flags: frozenset[Flag]
    best_segment: Segment | None
    percent: Percent
    fault_shares: tuple[float, ...]

    def fault_share(self, flag: Flag) -> float:
        """Share 0-1 of the measured time that shows `flag`'s fault; NaN: nothing measured."""
        return self.fault_shares[ROW_OF[flag]]


class TrackTable:
    """The tracks of many clips side by side, so that a moved limit re-rates them all at once."""

    def __init__(self, tracks: Sequence[Tracks]) -> None:
        self._n_clips = len(tracks)
        if not tracks:
            return
        self._values = np.concatenate([one.values for one in tracks], axis=1)
        self._lengths_s = np.concatenate([one.lengths_s for one in tracks]).astype(np.float64)
        cells = np.array([len(one.lengths_s) for one in tracks])
        self._starts = np.concatenate([[0], np.cumsum(cells)[:-1]])
        self._clip_of_cell = np.repeat(np.arange(len(tracks)), cells)
        self._durations_s = self._sum(self._lengths_s)
        usual = np.array([one.usual_dim for one in tracks], np.float32)
        self._relative_dim = forgiven(self._values[_DIM], usual[self._clip_of_cell])
        measured = ~np.isnan(self._values)
        self._measured_s = self._sum(measured * self._lengths_s)
        self._means = _divide(
            self._sum(np.where(measured, self._values, 0) * self._lengths_s), self._measured_s
        )

    def rate(self, limits: Limits) -> list[Rating]:
        """Rate every clip, in order."""
        if not self._n_clips:
            return []
        over, shares = self._judge(limits)
        flagged = shares > _tolerated(limits)
        clean: NDArray[np.bool_] = np.logical_not(np.any(over[_PICTURE_ROWS], axis=0))
        usability = np.rint(100 * self._sum(clean * self._lengths_s) / self._durations_s)
        starts_s, ends_s = self._longest_runs(clean)
        percents = _percents(self._means, shares)
        flag_list = tuple(Flag)
        ratings = []
        for clip, (use, flags, start_s, end_s, percent, parts) in enumerate(
            zip(
                usability.astype(int).tolist(),
                flagged.T.tolist(),
                starts_s.tolist(),
                ends_s.tolist(),
                percents,
                shares.T.tolist(),
                strict=True,
            )
        ):
            raised = frozenset(f for f, on in zip(flag_list, flags, strict=True) if on)
            best = (
                Segment(start_s, min(end_s, float(self._durations_s[clip])))
                if end_s > start_s
                else None
            )
            ratings.append(
                Rating(
                    use,
                    _verdict(raised, best, use),
                    raised,
                    best,
                    percent,
                    tuple(parts),
                )
            )
        return ratings

    def flagged(self, limits: Limits) -> NDArray[np.bool_]:
        """Which clips `limits` would flag: bool, shape (number of flags, clips)."""
        if not self._n_clips:
            return np.zeros((len(Flag), 0), np.bool_)
        _, shares = self._judge(limits)
        raised: NDArray[np.bool_] = shares > _tolerated(limits)
        return raised

    def _judge(self, limits: Limits) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        """Cells over their limit, shape (flags, cells); shares of time over, (flags, clips)."""
        bounds = np.array([[limits.of(flag).over] for flag in Flag], np.float32)
        over: NDArray[np.bool_] = self._values > bounds  # NaN is over nothing
        if limits.relative_to_group:
            over[_DIM] = self._relative_dim > bounds[_DIM]
        return over, _divide(self._sum(over * self._lengths_s), self._measured_s)

    def _sum(self, cells: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sums over the last axis, by clip."""
        sums: NDArray[np.float64] = np.add.reduceat(cells, self._starts, axis=-1)
        return sums

    def _longest_runs(
        self, clean: NDArray[np.bool_]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Each clip's longest clean run, the first among equals, as starts and ends; 0, 0: none."""
        first = np.zeros_like(clean)
        first[self._starts] = True
        before = np.concatenate([[False], clean[:-1]]) & ~first
        last = np.concatenate([first[1:], [True]])
        after = np.concatenate([clean[1:], [False]]) & ~last
        run_first = np.flatnonzero(clean & ~before)
        run_last = np.flatnonzero(clean & ~after)
        # A cell's position in its clip is its start in seconds: every cell but the last is 1 s.
        position = np.arange(len(clean)) - self._starts[self._clip_of_cell]
        start_s = position[run_first].astype(np.float64)
        end_s = position[run_last] + self._lengths_s[run_last]
        clip = self._clip_of_cell[run_first]
        order = np.lexsort((start_s, -(end_s - start_s), clip))
        winners = order[np.unique(clip[order], return_index=True)[1]]
        starts_s = np.zeros(self._n_clips)
        ends_s = np.zeros(self._n_clips)
        starts_s[clip[winners]] = start_s[winners]
        ends_s[clip[winners]] = end_s[winners]
        return starts_s, ends_s


def rate(tracks: Tracks, limits: Limits) -> Rating:
    """Judge one clip by its tracks."""
    return TrackTable((tracks,)).rate(limits)[0]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a flag was raised: what its sentence says.

    Attributes:
        share: Share 0-1 of the measured time over the limit.
        over: The limit of a second, 0-1.
        tolerated: The share 0-1 that the limit tolerates.
        worst_s: Middle of the worst second, seconds from the clip's start.
        when: The runs over the limit.
        covered: Of `black`: most of these seconds are dark without detail rather than black, as
            under a lens cap or in a pocket.
        usual: Of `underexposed`, where it was judged against the clips of the same camera and
            hour: how likely underexposed, 0-1, those are; else None.
    """

    flag: Flag
    share: float
    over: float
    tolerated: float
    worst_s: float
    when: tuple[Segment, ...]
    covered: bool = False
    usual: float | None = None


def reasons(tracks: Tracks, limits: Limits, rating: Rating) -> tuple[Reason, ...]:
    """Explain each flag of `rating`, in the order of `Flag`."""
    return tuple(_reason(flag, tracks, limits, rating) for flag in Flag if flag in rating.flags)


def lapses(tracks: Tracks, limits: Limits, rating: Rating) -> tuple[Reason, ...]:
    """Explain what lowers usability without a flag: faulty seconds fewer than are tolerated."""
    return tuple(
        _reason(flag, tracks, limits, rating)
        for flag in PICTURE_FLAGS
        if flag not in rating.flags and rating.fault_share(flag) > 0
    )


def _reason(flag: Flag, tracks: Tracks, limits: Limits, rating: Rating) -> Reason:
    limit, track, usual = limits.of(flag), tracks.of(flag), None
    if flag is Flag.UNDEREXPOSED and limits.relative_to_group and tracks.usual_dim > 0:
        usual = tracks.usual_dim
        track = forgiven(track, np.full_like(track, usual))
    worst = int(np.nanargmax(track))
    over = track > limit.over
    return Reason(
        flag,
        rating.fault_share(flag),
        limit.over,
        limit.tolerated,
        worst + float(tracks.lengths_s[worst]) / 2,
        runs(over, tracks.lengths_s),
        covered=flag is Flag.BLACK and bool(np.mean(tracks.covered[over] > 0.5) > 0.5),
        usual=usual,
    )


def runs(cells: NDArray[np.bool_], lengths_s: NDArray[np.float32]) -> tuple[Segment, ...]:
    """The runs of true cells of one clip, as ranges in seconds."""
    edges = np.diff(np.concatenate([[0], cells.astype(np.int8), [0]]))
    firsts, lasts = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1
    return tuple(
        Segment(float(first), float(last) + float(lengths_s[last]))
        for first, last in zip(firsts, lasts, strict=True)
    )


def _tolerated(limits: Limits) -> NDArray[np.float64]:
    return np.array([[limits.of(flag).tolerated] for flag in Flag])


def _divide(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    """`part` / `whole`, NaN where nothing was measured."""
    ratio = np.full(part.shape, np.nan)
    np.divide(part, whole, out=ratio, where=whole > 0)
    return ratio


def _verdict(flags: frozenset[Flag], best: Segment | None, usability: int) -> Verdict:
    if not flags:
        return Verdict.USABLE if usability > HALF_LOST else Verdict.PARTLY
    if best is not None and best.length_s >= PARTLY_RUN_S:
        return Verdict.PARTLY
    return Verdict.UNUSABLE


def _percents(means: NDArray[np.float64], shares: NDArray[np.float64]) -> list[Percent]:
    """Of each clip, rounded so that what belongs together adds up to 100.

    Args:
        means: Of what was measured, 0-1, shape (number of flags, clips).
        shares: Of time over the limit, 0-1, of the same shape.
    """
    blurry = _tenths(100 * means[ROW_OF[Flag.BLURRY]])
    under = _tenths(100 * means[ROW_OF[Flag.UNDEREXPOSED]])
    over = _tenths(100 * means[ROW_OF[Flag.OVEREXPOSED]])
    shaky = _tenths(100 * shares[ROW_OF[Flag.SHAKY]])
    well = _tenths(np.maximum(0.0, 100 - under - over))
    judged_or_not = map(_or_none, (well, under, over, _tenths(100 - shaky), shaky))
    return list(map(Percent, _tenths(100 - blurry).tolist(), blurry.tolist(), *judged_or_not))


def _tenths(percent: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rounded to tenths just as `round` does, which takes ten times as long one by one.

    NumPy's own rounds what it has multiplied by ten, and that may have become a tie.
    """
    tens = 10 * percent
    rounded: NDArray[np.float64] = np.rint(tens) / 10
    for at in np.flatnonzero(np.abs(tens % 1 - 0.5) < _NEAR_TIE).tolist():
        rounded[at] = round(float(percent[at]), 1)
    return rounded


def _or_none(column: NDArray[np.float64]) -> list[float | None]:
    values: list[float | None] = column.tolist()
    for at in np.flatnonzero(np.isnan(column)).tolist():
        values[at] = None
    return values
