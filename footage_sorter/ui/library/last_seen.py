"""Last seen: a view begins where the last session ended, before all clips are read.

Knows the views and what is remembered of them, not how the clips are read.
"""

from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from contextlib import contextmanager

from footage_sorter.domain.clip import ClipId
from footage_sorter.domain.groups import Usual
from footage_sorter.domain.row import ClipRow
from footage_sorter.ui.library.first_page import FirstPage
from footage_sorter.ui.library.grid_view import GridView
from footage_sorter.ui.library.table_view import TableView
from footage_sorter.ui.session.session import Session
from footage_sorter.ui.session.shown_model import ShownModel
from footage_sorter.ui.session.visible_cards import NOTHING, VisibleCards


class LastSeen:
    """What was in sight when the last session ended, and the way back to it."""

    def __init__(
        self, session: Session, shown: ShownModel, view: Callable[[], GridView | TableView]
    ) -> None:
        """Remember what `view` shows of `shown`: the view at work, cards or lines."""
        self._session, self._shown, self._view = session, shown, view
        self._library = str(session.core.library_path)
        self._visible_cards = NOTHING
        self._shown_in: GridView | TableView | None = None

    def restore(self, text: str) -> None:
        """Take what `text` gave in the last session."""
        visible_cards = VisibleCards.from_text(text)
        self._visible_cards = visible_cards if visible_cards.library == self._library else NOTHING

    def text(self) -> str:
        """What to remember now; nothing of stacks, which are found when all clips are there."""
        if not self._session.is_loaded:
            return self._visible_cards.to_text()
        seen = self._view().isVisible() and not self._shown.stacked
        return (self._view().visible_cards(self._library) if seen else NOTHING).to_text()

    @property
    def clips(self) -> Mapping[ClipId, Usual]:
        """The clips to read before all others."""
        return self._visible_cards.clips

    def show(self, rows: Sequence[ClipRow], current: ClipId, selected: Collection[ClipId]) -> None:
        """Show these clips where they lay; they are read anew."""
        if rows and not self._session.is_loaded:
            self._shown_in = self._view()
            self._shown_in.show_first(FirstPage.of(self._visible_cards, rows, current, selected))
            self._session.pictures.request([row.clip for row in rows if row.error is None])

    @contextmanager
    def kept(self) -> Generator[None, None, None]:
        """Let no card move inside, unless other clips than before lie there by now."""
        view, self._shown_in = self._shown_in, None
        if view is None:
            yield
            return
        first = next(iter(self._visible_cards.clips))
        y_px = view.top_of(self._visible_cards)
        view.show_first(None)
        yield
        if self._shown.row_place(first) == self._visible_cards.first:
            view.bring(self._visible_cards.first, y_px)
