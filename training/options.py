"""Options that several commands share, and what they print."""

import argparse
import json
from pathlib import Path
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001  has no other name


def add_data(one: argparse.ArgumentParser) -> None:
    """Add where the data lies: beside the checkout, where nothing else is said."""
    one.add_argument("--data", type=Path, default=Path("../shared/data"))


def add_device(one: argparse.ArgumentParser) -> None:
    """Add what computes."""
    one.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")


def add_json(one: argparse.ArgumentParser) -> None:
    """Add the choice between a table and JSON."""
    one.add_argument("--json", action="store_true", help="print JSON rather than a table")


def say(values: object, text: str, *, as_json: bool) -> None:
    """Print a result on standard output: as JSON, or as the table that a person reads."""
    print(json.dumps(values, indent=1) if as_json else text)
