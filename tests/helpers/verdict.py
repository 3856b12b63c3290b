"""From a file to its verdict in one call: no library, no window."""

from dataclasses import dataclass
from pathlib import Path
from threading import Event

from footage_sorter.domain.clip import Clip, ClipId, FileStamp, Transfer
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.ports import Burst, Damage, FrameBatch, FrameScorer, settled
from footage_sorter.domain.rating import Rating, rate, reasons
from footage_sorter.domain.report import ClipReport, Models, Pass
from footage_sorter.domain.tracks import tracks_of
from footage_sorter.inference.classical import ClassicalScorer
from footage_sorter.inference.motion import SHAKE_MODEL, score_burst
from footage_sorter.media.decoders import Decoders
from footage_sorter.media.probe import content_id
from footage_sorter.media.sound import SOUND_MODEL


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a file."""

    report: ClipReport
    rating: Rating
    said: int  # flags that have their sentence


def judge(
    decoders: Decoders, path: Path, looked: Pass = Pass.FULL, scorer: FrameScorer | None = None
) -> Verdict:
    """Rate the file at `path` as the program does, by the simple scorer where none is given.

    Raises:
        ClipError: It cannot be rated.
    """
    found = path.stat()
    media = decoders.probe(path, Event())
    content = content_id(path)
    clip = Clip(ClipId(1), path, FileStamp(found.st_size, found.st_mtime_ns), content, media)
    scorer = scorer or ClassicalScorer()
    frames, bursts, damage = [], [], []
    for sample in settled(decoders.read(clip, looked, scorer.working_long_side_px, Event())):
        match sample:
            case FrameBatch():
                frames += scorer.score(sample).frames
            case Burst():
                bursts.append(score_burst(sample))
            case Damage(detail):
                damage.append(detail)
    report = ClipReport(
        content=content,
        models=Models(scorer.blur_model, scorer.exposure_model, SHAKE_MODEL, SOUND_MODEL),
        looked=looked,
        duration_s=media.duration_s,
        frames=tuple(sorted(frames, key=lambda frame: frame.time_s)),
        bursts=tuple(sorted(bursts, key=lambda burst: burst.start_s)),
        sounds=decoders.score_sound(clip, Event()) if looked is Pass.FULL else None,
        exposure_judged=media.colour.transfer is not Transfer.LOG,
        damage="; ".join(dict.fromkeys(damage)),
    )
    tracks = tracks_of(report)
    rating = rate(tracks, Limits())
    return Verdict(report, rating, len(reasons(tracks, Limits(), rating)))
