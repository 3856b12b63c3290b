"""Judging apart: the same answers, and a process that is lost is told and started anew."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from footage_sorter.domain.errors import ClassifierRefused, InferenceUnavailable, JudgesLost
from footage_sorter.domain.ports import Burst, FrameBatch
from footage_sorter.domain.tags import Classifier, ClassifierId
from footage_sorter.inference import motion, tasks
from footage_sorter.inference.classical import ClassicalScorer
from footage_sorter.services.judges import Judges, JudgeTasks
from tests.helpers import tasks as odd

ROOT = Path(__file__).parents[3]
posix = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX'")
NOISE = np.random.default_rng(5)


def tasks_at(tmp_path, **others):
    here = {
        "facts": partial(tasks.scorer_facts, "none", tmp_path),
        "score": partial(tasks.score, "none", tmp_path),
        "score_burst": tasks.score_burst,
        "load": partial(tasks.load, "none", tmp_path),
        "judge": partial(tasks.judge, "none", tmp_path),
        "check": tasks.check,
    }
    return JudgeTasks(**here | others)


@pytest.fixture
def judges(tmp_path):
    with closing(Judges(tasks_at(tmp_path))) as made:
        yield made
    assert not made.pids
    assert not [thread for thread in threading.enumerate() if thread.name == "worker-ear"]


def batch(frames=3):
    rgb = NOISE.integers(0, 256, (frames, 90, 160, 3), dtype=np.uint8)
    return FrameBatch(rgb, np.arange(frames, dtype=np.float64))


def burst():
    whole = NOISE.integers(0, 256, (200, 320), dtype=np.uint8)
    luma = np.stack([whole[at : at + 120, at : at + 200] for at in range(12)])
    return Burst(luma, np.arange(12) / 30)


def classifier(name="rooms"):
    return Classifier(
        id=ClassifierId(f"{name}@1"),
        name=name,
        title="Rooms",
        labels=("in", "out"),
        side_px=64,
        least=0.5,
        accuracy=None,
    )


def test_frames_and_bursts_are_judged_the_same(judges):
    here, there = ClassicalScorer(), judges.open_scorer()
    assert there.blur_model == here.blur_model
    assert there.exposure_model == here.exposure_model
    assert there.working_long_side_px == here.working_long_side_px
    assert there.stands_in == here.stands_in
    frames = batch()
    assert there.score(frames).frames == here.score(frames).frames
    moved = burst()
    assert judges.score_burst(moved) == motion.score_burst(moved)


def test_one_process_serves_all_of_a_run_and_the_next(judges):
    judges.open_scorer().score(batch())
    (pid,) = judges.pids
    judges.score_burst(burst())
    judges.open_scorer().score(batch())
    assert judges.pids == [pid]


def test_what_stands_in_says_why(tmp_path, caplog):
    nowhere = tasks_at(tmp_path, facts=partial(tasks.scorer_facts, "auto", tmp_path / "nowhere"))
    with closing(Judges(nowhere)) as judges:
        scorer = judges.open_scorer()
    assert scorer.blur_model == ClassicalScorer().blur_model
    assert scorer.stands_in
    assert scorer.stands_in in caplog.text


def test_networks_that_were_named_and_cannot_run_are_refused(tmp_path):
    nowhere = tasks_at(tmp_path, facts=partial(tasks.scorer_facts, "cpu", tmp_path / "nowhere"))
    with closing(Judges(nowhere)) as judges, pytest.raises(InferenceUnavailable) as caught:
        judges.open_scorer()
    assert caught.value.detail


@posix
def test_a_process_that_is_lost_at_work_is_told_and_the_next_call_has_another(tmp_path):
    with closing(Judges(tasks_at(tmp_path, score=odd.fault_at_work))) as judges:
        scorer = judges.open_scorer()
        (lost,) = judges.pids
        with pytest.raises(JudgesLost, match="SIGSEGV") as caught:
            scorer.score(batch())
        assert not caught.value.hung
        moved = burst()
        assert judges.score_burst(moved) == motion.score_burst(moved)
        assert len(judges.pids) == 1
        assert judges.pids != [lost]


@posix
def test_what_cost_a_process_once_is_asked_of_another(tmp_path):
    marker = tmp_path / "lost once"
    once = tasks_at(tmp_path, score_burst=partial(odd.fault_once, marker))
    with closing(Judges(once)) as judges:
        judges.open_scorer()
        (lost,) = judges.pids
        moved = burst()
        assert judges.score_burst(moved) == motion.score_burst(moved)
        assert marker.exists()
        assert judges.pids != [lost]


def test_a_process_that_hangs_is_ended_and_not_waited_for_again(tmp_path, monkeypatch):
    monkeypatch.setattr("footage_sorter.services.judges.PATIENCE_S", 1.0)
    with closing(Judges(tasks_at(tmp_path, score_burst=odd.hang))) as judges:
        judges.open_scorer()
        began_s = time.monotonic()
        with pytest.raises(JudgesLost) as caught:
            judges.score_burst(burst())
        assert caught.value.hung
        assert time.monotonic() - began_s < 1.9  # a second patience would end later


@posix
def test_a_scorer_outlives_the_process_that_loaded_it(judges):
    scorer = judges.open_scorer()
    (lost,) = judges.pids
    os.kill(lost, signal.SIGKILL)
    until(lambda: not judges._mine.alive)
    frames = batch()
    assert scorer.score(frames).frames == ClassicalScorer().score(frames).frames
    assert judges.pids != [lost]


def until(condition, within_s=20.0):
    end_s = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < end_s
        time.sleep(0.01)


@posix
def test_a_classifier_that_brings_its_process_down_is_refused(tmp_path):
    crashing = tasks_at(
        tmp_path, judge=odd.fault_at_work, load=odd.nothing, check=odd.fault_at_work
    )
    with closing(Judges(crashing)) as judges:
        tagger = judges.load_tagger(classifier())
        with pytest.raises(ClassifierRefused, match="SIGSEGV") as caught:
            tagger.judge([batch().rgb[0]])
        assert caught.value.where == "rooms"
        scorer = judges.open_scorer()
        (mine,) = judges.pids
        with pytest.raises(ClassifierRefused, match="SIGSEGV") as caught:
            judges.check(tmp_path / "rooms")
        assert caught.value.where == "rooms"
        assert judges.pids == [mine]  # a check costs the others nothing
        assert scorer.score(batch()).frames


def test_a_classifier_that_cannot_be_used_is_refused_with_its_reason(judges, tmp_path):
    with pytest.raises(ClassifierRefused) as caught:
        judges.load_tagger(classifier("gone"))
    assert caught.value.where == "gone"
    with pytest.raises(ClassifierRefused):
        judges.check(tmp_path)


def test_the_end_of_the_program_ends_what_takes_long(tmp_path):
    with closing(Judges(tasks_at(tmp_path, facts=odd.hang))) as judges:
        timer = threading.Timer(0.5, judges.close)
        timer.start()
        began_s = time.monotonic()
        with pytest.raises(InferenceUnavailable):
            judges.open_scorer()
        assert time.monotonic() - began_s < 20
        timer.join()
        assert judges.pids == []
        with pytest.raises(InferenceUnavailable):  # a thread that is late gets its answer
            judges.open_scorer()
        assert judges.pids == []


def test_a_process_that_cannot_be_started_is_told_as_such(judges, monkeypatch):
    monkeypatch.setattr("footage_sorter.media.process._command", lambda nice: ["/no/such"])
    with pytest.raises(InferenceUnavailable, match="cannot be started"):
        judges.open_scorer()
    with pytest.raises(ClassifierRefused, match="cannot be started"):
        judges.check(Path("rooms"))


def test_the_window_judges_as_the_command_does_and_torch_stays_away():
    code = (
        "import sys\n"
        "import numpy as np\n"
        "from footage_sorter import app\n"
        "from footage_sorter.domain.ports import FrameBatch\n"
        "from footage_sorter.domain.resources import resource\n"
        "from pathlib import Path\n"
        "rgb = np.random.default_rng(1).integers(0, 256, (2, 180, 320, 3), dtype=np.uint8)\n"
        "batch = FrameBatch(rgb, np.arange(2.0))\n"
        "given = 'cpu', resource('weights'), Path('nowhere')\n"
        "apart = app._measures_apart(*given)\n"
        "there = apart.open_scorer().score(batch)\n"
        "assert not {'torch', 'torchvision'} & sys.modules.keys()\n"
        "apart.close()\n"
        "here = app._measures_here(*given).open_scorer().score(batch)\n"
        "assert here.frames == there.frames\n"
        "assert np.array_equal(here.pictures, there.pictures)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
