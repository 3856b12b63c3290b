"""The turns of the window's event loop, and the gaps between them in which it answers nobody."""

import faulthandler
import time
from dataclasses import dataclass
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
        self._stacks = stacks
        self._last = time.perf_counter(), time.thread_time()
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
        faulthandler.cancel_dump_traceback_later()

    def _turn(self) -> None:
        now = time.perf_counter(), time.thread_time()
        gap = Gap(now[0] - self._last[0], now[1] - self._last[1], now[0])
        self.gaps.append(gap)
        self._last = now
        if self._stacks is not None:
            if gap.length_s > LATE_S:
                ms = 1000 * gap.length_s, 1000 * gap.own_s
                print(f"^ {ms[0]:.0f} ms, own {ms[1]:.0f} ms\n", file=self._stacks, flush=True)
            # A thread of C writes them, which needs no lock of Python's.
            faulthandler.dump_traceback_later(LATE_S, file=self._stacks)


def run_for(seconds: float) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()
