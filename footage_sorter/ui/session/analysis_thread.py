"""The one analysis thread: Qt's side of a generator. Touches no widget and no model."""

import logging
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QThread, Signal, Slot

from footage_sorter.domain.errors import FootageError
from footage_sorter.services.analysis import Outcome, Switches
from footage_sorter.services.work import Progress, WorkQueue

log = logging.getLogger(__name__)

Analyse = Callable[[WorkQueue, Switches], Generator[Outcome, None, None]]


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One run over the work that waits, with switches of its own."""

    work: WorkQueue
    switches: Switches = field(default_factory=Switches)


class AnalysisWorker(QObject):
    """Lives on the analysis thread.

    Signals:
        outcome: Outcome, already committed.
        finished: The Run, and the Exception that ended it early or None.
    """

    outcome = Signal(object)
    finished = Signal(object, object)

    def __init__(self, analyse: Analyse) -> None:
        super().__init__()  # no parent: a child cannot be moved to a thread
        self._analyse = analyse

    @Slot(object)
    def run(self, run: Run) -> None:
        """Do `run` to its end. No error may leave a slot."""
        trouble: Exception | None = None
        try:
            with closing(self._analyse(run.work, run.switches)) as outcomes:
                for outcome in outcomes:
                    self.outcome.emit(outcome)
        except FootageError as error:
            if run.switches.cancel.is_set():  # as of a process that the end of the program ended
                log.info("the analysis ended while it was cancelled: %s", error)
            else:
                log.exception("analysis stopped")
                trouble = error
        except Exception as error:
            # A bug is told too, and its traceback is in the log.
            log.exception("analysis stopped")
            trouble = error
        self.finished.emit(run, trouble)


class AnalysisThread(QObject):
    """Starts, pauses and ends the work of the one worker. Used on the GUI thread.

    Signals:
        began: A run is under way.
        outcome: Outcome of the current run, already on disk.
        aborted: Exception that ended the run early.
        ended: No run is under way: all is done, or it was cancelled or aborted.
    """

    began = Signal()
    outcome = Signal(object)
    aborted = Signal(object)
    ended = Signal()
    _wanted = Signal(object)

    def __init__(self, analyse: Analyse, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = WorkQueue()
        self._run: Run | None = None
        self._paused = False
        self._thread = QThread(self)
        self._thread.setObjectName("analysis")
        self._worker = AnalysisWorker(analyse)
        self._worker.moveToThread(self._thread)
        self._wanted.connect(self._worker.run)
        self._worker.outcome.connect(self.outcome)
        self._worker.finished.connect(self._on_finished)
        self._thread.start()  # at the window's priority: it holds Python's lock at times

    @property
    def work(self) -> WorkQueue:
        """What waits; another one after a cancel."""
        return self._work

    @property
    def running(self) -> bool:
        """Whether a run is under way, paused or not."""
        return self._run is not None

    @property
    def paused(self) -> bool:
        """Whether a person asked it to wait."""
        return self._paused

    def progress(self) -> Progress:
        """How far it is, now."""
        return self._work.progress()

    def start(self) -> None:
        """Do what waits, unless that is under way already."""
        if self._run is not None or not self._work.pending:
            return
        self._run = Run(self._work)
        if self._paused:
            self._run.switches.running.clear()
        self._wanted.emit(self._run)
        self.began.emit()

    def pause(self) -> None:
        """Wait within the clip in work; nothing of it is lost."""
        self._paused = True
        if self._run is not None:
            self._run.switches.running.clear()

    def resume(self) -> None:
        """Go on."""
        self._paused = False
        if self._run is not None:
            self._run.switches.running.set()

    def cancel(self) -> None:
        """Forget what waits. The flag is set directly: a queued slot would come after the run."""
        run, self._run = self._run, None
        self._work = WorkQueue()
        self._paused = False
        if run is not None:
            run.switches.cancel.set()
            self.ended.emit()

    def shutdown(self, timeout_ms: int = 5000) -> bool:
        """Cancel and join; False if the thread did not end. Never terminates it."""
        self.cancel()
        self._thread.quit()
        return self._thread.wait(timeout_ms)

    def _on_finished(self, run: Run, trouble: Exception | None) -> None:
        if run is not self._run:  # a cancelled one: another may run already
            return
        self._run = None
        self._work.idle()  # or the time until a person tries again counts as work
        if trouble is None and self._work.pending:  # added after the worker's last look
            self.start()
            return
        self.ended.emit()
        if trouble is not None:
            self.aborted.emit(trouble)  # what waits stays: `start` tries again
