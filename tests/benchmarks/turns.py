"""The turns of the window's event loop, and the gaps between them in which it answers nobody."""

import faulthandler
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread, get_native_id
from typing import TextIO

from PySide6.QtCore import QEventLoop, QTimer

LIMIT_S = 0.050
"""A person feels a longer one."""

LATE_S = 0.030
"""After so long all threads' stacks are written, where that is asked for."""


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """From one turn to the next.

    Attributes:
        length_s: By the clock.
        own_s: Of it the window's thread was on a processor.
        queued_s: Of it the thread waited for a processor, ready to run; 0 where no Linux tells.
        at_s: When it ended, by `time.perf_counter`.
    """

    length_s: float
    own_s: float
    queued_s: float
    at_s: float

    @property
    def blocked_s(self) -> float:
        """What is left of the gap: it waited for Python's lock, another lock, or the disk.

        Other programs hardly lengthen it, unless who holds the lock waits for a processor.
        """
        return max(0.0, self.length_s - self.own_s - self.queued_s)


@dataclass(frozen=True, slots=True)
class _Moment:
    """A thread's clocks at one moment."""

    at_s: float
    own_s: float
    queued_s: float

    def until(self, then: "_Moment") -> Gap:
        return Gap(
            then.at_s - self.at_s, then.own_s - self.own_s, then.queued_s - self.queued_s, then.at_s
        )


class Turns:
    """Measures from its making on, while the loop runs."""

    def __init__(self, stacks: TextIO | None = None) -> None:
        """Write what every thread does in a long gap to `stacks`."""
        self.gaps: list[Gap] = []
        queue = Path(f"/proc/self/task/{get_native_id()}/schedstat")
        self._queue = os.open(queue, os.O_RDONLY) if queue.exists() else None
        self._last = self._now()
        self.start_s = self._last.at_s
        self._stopped = Event()
        if stacks is not None:
            Thread(target=lambda: self._watch(stacks), daemon=True).start()
        self._clock = QTimer(interval=1)
        self._clock.timeout.connect(self._turn)
        self._clock.start()

    def forget(self) -> None:
        """Measure from now on."""
        self.gaps.clear()
        self._last = self._now()

    def longest(self) -> Gap:
        """The longest gap so far; one that is under way counts too."""
        self._turn()
        return max(self.gaps)

    def over(self) -> int:
        """How many gaps were too long."""
        return sum(gap.length_s > LIMIT_S for gap in self.gaps)

    def stop(self) -> None:
        """Measure no more."""
        self._clock.stop()
        self._stopped.set()

    def _turn(self) -> None:
        now = self._now()
        self.gaps.append(self._last.until(now))
        self._last = now

    def _now(self) -> _Moment:
        queued_s = 0.0
        if self._queue is not None:
            queued_s = int(os.pread(self._queue, 100, 0).split()[1]) / 1e9
        return _Moment(time.perf_counter(), time.thread_time(), queued_s)

    def _watch(self, stacks: TextIO) -> None:
        """Runs on a thread of its own. Who keeps Python's lock is seen as he lets go of it."""
        seen_s = 0.0
        while not self._stopped.wait(LATE_S / 3):
            turn_s = self._last.at_s
            late_s = time.perf_counter() - turn_s
            if late_s < LATE_S or turn_s == seen_s:
                continue
            seen_s = turn_s
            print(f"--- {1000 * late_s:.0f} ms late", file=stacks)
            stacks.flush()
            # Not by `sys._current_frames`: who holds a frame holds its painter, beyond the end of
            # painting, and lets go of it on this thread.
            faulthandler.dump_traceback(stacks, all_threads=True)


class Sleeper:
    """Another process, in which one thread sleeps for a millisecond again and again.

    How late it wakes is what the machine itself costs anybody, whatever the window does.
    """

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SLEEPER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def stop(self) -> "Lateness":
        """End it; tell when it was late."""
        told, _ = self._process.communicate()
        pairs = [map(float, line.split()) for line in told.splitlines()]
        return Lateness(tuple((start_s, end_s) for start_s, end_s in pairs))


@dataclass(frozen=True, slots=True)
class Lateness:
    """When a sleeping thread did not wake: from and to, by `time.perf_counter`."""

    times_s: Sequence[tuple[float, float]]

    def within(self, gap: Gap) -> float:
        """How long it lay awaiting its turn while the window stood still, in seconds."""
        start_s = gap.at_s - gap.length_s
        return sum(
            max(0.0, min(end_s, gap.at_s) - max(begin_s, start_s))
            for begin_s, end_s in self.times_s
        )

    @property
    def longest_s(self) -> float:
        """The longest time of all."""
        return max((end_s - begin_s for begin_s, end_s in self.times_s), default=0.0)


_SLEEPER = """
import sys, threading, time
over = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
late, last_s = [], time.perf_counter()
while not over.is_set():
    time.sleep(0.001)
    now_s = time.perf_counter()
    if now_s - last_s > 0.005:
        late.append((last_s, now_s))
    last_s = now_s
for pair in late:
    print(*pair)
"""


def run_for(seconds: float) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()
