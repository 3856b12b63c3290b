"""What torch stored in a file: read without executing anything of it.

Knows torch's file format, and what goes wrong with such a file.
"""

from collections.abc import Mapping
from pathlib import Path

import torch
from torch import nn

from training.errors import StoredError


def read_stored(path: Path) -> object:
    """Read a file that `torch.save` wrote; its tensors come to the processor.

    Raises:
        StoredError: It is missing or damaged.
    """
    try:
        values: object = torch.load(path, map_location="cpu", weights_only=True)
    except OSError as error:
        raise StoredError(path, error.strerror or str(error)) from error
    except Exception as error:
        # torch raises whatever the unpickler meets, in many lines.
        raise StoredError(path, "damaged, or no file of torch's") from error
    return values


def load_into(network: nn.Module, weights: object, path: Path) -> None:
    """Give `network` the weights that were read from `path`.

    Args:
        network: Takes them all.
        weights: Tensors by name.
        path: Where they come from, to say so.

    Raises:
        StoredError: They are another network's, or no weights at all.
    """
    if not isinstance(weights, Mapping):
        raise StoredError(path, "holds no weights by name")
    try:
        network.load_state_dict(weights)
    except (RuntimeError, AttributeError) as error:
        raise StoredError(path, f"holds the weights of another network: {_first(error)}") from error


def _first(error: Exception) -> str:
    """The first thing that does not fit; torch lists all of them, a line each."""
    lines = [line.strip() for line in str(error).splitlines()]
    return lines[min(1, len(lines) - 1)].rstrip(".")[:200] if lines else ""
