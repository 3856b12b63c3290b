"""Groups: clips of one camera and hour, whose light is judged by what was to be had there.

Pure: tracks in, tracks out, nothing stored. Clipped highlights are never forgiven: no light of an
evening makes them come back.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import numpy as np

from footage_sorter.domain.clip import MediaInfo
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.tracks import ROW_OF, Tracks

MIN_GROUP = 5
"""Fewer clips do not say what light there was."""

_DIM = ROW_OF[Flag.UNDEREXPOSED]
_SURE = 1e-3
"""Probabilities are kept this far from 0 and 1, where odds end."""

Group = tuple[str, datetime]


def group_of(media: MediaInfo | None) -> Group | None:
    """The camera and the hour of a clip; None where its file does not say."""
    if media is None or media.camera is None or media.recorded_at is None:
        return None
    return media.camera, media.recorded_at.replace(minute=0, second=0, microsecond=0)


def forgive_dim_hours(clips: Sequence[tuple[MediaInfo | None, Tracks]]) -> list[Tracks]:
    """Judge dimness against the group: only what is dimmer than its companions is underexposed.

    Where the median clip of a group is more likely underexposed than not, its odds are taken out
    of every clip's odds. A group that is well exposed is left as it is, and so is a clip whose
    file does not name its camera and time.

    Returns:
        The tracks in the same order; scores of `Flag.UNDEREXPOSED` are the same or lower.
    """
    members: dict[Group, list[int]] = defaultdict(list)
    for at, (media, tracks) in enumerate(clips):
        group = group_of(media)
        if group is not None and not np.isnan(tracks.of(Flag.UNDEREXPOSED)).all():
            members[group].append(at)
    judged = [tracks for _, tracks in clips]
    for group_members in members.values():
        if len(group_members) < MIN_GROUP:
            continue
        typical = np.median([np.nanmean(judged[at].of(Flag.UNDEREXPOSED)) for at in group_members])
        if typical > 0.5:
            for at in group_members:
                judged[at] = _forgiven(judged[at], float(typical))
    return judged


def _forgiven(tracks: Tracks, typical: float) -> Tracks:
    """Take the odds of `typical`, 0.5 to 1, out of the odds of underexposure."""
    values = tracks.values.copy()
    dim = np.clip(values[_DIM], _SURE, 1 - _SURE)
    usual = min(typical, 1 - _SURE)
    odds = dim / (1 - dim) * (1 - usual) / usual
    values[_DIM] = np.minimum(values[_DIM], odds / (1 + odds))
    return Tracks(values, tracks.lengths_s)
