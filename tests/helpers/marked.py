"""Marked clips of a made-up shoot, to learn from: rows with features, no file is read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from footage_sorter.domain.clip import Clip, ClipId, ContentId, Decision, FileStamp, Mark
from footage_sorter.domain.features import Features, features_of
from footage_sorter.domain.rating import rate
from footage_sorter.domain.report import BurstScore, ClipReport, FrameScore, Pass
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.tracks import tracks_of
from tests.helpers.rows import LIMITS, MODELS, media

FIRST = datetime(2026, 3, 14, 9, 5, tzinfo=UTC)


def report_of(number: int, *, pan: float, blur: float, seconds: int = 8) -> ClipReport:
    """A clip that pans at a speed and is blurred in some seconds."""
    rng = np.random.default_rng(number)
    return ClipReport(
        content=ContentId(f"{number:032x}"),
        models=MODELS,
        looked=Pass.FULL,
        duration_s=float(seconds),
        frames=tuple(
            FrameScore(at + 0.5, float(rng.random() < blur), 0.05, 0.05) for at in range(seconds)
        ),
        bursts=tuple(
            BurstScore(at, at + 0.5, 0.1, 0.05, pan_x=pan + 0.02 * rng.normal())
            for at in range(seconds)
        ),
    )


def shoot(n: int = 60, *, follows: bool = True, seed: int = 0, n_hours: int = 10) -> list[ClipRow]:
    """Clips of some hours; the marks follow how fast the camera pans, or nothing.

    Usability does not tell: the clips that pan are as often blurred as those that do not.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(n):
        pans = bool(rng.random() < 0.5)
        kept = pans if follows else bool(rng.random() < 0.5)
        report = report_of(number, pan=0.3 if pans else 0.02, blur=float(rng.choice([0.1, 0.6])))
        tracks = tracks_of(report)
        facts = replace(
            media(report.duration_s), recorded_at=FIRST + timedelta(hours=number % n_hours)
        )
        rows.append(
            ClipRow(
                Clip(
                    ClipId(number + 1),
                    Path(f"/fest/{number:03}.mp4"),
                    FileStamp(1, 1),
                    report.content,
                    facts,
                ),
                Decision(Mark.KEEP if kept else Mark.REJECT),
                rate(tracks, LIMITS),
                looked=Pass.FULL,
                models=MODELS,
                tracks=tracks,
                features=Features(features_of(report)),
            )
        )
    return rows
