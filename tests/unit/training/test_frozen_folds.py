"""Folds judged by heads over frozen blocks: what was learned is judged elsewhere."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from training import frozen_folds
from training.frozen_folds import Looked, by_frozen_folds, judge_folds, measure_folds
from training.recipe import load_recipe

RECIPES = Path(__file__).parents[3] / "training/recipes"
RECIPE = load_recipe(RECIPES / "blur-6.toml")
FOLDS = RECIPE.data.folds


def looked_at(truth, maps):
    folds = np.arange(len(truth)) // 2 % FOLDS
    return Looked(maps.half(), truth, folds, np.arange(len(truth)) % 8 > 0)


def rows_of(looked):
    torch.manual_seed(1)
    return measure_folds(looked, RECIPE)


def noise_maps(pictures):
    return torch.randn(pictures, 10, 12, 2, 2, generator=torch.Generator().manual_seed(4))


def test_what_one_channel_shows_is_found_in_folds_never_seen():
    truth = np.arange(96) % 2
    maps = noise_maps(96)
    maps[truth == 1, :, 3] += 3.0
    *folds, together = rows_of(looked_at(truth, maps))
    assert [row.fold for row in folds] == list(range(FOLDS))
    assert together.fold is None
    assert together.measured.area_under_curve > 0.95
    assert together.measured.pictures == sum(row.measured.pictures for row in folds) == 84
    assert together.photographs == 12


def test_what_was_judged_was_not_learned():
    """Each picture has a look of its own that is easily learned by heart and tells nothing."""
    truth = np.random.default_rng(8).permutation(np.arange(96) % 2)
    looks = torch.randn(96, 1, 200, 1, 1, generator=torch.Generator().manual_seed(4))
    together = rows_of(looked_at(truth, looks.expand(96, 10, 200, 1, 1)))[-1]
    assert 0.25 < together.measured.area_under_curve < 0.75


def test_an_alarm_is_a_photograph_that_is_called_faulty():
    truth = np.arange(96) % 2
    looked = looked_at(truth, noise_maps(96))
    truth[~looked.labelled] = 0
    sure = np.where(truth == 1, 5.0, -5.0) + np.linspace(0, 1, 96)
    sure[np.flatnonzero(~looked.labelled)[:3]] = 9.0
    together = judge_folds(np.stack([-sure, sure], axis=1), looked, RECIPE)[-1]
    assert together.false_alarms == 3
    assert together.measured.balanced_accuracy > 0.95
    assert "false alarms 3 of 12" in frozen_folds.as_text([together])


def test_a_recipe_without_the_evidence_head_is_refused(tmp_path):
    light = load_recipe(RECIPES / "exposure-4.toml")
    with pytest.raises(ValueError, match="evidence head"):
        by_frozen_folds(dataclasses.replace(light), tmp_path)
