"""Loading torch beside a window: what of it would hold Python's lock for long is done without it.

Importing torch takes seconds on the analysis thread. Two things in it stop all other threads, the
window's first of all: the dynamic linker, which maps half a gigabyte while Python waits, and the
garbage collector, which goes through every object again and again as hundreds of thousands come.
"""

import ctypes
import gc
import importlib.util
import logging
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

log = logging.getLogger(__name__)

_LIBRARIES = ("c10", "torch_cpu", "torch")
"""Torch's shared libraries, each needed by the next."""

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
        link_torch(_torch_folder())
        was_on = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            gc.freeze()
            if was_on:
                gc.enable()


def link_torch(folder: Path | None) -> None:
    """Link torch's libraries in `folder` without Python's lock; the import finds them linked.

    `ctypes` lets go of the lock while it calls a function of C, and `dlopen` is one. Where this
    cannot be done, the import does it, and says what is wrong if something is.
    """
    if folder is None or sys.platform == "win32":
        return
    ending = "dylib" if sys.platform == "darwin" else "so"
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.restype = ctypes.c_void_p
    for name in _LIBRARIES:
        path = folder / f"lib{name}.{ending}"
        if not dlopen(os.fsencode(path), os.RTLD_NOW):
            log.debug("%s is left to the import", path)
            return


def _torch_folder() -> Path | None:
    """Where torch keeps its libraries; None where it is not installed, or loaded already."""
    if "torch" in sys.modules:
        return None
    found = importlib.util.find_spec("torch")
    places = found.submodule_search_locations if found else None
    return Path(places[0]) / "lib" if places else None
