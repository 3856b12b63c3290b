"""Commands: `python -m training train | evaluate | export`."""

import argparse
import logging
import sys
from pathlib import Path

from training.checkpoint import CheckpointError
from training.readers import DataError
from training.recipe import RecipeError, load_recipe


def main(argv: list[str] | None = None) -> int:
    """Run one command; return 0, or 2 where the command, a recipe or the data is wrong."""
    arguments = _parser().parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        arguments.run(arguments)
    except (RecipeError, DataError, CheckpointError, ValueError) as error:
        print(f"training: {error}", file=sys.stderr)
        return 2
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
    return parser


def _train(arguments: argparse.Namespace) -> None:
    from training.train import train  # noqa: PLC0415 - torch takes seconds that --help must not

    recipe = load_recipe(arguments.recipe)
    out = arguments.out or Path("runs") / recipe.name
    best = train(recipe, arguments.data, out, arguments.device, resume=arguments.resume)
    print(best)


if __name__ == "__main__":
    sys.exit(main())
