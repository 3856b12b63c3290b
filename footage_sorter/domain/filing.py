"""Filing: copying, moving, linking or trashing clips, as steps that can be resumed and undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from footage_sorter.domain.clip import ClipId, FileStamp


class Deed(StrEnum):
    """What happens to a file."""

    COPY = "copy"
    MOVE = "move"
    LINK = "link"
    TRASH = "trash"


class Grouping(StrEnum):
    """What the folders below the chosen one are made of."""

    NONE = "none"
    VERDICT = "verdict"
    DAY = "day"
    CAMERA = "camera"


class State(StrEnum):
    """How far a step is. What is begun or returning may have been cut off at any point."""

    PLANNED = "planned"
    BEGUN = "begun"
    DONE = "done"
    FAILED = "failed"  # and the file is where it was
    RETURNING = "returning"
    UNDONE = "undone"


class Obstacle(StrEnum):
    """Why a file was not, or will not be, touched."""

    MISSING = "missing"
    CHANGED = "changed"
    TAKEN = "taken"
    THERE_ALREADY = "there_already"
    NOT_REJECTED = "not_rejected"
    DIFFERS = "differs"
    NO_TRASH = "no_trash"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Step:
    """One file of an operation.

    Attributes:
        number: Its place in the operation, from 0.
        source: Where the file was when it was planned.
        target: Where it goes; None for the trash, until it is known where it lies there.
        stamp: Of the file when it was planned: another file at `source` is left alone.
        clip_id: The clip; None for what goes along with one (an XMP sidecar).
        obstacle: Why the last try failed.
        detail: The system's words for it.
    """

    number: int
    deed: Deed
    source: Path
    target: Path | None
    stamp: FileStamp
    clip_id: ClipId | None = None
    state: State = State.PLANNED
    obstacle: Obstacle | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that an operation will not touch."""

    path: Path
    obstacle: Obstacle


@dataclass(frozen=True, slots=True)
class FilePlan:
    """What would happen: nothing has yet.

    Attributes:
        root: The chosen folder; None for the trash.
        needed_bytes: Room that the copies take on the root's drive.
        free_bytes: Room that there is.
    """

    deed: Deed
    root: Path | None
    steps: tuple[Step, ...]
    left_out: tuple[LeftOut, ...] = ()
    needed_bytes: int = 0
    free_bytes: int = 0

    @property
    def has_room(self) -> bool:
        """Everything fits."""
        return self.needed_bytes <= self.free_bytes


@dataclass(frozen=True, slots=True)
class Operation:
    """A plan that was begun, as the journal has it.

    Attributes:
        id: Number in the library's journal; never used twice.
        begun_at_ns: When, nanoseconds since 1970.
    """

    id: int
    begun_at_ns: int
    root: Path | None
    steps: Sequence[Step]

    @property
    def unfinished(self) -> bool:
        """It was cut off: it can be resumed or undone."""
        cut_off = (State.PLANNED, State.BEGUN, State.RETURNING)
        return any(step.state in cut_off for step in self.steps)

    @property
    def undoable(self) -> bool:
        """There is something to take back."""
        return any(step.state in (State.BEGUN, State.DONE, State.RETURNING) for step in self.steps)
