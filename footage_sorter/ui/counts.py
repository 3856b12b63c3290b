"""Counts: the numbers beside the library, in the sidebar and the status line, follow it.

A few times a second at most: rows come by the thousand.
"""

from PySide6.QtCore import QObject, QTimer, Signal

from footage_sorter.ui.library.pane import LibraryPane
from footage_sorter.ui.library.sidebar import Sidebar
from footage_sorter.ui.session.clip_model import places_in
from footage_sorter.ui.session.library_counts import FAILED, LibraryCounts
from footage_sorter.ui.session.session import Session
from footage_sorter.ui.status import StatusLine

COUNT_MS = 250
"""The library's numbers are told at most this often."""

SELECTED_MS = 50
"""Those of the selection: an arrow that is held moves it thirty times a second."""


class Counts(QObject):
    """Counts what is there, what is hidden, what failed and what is selected.

    Signals:
        counted: The library is another one than before.
    """

    counted = Signal()

    def __init__(
        self, session: Session, pane: LibraryPane, sidebar: Sidebar, status: StatusLine
    ) -> None:
        super().__init__(pane)
        self._session, self._pane = session, pane
        self._sidebar, self._status = sidebar, status
        self._library_counts = LibraryCounts()
        self._soon = QTimer(self, singleShot=True, interval=COUNT_MS)
        self._soon.timeout.connect(self.show)
        self._soon_selected = QTimer(self, singleShot=True, interval=SELECTED_MS)
        self._soon_selected.timeout.connect(self._show_selected)
        model = session.model
        changes = (model.dataChanged, model.rowsInserted, model.rowsRemoved)
        for change in changes:
            change.connect(self._count_soon)
        # Another order or filter changes nothing of what the library holds.
        for change in (pane.shown.shown_changed, pane.selection.selectionChanged):
            change.connect(self._count_selected_soon)
        pane.filter_changed.connect(self._show_hidden)

    def show(self) -> None:
        """Count now."""
        rows = self._session.model.rows()
        counts = self._library_counts.count(rows)
        self._sidebar.show_counts(counts)
        self._status.show_count(len(rows))
        self._status.show_failed(counts.get(FAILED, 0))
        self._show_hidden()
        self._show_selected()
        self.counted.emit()

    def stop(self) -> None:
        """Count no more: the window closes."""
        self._soon.stop()
        self._soon_selected.stop()

    def _count_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _count_selected_soon(self) -> None:
        if not self._soon_selected.isActive():
            self._soon_selected.start()

    def _show_hidden(self) -> None:
        self._status.show_hidden(self._pane.shown.n_hidden)

    def _show_selected(self) -> None:
        shown = self._pane.shown
        rows = shown.rows_at(places_in(self._pane.selection.selection()))
        media = [row.clip.media for row in rows]
        length_s = sum(one.duration_s for one in media if one is not None)
        self._status.show_selection(len(media), shown.rowCount(), length_s)
