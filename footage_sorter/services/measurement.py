"""Measurement: what was measured of the clip in work, sample by sample, until it is a report."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.clip import Clip, Transfer
from footage_sorter.domain.errors import ClipError, JudgesLost, Why
from footage_sorter.domain.ports import Burst, Damage, FrameBatch, FrameScorer, Instruments, Scored
from footage_sorter.domain.report import (
    BurstScore,
    ClipReport,
    FrameScore,
    Models,
    Pass,
    SoundScore,
)


@dataclass(slots=True)
class ClipMeasurement:
    """What was measured of one clip so far.

    Attributes:
        pictures: Sums over batches of what a network saw, float32, shape (d,) each.
        lost: What judges was lost over this clip: no more of it is judged.
    """

    frames: list[FrameScore] = field(default_factory=list)
    bursts: list[BurstScore] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)
    pictures: list[NDArray[np.float32]] = field(default_factory=list)
    lost: JudgesLost | None = None

    def measure(
        self, sample: FrameBatch | Burst | Damage, scorer: FrameScorer, instruments: Instruments
    ) -> None:
        """Judge `sample`, unless what judges was lost over this clip; losing it is noted."""
        if self.lost is not None:
            return
        try:
            match sample:
                case FrameBatch():
                    self._take(scorer.score(sample))
                case Burst():
                    self.bursts.append(instruments.score_burst(sample))
                case Damage():
                    self.damage.append(sample.detail)
        except JudgesLost as error:
            self.lost = error

    def report(
        self,
        clip: Clip,
        looked: Pass,
        models: Models,
        sounds: tuple[SoundScore, ...] | None,
    ) -> ClipReport:
        """All of it, in order of time.

        Raises:
            ClipError: What judges was lost over it, nothing of it decoded, or it is not known yet
                what the file holds.
        """
        if self.lost is not None:
            raise ClipError(clip.path, Why.UNJUDGED, self.lost.detail)
        if not self.frames:
            raise ClipError(clip.path, Why.DAMAGED, "; ".join(self.damage))
        if clip.media is None or clip.content is None:
            raise ClipError(clip.path, Why.UNREADABLE)
        return ClipReport(
            content=clip.content,
            models=models,
            looked=looked,
            duration_s=clip.media.duration_s,
            frames=tuple(sorted(self.frames, key=lambda frame: frame.time_s)),
            bursts=tuple(sorted(self.bursts, key=lambda burst: burst.start_s)),
            sounds=sounds,
            exposure_judged=clip.media.colour.transfer is not Transfer.LOG,
            damage="; ".join(dict.fromkeys(self.damage)),
            picture=self._picture(),
        )

    def _take(self, scored: Scored) -> None:
        """Add what was said of a batch; of its pictures the sum is enough."""
        self.frames.extend(scored.frames)
        if scored.pictures is not None:
            self.pictures.append(scored.pictures.sum(axis=0, dtype=np.float32))

    def _picture(self) -> tuple[float, ...]:
        """What a network saw, averaged over the frames; () where none looked."""
        if not self.pictures:
            return ()
        mean = np.sum(self.pictures, axis=0) / len(self.frames)
        return tuple(mean.astype(np.float16).astype(float).tolist())  # as it is stored
