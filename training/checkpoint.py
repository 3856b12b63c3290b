"""Checkpoints: all that a run needs to go on, together with the recipe that it came from."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from training.clips.recipe import AnyRecipe, any_recipe_from
from training.values import plain

FORMAT = 1


class CheckpointError(ValueError):
    """A checkpoint cannot be used."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(f"{path}: {detail}")
        self.path = path
        self.detail = detail


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
        CheckpointError: It is missing, damaged, or of another format.
    """
    try:
        values = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise CheckpointError(path, "no such file") from error
    except Exception as error:
        raise CheckpointError(path, f"damaged or no checkpoint: {error}") from error
    if not isinstance(values, dict) or values.pop("format", None) != FORMAT:
        raise CheckpointError(path, "written by another version of training")
    return Checkpoint(**{**values, "recipe": any_recipe_from(values["recipe"])})
