"""Features: what a stored report says of a clip, as numbers that a head can learn from.

Facts only: no limit that a person moves, no mark and no file is asked, so that the same report
always gives the same numbers. What was not measured is NaN.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import log2

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.clip import MediaInfo
from footage_sorter.domain.flag import LANES, PICTURE_FLAGS, Flag
from footage_sorter.domain.limits import DAYLIGHT
from footage_sorter.domain.rating import runs
from footage_sorter.domain.report import ClipReport
from footage_sorter.domain.tracks import Tracks, tracks_of

FEATURES_VERSION = 1
"""Raise it with every change of what `features_of` makes of a report: stored ones are made anew."""

MAX_PICTURE = 4096
"""Most numbers that may describe what is in a picture."""

_TRACK_NAMES = ("mean", "p10", "p90", "spread", "share")
MEASURED = (
    *(f"{flag}_{name}" for flag in LANES for name in _TRACK_NAMES),
    "black_share",
    "frozen_share",
    "clipped_audio_share",
    "steady_known",  # share of the seconds whose shake can be measured
    "clean_share",
    "log_clean_run_s",
    "runs_a_minute",
    "log_duration_s",
    "change_mean",
    "change_p90",
    "pan_mean",
    "pan_p90",
    "zoom_mean",
    "zoom_p90",
    "loudness_p10",
    "loudness_p50",
    "loudness_p90",
    "has_sound",
    "damaged",
)
"""What the numbers made of a report are, in their order."""

OF_MEDIA = ("upright", "log_pixels", "frames_a_second")
"""What is said of the file beside them."""

_SILENT_DBFS = -120.0


class Aspect(StrEnum):
    """What of a clip a feature is about."""

    BLUR = "blur"
    BRIGHT = "bright"
    DIM = "dim"
    SHAKE = "shake"
    CLEAN = "clean"
    LENGTH = "length"
    MOTION = "motion"
    TURN = "turn"
    ZOOM = "zoom"
    SOUND = "sound"
    FORMAT = "format"
    PICTURE = "picture"


_ASPECT_OF = {
    "blurry": Aspect.BLUR,
    "overexposed": Aspect.BRIGHT,
    "underexposed": Aspect.DIM,
    "shaky": Aspect.SHAKE,
    "steady": Aspect.SHAKE,
    "black": Aspect.CLEAN,
    "frozen": Aspect.CLEAN,
    "clean": Aspect.CLEAN,
    "runs": Aspect.CLEAN,
    "damaged": Aspect.CLEAN,
    "duration": Aspect.LENGTH,
    "change": Aspect.MOTION,
    "pan": Aspect.TURN,
    "zoom": Aspect.ZOOM,
    "clipped": Aspect.SOUND,
    "loudness": Aspect.SOUND,
    "has": Aspect.SOUND,
    "upright": Aspect.FORMAT,
    "pixels": Aspect.FORMAT,
    "frames": Aspect.FORMAT,
    "picture": Aspect.PICTURE,
}
"""By the first word of a feature's name."""


def aspect_of(name: str) -> Aspect:
    """What the feature of this name is about."""
    return _ASPECT_OF[name.removeprefix("log_").split("_")[0]]


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """What was made of one clip's report (compared by identity).

    Attributes:
        measured: float32, shape (number of `MEASURED`,); NaN where not measured.
        picture: float32, shape (d,): what a network sees in the pictures, averaged over the clip;
            None where none looked. Says nothing by itself; d belongs to the network.
    """

    measured: NDArray[np.float32]
    picture: NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        if self.measured.shape != (len(MEASURED),):
            raise ValueError(f"{self.measured.shape=} does not match {len(MEASURED)} names")
        if self.picture is not None and (
            self.picture.ndim != 1 or not 0 < self.picture.size <= MAX_PICTURE
        ):
            raise ValueError(f"{self.picture.shape=} is no description of pictures")

    @property
    def n_picture(self) -> int:
        """How many numbers describe the pictures."""
        return 0 if self.picture is None else len(self.picture)

    def vector(self, media: MediaInfo, n_picture: int) -> NDArray[np.float64]:
        """All numbers of a clip, as `names` names them; NaN for a picture of another kind."""
        picture = np.full(n_picture, np.nan)
        if self.picture is not None and len(self.picture) == n_picture:
            picture = self.picture
        return np.concatenate([self.measured, _of_media(media), picture], dtype=np.float64)


