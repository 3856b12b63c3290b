"""Reads clips the way the program does, and keeps what came."""

from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from footage_sorter.domain.clip import Clip, ClipId, FileStamp
from footage_sorter.domain.ports import Burst, Damage, FrameBatch, settled
from footage_sorter.domain.report import Pass
from footage_sorter.media.frames import ClipFrames
from footage_sorter.media.probe import content_id, probe


@dataclass(slots=True)
class Seen:
    """All that a look at a clip gave."""

    batches: list[FrameBatch] = field(default_factory=list)
    bursts: list[Burst] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)

    @property
    def looks_s(self) -> list[float]:
        """Times of the frames for the models, in the order they came."""
        return [float(time_s) for batch in self.batches for time_s in batch.times_s]

    @property
    def burst_times_s(self) -> list[list[float]]:
        """Times of the frames of each burst."""
        return [[float(time_s) for time_s in burst.times_s] for burst in self.bursts]


def clip_of(path: Path) -> Clip:
    """The clip at `path`, as the library knows it after a scan."""
    found = path.stat()
    stamp = FileStamp(found.st_size, found.st_mtime_ns)
    return Clip(ClipId(1), path, stamp, content_id(path), probe(path))


def look(
    path: Path, looked: Pass = Pass.FULL, long_side_px: int = 960, cancel: Event | None = None
) -> Seen:
    """Look at the clip at `path` and keep everything."""
    seen = Seen()
    samples = ClipFrames().read(clip_of(path), looked, long_side_px, cancel or Event())
    for sampled in settled(samples):
        match sampled:
            case FrameBatch():
                seen.batches.append(sampled)
            case Burst():
                seen.bursts.append(sampled)
            case Damage():
                seen.damage.append(sampled.detail)
    return seen
