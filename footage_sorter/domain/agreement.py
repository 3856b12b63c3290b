"""Agreement: how often a rule says what a person said, of clips that it had not seen.

Cross-validation over shootings: what was shot together is never on both sides, or the rule could
recognise a scene instead of foretelling a taste. Knows numbers only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.head import choose_strength, fit, folds

MIN_MARKS = 30
MIN_EACH = 8
"""Fewest clips kept, and fewest rejected: of less there is nothing to tell apart."""
MIN_SHOOTINGS = 5
"""Fewest shootings: of fewer, even a rise in each may be chance (four: 1 in 16)."""

MIN_GAIN = 0.02
"""Least rise of the share of clips agreed on that is worth another number on the screen."""
CHANCE = 0.1
"""A rise counts when chance alone would bring one so large in at most this share of cases.

It must rise over usability alone and over the same answer for every clip, by its lesser claim: on
labels without signal both together hold in about 1 of 100 cases (tests/unit/domain)."""

OUTER_FOLDS = 10


class Outcome(StrEnum):
    """What the marks allow to say."""

    TOO_FEW = "too_few"
    ONE_SIDED = "one_sided"
    TOO_ALIKE = "too_alike"
    NO_IMPROVEMENT = "no_improvement"
    IMPROVES = "improves"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well a person's marks were foretold.

    Attributes:
        n_kept: Clips marked to keep that could be learned from.
        n_rejected: Clips rejected.
        n_shootings: Shootings that they come from.
        before: Share 0-1 of the marks that usability alone foretells, or the same answer for every
            clip where that does better; None where not compared.
        after: Share 0-1 that the head foretells; None where not compared.
        chance: Probability 0-1 of so large a rise by chance; None where not compared.
    """

    outcome: Outcome
    n_kept: int
    n_rejected: int
    n_shootings: int
    before: float | None = None
    after: float | None = None
    chance: float | None = None

    @property
    def n_marks(self) -> int:
        """Kept and rejected together."""
        return self.n_kept + self.n_rejected


def compare(
    features: NDArray[np.float64],
    usability: NDArray[np.float64],
    kept: NDArray[np.bool_],
    shootings: NDArray[np.int64],
) -> Agreement:
    """Compare a head with usability alone, on clips that neither had seen.

    Args:
        features: Shape (n, d); NaN where not measured.
        usability: Shape (n,), 0-100.
        kept: Shape (n,): kept, or else rejected.
        shootings: Shape (n,): which shooting each clip is from.
    """
    n_kept = int(kept.sum())
    counts = (n_kept, len(kept) - n_kept, len(np.unique(shootings)))
    if (lack := _lack_of(*counts)) is not None:
        return Agreement(lack, *counts)
    before, after = np.zeros(len(kept), np.bool_), np.zeros(len(kept), np.bool_)
    for held_out in folds(shootings, OUTER_FOLDS):
        seen = ~held_out
        least = best_threshold(usability[seen], kept[seen])
        before[held_out] = (usability[held_out] >= least) == kept[held_out]
        strength = choose_strength(features[seen], kept[seen], shootings[seen])
        (head,) = fit(features[seen], kept[seen], (strength,))
        after[held_out] = (head.chances(features[held_out]) >= 0.5) == kept[held_out]
    always = kept == (n_kept * 2 >= len(kept))  # the same answer for every clip
    chance = max(chance_of(_gains(after, rival, shootings)) for rival in (before, always))
    agreed_before = max(float(before.mean()), float(always.mean()))
    improves = after.mean() - agreed_before >= MIN_GAIN and chance <= CHANCE
    return Agreement(
        Outcome.IMPROVES if improves else Outcome.NO_IMPROVEMENT,
        *counts,
        agreed_before,
        float(after.mean()),
        chance,
    )


def _lack_of(n_kept: int, n_rejected: int, n_shootings: int) -> Outcome | None:
    """What marks lack for a comparison; None where they are enough."""
    if n_kept + n_rejected < MIN_MARKS:
        return Outcome.TOO_FEW
    if min(n_kept, n_rejected) < MIN_EACH:
        return Outcome.ONE_SIDED
    return Outcome.TOO_ALIKE if n_shootings < MIN_SHOOTINGS else None


def _gains(
    after: NDArray[np.bool_], before: NDArray[np.bool_], shootings: NDArray[np.int64]
) -> list[int]:
    """By shooting, how many more clips are agreed on than before."""
    _, of = np.unique(shootings, return_inverse=True)
    more = after.astype(np.float64) - before
    return [round(gain) for gain in np.bincount(of, weights=more).tolist()]


def best_threshold(usability: NDArray[np.float64], kept: NDArray[np.bool_]) -> float:
    """The usability from which on keeping agrees with most marks; may keep all, or none."""
    values = np.unique(usability)
    between = [(low + high) / 2 for low, high in pairwise(values.tolist())]
    candidates = np.array([-np.inf, *between, np.inf])
    agreed = ((usability >= candidates[:, np.newaxis]) == kept).sum(axis=1)
    return float(candidates[int(np.argmax(agreed))])


def chance_of(gains: Sequence[int]) -> float:
    """How likely the sum of `gains` is to be so large, were each as likely to be a loss.

    Args:
        gains: By shooting, how many more clips were agreed on than before.

    Returns:
        Probability 0-1, exact.

    Source: Fisher's randomisation test for pairs (The Design of Experiments, 1935, 21), the
    shootings being the pairs; all sums are counted, by adding one shooting after the other.
    """
    reach = sum(map(abs, gains))
    ways = np.zeros(2 * reach + 1)
    ways[reach] = 1.0
    for gain in map(abs, gains):
        ways = (np.roll(ways, gain) + np.roll(ways, -gain)) / 2
    return float(ways[reach + sum(gains) :].sum())
