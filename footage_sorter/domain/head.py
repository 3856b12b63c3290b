"""Heads: a linear judge of features, fitted on what a person kept and rejected.

Knows numbers only: what the features mean is `features`, whose marks they are is not its concern.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STRENGTHS = (1000.0, 250.0, 60.0, 15.0, 4.0, 1.0)
"""Penalties to choose from; the first leaves little but the share of clips kept."""

MAX_DEVIATIONS = 4.0
"""A clip unlike all that the head was fitted on counts as this many standard deviations off."""

INNER_FOLDS = 3
_MAX_STEPS = 50
_SETTLED = 1e-6
_NO_SPREAD = 1e-9
_BIAS_PENALTY = 1e-6  # where all are kept, or none, the bias must still end somewhere


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """How much each feature speaks for keeping a clip.

    Attributes:
        means: float64, shape (d,): what stands in for a feature that was not measured.
        scales: float64, shape (d,), > 0: one standard deviation.
        weights: float64, shape (d,): log odds a standard deviation.
        bias: Log odds of an average clip.
    """

    means: NDArray[np.float64]
    scales: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: float

    def __post_init__(self) -> None:
        if not self.means.shape == self.scales.shape == self.weights.shape or self.means.ndim != 1:
            raise ValueError("means, scales and weights must be one row each, of one length")

    def evidence(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """What each feature of each clip adds to the log odds: (n, d) of features (n, d)."""
        return _standardised(features, self.means, self.scales) * self.weights

    def chances(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probability 0-1 that the person keeps each clip: (n,) of features (n, d)."""
        return _chances(self.evidence(features).sum(axis=1) + self.bias)


def fit(
    features: NDArray[np.float64], kept: NDArray[np.bool_], strengths: Sequence[float]
) -> list[Head]:
    """Fit heads by logistic regression with a ridge, one a strength.

    Args:
        features: Shape (n, d); NaN where not measured.
        kept: Shape (n,).
        strengths: Of the penalty on the squared weights, > 0, descending: each head begins where
            the one before ended. The bias is free.

    Source: Newton's method (Hastie, Tibshirani and Friedman, The Elements of Statistical Learning,
    4.4.1), in the space that the clips span (18.3.5).
    """
    means, scales = _spread(features)
    inputs = _standardised(features, means, scales)
    # With fewer clips than features the weights lie in the space of the clips: turn into it.
    axes = np.linalg.svd(inputs, full_matrices=False)[2] if len(inputs) < inputs.shape[1] else None
    turned = inputs if axes is None else inputs @ axes.T
    turned = np.column_stack([turned, np.ones(len(turned))])
    wanted = kept.astype(np.float64)
    weights = np.zeros(turned.shape[1])
    heads = []
    for strength in strengths:
        penalties = np.full(len(weights), strength)
        penalties[-1] = _BIAS_PENALTY
        weights = _newton(turned, wanted, penalties, weights)
        own = weights[:-1] if axes is None else weights[:-1] @ axes
        heads.append(Head(means, scales, own, float(weights[-1])))
    return heads


def choose_strength(
    features: NDArray[np.float64], kept: NDArray[np.bool_], groups: NDArray[np.int64]
) -> float:
    """The penalty under which clips of groups left out are foretold best (log loss).

    Args:
        features: Shape (n, d).
        kept: Shape (n,).
        groups: Shape (n,): a group is never on both sides.
    """
    losses = np.zeros(len(STRENGTHS))
    for held_out in folds(groups, INNER_FOLDS):
        seen = ~held_out
        if not seen.any():
            continue
        for at, head in enumerate(fit(features[seen], kept[seen], STRENGTHS)):
            chances = head.chances(features[held_out])
            right = np.where(kept[held_out], chances, 1.0 - chances)
            losses[at] -= np.log(np.maximum(right, 1e-9)).sum()
    return STRENGTHS[int(np.argmin(losses))]  # among equals the strongest: say less


def folds(groups: NDArray[np.int64], n_folds: int) -> Sequence[NDArray[np.bool_]]:
    """Divide clips into at most `n_folds` parts of similar size; a group is in one part.

    The same groups are always divided in the same way.

    Returns:
        For each part, which clips are in it: bool, shape (n,).
    """
    names, sizes = np.unique(groups, return_counts=True)
    parts: list[list[int]] = [[] for _ in range(min(n_folds, len(names)))]
    filled = [0] * len(parts)
    for at in np.argsort(-sizes, kind="stable").tolist():
        emptiest = filled.index(min(filled))
        parts[emptiest].append(int(names[at]))
        filled[emptiest] += int(sizes[at])
    return [np.isin(groups, part) for part in parts]


def _spread(features: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and standard deviation of what was measured of each feature; 1 where all are alike."""
    measured = ~np.isnan(features)
    n_measured = np.maximum(measured.sum(axis=0), 1)
    means = np.where(measured, features, 0.0).sum(axis=0) / n_measured
    scales = np.sqrt((np.where(measured, features - means, 0.0) ** 2).sum(axis=0) / n_measured)
    scales[scales < _NO_SPREAD * np.maximum(1.0, np.abs(means))] = 1.0
    return means, scales


def _standardised(
    features: NDArray[np.float64], means: NDArray[np.float64], scales: NDArray[np.float64]
) -> NDArray[np.float64]:
    deviations = np.clip((features - means) / scales, -MAX_DEVIATIONS, MAX_DEVIATIONS)
    return np.nan_to_num(deviations, nan=0.0)


def _newton(
    inputs: NDArray[np.float64],
    wanted: NDArray[np.float64],
    penalties: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The weights of least penalised log loss, searched from `weights` on."""
    loss = _loss(inputs, wanted, penalties, weights)
    for _ in range(_MAX_STEPS):
        chances = _chances(inputs @ weights)
        slope = inputs.T @ (chances - wanted) + penalties * weights
        rooted = inputs * np.sqrt(chances * (1.0 - chances))[:, np.newaxis]
        bend = rooted.T @ rooted + np.diag(penalties)
        step = np.linalg.solve(bend, slope)
        while (after := _loss(inputs, wanted, penalties, weights - step)) > loss:
            step /= 2  # too far: the curve is not the parabola that it looked like
            if not np.any(np.abs(step) > _SETTLED):
                return weights
        weights = weights - step
        if loss - after < _SETTLED * (1.0 + abs(loss)):
            break
        loss = after
    return weights


def _loss(
    inputs: NDArray[np.float64],
    wanted: NDArray[np.float64],
    penalties: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> float:
    odds = inputs @ weights
    return float((np.logaddexp(0.0, odds) - wanted * odds).sum() + penalties @ weights**2 / 2)


def _chances(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0))))
