"""Resources: the files that ship with the program, found in a wheel and in a checkout."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[2] / "resources"


def resource(*parts: str) -> Traversable:
    """The file or folder at `parts` below `resources/`; it may not exist."""
    shipped = files("footage_sorter") / "resources"
    return (shipped if shipped.is_dir() else _CHECKOUT).joinpath(*parts)
