"""Recipes: what is written is what is trained, or an error before anything else."""

from pathlib import Path

import pytest

from training.errors import RecipeError
from training.recipe import load_recipe, recipe_from
from training.values import plain

RECIPES = sorted((Path(__file__).parents[3] / "training/recipes").glob("*.toml"))


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_every_recipe_reads_and_comes_back_from_its_values(path):
    recipe = load_recipe(path)
    assert recipe_from(plain(recipe)) == recipe


def changed(tmp_path, old, new):
    text = (Path(__file__).parents[3] / "training/recipes/smoke.toml").read_text()
    assert old in text
    path = tmp_path / "recipe.toml"
    path.write_text(text.replace(old, new))
    return path


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("epochs = 1", "epochs = 1\nlr = 3", r"unknown keys \['learning.lr'\]"),
        ('task = "blur"', 'task = "blur"\nextra = 1', r"unknown keys \['extra'\]"),
        ("epochs = 1\n", "", r"missing keys \['learning.epochs'\]"),
        ("epochs = 1", 'epochs = "many"', "learning.epochs must be int"),
        ("epochs = 1", "epochs = true", "learning.epochs must be int"),
        ("epochs = 1", "epochs = 0", "at least 1"),
        ('task = "blur"', 'task = "colour"', "colour"),
        ("side_px = 64", "side_px = 70", "multiple"),
        ("train_count = 2", "train_count = 5", "train_count"),
        ("folds = 20", "folds = 20\nfold = 20", "fold"),
        ("folds = 20", "folds = 20\nevery_fold = true", "every_fold is for the light head only"),
        ("folds = 20", 'folds = 20\nevery_fold = "all"', "every_fold must be bool"),
        ("folds = 20", "folds = 20\ngood_to_fault = 0.5", "good_to_fault"),
        ("epochs = 1", "epochs = 1\nstep_epochs = 0", "learning.step_epochs must be at least 1"),
        ("epochs = 1", "epochs = 1\nmomentum = 1.1", "learning.momentum must be 0 to 1, got 1.1"),
        ("epochs = 1", "epochs = 1\nworkers = -1", "learning.workers must be at least 0"),
        ("peak_lr = 2e-3", "peak_lr = 0.0", "learning.peak_lr must be above 0"),
        ("peak_lr = 2e-3", "peak_lr = nan", "learning.peak_lr must be above 0"),
        ("depth = 4", "depth = 4\ndropout = 3.0", "network.dropout must be 0 to 1, got 3"),
        ("folds = 20", "folds = 20\nheld_out_share = 25", "data.held_out_share must be 0 to 1"),
        ("folds = 20", "folds = 1", "data.folds must be at least 2"),
        ("made_per_epoch = 32", "h264_share = nan", "draws.h264_share must be 0 to 1, got nan"),
        ("made_per_epoch = 32", "made_from_labelled = 2", "draws.made_from_labelled must be"),
        ("made_per_epoch = 32", "scale = [1.2, 0.8]", "draws.scale must rise from above 0"),
        ("made_per_epoch = 32", "bad_ev = [0, 2]", "draws.bad_ev must rise from above 0"),
        ("made_per_epoch = 32", "bad_ev = [2]", "draws.bad_ev must have 2 values"),
        ("made_per_epoch = 32", "aspects = [1.0, 0.0]", "draws.aspects must be 0.1 to 10, got 0"),
        ('task = "blur"', "task = ", "line"),
    ],
)
def test_a_wrong_recipe_is_refused_by_name(tmp_path, old, new, told):
    path = changed(tmp_path, old, new)
    with pytest.raises(RecipeError, match=told) as caught:
        load_recipe(path)
    assert caught.value.path == path


def test_a_missing_recipe_is_told(tmp_path):
    with pytest.raises(RecipeError):
        load_recipe(tmp_path / "none.toml")
