"""Back-pressure: items made on a helper thread, a bounded number ahead of their reader."""

from collections.abc import Generator
from threading import Event, Thread
from typing import TypeVar

from footage_sorter.media.bounded_queue import BoundedQueue

T = TypeVar("T")


def read_ahead(
    items: Generator[T, None, None], cancel: Event, *, depth: int = 4
) -> Generator[T, None, None]:
    """Yield `items`, made on a helper thread at most `depth` ahead of the caller.

    A full queue blocks the helper: that is the back-pressure. Its error is raised here. However
    the caller leaves, `items` is closed and the helper joined before we return.
    """
    left = Event()
    waiting: BoundedQueue[T] = BoundedQueue(depth, left)
    helper = Thread(target=waiting.fill, args=(items,), name="decode-ahead")
    helper.start()
    try:
        yield from waiting.taken(cancel)
    finally:
        left.set()
        helper.join()
