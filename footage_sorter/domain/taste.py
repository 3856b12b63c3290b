"""Tastes: what was learned from a person's own marks, and the rating "for you" that it gives.

A taste belongs to the features and to the models that it was fitted on: of what others measured it
says nothing. It never stands in for the verdict, and no mark is ever made of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.agreement import Agreement, Outcome, compare
from footage_sorter.domain.clip import MediaInfo
from footage_sorter.domain.features import Aspect, Features, aspect_of, names
from footage_sorter.domain.head import STRENGTHS, Head, choose_strength, fit
from footage_sorter.domain.report import Models

MOST_COMPARED = 800
"""Marks that the comparison is made on, drawn in the same way each time: it fits some 200 heads.
More would make a person wait and hardly change what is said; the taste itself is fitted on all."""

WORTH_SAYING = 0.2
"""Log odds below which an aspect of a clip is not worth a word: some 5 points of the rating."""
MOST_SAID = 3


@dataclass(frozen=True, slots=True)
class Reasons:
    """What a rating goes by, the strongest aspects first."""

    speak_for: tuple[Aspect, ...]
    speak_against: tuple[Aspect, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Taste:
    """What tells the clips that a person keeps from those that the person rejects.

    Attributes:
        head: Its features are those of `names`.
        n_picture: How many of them describe what is in the picture.
        models: Who measured the clips that it was fitted on.
        agreement: How well it foretold marks that it had not seen.
        learned_at_ns: When, nanoseconds since 1970 in UTC.
    """

    head: Head
    n_picture: int
    models: Models
    agreement: Agreement
    learned_at_ns: int

    def __post_init__(self) -> None:
        if len(self.head.weights) != len(names(self.n_picture)):
            raise ValueError(f"{len(self.head.weights)} weights do not match the features' names")

    def for_you(self, clips: Sequence[tuple[Features, MediaInfo]]) -> list[int]:
        """The rating 0-100 of each clip, high is likely to be kept; by these `models` only."""
        if not clips:
            return []
        chances = self.head.chances(vectors(clips, self.n_picture))
        return [round(100 * chance) for chance in chances.tolist()]

    def reasons(self, features: Features, media: MediaInfo) -> Reasons:
        """What speaks for and against keeping one clip."""
        (evidence,) = self.head.evidence(vectors([(features, media)], self.n_picture))
        sums = dict.fromkeys(Aspect, 0.0)
        for name, odds in zip(names(self.n_picture), evidence.tolist(), strict=True):
            sums[aspect_of(name)] += odds
        strongest = sorted(sums, key=lambda aspect: -abs(sums[aspect]))
        return Reasons(
            tuple(one for one in strongest if sums[one] >= WORTH_SAYING)[:MOST_SAID],
            tuple(one for one in strongest if sums[one] <= -WORTH_SAYING)[:MOST_SAID],
        )


def vectors(clips: Sequence[tuple[Features, MediaInfo]], n_picture: int) -> NDArray[np.float64]:
    """All features of some clips, (n, d); NaN where not measured, also by an older release."""
    return np.stack([features.vector(media, n_picture) for features, media in clips])


@dataclass(frozen=True, slots=True)
class Lesson:
    """What came of learning.

    Attributes:
        taste: None unless it agrees with the marks better than usability alone.
    """

    agreement: Agreement
    taste: Taste | None


def learn(
    clips: Sequence[tuple[Features, MediaInfo]],
    *,
    usability: NDArray[np.float64],
    kept: NDArray[np.bool_],
    shootings: NDArray[np.int64],
    models: Models,
    at_ns: int,
) -> Lesson:
    """Learn from marks: first whether it helps on clips unseen, then from all of them.

    Args:
        clips: Each content once, measured by `models`.
        usability: Shape (n,), 0-100, as the person sees it.
        kept: Shape (n,): kept, or else rejected.
        shootings: Shape (n,): which shooting each clip is from.
        models: Who measured.
        at_ns: When, nanoseconds since 1970.
    """
    n_picture = max((features.n_picture for features, _ in clips), default=0)
    inputs = vectors(clips, n_picture) if clips else np.empty((0, len(names(n_picture))))
    some = np.random.default_rng(0).permutation(len(kept))[:MOST_COMPARED]
    agreement = replace(
        compare(inputs[some], usability[some], kept[some], shootings[some]),
        n_kept=int(kept.sum()),
        n_rejected=int((~kept).sum()),
        n_shootings=len(np.unique(shootings)),
    )
    if agreement.outcome is not Outcome.IMPROVES:
        return Lesson(agreement, None)
    strength = choose_strength(inputs[some], kept[some], shootings[some])
    head = fit(inputs, kept, [one for one in STRENGTHS if one >= strength])[-1]
    return Lesson(agreement, Taste(head, n_picture, models, agreement, at_ns))
