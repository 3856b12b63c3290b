"""Files out: whole or not at all. Knows nothing of what they hold."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from footage_sorter.domain.errors import OutputFailed
from footage_sorter.services.transfer import sync_folder


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path`, in place of what is there, by a temporary name in the same folder.

    At any moment, also after the power went, `path` is the old file or the new one, never a part.
    An existing file keeps its permissions; a link stays a link and its target is replaced. What is
    no file (a pipe, `/dev/stdout`) is written to and never replaced.

    Raises:
        OutputFailed: The folder is missing, full or forbids it; what was there is untouched.
    """
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            _replace(target, data)
    except (OSError, RuntimeError) as error:  # RuntimeError: a ring of links (until Python 3.13)
        raise OutputFailed(path, getattr(error, "strerror", None) or str(error)) from error


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
