"""Courtesy: threads and decoder processes step back, and the window's thread never does."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from footage_sorter.media import courtesy
from footage_sorter.media.isolated import Decoders
from tests.helpers import tasks

linux = pytest.mark.skipif(sys.platform != "linux", reason="threads have priorities on Linux")


def my_nice() -> int:
    return os.getpriority(os.PRIO_PROCESS, 0)


def in_a_thread(work: Callable[[], int]) -> int:
    found: list[int] = []
    thread = Thread(target=lambda: found.append(work()))
    thread.start()
    thread.join()
    return found[0]


@linux
def test_a_thread_steps_back_with_those_it_starts_and_the_others_do_not():
    before = my_nice()

    def work() -> int:
        courtesy.thread_steps_back()
        assert my_nice() == max(before, courtesy.THREAD_NICE)
        return in_a_thread(my_nice)

    assert in_a_thread(work) == max(before, courtesy.THREAD_NICE)
    assert my_nice() == before


@linux
def test_who_is_nicer_already_stays_so():
    def work() -> int:
        os.setpriority(os.PRIO_PROCESS, 0, 15)
        courtesy.thread_steps_back()
        courtesy.process_steps_back()
        return my_nice()

    assert in_a_thread(work) == 15


@pytest.mark.skipif(os.name != "posix", reason="priorities are numbers on POSIX")
def test_a_decoder_steps_back_in_the_session_of_its_parent():
    """Linux shares the processors out by sessions: a priority counts within one only."""
    with closing(Decoders()) as decoders:
        assert list(decoders.stream(Path("a"), Event(), tasks.chatter)) == ["answer"]
        (pid,) = decoders.pids
        assert os.getpriority(os.PRIO_PROCESS, pid) >= courtesy.DECODER_NICE
        assert os.getsid(pid) == os.getsid(0)


@pytest.mark.skipif(os.name != "posix", reason="priorities are numbers on POSIX")
def test_a_process_that_may_not_step_back_goes_on():
    refuses = (
        "import os\n"
        "from footage_sorter.media import courtesy\n"
        "def refuse(*_): raise PermissionError\n"
        "os.setpriority = refuse\n"
        "courtesy.process_steps_back()\n"
    )
    subprocess.run([sys.executable, "-c", refuses], check=True)
