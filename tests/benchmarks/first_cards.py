"""What the library's first picture with cards in it shows, and when it is painted."""

import time
from collections.abc import Callable

from footage_sorter.ui.library.cards import CardPainter
from footage_sorter.ui.library.grid_view import GridView

Card = tuple[object, object]
"""Where it lies, and what it says."""


class FirstCards:
    """Notes the first picture. Made before the window.

    Attributes:
        at_s: When it was done, by `time.perf_counter`; None before.
        cards: By the number of the clip.
    """

    def __init__(self, painted: Callable[[], object] = lambda: None) -> None:
        """Call `painted` when it is done."""
        self.at_s: float | None = None
        self.cards: dict[int, Card] = {}
        paint_card, paint_all = CardPainter.paint, GridView.paintEvent

        def paint(cards, painter, card, row, look):
            if self.at_s is None:
                self.cards[row.clip.id] = card.getRect(), said(row)
            paint_card(cards, painter, card, row, look)

        def paint_event(grid, event):
            paint_all(grid, event)
            if self.cards and self.at_s is None:
                self.at_s = time.perf_counter()
                painted()

        CardPainter.paint, GridView.paintEvent = paint, paint_event


def seen(window, clip_id: int) -> Card:
    """Where a clip's card lies now, and what it says."""
    where = window.pane.grid.visualRect(window.pane.shown.index_of(clip_id))
    return where.getRect(), said(window.session.model.row(clip_id))


def said(row) -> object:
    """All that a card says."""
    rating = repr(row.rating)  # NaN is not itself
    return row.clip, row.decision, rating, row.looked, row.tags, row.error, row.for_you
