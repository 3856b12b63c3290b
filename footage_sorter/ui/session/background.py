"""What the window leaves to others: a pool of two threads for scans and small jobs.

Knows threads and signals, no widget. What a job returns or raises comes back on the GUI thread.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QThreadPool, QTimer, Signal

from footage_sorter.domain.clip import MediaInfo
from footage_sorter.domain.errors import FootageError
from footage_sorter.services.companion_files import CompanionFiles, CompanionOutcome, take_along
from footage_sorter.services.scan import Probe, scan
from footage_sorter.store.clips import ClipStore

log = logging.getLogger(__name__)

POOL_THREADS = 2
URGENT = 1
"""Priority of what a person waits for; thumbnails have 0."""

MOST = 200
"""Outcomes of a scan that are told at once, some 5 ms of work: a drive that has gone brings
thousands."""

BATCH_S = 0.1
"""Outcomes of a scan are told together, at most this often."""


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """One job in the pool. Its cancel is its own, so that none is lost to a later job."""

    cancel: Event = field(default_factory=Event)


class Background(QObject):
    """Runs jobs in the pool. Made and used on the GUI thread.

    Signals:
        scanned: tuple of BesideOutcome, each stored already; few enough not to hold the window up.
        failed: FootageError or bug that ended a job.
        idle: The last job has ended.
    """

    scanned = Signal(object)
    _batched = Signal(object)  # the same, of any number
    failed = Signal(object)
    idle = Signal()
    _ended = Signal(object)  # Task
    _answered = Signal(object, object)  # what to call on the GUI thread, with what

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(POOL_THREADS)
        self._tasks: set[Task] = set()
        self._closed = False
        self._heard: deque[CompanionOutcome] = deque()  # of scans, and not told yet
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._tell_some)
        self._batched.connect(self._on_gathered)
        self._ended.connect(self._on_ended)
        self._answered.connect(lambda then, answer: then(answer))

    @property
    def pool(self) -> QThreadPool:
        """The two threads, for those who queue their own jobs."""
        return self._pool

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return bool(self._tasks or self._heard)

    def scan(
        self,
        paths: Sequence[Path],
        open_store: Callable[[], ClipStore],
        probe: Probe,
        beside: CompanionFiles,
    ) -> Task:
        """Bring what lies below `paths` into the library; outcomes come as `scanned`."""
        task = Task()

        def work() -> None:
            store, batches = open_store(), Batches(self._batched.emit)

            def read(path: Path, cancel: Event) -> MediaInfo:
                batches.tell_before_reading()
                return probe(path, cancel)

            try:
                outcomes = scan(paths, store, task.cancel, read, may_be_gone=True)
                for outcome in take_along(outcomes, paths, store, task.cancel, beside):
                    batches.take(outcome)
                batches.tell()
            finally:
                store.close()

        return self._start(task, work)

    def run(self, work: Callable[[Event], object], then: Callable[[object], None]) -> Task:
        """Call `work` in the pool, then `then` with what it returned on the GUI thread."""
        task = Task()

        def job() -> None:
            answer = work(task.cancel)
            if shiboken6.isValid(self):  # else it outlived the window: nobody waits for it
                self._answered.emit(then, answer)

        return self._start(task, job)

    def cancel_all(self) -> None:
        """Ask every job to end soon."""
        for task in self._tasks:
            task.cancel.set()

    def shutdown(self, timeout_ms: int = 5000) -> bool:
        """Cancel and join, and begin nothing more; False if a job did not end in time.

        Work begun after that would be in the pool when the pool is destroyed, and its destructor
        waits for it with Python's lock in its hand.
        """
        self._closed = True
        self._next.stop()
        self._heard.clear()
        self.cancel_all()
        self._pool.clear()
        ended = self._pool.waitForDone(timeout_ms)
        if not ended:  # for the same reason it must outlive the window
            self._pool.setParent(QCoreApplication.instance())
        return ended

    def _start(self, task: Task, work: Callable[[], None]) -> Task:
        if self._closed:
            task.cancel.set()
            return task
        self._tasks.add(task)
        self._pool.start(lambda: self._guarded(task, work), URGENT)
        return task

    def _guarded(self, task: Task, work: Callable[[], None]) -> None:
        """Run on a pool thread. No error may leave it: Qt would end the program."""
        trouble: Exception | None = None
        try:
            work()
        except FootageError as error:
            trouble = error
        except Exception as error:
            log.exception("a job in the pool stopped")
            trouble = error
        if not shiboken6.isValid(self):  # nobody is left to tell
            return
        if trouble is not None:
            self.failed.emit(trouble)
        self._ended.emit(task)

    def _on_gathered(self, outcomes: Sequence[CompanionOutcome]) -> None:
        self._heard.extend(outcomes)
        if not self._next.isActive():
            self._tell_some()

    def _tell_some(self) -> None:
        """Tell a few; the others when the window has had its turn."""
        self.scanned.emit(tuple(self._heard.popleft() for _ in range(min(MOST, len(self._heard)))))
        if self._heard:
            self._next.start()
        elif not self._tasks:
            self.idle.emit()

    def _on_ended(self, task: Task) -> None:
        self._tasks.discard(task)
        if not self.busy:
            self.idle.emit()


class Batches:
    """Outcomes of a scan on their way: one signal for many rows, and none of them waits long."""

    def __init__(
        self, tell: Callable[[tuple[CompanionOutcome, ...]], object], every_s: float = BATCH_S
    ) -> None:
        """Hand outcomes to `tell`: the first at once, the others at most every `every_s`."""
        self._tell = tell
        self._every_s = every_s
        self._outcomes: list[CompanionOutcome] = []
        self._told_s = 0.0
        self._reads = False

    def take(self, outcome: CompanionOutcome) -> None:
        """Gather one; tell them all where the last time is long enough ago."""
        self._outcomes.append(outcome)
        if time.monotonic() - self._told_s >= self._every_s:
            self.tell()

    def tell_before_reading(self) -> None:
        """Tell what was found before the first clip is read: a decoder takes a while to start."""
        if not self._reads:
            self._reads = True
            self.tell()

    def tell(self) -> None:
        """Tell what was gathered."""
        if self._outcomes:
            self._tell(tuple(self._outcomes))
            self._outcomes.clear()
            self._told_s = time.monotonic()
