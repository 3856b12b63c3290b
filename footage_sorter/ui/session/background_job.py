"""One job that a dialog has done in the pool; how far it is, is asked, never told."""

import logging
from collections.abc import Callable
from threading import Event

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from footage_sorter.domain.errors import FootageError
from footage_sorter.ui.session.background import Background, Task

log = logging.getLogger(__name__)

ASK_MS = 100

Tell = Callable[[float], None]
"""Takes the share 0-1 that is done; may be called from any thread."""


class BackgroundJob(QObject):
    """Runs one job at a time; a new one takes the place of the last, whose answer is dropped.

    Signals:
        done: What the job returned.
        failed: FootageError that it ended with.
        share: 0-1 that is done.
    """

    done = Signal(object)
    failed = Signal(object)
    share = Signal(float)

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._task: Task | None = None
        self._share = 0.0
        self._ask = QTimer(self, interval=ASK_MS)
        self._ask.timeout.connect(lambda: self.share.emit(self._share))

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._task is not None

    @property
    def stopping(self) -> bool:
        """Whether the job under way was asked to end."""
        return self._task is not None and self._task.cancel.is_set()

    def run(self, work: Callable[[Event, Tell], object]) -> None:
        """Call `work` on a pool thread with its cancel and with where to tell its share."""
        self.cancel()
        self._share = 0.0
        task: list[Task] = []
        task.append(
            self._background.run(
                lambda cancel: _answer(work, cancel, self._tell),
                lambda answer: self._take(task[0], answer),
            )
        )
        self._task = task[0]
        self._ask.start()

    def cancel(self) -> None:
        """Ask the job to end soon; its answer still comes."""
        if self._task is not None:
            self._task.cancel.set()

    def _tell(self, share: float) -> None:
        self._share = share

    def _take(self, task: Task, answer: object) -> None:
        # The dialog may be gone, or want something else by now.
        if not shiboken6.isValid(self) or task is not self._task:
            return
        self._task = None
        self._ask.stop()
        (self.failed if isinstance(answer, FootageError) else self.done).emit(answer)


def _answer(work: Callable[[Event, Tell], object], cancel: Event, tell: Tell) -> object:
    """What `work` returns; expected trouble is an answer too, for the dialog to say."""
    try:
        return work(cancel, tell)
    except FootageError as error:
        return error
    except Exception as error:
        log.exception("a dialog's job stopped")
        return FootageError(f"{type(error).__name__}: {error}")
