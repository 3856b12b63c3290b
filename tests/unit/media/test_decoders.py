"""Decoding apart: the same answers, and whatever happens to the other process costs one clip."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from footage_sorter.domain.errors import ClipError, DecoderUnavailable, Why
from footage_sorter.domain.ports import Burst, FrameBatch
from footage_sorter.domain.report import Pass
from footage_sorter.media import process, sound, stills
from footage_sorter.media.decoders import Decoders
from footage_sorter.media.frames import ClipFrames
from footage_sorter.media.probe import probe
from footage_sorter.media.process import WorkerBug
from tests.helpers import tasks
from tests.helpers.clips import Shot, film, tone
from tests.helpers.reading import clip_of

PATH = Path("/clips/a.mp4")
posix = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX'")


@pytest.fixture
def decoders():
    with closing(Decoders(patience_s=20)) as made:
        yield made
    assert not made.pids
    assert not [thread for thread in threading.enumerate() if thread.name == "worker-ear"]


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    path = tmp_path_factory.mktemp("clip") / "a.mp4"
    return clip_of(film(path, Shot(seconds=6, size_px=(640, 360)), sound=tone(6)))


def ask(decoders, task, *args, cancel=None):
    return list(decoders.stream(PATH, cancel or Event(), task, *args))


def gone(pid, within_s=10.0):
    """Whether a process that is not our child ends soon."""
    end_s = time.monotonic() + within_s
    while time.monotonic() < end_s:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        status = Path(f"/proc/{pid}/status").read_text()
        if "State:\tZ" in status and "Threads:\t1\n" in status:  # nobody waits for it here
            return True
        time.sleep(0.02)
    return False


def test_a_look_gives_the_same_frames(decoders, clip):
    for looked in (Pass.COARSE, Pass.FULL):
        here = list(ClipFrames().read(clip, looked, 320, Event()))
        there = list(decoders.read(clip, looked, 320, Event()))
        assert [type(one) for one in there] == [type(one) for one in here]
        for one, other in zip(here, there, strict=True):
            field = "rgb" if isinstance(one, FrameBatch) else "luma"
            assert np.array_equal(getattr(one, field), getattr(other, field))
            assert np.array_equal(one.times_s, other.times_s)
            assert getattr(other, field).flags.writeable
    assert any(isinstance(one, Burst) for one in there)


def test_everything_else_is_the_same_too(decoders, clip):
    assert decoders.probe(clip.path, Event()) == probe(clip.path)
    assert decoders.score_sound(clip, Event()) == sound.score_sound(clip, Event())
    assert np.array_equal(decoders.frame_at(clip, 2.5, 200), stills.frame_at(clip, 2.5, 200))
    strip = decoders.frames_at(clip, (1.0, 4.0), 100, exact=False)
    assert np.array_equal(strip, stills.frames_at(clip, (1.0, 4.0), 100, exact=False))


def test_one_process_serves_one_call_after_the_other(decoders, clip):
    decoders.probe(clip.path, Event())
    (pid,) = decoders.pids
    with pytest.raises(ClipError):
        ask(decoders, tasks.fail, "/clips/b.mp4")
    list(decoders.read(clip, Pass.FULL, 320, Event()))
    assert decoders.pids == [pid]


def test_a_process_that_served_long_is_replaced(decoders, monkeypatch):
    monkeypatch.setattr("footage_sorter.media.decoders._CALLS", 3)
    pids = []
    for _ in range(7):
        ask(decoders, tasks.chatter)
        pids += decoders.pids
    assert len(pids) == 5  # none is left after the third and the sixth call
    assert len(set(pids)) == 3
    assert decoders.fallen == 0


def test_arrays_of_any_size_arrive_in_order(decoders):
    answers = ask(decoders, tasks.pixels, 20)
    assert [(a[0, 0], a[-1, -1], none.shape, n) for a, none, n in answers] == [
        (n, n, (0, 3), n) for n in range(20)
    ]


def test_a_clips_error_is_what_it_was(decoders):
    with pytest.raises(ClipError) as caught:
        ask(decoders, tasks.fail, "/clips/b.mp4")
    error = caught.value
    assert (error.path, error.why, error.detail) == (
        Path("/clips/b.mp4"),
        Why.NO_PICTURE,
        "in its words",
    )


def test_a_bug_stays_a_bug_with_its_traceback(decoders):
    with pytest.raises(WorkerBug, match=r"in bug\n(.|\n)*LookupError: planted"):
        ask(decoders, tasks.bug)
    assert ask(decoders, tasks.modules)


def test_what_a_library_prints_is_no_answer(decoders, capfd):
    assert ask(decoders, tasks.chatter) == ["answer"]
    assert ask(decoders, tasks.chatter) == ["answer"]
    assert capfd.readouterr() == ("", "")


def test_the_process_imports_no_window_no_network_and_no_library(decoders, clip):
    list(decoders.read(clip, Pass.COARSE, 320, Event()))
    (names,) = ask(decoders, tasks.modules)
    roots = {name.partition(".")[0] for name in names}
    assert not roots & {"PySide6", "shiboken6", "torch", "torchvision", "cv2", "sqlite3", "moviepy"}


@posix
@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL])
def test_a_crash_costs_the_clip_and_no_more(decoders, clip, number):
    reading = decoders.read(clip, Pass.FULL, 640, Event())
    next(reading)
    os.kill(decoders.pids[0], number)
    with pytest.raises(ClipError) as caught:
        list(reading)
    assert caught.value.why is Why.CRASHED
    assert caught.value.path == clip.path
    assert number.name in caught.value.detail
    assert list(decoders.read(clip, Pass.FULL, 640, Event()))


@posix
def test_a_real_fault_costs_the_clip_and_no_more(decoders):
    with pytest.raises(ClipError) as caught:
        ask(decoders, tasks.fault)
    assert (caught.value.why, caught.value.detail) == (Why.CRASHED, "SIGSEGV")
    assert ask(decoders, tasks.chatter) == ["answer"]


@posix
def test_an_idle_process_that_died_is_replaced(decoders):
    ask(decoders, tasks.modules)
    (pid,) = decoders.pids
    os.kill(pid, signal.SIGKILL)
    assert gone(pid)
    assert ask(decoders, tasks.chatter) == ["answer"]
    assert pid not in decoders.pids


@posix
def test_a_sound_stream_that_crashes_costs_the_sound_alone(decoders, clip, monkeypatch):
    monkeypatch.setattr("footage_sorter.media.tasks.sound_of", tasks.fault_with_clip)
    assert decoders.score_sound(clip, Event()) is None
    assert decoders.fallen == 1


@posix
def test_a_halt_in_mid_clip_is_given_up(clip):
    with closing(Decoders(patience_s=0.5)) as decoders:
        reading = decoders.read(clip, Pass.FULL, 640, Event())
        next(reading)
        (pid,) = decoders.pids
        os.kill(pid, signal.SIGSTOP)
        started_s = time.monotonic()
        with pytest.raises(ClipError) as caught:
            list(reading)
        assert caught.value.why is Why.STALLED
        assert 0.5 <= time.monotonic() - started_s < 5
        assert gone(pid)
        assert decoders.probe(clip.path, Event()) == clip.media


def test_a_hang_is_given_up_and_slow_work_is_not():
    with closing(Decoders(patience_s=1.5)) as decoders:
        assert ask(decoders, tasks.hold, 3.0) == ["held"]
        with pytest.raises(ClipError) as caught:
            ask(decoders, tasks.hang)
        assert caught.value.why is Why.STALLED


def test_a_caller_that_pauses_is_no_halt():
    with closing(Decoders(patience_s=0.3)) as decoders:
        answers = decoders.stream(PATH, Event(), tasks.pixels, 8)
        next(answers)
        time.sleep(0.8)  # longer than the patience: it is ours that runs out, not the decoder's
        assert len(list(answers)) == 7


def test_a_cancel_ends_even_a_hang_at_once(decoders):
    cancel = Event()
    timer = threading.Timer(0.3, cancel.set)
    timer.start()
    started_s = time.monotonic()
    assert ask(decoders, tasks.hang, cancel=cancel) == []
    assert time.monotonic() - started_s < 5
    timer.join()
    assert decoders.pids == []
    assert ask(decoders, tasks.chatter) == ["answer"]


def test_a_cancelled_probe_is_no_fault_of_the_clip(decoders, clip):
    cancel = Event()
    cancel.set()
    with pytest.raises(ClipError) as caught:
        decoders.probe(clip.path, cancel)
    assert caught.value.why is Why.UNREADABLE


def test_closing_a_look_early_ends_its_process(decoders, clip):
    reading = decoders.read(clip, Pass.FULL, 640, Event())
    next(reading)
    (pid,) = decoders.pids
    reading.close()
    assert gone(pid)
    assert decoders.pids == []


def test_the_end_of_the_program_ends_what_hangs_and_blames_no_clip(decoders):
    timer = threading.Timer(0.5, decoders.close)
    timer.start()
    with pytest.raises(ClipError) as caught:
        ask(decoders, tasks.hang)
    timer.join()
    assert caught.value.why is Why.UNREADABLE
    # A thread that is late gets its answer, and nothing is left of it.
    assert ask(decoders, tasks.chatter) == ["answer"]
    assert decoders.pids == []


def test_two_callers_do_not_wait_for_each_other(decoders):
    cancel = Event()
    other = threading.Thread(target=ask, args=(decoders, tasks.hang), kwargs={"cancel": cancel})
    other.start()
    assert ask(decoders, tasks.chatter) == ["answer"]
    cancel.set()
    other.join()


@posix
def test_a_ctrl_c_or_a_log_out_is_the_parents_to_answer(decoders):
    for number in (signal.SIGINT, signal.SIGTERM):
        assert ask(decoders, tasks.ignores, number) == [True]
    (pid,) = decoders.pids
    assert os.getpgid(pid) != os.getpgid(0)


@posix
@pytest.mark.parametrize("task", ["hang", "pixels, 1000"])
def test_a_killed_parent_leaves_no_process(task):
    """Neither one that computes nor one that waits for its answers to be read."""
    code = (
        f"import sys; sys.path[:] = {sys.path!r}\n"
        "from pathlib import Path; from threading import Event; import time\n"
        "from footage_sorter.media.decoders import Decoders; from tests.helpers import tasks\n"
        "decoders = Decoders()\n"
        "list(decoders.stream(Path('a'), Event(), tasks.chatter))\n"
        f"answers = decoders.stream(Path('a'), Event(), tasks.{task})\n"
        "print(*decoders.pids, flush=True)\n"
        "for answer in answers: time.sleep(3600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    time.sleep(0.3)  # into the task; there is no signal to wait for
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert gone(pid)


@pytest.mark.parametrize("command", [["/no/such/program"], [sys.executable, "-c", "exit(3)"]])
def test_a_decoder_that_cannot_be_started_is_told_as_such(decoders, monkeypatch, command):
    monkeypatch.setattr(process, "_command", lambda nice: command)
    with pytest.raises(DecoderUnavailable):
        ask(decoders, tasks.chatter)


def test_a_frozen_program_starts_itself(decoders, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert process._command(10) == [sys.executable, process.SWITCH, "10"]
    monkeypatch.setattr(
        process,
        "_command",
        lambda nice: [sys.executable, "-m", "footage_sorter", process.SWITCH, str(nice)],
    )
    assert ask(decoders, tasks.chatter) == ["answer"]
