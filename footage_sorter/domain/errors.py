"""Errors as types with data; the sentences are in `words`.

FootageError                expected trouble: the disk, the file or the machine, not our code
├── ClipError               one clip cannot be used; the others can
├── PathMissing             a path that was named does not exist
├── NothingFound            no clip below the paths that were named
├── FolderUnreadable        a folder's list cannot be read
├── LibraryTooNew           a newer release wrote the library
├── LibraryDamaged          the library file is broken; it was kept aside
├── SettingsDamaged         the settings file is broken; it was kept aside
├── NotALibrary             the file that was named as library is something else; left alone
├── LibraryBusy             another program holds the library
├── LibraryUnavailable      the library cannot be opened or written (rights, full disk, I/O error)
├── OutputFailed            a file that was asked for cannot be written
├── NothingKept             no clip is marked to be kept, or none can be used
├── NothingLearned          nothing that was learned from marks is in use
├── ExchangeRefused         another program's file cannot be read back, or is hostile
├── DecoderUnavailable      the process that decodes cannot be started
├── NothingToTrain          no classifier can be made of the clips at hand
├── TrainerMissing          the trainer was left out of this installation
├── TrainerStopped          the trainer's process ended early
├── ClassifierRefused       a classifier is incomplete, damaged, hostile or too new
├── InferenceUnavailable    the networks cannot run on this machine
├── JudgesLost              what judges was lost over what it judged
└── WindowUnavailable       no display, or a library of the system is missing
"""

from enum import StrEnum
from pathlib import Path
from typing import Any

from footage_sorter.domain.training import Refusal


class FootageError(Exception):
    """Expected trouble: the disk, the file or the machine, not our code.

    It passes from one process to another whole, whatever its constructor takes.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle type, words and data; `Exception` would call the constructor with its words."""
        return _raised_elsewhere, (type(self), self.args, self.__dict__)


def _raised_elsewhere(
    kind: type[FootageError], args: tuple[object, ...], data: dict[str, object]
) -> FootageError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(data)
    return error


class Why(StrEnum):
    """Why a clip cannot be read: the `kind` in the JSON document."""

    MISSING = "missing"
    FORBIDDEN = "forbidden"
    EMPTY = "empty"
    NOT_VIDEO = "not_video"
    NO_INDEX = "no_index"
    NO_PICTURE = "no_picture"
    DAMAGED = "damaged"
    UNSUPPORTED = "unsupported"
    UNREADABLE = "unreadable"
    CRASHED = "crashed"
    STALLED = "stalled"
    UNJUDGED = "unjudged"


class ClipError(FootageError):
    """One clip cannot be used; the others can."""

    def __init__(self, path: Path, why: Why, detail: str = "") -> None:
        super().__init__(f"{path}: {why}{': ' if detail else ''}{detail}")
        self.path = path
        self.why = why
        self.detail = detail


class PathMissing(FootageError):
    """A path that was named does not exist."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class NothingFound(FootageError):
    """No clip lies below the paths that were named."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        self.where = ", ".join(map(str, paths))
        super().__init__(self.where)
        self.paths = paths


class FolderUnreadable(FootageError):
    """A folder's list cannot be read."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(f"{path}: {detail}")
        self.path = path
        self.detail = detail


class LibraryTooNew(FootageError):
    """The library file was written by a newer release than this one; it is left untouched."""

    def __init__(self, path: Path, found: int, supported: int) -> None:
        super().__init__(f"{path}: library schema {found}, but only up to {supported} is known")
        self.path = path
        self.found = found
        self.supported = supported


class _KeptAside(FootageError):
    """A file of the program's own is broken; where it could be, it was kept under another name."""

    def __init__(self, path: Path, kept_as: Path | None, detail: str) -> None:
        super().__init__(f"{path}: {detail}")
        self.path = path
        self.kept_as = kept_as
        self.detail = detail


class LibraryDamaged(_KeptAside):
    """The library file is broken. It was kept aside and nothing in it was changed.

    Attributes:
        clips: Of how many clips was said what the library that was begun in its place holds.
    """

    def __init__(self, path: Path, kept_as: Path | None, detail: str, clips: int = 0) -> None:
        super().__init__(path, kept_as, detail)
        self.clips = clips


class SettingsDamaged(_KeptAside):
    """The settings file is broken. It was kept aside, and the defaults hold."""


class NotALibrary(FootageError):
    """The file that was named as library is something else; it is left untouched."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class LibraryBusy(FootageError):
    """Another program holds the library."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class LibraryUnavailable(FootageError):
    """The library cannot be opened or written: rights, a full disk, an error of the drive."""

    def __init__(self, path: Path, detail: str, *, disk_full: bool = False) -> None:
        super().__init__(f"{path}: {detail}")
        self.path = path
        self.detail = detail
        self.disk_full = disk_full


class OutputFailed(FootageError):
    """A file that was asked for cannot be written."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(f"{path}: {detail}")
        self.path = path
        self.detail = detail


class NothingKept(FootageError):
    """No clip is marked to be kept, or none of them can be read."""


class NothingLearned(FootageError):
    """Nothing that was learned from marks is in use."""


class ExchangeRefused(FootageError):
    """A file of another program cannot be read back: broken, hostile or another dialect.

    Nothing was changed.
    """

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(f"{path}: {detail}")
        self.path = path
        self.detail = detail


class DecoderUnavailable(FootageError):
    """The process that decodes cannot be started, or ends at once: no clip can be read."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class ClassifierRefused(FootageError):
    """A classifier cannot be used: its folder is incomplete, damaged, hostile or too new.

    Attributes:
        where: Its folder, or its name.
    """

    def __init__(self, where: str, detail: str) -> None:
        super().__init__(f"{where}: {detail}")
        self.where = where
        self.detail = detail


class NothingToTrain(FootageError):
    """No classifier can be made of the clips at hand.

    Attributes:
        about: Name of the class or the backbone, or what the machine says; "" where there is none.
    """

    def __init__(self, refusal: Refusal, about: str = "") -> None:
        super().__init__(f"{refusal}: {about}")
        self.refusal = refusal
        self.about = about


class TrainerMissing(FootageError):
    """The trainer was left out of this installation."""


class TrainerStopped(FootageError):
    """The trainer's process ended early. What it saw is kept: the next run goes on from there."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class InferenceUnavailable(FootageError):
    """The networks cannot run: weights missing, damaged or of another version, or no device."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class JudgesLost(FootageError):
    """The process that judges was lost over what it was asked, and another one, too; or it hung.

    Attributes:
        hung: Whether it was ended because it no longer answered.
    """

    def __init__(self, detail: str, *, hung: bool) -> None:
        super().__init__(detail)
        self.detail = detail
        self.hung = hung


class WindowUnavailable(FootageError):
    """The window cannot open: no display, or a library of the system is missing.

    Attributes:
        package: The system's package that brings what is missing; "" where it is the display.
    """

    def __init__(self, detail: str, package: str = "") -> None:
        super().__init__(detail)
        self.detail = detail
        self.package = package
