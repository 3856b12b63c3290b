"""Tasks for a decoder process that no decoder does: slow, hanging, crashing, chatty ones."""

import os
import signal
import sys
import time
from pathlib import Path

import numpy as np

from footage_sorter.domain.errors import ClipError, Why


def hold(seconds, cancel):
    """Take `seconds`, getting on all the time."""
    end_s = time.monotonic() + seconds
    while time.monotonic() < end_s:
        assert not cancel.is_set()
        time.sleep(0.01)
    yield "held"


def hang(*given):
    """Never get on."""
    time.sleep(3600)
    yield


def crash(number, cancel):
    """Answer, then die of a signal."""
    yield "so far so good"
    os.kill(os.getpid(), number)
    time.sleep(3600)


def fault(cancel):
    """A real fault: read where nothing is."""
    import ctypes

    yield ctypes.string_at(1)


def fail(path, cancel):
    """What a broken clip raises."""
    yield "one"
    raise ClipError(Path(path), Why.NO_PICTURE, "in its words")


def bug(cancel):
    """What must not happen."""
    yield "one"
    raise LookupError("planted")


def chatter(cancel):
    """Print, as a careless library does."""
    sys.stdout.write("loud")
    sys.stdout.flush()
    os.write(1, b"louder")
    os.write(2, b"loudest")
    yield "answer"


def modules(cancel):
    """What the process has imported."""
    yield sorted(sys.modules)


def pixels(count, cancel):
    """Arrays of a megabyte, each filled with its number; and one of nothing."""
    for number in range(count):
        yield np.full((1024, 1024), number, np.uint8), np.zeros((0, 3)), number


def ignores(number, cancel):
    """Whether a signal is ignored."""
    yield signal.getsignal(number) == signal.SIG_IGN


def fault_with_clip(clip, cancel):
    """`fault`, in the place of a task on a clip."""
    return fault(cancel)


def fault_at_work(*given):
    """A real fault, whatever is asked."""
    import ctypes

    yield ctypes.string_at(1)


def fault_once(marker, burst, cancel):
    """A real fault the first time; then what is asked."""
    if not marker.exists():
        marker.touch()
        yield from fault_at_work()
    # Late: a process that decodes imports this module, too, and is asked what it has imported.
    from footage_sorter.inference.tasks import score_burst

    yield from score_burst(burst, cancel)


def nothing(*given):
    """Do it."""
    yield None
