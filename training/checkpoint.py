"""Checkpoints: all that a run needs to go on, together with the recipe that it came from."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from training.clips.recipe import AnyRecipe, any_recipe_from
from training.errors import StoredError
from training.stored import read_stored
from training.values import plain

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a run after an epoch.

    Attributes:
        recipe: What the run follows.
        epoch: Last finished epoch, from 1.
        best: Best choice score so far, 0-1.
        best_epoch: When it was reached.
        network: Weights that are being learned.
        kept: Weights to judge by: averaged ones where the recipe averages.
        optimiser: State of the optimiser.
        scaler: State of what scales the loss in half precision; empty elsewhere.
    """

    recipe: AnyRecipe
    epoch: int
    best: float
    best_epoch: int
    network: dict[str, torch.Tensor]
    kept: dict[str, torch.Tensor]
    optimiser: dict[str, Any]
    scaler: dict[str, Any] = field(default_factory=dict)


def save(checkpoint: Checkpoint, path: Path) -> None:
    """Write a checkpoint whole or not at all."""
    values = {name: getattr(checkpoint, name) for name in Checkpoint.__dataclass_fields__}
    values |= {"format": FORMAT, "recipe": plain(checkpoint.recipe)}
    partial = path.with_suffix(".part")
    torch.save(values, partial)
    partial.replace(path)


def load(path: Path) -> Checkpoint:
    """Read a checkpoint. Nothing in the file is executed.

    Raises:
        StoredError: It is missing, damaged, no checkpoint, or of another version of training.
    """
    values = read_stored(path)
    if not isinstance(values, dict) or "format" not in values:
        raise StoredError(path, "no checkpoint")
    if values.pop("format") != FORMAT:
        raise StoredError(path, "a checkpoint of another version of training")
    try:
        return Checkpoint(**values | {"recipe": any_recipe_from(values["recipe"])})
    except (KeyError, TypeError, ValueError) as error:
        # A knob that this version does not know, or a state that it lacks.
        raise StoredError(path, f"a checkpoint of another version of training: {error}") from error
