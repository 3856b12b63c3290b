"""Analysis: decode ahead, score, save, then tell. A generator without Qt.

The window's worker forwards what it yields, the command iterates it, tests call `next()`.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from threading import Event

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.clip import Clip, ContentId, Transfer
from footage_sorter.domain.errors import ClipError, JudgesLost, Why
from footage_sorter.domain.ports import (
    Burst,
    Damage,
    FrameBatch,
    FrameScorer,
    Instruments,
    Sampled,
    Scored,
)
from footage_sorter.domain.report import (
    BurstScore,
    ClipReport,
    FrameScore,
    Models,
    Pass,
    SoundScore,
)
from footage_sorter.domain.tags import Classifier, ClassifierId, TagScores
from footage_sorter.media.handover import POLL_S
from footage_sorter.services import tagging
from footage_sorter.services.read_ahead import read_ahead
from footage_sorter.services.scan import PASSING, Failed
from footage_sorter.services.tagging import Tagged, Taggers, Untaggable
from footage_sorter.services.work import Job, WorkQueue
from footage_sorter.store.clips import ClipStore


@dataclass(frozen=True, slots=True)
class Analysed:
    """A clip has a report, and it is on disk."""

    clip: Clip
    report: ClipReport


@dataclass(frozen=True, slots=True)
class Scoring:
    """The scorer is loaded: the run's first outcome.

    Attributes:
        stands_in: Why a simpler scorer rates in place of the networks; "" where none does.
    """

    models: Models
    stands_in: str


Outcome = Scoring | Analysed | Failed | Tagged | Untaggable


@dataclass(frozen=True, slots=True)
class Switches:
    """How a person steers a run. Fresh for each run: a cancel is never lost to a later one.

    Attributes:
        cancel: Set to end the run; the clip in work leaves nothing.
        running: Cleared to pause.
    """

    cancel: Event = field(default_factory=Event)
    running: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.running.set()


@dataclass(frozen=True, slots=True)
class _Known:
    """The job's answer is stored already."""

    job: Job


@dataclass(frozen=True, slots=True)
class _Ended:
    """The job's samples are over."""

    job: Job
    sounds: tuple[SoundScore, ...] | None = None
    error: ClipError | None = None


@dataclass(frozen=True, slots=True)
class _Pictures:
    """What classifiers see of a clip; no pictures where it cannot be read."""

    job: Job
    pictures: Sequence[tagging.Picture]
    wanted: Sequence[Classifier]


