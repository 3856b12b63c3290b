"""Where a classifier is written: never in the place of a person's footage."""

from types import SimpleNamespace

import pytest

from footage_sorter.cli.requests import Train
from footage_sorter.cli.train import _job
from footage_sorter.domain.errors import OutputFailed
from footage_sorter.domain.tags import CLASSIFIER_MANIFEST, CLASSIFIER_WEIGHTS


@pytest.fixture
def classes(tmp_path):
    for label in ("day", "night"):
        (tmp_path / label).mkdir()
        (tmp_path / label / "a.mp4").touch()
    return tmp_path / "day", tmp_path / "night"


def job(tmp_path, classes, out):
    core = SimpleNamespace(trained=tmp_path / "trained", device="cpu")
    return _job(core, Train("Light", classes, "auto", "auto", install=False, out=out))


def test_a_folder_of_clips_is_not_put_aside_for_a_classifier(tmp_path, classes):
    for out in (classes[0], tmp_path / "day" / "a.mp4"):
        with pytest.raises(OutputFailed):
            job(tmp_path, classes, out)


def test_a_new_an_empty_and_a_classifiers_own_folder_are_taken(tmp_path, classes):
    assert job(tmp_path, classes, None).out == tmp_path / "trained" / "light"
    out = tmp_path / "out"
    out.mkdir()
    assert job(tmp_path, classes, tmp_path / "day" / ".." / "out").out == out
    for name in (CLASSIFIER_MANIFEST, CLASSIFIER_WEIGHTS):
        (out / name).touch()
    assert job(tmp_path, classes, out).out == out
