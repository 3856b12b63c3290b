"""Skimming: plays what tells most about each clip, then goes on to the next by itself."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from footage_sorter.ui.player.panel import PlayerPanel

GO_ON_MS = 250
"""The new clip's player is given this long to open its file before it is asked to play."""


class Skimming(QObject):
    """Runs through the library from the current clip on.

    Signals:
        changed: Whether it runs.
        barren: It came to the end of the library without playing anything.
    """

    changed = Signal(bool)
    barren = Signal()

    def __init__(
        self, player: PlayerPanel, go_on: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        """Use `go_on` to make the next clip current; it returns False at the end."""
        super().__init__(parent)
        self._player = player
        self._go_on = go_on
        self._running = False
        self._has_played = False
        self._soon = QTimer(self, singleShot=True, interval=GO_ON_MS)
        self._soon.timeout.connect(self._play)
        player.skimmed.connect(self._next)
        player.taken_over.connect(self._end)

    @property
    def running(self) -> bool:
        """Whether it runs."""
        return self._running

    def toggle(self) -> None:
        """Begin with the current clip, or stop."""
        if self._running:
            self.stop()
        else:
            self._running, self._has_played = True, False
            self.changed.emit(True)  # noqa: FBT003
            self._play()

    def stop(self) -> None:
        """Stand still."""
        if self._running:
            self._end()
            self._player.stop_skim()

    def clip_changed(self) -> None:
        """Another clip became current: by itself, or because a person decided on the last one."""
        if self._running:
            self._soon.start()

    def _end(self) -> None:
        """Run no more; what plays goes on as a person wants it."""
        if self._running:
            self._running = False
            self._soon.stop()
            self.changed.emit(False)  # noqa: FBT003

    def _play(self) -> None:
        row = self._player.row
        if row is None or row.clip.media is None or row.error is not None or row.missing:
            self._next()
        else:
            self._has_played = True
            self._player.skim()

    def _next(self) -> None:
        if self._running and not self._go_on():
            self.stop()
            if not self._has_played:
                self.barren.emit()
