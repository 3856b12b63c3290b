"""Meter: one line on standard error that says how far the work is."""

import sys
import time

from footage_sorter.cli.output import obeys_escapes, tell
from footage_sorter.cli.text import one_line
from footage_sorter.domain.words import clock
from footage_sorter.services.work import Progress

_EVERY_S = 0.1
_EVERY_S_IN_A_LOG = 10.0
_BAR_CELLS = 24


class Meter:
    """Rewrites one line on a terminal; writes a line now and then anywhere else."""

    def __init__(self) -> None:
        self._live = obeys_escapes(sys.stderr)
        self._next_s = 0.0 if self._live else time.monotonic() + _EVERY_S_IN_A_LOG
        self._shown = False

    def show(self, progress: Progress, said: str | None = None) -> None:
        """Say how far it is, in words of its own or in `said`; not twice in a moment."""
        now_s = time.monotonic()
        if now_s < self._next_s:
            return
        text = describe(progress) if said is None else said
        self._next_s = now_s + (_EVERY_S if self._live else _EVERY_S_IN_A_LOG)
        if self._live:
            tell(f"\r\x1b[2K{_bar(progress)} {text}")
            self._shown = True
        else:
            tell(f"{text}\n")

    def share(self, done: float) -> None:
        """Say what share 0-1 is done."""
        self.show(Progress(share=done), f"{done:.0%}")

    def say(self, sentence: str) -> None:
        """Write a sentence on a line of its own, above the meter."""
        self.clear()
        tell(f"{sentence}\n")

    def clear(self) -> None:
        """Take the meter's line away."""
        if self._shown:
            tell("\r\x1b[2K")
            self._shown = False


def describe(progress: Progress) -> str:
    """Clips rated, then tagged; speed against real time, time left, the clip in work."""
    if progress.done == progress.total and progress.tags_total:
        parts = [f"tags of {progress.tags_done} of {progress.tags_total} clips"]
    else:
        parts = [f"{progress.done} of {progress.total} clips"]
    if progress.speed is not None:
        parts.append(f"{progress.speed:.1f} x real time")
    if progress.left_s is not None:
        parts.append(f"{clock(progress.left_s + 0.5)} left")
    if progress.current is not None:
        parts.append(one_line(progress.current.path.name, 40))
    return ", ".join(parts)


def _bar(progress: Progress) -> str:
    full = round(_BAR_CELLS * progress.share)
    return f"[{'#' * full}{'-' * (_BAR_CELLS - full)}]"
