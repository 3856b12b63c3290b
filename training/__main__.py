"""Commands: `python -m training train | ... | --help`."""

import argparse
import json
import logging
import sys
from pathlib import Path

from footage_sorter.domain.errors import FootageError
from footage_sorter.inference.weights import Material
from training.clips.recipe import load_any_recipe
from training.errors import TrainingError
from training.recipe import CLASSES, Task, load_recipe


def main(argv: list[str] | None = None) -> int:
    """Run one command; return 0, or 2 where the command, a recipe or the data is wrong."""
    arguments = _parser().parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        arguments.run(arguments)
    except (TrainingError, FootageError) as error:
        print(f"training: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"training: {error.filename}: {error.strerror or error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130  # as a shell says it; a run is whole up to its last epoch
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    one = commands.add_parser("train", help="train the network of a recipe")
    one.add_argument("recipe", type=Path)
    one.add_argument("--data", type=Path, default=Path("../shared/data"))
    one.add_argument("--out", type=Path, help="folder of the run; default runs/NAME")
    one.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
    one.add_argument("--resume", action="store_true", help="go on from the run's last epoch")
    one.set_defaults(run=_train)
    one = commands.add_parser("export", help="write the weights that the program runs")
    one.add_argument("checkpoint", type=Path)
    one.add_argument("--data", type=Path, default=Path("../shared/data"))
    one.add_argument("--out", type=Path, help="default resources/weights/TASK", required=True)
    one.set_defaults(run=_export)
    one = commands.add_parser("evaluate", help="measure weights beside the rules they must beat")
    one.add_argument("--task", choices=[task.value for task in Task], required=True)
    one.add_argument("--weights", type=Path, default=Path("resources/weights"))
    one.add_argument(
        "--held-out",
        type=float,
        default=1.0,
        metavar="SHARE",
        help="of plain photographs, measure only the share that training keeps out by name",
    )
    one.add_argument(
        "--as",
        dest="material",
        choices=[material.value for material in Material],
        default=Material.PHOTOGRAPHS.value,
        help="calibration: of photographs, or of video, as the program judges",
    )
    one.add_argument("--threads", type=int, default=0)
    one.add_argument("--json", action="store_true")
    one.add_argument("data", type=Path, nargs="+", metavar="DATA")
    one.set_defaults(run=_evaluate)
    one = commands.add_parser("folds", help="measure a checkpoint that holds out every fold once")
    one.add_argument("checkpoint", type=Path)
    one.add_argument("--data", type=Path, default=Path("../shared/data"))
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=_folds)
    one = commands.add_parser(
        "frozen-folds", help="judge every fold by a head over the frozen backbone"
    )
    one.add_argument("recipe", type=Path)
    one.add_argument("--data", type=Path, default=Path("../shared/data"))
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=_frozen_folds)
    one = commands.add_parser("speed", help="measure both networks on one 720p frame")
    one.add_argument("--weights", type=Path, default=Path("resources/weights"))
    one.add_argument("--threads", type=int, default=2)
    one.set_defaults(run=_speed)
    _add_clip_commands(commands)
    return parser


