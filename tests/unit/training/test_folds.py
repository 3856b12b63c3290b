"""By folds: every picture judged by the network that has not seen it, calibrated on the others."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.helpers.brackets import brackets
from training import __main__ as command
from training import checkpoint as checkpoints
from training import folds
from training.checkpoint import Checkpoint
from training.networks import build_network
from training.readers import fold_of
from training.recipe import load_recipe

RECIPE = load_recipe(Path(__file__).parents[3] / "training/recipes/exposure-5.toml")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    brackets(folder, of_each=10, photographs=9)
    return folder


@pytest.fixture
def checkpoint(tmp_path):
    """An untrained network for each of three folds."""

    def write(*, every_fold=True):
        knobs = dataclasses.replace(
            RECIPE.data, folds=3, neighbours=(), held_out_share=0.0, every_fold=every_fold
        )
        learning = dataclasses.replace(RECIPE.learning, workers=0)
        recipe = dataclasses.replace(RECIPE, data=knobs, learning=learning)
        torch.manual_seed(1)
        state = build_network(recipe).state_dict()
        path = tmp_path / "last.pt"
        checkpoints.save(Checkpoint(recipe, 1, 0.5, 1, state, state, {}), path)
        return path

    return write


def test_each_fold_is_calibrated_on_the_others_alone(data, checkpoint, monkeypatch):
    given = []
    fitted = folds.calibrations

    def spy(recipe, labelled, made):
        given.append((len(labelled[1]), len(made[1])))
        return fitted(recipe, labelled, made)

    monkeypatch.setattr(folds, "MADE_TO_CALIBRATE", 20)
    monkeypatch.setattr(folds, "calibrations", spy)
    ours, classical, brightness = folds.by_folds(checkpoint(), data)
    stems = [path.stem for path in (data / "exposure/Train").rglob("*.png")]
    stems += [path.stem for path in (data / "photos").iterdir()]
    inside = np.bincount([fold_of(stem, 3) for stem in stems], minlength=3)
    assert [count for count, _ in given] == (len(stems) - inside).tolist()
    assert sum(made for _, made in given) == 2 * 20
    assert [row.photographs for row in (ours, classical, brightness)] == [9, 9, 9]
    assert len(ours.each_fold) == 3
    # The patches differ by brightness alone; a network that has learned nothing is no better.
    assert brightness.balanced_accuracy == 1.0
    assert brightness.area_under_curve is None
    assert ours.balanced_accuracy < 1.0


def test_the_table_and_the_values_say_the_same():
    rows = [
        folds.Row("ours", 0.9512, 0.99, {"good": 0.9, "bad": None}, (0.9, 1.0), 3, 9),
        folds.Row("a rule", 0.875, None, {"good": 1.0, "bad": 0.75}, (0.75, 1.0), 0, 9),
    ]
    for line, row in zip(folds.as_text(rows).splitlines(), rows, strict=True):
        values = row.as_json()
        assert line.startswith(values["judge"])
        assert f"balanced {values['balanced_accuracy']:.3f}" in line
        assert f"(spread {values['spread']:.3f})" in line
        assert f"false alarms {values['false_alarms']} of 9" in line
    assert [row.as_json()["spread"] for row in rows] == [0.05, 0.125]


def test_a_recipe_that_holds_out_one_fold_is_refused(data, checkpoint, capsys):
    path = checkpoint(every_fold=False)
    assert command.main(["folds", str(path), "--data", str(data)]) == 2
    assert "does not hold out every fold" in capsys.readouterr().err
