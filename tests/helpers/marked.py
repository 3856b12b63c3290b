"""Marked clips of a made-up shoot, to learn from: rows with features, no file is read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from footage_sorter.domain.clip import (
    Clip,
    ClipId,
    ContentId,
    Decision,
    FileStamp,
    Mark,
    MediaInfo,
)
from footage_sorter.domain.features import Features, features_of
from footage_sorter.domain.rating import rate
from footage_sorter.domain.report import BurstScore, ClipReport, FrameScore, Models, Pass
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.tracks import tracks_of
from footage_sorter.store.clips import ClipStore
from tests.helpers.rows import LIMITS, MODELS, media

FOLDER = Path("/fest")
STAMP = FileStamp(1, 1)
FIRST = datetime(2026, 3, 14, 9, 5, tzinfo=UTC)


def report_of(
    number: int, *, pan: float, blur: float, models: Models = MODELS, seconds: int = 8
) -> ClipReport:
    """A clip that pans at a speed and is blurred in some seconds."""
    rng = np.random.default_rng(number)
    return ClipReport(
        content=ContentId(f"{number:032x}"),
        models=models,
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


@dataclass(frozen=True, slots=True)
class Taken:
    """One clip of the shoot: what was measured, and what the person said."""

    number: int
    report: ClipReport
    media: MediaInfo
    mark: Mark

    @property
    def path(self) -> Path:
        """Where it lies, on no disk."""
        return FOLDER / f"{self.number:03}.mp4"


def takes(
    n: int = 60, *, follows: bool = True, seed: int = 0, models: Models = MODELS
) -> list[Taken]:
    """Clips of ten hours; the marks follow how fast the camera pans, or nothing.

    Usability does not tell: the clips that pan are as often blurred as those that do not.
    """
    rng = np.random.default_rng(seed)
    taken = []
    for number in range(n):
        pans = bool(rng.random() < 0.5)
        kept = pans if follows else bool(rng.random() < 0.5)
        pan, blur = 0.3 if pans else 0.02, float(rng.choice([0.1, 0.6]))
        report = report_of(number, pan=pan, blur=blur, models=models)
        hour = FIRST + timedelta(hours=number % 10)
        facts = replace(media(report.duration_s), recorded_at=hour)
        taken.append(Taken(number, report, facts, Mark.KEEP if kept else Mark.REJECT))
    return taken


def shoot(n: int = 60, *, follows: bool = True, seed: int = 0) -> list[ClipRow]:
    """The rows of `takes`."""
    return [_row(one) for one in takes(n, follows=follows, seed=seed)]


def fill(store: ClipStore, taken: Sequence[Taken]) -> None:
    """Put clips, their reports and their marks into a library."""
    for one in taken:
        found = store.put_found(one.path, STAMP)
        store.put_read(found, one.report.content, one.media)
        store.save_report(one.report)
        store.decide({found.id: Decision(one.mark)})


def _row(one: Taken) -> ClipRow:
    tracks = tracks_of(one.report)
    return ClipRow(
        Clip(ClipId(one.number + 1), one.path, STAMP, one.report.content, one.media),
        Decision(one.mark),
        rate(tracks, LIMITS),
        looked=Pass.FULL,
        models=MODELS,
        tracks=tracks,
        features=Features(features_of(one.report)),
    )
