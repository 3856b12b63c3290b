"""Courtesy: who steps back where processors are few. Knows the system's priorities alone.

The window must get a processor the moment it wants one; what works for minutes can wait for
milliseconds. Whoever holds Python's lock for the window's sake must not wait long either: so
threads of the window's process step back a little, decoder processes further.
"""

import contextlib
import os
import subprocess
import sys

THREAD_NICE = 5
DECODER_NICE = 10

LOW_PRIORITY = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
"""Windows starts a process with its priority; elsewhere the process lowers its own."""


def thread_steps_back() -> None:
    """Let the window's thread go before the calling one, and before the threads that it starts.

    Linux alone has priorities for threads; Qt's own have no effect there.
    """
    if sys.platform == "linux":
        _at_least(THREAD_NICE)


def process_steps_back() -> None:
    """Let all others go before this process. To be called before it has a second thread."""
    if sys.platform != "win32":
        _at_least(DECODER_NICE)


def _at_least(nice: int) -> None:
    """Be as nice as that; who is nicer already stays so, since only root may take it back."""
    with contextlib.suppress(OSError):  # a sandbox may forbid it: then all are equal
        if os.getpriority(os.PRIO_PROCESS, 0) < nice:
            os.setpriority(os.PRIO_PROCESS, 0, nice)
