"""Transfer: bring one file from a place to another so that a kill at any point can be mended.

Knows the file system only. Nothing is ever overwritten: a name is first taken with an empty file
of our own, which fails if anything is there, and then replaced by the whole file in one rename.
Each function may be called again after it was cut off anywhere, with `again` set: it cleans up
what it left behind and goes on.
"""

import os
import shutil
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from threading import Event

from footage_sorter.domain.clip import FileStamp
from footage_sorter.domain.filing import Obstacle

CHUNK_BYTES = 1 << 20
CLOCK_NS = 2_000_000_000
"""A copy's time is as exact as its drive keeps it: 2 s on FAT, 10 ms on exFAT, 100 ns on NTFS."""


class TransferStopped(Exception):
    """The file stays where it is, whole; why, and the system's words for it."""

    def __init__(self, obstacle: Obstacle, detail: str = "") -> None:
        super().__init__(f"{obstacle}: {detail}")
        self.obstacle = obstacle
        self.detail = detail


class TransferCancelled(Exception):
    """A person stopped it; the file stays where it is, whole."""


def stamp_of(path: Path) -> FileStamp | None:
    """The stamp of a file; None where there is none."""
    try:
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return FileStamp(found.st_size, found.st_mtime_ns)


def is_same(found: FileStamp | None, stamp: FileStamp) -> bool:
    """Whether a file, or a copy of it on any drive, is as `stamp` says."""
    if found is None or found.size_bytes != stamp.size_bytes:
        return False
    return abs(found.mtime_ns - stamp.mtime_ns) <= CLOCK_NS


def move(
    source: Path, target: Path, stamp: FileStamp, part: Path, cancel: Event, *, again: bool
) -> None:
    """Move a file: by one rename on the same drive, else by a verified copy.

    Args:
        source: The file.
        target: Free name for it; its folder is made.
        stamp: Of the file; one with another stamp is left alone.
        part: Name beside `target` for a copy in the making; nobody else uses it.
        cancel: Stops a copy between two chunks.
        again: It was begun before and cut off.

    Raises:
        TransferStopped: Something is in the way.
        TransferCancelled: `cancel` was set.
        OSError: The drive refuses.
    """
    if again and _finish(source, target, stamp, part, cancel, moves=True):
        return
    found = _check(source, stamp)
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.lstat().st_dev == target.parent.stat().st_dev:
        _put(source, target)
        sync_folder(source.parent)
        return
    _copy_whole(source, target, part, cancel)
    _remove_copied(source, found)


def copy(
    source: Path, target: Path, stamp: FileStamp, part: Path, cancel: Event, *, again: bool
) -> None:
    """Copy a file with its times; the copy is read back and compared before it gets its name.

    Arguments and errors as for `move`.
    """
    if again and _finish(source, target, stamp, part, cancel, moves=False):
        return
    _check(source, stamp)
    target.parent.mkdir(parents=True, exist_ok=True)
    _copy_whole(source, target, part, cancel)


def link(source: Path, target: Path, stamp: FileStamp) -> None:
    """Make a link to a file; a hard one where the system or the drive has no symbolic ones."""
    if is_link_to(target, source):
        return
    _check(source, stamp)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.symlink_to(source)
    except FileExistsError as error:
        raise TransferStopped(Obstacle.TAKEN) from error
    except OSError:  # Windows without the right to, memory cards' file systems
        target.hardlink_to(source)
    sync_folder(target.parent)


def is_link_to(path: Path, source: Path) -> bool:
    """`path` is another name of `source`, or a link to it."""
    if path.is_symlink():
        # Windows gives the long form of the path back.
        return Path(str(path.readlink()).removeprefix("\\\\?\\")) == source
    with suppress(OSError):
        return path.exists() and path != source and path.samefile(source)
    return False


def clear(target: Path, part: Path) -> bool:
    """Clean up after a try that was cut off and whose source is still there.

    Returns:
        Whether a file is at `target`: the whole copy, or somebody else's.
    """
    part.unlink(missing_ok=True)
    there = stamp_of(target)
    if there is not None and there.size_bytes == 0:
        target.unlink()  # the name that we took, still empty
        return False
    return there is not None


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` durable, where the system lets a folder be opened."""
    with suppress(OSError):  # Windows refuses to open folders; some network drives to sync them
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _check(source: Path, stamp: FileStamp) -> FileStamp:
    """The stamp that a file has now, which is the same but for what its drive rounds off."""
    found = stamp_of(source)
    if found is None:
        raise TransferStopped(Obstacle.MISSING)
    if not is_same(found, stamp):
        raise TransferStopped(Obstacle.CHANGED)
    return found


def _put(source: Path, target: Path) -> None:
    """Give a file on the same drive a name that nobody has."""
    try:
        number = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
    except FileExistsError as error:
        raise TransferStopped(Obstacle.TAKEN) from error
    os.close(number)
    try:
        source.replace(target)
    except OSError:
        target.unlink()
        raise
    sync_folder(target.parent)


def _finish(
    source: Path, target: Path, stamp: FileStamp, part: Path, cancel: Event, *, moves: bool
) -> bool:
    """Clean up after a try that was cut off; tell whether nothing is left to do."""
    found = stamp_of(source)
    if found is None:
        part.unlink(missing_ok=True)
        there = stamp_of(target)
        return moves and there is not None and there.size_bytes == stamp.size_bytes
    if not clear(target, part):
        return False
    if digest(target, cancel) != digest(source, cancel):
        raise TransferStopped(Obstacle.TAKEN)
    if moves:
        _remove_copied(source, found)
    return True


def _copy_whole(source: Path, target: Path, part: Path, cancel: Event) -> None:
    try:
        copied = _copy_bytes(source, part, cancel)
        shutil.copystat(source, part)
        _compare(part, copied, cancel)
        _put(part, target)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _compare(part: Path, copied: bytes, cancel: Event) -> None:
    if digest(part, cancel) != copied:
        raise TransferStopped(Obstacle.DIFFERS)


def _copy_bytes(source: Path, part: Path, cancel: Event) -> bytes:
    """Copy onto the disk; return the digest of what was read."""
    reading = blake2b()
    with source.open("rb") as file, part.open("xb") as out:
        while chunk := file.read(CHUNK_BYTES):
            if cancel.is_set():
                raise TransferCancelled
            reading.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return reading.digest()


def digest(path: Path, cancel: Event) -> bytes:
    """BLAKE2b of a whole file."""
    whole = blake2b()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            if cancel.is_set():
                raise TransferCancelled
            whole.update(chunk)
    return whole.digest()


def _remove_copied(source: Path, stamp: FileStamp) -> None:
    """End a move to another drive: the copy is whole and on the disk, the first one goes.

    It has the very stamp that it had before it was read, or it stays.
    """
    if stamp_of(source) != stamp:
        raise TransferStopped(Obstacle.CHANGED)
    source.unlink()
    sync_folder(source.parent)
