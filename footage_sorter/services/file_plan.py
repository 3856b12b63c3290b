"""File plan: what copying, moving, linking or trashing some clips would do. Touches nothing."""

import os
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from footage_sorter.domain.clip import Clip, ClipId, FileStamp, Mark
from footage_sorter.domain.errors import ExchangeRefused, OutputFailed
from footage_sorter.domain.filing import (
    Deed,
    FilePlan,
    Grouping,
    LeftOut,
    Obstacle,
    Operation,
    State,
    Step,
)
from footage_sorter.domain.rating import Verdict
from footage_sorter.domain.row import ClipRow
from footage_sorter.services.handoff.sidecars import Folders
from footage_sorter.services.transfer import is_link_to, is_same, stamp_of

NAME_BYTES = 255
"""Longest name that common file systems allow."""

_VERDICT_FOLDERS = {
    Verdict.USABLE: "Usable",
    Verdict.PARTLY: "Partly usable",
    Verdict.UNUSABLE: "Unusable",
}
_UNRATED = "Not rated"
_NO_CAMERA = "Unknown camera"
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_FOLDER_BYTES = 100


@dataclass(frozen=True, slots=True)
class FileRequest:
    """What a person asks for.

    Attributes:
        root: Where the files go; None for the trash.
        by: What the folders below it are made of.
    """

    deed: Deed
    root: Path | None = None
    by: Grouping = Grouping.NONE

    def __post_init__(self) -> None:
        if (self.root is None) != (self.deed is Deed.TRASH):
            raise ValueError("the trash has no root, all else needs one")


def plan_files(rows: Sequence[ClipRow], request: FileRequest) -> FilePlan:
    """Plan what `request` means for `rows`, the dry run.

    Only clips that a person rejected go to the trash. A name that is taken gets a number. XMP
    sidecars go with their clip.
    """
    steps: list[Step] = []
    left_out: list[LeftOut] = []
    names, folders = _Names(), Folders()
    planned: set[Path] = set()

    def add(source: Path, target: Path | None, stamp: FileStamp, clip_id: ClipId | None) -> None:
        planned.add(source)
        steps.append(Step(len(steps), request.deed, source, target, stamp, clip_id))

    for row in rows:
        path = row.clip.path
        try:
            stamp = _check(row, request)
            target = _target(row, stamp, request, names)
        except _LeaveOut as reason:
            left_out.append(LeftOut(path, reason.obstacle))
            continue
        if path in planned:
            continue
        add(path, target, stamp, row.clip.id)
        for sidecar, side_stamp in _sidecars(path, folders):
            add(sidecar, target and _beside(sidecar, path, target, names), side_stamp, None)
    needed, free = _room(steps, request)
    return FilePlan(request.deed, request.root, tuple(steps), tuple(left_out), needed, free)


def planned_again(operation: Operation) -> FilePlan:
    """Plan what an operation did that was taken back since, file by file."""
    undone = [step for step in operation.steps if step.state is State.UNDONE]
    steps = [
        replace(
            step,
            number=number,
            target=None if step.deed is Deed.TRASH else step.target,
            state=State.PLANNED,
            obstacle=None,
            detail="",
        )
        for number, step in enumerate(undone)
    ]
    deed = operation.steps[0].deed
    needed, free = _room(steps, FileRequest(deed, operation.root))
    return FilePlan(deed, operation.root, tuple(steps), (), needed, free)


def concerned(rows: Sequence[ClipRow], deed: Deed) -> list[ClipRow]:
    """The clips that a deed is for: the rejected ones for the trash, the kept ones for all else."""
    mark = Mark.REJECT if deed is Deed.TRASH else Mark.KEEP
    return [row for row in rows if row.decision.mark is mark]


class _LeaveOut(Exception):
    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle)
        self.obstacle = obstacle


def _check(row: ClipRow, request: FileRequest) -> FileStamp:
    """The stamp of a row's file, if it may be touched."""
    if request.deed is Deed.TRASH and row.decision.mark is not Mark.REJECT:
        raise _LeaveOut(Obstacle.NOT_REJECTED)
    try:
        stamp = stamp_of(row.clip.path)
    except OSError as error:
        raise _LeaveOut(Obstacle.SYSTEM) from error
    if stamp is None:
        raise _LeaveOut(Obstacle.MISSING)
    if stamp != row.clip.stamp:
        raise _LeaveOut(Obstacle.CHANGED)
    return stamp


