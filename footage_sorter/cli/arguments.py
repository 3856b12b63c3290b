"""Arguments: what may be typed after `footage-sorter`."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from footage_sorter import __version__
from footage_sorter.domain.limits import PRESETS

COMMANDS = ("rate", "demo")
DEVICES = ("auto", "cpu", "cuda", "none")
STDOUT = "-"


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
class Demo:
    """`footage-sorter demo [FOLDER]`; None: a folder in the user's data."""

    folder: Path | None


Command = Window | Rate | Demo


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
        case _:
            return common, Window(tuple(values.paths))


def _window() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="footage-sorter",
        description="Rate the clips of a shoot and keep the good ones. Opens the window, with "
        "these folders loaded. Without a window: footage-sorter rate PATH...",
        epilog="commands: footage-sorter rate|demo --help",
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
    rate.add_argument(
        "--preset", choices=sorted(PRESETS), default="daylight", help="limits to rate by"
    )
    rate.add_argument(
        "--no-cache", action="store_true", help="read every clip again, whatever is stored"
    )
    _add_common(rate)

    demo = commands.add_parser("demo", help="make a folder of small clips with known faults")
    demo.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="where to make it (a new folder)"
    )
    _add_common(demo)
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--device", choices=DEVICES, default="auto", help="where the networks run")
    parser.add_argument("--library", type=Path, metavar="FILE", help="another library than yours")
    parser.add_argument("--verbose", action="store_true", help="log to standard error")
