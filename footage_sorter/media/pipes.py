"""Pipes: values from one process to another, the pixels of arrays as they lie in memory.

A value is pickled, but for its arrays (pickle's protocol 5 hands them out): megabytes of pixels
are written and read once each, and no copy is made on the way. Only our own processes speak here:
a pickle is as trusted as the program that sends it.
"""

import pickle
import struct
from io import FileIO

import numpy as np

PIPE_BYTES = 1 << 20
"""What is asked of Linux, which gives 64 KiB: fewer turns between the two processes."""

_COUNT = struct.Struct("<I")


def send(pipe: FileIO, value: object) -> None:
    """Write `value` to an unbuffered pipe, whole.

    Raises:
        OSError: The other side is gone.
    """
    arrays: list[pickle.PickleBuffer] = []
    pickled = pickle.dumps(value, protocol=5, buffer_callback=arrays.append)
    parts = [memoryview(pickled), *(array.raw() for array in arrays)]
    sizes = struct.pack(f"<{len(parts)}Q", *(part.nbytes for part in parts))
    # Sizes and pickle are small: together they are one turn.
    for part in (memoryview(_COUNT.pack(len(parts)) + sizes + pickled), *parts[1:]):
        _write(pipe, part)


def receive(pipe: FileIO) -> object:
    """Read the next value from an unbuffered pipe; its arrays have memory of their own.

    Raises:
        EOFError: The other side is gone.
    """
    (count,) = _COUNT.unpack(_read(pipe, _COUNT.size))
    sizes = struct.unpack(f"<{count}Q", _read(pipe, 8 * count))
    pickled, *arrays = [_read(pipe, size) for size in sizes]
    value: object = pickle.loads(pickled, buffers=arrays)  # noqa: S301  our own process wrote it
    return value


def _write(pipe: FileIO, part: memoryview) -> None:
    written = 0
    while written < part.nbytes:
        written += pipe.write(part[written:])


def _read(pipe: FileIO, size: int) -> memoryview:
    part = memoryview(np.empty(size, np.uint8).data)  # not zeroed: all of it is written at once
    done = 0
    while done < size:
        n = pipe.readinto(part[done:])
        if not n:
            raise EOFError
        done += n
    return part