def _add_clip_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add what is done with whole clips."""
    one = commands.add_parser("prepare", help="store equally spaced frames of a data set's clips")
    one.add_argument("data", type=Path, help="HMDB51, UCF101, Kinetics, or class folders")
    one.add_argument("out", type=Path, help="the prepared folder; goes on where it stopped")
    one.add_argument("--frames", type=int, default=16)
    one.add_argument("--short-side", type=int, default=128, metavar="PX")
    one.add_argument("--split", type=int, default=1, help="number of the official split")
    one.add_argument(
        "--as-program", action="store_true", help="the key frames that classifiers are given"
    )
    one.set_defaults(run=_prepare)
    one = commands.add_parser("judge", help="measure a checkpoint of a network over time")
    one.add_argument("checkpoint", type=Path)
    one.add_argument("--data", type=Path, default=Path("../shared/data"))
    one.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=_judge)
    one = commands.add_parser("classifier", help="write a network over time as a classifier")
    one.add_argument("checkpoint", type=Path)
    one.add_argument("--data", type=Path, default=Path("../shared/data"))
    one.add_argument("--out", type=Path, required=True, help="its folder; named as it shall be")
    one.add_argument("--title", help="of its column; default its name")
    one.set_defaults(run=_classifier)
    one = commands.add_parser("blur-over-time", help="compare averaging with a recurrent network")
    one.add_argument("--photographs", type=Path, default=Path("../shared/data/photos"))
    one.add_argument("--footage", type=Path, default=Path("../shared/footage"))
    one.add_argument("--seconds", type=Path, default=Path("tests/data/blurred_seconds.csv"))
    one.add_argument("--weights", type=Path, default=Path("resources/weights/blur"))
    one.set_defaults(run=_blur_over_time)
    one = commands.add_parser("fit-moves", help="fit what names the camera's move")
    one.add_argument("--clips", type=Path, default=Path("runs/moves"))
    one.add_argument("--out", type=Path, default=Path("resources/moves"))
    one.set_defaults(run=_fit_moves)
    one = commands.add_parser("moves", help="render a data set of camera moves from photographs")
    one.add_argument("--photographs", type=Path, default=Path("../shared/data/photos"))
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


def _export(arguments: argparse.Namespace) -> None:
    from training.export import export  # noqa: PLC0415

    measured = export(arguments.checkpoint, arguments.data, arguments.out)
    print(json.dumps(measured.as_json(), indent=1))


def _evaluate(arguments: argparse.Namespace) -> None:
    import torch  # noqa: PLC0415

    from training.evaluate import as_text, evaluate  # noqa: PLC0415

    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    task = Task(arguments.task)
    material = Material(arguments.material)
    document = evaluate(task, arguments.weights, arguments.data, arguments.held_out, material)
    print(json.dumps(document, indent=1) if arguments.json else as_text(document))


def _folds(arguments: argparse.Namespace) -> None:
    from training.folds import as_text, by_folds  # noqa: PLC0415

    rows = by_folds(arguments.checkpoint, arguments.data)
    print(
        json.dumps([row.as_json() for row in rows], indent=1) if arguments.json else as_text(rows)
    )


def _frozen_folds(arguments: argparse.Namespace) -> None:
    from training.frozen_folds import as_text, by_frozen_folds  # noqa: PLC0415

    rows = by_frozen_folds(load_recipe(arguments.recipe), arguments.data)
    print(
        json.dumps([row.as_json() for row in rows], indent=1) if arguments.json else as_text(rows)
    )


def _speed(arguments: argparse.Namespace) -> None:
    import torch  # noqa: PLC0415

    from footage_sorter.inference.torch_backend import load_network  # noqa: PLC0415
    from training.evaluate import speed  # noqa: PLC0415

    torch.set_num_threads(arguments.threads)
    networks = [load_network(arguments.weights / task.value, CLASSES[task]) for task in Task]
    for network in networks:
        network.to("cpu")
    sharp, blurred = speed(networks), speed(networks, blurred=True)
    print(
        f"{sharp:.1f} frames a second ({blurred:.1f} of blurred ones), {arguments.threads} threads"
    )


def _train(arguments: argparse.Namespace) -> None:
    from training.train import train  # noqa: PLC0415 - torch takes seconds that --help must not

    recipe = load_any_recipe(arguments.recipe)
    out = arguments.out or Path("runs") / recipe.name
    best = train(recipe, arguments.data, out, arguments.device, resume=arguments.resume)
    print(best)


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


def _judge(arguments: argparse.Namespace) -> None:
    from training.clips.evaluate import as_text, judge_checkpoint  # noqa: PLC0415

    document = judge_checkpoint(arguments.checkpoint, arguments.data, arguments.device)
    print(json.dumps(document, indent=1) if arguments.json else as_text(document))


def _classifier(arguments: argparse.Namespace) -> None:
    from training.clips.export import export_classifier  # noqa: PLC0415

    title = arguments.title or arguments.out.name
    print(export_classifier(arguments.checkpoint, arguments.data, arguments.out, title))


def _blur_over_time(arguments: argparse.Namespace) -> None:
    from training.clips.blur_report import report  # noqa: PLC0415

    words = (arguments.photographs, arguments.footage, arguments.seconds, arguments.weights)
    print(report(*words))


def _fit_moves(arguments: argparse.Namespace) -> None:
    from training.clips.move_fit import fit_and_measure  # noqa: PLC0415

    print(json.dumps(fit_and_measure(arguments.clips, arguments.out), indent=1))


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


if __name__ == "__main__":
    sys.exit(main())
