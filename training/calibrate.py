"""Calibration: a temperature, and shifts that put the call at the likeliest class. Pure numpy.

Fitted on scenes that the network did not learn from. Each class counts the same, so that the
threshold does not follow how often a class happened to be photographed.
"""

import numpy as np

from footage_sorter.inference.weights import Calibration, Material
from training.metrics import Labels, Scores
from training.recipe import Recipe, Task

Known = tuple[Scores, Labels]
"""Logits (N, classes) of pictures and their true classes (N,)."""
MADE_TO_CALIBRATE = 400
"""Made pictures, stored as video, that calibrate what is judged on video."""
LENIENCE = 0.015
"""Of balanced accuracy on the fold: about three of its pictures."""
TEMPERATURES = np.geomspace(0.4, 4.0, 47)
SHIFTS = np.linspace(-4.0, 4.0, 81)


def calibrations(recipe: Recipe, labelled: Known, as_video: Known) -> dict[Material, Calibration]:
    """Calibrate each material by its own pictures; light is the same in both.

    Args:
        recipe: Says what is judged.
        labelled: Logits and true classes of labelled pictures and photographs.
        as_video: The same of made pictures, stored as video.
    """
    if recipe.task is Task.BLUR:
        known = {Material.VIDEO: as_video, Material.PHOTOGRAPHS: labelled}
        fitted = {m: calibrate(*one, pull=0.002) for m, one in known.items()}
        return {m: lenient(fitted[m], *one, LENIENCE) for m, one in known.items()}
    together = calibrate(
        np.concatenate([labelled[0], as_video[0]]),
        np.concatenate([labelled[1], as_video[1]]),
        pull=0.05,
    )
    # In footage good light is commoner than either fault; the collection shows them alike often.
    rarer = together.temperature * float(np.log(recipe.data.good_to_fault))
    shifts = (together.shifts[0], *(shift - rarer for shift in together.shifts[1:]))
    in_footage = Calibration(together.temperature, shifts)
    return {Material.VIDEO: in_footage, Material.PHOTOGRAPHS: together}


def calibrate(logits: Scores, truth: Labels, pull: float = 0.0) -> Calibration:
    """Fit temperature and shifts by the lowest class-balanced log loss, on a grid, in turns.

    A grid needs no gradient and cannot run away where the classes are parted without an error.

    Args:
        logits: Shape (N, classes).
        truth: Shape (N,), index of the true class.
        pull: Pull of the shifts towards none, in nats a squared logit: few scenes must not move
            them far.
    """
    classes = logits.shape[1]
    counts = np.bincount(truth, minlength=classes)
    weights = 1.0 / (classes * np.maximum(counts, 1))[truth]
    best = Calibration(1.0, (0.0,) * classes)
    for _turn in range(4):
        tries = [Calibration(float(t), best.shifts) for t in TEMPERATURES]
        best = min(tries, key=lambda one: _loss(one, logits, truth, weights, pull))
        for at in range(1, classes):
            tries = [
                Calibration(best.temperature, _with(best.shifts, at, float(s))) for s in SHIFTS
            ]
            best = min(tries, key=lambda one: _loss(one, logits, truth, weights, pull))
    return best


def lenient(one: Calibration, logits: Scores, truth: Labels, give: float) -> Calibration:
    """Move the call between two classes to where class 1, the fault, is called most seldom.

    The curve of accuracy over the threshold is flat near its top; a false alarm costs a person
    more than a miss, so of the thresholds that `give` allows the one of fewest calls counts.

    Args:
        one: The calibration to move; its temperature stays.
        logits: Shape (N, 2).
        truth: Shape (N,), index of the true class; both classes occur.
        give: How much of the best balanced accuracy may be given up, 0-1.
    """
    margins = logits[:, 1] - logits[:, 0]
    faulty = truth == 1
    places = np.unique(margins)
    thresholds = (places[:-1] + places[1:]) / 2.0
    accuracy = np.array(
        [((margins[faulty] > t).mean() + (margins[~faulty] <= t).mean()) / 2.0 for t in thresholds]
    )
    threshold = thresholds[accuracy >= accuracy.max() - give][-1]
    return Calibration(one.temperature, (0.0, -float(threshold)))


def _loss(one: Calibration, logits: Scores, truth: Labels, weights: Scores, pull: float) -> float:
    """Return the balanced log loss in nats, with the pull on the shifts."""
    right = one.probabilities(logits)[np.arange(len(truth)), truth]
    held = pull * sum(shift**2 for shift in one.shifts)
    return float(-(weights * np.log(np.maximum(right, 1e-9))).sum() + held)


def _with(shifts: tuple[float, ...], at: int, value: float) -> tuple[float, ...]:
    """Return `shifts` with another one at `at`."""
    return (*shifts[:at], value, *shifts[at + 1 :])
