"""The window as a real process: killed, restarted, and on machines where it cannot open."""

import signal
import subprocess
import sys

import pytest

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.report import Pass
from footage_sorter.store.clips import ClipStore
from tests.e2e.conftest import (
    CLASSICAL,
    one_sentence,
    overwrite_but_keep_the_stamp,
    wait_for_reports,
)
from tests.helpers.command import Ended, Program


@pytest.fixture
def window():
    """Starts windows, and ends those that a failing test leaves behind."""
    started = []

    def start(*words, **environment):
        started.append(_start(*words, **environment))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.communicate()


def _start(program: Program, *words, **environment):
    """Start the window; offscreen unless told otherwise."""
    return subprocess.Popen(
        [sys.executable, "-m", "footage_sorter", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**program.environment, "QT_QPA_PLATFORM": "offscreen", **environment},
        cwd=program.home,
    )


def end(process) -> Ended:
    out, err = process.communicate(timeout=60)
    return Ended(process.returncode, out, err)


def close(process) -> Ended:
    process.send_signal(signal.SIGTERM)
    return end(process)


def wait_until_all_are_rated(program, process, n_clips):
    wait_for_reports(program, process, n_clips, Pass.FULL)
    return program.run("export", "json", "-").document


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM to close it by")
def test_the_window_rates_what_it_is_given_and_closes_cleanly(program, window, shoot):
    process = window(program, shoot / "day 2", *CLASSICAL)
    document = wait_until_all_are_rated(program, process, 2)
    assert {clip["verdict"] for clip in document["clips"]} == {"usable"}
    ended = close(process)
    assert ended.status == 0, ended.err
    assert "Traceback" not in ended.err
    assert program.run("rate", shoot / "day 2", "--json", "-", *CLASSICAL).status == 0


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_killed_window_reads_no_finished_clip_again_and_loses_no_mark(
    program, window, long_shoot
):
    clips = sorted(long_shoot.iterdir())
    program.run("rate", clips[0], *CLASSICAL)
    store = ClipStore(program.library)
    (clip,) = store.clips_below([clips[0]])
    store.decide({clip.id: Decision(Mark.REJECT, stars=2)})
    store.close()

    process = window(program, long_shoot, *CLASSICAL)
    wait_for_reports(program, process, 3, Pass.FULL)
    process.kill()
    end(process)

    overwrite_but_keep_the_stamp(clips[0])  # a second look at it would fail
    again = window(program, *CLASSICAL)
    document = wait_until_all_are_rated(program, again, len(clips))
    assert close(again).status == 0
    (marked,) = [c for c in document["clips"] if c["path"].endswith(clips[0].name)]
    assert (marked["status"], marked["mark"], marked["stars"]) == ("rated", "reject", 2)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_without_a_display_the_window_is_a_sentence(program, window, shoot):
    process = window(program, shoot, QT_QPA_PLATFORM="")
    ended = end(process)
    assert ended.status == 2
    sentence = one_sentence(ended)
    assert "no display" in sentence
    assert "footage-sorter rate" in sentence


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_the_demo_rates_its_clips_where_there_is_no_display(program, window, tmp_path):
    process = window(program, "demo", tmp_path / "demo", *CLASSICAL, QT_QPA_PLATFORM="")
    ended = end(process)
    assert ended.status == 1, ended.err  # one of its clips is broken
    assert "broken.mp4: The file has no index" in ended.out
    assert "8 clips" in ended.out
