"""Make and measure the networks: `python -m training COMMAND`."""

import argparse
import logging
import sys

from footage_sorter.domain.errors import FootageError
from training import commands
from training.clips import commands as clip_commands
from training.errors import TrainingError


def main(words: list[str] | None = None) -> int:
    """Run one command; return its exit status.

    Returns:
        0; 2 where the command, a recipe, the data or the machine is wrong, which is told in one
        sentence; 130 where a person stopped it.
    """
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    choice = parser.add_subparsers(required=True, metavar="COMMAND")
    commands.add_commands(choice)
    clip_commands.add_commands(choice)
    arguments = parser.parse_args(words)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        arguments.run(arguments)
    except (TrainingError, FootageError) as error:
        return _refused(str(error))
    except OSError as error:
        return _refused(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except KeyboardInterrupt:
        return 130  # as shells have it; a run is whole up to its last epoch
    return 0


def _refused(why: str) -> int:
    print(f"training: {why}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
