"""Lessons: what the loop needs of a task, whether it learns pictures or clips.

Knows how recipes turn into networks and data sets; the loop in `train` knows neither.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import nn

from training.batches import Examples
from training.clips.datasets import DrawnClips, JudgedClips, split_clips
from training.clips.networks import build_clip_network
from training.clips.recipe import AnyRecipe, ClipRecipe
from training.datasets import AugmentedDataset, FixedDataset, made_checks, split
from training.networks import build_network
from training.recipe import Recipe

MADE_TO_CHOOSE = 160
"""Made pictures that each epoch is judged on, beside the labelled ones of the held-out fold."""

FreshExamples = AugmentedDataset | DrawnClips
"""Examples that are other ones every epoch."""


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What is learned, from what, and by what it is chosen.

    Attributes:
        classes: Names in the order of the network's outputs.
        network: To be trained.
        learn: To learn from.
        choose: Of other scenes or sources, to choose the best epoch by.
        made: Made ones to choose by as well; may be empty.
        counts: How many labelled examples of each class there are to learn from.
    """

    classes: tuple[str, ...]
    network: nn.Module
    learn: FreshExamples
    choose: Examples
    made: Examples
    counts: NDArray[np.int64]


def lesson_of(recipe: AnyRecipe, data: Path) -> Lesson:
    """Build what `recipe` describes of the data below `data`.

    Raises:
        DataError: The data cannot be used; raised before any training.
        TrainingError: The recipe asks for a network that does not exist.
    """
    return _of_clips(recipe, data) if isinstance(recipe, ClipRecipe) else _of_pictures(recipe, data)


def _of_pictures(recipe: Recipe, data: Path) -> Lesson:
    parts = split(recipe, data)
    made = recipe.draws.made_per_epoch
    return Lesson(
        recipe.classes,
        build_network(recipe),
        AugmentedDataset(recipe, parts.learn, parts.pool, made, recipe.input.train_count),
        FixedDataset(recipe, parts.choose),
        made_checks(recipe, parts, MADE_TO_CHOOSE if made else 0),
        _counts([one.label for one in parts.learn], len(recipe.classes)),
    )


def _of_clips(recipe: ClipRecipe, data: Path) -> Lesson:
    parts = split_clips(recipe, data)
    return Lesson(
        parts.classes,
        build_clip_network(recipe, len(parts.classes)),
        DrawnClips(recipe, parts),
        JudgedClips(recipe, parts.choose, parts.classes),
        JudgedClips(recipe, (), parts.classes),
        _counts([parts.label(one) for one in parts.learn], len(parts.classes)),
    )


def _counts(labels: Sequence[int], classes: int) -> NDArray[np.int64]:
    return np.bincount(labels, minlength=classes).astype(np.int64)
