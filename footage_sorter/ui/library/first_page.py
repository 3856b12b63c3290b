"""The first page: cards where they will lie, shown while all clips are still read.

Knows rows and places. It is a picture: the cards become rows when the whole library is there.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QTableView

from footage_sorter.domain.clip import ClipId
from footage_sorter.domain.row import ClipRow
from footage_sorter.ui.library.cards import Look
from footage_sorter.ui.library.delegates import LINE_PX, CardDelegate, CellDelegate
from footage_sorter.ui.session.columns import Column
from footage_sorter.ui.session.shown_model import ShownModel
from footage_sorter.ui.session.visible_cards import NOTHING, VisibleCards, usual_of


@dataclass(frozen=True, slots=True)
class FirstPage:
    """Cards to paint.

    Attributes:
        visible_cards: Where they lay.
        rows: By place; what has left the library meanwhile leaves its place empty.
        current: The clip that the keyboard was on.
        selected: The clips that were selected.
    """

    visible_cards: VisibleCards
    rows: Mapping[int, ClipRow]
    current: ClipId
    selected: Collection[ClipId]

    @classmethod
    def of(
        cls,
        visible_cards: VisibleCards,
        rows: Sequence[ClipRow],
        current: ClipId,
        selected: Collection[ClipId],
    ) -> "FirstPage":
        """Bring rows, read anew, to the places where they were seen."""
        place_of = {
            one: place for place, one in enumerate(visible_cards.clips, visible_cards.first)
        }
        return cls(visible_cards, {place_of[row.clip.id]: row for row in rows}, current, selected)

    def look(self, row: ClipRow) -> Look:
        """How a card will look as a row."""
        current = row.clip.id == self.current
        selected = current or (self.current in self.selected and row.clip.id in self.selected)
        return Look(selected=selected, current=current, focused=True)

    def paint_cards(
        self,
        painter: QPainter,
        region: QRegion,
        rect_of: Callable[[int], QRect],
        delegate: CardDelegate,
    ) -> None:
        """Paint the cards that touch `region`; `rect_of` gives where each lies."""
        for place, row in self.rows.items():
            if region.intersects(rect_of(place)):
                delegate.paint_row(painter, rect_of(place), row, self.look(row))

    def paint_lines(self, painter: QPainter, table: QTableView, columns: Sequence[Column]) -> None:
        """Paint the lines of a table that has these columns."""
        delegate, header = table.itemDelegate(), table.horizontalHeader()
        assert isinstance(delegate, CellDelegate)
        begins = header.logicalIndexAt(-header.offset())
        for place, row in self.rows.items():
            top_px = self.visible_cards.y_px + (place - self.visible_cards.first) * LINE_PX
            look = self.look(row)
            for at, column in enumerate(columns):
                if not table.isColumnHidden(at):
                    left_px = header.sectionViewportPosition(at)
                    cell = QRect(left_px, top_px, header.sectionSize(at), LINE_PX)
                    current = look.current and at == begins
                    delegate.paint_cell(painter, cell, row, column, replace(look, current=current))


def visible_cards_of(
    library: str,
    shown: ShownModel,
    in_sight: range,
    rect_of: Callable[[int], QRect],
) -> VisibleCards:
    """What is in sight of a view, and as much again below it: a larger window would show that."""
    places = [place for place in in_sight if place < shown.rowCount()]
    if not places:
        return NOTHING
    first, after = places[0], min(places[0] + 2 * len(places), shown.rowCount())
    rows = map(shown.row_at, range(first, after))
    clips = {one.clip.id: usual_of(one) for one in rows}
    return VisibleCards(library, shown.groups(), first, rect_of(first).top(), clips)
