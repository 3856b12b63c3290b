"""Edits: what a person can decide of many clips at once, ready to be kept and then shown.

Knows rows and the store. What takes long is done where it is written: in the pool, for many.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from footage_sorter.domain.clip import Clip, ClipId, Decision
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.row import ClipRow
from footage_sorter.services.library import Library, rerate_each
from footage_sorter.store.clips import ClipStore
from footage_sorter.ui.session.clip_model import ClipModel, Pair
from footage_sorter.ui.session.edit_writer import Edit, Keep


@dataclass(frozen=True, slots=True)
class Restored:
    """Clips that are in the library again.

    Attributes:
        there: Those that have their places.
        rows: Of them, those that were not shown.
        untagged: Those that a classifier did not judge yet.
    """

    there: Collection[ClipId]
    rows: Sequence[ClipRow]
    untagged: Sequence[Clip]


def decided(
    rows: Sequence[ClipRow],
    decisions: Mapping[ClipId, Decision],
    limits_for: Callable[[Path], Limits],
) -> list[Pair]:
    """`rows` with what was said of them; judged anew where other flags are wrong."""
    fresh = [replace(row, decision=decisions[row.clip.id]) for row in rows]
    same: list[Pair] = []
    other: list[Pair] = []
    for was, now in zip(rows, fresh, strict=True):
        overruled = was.decision.overruled == now.decision.overruled
        (same if overruled else other).append((was, now))
    judged = rerate_each([now for _, now in other], limits_for)
    return same + [(was, now) for (was, _), now in zip(other, judged, strict=True)]


def show(
    decisions: Mapping[ClipId, Decision], model: ClipModel, limits_for: Callable[[Path], Limits]
) -> None:
    """Bring decisions that are kept into the rows."""
    model.replace(decided(model.rows_of(decisions), decisions, limits_for))


def decide(
    decisions: Mapping[ClipId, Decision],
    model: ClipModel,
    limits_for: Callable[[], Callable[[Path], Limits]],
    told: Callable[[], object],
) -> Edit[list[Pair]]:
    """Decisions; `told` is called when the rows of `model` have them."""

    def begin() -> Keep[list[Pair]]:
        rows, limits = model.rows_of(decisions), limits_for()

        def keep(store: ClipStore, person: str) -> list[Pair]:
            store.decide(decisions, by=person)
            return decided(rows, decisions, limits)

        return keep

    def show_kept(pairs: Sequence[Pair]) -> None:
        late = [was.clip.id for was, _ in model.replace(pairs)]
        if late:  # something else came in while they were being kept
            show({one: decisions[one] for one in late}, model, limits_for())
        told()

    return Edit(decisions, len(decisions), begin, show_kept, decisions)


def remove(gone: Sequence[ClipId], told: Callable[[], object]) -> Edit[None]:
    """Clips that leave the library; their files and what was said of them stay."""
    return Edit(
        gone, len(gone), lambda: lambda store, _person: store.remove(gone), lambda _: told()
    )


def put_back(
    rows: Sequence[ClipRow],
    model: ClipModel,
    library_of: Callable[[ClipStore], Library],
    told: Callable[[Restored], object],
) -> Edit[Restored]:
    """Clips that were taken out come back as `rows` have them, but for those that `model` has."""

    def begin() -> Keep[Restored]:
        gone = [row for row in rows if model.row(row.clip.id) is None]

        def keep(store: ClipStore, _person: str) -> Restored:
            there = store.put_back([row.clip.id for row in gone])
            back = [row for row in gone if row.clip.id in there]
            return Restored(there, back, library_of(store).untagged(back))

        return keep

    return Edit(rows, len(rows), begin, told)
