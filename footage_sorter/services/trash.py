"""Trash: send a file to the system's trash, and find it there again.

`send2trash` knows each system's way; it does not tell where the file went. On Linux and macOS the
trash is a folder that can be searched, elsewhere a person restores the file by hand.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from send2trash import TrashPermissionError, send2trash  # type: ignore[import-untyped]

from footage_sorter.domain.clip import FileStamp
from footage_sorter.domain.filing import Obstacle
from footage_sorter.services.transfer import TransferStopped, is_same, stamp_of


def send(path: Path, stamp: FileStamp) -> Path | None:
    """Put a file into the trash.

    Returns:
        Where it lies now; None where the system does not show that.

    Raises:
        TransferStopped: The file's drive has no trash that may be used.
        OSError: The drive refuses.
    """
    try:
        send2trash(path)
    except TrashPermissionError as error:
        raise TransferStopped(Obstacle.NO_TRASH, str(error)) from error
    return find(path, stamp)


def find(path: Path, stamp: FileStamp) -> Path | None:
    """Where the file that was at `path` lies in the trash; None where it cannot be found."""
    for folder in _folders(path):
        with suppress(OSError):  # there is none; or macOS, which shows the trash to few programs
            for found in folder.iterdir():
                # A trash that holds the name already adds a number to it.
                if found.name.startswith(path.stem) and is_same(stamp_of(found), stamp):
                    return found
    return None


def forget(found: Path) -> None:
    """Remove the note that the trash kept of a file that was taken out of it again."""
    (found.parent.parent / "info" / f"{found.name}.trashinfo").unlink(missing_ok=True)


def _folders(path: Path) -> Iterator[Path]:
    """Folders in which the trash keeps what was at `path`.

    Source: the freedesktop.org trash specification 1.0; Finder's folders on macOS.
    """
    if sys.platform == "win32":
        return
    volume = path.parent
    while not volume.is_mount():
        volume = volume.parent
    user = str(os.getuid())
    if sys.platform == "darwin":
        yield Path.home() / ".Trash"
        yield volume / ".Trashes" / user
        return
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    yield Path(data) / "Trash" / "files"
    yield volume / ".Trash" / user / "files"
    yield volume / f".Trash-{user}" / "files"
