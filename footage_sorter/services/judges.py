"""What judges frames, bursts and clips, at work in a process of its own: no window waits for it.

Torch holds Python's lock, or the system's lock for loading libraries, for a quarter of a second at
a time while it is loaded: docs/decisions/0013. Knows the process; what it is asked comes as tasks,
since services know no network.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event, Lock
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.errors import ClassifierRefused, InferenceUnavailable, JudgesLost, Why
from footage_sorter.domain.ports import (
    Burst,
    ClipTagger,
    FrameBatch,
    FrameScorer,
    Scored,
    ScorerFacts,
)
from footage_sorter.domain.report import BurstScore
from footage_sorter.domain.tags import Classifier
from footage_sorter.media.priority import JUDGES_NICE
from footage_sorter.media.process import WorkerLost, WorkerNotUp, WorkerProcess

log = logging.getLogger(__name__)

PATIENCE_S = 300.0
"""Loading torch from a slow disk takes a minute; a driver that hangs takes for ever."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class JudgeTasks:
    """What the process can be asked; all end with a cancel that nobody sets.

    Attributes:
        facts: () -> ScorerFacts, once the scorer is loaded; raises InferenceUnavailable.
        score: (batch) -> Scored.
        score_burst: (burst) -> BurstScore.
        load: (classifier) -> None; raises ClassifierRefused.
        judge: (classifier, pictures) -> probabilities; raises ClassifierRefused.
        check: (folder) -> Classifier; raises ClassifierRefused.
    """

    facts: Callable[..., Iterable[ScorerFacts]]
    score: Callable[..., Iterable[Scored]]
    score_burst: Callable[..., Iterable[BurstScore]]
    load: Callable[..., Iterable[None]]
    judge: Callable[..., Iterable[tuple[float, ...]]]
    check: Callable[..., Iterable[Classifier]]


class Judges:
    """The judges' process: started when first asked, and anew when it was lost.

    The analysis thread alone has scorers, bursts and taggers judged; `check` and `close` are for
    any thread.
    """

    def __init__(self, tasks: JudgeTasks) -> None:
        self._tasks = tasks
        self._mine: WorkerProcess | None = None  # the analysis thread's
        self._lock = Lock()  # of what follows; nobody waits while he holds it
        self._all: set[WorkerProcess] = set()
        self._closed = False

    @property
    def pids(self) -> list[int]:
        """The processes that live now, by their numbers in the system."""
        with self._lock:
            return [process.pid for process in self._all]

    def open_scorer(self) -> FrameScorer:
        """Load the networks, or what stands in for them.

        Raises:
            InferenceUnavailable: They cannot run as asked, or the process cannot.
            JudgesLost: They bring the process down.
        """
        facts = self._ask(self._tasks.facts)
        if facts.stands_in:
            log.warning("the networks cannot run: %s", facts.stands_in)
        return _Scorer(facts, partial(self._ask, self._tasks.score))

    def score_burst(self, burst: Burst) -> BurstScore:
        """Measure shake and change.

        Raises:
            JudgesLost: The process was lost over it, twice.
            InferenceUnavailable: The process cannot run.
        """
        return self._ask(self._tasks.score_burst, burst)

    def load_tagger(self, classifier: Classifier) -> ClipTagger:
        """Load an installed classifier.

        Raises:
            ClassifierRefused: It cannot be used, or brought the process down.
        """
        ask = partial(self._ask_of, classifier.name)
        ask(self._tasks.load, classifier)
        return _Tagger(partial(ask, self._tasks.judge, classifier))

    def check(self, folder: Path) -> Classifier:
        """Load a classifier once, to find out whether it can be used. Costs the others nothing.

        Raises:
            ClassifierRefused: It cannot, or it brings its process down.
        """
        try:
            process = self._started()
            try:
                return _answer(process, self._tasks.check, folder)
            finally:
                self._let_go(process)
        except (InferenceUnavailable, JudgesLost) as error:
            raise ClassifierRefused(folder.name, error.detail) from error

    def close(self) -> None:
        """End all processes, and what they are doing: it fails."""
        with self._lock:
            self._closed = True
            ending = set(self._all)
            self._all.clear()
        for process in ending:
            process.kill()  # all at once: each takes its moment
        for process in ending:
            process.end()

    def _ask_of(self, name: str, task: Callable[..., Iterable[T]], *args: object) -> T:
        try:
            return self._ask(task, *args)
        except (InferenceUnavailable, JudgesLost) as error:
            raise ClassifierRefused(name, error.detail) from error

    def _ask(self, task: Callable[..., Iterable[T]], *args: object) -> T:
        """Ask the one process that the analysis has; if it is lost, ask another one, once.

        Memory that ran short for a moment then costs nothing.
        """
        try:
            return _answer(self._living(), task, *args)
        except JudgesLost as lost:
            if lost.hung:  # that took minutes already
                raise
        return _answer(self._living(), task, *args)

    def _living(self) -> WorkerProcess:
        if self._mine is None or not self._mine.alive:
            if self._mine is not None:
                self._let_go(self._mine)
            self._mine = self._started()
        return self._mine

    def _started(self) -> WorkerProcess:
        try:
            process = WorkerProcess(JUDGES_NICE)
        except WorkerNotUp as error:
            raise InferenceUnavailable(f"their process cannot be started: {error}") from error
        with self._lock:
            closed = self._closed
            if not closed:
                self._all.add(process)
        if closed:
            process.end()
        return process

    def _let_go(self, process: WorkerProcess) -> None:
        process.end()
        with self._lock:
            self._all.discard(process)


def _answer(process: WorkerProcess, task: Callable[..., Iterable[T]], *args: object) -> T:
    """The only answer of `task`.

    Raises:
        FootageError: What the task raised.
        JudgesLost: The process was lost over it.
        InferenceUnavailable: The process cannot be started, or ended with the program.
    """
    try:
        (answer,) = process.ask(task, args, Event(), PATIENCE_S)
    except WorkerNotUp as error:
        raise InferenceUnavailable(f"their process cannot be started: {error}") from error
    except WorkerLost as lost:
        if lost.why is Why.UNREADABLE:
            raise InferenceUnavailable(f"their process ended: {lost.detail}") from lost
        raise JudgesLost(lost.detail, hung=lost.why is Why.STALLED) from lost
    return answer


@dataclass(frozen=True, slots=True)
class _Scorer:
    """A `FrameScorer` elsewhere."""

    facts: ScorerFacts
    ask: Callable[[FrameBatch], Scored]

    @property
    def blur_model(self) -> str:
        return self.facts.blur_model

    @property
    def exposure_model(self) -> str:
        return self.facts.exposure_model

    @property
    def working_long_side_px(self) -> int:
        return self.facts.working_long_side_px

    @property
    def stands_in(self) -> str:
        return self.facts.stands_in

    def score(self, batch: FrameBatch) -> Scored:
        """Judge each frame of `batch`, in order."""
        return self.ask(batch)


@dataclass(frozen=True, slots=True)
class _Tagger:
    """A `ClipTagger` elsewhere."""

    ask: Callable[[Sequence[NDArray[np.uint8]]], tuple[float, ...]]

    def judge(self, pictures: Sequence[NDArray[np.uint8]]) -> tuple[float, ...]:
        """Return the probabilities of the classifier's labels."""
        return self.ask(pictures)
