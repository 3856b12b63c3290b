"""What is done with networks of pictures: train, export, evaluate, folds, frozen-folds, speed.

Knows the words of each command and what it prints. What a command does is imported when it runs:
torch takes seconds that `--help` must not.
"""

import argparse
import json
import os
from pathlib import Path

from footage_sorter.inference.weights import Material
from training.clips.recipe import load_any_recipe
from training.options import Commands, add_data, add_device, add_json, say
from training.recipe import CLASSES, Task, load_recipe

WEIGHTS = Path("resources/weights")


def add_commands(commands: Commands) -> None:
    """Add every command of this module, in the order of their use."""
    for add in (_add_train, _add_export, _add_evaluate, _add_folds, _add_frozen_folds, _add_speed):
        add(commands)


def _add_train(commands: Commands) -> None:
    one = commands.add_parser("train", help="train the network of a recipe")
    one.add_argument("recipe", type=Path)
    add_data(one)
    one.add_argument("--out", type=Path, help="folder of the run; default runs/NAME")
    add_device(one)
    one.add_argument("--resume", action="store_true", help="go on from the run's last epoch")
    one.set_defaults(run=_train)


def _train(arguments: argparse.Namespace) -> None:
    recipe = load_any_recipe(arguments.recipe)  # a wrong one is told before torch is imported
    from training.train import train  # noqa: PLC0415

    out = arguments.out or Path("runs") / recipe.name
    best = train(recipe, arguments.data, out, arguments.device, resume=arguments.resume)
    if os.environ.get("RANK", "0") == "0":  # of several processes, the one that wrote it
        print(best)


def _add_export(commands: Commands) -> None:
    one = commands.add_parser("export", help="write the weights that the program runs")
    one.add_argument("checkpoint", type=Path)
    add_data(one)
    one.add_argument("--out", type=Path, required=True, help="such as resources/weights/TASK")
    one.set_defaults(run=_export)


def _export(arguments: argparse.Namespace) -> None:
    from training.export import export  # noqa: PLC0415

    measured = export(arguments.checkpoint, arguments.data, arguments.out)
    print(json.dumps(measured.as_json(), indent=1))


def _add_evaluate(commands: Commands) -> None:
    one = commands.add_parser("evaluate", help="measure weights beside the rules they must beat")
    one.add_argument("--task", choices=[task.value for task in Task], required=True)
    one.add_argument("--weights", type=Path, default=WEIGHTS)
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
    one.add_argument("--threads", type=int, default=0, help="default: as torch has it")
    add_json(one)
    one.add_argument("data", type=Path, nargs="+", metavar="DATA")
    one.set_defaults(run=_evaluate)


def _evaluate(arguments: argparse.Namespace) -> None:
    import torch  # noqa: PLC0415

    from training.evaluate import as_text, evaluate  # noqa: PLC0415

    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    task, material = Task(arguments.task), Material(arguments.material)
    document = evaluate(task, arguments.weights, arguments.data, arguments.held_out, material)
    say(document, as_text(document), as_json=arguments.json)


def _add_folds(commands: Commands) -> None:
    one = commands.add_parser("folds", help="measure a checkpoint that holds out every fold once")
    one.add_argument("checkpoint", type=Path)
    add_data(one)
    add_json(one)
    one.set_defaults(run=_folds)


def _folds(arguments: argparse.Namespace) -> None:
    from training.folds import as_text, by_folds  # noqa: PLC0415

    rows = by_folds(arguments.checkpoint, arguments.data)
    say([row.as_json() for row in rows], as_text(rows), as_json=arguments.json)


def _add_frozen_folds(commands: Commands) -> None:
    one = commands.add_parser(
        "frozen-folds", help="judge every fold by a head over the frozen backbone"
    )
    one.add_argument("recipe", type=Path)
    add_data(one)
    add_json(one)
    one.set_defaults(run=_frozen_folds)


def _frozen_folds(arguments: argparse.Namespace) -> None:
    recipe = load_recipe(arguments.recipe)
    from training.frozen_folds import as_text, by_frozen_folds  # noqa: PLC0415

    rows = by_frozen_folds(recipe, arguments.data)
    say([row.as_json() for row in rows], as_text(rows), as_json=arguments.json)


def _add_speed(commands: Commands) -> None:
    one = commands.add_parser("speed", help="measure both networks on one 720p frame")
    one.add_argument("--weights", type=Path, default=WEIGHTS)
    one.add_argument("--threads", type=int, default=2)
    one.set_defaults(run=_speed)


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
