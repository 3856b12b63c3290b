"""While a first scan brings clips, the first one shown is current, until a person does something.

Else it would be the one that was found first, somewhere in the order, and the first key that a
person presses would mark a clip out of sight.
"""

from PySide6.QtCore import QObject, Signal

from footage_sorter.domain.clip import ClipId
from footage_sorter.ui.library.pane import LibraryPane
from footage_sorter.ui.session.choosing import select
from footage_sorter.ui.session.session import Session


class FirstCurrent(QObject):
    """Follows the first place of an empty library that fills.

    Signals:
        filled: It has clips now.
    """

    filled = Signal()

    def __init__(self, session: Session, pane: LibraryPane) -> None:
        super().__init__(pane)
        self._session, self._pane = session, pane
        self._fills = False  # it was empty when the scan began
        self._follows = False  # and no hand has come yet
        self._own: ClipId | None = None  # the clip that is current by itself
        session.scan_changed.connect(self._on_scan)
        pane.shown.shown_changed.connect(self._follow)

    def end(self) -> None:
        """Leave the current clip as it is: a person has begun to work."""
        self._follows = False

    def _on_scan(self, scanning: bool) -> None:  # noqa: FBT001  a signal's slot
        if scanning:
            self._fills = self._fills or not self._session.model.rowCount()
            self._follows = self._follows or self._fills
        else:
            self._follow()
            if self._fills and self._pane.shown.rowCount():
                self.filled.emit()
            self._follows = self._fills = False
            self._own = None

    def _follow(self) -> None:
        row = self._pane.current_row()
        if not self._follows or row is None:
            return
        if self._own not in (None, row.clip.id):
            self.end()  # a person went elsewhere
            return
        self._own = self._pane.shown.row_at(0).clip.id
        if self._own != row.clip.id:
            select(self._pane.shown, self._pane.selection, (self._own,))