_Item = Sampled | _Known | _Ended | _Pictures


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What was measured of the clip in work so far."""

    frames: list[FrameScore] = field(default_factory=list)
    bursts: list[BurstScore] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)
    pictures: list[NDArray[np.float32]] = field(default_factory=list)
    lost: list[JudgesLost] = field(default_factory=list)

    def measure(self, sample: Sampled, scorer: FrameScorer, instruments: Instruments) -> None:
        """Judge `sample`; nothing more of a clip over which what judges was lost."""
        if self.lost:
            return
        try:
            match sample:
                case FrameBatch():
                    self.take(scorer.score(sample))
                case Burst():
                    self.bursts.append(instruments.score_burst(sample))
                case Damage():
                    self.damage.append(sample.detail)
        except JudgesLost as error:
            self.lost.append(error)

    def take(self, scored: Scored) -> None:
        """Add what was said of a batch; of its pictures the sum is enough."""
        self.frames.extend(scored.frames)
        if scored.pictures is not None:
            self.pictures.append(scored.pictures.sum(axis=0, dtype=np.float32))

    def picture(self) -> tuple[float, ...]:
        """What a network saw, averaged over the frames; () where none looked."""
        if not self.pictures:
            return ()
        mean = np.sum(self.pictures, axis=0) / len(self.frames)
        return tuple(mean.astype(np.float16).astype(float).tolist())  # as it is stored


@dataclass(frozen=True, slots=True)
class _Judged:
    """What is stored already.

    Grows on the scoring thread while the helper reads it: a copy of a clip already done is known.

    Attributes:
        asked: By content, the classifiers that judged it or will; the helper's own.
    """

    models: Models
    looks: dict[ContentId, Pass]
    tags: dict[ContentId, dict[ClassifierId, Mapping[str, float]]]
    asked: dict[ContentId, set[ClassifierId]]


def models_of(scorer: FrameScorer, instruments: Instruments) -> Models:
    """Who measures: the key under which reports are stored."""
    return Models(
        scorer.blur_model, scorer.exposure_model, instruments.shake_model, instruments.sound_model
    )


def analyse(
    work: WorkQueue,
    switches: Switches,
    open_store: Callable[[], ClipStore],
    instruments: Instruments,
    *,
    anew: bool = False,
) -> Generator[Outcome, None, None]:
    """Do all jobs of `work`; yield each outcome after it is on disk.

    The store and the scorer are opened by the thread that iterates: loading torch takes seconds
    that a window must not wait. Content that the scorer at hand has judged is not read again,
    unless `anew`. Use with `contextlib.closing`.

    Raises:
        JudgesLost: What judges was lost over two clips in a row; over one alone, that one failed.
        FootageError: The library or the machine fails; what is done is kept.
    """
    if not work.pending:
        return
    with closing(open_store()) as store:
        scorer = instruments.open_scorer()
        models = models_of(scorer, instruments)
        yield Scoring(models, scorer.stands_in)
        known = _judged(store, models, instruments, anew=anew)
        samples = _sample(work, switches, known, scorer.working_long_side_px, instruments)
        taggers = Taggers(instruments.load_tagger)
        gathered, lost = _Gathered(), list[JudgesLost]()
        with closing(read_ahead(samples, switches.cancel)) as items:
            for item in items:
                match item:
                    case FrameBatch() | Burst() | Damage():
                        gathered.measure(item, scorer, instruments)
                    case _Known():
                        outcome = _recall(item.job.clip, models, store)
                        work.finished(item.job)
                        yield outcome
                    case _Ended():
                        outcome = _finish(item, gathered, models, store)
                        before, lost, gathered = lost, gathered.lost, _Gathered()
                        if isinstance(outcome, Analysed):
                            known.looks[outcome.report.content] = item.job.looked
                        work.finished(item.job, failed=isinstance(outcome, Failed))
                        yield outcome
                        if before and lost:  # over two clips in a row: it is not the clip
                            raise lost[0]
                    case _Pictures():
                        work.finished(item.job)
                        yield from _tag(item, taggers, known, store)
    work.idle()


def _sample(
    work: WorkQueue,
    switches: Switches,
    known: _Judged,
    working_long_side_px: int,
    instruments: Instruments,
) -> Generator[_Item, None, None]:
    """Decode job after job, the next one while the last is still being scored."""
    while (job := work.take()) is not None:
        clip = job.clip
        if job.looked is Pass.TAGS:
            yield _see(job, work, switches, known, instruments)
            continue
        if clip.content is not None and known.looks.get(clip.content, 0) >= job.looked:
            yield _Known(job)
            continue
        work.started(job)
        sounds = None
        try:
            samples = instruments.source.read(
                clip, job.looked, working_long_side_px, switches.cancel
            )
            with closing(samples):
                for sample in samples:
                    _wait_while_paused(work, job, switches)
                    if switches.cancel.is_set():
                        return
                    yield sample
            if job.looked is Pass.FULL:
                sounds = instruments.score_sound(clip, switches.cancel)
        except ClipError as error:
            if switches.cancel.is_set():  # its process was ended with the program
                return
            yield _Ended(job, error=error)
            continue
        if switches.cancel.is_set():  # what was read may be half of it
            return
        yield _Ended(job, sounds)


def _see(
    job: Job, work: WorkQueue, switches: Switches, known: _Judged, instruments: Instruments
) -> _Pictures:
    """Read what classifiers that did not judge a clip yet see of it."""
    wanted: list[Classifier] = []
    if job.clip.content is not None:
        wanted = tagging.missing(job.clip.content, instruments.classifiers(), known.asked)
        known.asked.setdefault(job.clip.content, set()).update(one.id for one in wanted)
    if not wanted:
        return _Pictures(job, (), ())
    pictures: Sequence[tagging.Picture] = ()
    if by_frames := [one for one in wanted if not one.built_in]:
        work.started(job)
        _wait_while_paused(work, job, switches)
        side_px = tagging.long_side_px(by_frames)
        pictures = tagging.read_or_none(instruments.source, job.clip, side_px, switches.cancel)
    return _Pictures(job, pictures, () if switches.cancel.is_set() else wanted)


def _tag(
    seen: _Pictures, taggers: Taggers, known: _Judged, store: ClipStore
) -> Generator[Outcome, None, None]:
    """Let classifiers judge a clip, and store what they say."""
    content = seen.job.clip.content
    by_frames = [one for one in seen.wanted if not one.built_in]
    found, refused = taggers.judge(seen.pictures, by_frames)
    yield from map(Untaggable, refused)
    if content is None:
        return
    report = store.report(content, known.models) if len(by_frames) < len(seen.wanted) else None
    if report is not None and report.looked is Pass.FULL:
        said = tagging.of_report(report)
        found |= {one.id: said for one in seen.wanted if one.built_in}
    for classifier, probabilities in found.items():
        store.save_tags(TagScores(content, classifier, probabilities))
    on_record = known.tags.setdefault(content, {})
    on_record.update(found)
    if on_record:
        yield Tagged(seen.job.clip, dict(on_record))


def _judged(store: ClipStore, models: Models, instruments: Instruments, *, anew: bool) -> _Judged:
    """What the models and the installed classifiers said already; nothing, if `anew`."""
    if anew:
        return _Judged(models, {}, {}, {})
    stored = store.tags([one.id for one in instruments.classifiers()])
    return _Judged(
        models,
        store.looks(models),
        {content: dict(found) for content, found in stored.items()},
        {content: set(found) for content, found in stored.items()},
    )


def _wait_while_paused(work: WorkQueue, job: Job, switches: Switches) -> None:
    if switches.running.is_set():
        return
    work.idle()
    while not switches.cancel.is_set() and not switches.running.wait(POLL_S):
        pass
    work.started(job)


def _finish(ended: _Ended, gathered: _Gathered, models: Models, store: ClipStore) -> Outcome:
    """Store what was measured, or why nothing was."""
    clip, error = ended.job.clip, ended.error
    if gathered.lost:
        error = ClipError(clip.path, Why.UNJUDGED, gathered.lost[0].detail)
    if error is None and not gathered.frames:
        error = ClipError(clip.path, Why.DAMAGED, "; ".join(gathered.damage))
    if error is not None or clip.media is None or clip.content is None:
        error = error or ClipError(clip.path, Why.UNREADABLE)
        if error.why not in PASSING:
            store.put_error(clip, error)
        return Failed(clip, error)
    report = ClipReport(
        content=clip.content,
        models=models,
        looked=ended.job.looked,
        duration_s=clip.media.duration_s,
        frames=tuple(sorted(gathered.frames, key=lambda frame: frame.time_s)),
        bursts=tuple(sorted(gathered.bursts, key=lambda burst: burst.start_s)),
        sounds=ended.sounds,
        exposure_judged=clip.media.colour.transfer is not Transfer.LOG,
        damage="; ".join(dict.fromkeys(gathered.damage)),
        picture=gathered.picture(),
    )
    store.save_report(report)
    return Analysed(clip, report)


def _recall(clip: Clip, models: Models, store: ClipStore) -> Outcome:
    """The stored answer for a clip that was judged before."""
    report = store.report(clip.content, models) if clip.content is not None else None
    if report is None:  # the library was emptied by another program meanwhile
        return Failed(clip, ClipError(clip.path, Why.UNREADABLE))
    return Analysed(clip, report)
