"""Export: what is written is what learned, and the program reads it."""

import dataclasses

import numpy as np
import pytest
import torch

from footage_sorter.inference.torch_backend import load_network
from footage_sorter.inference.weights import Material, Measures
from tests.helpers.brackets import brackets
from tests.helpers.command import ROOT
from training import checkpoint as checkpoints
from training import export
from training.calibrate import calibrations
from training.checkpoint import Checkpoint
from training.errors import StoredError, TrainingError
from training.metrics import softmax
from training.networks import FoldNetworks, build_network
from training.recipe import load_recipe

RECIPE = load_recipe(ROOT / "training/recipes/exposure-6.toml")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    brackets(folder, of_each=10, photographs=9)
    return folder


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    """The shipped recipe's network for each of three folds, untrained, and the file of it."""
    knobs = dataclasses.replace(RECIPE.data, folds=3, neighbours=(), held_out_share=0.0)
    learning = dataclasses.replace(RECIPE.learning, workers=0)
    recipe = dataclasses.replace(RECIPE, data=knobs, learning=learning)
    torch.manual_seed(1)
    network = build_network(recipe)
    assert isinstance(network, FoldNetworks)
    path = tmp_path_factory.mktemp("run") / "last.pt"
    state = network.state_dict()
    checkpoints.save(Checkpoint(recipe, 1, 0.5, 1, state, state, {}), path)
    return network.eval(), path


def test_the_program_answers_as_the_mean_of_the_networks_that_learned(
    data, checkpoint, tmp_path, monkeypatch
):
    monkeypatch.setattr(export, "MADE_TO_CALIBRATE", 20)
    trained, path = checkpoint
    export.export(path, data, tmp_path)
    network = load_network(tmp_path, RECIPE.classes)
    network.to("cpu")
    assert network.manifest.measures is Measures.SPREAD_AND_KEPT
    calibration = network.manifest.calibrations[Material.PHOTOGRAPHS]
    # Burnt out by a tenth or more, so that nothing of overexposed fades out.
    tops = np.array([2, 10, 40, 120, 256]).reshape(5, 1, 1, 1, 1)
    seen = np.random.default_rng(2).integers(0, tops, (5, 1, 160, 160, 3), dtype=np.uint8)
    seen[:, :, :40] = 255
    with torch.inference_mode():
        mean = trained(torch.from_numpy(seen)).mean(dim=2).double().numpy()
    expected = softmax((mean + np.array(calibration.shifts)) / calibration.temperature)
    found = network.probabilities(seen, "cpu", Material.PHOTOGRAPHS)
    np.testing.assert_allclose(found, expected, atol=2e-3)
    assert np.ptp(found, axis=0).max() > 0.02  # the pictures are told apart


def test_in_video_faults_are_as_much_rarer_as_the_recipe_says(checkpoint):
    rng = np.random.default_rng(4)
    known = (rng.normal(size=(60, 3)), rng.integers(0, 3, 60))
    recipe = checkpoints.load(checkpoint[1]).recipe
    for times in (1.0, 8.0):
        knobs = dataclasses.replace(recipe.data, good_to_fault=times)
        fitted = calibrations(dataclasses.replace(recipe, data=knobs), known, known)
        video, photographs = (
            fitted[one].probabilities(known[0]) for one in (Material.VIDEO, Material.PHOTOGRAPHS)
        )
        odds = [one[:, 1:] / one[:, :1] for one in (photographs, video)]
        np.testing.assert_allclose(odds[0] / odds[1], times)


@pytest.mark.parametrize(
    ("limit", "value", "says"),
    [
        ("MOST_BYTES", 100, "bytes of weights; at most 100"),
        ("MOST_APART", -1.0, "answers otherwise"),
    ],
)
def test_what_may_not_be_shipped_is_refused_before_anything_is_written(
    data, checkpoint, tmp_path, monkeypatch, limit, value, says
):
    monkeypatch.setattr(export, limit, value)
    with pytest.raises(TrainingError, match=says):
        export.export(checkpoint[1], data, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_only_what_the_program_can_run_is_exported(data, tmp_path):
    recipe = load_recipe(ROOT / "training/recipes/founding-exposure.toml")
    path = tmp_path / "last.pt"
    checkpoints.save(Checkpoint(recipe, 1, 0.5, 1, {}, {}, {}), path)
    with pytest.raises(StoredError, match="only networks with the evidence or the light head"):
        export.export(path, data, tmp_path / "out")


def test_what_a_network_started_from_may_be_gone_when_it_is_exported(
    data, checkpoint, tmp_path, monkeypatch
):
    monkeypatch.setattr(export, "MADE_TO_CALIBRATE", 20)
    state = checkpoints.load(checkpoint[1])
    network = dataclasses.replace(state.recipe.network, start="/gone/last.pt")
    recipe = dataclasses.replace(state.recipe, network=network)
    checkpoints.save(dataclasses.replace(state, recipe=recipe), tmp_path / "last.pt")
    assert export.export(tmp_path / "last.pt", data, tmp_path).pictures > 0
