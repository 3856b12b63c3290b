"""The turns of the window's event loop, and the gaps between them in which it answers nobody."""

import sys
import time
import traceback
from dataclasses import dataclass
from threading import Event, Thread
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
        own_s: Of it the window's thread was on a processor; little of a long gap: others had the
            processors, or Python's lock.
        at_s: When it ended, by `time.perf_counter`.
    """

    length_s: float
    own_s: float
    at_s: float


class Turns:
    """Measures from its making on, while the loop runs."""

    def __init__(self, stacks: TextIO | None = None) -> None:
        """Write what every thread does in a long gap to `stacks`."""
        self.gaps: list[Gap] = []
        self._last = time.perf_counter(), time.thread_time()
        self._stopped = Event()
        if stacks is not None:
            Thread(target=lambda: self._watch(stacks), daemon=True).start()
        self._clock = QTimer(interval=1)
        self._clock.timeout.connect(self._turn)
        self._clock.start()

    def forget(self) -> None:
        """Measure from now on."""
        self.gaps.clear()
        self._last = time.perf_counter(), time.thread_time()

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
        now = time.perf_counter(), time.thread_time()
        gap = Gap(now[0] - self._last[0], now[1] - self._last[1], now[0])
        self.gaps.append(gap)
        self._last = now

    def _watch(self, stacks: TextIO) -> None:
        """Runs on a thread of its own. Who keeps Python's lock is seen as he lets go of it."""
        seen_s = 0.0
        while not self._stopped.wait(LATE_S / 3):
            turn_s, _ = self._last
            late_s = time.perf_counter() - turn_s
            if late_s < LATE_S or turn_s == seen_s:
                continue
            seen_s = turn_s
            print(f"--- {1000 * late_s:.0f} ms late", file=stacks)
            for frame in sys._current_frames().values():
                stack = traceback.extract_stack(frame)[-6:]
                print(
                    *(f"{one.filename}:{one.lineno} {one.name}" for one in stack),
                    sep="\n  ",
                    file=stacks,
                )
            stacks.flush()


def run_for(seconds: float) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()
