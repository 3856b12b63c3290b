"""Tracks: a report's scores laid out one cell a second, ready to be judged in bulk."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import floor, nan

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.flag import Flag
from footage_sorter.domain.report import ClipReport

TRACKS_VERSION = 2
"""Raise it with every change of what `tracks_of` makes of a report: stored tracks are then made
again from their facts."""

ROW_OF = {flag: row for row, flag in enumerate(Flag)}
"""Where each flag's track lies in `Tracks.values`."""

FROZEN_CHANGE = 0.002
"""Change at which `frozen` is 0; half of it, FFmpeg's freezedetect noise of 0.001, gives 0.5."""

SILENT_DBFS = -60.0
"""Loudness at which `silent` is 0.5; it is 1 at -120 dBFS and 0 at 0 dBFS."""


@dataclass(frozen=True, slots=True, eq=False)
class Tracks:
    """All tracks of one clip.

    Attributes:
        values: float32, shape (number of flags, n), 0-1, high is bad; NaN where not measured.
            Rows as in `ROW_OF`; column i covers the clip from second i on.
        lengths_s: float32, shape (n,). 1, but for the last cell: 0.5 to 1.5 (less in a clip
            under half a second), so that no sliver counts as a second.
        covered: float32, shape (n,), 0-1: how much of the picture looks covered. Judged by no
            limit of its own: it says what `black` looks like.
        usual_dim: How likely underexposed, 0-1, the clips of its camera and hour are, where that
            is dark; NaN where not, or not known. Derived from the whole library: see `groups`.
    """

    values: NDArray[np.float32]
    lengths_s: NDArray[np.float32]
    covered: NDArray[np.float32]
    usual_dim: float = nan

    def __post_init__(self) -> None:
        if self.covered.shape != self.lengths_s.shape:
            raise ValueError(f"{self.covered.shape=} does not match {self.lengths_s.shape=}")
        if self.values.shape != (len(Flag), *self.lengths_s.shape) or self.lengths_s.ndim != 1:
            raise ValueError(f"{self.values.shape=} does not match {self.lengths_s.shape=}")

    def of(self, flag: Flag) -> NDArray[np.float32]:
        """The track of one fault, shape (n,)."""
        row: NDArray[np.float32] = self.values[ROW_OF[flag]]
        return row

    def without(self, flags: Iterable[Flag]) -> "Tracks":
        """These tracks with some faults not measured: a person called them wrong."""
        rows = [ROW_OF[flag] for flag in flags]
        if not rows:
            return self
        values = self.values.copy()
        values[rows] = np.nan
        return replace(self, values=values)


def cell_lengths(duration_s: float) -> NDArray[np.float32]:
    """Divide `duration_s` (> 0) into cells of a second; the last takes what is left."""
    n = max(1, floor(duration_s + 0.5))
    lengths_s = np.ones(n, np.float32)
    lengths_s[-1] = duration_s - (n - 1)
    return lengths_s


def tracks_of(report: ClipReport) -> Tracks:
    """Lay out `report`, one cell a second.

    A cell is the mean of what was measured in it. A second that was not looked at takes its
    nearest neighbour's value; one that was looked at and could not be measured stays NaN.
    """
    lengths_s = cell_lengths(report.duration_s)
    n = len(lengths_s)
    values = np.full((len(Flag), n), np.nan, np.float32)

    times_s = np.array([frame.time_s for frame in report.frames])
    frame_rows: dict[Flag, list[float]] = {
        Flag.BLURRY: [frame.blur for frame in report.frames],
        Flag.BLACK: [frame.black for frame in report.frames],
    }
    if report.exposure_judged:
        frame_rows[Flag.UNDEREXPOSED] = [frame.underexposed for frame in report.frames]
        frame_rows[Flag.OVEREXPOSED] = [frame.overexposed for frame in report.frames]
    for flag, scores in frame_rows.items():
        values[ROW_OF[flag]] = _spread(times_s, np.array(scores), n)
    covered = _spread(times_s, np.array([frame.covered for frame in report.frames]), n)

    if report.bursts:
        middles_s = np.array([(burst.start_s + burst.end_s) / 2 for burst in report.bursts])
        shake = [np.nan if burst.shake is None else burst.shake for burst in report.bursts]
        frozen = [1.0 - burst.change / FROZEN_CHANGE for burst in report.bursts]
        values[ROW_OF[Flag.SHAKY]] = _spread(middles_s, np.array(shake), n)
        values[ROW_OF[Flag.FROZEN]] = _spread(middles_s, np.clip(frozen, 0.0, 1.0), n)

    if report.sounds:
        middles_s = np.array([(sound.start_s + sound.end_s) / 2 for sound in report.sounds])
        silent = [sound.loudness_dbfs / (2 * SILENT_DBFS) for sound in report.sounds]
        clipped = [sound.clipped for sound in report.sounds]
        values[ROW_OF[Flag.SILENT]] = _spread(middles_s, np.clip(silent, 0.0, 1.0), n)
        values[ROW_OF[Flag.CLIPPED_AUDIO]] = _spread(middles_s, np.array(clipped), n)
    return Tracks(values, lengths_s, covered.astype(np.float32))


def _spread(
    times_s: NDArray[np.float64], scores: NDArray[np.float64], n: int
) -> NDArray[np.float64]:
    """Mean of `scores` by second, shape (n,); gaps take the nearest second looked at."""
    cell = np.clip(times_s.astype(np.int64), 0, n - 1)
    seen = np.bincount(cell, minlength=n)
    measured = ~np.isnan(scores)
    counts = np.bincount(cell[measured], minlength=n)
    sums = np.bincount(cell[measured], weights=scores[measured], minlength=n)
    means = np.full(n, np.nan)
    np.divide(sums, counts, out=means, where=counts > 0)
    looked_at = np.flatnonzero(seen)
    at = np.searchsorted((looked_at[1:] + looked_at[:-1]) / 2, np.arange(n), side="left")
    nearest: NDArray[np.float64] = means[looked_at[at]]
    return nearest
