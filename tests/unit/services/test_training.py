import json
import threading
import time
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain import words
from footage_sorter.domain.errors import (
    NothingToTrain,
    PathMissing,
    TrainerMissing,
    TrainerStopped,
)
from footage_sorter.domain.training import (
    Advanced,
    Began,
    Example,
    Made,
    Skipped,
    TrainingJob,
    Tried,
    event_line,
    event_of,
)
from footage_sorter.services import training
from footage_sorter.services.analysis import Switches


@pytest.fixture
def job(tmp_path, monkeypatch):
    monkeypatch.setattr(training, "TRAINER", "tests.helpers.trainer")
    ready = tmp_path / "ready"
    ready.mkdir()
    (ready / "manifest.json").write_text("{}")

    def make(seed):
        examples = (Example("/a/ä\udcff.mp4", "indoor"), Example("/b.mp4", "outdoor"))
        out, cache = tmp_path / "out", tmp_path / "seen"
        return TrainingJob("place", "Place", examples, out, cache, seed=seed)

    return make


def touch(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")


def test_folders_are_classes_and_their_folders_are_sources(tmp_path):
    touch(tmp_path / "indoor", "b.mp4", "a.MOV", "monday/c.mp4", "monday/deep/d.mkv", "notes.txt")
    touch(tmp_path / "outdoor", "e.mp4", ".hidden.mp4", ".trash/f.mp4")
    expected = [
        ("a.MOV", "indoor", ""),
        ("b.mp4", "indoor", ""),
        ("c.mp4", "indoor", "indoor/monday"),
        ("d.mkv", "indoor", "indoor/monday"),
        ("e.mp4", "outdoor", ""),
    ]
    for folders in ([tmp_path / "indoor", tmp_path / "outdoor"], [tmp_path]):
        found = training.examples_of(folders)
        assert [(one.path.rsplit("/")[-1], one.label, one.source) for one in found] == expected


def test_what_cannot_be_trained_on_is_told_before_any_clip_is_read(tmp_path):
    touch(tmp_path / "x" / "indoor", "a.mp4")
    touch(tmp_path / "y" / "Indoor", "b.mp4")
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToTrain, match="same_name: Indoor"):
        training.examples_of([tmp_path / "x" / "indoor", tmp_path / "y" / "Indoor"])
    with pytest.raises(NothingToTrain, match="one_class"):
        training.examples_of([tmp_path / "x"])
    with pytest.raises(NothingToTrain, match="no_class"):
        training.examples_of([tmp_path / "empty"])
    with pytest.raises(PathMissing):
        training.examples_of([tmp_path / "nowhere", tmp_path / "x"])


def test_the_trainer_is_heard_to_its_end(job):
    wanted = job(1)
    with closing(training.run(wanted, Switches())) as events:
        told = list(events)
    assert [type(one) for one in told] == [Began, Skipped, Advanced, Tried, Made]
    assert told[1].path == wanted.examples[0].path  # bytes that are no text came through
    assert (wanted.out / "manifest.json").exists()


def test_a_refusal_and_a_death_are_told_as_such(job):
    with pytest.raises(NothingToTrain, match="one_class"):
        list(training.run(job(2), Switches()))
    with pytest.raises(TrainerStopped, match="out of memory") as died:
        list(training.run(job(3), Switches()))
    assert "goes on where it was" in str(words.error(died.value))


def test_a_cancel_ends_the_process_and_makes_nothing(job):
    wanted, switches = job(4), Switches()
    threading.Timer(1.0, switches.cancel.set).start()
    started_s = time.monotonic()
    told = list(training.run(wanted, switches))
    assert time.monotonic() - started_s < 60
    assert any(isinstance(one, Advanced) for one in told) or told
    assert not wanted.out.exists()


def test_where_the_trainer_was_left_out_one_sentence_says_so(job, monkeypatch):
    monkeypatch.setattr(training, "TRAINER", "no_such_package")
    with pytest.raises(TrainerMissing) as missing:
        list(training.run(job(1), Switches()))
    assert "pip install" in str(words.error(missing.value))


def test_a_job_survives_its_way_to_the_trainer(job):
    wanted = job(1)
    assert TrainingJob.from_text(wanted.to_text()) == wanted


@given(
    counts=st.lists(st.lists(st.integers(0, 50), min_size=2, max_size=2), min_size=2, max_size=2),
    sources=st.integers(1, 200),
)
def test_a_result_is_a_share_between_its_bounds(counts, sources):
    if not sum(map(sum, counts)):
        return
    found = Tried(("a", "b"), tuple(map(tuple, counts)), sources, "average")
    low, high = found.between
    assert 0.0 <= low <= found.accuracy <= high <= 1.0
    assert event_of(event_line(found)) == found
    if found.is_better:
        assert found.accuracy > found.majority


@given(st.text() | st.dictionaries(st.text(), st.text()).map(json.dumps))
def test_whatever_a_trainer_writes_it_is_an_event_or_none(line):
    event_of(line)


def test_a_result_that_chance_explains_is_not_called_better():
    assert not Tried(("a", "b"), ((5, 3), (3, 5)), 16, "average").is_better
    assert not Tried(("a", "b"), ((90, 0), (10, 0)), 100, "average").is_better
    assert Tried(("a", "b"), ((19, 1), (2, 18)), 40, "average").is_better


def test_clips_of_few_sources_tell_less_than_as_many_of_their_own():
    confusion = ((45, 5), (5, 45))
    few, many = (Tried(("a", "b"), confusion, sources, "average") for sources in (10, 100))
    assert few.accuracy == many.accuracy
    assert few.between[0] < many.between[0] < many.between[1] < few.between[1]
