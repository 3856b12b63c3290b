"""Watching folders: says when something in them has changed. Reads no file and walks no folder."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

CALM_MS = 2000
"""A copy in progress changes its folder again and again; it is looked at when that has ended."""


class FolderWatch(QObject):
    """Watches folders, and those below them that hold clips of the library.

    The folder above each is watched, too: it tells that the folder itself went, as of a drive that
    was unplugged, and that it came back.

    Signals:
        changed: list of the watched folders (Path) in which something has changed, or that are
            watched from now on, went or came back.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None, calm_ms: int = CALM_MS) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._folders: tuple[Path, ...] = ()
        self._below: set[Path] = set()
        self._there: set[Path] = set()  # those of the folders that existed at the last look
        self._stirred: set[Path] = set()
        self._calm = QTimer(self, singleShot=True, interval=calm_ms)
        self._calm.timeout.connect(self._tell)
        self._watcher.directoryChanged.connect(self._on_changed)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that a person wants watched."""
        return self._folders

    def watch(self, folders: Iterable[Path], with_clips: Iterable[Path] = ()) -> None:
        """Watch `folders`, and of the folders `with_clips` those that lie below one of them.

        A folder that was not watched before is told at once.
        """
        self._folders = tuple(folders)
        self._below = {one for one in with_clips if any(map(one.is_relative_to, self._folders))}
        came = self._attend()
        if came:
            self.changed.emit(sorted(came))

    def _attend(self) -> set[Path]:
        """Let the system watch what is there now; which of the folders came or went since."""
        before, self._there = self._there, set(filter(Path.is_dir, self._folders))
        # A folder that is renamed is not told of itself, only of the one above it.
        ends = {_nearest(end) for one in self._folders for end in (one, one.parent)}
        wanted = {str(one) for one in ends.union(filter(Path.is_dir, self._below))}
        watched = set(self._watcher.directories())
        if watched - wanted:
            self._watcher.removePaths(sorted(watched - wanted))
        if wanted - watched:
            self._watcher.addPaths(sorted(wanted - watched))
        return (before ^ self._there).intersection(self._folders)

    def stop(self) -> None:
        """Say nothing any more."""
        self._calm.stop()
        self.watch(())

    def _on_changed(self, folder: str) -> None:
        self._stirred.update(one for one in self._folders if Path(folder).is_relative_to(one))
        self._calm.start()  # also where it is a folder above: one may have come or gone

    def _tell(self) -> None:
        stirred, self._stirred = self._stirred, set()
        stirred |= self._attend()
        if stirred:
            self.changed.emit(sorted(stirred))


def _nearest(folder: Path) -> Path:
    """A folder, or where it is not there the nearest one above it that is."""
    return next((one for one in (folder, *folder.parents) if one.is_dir()), folder)
