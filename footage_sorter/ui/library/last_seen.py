"""Last seen: a view begins where the last session ended, before all clips are read.

Where nothing is remembered, it begins at the top, if names alone tell what lies there.

Knows the views and what is remembered of them, not how the clips are read.
"""

from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import Qt, QTimer

from footage_sorter.domain.clip import ClipId
from footage_sorter.domain.row import ClipRow
from footage_sorter.ui.library.delegates import LINE_PX
from footage_sorter.ui.library.first_page import FirstPage
from footage_sorter.ui.library.grid_layout import GridLayout
from footage_sorter.ui.library.grid_view import GridView
from footage_sorter.ui.library.table_view import TableView
from footage_sorter.ui.session.clip_filter import EVERYTHING
from footage_sorter.ui.session.columns import COLUMN_AT
from footage_sorter.ui.session.session import Session
from footage_sorter.ui.session.shown_model import ShownModel
from footage_sorter.ui.session.visible_cards import (
    MOST,
    NOTHING,
    FirstCards,
    TopOfAll,
    VisibleCards,
)

PAGE_MS = 10
"""So long after the parts beside the view, which an empty library hides, its first cards come: the
window would stand still for both."""


class LastSeen:
    """What was in sight when the last session ended, and the way back to it."""

    def __init__(
        self, session: Session, shown: ShownModel, view: Callable[[], GridView | TableView]
    ) -> None:
        """Remember what `view` shows of `shown`: the view at work, cards or lines."""
        self._session, self._shown, self._view = session, shown, view
        self.library = str(session.core.library_path)
        self._visible_cards = NOTHING
        self._left_at = ClipId(0)
        self._page: FirstPage | None = None
        self._shown_in: GridView | TableView | None = None
        self._soon = QTimer(session, singleShot=True, interval=PAGE_MS)
        self._soon.timeout.connect(self._show_page)

    def restore(self, text: str, left_at: ClipId) -> None:
        """Take what `text` gave in the last session, and the clip that was current; 0: none."""
        visible_cards = VisibleCards.from_text(text)
        self._visible_cards = visible_cards if visible_cards.library == self.library else NOTHING
        self._left_at = left_at

    def text(self) -> str:
        """What to remember now; nothing of stacks, which are found when all clips are there."""
        if not self._session.is_loaded:
            return self._visible_cards.to_text()
        seen = self._view().isVisible() and not self._shown.stacked
        return (self._view().visible_cards(self.library) if seen else NOTHING).to_text()

    def first_cards(self) -> FirstCards:
        """What to show before all clips are read: what was seen last, or else the top.

        Nothing where only all clips together tell what that is.
        """
        column, order = self._shown.sorted_by
        by_name = column == COLUMN_AT["name"] and not self._shown.is_grouped
        if self._visible_cards.clips or not by_name or self._shown.clip_filter != EVERYTHING:
            return self._visible_cards
        if self._left_at:  # the view will go there, and not to the top
            return NOTHING
        most, y_px = _room_in(self._view())
        descending = order is Qt.SortOrder.DescendingOrder
        return TopOfAll(self.library, most, y_px, descending)

    def show(
        self,
        visible_cards: VisibleCards,
        rows: Sequence[ClipRow],
        current: ClipId,
        selected: Collection[ClipId],
    ) -> None:
        """Show these clips where they lie; they were just read."""
        if rows and not self._session.is_loaded:
            self._visible_cards = visible_cards
            if not current and not visible_cards.first:  # as `LibraryPane.first_row` chooses
                current = next(iter(visible_cards.clips))
            self._page = FirstPage.of(visible_cards, rows, current, selected)
            self._soon.start()
            self._session.pictures.request([row.clip for row in rows if row.error is None])

    @property
    def begins(self) -> bool:
        """Whether there are cards to show while all clips are still read."""
        return self._page is not None

    def _show_page(self) -> None:
        if self._page is not None:
            self._shown_in = self._view()
            self._shown_in.show_first(self._page)

    @contextmanager
    def kept(self) -> Generator[None, None, None]:
        """Let no card move inside, unless other clips than before lie there by now."""
        if self._shown_in is None:  # all clips are there before the page had its turn
            self._show_page()
        self._soon.stop()
        view, self._shown_in, self._page = self._shown_in, None, None
        if view is None:
            yield
            return
        first = next(iter(self._visible_cards.clips))
        y_px = view.top_of(self._visible_cards)
        view.show_first(None)
        yield
        if self._shown.row_place(first) == self._visible_cards.first:
            view.bring(self._visible_cards.first, y_px)


def _room_in(view: GridView | TableView) -> tuple[int, int]:
    """How many cards or lines have room in a view, and where the first one's upper edge lies.

    Rather too many: the parts beside the view, which an empty library hides, make it narrower.
    """
    height_px = view.viewport().height()
    if isinstance(view, TableView):
        return height_px // LINE_PX + 1, 0
    layout = GridLayout.of((("", MOST),), view.viewport().width(), view.card_px)
    return len(layout.places_between(0, height_px)), layout.rect(0).top()
