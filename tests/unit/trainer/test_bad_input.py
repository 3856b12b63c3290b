"""What cannot be learned from: each kind is told in words before a frame of any clip is looked at.

Folders without clips and class names that clash are refused earlier: tests/unit/services.
"""

from threading import Event

import pytest

from footage_sorter.domain.errors import NothingToTrain, Why
from footage_sorter.domain.training import (
    Example,
    LeftOut,
    Refusal,
    Refused,
    Skipped,
    TrainingJob,
)
from footage_sorter.services import training
from footage_sorter_training.features import Looker
from footage_sorter_training.train import Talk, train
from tests.helpers.clips import Shot, film

TINY_PX = (64, 36)


@pytest.fixture(autouse=True)
def _no_frame_is_looked_at(monkeypatch):
    def look(*_args):
        raise AssertionError("a frame was looked at")

    monkeypatch.setattr(Looker, "look", look)


@pytest.fixture
def clips(tmp_path):
    """A function that films clips of a class, as examples."""

    def make(label, count, seconds=1.0):
        folder = tmp_path / label
        folder.mkdir(exist_ok=True)
        first = sum(1 for _ in tmp_path.rglob("*.mp4"))
        return [
            Example(str(film(folder / f"{seed}.mp4", _shot(seed, seconds))), label)
            for seed in range(first, first + count)
        ]

    return make


def _shot(seed, seconds):
    return Shot(seconds=seconds, size_px=TINY_PX, seed=seed)


def told_of(examples, tmp_path):
    told, running = [], Event()
    running.set()
    job = TrainingJob("x", "X", tuple(examples), tmp_path / "x", tmp_path / "seen", device="cpu")
    train(job, Talk(told.append, running))
    assert not (tmp_path / "x").exists()
    assert isinstance(told[-1], Refused)
    return (told[-1].refusal, told[-1].about), [one for one in told if isinstance(one, Skipped)]


def test_clips_shorter_than_sixteen_frames(clips, tmp_path):
    examples = [*clips("day", 2), *clips("night", 2, seconds=0.5)]
    refused, skipped = told_of(examples, tmp_path)
    assert [one.path for one in skipped] == [one.path for one in examples[2:]]
    assert {one.why for one in skipped} == {LeftOut.TOO_SHORT}
    assert refused == (Refusal.CLASS_EMPTY, "night")


def test_unreadable_clips(clips, tmp_path):
    day = clips("day", 2)
    broken, gone = tmp_path / "broken.mp4", tmp_path / "gone.mp4"
    broken.write_bytes(b"not a clip")
    examples = [*day, Example(str(broken), "night"), Example(str(gone), "night")]
    refused, skipped = told_of(examples, tmp_path)
    assert [one.path for one in skipped] == [str(broken), str(gone)]
    assert [one.why for one in skipped] == [Why.NOT_VIDEO, Why.MISSING]
    assert refused == (Refusal.CLASS_EMPTY, "night")


def test_a_set_of_one_class(clips, tmp_path):
    refused, _ = told_of(clips("day", 3), tmp_path)
    assert refused == (Refusal.ONE_CLASS, "")
    with pytest.raises(NothingToTrain, match="one_class"):
        training.examples_of([tmp_path / "day"])


def test_a_folder_with_a_single_clip(clips, tmp_path):
    refused, skipped = told_of([*clips("day", 2), *clips("night", 1)], tmp_path)
    assert refused == (Refusal.CLASS_OF_ONE_CLIP, "night")
    assert skipped == []


def test_names_that_clash(clips, tmp_path):
    for names in (("day", "Day"), ("day", "DAY")):
        examples = [Example("/a.mp4", names[0]), Example("/b.mp4", names[1])]
        with pytest.raises(NothingToTrain, match="same_but_capitals"):
            training.check(examples)
    with pytest.raises(NothingToTrain, match="nameless_class"):
        training.check([Example("/a.mp4", "day"), Example("/b.mp4", "")])


def test_one_clip_in_two_classes(clips, tmp_path):
    (one,) = clips("day", 1)
    both = [one, Example(one.path, "night")]
    refused, skipped = told_of([*both, *clips("day", 2), *clips("night", 1)], tmp_path)
    assert {(skip.why, skip.about) for skip in skipped} == {(LeftOut.IN_SEVERAL, "day, night")}
    assert refused == (Refusal.CLASS_OF_ONE_CLIP, "night")
