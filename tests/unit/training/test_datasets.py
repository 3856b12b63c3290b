"""Data sets: what is learned from, what is chosen by, and what is always shown."""

import dataclasses
from pathlib import Path

import cv2
import numpy as np
import pytest

from training.datasets import ALWAYS_SEEN, Drawn, _some, split
from training.readers import fold_of, is_held_out
from training.recipe import DrawKnobs, load_recipe

SMOKE = load_recipe(Path(__file__).parents[3] / "training/recipes/smoke.toml")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A labelled collection, brackets and photographs, each picture a scene of its own."""
    folder = tmp_path_factory.mktemp("data")
    rng = np.random.default_rng(1)

    def write(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        coarse = rng.integers(0, 256, (6, 6, 3), dtype=np.uint8)
        cv2.imwrite(str(path), cv2.resize(coarse, (64, 64), interpolation=cv2.INTER_NEAREST))

    for side, count in (("Train", 12), ("Test", 2)):
        for name in ("Sharp", "Blurry"):
            for number in range(count):
                write(folder / "blur" / side / f"{name}_images" / f"{name}{side}{number}.png")
    for name in ("Good", "Underexposed", "Overexposed"):
        for number in range(3):
            write(folder / "exposure" / "Train" / f"{name}_images" / f"{name}{number}.png")
    for number in range(24):
        write(folder / "photos" / f"p{number}.png")
    return folder


@pytest.fixture
def recipe():
    knobs = dataclasses.replace(
        SMOKE.data, labelled="blur", pool="photos", neighbours=("exposure",), folds=3, fold=1
    )
    return dataclasses.replace(SMOKE, data=knobs)


def test_no_photograph_is_both_learned_from_and_chosen_by(data, recipe):
    parts = split(recipe, data)
    learned = set(parts.pool) | {one.path for one in parts.learn}
    chosen = {one.path for one in parts.choose}
    assert not learned & chosen
    assert not (learned | chosen) & set(parts.held_out)
    photographs = {path for path in chosen if path.parent.name == "photos"}
    assert photographs
    assert all(fold_of(path.stem, 3) == 1 for path in photographs)
    assert all(is_held_out(path, recipe.data.held_out_share) for path in parts.held_out)
    assert all(one.label == 0 for one in parts.choose if one.path in photographs)


def test_well_exposed_brackets_join_the_sharp_photographs(data, recipe):
    names = {path.name for path in split(recipe, data).pool if path.parent.parent.name == "Train"}
    assert names == {"Good0.png", "Good1.png", "Good2.png"}


def test_photographs_are_shown_as_they_are_as_often_as_the_recipe_says(data, recipe):
    parts = split(recipe, data)
    recipe = dataclasses.replace(recipe, draws=DrawKnobs(pool_shows=2))
    drawn = Drawn(recipe, parts.learn, parts.pool, 5, recipe.input.train_count)
    assert len(drawn) == len(parts.learn) + 2 * len(parts.pool) + 5
    assert drawn[len(parts.learn)][1] == 0


@pytest.mark.parametrize(("count", "wanted"), [(10, 4), (2, 2), (5, 1), (1, 1)])
def test_the_leading_regions_are_always_shown(count, wanted):
    for seed in range(20):
        some = _some(count, wanted, np.random.default_rng(seed))
        assert len(set(some.tolist())) == wanted
        assert some.tolist() == sorted(some.tolist())
        assert set(range(min(ALWAYS_SEEN, wanted))) <= set(some.tolist())
