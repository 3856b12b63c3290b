"""Files out: whole or not at all, and never over a film. Knows nothing of what they hold."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from footage_sorter.domain.errors import OutputFailed
from footage_sorter.services.scan import VIDEO_SUFFIXES
from footage_sorter.services.transfer import sync_folder

FILM_THERE = "a film is there already, and none is ever written over"
"""Why nothing is written."""


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path`, in place of what is there, by a temporary name in the same folder.

    At any moment, also after the power went, `path` is the old file or the new one, never a part.
    An existing file keeps its permissions; a link stays a link and its target is replaced. What is
    no file (a pipe, `/dev/stdout`) is written to and never replaced.

    Raises:
        OutputFailed: The folder is missing, full or forbids it, or a film is there; what was there
            is untouched.
    """
    spare_films(path)
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            _replace(target, data)
    except (OSError, RuntimeError) as error:  # RuntimeError: a ring of links (until Python 3.13)
        raise OutputFailed(path, getattr(error, "strerror", None) or str(error)) from error


def spare_films(path: Path) -> None:
    """Refuse a place where a film is: who names one has forgotten to name the file to write.

    Raises:
        OutputFailed: There is one, by its ending, or the link to one.
    """
    endings = {path.suffix.lower(), Path(os.path.realpath(path)).suffix.lower()}
    if endings & VIDEO_SUFFIXES and path.is_file():
        raise OutputFailed(path, FILM_THERE)


def _replace(path: Path, data: bytes) -> None:
    # A short name of its own: the target's may already have the 255 bytes that a name may have.
    temporary = path.parent / f".footage-sorter-{secrets.token_hex(8)}.part"
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            with suppress(OSError):  # memory cards' file systems have no permissions to set
                temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(path.parent)
