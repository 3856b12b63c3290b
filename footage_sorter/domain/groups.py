"""Groups: clips of one camera and hour, whose light is judged by what was to be had there.

Pure: tracks in, tracks out, nothing stored. Only dimness and noise are relative. Clipped highlights
are never forgiven: no light of an evening makes them come back.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import isnan, nan

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.clip import MediaInfo
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.tracks import Tracks

MIN_GROUP = 5
"""Fewer clips do not say what light there was."""

USUAL_IS_DIM = 0.5
"""A group is dark when its median clip is more likely underexposed than not."""

LEAST_NOISE = 0.25 / 255
"""Where less than this is usual, encoding took the noise away, and nothing can be a multiple."""

_SURE = 1e-3
"""Probabilities are kept this far from 0 and 1, where odds end."""

Group = tuple[str, datetime]


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual in a clip's group, as all of its clips say together.

    Attributes:
        dim: As `Tracks.usual_dim`.
        noise: As `ClipRow.usual_noise`.
    """

    dim: float | None = None
    noise: float | None = None


def group_of(media: MediaInfo | None) -> Group | None:
    """The camera and the hour of a clip; None where its file does not say."""
    if media is None or media.camera is None or media.recorded_at is None:
        return None
    return media.camera, media.recorded_at.replace(minute=0, second=0, microsecond=0)


def with_usual_light(clips: Sequence[tuple[MediaInfo | None, Tracks]]) -> list[Tracks]:
    """Tell each clip's tracks how dim its group usually is.

    Returns:
        The tracks in the same order, those that stay as they are unchanged; `usual_dim` is the
        group's median where the group is dark, else NaN.
    """
    if not clips:
        return []
    dims = _mean_dims([tracks for _, tracks in clips])
    usual = _medians([media for media, _ in clips], dims, USUAL_IS_DIM)
    return [
        tracks if _same(tracks.usual_dim, found) else replace(tracks, usual_dim=found)
        for (_, tracks), found in zip(clips, usual, strict=True)
    ]


def usual_noise(clips: Sequence[tuple[MediaInfo | None, float | None]]) -> list[float | None]:
    """Tell how noisy the group of each clip usually is.

    Args:
        clips: What each file says of itself, and its noise, share 0-1 of full scale.

    Returns:
        The median of the clip's group, over `LEAST_NOISE`; else None. In the same order.
    """
    noises = np.array([nan if noise is None else noise for _, noise in clips], np.float64)
    usual = _medians([media for media, _ in clips], noises, LEAST_NOISE)
    return [None if isnan(found) else found for found in usual]


def _medians(
    medias: Sequence[MediaInfo | None], values: NDArray[np.float64], over: float
) -> list[float]:
    """The median of the group that each clip belongs to.

    Returns:
        NaN for a clip without a value, in a group of fewer than `MIN_GROUP`, or whose group's
        median is not greater than `over`.
    """
    members: dict[Group, list[int]] = defaultdict(list)
    for at in np.flatnonzero(~np.isnan(values)).tolist():
        if (group := group_of(medias[at])) is not None:
            members[group].append(at)
    usual = [nan] * len(medias)
    for places in members.values():
        typical = float(np.median(values[places])) if len(places) >= MIN_GROUP else nan
        if typical > over:
            for at in places:
                usual[at] = typical
    return usual


def _mean_dims(clips: Sequence[Tracks]) -> NDArray[np.float64]:
    """How dim each clip is on average, shape (clips,); NaN where that was not measured."""
    dim = np.concatenate([one.of(Flag.UNDEREXPOSED) for one in clips])
    lengths_s = np.concatenate([one.lengths_s for one in clips])
    starts = np.cumsum([0, *(len(one.lengths_s) for one in clips[:-1])])
    measured = ~np.isnan(dim)
    sums = np.add.reduceat(np.where(measured, dim * lengths_s, 0.0), starts)
    weights = np.add.reduceat(np.where(measured, lengths_s, 0.0), starts)
    means = np.full(len(clips), np.nan)
    np.divide(sums, weights, out=means, where=weights > 0)
    return means


def forgiven(dim: NDArray[np.float32], usual: NDArray[np.float32]) -> NDArray[np.float32]:
    """Take what is usual out of how dim seconds are, as odds.

    Args:
        dim: Probabilities of underexposure, any shape; NaN where not measured.
        usual: Of the same shape: the group's median, over `USUAL_IS_DIM`; NaN where there is none.

    Returns:
        Probabilities, the same or lower: 0.5 for a second that is as dim as usual.
    """
    odds, group_odds = _odds(dim), _odds(usual)
    relative = odds / (odds + group_odds)
    lower: NDArray[np.float32] = np.where(np.isnan(usual), dim, np.minimum(dim, relative))
    return lower.astype(np.float32)


def _odds(probability: NDArray[np.float32]) -> NDArray[np.float32]:
    kept = np.clip(probability, _SURE, 1 - _SURE)
    odds: NDArray[np.float32] = kept / (1 - kept)
    return odds


def _same(one: float, other: float) -> bool:
    return one == other or (isnan(one) and isnan(other))
