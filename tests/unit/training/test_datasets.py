"""Data sets: what is learned from, what is chosen by, and what is always shown."""

import dataclasses
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from training.datasets import (
    ALWAYS_SEEN,
    NOT_THEIRS,
    AugmentedDataset,
    FixedDataset,
    _some,
    _turned,
    made_checks,
    split,
)
from training.errors import DataError
from training.machine import Machine
from training.readers import fold_of, is_held_out
from training.recipe import DrawKnobs, Head, load_recipe
from training.train import judge

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
    learned = {one.path for one in parts.pool + parts.learn}
    chosen = {one.path for one in parts.choose}
    assert not learned & chosen
    assert not (learned | chosen) & set(parts.held_out)
    photographs = {path for path in chosen if path.parent.name == "photos"}
    assert photographs
    assert all(fold_of(path.stem, 3) == 1 for path in photographs)
    assert all(is_held_out(path, recipe.data.held_out_share) for path in parts.held_out)
    assert all(one.label == 0 for one in parts.choose if one.path in photographs)


def test_well_exposed_brackets_join_the_sharp_photographs(data, recipe):
    paths = [one.path for one in split(recipe, data).pool]
    names = {path.name for path in paths if path.parent.parent.name == "Train"}
    assert names == {"Good0.png", "Good1.png", "Good2.png"}


def test_photographs_are_shown_as_they_are_as_often_as_the_recipe_says(data, recipe):
    parts = split(recipe, data)
    recipe = dataclasses.replace(recipe, draws=DrawKnobs(pool_shows=2))
    drawn = AugmentedDataset(recipe, parts.learn, parts.pool, 5, recipe.input.train_count)
    assert len(drawn) == len(parts.learn) + 2 * len(parts.pool) + 5
    assert drawn[len(parts.learn)][1] == 0


def test_turned_cut_outs_keep_every_pixel_and_take_all_eight_ways():
    square = np.arange(4 * 4 * 3, dtype=np.uint8).reshape(4, 4, 3)
    seen = np.stack([square] * 400)
    turned = _turned(seen, 0.5, np.random.default_rng(3))
    ways = {one.tobytes() for one in turned}
    assert len(ways) == 8
    rows = np.sort(square.reshape(-1, 3), axis=0)
    assert all((np.sort(one.reshape(-1, 3), axis=0) == rows).all() for one in turned)
    upright = np.mean([(one == square).all() for one in turned])
    assert 0.48 < upright < 0.64  # half, and an eighth of those that are drawn
    assert (seen == square).all()


def test_cut_outs_are_turned_for_learning_and_never_for_judging(data, recipe):
    parts = split(recipe, data)
    always = dataclasses.replace(recipe, draws=dataclasses.replace(recipe.draws, turned_share=1.0))
    plain, turned = (
        AugmentedDataset(one, parts.learn, parts.pool, 0, recipe.input.train_count)
        for one in (recipe, always)
    )
    assert any(not torch.equal(plain[at][0], turned[at][0]) for at in range(len(plain)))
    plain, turned = (made_checks(one, parts, 6) for one in (recipe, always))
    assert all(torch.equal(plain[at][0], turned[at][0]) for at in range(6))


@pytest.mark.parametrize(("count", "wanted"), [(10, 4), (2, 2), (5, 1), (1, 1)])
def test_the_leading_regions_are_always_shown(count, wanted):
    for seed in range(20):
        some = _some(count, wanted, np.random.default_rng(seed))
        assert len(set(some.tolist())) == wanted
        assert some.tolist() == sorted(some.tolist())
        assert set(range(min(ALWAYS_SEEN, wanted))) <= set(some.tolist())


@pytest.fixture
def by_folds(recipe):
    """A recipe of three networks, each without another fold of the scenes."""
    light = dataclasses.replace(recipe.network, backbone="", depth=0, head=Head.LIGHT)
    return dataclasses.replace(
        recipe,
        data=dataclasses.replace(recipe.data, every_fold=True),
        network=light,
        input=dataclasses.replace(recipe.input, view="picture", count=1, train_count=1),
        learning=dataclasses.replace(recipe.learning, workers=0),
    )


def test_each_picture_teaches_all_networks_but_that_of_its_fold(data, by_folds):
    parts = split(by_folds, data)
    assert len(parts.learn) == 24  # none is lost to a fold
    drawn = AugmentedDataset(by_folds, parts.learn, parts.pool, 30, 1)
    for index, one in enumerate(parts.learn):
        labels = drawn[index][1].tolist()
        out = fold_of(one.scene, 3)
        assert labels[out] == NOT_THEIRS
        assert [labels[at] for at in range(3) if at != out] == [one.label, one.label]
    kept_out = {tuple((drawn[len(parts.learn) + n][1] < 0).tolist()) for n in range(30)}
    assert len(kept_out) == 3  # what is made of a picture follows its fold
    assert all(sum(one) == 1 for one in kept_out)


def test_each_picture_is_judged_by_the_network_that_has_not_seen_it(data, by_folds):
    class Telling(torch.nn.Module):
        """Every network says its own number."""

        def forward(self, seen):
            return torch.arange(3.0).expand(len(seen), 2, 3)

    machine = Machine(torch.device("cpu"), 0, 1)
    parts = split(by_folds, data)
    found = judge(Telling(), FixedDataset(by_folds, parts.choose), by_folds, machine)
    assert len(found.truth) == len(parts.choose) > len(parts.learn)
    assert found.truth.tolist() == [one.label for one in parts.choose]
    folds = [fold_of(one.scene, 3) for one in parts.choose]
    assert found.logits[:, 0].tolist() == folds
    made = judge(Telling(), made_checks(by_folds, parts, 12), by_folds, machine)
    assert len(made.truth) == 12
    assert set(made.logits[:, 0]) == {0.0, 1.0, 2.0}


def test_a_class_that_a_fold_lacks_is_told_before_any_training(data, by_folds):
    knobs = dataclasses.replace(by_folds.data, folds=25)
    with pytest.raises(DataError, match="a class is missing to choose"):
        split(dataclasses.replace(by_folds, data=knobs), data)
