"""What the program would store of a clip: its bursts, measured by the program's own code."""

from pathlib import Path
from threading import Event

from footage_sorter.domain.clip import Clip, ClipId, FileStamp
from footage_sorter.domain.ports import Burst, settled
from footage_sorter.domain.report import BurstScore, Pass
from footage_sorter.inference.motion import score_burst
from footage_sorter.media.frames import ClipFrames
from footage_sorter.media.probe import content_id, probe

SMALL_PX = 64
"""Single frames are of no use here, so they are read as small as may be."""


def clip_of(path: Path) -> Clip:
    """Read what a library would know of the clip at `path`.

    Raises:
        ClipError: It cannot be read.
    """
    found = path.stat()
    stamp = FileStamp(found.st_size, found.st_mtime_ns)
    return Clip(ClipId(0), path.resolve(), stamp, content_id(path), probe(path))


def bursts_of(path: Path) -> tuple[BurstScore, ...]:
    """Measure every burst of the clip at `path`, as the program's close look does.

    Raises:
        ClipError: Not one frame of it decodes.
    """
    sampled = settled(ClipFrames().read(clip_of(path), Pass.FULL, SMALL_PX, Event()))
    return tuple(score_burst(one) for one in sampled if isinstance(one, Burst))
