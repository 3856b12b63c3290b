"""What of the examples can be learned from: readable, long enough, of one class each.

Knows clips and their sources. Says of every clip that is left out why.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from footage_sorter.domain.clip import Clip, ClipId, ContentId, FileStamp, MediaInfo
from footage_sorter.domain.errors import ClipError
from footage_sorter.domain.tags import CLIP_FRAMES
from footage_sorter.domain.training import (
    LEAST_SOURCES,
    Example,
    LeftOut,
    Refusal,
    Skipped,
    labels_of,
)
from footage_sorter.media.decoders import Decoders
from footage_sorter.media.probe import content_id

TAKES_APART_S = 60.0
"""Takes of one camera that begin closer together than this, end to start, are of one scene."""


class NothingToLearn(Exception):
    """Nothing can be trained, mostly for what is left of the examples.

    Attributes:
        about: What it is about, see `domain.training.Refused`.
    """

    def __init__(self, refusal: Refusal, about: str = "") -> None:
        super().__init__(f"{refusal}: {about}")
        self.refusal = refusal
        self.about = about


@dataclass(frozen=True, slots=True)
class Lesson:
    """A clip to learn from.

    Attributes:
        source: Clips of the same one are never on both sides of a trial.
    """

    clip: Clip
    content: ContentId
    media: MediaInfo
    label: str
    source: str


def look_at(example: Example, decoders: Decoders, cancel: Event) -> Lesson | Skipped:
    """Find out whether a clip can be learned from."""
    path = Path(example.path)
    try:
        media = decoders.probe(path, cancel)
        content = content_id(path)
        stat = path.stat()
    except ClipError as error:
        return Skipped(example.path, error.why)
    except OSError as error:
        return Skipped(example.path, LeftOut.SYSTEM, error.strerror or str(error))
    if media.duration_s * media.frame_rate < CLIP_FRAMES - 0.5:
        return Skipped(example.path, LeftOut.TOO_SHORT)
    stamp = FileStamp(stat.st_size, stat.st_mtime_ns)
    clip = Clip(ClipId(0), path, stamp, content, media)
    return Lesson(clip, content, media, example.label, example.source)


def without_doubles(lessons: Sequence[Lesson]) -> tuple[list[Lesson], list[Skipped]]:
    """Each content once; none that is in two classes, since it cannot be both."""
    labels: defaultdict[ContentId, set[str]] = defaultdict(set)
    for lesson in lessons:
        labels[lesson.content].add(lesson.label)
    kept: list[Lesson] = []
    skipped: list[Skipped] = []
    seen: set[ContentId] = set()
    for lesson in lessons:
        if len(labels[lesson.content]) > 1:
            both = ", ".join(sorted(labels[lesson.content]))
            skipped.append(Skipped(str(lesson.clip.path), LeftOut.IN_SEVERAL, both))
        elif lesson.content in seen:
            skipped.append(Skipped(str(lesson.clip.path), LeftOut.COPY))
        else:
            seen.add(lesson.content)
            kept.append(lesson)
    return kept, skipped


def with_sources(lessons: Sequence[Lesson]) -> list[Lesson]:
    """Lessons with a source each: as stated, else the scene by camera and time, else the clip."""
    scenes = _scenes([one for one in lessons if not one.source])
    return [
        one if one.source else replace(one, source=scenes.get(one.content, str(one.content)))
        for one in lessons
    ]


def _scenes(lessons: Iterable[Lesson]) -> dict[ContentId, str]:
    """The scene of each clip whose camera and time are known, named by its first clip."""
    by_camera: defaultdict[str, list[Lesson]] = defaultdict(list)
    for lesson in lessons:
        if lesson.media.recorded_at is not None and lesson.media.camera:
            by_camera[lesson.media.camera].append(lesson)
    scenes: dict[ContentId, str] = {}
    for takes in by_camera.values():
        takes.sort(key=_began_s)
        name, over_s = "", 0.0
        for take in takes:
            if not name or _began_s(take) - over_s > TAKES_APART_S:
                name = str(take.content)
            over_s = max(over_s, _began_s(take) + take.media.duration_s)
            scenes[take.content] = name
    return scenes


def _began_s(lesson: Lesson) -> float:
    assert lesson.media.recorded_at is not None
    return lesson.media.recorded_at.timestamp()


def check(lessons: Sequence[Lesson], wanted: Sequence[str]) -> None:
    """Refuse what no trial could tell anything about.

    Args:
        lessons: Those left, with their sources.
        wanted: The labels that were asked for.

    Raises:
        NothingToLearn: A class has too few sources left.
    """
    sources: defaultdict[str, set[str]] = defaultdict(set)
    for lesson in lessons:
        sources[lesson.label].add(lesson.source)
    clips = Counter(lesson.label for lesson in lessons)
    for label in wanted:
        if len(sources[label]) >= LEAST_SOURCES:
            continue
        if clips[label] > 1:
            raise NothingToLearn(Refusal.CLASS_OF_ONE_SCENE, label)
        raise NothingToLearn(
            Refusal.CLASS_OF_ONE_CLIP if clips[label] else Refusal.CLASS_EMPTY, label
        )


def wanted_labels(examples: Sequence[Example]) -> tuple[str, ...]:
    """The labels asked for.

    Raises:
        NothingToLearn: There are fewer than two.
    """
    labels = labels_of(examples)
    if len(labels) < 2:
        raise NothingToLearn(Refusal.ONE_CLASS)
    return labels
