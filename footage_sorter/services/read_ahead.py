"""Back-pressure: items made on a helper thread, a bounded number ahead of their reader."""

import queue
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from threading import Event, Thread
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


def read_ahead(
    items: Generator[T, None, None], cancel: Event, *, depth: int = 4
) -> Generator[T, None, None]:
    """Yield `items`, made on a helper thread at most `depth` ahead of the caller.

    A full queue blocks the helper: that is the back-pressure. Its error is raised here. However
    the caller leaves, `items` is closed and the helper joined before we return.
    """
    slots: queue.Queue[_Item[T] | _End] = queue.Queue(depth)
    closing_down = Event()
    helper = Thread(target=_fill, args=(slots, items, closing_down), name="decode-ahead")
    helper.start()
    try:
        while not cancel.is_set():
            try:
                slot = slots.get(timeout=POLL_S)
            except queue.Empty:
                continue
            if isinstance(slot, _End):
                if slot.error is not None:
                    raise slot.error
                return
            yield slot.value
    finally:
        closing_down.set()
        helper.join()


def _fill(
    slots: "queue.Queue[_Item[T] | _End]", items: Generator[T, None, None], closing_down: Event
) -> None:
    error: BaseException | None = None
    try:
        with closing(items):
            for item in items:
                if not _put(slots, _Item(item), closing_down):
                    return
    except BaseException as raised:  # noqa: BLE001  thread boundary: the reader raises it again
        error = raised
    _put(slots, _End(error), closing_down)


def _put(slots: "queue.Queue[_Item[T] | _End]", slot: _Item[T] | _End, closing_down: Event) -> bool:
    """Wait for a free slot; False when the reader left."""
    while not closing_down.is_set():
        try:
            slots.put(slot, timeout=POLL_S)
        except queue.Full:
            continue
        return True
    return False
