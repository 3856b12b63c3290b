"""Priority: worker processes step back."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from footage_sorter.media import priority
from footage_sorter.media.decoders import Decoders
from tests.helpers import tasks

posix = pytest.mark.skipif(os.name != "posix", reason="priorities are numbers on POSIX")


@posix
def test_a_process_steps_back_and_who_is_nicer_already_stays_so():
    code = (
        "import os\n"
        "from footage_sorter.media import priority\n"
        "for asked, found in ((5, 5), (10, 10), (3, 10)):\n"
        "    priority.lower_own_priority(asked + mine)\n"
        "    assert os.getpriority(os.PRIO_PROCESS, 0) == min(19, found + mine)\n"
    )
    mine = os.getpriority(os.PRIO_PROCESS, 0)
    subprocess.run([sys.executable, "-c", f"mine = {mine}\n{code}"], check=True)


@posix
def test_a_decoder_steps_back_in_the_session_of_its_parent():
    """Linux shares the processors out by sessions: a priority counts within one only."""
    with closing(Decoders()) as decoders:
        assert list(decoders.stream(Path("a"), Event(), tasks.chatter)) == ["answer"]
        (pid,) = decoders.pids
        assert os.getpriority(os.PRIO_PROCESS, pid) >= priority.DECODER_NICE
        assert os.getsid(pid) == os.getsid(0)


@posix
def test_a_process_that_may_not_step_back_goes_on():
    refuses = (
        "import os\n"
        "from footage_sorter.media import priority\n"
        "def refuse(*_): raise PermissionError\n"
        "os.setpriority = refuse\n"
        "priority.lower_own_priority(10)\n"
    )
    subprocess.run([sys.executable, "-c", refuses], check=True)
