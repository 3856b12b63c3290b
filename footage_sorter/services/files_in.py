"""Files in: what another program or another person wrote, read within bounds.

Knows nothing of what they hold.
"""

import json
from pathlib import Path
from typing import NoReturn

from footage_sorter.domain.errors import ExchangeRefused

MAX_BYTES = 256 * 1024 * 1024


def read_file(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a file that another program wrote.

    Raises:
        ExchangeRefused: It cannot be read, or is larger than `max_bytes`.
    """
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise ExchangeRefused(path, error.strerror or str(error)) from error
    if len(data) > max_bytes:
        raise ExchangeRefused(path, f"it is larger than {max_bytes // 1024**2} MB")
    return data


def plain_json(text: bytes | str) -> object:
    """The value that JSON text holds.

    Raises:
        ValueError: It is none; or it holds NaN or an infinity, which JSON has not.
        RecursionError: It is nested too deeply.
    """
    return json.loads(text, parse_constant=_no_number)


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")
