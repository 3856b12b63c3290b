"""Every fold judged by the network that has not seen it, beside the rules, on the same folds.

What a recipe is chosen by. No picture of `Test` and no held-out photograph is judged. Each fold's
call is calibrated, and each rule's thresholds are fitted, on the other folds alone.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from footage_sorter.inference.preprocess import cut_out, fit
from footage_sorter.inference.torch_backend import Network
from footage_sorter.inference.weights import Calibration, Manifest, Material
from training import checkpoint as checkpoints
from training import rules
from training.calibrate import MADE_TO_CALIBRATE, Known, calibrations
from training.datasets import AugmentedDataset, FixedDataset, made_checks, split
from training.errors import StoredError
from training.evaluate import by_classical_scorer
from training.manifest import LEAST_CLIPPED
from training.metrics import Labels, Scores, measure
from training.networks import FoldNetworks, restored_network
from training.readers import read_picture
from training.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Row:
    """What one judge reached on all folds.

    Attributes:
        judge: Name of the recipe, the classical scorer or a rule.
        balanced_accuracy: On the labelled pictures of all folds together, 0-1.
        area_under_curve: The same; None where the judge gives no probability.
        recalls: By class name, the same.
        each_fold: Balanced accuracy on the labelled pictures of each fold alone, 0-1.
        false_alarms: Photographs without a fault that it calls faulty.
        photographs: How many there are.
    """

    judge: str
    balanced_accuracy: float
    area_under_curve: float | None
    recalls: dict[str, float | None]
    each_fold: tuple[float, ...]
    false_alarms: int
    photographs: int

    def as_json(self) -> dict[str, Any]:
        """Return plain values, shares rounded to 4 places."""
        area = self.area_under_curve
        return {
            "judge": self.judge,
            "balanced_accuracy": round(self.balanced_accuracy, 4),
            "area_under_curve": None if area is None else round(area, 4),
            "recalls": {k: None if v is None else round(v, 4) for k, v in self.recalls.items()},
            "each_fold": [round(one, 4) for one in self.each_fold],
            "spread": round(float(np.std(self.each_fold)), 4),
            "false_alarms": self.false_alarms,
            "photographs": self.photographs,
        }


@dataclass(frozen=True, slots=True, eq=False)
class _Pictures:
    """What is judged, in one order.

    Attributes:
        truth: Index of the true class, shape (N,).
        folds: Of each picture's scene, shape (N,).
        bracketed: Whether it is a labelled picture, not a photograph of the pool, shape (N,).
    """

    truth: Labels
    folds: NDArray[np.int64]
    bracketed: NDArray[np.bool_]


def by_folds(path: Path, data: Path) -> list[Row]:
    """Measure a checkpoint of a recipe that holds out every fold once.

    Args:
        path: The checkpoint.
        data: Folder that its recipe's paths lie in.

    Raises:
        StoredError: It is no checkpoint, or its recipe holds out one fold only.
    """
    state = checkpoints.load(path)
    recipe = state.recipe
    if not isinstance(recipe, Recipe) or not recipe.data.every_fold:
        raise StoredError(path, "its recipe does not hold out every fold")
    trained = restored_network(recipe, state.kept, path)
    assert isinstance(trained, FoldNetworks)
    parts = split(recipe, data)
    labelled, folds = _unseen(trained.eval(), FixedDataset(recipe, parts.choose))
    made, made_folds = _unseen(trained, made_checks(recipe, parts, MADE_TO_CALIBRATE))
    networks = []
    for fold, member in enumerate(trained.lights):
        others = (_where(labelled, folds != fold), _where(made, made_folds != fold))
        networks.append(Network(_manifest(recipe, calibrations(recipe, *others)), member))
    # The labelled pictures come first; photographs of the pool follow them.
    bracketed = np.arange(len(folds)) < len(parts.learn)
    return _rows(
        recipe,
        networks,
        [one.path for one in parts.choose],
        _Pictures(labelled[1], folds, bracketed),
    )


def as_text(rows: list[Row]) -> str:
    """Return the table that a person reads."""
    return "\n".join(
        f"{row.judge:<18} balanced {row.balanced_accuracy:.3f}  area "
        f"{'-    ' if row.area_under_curve is None else f'{row.area_under_curve:.3f}'}  each fold "
        f"{' '.join(f'{one:.3f}' for one in row.each_fold)} (spread {np.std(row.each_fold):.3f})  "
        f"false alarms {row.false_alarms} of {row.photographs}"
        for row in rows
    )


def _unseen(
    trained: FoldNetworks, examples: FixedDataset | AugmentedDataset
) -> tuple[Known, NDArray[np.int64]]:
    """Return logits and truth of each example by the network of its fold, and that fold."""
    logits, truth, folds = [], [], []
    with torch.inference_mode():
        for at in range(len(examples)):
            seen, labels = examples[at]
            assert isinstance(labels, torch.Tensor)
            fold = int((labels >= 0).nonzero())
            logits.append(trained(seen[None])[0, :, fold].double().numpy())
            truth.append(int(labels[fold]))
            folds.append(fold)
    return (np.stack(logits), np.array(truth)), np.array(folds)


def _where(known: Known, mask: NDArray[np.bool_]) -> Known:
    return known[0][mask], known[1][mask]


def _manifest(recipe: Recipe, fitted: dict[Material, Calibration]) -> Manifest:
    """Return what the program would be told of a network that is not shipped."""
    return Manifest(
        name=recipe.name,
        sha256="",
        classes=recipe.classes,
        framing=recipe.input.framing(),
        working_long_side_px=recipe.input.working_long_side_px,
        stem_channels=0,
        stages=(),
        width=recipe.network.width,
        calibrations=fitted,
        least_clipped=LEAST_CLIPPED[recipe.task],
        measures=recipe.network.measures,
    )


def _rows(
    recipe: Recipe, networks: list[Network], paths: list[Path], pictures: _Pictures
) -> list[Row]:
    """Let every judge see every picture, read once."""
    ours, classical, numbers = [], [], []
    for path, fold in zip(paths, pictures.folds.tolist(), strict=True):
        picture, manifest = read_picture(path), networks[fold].manifest
        seen = cut_out(fit(picture, manifest.working_long_side_px), manifest.framing)[np.newaxis]
        ours.append(networks[fold].probabilities(seen, "cpu", Material.PHOTOGRAPHS)[0])
        classical.append(by_classical_scorer(recipe.task, picture))
        numbers.append([rule.number(picture) for rule in rules.RULES[recipe.task]])
    rows = [
        _row(recipe.name, np.array(ours), pictures, recipe.classes),
        _row("classical scorer", np.array(classical), pictures, recipe.classes),
    ]
    for rule, measured in zip(rules.RULES[recipe.task], np.array(numbers).T, strict=True):
        called = np.eye(len(recipe.classes))[_called(rule, measured, pictures)]
        rows.append(_row(rule.name, called, pictures, recipe.classes, says_how_likely=False))
    return rows


def _called(rule: rules.Rule, numbers: Scores, pictures: _Pictures) -> Labels:
    """Call each fold by thresholds fitted on the labelled pictures of the others."""
    called = np.zeros(len(numbers), dtype=np.int64)
    for fold in np.unique(pictures.folds):
        others = (pictures.folds != fold) & pictures.bracketed
        thresholds = rules.fit(numbers[others], pictures.truth[others], rule.calls)
        here = pictures.folds == fold
        called[here] = np.array(rule.calls)[np.searchsorted(thresholds, numbers[here])]
    return called


def _row(
    name: str,
    probabilities: Scores,
    pictures: _Pictures,
    classes: tuple[str, ...],
    *,
    says_how_likely: bool = True,
) -> Row:
    """Measure one judge."""
    there = pictures.bracketed
    all_folds = measure(probabilities[there], pictures.truth[there], classes)
    in_folds = [there & (pictures.folds == fold) for fold in np.unique(pictures.folds)]
    alarms = probabilities[~there].argmax(axis=1) > 0
    return Row(
        name,
        all_folds.balanced_accuracy,
        all_folds.area_under_curve if says_how_likely else None,
        all_folds.recalls,
        tuple(
            measure(probabilities[fold], pictures.truth[fold], classes).balanced_accuracy
            for fold in in_folds
        ),
        int(alarms.sum()),
        len(alarms),
    )
