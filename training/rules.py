"""Simple rules that any network must beat, measured on the same pictures.

Each is one number of a picture and thresholds on it, fitted on `Train` alone by `fit`.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from footage_sorter.inference.preprocess import fit as fit_size
from training.optics import Picture
from training.recipe import Task

RULE_LONG_SIDE_PX = 640


@dataclass(frozen=True, slots=True)
class Rule:
    """A number of a picture, and what its thresholds call.

    Attributes:
        name: As printed.
        number: Measures a picture.
        thresholds: Ascending; n of them cut the number line into n + 1 parts.
        calls: Class of each part, in order.
    """

    name: str
    number: Callable[[Picture], float]
    thresholds: tuple[float, ...]
    calls: tuple[int, ...]

    def call(self, picture: Picture) -> int:
        """Return the class that this rule gives `picture`."""
        part = int(np.searchsorted(self.thresholds, self.number(picture)))
        return self.calls[part]


def mean_brightness(picture: Picture) -> float:
    """Return the mean luma, 0-255."""
    return float(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).mean())


def laplacian_variance(picture: Picture) -> float:
    """Return the variance of the Laplacian at a long side of at most 640 px.

    Source: Pech-Pacheco et al., 2000.
    """
    grey = cv2.cvtColor(fit_size(picture, RULE_LONG_SIDE_PX), cv2.COLOR_RGB2GRAY)
    return float(cv2.Laplacian(grey, cv2.CV_64F).var())


def fit(
    numbers: NDArray[np.float64], truth: NDArray[np.int64], calls: Sequence[int]
) -> tuple[float, ...]:
    """Choose the thresholds of highest balanced accuracy, halfway between two pictures.

    Each threshold between two neighbouring calls is chosen alone, on the pictures of those two.
    """
    thresholds = []
    for below, above in itertools.pairwise(calls):
        low, high = np.sort(numbers[truth == below]), np.sort(numbers[truth == above])
        cuts = np.unique(np.concatenate([low, high]))
        cuts = (cuts[1:] + cuts[:-1]) / 2
        right = np.searchsorted(low, cuts) / len(low) + 1 - np.searchsorted(high, cuts) / len(high)
        thresholds.append(float(cuts[int(right.argmax())]))
    return tuple(thresholds)


RULES: dict[Task, tuple[Rule, ...]] = {
    Task.BLUR: (
        Rule("variance of the Laplacian", laplacian_variance, (117.33,), (1, 0)),
        Rule("mean brightness", mean_brightness, (103.56,), (1, 0)),
    ),
    Task.EXPOSURE: (Rule("mean brightness", mean_brightness, (79.78, 170.25), (1, 0, 2)),),
}
"""Thresholds fitted by `fit` on `blur/Train` and `exposure/Train`."""