def names(n_picture: int) -> tuple[str, ...]:
    """The names of all features, with `n_picture` numbers for what is in the picture."""
    return (*MEASURED, *OF_MEDIA, *(f"picture_{at}" for at in range(n_picture)))


def features_of(report: ClipReport) -> NDArray[np.float32]:
    """What `report` says, float32, shape (number of `MEASURED`,), as `MEASURED` names it."""
    tracks = tracks_of(report)
    values = [
        *(value for flag in LANES for value in _of_track(tracks, flag)),
        *(_share_over(tracks, flag) for flag in (Flag.BLACK, Flag.FROZEN, Flag.CLIPPED_AUDIO)),
        float(np.mean(~np.isnan(tracks.of(Flag.SHAKY)))),
        *_of_clean_runs(tracks, report.duration_s),
        log2(report.duration_s),
        *_of_motion(report),
        *_of_sound(report),
        float(bool(report.damage)),
    ]
    return np.array(values, np.float32)


def _of_track(tracks: Tracks, flag: Flag) -> tuple[float, ...]:
    track = tracks.of(flag)
    known = track[~np.isnan(track)]
    if not known.size:
        return (np.nan,) * len(_TRACK_NAMES)
    low, high = np.percentile(known, [10, 90]).tolist()
    return (
        float(known.mean()), low, high, float(known.std()), _share_over(tracks, flag),
    )  # fmt: skip


def _share_over(tracks: Tracks, flag: Flag) -> float:
    """Share 0-1 of the measured seconds over the usual limit; NaN where none was measured."""
    track = tracks.of(flag)
    known_s = float(tracks.lengths_s[~np.isnan(track)].sum())
    over_s = float(tracks.lengths_s[track > DAYLIGHT.of(flag).over].sum())
    return over_s / known_s if known_s else np.nan


def _of_clean_runs(tracks: Tracks, duration_s: float) -> tuple[float, ...]:
    """Share of the clip that is clean, its longest clean run, clean runs a minute."""
    spoilt = np.zeros(len(tracks.lengths_s), np.bool_)
    for flag in PICTURE_FLAGS:
        spoilt |= tracks.of(flag) > DAYLIGHT.of(flag).over
    clean = runs(~spoilt, tracks.lengths_s)
    lengths_s = [run.length_s for run in clean]
    return (
        sum(lengths_s) / duration_s,
        log2(1.0 + max(lengths_s, default=0.0)),
        60.0 * len(clean) / duration_s,
    )


def _of_motion(report: ClipReport) -> tuple[float, ...]:
    """Mean and 90th percentile of change, of the camera's turning and of its zoom."""
    if not report.bursts:
        return (np.nan,) * 6
    rows = np.array(
        [(one.change, np.hypot(one.pan_x, one.pan_y), abs(one.zoom)) for one in report.bursts]
    )
    high = np.percentile(rows, 90, axis=0)
    return tuple(np.stack([rows.mean(axis=0), high], axis=1).ravel().tolist())


def _of_sound(report: ClipReport) -> tuple[float, ...]:
    """Percentiles of the loudness, and whether there is any sound."""
    if not report.sounds:
        return (np.nan, np.nan, np.nan, 0.0)
    loud = [max(one.loudness_dbfs, _SILENT_DBFS) for one in report.sounds]
    return (*np.percentile(loud, [10, 50, 90]).tolist(), 1.0)


def _of_media(media: MediaInfo) -> tuple[float, ...]:
    width, height = media.size_px
    return (float(height > width), log2(max(1, width * height)), float(media.frame_rate))
