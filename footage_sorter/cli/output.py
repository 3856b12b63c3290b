"""Output: where a command's words and results go: standard output, standard error or a file.

Who reads a stream may leave (`| head`), or there may be nobody from the start (`>&-`): the work
goes on all the same. A result that a full disk refuses is an error.
"""

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from footage_sorter.cli.requests import STDOUT
from footage_sorter.domain.errors import OutputFailed
from footage_sorter.services.files_out import spare_films, write_whole

_NAMED = Path("standard output")
_VIRTUAL_TERMINAL = 0x0004  # ENABLE_VIRTUAL_TERMINAL_PROCESSING


def say(line: object) -> None:
    """Print a line of what the command finds.

    Raises:
        OutputFailed: It cannot be written, though somebody wants it.
    """
    _write(sys.stdout, f"{line}\n")


def tell(text: str) -> None:
    """Write `text` to standard error at once: how far it is, and what went wrong.

    What cannot be written is lost: there is nowhere to tell that.
    """
    with suppress(OutputFailed):
        _write(sys.stderr, text, flush=True)


def finish() -> None:
    """Bring what was said to where it goes; afterwards Python has nothing left to fail at.

    Raises:
        OutputFailed: As `say` does.
    """
    _write(sys.stdout, "", flush=True)
    tell("")


def colourful() -> bool:
    """Whether lines may have colours: a person reads them, and did not say no."""
    wanted = not os.environ.get("NO_COLOR")  # https://no-color.org
    return wanted and obeys_escapes(sys.stdout)


def obeys_escapes(stream: TextIO | None) -> bool:
    """Whether a person reads the stream as it comes, on a terminal that colours and erases.

    Windows' own console does so only when it is asked to.
    """
    if stream is None or not stream.isatty():
        return False
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  there alone
        import msvcrt  # noqa: PLC0415

        console = ctypes.c_void_p(msvcrt.get_osfhandle(stream.fileno()))
        mode = ctypes.c_uint32()
        if not ctypes.windll.kernel32.GetConsoleMode(console, ctypes.byref(mode)):
            return False
        # https://learn.microsoft.com/windows/console/setconsolemode
        return bool(ctypes.windll.kernel32.SetConsoleMode(console, mode.value | _VIRTUAL_TERMINAL))
    return True


def encoding() -> str:
    """What standard output can show."""
    return "ascii" if sys.stdout is None else sys.stdout.encoding


def check_writable(target: str | None) -> None:
    """Find out before hours of work that the result could not be written.

    Raises:
        OutputFailed: The folder does not exist, or forbids it; or a film is there.
    """
    if target is None or target == STDOUT:
        return
    folder = Path(target).absolute().parent
    if not folder.is_dir():
        raise OutputFailed(Path(target), f"there is no folder {folder}")
    if Path(target).is_dir():
        raise OutputFailed(Path(target), "this is a folder")
    spare_films(Path(target))
    replaced = Path(target).is_file() or not Path(target).exists()  # a pipe is written to as it is
    if replaced and not os.access(folder, os.W_OK):
        raise OutputFailed(Path(target), os.strerror(errno.EACCES))


def put(target: str, data: bytes) -> None:
    """Write `data` to a file, whole or not at all, or to standard output.

    Raises:
        OutputFailed: It cannot be written, though somebody wants it.
    """
    if target != STDOUT:
        write_whole(Path(target), data)
    elif sys.stdout is None:
        raise OutputFailed(_NAMED, "it is closed")
    else:
        _write(sys.stdout, data, flush=True)


def _write(stream: TextIO | None, text: str | bytes, *, flush: bool = False) -> None:
    """Write to a stream, unless nobody is there to read it (it is None where it was closed).

    Raises:
        OutputFailed: The system refuses.
    """
    if stream is None:
        return
    try:
        if isinstance(text, bytes):
            stream.buffer.write(text)
        else:
            stream.write(text)
        if flush:
            stream.flush()
    except OSError as error:
        _let_go(stream)
        if not _reader_left(error):
            raise OutputFailed(_NAMED, error.strerror or str(error)) from error


def _reader_left(error: OSError) -> bool:
    # Windows says "invalid argument" of a pipe that nobody reads.
    gone = sys.platform == "win32" and error.errno == errno.EINVAL
    return gone or isinstance(error, BrokenPipeError)


def _let_go(stream: TextIO) -> None:
    """Send what the stream still holds, and what follows, nowhere.

    Source: https://docs.python.org/3/library/signal.html#note-on-sigpipe
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
