"""Every fold judged without having been learned, for the price of one look at every picture.

Learning a backbone once for each fold takes hours on a processor. Here the pretrained blocks stay
as they came and look at each picture once; only the head is learned, once for each fold. What
comes out is a floor of what the recipe reaches and tells how much the folds differ, and so whether
the one fold that a recipe chooses by is an easy one. No picture of `Test` and no held-out
photograph is looked at; pictures are not varied.
"""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from footage_sorter.inference.torch_networks import EvidenceHead, EvidenceNet
from training.calibrate import LENIENCE, calibrate, lenient
from training.datasets import seen_by, split
from training.errors import TrainingError
from training.metrics import Labels, Measured, Scores, measure
from training.networks import build_network
from training.readers import Labelled, fold_of, read_picture
from training.recipe import Recipe

log = logging.getLogger(__name__)

EPOCHS = 20
BATCH = 32
PEAK_LR = 3e-3
WEIGHT_DECAY = 0.03
PICTURES_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class FoldRow:
    """What the heads reached on one fold that they had not seen, or on all of them together.

    Attributes:
        fold: Its number; None for all together.
        measured: On its labelled pictures.
        false_alarms: Photographs of the fold, all sharp, that are called faulty.
        photographs: How many there are.
    """

    fold: int | None
    measured: Measured
    false_alarms: int
    photographs: int

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "fold": self.fold,
            "false_alarms": self.false_alarms,
            "photographs": self.photographs,
            **self.measured.as_json(),
        }


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """What the frozen blocks saw.

    Attributes:
        maps: float16, shape (N, cut-outs, channels, H, W).
        truth: Index of the true class, shape (N,).
        folds: Of each picture's scene, shape (N,).
        labelled: Whether it is a labelled picture, not a photograph of the pool, shape (N,).
    """

    maps: torch.Tensor
    truth: Labels
    folds: NDArray[np.int64]
    labelled: NDArray[np.bool_]


def by_frozen_folds(recipe: Recipe, data: Path) -> list[FoldRow]:
    """Measure the recipe's frozen blocks under a head learned on all folds but the one judged.

    Args:
        recipe: One with the evidence head and two classes; its schedule and draws are not used.
        data: Folder that its paths lie in.

    Returns:
        A row for each fold, then one for all together.

    Raises:
        DataError: The pictures cannot be used.
        TrainingError: The recipe has another head, or more classes.
    """
    torch.manual_seed(recipe.seed)
    network = build_network(recipe).eval()
    if not isinstance(network, EvidenceNet) or len(recipe.classes) != 2:
        raise TrainingError(
            f"{recipe.name}: only the evidence head over two classes is learned here"
        )
    return measure_folds(look(network, recipe, data), recipe)


def measure_folds(looked: Looked, recipe: Recipe) -> list[FoldRow]:
    """Learn a head for each fold and measure it there; a row each, then one for all together."""
    logits = np.zeros((len(looked.truth), len(recipe.classes)))
    for fold in range(recipe.data.folds):
        here = looked.folds == fold
        log.info("fold %d: learning from %d pictures", fold, int((~here).sum()))
        logits[here] = learn_head(looked, ~here, here, recipe)
    return judge_folds(logits, looked, recipe)


def look(network: EvidenceNet, recipe: Recipe, data: Path) -> Looked:
    """Look once at every picture of `Train` and every photograph that is not held out."""
    parts = split(recipe, data)
    photographs = data / recipe.data.pool
    pictures = [
        *parts.learn,
        *parts.choose,
        *(one for one in parts.pool if one.path.parent == photographs),
    ]
    with torch.inference_mode():
        maps = torch.cat(
            [
                _maps(network, pictures[at : at + PICTURES_AT_ONCE], recipe)
                for at in range(0, len(pictures), PICTURES_AT_ONCE)
            ]
        )
    return Looked(
        maps,
        np.array([one.label for one in pictures], dtype=np.int64),
        np.array([fold_of(one.scene, recipe.data.folds) for one in pictures], dtype=np.int64),
        np.array([one.path.parent != photographs for one in pictures]),
    )


def _maps(network: EvidenceNet, pictures: list[Labelled], recipe: Recipe) -> torch.Tensor:
    """Return float16 maps (N, cut-outs, channels, H, W) of some pictures."""
    seen = np.stack([seen_by(read_picture(one.path), recipe.input) for one in pictures])
    pixels = torch.from_numpy(seen).flatten(0, 1).permute(0, 3, 1, 2)
    maps: torch.Tensor = network.trunk(network.normalise(pixels))
    return maps.reshape(*seen.shape[:2], *maps.shape[1:]).half()


