"""The loop: a run that is cut short ends where it would have ended, and stops when told to."""

import csv
import dataclasses
from pathlib import Path

import pytest
import torch

from tests.helpers.brackets import RECIPE, brackets
from training import checkpoint as checkpoints
from training import train as loop
from training.errors import TrainingError
from training.recipe import load_recipe
from training.train import train

NETWORK = 'backbone = "lenet5"\npretrained = "none"\nhead = "linear"\ndropout = 0.3'


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    brackets(folder)
    return folder


@pytest.fixture
def recipe(tmp_path):
    path = tmp_path / "short.toml"
    text = RECIPE.format(
        name="short", network=NETWORK, every_fold="false", epochs=3, batch_size=8, peak_lr=1e-3
    )
    path.write_text(text, "utf-8")
    return load_recipe(path)


def learning(recipe, **knobs):
    return dataclasses.replace(recipe, learning=dataclasses.replace(recipe.learning, **knobs))


def killed_after_its_first_epoch(monkeypatch, *words):
    def die(*_words):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(loop, "draw_curves", die)  # the epoch is saved and in the log by then
        with pytest.raises(KeyboardInterrupt):
            train(*words)


def epochs_in_the_log(run: Path) -> list[float]:
    with (run / "log.csv").open(encoding="utf-8", newline="") as lines:
        return [float(row["epoch"]) for row in csv.DictReader(lines)]


def test_a_run_that_was_cut_short_ends_where_it_would_have_ended(
    tmp_path, data, recipe, monkeypatch
):
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    train(recipe, data, whole, "cpu")
    killed_after_its_first_epoch(monkeypatch, recipe, data, cut, "cpu")
    assert checkpoints.load(cut / "last.pt").epoch == 1
    train(recipe, data, cut, "cpu", resume=True)
    assert epochs_in_the_log(whole) == epochs_in_the_log(cut) == [1, 2, 3]
    one, other = (checkpoints.load(run / "last.pt") for run in (whole, cut))
    assert (one.epoch, one.best, one.best_epoch) == (other.epoch, other.best, other.best_epoch)
    for kept in ("network", "kept"):
        for name, weights in getattr(one, kept).items():
            assert torch.equal(getattr(other, kept)[name], weights), f"{kept}: {name}"
    assert any(not torch.equal(one.network[name], one.kept[name]) for name in one.network)


def test_another_recipe_does_not_go_on_with_a_run(tmp_path, data, recipe, monkeypatch):
    run = tmp_path / "run"
    killed_after_its_first_epoch(monkeypatch, recipe, data, run, "cpu")
    with pytest.raises(ValueError, match="another recipe"):
        train(learning(recipe, peak_lr=2e-3), data, run, "cpu", resume=True)
    train(learning(recipe, threads=2), data, run, "cpu", resume=True)  # a faster machine may


def test_a_run_stops_after_as_many_worse_epochs_as_it_has_patience(tmp_path, data, recipe):
    still = learning(recipe, epochs=9, patience=2, peak_lr=1e-12)  # the first epoch stays the best
    train(still, data, tmp_path, "cpu")
    assert epochs_in_the_log(tmp_path) == [1, 2, 3]
    assert checkpoints.load(tmp_path / "best.pt").epoch == 1


def test_a_run_without_patience_goes_on_to_its_end(tmp_path, data, recipe):
    train(learning(recipe, epochs=4, peak_lr=1e-12), data, tmp_path, "cpu")
    assert epochs_in_the_log(tmp_path) == [1, 2, 3, 4]


def test_a_run_whose_loss_is_no_number_ends_and_keeps_what_it_had(tmp_path, data, recipe):
    train(learning(recipe, epochs=1), data, tmp_path, "cpu")
    before = (tmp_path / "best.pt").read_bytes()
    mad = learning(recipe, peak_lr=1e30, warmup_epochs=0.0)
    with pytest.raises(TrainingError, match=r"epoch 1: the loss is nan; learning\.peak_lr"):
        train(mad, data, tmp_path, "cpu")
    assert (tmp_path / "best.pt").read_bytes() == before
