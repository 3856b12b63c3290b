"""Analysis: decode ahead, score, save, then tell. A generator without Qt.

The window's worker forwards what it yields, the command iterates it, tests call `next()`.
"""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from threading import Event

from footage_sorter.domain.clip import Clip, ContentId
from footage_sorter.domain.errors import ClipError, JudgesLost, Why
from footage_sorter.domain.ports import (
    Burst,
    Damage,
    FrameBatch,
    FrameScorer,
    Instruments,
    Sampled,
    StartOver,
)
from footage_sorter.domain.report import ClipReport, Models, Pass, SoundScore
from footage_sorter.domain.tags import Classifier, ClassifierId, TagScores
from footage_sorter.media.bounded_queue import POLL_S
from footage_sorter.services import tagging
from footage_sorter.services.measurement import ClipMeasurement
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
class _OnRecord:
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
        known = _on_record(store, models, instruments, anew=anew)
        reader = _Reader(work, switches, known, instruments)
        judge = _Judge(work, store, scorer, known, instruments)
        items = reader.read(scorer.working_long_side_px)
        with closing(read_ahead(items, switches.cancel)) as ahead:
            for item in ahead:
                yield from judge.take(item)
    work.idle()


def _on_record(
    store: ClipStore, models: Models, instruments: Instruments, *, anew: bool
) -> _OnRecord:
    """What the models and the installed classifiers said already; nothing, if `anew`."""
    if anew:
        return _OnRecord(models, {}, {}, {})
    stored = store.tags([one.id for one in instruments.classifiers()])
    return _OnRecord(
        models,
        store.looks(models),
        {content: dict(found) for content, found in stored.items()},
        {content: set(found) for content, found in stored.items()},
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Decodes job after job, the next one while the last is still judged: the helper's side."""

    work: WorkQueue
    switches: Switches
    known: _OnRecord
    instruments: Instruments

    def read(self, working_long_side_px: int) -> Generator[_Item, None, None]:
        """What each job needs to be judged, then how it ended; nothing more after a cancel."""
        while (job := self.work.take()) is not None:
            content = job.clip.content
            if job.looked is Pass.TAGS:
                yield self._see(job)
            elif content is not None and self.known.looks.get(content, 0) >= job.looked:
                yield _Known(job)
            else:
                yield from self._look(job, working_long_side_px)

    def _look(self, job: Job, working_long_side_px: int) -> Generator[_Item, None, None]:
        """Read a clip as closely as the job wants; no end is told of one that a cancel cut off."""
        cancel, sounds = self.switches.cancel, None
        self.work.started(job)
        try:
            samples = self.instruments.source.read(
                job.clip, job.looked, working_long_side_px, cancel
            )
            with closing(samples):
                for sample in samples:
                    self._wait_while_paused(job)
                    if cancel.is_set():
                        return
                    yield sample
            if job.looked is Pass.FULL:
                sounds = self.instruments.score_sound(job.clip, cancel)
        except ClipError as error:
            if not cancel.is_set():  # else its process was ended with the program
                yield _Ended(job, error=error)
            return
        if not cancel.is_set():  # else what was read may be half of it
            yield _Ended(job, sounds)

    def _see(self, job: Job) -> _Pictures:
        """Read what classifiers that did not judge a clip yet see of it."""
        content, cancel = job.clip.content, self.switches.cancel
        wanted: list[Classifier] = []
        if content is not None:
            wanted = tagging.missing(content, self.instruments.classifiers(), self.known.asked)
            self.known.asked.setdefault(content, set()).update(one.id for one in wanted)
        pictures: Sequence[tagging.Picture] = ()
        if by_frames := [one for one in wanted if not one.built_in]:
            self.work.started(job)
            self._wait_while_paused(job)
            side_px = tagging.long_side_px(by_frames)
            pictures = tagging.read_or_none(self.instruments.source, job.clip, side_px, cancel)
        return _Pictures(job, pictures, () if cancel.is_set() else wanted)

    def _wait_while_paused(self, job: Job) -> None:
        if self.switches.running.is_set():
            return
        self.work.idle()
        while not self.switches.cancel.is_set() and not self.switches.running.wait(POLL_S):
            pass
        self.work.started(job)


class _Judge:
    """Judges what was read and stores what comes of it: the side of the thread that iterates."""

    def __init__(
        self,
        work: WorkQueue,
        store: ClipStore,
        scorer: FrameScorer,
        known: _OnRecord,
        instruments: Instruments,
    ) -> None:
        self._work = work
        self._store = store
        self._scorer = scorer
        self._known = known
        self._instruments = instruments
        self._taggers = Taggers(instruments.load_tagger)
        self._measured = ClipMeasurement()
        self._lost: JudgesLost | None = None  # over the clip before

    def take(self, item: _Item) -> Iterator[Outcome]:
        """Judge or store `item`; tell what came of it.

        Raises:
            JudgesLost: As `analyse` does.
        """
        match item:
            case StartOver():
                self._measured = ClipMeasurement()
            case FrameBatch() | Burst() | Damage():
                self._measured.measure(item, self._scorer, self._instruments)
            case _Known(job):
                outcome = self._recall(job.clip)
                self._work.finished(job)
                yield outcome
            case _Ended():
                yield from self._end(item)
            case _Pictures():
                self._work.finished(item.job)
                yield from self._tag(item)

    def _end(self, ended: _Ended) -> Iterator[Outcome]:
        """Store a clip's report, or why it has none, and begin with the next one."""
        measured, self._measured = self._measured, ClipMeasurement()
        before, self._lost = self._lost, measured.lost
        outcome = self._stored(ended, measured)
        if isinstance(outcome, Analysed):
            self._known.looks[outcome.report.content] = ended.job.looked
        self._work.finished(ended.job, failed=isinstance(outcome, Failed))
        yield outcome
        if before is not None and self._lost is not None:  # two in a row: it is not the clip
            raise self._lost

    def _stored(self, ended: _Ended, measured: ClipMeasurement) -> Analysed | Failed:
        """Store what was measured, or why nothing was."""
        clip, looked = ended.job.clip, ended.job.looked
        try:
            if ended.error is not None and measured.lost is None:
                raise ended.error
            report = measured.report(clip, looked, self._known.models, ended.sounds)
        except ClipError as error:
            if error.why not in PASSING:
                self._store.put_error(clip, error)
            return Failed(clip, error)
        self._store.save_report(report)
        return Analysed(clip, report)

    def _recall(self, clip: Clip) -> Analysed | Failed:
        """The stored answer for a clip that was judged before."""
        report = self._report_of(clip.content)
        if report is None:  # the library was emptied by another program meanwhile
            return Failed(clip, ClipError(clip.path, Why.UNREADABLE))
        return Analysed(clip, report)

    def _tag(self, seen: _Pictures) -> Iterator[Outcome]:
        """Let classifiers judge a clip, and store what they say."""
        content = seen.job.clip.content
        by_frames = [one for one in seen.wanted if not one.built_in]
        found, refused = self._taggers.judge(seen.pictures, by_frames)
        yield from map(Untaggable, refused)
        if content is None:
            return
        report = self._report_of(content) if len(by_frames) < len(seen.wanted) else None
        if report is not None and report.looked is Pass.FULL:
            said = tagging.of_report(report)
            found |= {one.id: said for one in seen.wanted if one.built_in}
        for classifier, probabilities in found.items():
            self._store.save_tags(TagScores(content, classifier, probabilities))
        so_far = self._known.tags.setdefault(content, {})
        so_far.update(found)
        if so_far:
            yield Tagged(seen.job.clip, dict(so_far))

    def _report_of(self, content: ContentId | None) -> ClipReport | None:
        return None if content is None else self._store.report(content, self._known.models)
