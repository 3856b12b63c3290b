"""Priority: who steps back where processors are few. Knows the system's priorities alone.

The window must get a processor the moment it wants one; what works for minutes can wait for
milliseconds: so worker processes step back, and the judges' less far than the decoders', since what
is decoded waits for it. Threads of the window's own process never do: one that waits for a
processor with Python's lock in its hand lets the window wait, too.
"""

import contextlib
import os
import subprocess
import sys

JUDGES_NICE = 5
DECODER_NICE = 10

LOW_PRIORITY = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
"""Windows starts a process with its priority; elsewhere the process lowers its own."""


def lower_own_priority(nice: int) -> None:
    """Let others go before this process. To be called before it has a second thread.

    Who is nicer already stays so, since only root may take it back.
    """
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):  # a sandbox may forbid it: then all are equal
        if os.getpriority(os.PRIO_PROCESS, 0) < nice:
            os.setpriority(os.PRIO_PROCESS, 0, nice)