class _Names:
    """Names that the plan gave away, compared as a file system does that ignores case."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def free(self, wanted: Path, is_same: Callable[[Path], bool]) -> Path:
        """`wanted`, or it with a number, so that nothing is there; or the file itself."""
        number = 1
        path = wanted
        while not is_same(path) and (str(path).casefold() in self._given or os.path.lexists(path)):
            number += 1
            path = wanted.with_name(_numbered(wanted, number))
        self._given.add(str(path).casefold())
        return path

    def take(self, wanted: Path) -> Path | None:
        """`wanted`, if nothing is there."""
        if str(wanted).casefold() in self._given or os.path.lexists(wanted):
            return None
        self._given.add(str(wanted).casefold())
        return wanted


def _target(row: ClipRow, stamp: FileStamp, request: FileRequest, names: _Names) -> Path | None:
    """A free name below the root; None for the trash."""
    if request.root is None:
        return None
    source = row.clip.path

    def is_there(path: Path) -> bool:
        """The file is at `path` already, by its stamp, which copies keep."""
        match request.deed:
            case Deed.COPY:
                return path == source or is_same(stamp_of(path), stamp)
            case Deed.LINK:
                return path == source or is_link_to(path, source)
        return path == source

    target = names.free(request.root / _folder(row, request.by) / source.name, is_there)
    if is_there(target):
        raise _LeaveOut(Obstacle.THERE_ALREADY)
    return target


def _folder(row: ClipRow, by: Grouping) -> str:
    match by:
        case Grouping.VERDICT:
            return _UNRATED if row.rating is None else _VERDICT_FOLDERS[row.rating.verdict]
        case Grouping.DAY:
            return _day(row.clip).strftime("%Y-%m-%d")
        case Grouping.CAMERA:
            camera = row.clip.media.camera if row.clip.media else None
            return _safe(camera or "") or _NO_CAMERA
        case Grouping.NONE:
            return ""


def _day(clip: Clip) -> datetime:
    if clip.media is not None and clip.media.recorded_at is not None:
        return clip.media.recorded_at
    try:
        return datetime.fromtimestamp(clip.stamp.mtime_ns / 1e9, UTC).astimezone()
    except (OverflowError, ValueError, OSError):  # a time that no calendar has
        return datetime.fromtimestamp(0, UTC)


def _safe(name: str) -> str:
    """`name` as a folder's name on any system; "" where nothing of it can stay."""
    cleaned = _FORBIDDEN.sub("_", name).strip(" .")
    return os.fsencode(cleaned)[:_FOLDER_BYTES].decode("utf-8", "ignore").strip(" .")


def _numbered(path: Path, number: int) -> str:
    """The name of `path` with a number, "clip (2).mp4"; its stem cut where that were too long."""
    end = os.fsencode(f" ({number}){path.suffix}")
    stem = os.fsencode(path.stem)[: NAME_BYTES - len(end)]
    while stem and (stem[-1] & 0xC0) == 0x80:  # not in the middle of a UTF-8 letter
        stem = stem[:-1]
    return os.fsdecode(stem + end)


def _sidecars(clip: Path, folders: Folders) -> list[tuple[Path, FileStamp]]:
    """XMP files that are the clip's alone: one that another clip may own stays with that."""
    try:
        found = [clip.with_name(name) for name in folders.names(clip.parent).owned(clip.name)]
        stamps = [(path, stamp_of(path)) for path in found]
    except (ExchangeRefused, OSError):  # the drive goes: each step will say so
        return []
    return [(path, stamp) for path, stamp in stamps if stamp is not None]


def _beside(sidecar: Path, clip: Path, target: Path, names: _Names) -> Path:
    """The sidecar's name beside a clip that may have got another one.

    CLIP.mp4.xmp where CLIP.xmp belongs to another clip there.
    """
    long = target.with_name(f"{target.name}.xmp")
    if sidecar.name.casefold() == f"{clip.name}.xmp".casefold():
        return long
    return names.take(target.with_suffix(".xmp")) or long


def _room(steps: Sequence[Step], request: FileRequest) -> tuple[int, int]:
    """Bytes that copies need on the root's drive, and bytes that are free there."""
    if request.root is None:
        return 0, 0
    try:
        # A drive that is not there has no parent that is, either.
        there = next(
            (one for one in (request.root, *request.root.parents) if one.exists()), request.root
        )
        return _needed(steps, request, there), shutil.disk_usage(there).free
    except OSError as error:
        raise OutputFailed(request.root, error.strerror or str(error)) from error


def _needed(steps: Sequence[Step], request: FileRequest, there: Path) -> int:
    drive = there.stat().st_dev
    needed = 0
    for step in steps:
        if request.deed is Deed.COPY or (
            request.deed is Deed.MOVE and step.source.lstat().st_dev != drive
        ):
            needed += step.stamp.size_bytes
    return needed
