"""Loading torch beside a window: what of it would hold Python's lock for long is done without it.

Importing torch takes seconds on the analysis thread. Three things in it stop all other threads,
the window's first of all: the dynamic linker, which maps half a gigabyte while Python waits; the
disk, from which code comes as it is first run, the lock in hand; and the garbage collector, which
goes through every object again and again as hundreds of thousands come.
"""

import ctypes
import gc
import importlib.util
import logging
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock

log = logging.getLogger(__name__)

_LIBRARIES = ("c10", "torch_cpu", "torch")
"""Torch's shared libraries, each needed by the next."""

_RUN_UNDER_LOCK = (*_LIBRARIES, "torch_python")
"""Libraries whose code the import runs with Python's lock in its hand."""

_PIECE_BYTES = 1 << 20

_ONE_AT_A_TIME = RLock()
"""Of two threads that import torch at once, one may meet a part of it that is half there: the
analysis thread loads the networks while a classifier is checked in the pool."""


@contextmanager
def gently() -> Generator[None, None, None]:
    """Import torch inside: other threads wait for milliseconds, not for a second.

    What is there afterwards stays out of the collector's way for good: modules do not go, and to
    look through torch's objects takes a third of a second each time.
    """
    with _ONE_AT_A_TIME:
        folder = _torch_folder()
        fetch_torch(folder)
        link_torch(folder)
        was_on = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            gc.freeze()
            if was_on:
                gc.enable()


def fetch_torch(folder: Path | None) -> None:
    """Read torch's libraries in `folder` once, so that the system keeps them in memory.

    Reading lets go of Python's lock. Without this, the first start of a day runs code whose pages
    lie on the disk still: each is waited for with the lock held, two thirds of a second in all.
    """
    if folder is None:
        return
    piece = bytearray(_PIECE_BYTES)
    for name in _RUN_UNDER_LOCK:
        with suppress(OSError), _library(folder, name).open("rb", buffering=0) as library:
            while library.readinto(piece):
                pass


def link_torch(folder: Path | None) -> None:
    """Link torch's libraries in `folder` without Python's lock; the import finds them linked.

    `ctypes` lets go of the lock while it calls a function of C, and `dlopen` is one. Where this
    cannot be done, the import does it, and says what is wrong if something is.
    """
    if folder is None or sys.platform == "win32":
        return
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.restype = ctypes.c_void_p
    for name in _LIBRARIES:
        path = _library(folder, name)
        if not dlopen(os.fsencode(path), os.RTLD_NOW):
            log.debug("%s is left to the import", path)
            return


def _library(folder: Path, name: str) -> Path:
    match sys.platform:
        case "win32":
            return folder / f"{name}.dll"
        case "darwin":
            return folder / f"lib{name}.dylib"
        case _:
            return folder / f"lib{name}.so"


def _torch_folder() -> Path | None:
    """Where torch keeps its libraries; None where it is not installed, or loaded already."""
    if "torch" in sys.modules:
        return None
    found = importlib.util.find_spec("torch")
    places = found.submodule_search_locations if found else None
    return Path(places[0]) / "lib" if places else None
