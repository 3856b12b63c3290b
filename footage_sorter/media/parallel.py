"""In parallel: pieces of work done side by side and told in their order. Knows threads alone."""

import queue
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from itertools import islice
from threading import Event, Thread
from typing import TypeVar

from footage_sorter.media.bounded_queue import BoundedQueue

P = TypeVar("P")
T = TypeVar("T")

_AHEAD = 2
"""Pieces begun for each lane, at most, before the first of them is told to its end."""

_DEPTH = 2
"""Items of each piece that wait to be told: memory does not grow with the number of pieces."""


def in_parallel(
    pieces: Iterable[P], lanes: Sequence[Callable[[P], Generator[T, None, None]]]
) -> Generator[T, None, None]:
    """Yield what `lanes` make of `pieces`: all of the first piece, then all of the second.

    Whichever lane is free takes the next piece, so short and long ones share out evenly. A lane
    works on a thread of its own, a single one on the caller's. An error is raised when its piece
    has its turn. However the caller leaves, no lane works any more when we return.

    Args:
        pieces: In the order wanted; asked for one by one, a few ahead of what is told.
        lanes: At least one; each takes a piece and yields what it makes of it.
    """
    if len(lanes) == 1:
        for piece in pieces:
            yield from lanes[0](piece)
        return
    left = Event()
    waiting: queue.SimpleQueue[tuple[P, BoundedQueue[T]] | None] = queue.SimpleQueue()
    threads = [Thread(target=_work, args=(lane, waiting), name="lane") for lane in lanes]
    try:
        for thread in threads:
            thread.start()
        rest = ((piece, BoundedQueue[T](_DEPTH, left)) for piece in pieces)
        yield from _told(rest, waiting, ahead=_AHEAD * len(lanes))
    finally:
        left.set()
        for _ in threads:
            waiting.put(None)
        for thread in threads:
            thread.join()


def _told(
    rest: "Iterator[tuple[P, BoundedQueue[T]]]",
    waiting: "queue.SimpleQueue[tuple[P, BoundedQueue[T]] | None]",
    ahead: int,
) -> Iterator[T]:
    """Hand out pieces, `ahead` at first and one more for each that was told; tell in order."""
    begun: list[tuple[P, BoundedQueue[T]]] = list(islice(rest, ahead))
    for one in begun:
        waiting.put(one)
    never = Event()  # a cancel ends the lanes, and then there is an end to tell
    while begun:
        _, answers = begun.pop(0)
        yield from answers.taken(never)
        for one in islice(rest, 1):
            begun.append(one)
            waiting.put(one)


def _work(
    lane: Callable[[P], Generator[T, None, None]],
    waiting: "queue.SimpleQueue[tuple[P, BoundedQueue[T]] | None]",
) -> None:
    """Run on a lane's thread: do what waits, until told that nothing more comes."""
    while (one := waiting.get()) is not None:
        piece, answers = one
        answers.fill(lane(piece))
