"""A worker's process: does what it is asked, one thing after the other, until its parent goes.

It exists to be lost: a fault in native code, or an endless loop, takes this process with it and not
the program. It imports neither Qt nor torch nor the library; a task may.
"""

import os
import queue
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import FileIO
from threading import Event, Lock, Thread
from typing import Any

from footage_sorter.domain.errors import FootageError
from footage_sorter.media.pipes import receive, send

Task = Callable[..., Iterable[object]]
"""A function at the top of a module: `task(*args, cancel)` yields its answers one by one."""

Request = tuple[Task, tuple[object, ...]]
"""A task and its arguments, but for the last."""

PULSE_S = 1.0
"""A process at work says this often that it lives, if it does."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The process is up."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """The process is at work and gets on."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the task's answers."""

    value: Any


@dataclass(frozen=True, slots=True)
class Done:
    """The task is over, and no answer follows.

    Attributes:
        trouble: What the task raised; None where all went well.
        bug: The traceback of what must not happen; "" where it did not.
    """

    trouble: FootageError | None = None
    bug: str = ""


class _Voice:
    """The pipe of answers, for one thread at a time: a look has several, and each has its pulse."""

    def __init__(self, pipe: FileIO) -> None:
        self._pipe = pipe
        self._lock = Lock()

    def say(self, value: Ready | Pulse | Answer | Done) -> None:
        """Tell the parent."""
        with self._lock:
            send(self._pipe, value)


class _Alive(Event):
    """The cancel that tasks are given. Nobody sets it: who asks it shows that he gets on.

    Decoding asks before each packet. A loop that never comes back to ask is what the parent
    calls a hang. To cancel, the parent ends the process.
    """

    def __init__(self, voice: _Voice) -> None:
        super().__init__()
        self._voice = voice
        self._told_s = time.monotonic()

    def is_set(self) -> bool:
        """False, after telling the parent once a second."""
        if time.monotonic() - self._told_s >= PULSE_S:
            self._voice.say(Pulse())
            self._told_s = time.monotonic()
        return False


def main() -> None:
    """Serve the process that started this one, over standard input and output."""
    # Ctrl-C and a log-out are the parent's to answer: we end when it does. Else a clip would be
    # blamed that was merely in work at that moment.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415  there alone

        # A fault ends the process, without a dialog that somebody must click away.
        msvcrt.SetErrorMode(msvcrt.SEM_FAILCRITICALERRORS | msvcrt.SEM_NOGPFAULTERRORBOX)
    requests, voice = FileIO(os.dup(0), "rb"), _Voice(FileIO(os.dup(1), "wb"))
    os.dup2(2, 1)  # what a library prints is no answer
    asked: queue.Queue[Request] = queue.Queue(1)
    Thread(target=_listen, args=(requests, asked), daemon=True).start()
    try:
        voice.say(Ready())
        while True:
            task, args = asked.get()
            voice.say(_do(task, args, voice))
    except BrokenPipeError:  # the parent is gone
        return


def _listen(requests: FileIO, asked: "queue.Queue[Request]") -> None:
    """Take requests; leave with the parent, whatever the task is doing at that moment."""
    try:
        while True:
            request: Any = receive(requests)
            asked.put(request)
    except (EOFError, OSError):
        os._exit(0)


def _do(task: Task, args: tuple[object, ...], voice: _Voice) -> Done:
    """Send the answers of one task; how it ended."""
    try:
        for value in task(*args, _Alive(voice)):
            voice.say(Answer(value))
    except FootageError as error:
        return Done(trouble=error)
    except BrokenPipeError:
        raise
    except Exception:  # noqa: BLE001  process boundary: the parent raises it again
        return Done(bug=traceback.format_exc())
    return Done()
