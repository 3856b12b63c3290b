"""One worker process, as its parent sees it: started, asked, listened to, ended."""

import contextlib
import logging
import queue
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from io import FileIO
from threading import Event, Thread
from typing import Any, TypeVar

from footage_sorter.domain.errors import Why
from footage_sorter.media.pipes import PIPE_BYTES, receive, send
from footage_sorter.media.priority import LOW_PRIORITY
from footage_sorter.media.worker import Answer, Done, Pulse, Ready

SWITCH = "--worker-process"
"""Tells a frozen program, which is its own interpreter, to be a worker process. How far it steps
back follows."""

START_PATIENCE_S = 60.0
"""Time to come up in, on a machine that is busy or scans every program for viruses."""

POLL_S = 0.1
"""Longest time until a cancel is seen."""

_END_S = 2.0

T = TypeVar("T")

log = logging.getLogger(__name__)


class WorkerBug(RuntimeError):
    """A bug in the other process, with its traceback."""


class WorkerNotUp(Exception):
    """The system starts no process, or it ended as it came up."""


class WorkerLost(Exception):
    """The process ended, or was ended, before its task did.

    Attributes:
        why: CRASHED by itself, STALLED so that it was ended, or UNREADABLE: the program ends.
    """

    def __init__(self, why: Why, detail: str) -> None:
        super().__init__(detail)
        self.why = why
        self.detail = detail


class _Gone:
    """The process ended."""


class WorkerProcess:
    """A process that does one task at a time. Used by one thread at a time; `end` by any."""

    def __init__(self, nice: int) -> None:
        """Start it, to step back as far as `nice`; it comes up while we go on.

        Raises:
            WorkerNotUp: The system starts no process.
        """
        try:
            self._process = subprocess.Popen(  # noqa: S603  our own interpreter
                _command(nice),
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # its last words are for nobody
                pipesize=PIPE_BYTES,
                # A Ctrl-C in the terminal is ours alone. No session of its own: Linux gives
                # each the same share of the processors, and a priority counts within it only.
                process_group=None if sys.platform == "win32" else 0,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) | LOW_PRIORITY,
            )
        except OSError as error:
            raise WorkerNotUp(str(error.strerror or error)) from error
        assert isinstance(self._process.stdin, FileIO)  # unbuffered: both are
        assert isinstance(self._process.stdout, FileIO)
        self._requests, self._answers = self._process.stdin, self._process.stdout
        self._told: queue.Queue[Answer | Done | Ready | _Gone] = queue.Queue(1)
        self._heard_s = time.monotonic()
        self._ending = Event()
        self._up = False
        self.idle = True
        self.asked = 0
        self._ear = Thread(target=self._listen, name="worker-ear", daemon=True)
        self._ear.start()

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None and not self._ending.is_set()

    def ask(
        self,
        task: Callable[..., Iterable[T]],
        args: tuple[object, ...],
        cancel: Event,
        patience_s: float,
    ) -> Iterator[T]:
        """Yield the answers of `task`; nothing more once `cancel` is set.

        Only an iterator that came to its end, or that raised what the task raised, leaves the
        process `idle`, to be asked again.

        Raises:
            FootageError: What the task raised.
            WorkerLost: The process died of it, or did not get on for `patience_s` and was ended.
            WorkerNotUp: It did not come up.
            WorkerBug: The task has a bug.
        """
        self.idle = False
        self.asked += 1
        self._come_up(cancel)
        # The pipe of one that died is broken, or closed: the answer tells of its death.
        with contextlib.suppress(OSError, ValueError):
            send(self._requests, (task, args))
        while not cancel.is_set():
            try:
                told = self._next(cancel, patience_s)
            except TimeoutError:
                self.end()
                raise WorkerLost(Why.STALLED, f"nothing for {patience_s:g} s") from None
            match told:
                case Answer(value):
                    yield value
                case Done(trouble, bug):
                    self.idle = True
                    if bug:
                        raise WorkerBug(bug)
                    if trouble is not None:
                        raise trouble
                    return
                case _Gone() if self._ending.is_set():
                    raise WorkerLost(Why.UNREADABLE, "the process was ended")
                case _Gone():
                    raise WorkerLost(Why.CRASHED, self._last_words())

    def kill(self) -> None:
        """Let it end, whatever it is doing, without waiting for that; `end` is still to come."""
        self._ending.set()
        self._process.kill()

    def end(self) -> None:
        """End it now, whatever it is doing. An iterator over its answers then raises."""
        self.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):  # the drive hangs, and holds it
            self._process.wait(_END_S)
        self._ear.join(_END_S)
        for pipe in (self._requests, self._answers):
            with contextlib.suppress(OSError):
                pipe.close()

    def _come_up(self, cancel: Event) -> None:
        """Wait until it can be asked.

        Raises:
            WorkerNotUp: It ended as it came up, or did not come up in time.
        """
        if self._up:
            return
        try:
            first = self._next(cancel, START_PATIENCE_S)
        except TimeoutError:
            self.end()
            raise WorkerNotUp("it did not come up") from None
        if isinstance(first, _Gone) and not self._ending.is_set():
            raise WorkerNotUp(self._last_words())
        self._up = isinstance(first, Ready)

    def _next(self, cancel: Event, patience_s: float) -> Answer | Done | Ready | _Gone | None:
        """What it says next; None where `cancel` came before.

        Raises:
            TimeoutError: It did not even say that it gets on.
        """
        since_s = time.monotonic()
        while not cancel.is_set():
            try:
                return self._told.get(timeout=POLL_S)
            except queue.Empty:
                if self._ending.is_set() or not self._ear.is_alive():
                    return _Gone()
                if time.monotonic() - max(since_s, self._heard_s) > patience_s:
                    raise TimeoutError from None
        return None

    def _listen(self) -> None:
        """Runs on a thread of its own, until the process ends: a pipe has no time-out everywhere.

        A full queue stops it, and soon the process: that is the back-pressure.
        """
        told: Any = None
        while not isinstance(told, _Gone):
            try:
                told = receive(self._answers)
            except (EOFError, OSError, ValueError):  # ValueError: we closed it
                told = _Gone()
            self._heard_s = time.monotonic()
            if not isinstance(told, Pulse):
                self._put(told)

    def _put(self, told: Answer | Done | Ready | _Gone) -> None:
        while not self._ending.is_set():
            with contextlib.suppress(queue.Full):
                self._told.put(told, timeout=POLL_S)
                return

    def _last_words(self) -> str:
        """How the process ended, for the log and for a person who asks."""
        try:
            status = self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            return "it closed its pipe"
        try:
            words = signal.Signals(-status).name if status < 0 else f"exit status {status}"
        except ValueError:
            words = f"signal {-status}"
        log.warning("a worker process ended: %s", words)
        return words


def _command(nice: int) -> list[str]:
    """How to start a worker process: this interpreter, with our search path for modules."""
    if getattr(sys, "frozen", False):
        return [sys.executable, SWITCH, str(nice)]
    code = (
        f"import sys; sys.path[:] = {sys.path!r}; "
        # First of all: what is imported next takes a second of a processor.
        f"from footage_sorter.media import priority; priority.lower_own_priority({nice}); "
        # Tasks are imported before it says that it is up: that time is not the clip's.
        "from footage_sorter.media import tasks, worker; worker.main()"
    )
    return [sys.executable, "-c", code]
