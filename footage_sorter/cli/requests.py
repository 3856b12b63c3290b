"""Requests: what each command was asked to do, as values."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from footage_sorter.domain.filing import Deed, Grouping
from footage_sorter.domain.order import Order
from footage_sorter.domain.settings import RejectDialect

STDOUT = "-"
SIDECARS = "xmp"
RESOLVE_CSV = "resolve-csv"
FORMATS = (
    "csv", "json", "fcpxml", "fcpxml-timeline", "premiere", "resolve", "resolve-csv", "otio", "edl",
    "report",
)  # fmt: skip
"""The names of `services.handoff.formats`, whose modules would delay every other command."""


@dataclass(frozen=True, slots=True)
class Common:
    """What every command takes.

    Attributes:
        library: The library's file; None for the user's own.
        device: Where the networks run; "none" rates with the classical scorer; None: as set.
        verbose: Log to standard error.
    """

    library: Path | None
    device: str | None
    verbose: bool


@dataclass(frozen=True, slots=True)
class Window:
    """`footage-sorter [PATH...]`."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """`footage-sorter rate PATH...`.

    Attributes:
        json: Where the JSON document goes; "-" is standard output.
        csv: Where the table as CSV goes; "-" is standard output.
        anew: Read every clip again, whatever is stored.
        sidecars: Marks that lie beside the clips are read, where the settings say so.
    """

    paths: tuple[Path, ...]
    json: str | None
    csv: str | None
    preset: str | None
    anew: bool
    sidecars: bool = True


@dataclass(frozen=True, slots=True)
class Export:
    """`footage-sorter export FORMAT OUT [PATH...]`, `footage-sorter export xmp [PATH...]`.

    Attributes:
        format: A name of `formats.FORMATS`, or "xmp".
        out: The file; "-" is standard output; None for sidecars, which lie beside the clips.
        paths: Clips below these; none: the whole library.
        kept: Only clips that are marked to keep.
        dialect: How a sidecar says that a clip is rejected; None: as the settings have it.
        dry_run: Only tell what would be written.
        like: Metadata that Resolve exported, whose columns "resolve-csv" takes over.
    """

    format: str
    out: str | None
    paths: tuple[Path, ...]
    preset: str | None
    kept: bool
    dialect: RejectDialect | None
    dry_run: bool = False
    like: Path | None = None


@dataclass(frozen=True, slots=True)
class Reel:
    """`footage-sorter reel OUT [PATH...]`: the selects of the kept clips in one film."""

    out: Path
    paths: tuple[Path, ...]
    preset: str | None
    titled: bool
    order: Order
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Files:
    """`footage-sorter files copy|move|link|trash ... [PATH...]`.

    Attributes:
        to: The folder that the files go to; None for the trash.
        by: What the folders below it are made of.
        paths: Clips below these; none: the whole library.
        preset: Limits that the verdicts come from; None: as the settings have them.
        yes: Do it; without, only what would happen is told.
    """

    deed: Deed
    to: Path | None
    by: Grouping
    paths: tuple[Path, ...]
    preset: str | None
    yes: bool


class Again(StrEnum):
    """What is done to an operation that was begun, as it is typed."""

    UNDO = "undo"
    RESUME = "resume"


@dataclass(frozen=True, slots=True)
class FilesAgain:
    """`footage-sorter files undo|resume`: of the latest operation that it can be said of.

    Attributes:
        yes: Do it; without, only what would happen is told.
    """

    how: Again
    yes: bool


@dataclass(frozen=True, slots=True)
class Team:
    """`footage-sorter team FOLDER...`.

    Attributes:
        person: Signs what was decided here; None: as the settings have it.
    """

    folders: tuple[Path, ...]
    person: str | None


@dataclass(frozen=True, slots=True)
class Read:
    """`footage-sorter read PATH`: FCPXML, our CSV or JSON, or a folder with XMP sidecars."""

    path: Path


@dataclass(frozen=True, slots=True)
class Classifiers:
    """`footage-sorter classifier add FOLDER | list | remove NAME`; neither: list.

    Attributes:
        add: The folder of one to install.
        remove: The name of one to put aside.
    """

    add: Path | None = None
    remove: str | None = None


@dataclass(frozen=True, slots=True)
class Train:
    """`footage-sorter train TITLE FOLDER...`: a classifier made from folders of clips.

    Attributes:
        title: Of the column; the classifier's name is made of it.
        folders: Each a class; or one that holds a folder for each.
        backbone: What looks at frames; "auto": the best at hand, nothing is downloaded.
        head: What looks over time; "auto": what does best.
        install: Use it at once, if it is better than always naming the commonest.
        out: Where it is written; None: in the user's data.
    """

    title: str
    folders: tuple[Path, ...]
    backbone: str
    head: str
    install: bool
    out: Path | None


@dataclass(frozen=True, slots=True)
class Learn:
    """`footage-sorter learn`: from the marks in the library to a rating "for you".

    Attributes:
        export: Where to write what is in use then; None: nowhere.
        taken: File to take over in place of learning; None: learn.
        off: Let go of what is in use.
    """

    export: Path | None
    taken: Path | None
    off: bool


@dataclass(frozen=True, slots=True)
class Demo:
    """`footage-sorter demo [FOLDER]`; None: a folder among the system's temporary files."""

    folder: Path | None


Command = (
    Window
    | Rate
    | Export
    | Reel
    | Files
    | FilesAgain
    | Team
    | Read
    | Classifiers
    | Train
    | Learn
    | Demo
)
