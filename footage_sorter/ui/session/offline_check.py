"""Offline check: which clips' files went or came back while nobody watched their folder.

A drive is unplugged and plugged in again between two sessions, or while the person is in another
program. Folders are looked at in the pool; what changed is told, to be scanned.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from footage_sorter.domain.row import ClipRow
from footage_sorter.ui.session.session import Session

APART_MS = 5000
"""Coming back to the program again and again looks no oftener than this."""


class OfflineCheck(QObject):
    """Looks after loading, and when a person comes back to the program.

    Signals:
        changed: list of folders (Path) that went, and of files that came back.
    """

    changed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._since = QElapsedTimer()
        session.loaded.connect(self.look)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.applicationStateChanged.connect(self._on_state)

    def look(self) -> None:
        """Look now, in the pool."""
        self._since.start()
        rows = tuple(self._session.model.rows())
        self._session.background.run(lambda _cancel: gone_and_back(rows), self._tell)

    def _on_state(self, state: Qt.ApplicationState) -> None:
        is_back = state == Qt.ApplicationState.ApplicationActive
        if is_back and self._since.isValid() and self._since.hasExpired(APART_MS):
            self.look()

    def _tell(self, found: object) -> None:
        if found:
            self.changed.emit(found)


def gone_and_back(rows: Sequence[ClipRow]) -> list[Path]:
    """Folders of `rows` that are not there any more, and files of missing clips that are again."""
    parents = {row.clip.path.parent for row in rows}
    there = {one for one in parents if one.is_dir()}
    gone = {row.clip.path.parent for row in rows if not row.missing} - there
    missing = (row.clip.path for row in rows if row.missing)
    return sorted(gone) + [path for path in missing if path.parent in there and path.is_file()]
