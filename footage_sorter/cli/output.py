"""Output: where a command's result goes, a file or standard output."""

import sys
from pathlib import Path

from footage_sorter.cli.wishes import STDOUT
from footage_sorter.domain.errors import OutputFailed
from footage_sorter.services.files_out import write_whole


def check_writable(target: str | None) -> None:
    """Find out before hours of work that the result could not be written.

    Raises:
        OutputFailed: The folder does not exist.
    """
    if target is None or target == STDOUT:
        return
    folder = Path(target).absolute().parent
    if not folder.is_dir():
        raise OutputFailed(Path(target), f"there is no folder {folder}")
    if Path(target).is_dir():
        raise OutputFailed(Path(target), "this is a folder")


def put(target: str, data: bytes) -> None:
    """Write `data` to a file, whole or not at all, or to standard output.

    Raises:
        OutputFailed: The file cannot be written.
    """
    if target == STDOUT:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_whole(Path(target), data)