def learn_head(
    looked: Looked, learn: NDArray[np.bool_], judged: NDArray[np.bool_], recipe: Recipe
) -> Scores:
    """Learn a head from some pictures; return its logits (N, classes) of others.

    Args:
        looked: What the blocks saw of all.
        learn: Which to learn from, shape of `looked.truth`.
        judged: Which to judge, in their order.
        recipe: Says the head's width, its dropout, and how many cut-outs it learns from at a time.
    """
    known = np.flatnonzero(learn)
    channels = looked.maps.shape[2]
    middle, spread = _scale(looked.maps[torch.from_numpy(known)])
    head = EvidenceHead(channels, recipe.network.width, 2, recipe.network.dropout)
    optimiser = torch.optim.AdamW(head.parameters(), PEAK_LR, weight_decay=WEIGHT_DECAY)
    steps = EPOCHS * -(-len(known) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, PEAK_LR, total_steps=steps)
    rarity = len(known) / (2.0 * np.bincount(looked.truth[known], minlength=2))
    weigh = nn.CrossEntropyLoss(weight=torch.tensor(rarity, dtype=torch.float32))
    rng = np.random.default_rng(recipe.seed)

    def seen(indices: NDArray[np.int64], count: int) -> torch.Tensor:
        cut_outs = np.sort(rng.permutation(looked.maps.shape[1])[:count])
        maps = looked.maps[torch.from_numpy(indices)][:, torch.from_numpy(cut_outs)]
        return ((maps.float() - middle) / spread).flatten(0, 1)

    for _epoch in range(EPOCHS):
        for indices in np.array_split(rng.permutation(known), -(-len(known) // BATCH)):
            logits = head(seen(indices, recipe.input.train_count), len(indices))
            optimiser.zero_grad()
            weigh(logits, torch.from_numpy(looked.truth[indices])).backward()
            optimiser.step()
            schedule.step()
    head.eval()
    with torch.inference_mode():
        answers = [
            head(seen(one, looked.maps.shape[1]), 1).double().numpy()
            for one in np.flatnonzero(judged).reshape(-1, 1)
        ]
    return np.concatenate(answers)


def _scale(maps: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return mean and spread of each channel, (channels, 1, 1), of what is learned from."""
    means = torch.stack([one.float().mean(dim=(0, 2, 3)) for one in maps])
    squares = torch.stack([one.float().square().mean(dim=(0, 2, 3)) for one in maps])
    middle = means.mean(dim=0)
    spread = (squares.mean(dim=0) - middle.square()).clamp(min=1e-6).sqrt()
    return middle[:, None, None], spread[:, None, None]


def judge_folds(logits: Scores, looked: Looked, recipe: Recipe) -> list[FoldRow]:
    """Call each fold by a calibration fitted on the others, as a shipped network is calibrated."""
    probabilities = np.zeros_like(logits)
    for fold in range(recipe.data.folds):
        here, others = looked.folds == fold, looked.folds != fold
        known = logits[others], looked.truth[others]
        fitted = lenient(calibrate(*known, pull=0.002), *known, LENIENCE)
        probabilities[here] = fitted.probabilities(logits[here])
    folds: list[int | None] = [*range(recipe.data.folds), None]
    return [_row(fold, probabilities, looked, recipe.classes) for fold in folds]


def _row(
    fold: int | None, probabilities: Scores, looked: Looked, classes: tuple[str, ...]
) -> FoldRow:
    there = np.full(len(looked.folds), fill_value=True) if fold is None else looked.folds == fold
    labelled, photographs = there & looked.labelled, there & ~looked.labelled
    return FoldRow(
        fold,
        measure(probabilities[labelled], looked.truth[labelled], classes),
        int((probabilities[photographs].argmax(axis=1) > 0).sum()),
        int(photographs.sum()),
    )


def as_text(rows: list[FoldRow]) -> str:
    """Return the table that a person reads."""
    return "\n".join(
        f"{'all folds' if row.fold is None else f'fold {row.fold}':<10} "
        f"{row.measured.pictures:>5} pictures  balanced {row.measured.balanced_accuracy:.3f}  "
        f"area {row.measured.area_under_curve or 0.0:.3f}  "
        f"false alarms {row.false_alarms} of {row.photographs}"
        for row in rows
    )
