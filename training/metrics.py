"""Measures of a classifier, from its probabilities and the truth. Pure numpy.

Accuracy alone hides a class that is never found; so balanced accuracy, recall of each class, the
area under the curve and the calibration error stand beside it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Labels = NDArray[np.int64]
BINS = 10


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured over a set of pictures.

    Attributes:
        pictures: How many.
        accuracy: Share 0-1 called right.
        balanced_accuracy: Mean of the recalls of the classes that occur, 0-1.
        area_under_curve: Of the faulty probability against "any fault", 0-1; None where only one
            of the two occurs.
        recalls: By class name, 0-1; None for a class that does not occur.
        confusion: Row: truth, column: call, in the order of the classes.
        calibration_error: Expected calibration error of the called class over 10 bins, 0-1.
        log_loss: Mean negative log probability of the truth, in nats.
    """

    pictures: int
    accuracy: float
    balanced_accuracy: float
    area_under_curve: float | None
    recalls: dict[str, float | None]
    confusion: tuple[tuple[int, ...], ...]
    calibration_error: float
    log_loss: float

    def as_json(self) -> dict[str, Any]:
        """Return plain values, shares rounded to 4 places."""
        return {
            "pictures": self.pictures,
            "accuracy": round(self.accuracy, 4),
            "balanced_accuracy": round(self.balanced_accuracy, 4),
            "area_under_curve": _rounded(self.area_under_curve),
            "recalls": {name: _rounded(value) for name, value in self.recalls.items()},
            "confusion": [list(row) for row in self.confusion],
            "calibration_error": round(self.calibration_error, 4),
            "log_loss": round(self.log_loss, 4),
        }


def measure(probabilities: Scores, truth: Labels, classes: tuple[str, ...]) -> Measured:
    """Measure the calls that `probabilities` make.

    Args:
        probabilities: Shape (N, classes), rows sum to 1.
        truth: Shape (N,), index of the true class.
        classes: Their names; the first is the faultless one.

    Raises:
        ValueError: There is nothing to measure.
    """
    if not len(truth):
        raise ValueError("no picture to measure on")
    called = probabilities.argmax(axis=1)
    confusion = np.zeros((len(classes), len(classes)), dtype=np.int64)
    np.add.at(confusion, (truth, called), 1)
    recalls = {
        name: float(confusion[i, i] / confusion[i].sum()) if confusion[i].sum() else None
        for i, name in enumerate(classes)
    }
    there = [value for value in recalls.values() if value is not None]
    return Measured(
        pictures=len(truth),
        accuracy=float((called == truth).mean()),
        balanced_accuracy=float(np.mean(there)),
        area_under_curve=area_under_curve(1.0 - probabilities[:, 0], truth > 0),
        recalls=recalls,
        confusion=tuple(tuple(int(n) for n in row) for row in confusion),
        calibration_error=calibration_error(probabilities, truth),
        log_loss=float(
            -np.log(np.clip(probabilities[np.arange(len(truth)), truth], 1e-7, 1)).mean()
        ),
    )


def area_under_curve(faulty: Scores, is_faulty: NDArray[np.bool_]) -> float | None:
    """Return the chance that a faulty picture scores above a faultless one; ties count a half.

    Source: Mann and Whitney, 1947: the area is their rank statistic.
    """
    bad, good = np.sort(faulty[is_faulty]), np.sort(faulty[~is_faulty])
    if not len(bad) or not len(good):
        return None
    below = np.searchsorted(good, bad, side="left")
    tied = np.searchsorted(good, bad, side="right") - below
    return float((below + 0.5 * tied).sum() / (len(bad) * len(good)))


def reliability(probabilities: Scores, truth: Labels) -> tuple[Scores, Scores, Labels]:
    """Return, for 10 bins of confidence: mean confidence, share right, number of pictures."""
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == truth
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    counts = np.bincount(bins, minlength=BINS)
    filled = np.maximum(counts, 1)
    return (
        np.bincount(bins, confidence, BINS) / filled,
        np.bincount(bins, right, BINS) / filled,
        counts.astype(np.int64),
    )


def calibration_error(probabilities: Scores, truth: Labels) -> float:
    """Return the expected calibration error: mean gap of confidence and share right, 0-1.

    Source: Naeini et al., 2015; Guo et al., 2017.
    """
    confidence, right, counts = reliability(probabilities, truth)
    return float((np.abs(confidence - right) * counts).sum() / counts.sum())


def softmax(logits: Scores) -> Scores:
    """Return probabilities of logits (N, classes)."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
