"""Arguments: what may be typed after `footage-sorter`."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from footage_sorter import __version__
from footage_sorter.cli import output, requests
from footage_sorter.domain.filing import Deed, Grouping
from footage_sorter.domain.limits import PRESETS
from footage_sorter.domain.order import Order
from footage_sorter.domain.settings import RejectDialect
from footage_sorter.domain.training import AUTO, HEADS

COMMANDS = (
    "rate", "export", "reel", "files", "team", "read", "classifier", "train", "learn", "demo",
)  # fmt: skip
REEL_SUFFIX = ".mp4"
DEVICES = ("auto", "cpu", "cuda", "none")


def parse(argv: Sequence[str]) -> tuple[requests.Common, requests.Command]:
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
    common = requests.Common(values.library, values.device, values.verbose)
    return common, _MAKERS[values.command](values)


def _window() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="footage-sorter",
        description="Rate the clips of a shoot and keep the good ones. Opens the window, with "
        "these folders loaded. Without a window: footage-sorter rate PATH...",
        epilog=f"commands: footage-sorter {'|'.join(COMMANDS)} --help",
    )
    parser.add_argument("paths", nargs="*", type=_path, metavar="PATH", help="a folder or a clip")
    parser.add_argument("--version", action="version", version=f"footage-sorter {__version__}")
    _add_common(parser)
    return parser


def _with_commands() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="footage-sorter")
    commands = parser.add_subparsers(dest="command", required=True)
    for add in (  # in the order that --help lists them
        _add_rate, _add_export, _add_reel, _add_files, _add_team, _add_read, _add_classifiers,
        _add_train, _add_learn, _add_demo,
    ):  # fmt: skip
        add(commands)
    return parser


_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001  has no other name


def _command(commands: _Commands, name: str, does: str) -> argparse.ArgumentParser:
    """A command that says what it does in the list of commands and in its own help."""
    return commands.add_parser(name, help=does, description=f"{does[:1].upper()}{does[1:]}.")


def _add_rate(commands: _Commands) -> None:
    rate = _command(commands, "rate", "rate clips without a window")
    rate.add_argument("paths", nargs="+", type=_path, metavar="PATH", help="a folder or a clip")
    rate.add_argument("--json", metavar="FILE", help="write the ratings as JSON; - for stdout")
    rate.add_argument("--csv", metavar="FILE", help="write the ratings as CSV; - for stdout")
    _add_preset(rate)
    rate.add_argument(
        "--no-cache", action="store_true", help="read every clip again, whatever is stored"
    )
    rate.add_argument(
        "--no-sidecars", action="store_true", help="read no marks from files beside the clips"
    )
    _add_common(rate)


def _add_team(commands: _Commands) -> None:
    team = _command(commands, "team", "share marks by a file beside the footage")
    team.add_argument("folders", nargs="+", type=_path, metavar="FOLDER", help="with clips")
    team.add_argument("--person", metavar="NAME", help="who decided in this library")
    _add_common(team)


def _add_read(commands: _Commands) -> None:
    read = _command(commands, "read", "read marks back; nothing said here is lost")
    read.add_argument(
        "path",
        type=_path,
        metavar="PATH",
        help="an .fcpxml, a CSV or JSON from here, or a folder of clips with XMP sidecars",
    )
    _add_common(read)


def _add_demo(commands: _Commands) -> None:
    demo = _command(commands, "demo", "make a folder of small clips with known faults")
    demo.add_argument(
        "folder", nargs="?", type=_path, metavar="FOLDER", help="where to make it (a new folder)"
    )
    _add_common(demo)


def _add_export(commands: _Commands) -> None:
    export = _command(commands, "export", "take the result to another program")
    export.add_argument(
        "format", choices=(*requests.FORMATS, requests.SIDECARS), help="what to write"
    )
    export.add_argument(
        "words",
        nargs="*",
        metavar="OUT PATH...",
        help="the file, then folders or clips; for xmp, "
        "which writes beside the clips, no file. Without a PATH: the whole library",
    )
    export.add_argument(
        "--dry-run", action="store_true", help="only show what would be written, and where"
    )
    export.add_argument(
        "--like",
        type=_path,
        metavar="CSV",
        help="for resolve-csv: metadata that Resolve exported; its columns are filled in",
    )
    export.add_argument("--kept", action="store_true", help="only clips that are marked to keep")
    export.add_argument(
        "--dialect",
        choices=_names(RejectDialect),
        help="how xmp says that a clip is rejected (without: as in the window's settings)",
    )
    _add_preset(export)
    _add_common(export)


def _add_reel(commands: _Commands) -> None:
    reel = _command(commands, "reel", "join the selects of the kept clips into one film")
    reel.add_argument("out", type=_path, metavar="OUT", help="the film, OUT.mp4")
    reel.add_argument("paths", nargs="*", type=_path, metavar="PATH", help="a folder or a clip")
    reel.add_argument("--titles", action="store_true", help="show each clip's name")
    reel.add_argument("--dry-run", action="store_true", help="only list what would be in it")
    reel.add_argument(
        "--order", choices=_names(Order), default=Order.SHOWN.value, help="of the clips in it"
    )
    _add_preset(reel)
    _add_common(reel)


def _add_files(commands: _Commands) -> None:
    files = _command(
        commands,
        "files",
        "copy, move or link the kept clips; put the rejected ones into the trash",
    )
    deeds = files.add_subparsers(dest="deed", required=True)
    for deed in Deed:
        whose = "rejected" if deed is Deed.TRASH else "kept"
        one = _command(deeds, deed, f"{deed} the clips that are {whose}")
        one.add_argument("paths", nargs="*", type=_path, metavar="PATH", help="a folder or a clip")
        one.set_defaults(to=None, by=Grouping.NONE)
        if deed is not Deed.TRASH:
            one.add_argument(
                "--to", type=_path, metavar="FOLDER", required=True, help="where; it may be new"
            )
            one.add_argument(
                "--by",
                choices=_names(Grouping),
                default=Grouping.NONE.value,
                help="what the folders below it are made of",
            )
        _add_preset(one)
        _add_yes(one)
    for word, help_text in (
        (requests.Again.UNDO, "take the latest operation back"),
        (requests.Again.RESUME, "finish an operation that was cut off"),
    ):
        _add_yes(_command(deeds, word, help_text))


def _add_classifiers(commands: _Commands) -> None:
    parser = _command(commands, "classifier", "what else clips are tagged by")
    deeds = parser.add_subparsers(dest="deed", required=True)
    add = _command(deeds, "add", "check and install one")
    add.add_argument("folder", type=_path, metavar="FOLDER", help="its manifest and weights")
    remove = _command(deeds, "remove", "put one aside; nothing is deleted")
    remove.add_argument("name", metavar="NAME", help="as `list` tells it")
    listed = _command(deeds, "list", "those that are installed, and how good they were")
    for one in (add, remove, listed):
        _add_common(one)


def _add_train(commands: _Commands) -> None:
    train = _command(commands, "train", "make a classifier from folders of clips")
    train.add_argument("title", metavar="TITLE", help="what its column is called")
    train.add_argument(
        "folders",
        nargs="+",
        type=_path,
        metavar="FOLDER",
        help="one for each class; or a single one that holds them",
    )
    train.add_argument(
        "--backbone",
        default=AUTO,
        metavar="NAME",
        help="what looks at frames: auto (nothing is downloaded), or resnet18, mobilenet_v2, "
        "r3d_18, ... of torchvision, which may download its weights",
    )
    train.add_argument("--head", choices=(AUTO, *HEADS), default=AUTO, help="what looks over time")
    train.add_argument(
        "--install", action="store_true", help="use it at once, if it is better than guessing"
    )
    train.add_argument("--out", type=_path, metavar="FOLDER", help="where to write it")
    _add_common(train)


def _train(values: argparse.Namespace) -> requests.Train:
    return requests.Train(
        values.title,
        tuple(values.folders),
        values.backbone,
        values.head,
        values.install,
        values.out,
    )


def _classifiers(values: argparse.Namespace) -> requests.Classifiers:
    return requests.Classifiers(getattr(values, "folder", None), getattr(values, "name", None))


def _add_learn(commands: _Commands) -> None:
    learn = _command(
        commands, "learn", "learn from your own marks: a rating for you, beside the verdict"
    )
    either = learn.add_mutually_exclusive_group()
    either.add_argument(
        "--import", dest="taken", type=_path, metavar="FILE", help="take over what was learned"
    )
    either.add_argument("--off", action="store_true", help="go back to the verdict alone")
    learn.add_argument("--export", type=_path, metavar="FILE", help="write what was learned")
    _add_common(learn)


def _learn(values: argparse.Namespace) -> requests.Learn:
    if values.off and values.export is not None:
        raise _wrong("learn", "--off leaves nothing to --export")
    return requests.Learn(values.export, values.taken, values.off)


def _add_yes(parser: argparse.ArgumentParser) -> None:
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--yes", action="store_true", help="do it")
    either.add_argument(
        "--dry-run", action="store_true", help="only tell what would happen (so it is without)"
    )
    _add_common(parser)


def _rate(values: argparse.Namespace) -> requests.Rate:
    if values.json == values.csv == requests.STDOUT:
        raise _wrong("rate", "only one of --json and --csv can go to standard output")
    return requests.Rate(
        tuple(values.paths),
        values.json,
        values.csv,
        values.preset,
        values.no_cache,
        sidecars=not values.no_sidecars,
    )


def _reel(values: argparse.Namespace) -> requests.Reel:
    if values.out.suffix.lower() != REEL_SUFFIX:
        raise _wrong("reel", f"the film is an MP4: give it a name that ends in {REEL_SUFFIX}")
    return requests.Reel(
        values.out,
        tuple(values.paths),
        values.preset,
        values.titles,
        Order(values.order),
        dry_run=values.dry_run,
    )


def _files(values: argparse.Namespace) -> requests.Files | requests.FilesAgain:
    if values.deed in _names(requests.Again):
        return requests.FilesAgain(requests.Again(values.deed), values.yes)
    return requests.Files(
        Deed(values.deed),
        values.to,
        Grouping(values.by),
        tuple(values.paths),
        values.preset,
        values.yes,
    )


def _export(values: argparse.Namespace) -> requests.Export:
    """Tell the file from the folders: sidecars need no file."""
    words = list(values.words)
    out = None
    if values.format != requests.SIDECARS:
        if not words:
            raise _wrong("export", "name the file to write, or - for standard output")
        out = words.pop(0)
    if values.like is not None and values.format != requests.RESOLVE_CSV:
        raise _wrong("export", f"--like goes with {requests.RESOLVE_CSV} only")
    return requests.Export(
        values.format,
        out,
        tuple(map(_checked, words)),
        values.preset,
        values.kept,
        values.dialect and RejectDialect(values.dialect),
        dry_run=values.dry_run,
        like=values.like,
    )


def _checked(word: str) -> Path:
    """`_path`, of words that are told apart after they were read."""
    try:
        return _path(word)
    except argparse.ArgumentTypeError as error:
        raise _wrong("export", str(error)) from None


def _wrong(command: str, why: str) -> SystemExit:
    output.tell(f"footage-sorter {command}: error: {why}\n")
    return SystemExit(2)


def _add_preset(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--preset",
        choices=sorted(PRESETS),
        help="limits to rate by (without: as in the window's settings)",
    )


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--device",
        choices=DEVICES,
        help="where the networks run (without: as in the window's settings)",
    )
    parser.add_argument("--library", type=_path, metavar="FILE", help="another library than yours")
    parser.add_argument("--verbose", action="store_true", help="log to standard error")


def _path(text: str) -> Path:
    """A path; an empty word, as an unset variable leaves it, is none and not this folder."""
    if not text:
        raise argparse.ArgumentTypeError("an empty word is no path")
    return Path(text)


def _names(choices: type[StrEnum]) -> list[str]:
    """The choices as they are typed, which is how they are listed to who mistyped one."""
    return [choice.value for choice in choices]


_MAKERS: Mapping[str, Callable[[argparse.Namespace], requests.Command]] = MappingProxyType(
    {
        "window": lambda values: requests.Window(tuple(values.paths)),
        "rate": _rate,
        "export": _export,
        "reel": _reel,
        "files": _files,
        "team": lambda values: requests.Team(tuple(values.folders), values.person),
        "read": lambda values: requests.Read(values.path),
        "classifier": _classifiers,
        "train": _train,
        "learn": _learn,
        "demo": lambda values: requests.Demo(values.folder),
    }
)
