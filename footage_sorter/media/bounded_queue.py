"""A queue between two threads: one makes, some items ahead, the other takes. Knows no clip."""

import queue
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from threading import Event
from typing import Generic, TypeVar

T = TypeVar("T")

POLL_S = 0.1
"""Longest time until a cancel is seen at a full or an empty queue."""


@dataclass(frozen=True, slots=True)
class _Item(Generic[T]):
    value: T


@dataclass(frozen=True, slots=True)
class _End:
    """No item follows; `error` is why, where it was not the end."""

    error: BaseException | None


class BoundedQueue(Generic[T]):
    """A queue from one thread to another: when it is full the maker waits, its error is passed on.

    Args:
        depth: Items that wait at most.
        left: Set by the taker when it takes no more: the maker then stops.
    """

    def __init__(self, depth: int, left: Event) -> None:
        self._slots: queue.Queue[_Item[T] | _End] = queue.Queue(depth)
        self._left = left

    def fill(self, items: Generator[T, None, None]) -> None:
        """Hand over `items`, then how they ended; close them. Called by the maker; never raises."""
        error: BaseException | None = None
        try:
            with closing(items):
                if self._left.is_set():
                    return
                for item in items:
                    if not self._put(_Item(item)):
                        return
        except BaseException as raised:  # noqa: BLE001  thread boundary: the taker raises it again
            error = raised
        self._put(_End(error))

    def taken(self, cancel: Event) -> Iterator[T]:
        """Yield what is handed over, to its end or until `cancel`; raise what the maker raised."""
        while not cancel.is_set():
            try:
                slot = self._slots.get(timeout=POLL_S)
            except queue.Empty:
                continue
            if isinstance(slot, _End):
                if slot.error is not None:
                    raise slot.error
                return
            yield slot.value

    def _put(self, slot: _Item[T] | _End) -> bool:
        """Wait for a free slot; False when the taker left."""
        while not self._left.is_set():
            try:
                self._slots.put(slot, timeout=POLL_S)
            except queue.Full:
                continue
            return True
        return False
