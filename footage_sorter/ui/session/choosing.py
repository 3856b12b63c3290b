"""Choosing: many clips selected at once, in a few steps of Qt's."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from footage_sorter.domain.clip import ClipId
from footage_sorter.ui.session.shown_model import ShownModel


def select(
    shown: ShownModel,
    selection: QItemSelectionModel,
    ids: Collection[ClipId],
    current: ClipId | None = None,
) -> None:
    """Select the clips out of `ids` that are shown; nothing where none is.

    Args:
        shown: The model that `selection` is of.
        selection: Changed.
        ids: In any order.
        current: Becomes current, where it is shown; else the first one does.
    """
    places = sorted(place for one in ids if (place := shown.row_place(one)) is not None)
    if not places:
        return
    flags = QItemSelectionModel.SelectionFlag
    wanted, last_column = QItemSelection(), shown.columnCount() - 1
    for first, last in _runs(places):
        wanted.select(shown.index(first, 0), shown.index(last, last_column))
    # Qt compares each run with each that was selected before, unless there is none.
    selection.clearSelection()
    index = shown.index(places[0], 0) if current is None else shown.index_of(current)
    selection.setCurrentIndex(index, flags.NoUpdate)
    selection.select(wanted, flags.Select)


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each run of ascending numbers without a hole."""
    edges = [at for at in range(1, len(places)) if places[at] != places[at - 1] + 1]
    starts, ends = [0, *edges], [*edges, len(places)]
    return [(places[start], places[end - 1]) for start, end in zip(starts, ends, strict=True)]
