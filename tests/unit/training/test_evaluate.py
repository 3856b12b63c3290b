"""Evaluation: all that is promised is printed, always beside the rules, on the same pictures."""

import json

import cv2
import numpy as np
import pytest

from tests.helpers.brackets import brackets
from tests.helpers.command import ROOT
from training import __main__ as command
from training import evaluate as evaluation
from training.evaluate import read_set
from training.readers import is_held_out
from training.recipe import CLASSES, Task
from training.rules import RULES

MEASURES = (
    "pictures accuracy balanced_accuracy area_under_curve recalls confusion calibration_error"
).split()


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    brackets(folder, of_each=3, photographs=12)
    return folder


@pytest.fixture(autouse=True)
def _quick_and_in_the_checkout(monkeypatch):
    """Nothing is timed; the weights that are shipped are found without being named."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(evaluation, "speed", lambda _networks, *, blurred=False: 2.0 - blurred)


@pytest.fixture
def evaluated(data, capsys):
    """A function that runs the command over sets below the data, and returns what it printed."""

    def evaluate(task, *words):
        words = [str(data / one) if (data / one).exists() else one for one in words]
        assert command.main(["evaluate", "--task", task, *words]) == 0
        return capsys.readouterr().out

    return evaluate


@pytest.mark.parametrize("task", list(Task))
def test_every_measure_of_every_judge_is_there(evaluated, task):
    document = json.loads(evaluated(task, "--json", "photos"))
    assert (document["task"], document["material"]) == (task, "photographs")
    assert document["frames_per_second_720p"] == 2.0
    assert document["frames_per_second_720p_blurred"] == 1.0
    (photos,) = document["sets"]
    names = [judge["name"] for judge in photos["judges"]]
    assert names[0].startswith(f"{task}-")
    assert names[1:] == ["classical scorer", *(rule.name for rule in RULES[task])]
    assert names[-1] == "mean brightness"
    for judge in photos["judges"]:
        assert set(MEASURES) <= judge.keys()
        assert judge["pictures"] == 12
        assert sum(judge["confusion"][0]) == 12  # photographs are faultless
        assert len(judge["wrong"]) == 12 - judge["confusion"][0][0]
        assert judge["accuracy"] == pytest.approx(judge["recalls"][CLASSES[task][0]], abs=1e-4)


def test_the_table_says_what_the_values_say(evaluated):
    words = ("exposure/Train", "photos")
    document = json.loads(evaluated("exposure", "--json", *words))
    table = evaluated("exposure", *words)
    assert "2.0 frames a second" in table
    for one in document["sets"]:
        assert one["path"] in table
        following = table.split(f"{one['path']}\n")[1].splitlines()
        for judge in one["judges"]:
            line = next(line for line in following if line.startswith(f"  {judge['name']} "))
            assert f"{judge['pictures']} pictures" in line
            for said, name in (
                ("accuracy", "accuracy"),
                ("balanced", "balanced_accuracy"),
                ("calibration error", "calibration_error"),
            ):
                assert f"{said} {judge[name]:.3f}" in line
            for name, recall in judge["recalls"].items():
                assert recall is None or f"{name} {recall:.3f}" in line
            assert str(judge["confusion"]) in following[following.index(line) + 1]


def test_brightness_tells_brackets_apart_that_differ_by_nothing_else(evaluated):
    (brackets_,) = json.loads(evaluated("exposure", "--json", "exposure/Train"))["sets"]
    brightness = brackets_["judges"][-1]
    assert brightness["pictures"] == 3 * 3 + 3
    assert brightness["confusion"] == [[6, 0, 0], [0, 3, 0], [0, 0, 3]]


@pytest.mark.parametrize(("level", "called"), [(3, "underexposed"), (253, "overexposed")])
def test_the_classical_scorer_is_asked_for_each_class_by_its_place(level, called):
    flat = np.full((90, 160, 3), level, np.uint8)
    likely = evaluation.by_classical_scorer(Task.EXPOSURE, flat)
    assert sum(likely) == pytest.approx(1.0)
    assert CLASSES[Task.EXPOSURE][int(np.argmax(likely))] == called


def test_the_classical_scorer_calls_fine_texture_sharp_and_soft_edges_blurry():
    rng = np.random.default_rng(5)
    texture = rng.integers(0, 256, (180, 320, 3)).astype(np.uint8)
    edges = rng.integers(0, 256, (9, 16, 3)).astype(np.uint8).repeat(20, 0).repeat(20, 1)
    pictures = texture, cv2.GaussianBlur(edges, (0, 0), 3.0)
    likely = [evaluation.by_classical_scorer(Task.BLUR, picture) for picture in pictures]
    assert [CLASSES[Task.BLUR][int(np.argmax(one))] for one in likely] == ["sharp", "blurry"]


def test_material_decides_the_calibration(evaluated):
    as_photographs, as_video = (
        json.loads(evaluated("blur", "--json", "--as", one, "photos"))
        for one in ("photographs", "video")
    )
    assert as_video["material"] == "video"
    losses = [one["sets"][0]["judges"][0]["log_loss"] for one in (as_photographs, as_video)]
    assert losses[0] != losses[1]


def test_a_set_is_a_collection_or_its_side_or_photographs(data):
    classes = CLASSES[Task.EXPOSURE]
    assert len(read_set(data / "exposure", classes, 1.0)) == 4 + 1 + 1  # its Test
    assert len(read_set(data / "exposure/Train", classes, 1.0)) == 12
    photographs = read_set(data / "photos", classes, 1.0)
    assert {one.label for one in photographs} == {0}
    held_out = read_set(data / "photos", classes, 0.5)
    assert held_out == tuple(one for one in photographs if is_held_out(one.path, 0.5))
    assert 0 < len(held_out) < len(photographs)


def test_of_photographs_none_may_be_held_out(data, capsys):
    words = ["evaluate", "--task", "blur", "--held-out", "0", str(data / "photos")]
    assert command.main(words) == 2
    assert "no picture of it is held out" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda folder: (folder / "weights.safetensors").unlink(), "weights are missing"),
        (lambda folder: (folder / "weights.safetensors").write_bytes(b"x"), "damaged weights"),
        (
            lambda folder: _change(folder / "manifest.json", '"format": 1', '"format": 99'),
            "weights of version 99, but 1 is known",
        ),
        (lambda folder: _change(folder / "manifest.json", '"over', '"under'), "tells"),
    ],
)
def test_weights_that_cannot_be_used_are_told_in_one_sentence(data, capsys, tmp_path, damage, says):
    folder = tmp_path / "exposure"
    folder.mkdir()
    for path in (ROOT / "resources/weights/exposure").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    damage(folder)
    words = ["evaluate", "--task", "exposure", "--weights", str(folder), str(data / "photos")]
    assert command.main(words) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("training: exposure: ")
    assert says in line


def _change(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
