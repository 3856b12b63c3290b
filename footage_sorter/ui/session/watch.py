"""Watching folders: says when something in them has changed. Reads no file and walks no folder."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

CALM_MS = 2000
"""A copy in progress changes its folder again and again; it is looked at when that has ended."""


class FolderWatch(QObject):
    """Watches folders, and those below them that hold clips of the library.

    Signals:
        changed: list of the watched folders (Path) in which something has changed.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None, calm_ms: int = CALM_MS) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._folders: tuple[Path, ...] = ()
        self._stirred: set[Path] = set()
        self._calm = QTimer(self, singleShot=True, interval=calm_ms)
        self._calm.timeout.connect(self._tell)
        self._watcher.directoryChanged.connect(self._on_changed)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that a person wants watched."""
        return self._folders

    def watch(self, folders: Iterable[Path], with_clips: Iterable[Path] = ()) -> None:
        """Watch `folders`, and of the folders `with_clips` those that lie below one of them."""
        self._folders = tuple(folders)
        below = {one for one in with_clips if any(map(one.is_relative_to, self._folders))}
        wanted = {str(one) for one in below.union(self._folders)}
        watched = set(self._watcher.directories())
        if watched - wanted:
            self._watcher.removePaths(sorted(watched - wanted))
        there = sorted(one for one in wanted - watched if Path(one).is_dir())
        if there:
            self._watcher.addPaths(there)

    def stop(self) -> None:
        """Say nothing any more."""
        self._calm.stop()
        self.watch(())

    def _on_changed(self, folder: str) -> None:
        inside = (one for one in self._folders if Path(folder).is_relative_to(one))
        self._stirred.update(inside)
        self._calm.start()

    def _tell(self) -> None:
        stirred, self._stirred = sorted(self._stirred), set()
        there = [one for one in stirred if one.is_dir()]
        if there:
            self.changed.emit(there)
