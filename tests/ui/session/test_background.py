"""The pool: answers come on the GUI thread, and a job that outlives the window ends in peace."""

import logging
from threading import Event, get_ident

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from footage_sorter.domain.errors import ClipError, FootageError, Why
from footage_sorter.services.companion_files import CompanionFiles
from footage_sorter.ui.session.background import MOST, Background, Batches
from footage_sorter.ui.session.background_job import BackgroundJob


def test_an_answer_comes_on_the_gui_thread(qtbot):
    background, heard = Background(), []
    with qtbot.waitSignal(background.idle):
        background.run(lambda _cancel: get_ident(), heard.append)
        assert background.busy
    assert heard
    assert heard[0] != get_ident()
    assert background.shutdown()


def test_a_job_that_outlives_its_window_ends_in_peace(qtbot, caplog):
    background, told = Background(), []
    began, go_on, ended = Event(), Event(), Event()

    def work(cancel):
        began.set()
        go_on.wait(10)
        ended.set()
        return cancel.is_set()

    background.run(work, told.append)
    assert began.wait(5)
    pool = background.pool
    assert not background.shutdown(timeout_ms=50), "it has not ended: somebody must be told so"
    shiboken6.delete(background)
    with caplog.at_level(logging.ERROR):
        go_on.set()
        assert pool.waitForDone(5000)
        QTest.qWait(20)
    assert ended.is_set()
    assert not told
    assert not caplog.records, "that is no bug, and no line in the log"


def test_nothing_begins_after_the_end(qtbot):
    background, began = Background(), Event()
    assert background.shutdown()
    task = background.run(lambda _cancel: began.set(), lambda _nothing: None)
    assert not began.wait(0.1)
    assert task.cancel.is_set()
    assert not background.busy


def test_a_jobs_trouble_is_told_and_the_next_one_runs(qtbot):
    background = Background()

    def fail(_cancel):
        raise FootageError("no room")

    with qtbot.waitSignal(background.failed) as heard:
        background.run(fail, lambda _: None)
    assert str(heard.args[0]) == "no room"
    with qtbot.waitSignal(background.idle):
        background.run(lambda _: None, lambda _: None)
    assert background.shutdown()


def test_an_errand_drops_the_answer_to_what_is_no_longer_asked(qtbot):
    background = Background()
    job, heard = BackgroundJob(background, background), []
    job.done.connect(heard.append)
    first = Event()
    job.run(lambda _cancel, _tell: first.wait(5) and "first")
    job.run(lambda _cancel, _tell: "second")
    first.set()
    qtbot.waitUntil(lambda: heard == ["second"])
    qtbot.waitUntil(lambda: not background.busy)
    assert heard == ["second"]
    assert background.shutdown()


def test_outcomes_of_a_moment_come_together():
    told = []
    batches = Batches(told.append, every_s=3600)
    for outcome in "abc":
        batches.take(outcome)
    batches.tell()
    assert told == [("a",), ("b", "c")], "the first at once, the others together"


def test_thousands_of_outcomes_let_the_window_have_its_turn(qtbot):
    """A drive that was unplugged makes all its clips missing in one moment."""
    background, told, turns = Background(), [], []
    clock = QTimer(interval=0)
    clock.timeout.connect(lambda: turns.append(len(told)))
    clock.start()
    background.scanned.connect(told.append)
    with qtbot.waitSignal(background.idle):
        background.run(lambda _cancel: background._batched.emit(range(5 * MOST + 1)), lambda _: 0)
    assert [len(some) for some in told] == [MOST] * 5 + [1]
    assert [one for some in told for one in some] == list(range(5 * MOST + 1))
    assert set(turns) >= {1, 2, 3, 4, 5}, "between any two of them"
    assert background.shutdown()


def test_every_clip_that_was_found_is_told_before_the_first_is_read(qtbot, core, tmp_path):
    """A decoder takes a second to start: until then a dropped folder would be one card."""
    for name in "abc":
        (tmp_path / f"{name}.mp4").write_bytes(b"x")
    background, told, seen_by_first = Background(), [], []
    background._batched.connect(told.extend, Qt.ConnectionType.DirectConnection)

    def probe(path, _cancel):
        seen_by_first.append(len(told))
        raise ClipError(path, Why.NOT_VIDEO)

    with qtbot.waitSignal(background.idle):
        background.scan([tmp_path], core.open_store, probe, CompanionFiles(sidecars=False))
    assert seen_by_first[0] == 3
    assert background.shutdown()
