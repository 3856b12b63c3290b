"""What is done with whole clips: prepare, judge, classifier, blur-over-time, moves, fit-moves.

Knows the words of each command and what it prints, as `training.commands` does.
"""

import argparse
import json
import sys
from pathlib import Path

from footage_sorter.domain.tags import CLIP_FRAMES
from training.options import Commands, add_data, add_device, add_json, say

PHOTOGRAPHS = Path("../shared/data/photos")
"""Beside the checkout, where nothing else is said."""


def add_commands(commands: Commands) -> None:
    """Add every command of this module."""
    _add_prepare(commands)
    _add_judge(commands)
    _add_classifier(commands)
    _add_blur_over_time(commands)
    _add_moves(commands)
    _add_fit_moves(commands)


def _add_prepare(commands: Commands) -> None:
    one = commands.add_parser("prepare", help="store equally spaced frames of a data set's clips")
    one.add_argument("data", type=Path, help="HMDB51, UCF101, Kinetics, or class folders")
    one.add_argument("out", type=Path, help="the prepared folder; goes on where it stopped")
    one.add_argument("--frames", type=int, default=CLIP_FRAMES)
    one.add_argument("--short-side", type=int, default=128, metavar="PX")
    one.add_argument("--split", type=int, default=1, help="number of the official split")
    one.add_argument(
        "--as-program", action="store_true", help="the key frames that classifiers are given"
    )
    one.set_defaults(run=_prepare)


def _prepare(arguments: argparse.Namespace) -> None:
    from training.clips.prepare import prepare  # noqa: PLC0415

    prepared, skipped = prepare(
        arguments.data,
        arguments.out,
        frames=arguments.frames,
        short_side_px=arguments.short_side,
        split=arguments.split,
        as_program=arguments.as_program,
    )
    print(f"{len(prepared)} clips prepared, {len(skipped)} skipped")
    for one in skipped:
        print(f"{one.path}: {one.reason}", file=sys.stderr)


def _add_judge(commands: Commands) -> None:
    one = commands.add_parser("judge", help="measure a checkpoint of a network over time")
    one.add_argument("checkpoint", type=Path)
    add_data(one)
    add_device(one)
    add_json(one)
    one.set_defaults(run=_judge)


def _judge(arguments: argparse.Namespace) -> None:
    from training.clips.evaluate import as_text, judge_checkpoint  # noqa: PLC0415

    document = judge_checkpoint(arguments.checkpoint, arguments.data, arguments.device)
    say(document, as_text(document), as_json=arguments.json)


def _add_classifier(commands: Commands) -> None:
    one = commands.add_parser("classifier", help="write a network over time as a classifier")
    one.add_argument("checkpoint", type=Path)
    add_data(one)
    one.add_argument("--out", type=Path, required=True, help="its folder; named as it shall be")
    one.add_argument("--title", help="of its column; default its name")
    one.set_defaults(run=_classifier)


def _classifier(arguments: argparse.Namespace) -> None:
    from training.clips.export import export_classifier  # noqa: PLC0415

    title = arguments.title or arguments.out.name
    print(export_classifier(arguments.checkpoint, arguments.data, arguments.out, title))


def _add_blur_over_time(commands: Commands) -> None:
    one = commands.add_parser("blur-over-time", help="compare averaging with a recurrent network")
    one.add_argument("--photographs", type=Path, default=PHOTOGRAPHS)
    one.add_argument("--footage", type=Path, default=Path("../shared/footage"))
    one.add_argument("--seconds", type=Path, default=Path("tests/data/blurred_seconds.csv"))
    one.add_argument("--weights", type=Path, default=Path("resources/weights/blur"))
    one.set_defaults(run=_blur_over_time)


def _blur_over_time(arguments: argparse.Namespace) -> None:
    from training.clips.blur_report import report  # noqa: PLC0415

    photographs, footage = arguments.photographs, arguments.footage
    print(report(photographs, footage, arguments.seconds, arguments.weights))


def _add_moves(commands: Commands) -> None:
    one = commands.add_parser("moves", help="render a data set of camera moves from photographs")
    one.add_argument("--photographs", type=Path, default=PHOTOGRAPHS)
    one.add_argument("--out", type=Path, default=Path("runs/moves"))
    one.add_argument("--learn", type=int, default=80, metavar="N", help="clips of each move")
    one.add_argument("--held-out", type=int, default=65, metavar="N", help="clips of each move")
    one.add_argument("--crowded", type=int, default=0, metavar="N", help="of each, further ones")
    one.add_argument(
        "--short",
        type=int,
        nargs=2,
        default=(48, 24),
        metavar=("N", "M"),
        help="clips of each move under 4 s, to learn from and held out",
    )
    one.set_defaults(run=_moves)


def _moves(arguments: argparse.Namespace) -> None:
    from training.clips.moves import render  # noqa: PLC0415

    render(
        arguments.photographs,
        arguments.out,
        arguments.learn,
        arguments.held_out,
        crowded=arguments.crowded,
        short=tuple(arguments.short),
    )


def _add_fit_moves(commands: Commands) -> None:
    one = commands.add_parser("fit-moves", help="fit what names the camera's move")
    one.add_argument("--clips", type=Path, default=Path("runs/moves"))
    one.add_argument("--out", type=Path, default=Path("resources/moves"))
    one.set_defaults(run=_fit_moves)


def _fit_moves(arguments: argparse.Namespace) -> None:
    from training.clips.move_fit import fit_and_measure  # noqa: PLC0415

    print(json.dumps(fit_and_measure(arguments.clips, arguments.out), indent=1))
