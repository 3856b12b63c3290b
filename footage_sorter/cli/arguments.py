"""Arguments: what may be typed after `footage-sorter`."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from footage_sorter import __version__
from footage_sorter.domain.limits import PRESETS
from footage_sorter.domain.order import Order
from footage_sorter.domain.settings import RejectDialect

COMMANDS = ("rate", "export", "reel", "demo")
DEVICES = ("auto", "cpu", "cuda", "none")
STDOUT = "-"
SIDECARS = "xmp"
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
        device: Where the networks run; "none" rates with the classical scorer.
        verbose: Log to standard error.
    """

    library: Path | None
    device: str
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
    """

    paths: tuple[Path, ...]
    json: str | None
    csv: str | None
    preset: str
    anew: bool


@dataclass(frozen=True, slots=True)
class Export:
    """`footage-sorter export FORMAT OUT [PATH...]`, `footage-sorter export xmp [PATH...]`.

    Attributes:
        format: A name of `formats.FORMATS`, or "xmp".
        out: The file; "-" is standard output; None for sidecars, which lie beside the clips.
        paths: Clips below these; none: the whole library.
        kept: Only clips that are marked to keep.
        dialect: How a sidecar says that a clip is rejected.
    """

    format: str
    out: str | None
    paths: tuple[Path, ...]
    preset: str
    kept: bool
    dialect: RejectDialect


@dataclass(frozen=True, slots=True)
class Reel:
    """`footage-sorter reel OUT [PATH...]`: the selects of the kept clips in one film."""

    out: Path
    paths: tuple[Path, ...]
    preset: str
    titled: bool
    order: Order


@dataclass(frozen=True, slots=True)
class Demo:
    """`footage-sorter demo [FOLDER]`; None: a folder in the user's data."""

    folder: Path | None


Command = Window | Rate | Export | Reel | Demo


def parse(argv: Sequence[str]) -> tuple[Common, Command]:
    """Understand a command line.

    Without a command, the words are folders for the window; a folder that is called like a
    command is written "./rate".

    Raises:
        SystemExit: The command line was wrong (2), or asked for help (0).
    """
    if argv and argv[0] in COMMANDS:
        values = _with_commands().parse_args(argv)
    else:
        values = _window().parse_args(argv)
        values.command = "window"
    common = Common(values.library, values.device, values.verbose)
    match values.command:
        case "rate":
            return common, Rate(
                tuple(values.paths), values.json, values.csv, values.preset, values.no_cache
            )
        case "demo":
            return common, Demo(values.folder)
        case "export":
            return common, _export(values)
        case "reel":
            return common, Reel(
                values.out, tuple(values.paths), values.preset, values.titles, Order(values.order)
            )
        case _:
            return common, Window(tuple(values.paths))


def _window() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="footage-sorter",
        description="Rate the clips of a shoot and keep the good ones. Opens the window, with "
        "these folders loaded. Without a window: footage-sorter rate PATH...",
        epilog="commands: footage-sorter rate|export|reel|demo --help",
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="a folder or a clip")
    parser.add_argument("--version", action="version", version=f"footage-sorter {__version__}")
    _add_common(parser)
    return parser


def _with_commands() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="footage-sorter")
    commands = parser.add_subparsers(dest="command", required=True)

    rate = commands.add_parser("rate", help="rate clips without a window")
    rate.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a folder or a clip")
    rate.add_argument("--json", metavar="FILE", help="write the ratings as JSON; - for stdout")
    rate.add_argument("--csv", metavar="FILE", help="write the ratings as CSV; - for stdout")
    _add_preset(rate)
    rate.add_argument(
        "--no-cache", action="store_true", help="read every clip again, whatever is stored"
    )
    _add_common(rate)

    export = commands.add_parser("export", help="take the result to another program")
    export.add_argument("format", choices=(*FORMATS, SIDECARS), help="what to write")
    export.add_argument(
        "words",
        nargs="*",
        metavar="OUT PATH...",
        help="the file, then folders or clips; for xmp, "
        "which writes beside the clips, no file. Without a PATH: the whole library",
    )
    export.add_argument("--kept", action="store_true", help="only clips that are marked to keep")
    export.add_argument(
        "--dialect",
        choices=list(RejectDialect),
        default=RejectDialect.BOTH,
        help="how xmp says that a clip is rejected",
    )
    _add_preset(export)
    _add_common(export)

    reel = commands.add_parser("reel", help="join the selects of the kept clips into one film")
    reel.add_argument("out", type=Path, metavar="OUT", help="the film, OUT.mp4")
    reel.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="a folder or a clip")
    reel.add_argument("--titles", action="store_true", help="show each clip's name")
    reel.add_argument("--order", choices=list(Order), default=Order.SHOWN)
    _add_preset(reel)
    _add_common(reel)

    demo = commands.add_parser("demo", help="make a folder of small clips with known faults")
    demo.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="where to make it (a new folder)"
    )
    _add_common(demo)
    return parser


def _export(values: argparse.Namespace) -> Export:
    """Tell the file from the folders: sidecars need no file."""
    words = list(values.words)
    out = None
    if values.format != SIDECARS:
        if not words:
            raise SystemExit(_missing_out())
        out = words.pop(0)
    return Export(
        values.format,
        out,
        tuple(map(Path, words)),
        values.preset,
        values.kept,
        RejectDialect(values.dialect),
    )


def _missing_out() -> int:
    sys.stderr.write("footage-sorter export: name the file to write, or - for standard output\n")
    return 2


def _add_preset(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--preset", choices=sorted(PRESETS), default="daylight", help="limits to rate by"
    )


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--device", choices=DEVICES, default="auto", help="where the networks run")
    parser.add_argument("--library", type=Path, metavar="FILE", help="another library than yours")
    parser.add_argument("--verbose", action="store_true", help="log to standard error")
