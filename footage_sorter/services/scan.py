"""Scan: from the folders that a person names to the clips of the library.

Knows the file system, the store and the prober. Every file is found before the first is read, so
that a window can show its rows at once.
"""

import logging
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from footage_sorter.domain.clip import Clip, ClipId, FileStamp, MediaInfo
from footage_sorter.domain.errors import ClipError, FolderUnreadable, PathMissing, Why
from footage_sorter.media.probe import content_id
from footage_sorter.store.clips import ClipStore

log = logging.getLogger(__name__)

VIDEO_SUFFIXES = frozenset(
    ".3g2 .3gp .asf .avi .divx .dv .f4v .flv .insv .m2t .m2ts .m2v .m4v .mkv .mod .mov .mp4 .mpe "
    ".mpeg .mpg .mts .mxf .ogm .ogv .qt .tod .ts .vob .webm .wmv".split()
)
"""Endings, in lower case, by which a file in a folder is taken for a clip."""

PASSING = frozenset({Why.MISSING, Why.FORBIDDEN, Why.UNREADABLE, Why.STALLED, Why.UNJUDGED})
"""Troubles of the moment (a drive pulled out, or asleep; no memory left): told, but not kept."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file is in the library; it was not read yet, unless the library knew it."""

    clip: Clip


@dataclass(frozen=True, slots=True)
class Read:
    """A clip was probed.

    Attributes:
        replaced: Row of the file as found, where it turned out to be a clip that moved here.
    """

    clip: Clip
    replaced: ClipId | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """A clip cannot be used."""

    clip: Clip
    error: ClipError


@dataclass(frozen=True, slots=True)
class Gone:
    """A clip of the library is not where it was."""

    clip: Clip


@dataclass(frozen=True, slots=True)
class FolderFailed:
    """A folder could not be listed; the scan goes on without it."""

    error: FolderUnreadable


ScanOutcome = Found | Read | Failed | Gone | FolderFailed

Probe = Callable[[Path, Event], MediaInfo]
"""Reads what a file is; raises ClipError. See `Instruments.probe`."""


def scan(
    paths: Sequence[Path],
    store: ClipStore,
    cancel: Event,
    probe: Probe,
    *,
    may_be_gone: bool = False,
    anew: bool = False,
) -> Generator[ScanOutcome, None, None]:
    """Bring the clips below `paths` into the library; yield each outcome once it is stored.

    Args:
        paths: Folders and files.
        store: The library.
        cancel: Ends the scan.
        probe: Reads what a file is.
        may_be_gone: A path that does not exist is no error where the library knows clips of it,
            as of a drive that was unplugged: those are missing now.
        anew: What could not be read before is read again, though it did not change.

    Raises:
        PathMissing: One of `paths` does not exist; nothing was stored.
    """
    folders = [absolute(path) for path in paths]
    for path, folder in zip(paths, folders, strict=True):
        if not (os.path.lexists(path) or (may_be_gone and store.clips_below([folder]))):
            raise PathMissing(path)
    unread: list[Clip] = []
    known = {} if anew else store.errors()
    for item in walk(folders):
        if cancel.is_set():
            return
        if isinstance(item, FolderUnreadable):
            yield FolderFailed(item)
        elif (clip := _noted(item, store)) is not None:
            yield Found(clip)
            if clip.id in known and clip.media is None and clip.content is not None:
                yield Failed(clip, known[clip.id])
            elif clip.media is None:
                unread.append(clip)
    yield from _find_missing(folders, store)
    for clip in unread:
        if cancel.is_set():
            return
        outcome = read_clip(clip, store, cancel, probe)
        if cancel.is_set():  # what failed may have failed of that
            return
        yield outcome


def absolute(path: Path) -> Path:
    """`path` as the library has it: absolute, without dots; a link in it stays."""
    return Path(os.path.abspath(path))  # noqa: PTH100  resolve() would follow links


def _noted(path: Path, store: ClipStore) -> Clip | None:
    """The clip of a file, in the library now; None where the file went meanwhile."""
    try:
        found = path.stat()
    except OSError as error:
        log.info("%s vanished while it was scanned: %s", path, error)
        return None
    return store.put_found(path, FileStamp(found.st_size, found.st_mtime_ns))


def read_clip(clip: Clip, store: ClipStore, cancel: Event, probe: Probe) -> Read | Failed:
    """Probe one clip and store what it says."""
    try:
        content = content_id(clip.path)
        for twin in store.same_content(content):
            if twin.id != clip.id and not twin.path.exists():
                store.set_missing([twin.id], missing=True)
        try:
            media = probe(clip.path, cancel)
        except ClipError:
            clip = store.put_read(clip, content, None)
            raise
    except ClipError as error:
        if error.why not in PASSING:
            store.put_error(clip, error)
        return Failed(clip, error)
    survivor = store.put_read(clip, content, media)
    left = store.clip(clip.id)  # files that swapped names: the row may live on at another path
    return Read(survivor, clip.id if left is None or left.id != clip.id else None)


def walk(paths: Sequence[Path]) -> Iterator[Path | FolderUnreadable]:
    """Yield the video files below `paths`, each once, sorted within a folder.

    A file that is named itself is yielded whatever its ending. Hidden folders and macOS'
    "._" companions are passed over, and so is what is no file: a pipe would be read for ever.
    Links are followed, but no folder is entered twice.
    """
    seen: set[tuple[int, int]] = set()
    for path in map(absolute, paths):
        if path.is_dir():
            yield from _walk_folder(path, seen)
        elif path.is_file() and _first_time(path, seen):
            yield path


def _walk_folder(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path | FolderUnreadable]:
    if not _first_time(folder, seen):
        return
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name.casefold())
    except OSError as error:
        yield FolderUnreadable(folder, error.strerror or str(error))
        return
    folders = []
    for entry in entries:
        path = folder / entry.name
        try:
            is_folder, is_file = entry.is_dir(), entry.is_file()
        except OSError:  # a ring of links
            continue
        if is_folder:
            if not entry.name.startswith("."):
                folders.append(path)
        elif (
            is_file
            and not entry.name.startswith("._")
            and path.suffix.lower() in VIDEO_SUFFIXES
            and _first_time(path, seen)
        ):
            yield path
    for path in folders:
        yield from _walk_folder(path, seen)


def _first_time(path: Path, seen: set[tuple[int, int]]) -> bool:
    """Note a path's inode; hard links and links into a folder already walked come up again."""
    try:
        found = path.stat()
    except OSError:
        return True  # the caller finds out why
    key = (found.st_dev, found.st_ino)
    if found.st_ino and key in seen:  # some network drives give every file the inode 0
        return False
    seen.add(key)
    return True


def _find_missing(folders: Sequence[Path], store: ClipStore) -> Iterator[Gone]:
    """Note the clips of the library below `folders` whose file is gone; their marks stay."""
    gone = [clip for clip in store.clips_below(folders) if not clip.path.exists()]
    store.set_missing([clip.id for clip in gone], missing=True)
    for clip in gone:
        yield Gone(clip)
