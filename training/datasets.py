"""Data sets: what one run learns from, chooses by and is confirmed on.

Knows the recipe's data knobs. Every draw depends on seed, epoch and index only, so a run repeats
whatever the number of processes that prepare it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from footage_sorter.inference.preprocess import cut_out, fit
from training import blur_draws, exposure_draws
from training.batches import Example
from training.errors import DataError
from training.optics import Picture
from training.readers import (
    Labelled,
    fold_of,
    is_held_out,
    list_pictures,
    read_picture,
    read_side,
    refuse_duplicates,
)
from training.recipe import CLASSES, InputKnobs, Recipe, Task

NOT_THEIRS = -100
"""The label of a picture that a network must not learn, or judge: cross entropy skips it."""
_DRAWS = {
    Task.BLUR: (blur_draws.vary_labelled, blur_draws.make_from_sharp),
    Task.EXPOSURE: (exposure_draws.vary_labelled, exposure_draws.make_from_good),
}


@dataclass(frozen=True, slots=True)
class Split:
    """The pictures of a run, by what they are for.

    Attributes:
        learn: Labelled pictures to learn from.
        choose: Labelled pictures of other scenes, and photographs, to choose and calibrate by.
            Where every fold is held out once, the same pictures as in `learn`.
        pool: Faultless pictures to degrade.
        held_out: Faultless pictures kept out of learning, by file name.
    """

    learn: tuple[Labelled, ...]
    choose: tuple[Labelled, ...]
    pool: tuple[Labelled, ...]
    held_out: tuple[Path, ...]


def split(recipe: Recipe, data: Path) -> Split:
    """Read and split what `recipe` names below `data`.

    Raises:
        DataError: Something is missing, empty, one-sided, or lies on both sides.
    """
    knobs = recipe.data
    train = read_side(data / knobs.labelled, "Train", recipe.classes)
    test = read_side(data / knobs.labelled, "Test", recipe.classes)
    refuse_duplicates([one.path for one in train], [one.path for one in test])
    photographs = list_pictures(data / knobs.pool) if knobs.pool else ()
    held_out = tuple(p for p in photographs if is_held_out(p, knobs.held_out_share))
    kept = _faultless(p for p in photographs if p not in set(held_out))
    for fold in range(knobs.folds) if knobs.every_fold else (knobs.fold,):
        for side, name in zip(_cut(train, knobs.folds, fold), ("learn", "choose"), strict=True):
            if {one.label for one in side} != set(range(len(recipe.classes))):
                raise DataError(data / knobs.labelled, f"fold {fold}: a class is missing to {name}")
    learn, choose, pool = train, train + kept, kept
    if not knobs.every_fold:
        learn, choose = _cut(train, knobs.folds, knobs.fold)
        pool, photographs_to_choose = _cut(kept, knobs.folds, knobs.fold)
        choose += photographs_to_choose
    for neighbour in knobs.neighbours:
        pool += _faultless_neighbours(recipe.task, data / neighbour)
    return Split(learn, choose, pool, held_out)


def _cut(
    pictures: tuple[Labelled, ...], folds: int, fold: int
) -> tuple[tuple[Labelled, ...], tuple[Labelled, ...]]:
    """Return what lies outside of a fold, and what lies in it."""
    inside = [fold_of(one.scene, folds) == fold for one in pictures]
    return (
        tuple(one for one, held in zip(pictures, inside, strict=True) if not held),
        tuple(one for one, held in zip(pictures, inside, strict=True) if held),
    )


def _faultless_neighbours(task: Task, folder: Path) -> tuple[Labelled, ...]:
    """List the pictures of another task's `Train` that are faultless here.

    Brackets are photographed from a tripod: the well exposed ones are sharp. Of photographs sorted
    by blur, those whose histogram says so are well exposed.
    """
    if task is Task.BLUR:
        brackets = read_side(folder, "Train", CLASSES[Task.EXPOSURE])
        return tuple(one for one in brackets if one.label == 0)
    pictures = read_side(folder, "Train", CLASSES[Task.BLUR])
    return tuple(
        replace(one, label=0)
        for one in pictures
        if exposure_draws.looks_well_exposed(read_picture(one.path))
    )


class AugmentedDataset:
    """Labelled pictures varied, and pictures made from faultless ones; new ones every epoch.

    Attributes:
        epoch: Set it before each epoch; a negative one never meets a training epoch's draws.
    """

    def __init__(
        self,
        recipe: Recipe,
        labelled: tuple[Labelled, ...],
        pool: tuple[Labelled, ...],
        made: int,
        train_count: int,
        *,
        judged: bool = False,
    ) -> None:
        self.epoch = 0
        self._judged = judged
        self._recipe = recipe
        self._labelled = labelled + pool * recipe.draws.pool_shows
        self._pool = pool
        self._made = made
        self._train_count = train_count
        self._faultless = tuple(one for one in labelled if one.label == 0)

    def __len__(self) -> int:
        return len(self._labelled) + self._made

    def __getitem__(self, index: int) -> Example:
        recipe = self._recipe
        # A seed may not be negative: epochs count from 1 up for learning, 0 is the fixed check.
        rng = np.random.default_rng((recipe.seed, self.epoch, index))
        vary, make = _DRAWS[recipe.task]
        if index < len(self._labelled):
            one = self._labelled[index]
            picture, label = vary(read_picture(one.path), recipe.draws, rng), one.label
        else:
            one = self._base(rng)
            long_side_px = recipe.input.working_long_side_px
            picture, label = make(read_picture(one.path), recipe.draws, long_side_px, rng)
        if recipe.draws.random_crop:
            picture = _random_crop(picture, rng)
        seen = cut_out(fit(picture, recipe.input.working_long_side_px), recipe.input.framing())
        seen = seen[_some(len(seen), self._train_count, rng)]
        if recipe.draws.turned_share and not self._judged:
            seen = _turned(seen, recipe.draws.turned_share, rng)
        return torch.from_numpy(seen), _for_each(recipe, one.scene, label, judged=self._judged)

    def _base(self, rng: np.random.Generator) -> Labelled:
        """Draw the picture to make one from."""
        from_labelled = rng.random() < self._recipe.draws.made_from_labelled and self._faultless
        source = self._faultless if from_labelled or not self._pool else self._pool
        return source[int(rng.integers(len(source)))]


class FixedDataset:
    """Labelled pictures as they are, seen as the program sees them."""

    def __init__(self, recipe: Recipe, labelled: tuple[Labelled, ...]) -> None:
        self._recipe = recipe
        self._labelled = labelled

    def __len__(self) -> int:
        return len(self._labelled)

    def __getitem__(self, index: int) -> Example:
        one = self._labelled[index]
        seen = torch.from_numpy(seen_by(read_picture(one.path), self._recipe.input))
        return seen, _for_each(self._recipe, one.scene, one.label, judged=True)


def made_checks(recipe: Recipe, parts: Split, made: int) -> AugmentedDataset:
    """Return pictures made from faultless ones of the scenes to choose by; the same ones always.

    The photographs that are held out stay unseen until the end. All are stored as video, where the
    recipe makes any video at all.
    """
    faultless = tuple(one for one in parts.choose if one.label == 0)
    video = 1.0 if recipe.draws.video_share else 0.0
    return AugmentedDataset(
        replace(recipe, draws=replace(recipe.draws, video_share=video)),
        (),
        faultless,
        made,
        recipe.input.count,
        judged=True,
    )


def seen_by(picture: Picture, knobs: InputKnobs) -> NDArray[np.uint8]:
    """Return what a network sees of a picture, uint8 (count, side_px, side_px, 3)."""
    return cut_out(fit(picture, knobs.working_long_side_px), knobs.framing())


def _for_each(recipe: Recipe, scene: str, label: int, *, judged: bool) -> int | torch.Tensor:
    """Return the label, or one for each network: the one of the scene's fold judges, others learn.

    Args:
        recipe: Says whether networks learn side by side.
        scene: Of the picture, or of the one that it was made from.
        label: What it is.
        judged: For judging, not for learning.
    """
    if not recipe.data.every_fold:
        return label
    holds_out = torch.arange(recipe.members) == fold_of(scene, recipe.data.folds)
    return torch.where(holds_out == judged, label, NOT_THEIRS)


def _faultless(photographs: Iterable[Path]) -> tuple[Labelled, ...]:
    """Label photographs as what they are: faultless, each a scene of its own."""
    return tuple(Labelled(path, 0, path.stem) for path in photographs)


ALWAYS_SEEN = 2
"""The regions of most detail and of strongest edges lead the others. A picture is never shown
without them: a small sharp subject may lie in no other, and the label would be a lie."""


def _some(count: int, wanted: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw `wanted` of `count` cut-outs, ascending, the leading ones always among them."""
    leading = min(ALWAYS_SEEN, wanted)
    others = leading + rng.permutation(count - leading)[: wanted - leading]
    return np.sort(np.concatenate([np.arange(leading), others])).astype(np.int64)


def _turned(seen: NDArray[np.uint8], share: float, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Mirror and turn some cut-outs, each in one of the eight ways that keep a square's pixels.

    Args:
        seen: Shape (cut-outs, side, side, 3).
        share: Of the cut-outs, 0-1; the others stay upright.
        rng: Decides which, and how.
    """
    turned = seen.copy()
    for at in np.flatnonzero(rng.random(len(seen)) < share):
        quarters, mirrored = int(rng.integers(4)), rng.random() < 0.5
        one = np.rot90(seen[at], quarters)
        turned[at] = one[:, ::-1] if mirrored else one
    return turned


def _random_crop(picture: Picture, rng: np.random.Generator) -> Picture:
    """Cut a random square of 0.5 to 1 of the short side."""
    height, width = picture.shape[:2]
    side = int(min(height, width) * rng.uniform(0.5, 1.0))
    top, left = int(rng.integers(height - side + 1)), int(rng.integers(width - side + 1))
    return picture[top : top + side, left : left + side]
