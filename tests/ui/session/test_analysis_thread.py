"""The analysis thread: starts, stops, and never loses a cancel."""

import os
import sys
from pathlib import Path
from threading import Event

import pytest

from footage_sorter.domain.clip import Clip, ClipId, FileStamp
from footage_sorter.domain.errors import InferenceUnavailable
from footage_sorter.ui.session.analysis_thread import AnalysisThread
from tests.helpers.rows import media


def clips(n):
    return [Clip(ClipId(k), Path(f"/f/{k}.mp4"), FileStamp(1, 1), media=media()) for k in range(n)]


@pytest.fixture
def make():
    made = []

    def one(analyse):
        made.append(AnalysisThread(analyse))
        return made[-1]

    yield one
    for thread in made:
        assert thread.shutdown()


def drain(work, switches):
    """Yields the number of each clip that it took."""
    while (job := work.take()) is not None and not switches.cancel.is_set():
        work.finished(job)
        yield int(job.clip.id)


def test_outcomes_come_in_order_and_then_the_end(qtbot, make):
    thread = make(drain)
    heard = []
    thread.outcome.connect(heard.append)
    thread.work.add(clips(3))
    with qtbot.waitSignals([thread.began, thread.ended], timeout=5000):
        thread.start()
    assert heard == [0, 1, 2, 0, 1, 2]  # a coarse look at all before a close one
    assert not thread.running


@pytest.mark.skipif(sys.platform != "linux", reason="threads have priorities on Linux")
def test_the_analysis_has_the_windows_priority(qtbot, make):
    """It holds Python's lock at times: waiting for a processor, it would let the window wait."""

    def nice(_work, _switches):
        yield os.getpriority(os.PRIO_PROCESS, 0)

    before = os.getpriority(os.PRIO_PROCESS, 0)
    thread = make(nice)
    thread.work.add(clips(1))
    with qtbot.waitSignal(thread.outcome, timeout=5000) as heard:
        thread.start()
    thread.cancel()
    assert heard.args == [before]


def test_nothing_to_do_begins_nothing(qtbot, make):
    thread = make(drain)
    with qtbot.assertNotEmitted(thread.began):
        thread.start()


def test_cancel_ends_a_run_that_waits(qtbot, make):
    gate, left = Event(), Event()

    def stuck(_work, switches):
        gate.set()
        switches.cancel.wait(10)
        left.set()
        return
        yield

    thread = make(stuck)
    thread.work.add(clips(1))
    thread.start()
    qtbot.waitUntil(gate.is_set, timeout=5000)
    with qtbot.waitSignal(thread.ended, timeout=1000):
        thread.cancel()
    qtbot.waitUntil(left.is_set, timeout=5000)
    assert not thread.running


def test_a_new_run_after_a_cancel_is_not_cancelled(qtbot, make):
    thread = make(drain)
    heard = []
    thread.outcome.connect(heard.append)
    thread.work.add(clips(1))
    thread.start()
    thread.cancel()
    heard.clear()
    thread.work.add(clips(2))
    with qtbot.waitSignal(thread.ended, timeout=5000):
        thread.start()
    assert heard[-2:] == [0, 1]


def test_trouble_ends_the_run_and_is_told_once(qtbot, make):
    def broken(work, _switches):
        work.take()
        raise OSError("the drive is gone")
        yield

    thread = make(broken)
    thread.work.add(clips(3))
    with qtbot.waitSignal(thread.aborted, timeout=5000) as told:
        thread.start()
    assert isinstance(told.args[0], OSError)
    assert not thread.running
    assert thread.work.pending  # what waits stays


def test_what_a_cancel_brings_with_it_is_no_trouble(qtbot, make, caplog):
    """As the processes of the networks, which the end of the program ends."""
    at_work = Event()

    def lose(work, switches):
        at_work.set()
        switches.cancel.wait(5)
        raise InferenceUnavailable("their process ended")
        yield

    thread = make(lose)
    thread.work.add(clips(1))
    thread.start()
    assert at_work.wait(5)
    with qtbot.assertNotEmitted(thread.aborted), qtbot.waitSignal(thread.ended, timeout=5000):
        thread.cancel()
    assert thread.shutdown()
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_what_was_added_late_is_done_too(qtbot, make):
    late = []

    def once(work, _switches):
        while (job := work.take()) is not None:
            work.finished(job)
            yield int(job.clip.id)
        if not late:  # the worker has looked for the last time; now another clip comes
            late.append(1)
            work.add([clips(9)[8]])

    thread = make(once)
    heard = []
    thread.outcome.connect(heard.append)
    thread.work.add(clips(1))
    with qtbot.waitSignal(thread.ended, timeout=5000):
        thread.start()
    assert heard == [0, 0, 8, 8]


def test_pause_is_seen_by_the_run_and_by_the_next(make):
    thread = make(drain)
    thread.pause()
    assert thread.paused
    thread.resume()
    assert not thread.paused
