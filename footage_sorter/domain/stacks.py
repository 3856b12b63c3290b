"""Stacks: similar takes of one thing, and which of them is the best. Pure: takes in, groups out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.clip import ClipId, Mark
from footage_sorter.domain.likeness import ALIKE, distances, features_of
from footage_sorter.domain.order import natural_key
from footage_sorter.domain.row import ClipRow

NEAR_S = 300.0
"""Between the end of a take and the start of another one of the same stack."""

NEAR_PLACES = 3
"""The same for clips without a time of recording: cameras count their files."""

WINDOW = 12
"""A stack holds clips at most so many places apart in the order of recording: no chain of small
steps makes a stack of half the library."""

Stack = tuple[ClipId, ...]
"""At least two takes, in the order of recording."""


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """What of a clip decides on its stack.

    Attributes:
        path: Takes of a stack lie in one folder; without times the name orders them.
        camera: Takes of a stack are by one camera; None: the file does not say.
        signature: uint8, shape (9, 16, 3): see `likeness`.
    """

    id: ClipId
    path: Path
    duration_s: float
    camera: str | None
    recorded_at: datetime | None
    signature: NDArray[np.uint8]

    @property
    def start_s(self) -> float | None:
        """When it was recorded, seconds since 1970; None where the file does not say."""
        return None if self.recorded_at is None else self.recorded_at.timestamp()


def stacks_of(takes: Iterable[Take]) -> list[Stack]:
    """Group similar takes; the order in which they are given does not matter.

    Any two takes of a stack are by one camera, in one folder, near in time and alike: likeness is
    asked of all pairs, so that no chain of neighbours leads from one scene to another. A take
    joins the stack that it is most alike to.
    """
    ordered = sorted(takes, key=_order)
    if len(ordered) < 2:
        return []
    apart = _apart(ordered)
    found: list[list[int]] = []
    for place in range(len(ordered)):
        best: list[int] | None = None
        least = ALIKE
        for stack in reversed(found):
            if place - stack[-1] > WINDOW:
                break  # stacks are sorted by their last take: older ones are as far
            if place - stack[0] > WINDOW:
                continue
            worst = max(apart[place - other][place] for other in stack)
            if worst <= least:
                best, least = stack, worst
        if best is None:
            found.append([place])
        else:
            found.remove(best)
            found.append([*best, place])
    stacks = [tuple(ordered[at].id for at in stack) for stack in found if len(stack) > 1]
    return sorted(stacks)


def rank(row: ClipRow) -> tuple[object, ...]:
    """What the takes of a stack are compared by: the least is the one to keep.

    What a person said goes first (keep, reject, stars); then usability, then the length of the
    best segment, then calm, sharpness and light; among equals the first by name.
    """
    mark = {Mark.KEEP: 0, Mark.NONE: 1, Mark.REJECT: 2}[row.decision.mark]
    rating = row.rating
    usable = row.error is None and not row.missing
    if rating is None:
        measured: tuple[float, ...] = (1.0,)
    else:
        best, percent = rating.best_segment, rating.percent
        measured = (
            -float(rating.usability),
            0.0 if best is None else -best.length_s,
            100.0 if percent.shaky is None else percent.shaky,
            percent.blurry,
            0.0 if percent.well_exposed is None else -percent.well_exposed,
        )
    path = row.clip.path
    return (mark, not usable, -row.decision.stars, measured, natural_key(path.name), row.clip.id)


def _order(take: Take) -> tuple[object, ...]:
    start_s = take.start_s
    return (
        str(take.path.parent),
        take.camera or "",
        start_s is None,
        0.0 if start_s is None else start_s,
        natural_key(take.path.name),
        take.id,
    )


def _apart(ordered: Sequence[Take]) -> list[list[float]]:
    """Distances to the takes before: [n][place] is that to the n-th before `place`.

    Infinite where the two can be of no one stack.
    """
    features = features_of(np.stack([take.signature for take in ordered]))
    sources = [(take.path.parent, take.camera, take.recorded_at is None) for take in ordered]
    known: dict[object, int] = {}
    source = np.array([known.setdefault(one, len(known)) for one in sources])
    starts_s = np.array([take.start_s or 0.0 for take in ordered])
    ends_s = starts_s + np.array([take.duration_s for take in ordered])
    untimed = np.array([take.recorded_at is None for take in ordered])
    apart = np.full((WINDOW + 1, len(ordered)), np.inf)
    for back in range(1, min(WINDOW, len(ordered) - 1) + 1):
        late = np.arange(back, len(ordered))
        early = late - back
        near = np.where(
            untimed[late], back <= NEAR_PLACES, starts_s[late] - ends_s[early] <= NEAR_S
        )
        pairs = np.flatnonzero(near & (source[late] == source[early]))
        apart[back, late[pairs]] = distances(features, early[pairs], late[pairs])
    rows: list[list[float]] = apart.tolist()
    return rows
