"""Keeps the current clip where it lies before a person's eyes, while the order changes around it.

Knows a view and its scroll bar, not why the order changes.
"""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractItemView

from footage_sorter.ui.session.shown_model import ShownModel


class ScrollAnchor(QObject):
    """Scrolls a view after each change by as much as its current clip has moved.

    Nothing is held where the view stands at its top: who waits there wants to see what comes.
    """

    def __init__(self, view: QAbstractItemView, shown: ShownModel) -> None:
        """Hold for `view`, which has laid itself out anew when `shown.shown_changed` comes here."""
        super().__init__(view)
        self._view = view
        self._top_px: int | None = None  # of the current clip in the viewport; None: not held
        shown.layoutAboutToBeChanged.connect(self._remember)
        shown.shown_changed.connect(self._hold)

    def _remember(self) -> None:
        view = self._view
        rect = view.visualRect(view.currentIndex())
        held = view.verticalScrollBar().value() and view.viewport().rect().intersects(rect)
        self._top_px = rect.top() if held else None

    def _hold(self) -> None:
        top_px, self._top_px = self._top_px, None
        rect = self._view.visualRect(self._view.currentIndex())
        if top_px is not None and rect.isValid():
            bar = self._view.verticalScrollBar()
            bar.setValue(bar.value() + rect.top() - top_px)
