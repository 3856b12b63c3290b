"""Rows as the exports see them, made from a few numbers a clip; no file is read."""

from collections.abc import Sequence
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import numpy as np

from footage_sorter.domain.clip import (
    UNDECIDED,
    Clip,
    ClipId,
    ContentId,
    Decision,
    FileStamp,
    MediaInfo,
    Sound,
)
from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.rating import rate
from footage_sorter.domain.report import Models, Pass
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.tracks import ROW_OF, Tracks, cell_lengths

ROUNDING_S = Fraction(1, 1_000_000)
"""Tracks keep lengths as float32: a segment may end so far beyond its clip's duration."""

LIMITS = Limits()
MODELS = Models("sharp@1", "light@2", "steady@3", "sound@4")


def media(
    duration_s: float = 10.0,
    frame_rate: Fraction = Fraction(25),
    *,
    sound: bool = True,
    start_timecode: str | None = None,
    rotation_deg: int = 0,
    variable_rate: bool = False,
) -> MediaInfo:
    """An ordinary clip's facts."""
    return MediaInfo(
        duration_s=duration_s,
        frame_rate=frame_rate,
        coded_size_px=(1280, 720),
        rotation_deg=rotation_deg,
        codec="h264",
        pixel_format="yuv420p",
        sound=Sound("aac", 48000, 2) if sound else None,
        variable_rate=variable_rate,
        start_timecode=start_timecode,
        recorded_at=datetime(2026, 3, 14, 9, 26, tzinfo=UTC),
        camera="GoPro HERO9",
    )


def tracks(duration_s: float, *, over: dict[Flag, Sequence[int]] | None = None) -> Tracks:
    """Tracks at 0.1, and at 1 in the seconds that `over` names; the sound and frozen unmeasured."""
    lengths_s = cell_lengths(duration_s)
    values = np.full((len(Flag), len(lengths_s)), 0.1, np.float32)
    values[[ROW_OF[Flag.SILENT], ROW_OF[Flag.CLIPPED_AUDIO]]] = np.nan
    for flag, seconds in (over or {}).items():
        values[ROW_OF[flag], list(seconds)] = 1.0
    return Tracks(values, lengths_s, np.zeros_like(lengths_s))


def rated(
    path: str | Path = "/fest/day 1/A001.mp4",
    *,
    facts: MediaInfo | None = None,
    over: dict[Flag, Sequence[int]] | None = None,
    decision: Decision = UNDECIDED,
    clip_id: int = 1,
    content: ContentId | None = None,
) -> ClipRow:
    """A rated clip whose seconds in `over` show a fault."""
    facts = facts or media()
    measured = tracks(facts.duration_s, over=over).without(decision.overruled)
    return ClipRow(
        clip=Clip(ClipId(clip_id), Path(path), FileStamp(1000, 1), content, facts),
        decision=decision,
        rating=rate(measured, LIMITS),
        limits=LIMITS,
        looked=Pass.FULL,
        models=MODELS,
        tracks=measured,
    )


def failed(path: str = "/fest/broken.mp4", why: Why = Why.NO_INDEX, clip_id: int = 2) -> ClipRow:
    """A clip that cannot be read."""
    clip = Clip(ClipId(clip_id), Path(path), FileStamp(3, 1))
    return ClipRow(clip=clip, error=ClipError(clip.path, why))


def unread(path: str = "/fest/new.mp4", clip_id: int = 3) -> ClipRow:
    """A clip that was found and not analysed yet."""
    return ClipRow(clip=Clip(ClipId(clip_id), Path(path), FileStamp(3, 1)))
