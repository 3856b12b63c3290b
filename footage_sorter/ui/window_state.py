"""Window state: how the window looks, kept soon after it changes, so that a power cut costs little.

Knows what the parts say of themselves; `window.ini` is written in the pool, and once at the end.
"""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSize, QTimer
from PySide6.QtWidgets import QWidget

from footage_sorter.ui.library.pane import LibraryPane
from footage_sorter.ui.panels.right_pane import RightPane
from footage_sorter.ui.panes import Panes
from footage_sorter.ui.session.session import Session
from footage_sorter.ui.session.state_file import StateFile

FIRST_PX = QSize(1280, 800)
"""So large the window is at its first start, where the screen has the room."""

FRAME_PX = QSize(8, 40)
"""Room for what the system puts around a window: its title bar above all. Nothing says how much
before the window is there."""

CALM_MS = 2000
"""Kept so long after the first change: the next ones within that time are kept along with it."""


class WindowState(QObject):
    """Sizes, places, order, filter, selection and the player's switches."""

    def __init__(
        self, session: Session, panes: Panes, pane: LibraryPane, right: RightPane, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._panes, self._pane, self._right = session, panes, pane, right
        self._window = window
        self._path = session.core.settings_path.with_name("window.ini")
        self._kept: Mapping[str, object] = {}
        self._ended = False
        self._soon = QTimer(self, singleShot=True, interval=CALM_MS)
        self._soon.timeout.connect(self._keep)

    def restore(self) -> None:
        """Show the window as it was left, and begin to notice changes."""
        state = StateFile(self._path)
        settings = self._session.settings
        state.restore({"geometry": self._window.restoreGeometry})
        self._right.player.apply(settings)
        self._pane.grid.set_card_px(settings.thumbnail_px)
        self._pane.grid.set_still(still=settings.less_motion)
        self._panes.restore(state)
        self._kept = self._state()
        self._notice_changes()

    def keep_at_the_end(self) -> None:
        """Keep it all now: the window closes."""
        self._ended = True
        self._soon.stop()
        self._window.removeEventFilter(self)
        self._save_settings()
        StateFile(self._path).put(self._state())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Qt override: the window was moved or has another size."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowStateChange):
            self._keep_soon()
        return False

    def _notice_changes(self) -> None:
        pane, panes, right = self._pane, self._panes, self._right
        for changed in (
            panes.changed,
            panes.splitterMoved,
            right.splitterMoved,
            right.tabs.currentChanged,
            pane.filter_changed,
            pane.sort_changed,
            pane.group_changed,
            pane.selection.selectionChanged,
            pane.in_sight,
            pane.grid.zoomed,
            pane.table.horizontalHeader().sectionResized,
            right.player.transport.loop_wanted,
            right.player.transport.rate_wanted,
            right.player.transport.volume_wanted,
        ):
            changed.connect(self._keep_soon)
        self._window.installEventFilter(self)

    def _keep_soon(self) -> None:
        if not (self._soon.isActive() or self._ended):  # a view's timer may still tell what is seen
            self._soon.start()

    def _keep(self) -> None:
        """Keep what has changed; the file is written by another thread."""
        self._save_settings()
        state = self._state()
        if state != self._kept:
            self._kept = state
            self._session.background.run(
                lambda _cancel: StateFile(self._path).put(state), lambda _nothing: None
            )

    def _save_settings(self) -> None:
        settings = self._right.player.chosen(self._session.settings)
        self._session.save(replace(settings, thumbnail_px=self._pane.grid.card_px))

    def _state(self) -> Mapping[str, object]:
        return {"geometry": self._window.saveGeometry()} | self._panes.state()


def first_size(room: QSize) -> QSize:
    """How large the window opens at first, without its frame, on a screen with so much room."""
    return FIRST_PX.boundedTo(room - FRAME_PX)
