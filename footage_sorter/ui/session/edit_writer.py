"""Edit writer: what a person decides, on its way to the disk, in the order in which it was said.

What is about few clips is kept at once, while the window waits for some milliseconds; about
hundreds, in the pool. What is said meanwhile waits behind. Nothing is shown before it is kept.
"""

import logging
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from threading import Event
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from footage_sorter.domain.clip import ClipId, Decision
from footage_sorter.domain.errors import FootageError
from footage_sorter.services.core import Core
from footage_sorter.services.library import Library, uncollected
from footage_sorter.store.clips import ClipStore
from footage_sorter.ui.session.background import Background

log = logging.getLogger(__name__)

MANY = 300
"""What is about more clips than these, some 30 ms of work, goes to the pool."""

Answer = TypeVar("Answer")

Keep = Callable[[ClipStore, str], Answer]
"""Writes what a person of that name said, in one transaction. On any thread."""


@dataclass(frozen=True, slots=True, eq=False)
class Edit(Generic[Answer]):
    """Something that a person said of some clips.

    Attributes:
        what: The object by which `EditWriter.lost` names it.
        n_clips: How many clips it is about.
        begin: Called when its turn comes, on the GUI thread: what keeps it.
        show: Called when it is kept, on the GUI thread, with what `Keep` returned.
        decisions: What will be the last word on some clips.
    """

    what: object
    n_clips: int
    begin: Callable[[], Keep[Answer]]
    show: Callable[[Answer], object]
    decisions: Mapping[ClipId, Decision] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a thread of the pool brings back."""

    answer: object = None
    error: Exception | None = None


class EditWriter(QObject):
    """Keeps what is said. Made and used on the GUI thread.

    Signals:
        refused: The Exception that says why something could not be kept.
        lost: What it was, where `write` had said True.
        rested: Nothing is under way any more.
    """

    refused = Signal(object)
    lost = Signal(object)
    rested = Signal()

    def __init__(
        self, library: Library, core: Core, background: Background, person: Callable[[], str]
    ) -> None:
        """Keep what `person` says in `library`, or in one that a thread of the pool opens."""
        super().__init__(background)
        self._library, self._core = library, core
        self._background, self._person = background, person
        self._queue: deque[Edit[Any]] = deque()  # the first may be under way in the pool
        self._working = False

    @property
    def under_way(self) -> bool:
        """Whether something is not on the disk yet."""
        return bool(self._queue)

    def write(self, said: Edit[Any]) -> bool:
        """Keep something, then show it; False where it was refused at once."""
        if not self._queue and said.n_clips <= MANY:
            return self._write(said)
        self._queue.append(said)
        self._go_on()
        return True

    def waiting(self, clip_id: ClipId) -> Decision | None:
        """What was said of a clip last, of what is not on the disk yet."""
        last = (one.decisions[clip_id] for one in reversed(self._queue) if clip_id in one.decisions)
        return next(last, None)

    def flush(self) -> None:
        """Keep what waits, here and now. Once the pool has ended: the window closes.

        What was under way may be kept already, or was never begun; a second time changes nothing.
        """
        while self._queue:
            try:
                self._queue.popleft().begin()(self._library.store, self._person())
            except FootageError as error:
                log.warning("the last that was said was not kept: %s", error)

    def _write(self, said: Edit[Any]) -> bool:
        try:
            answer = said.begin()(self._library.store, self._person())
        except FootageError as error:
            self.refused.emit(error)
            return False
        said.show(answer)
        return True

    def _go_on(self) -> None:
        while self._queue and not self._working:
            first = self._queue[0]
            if first.n_clips > MANY:
                self._working = True
                work = partial(self._work, first.begin(), self._person())
                self._background.run(work, self._on_done)
            else:
                self._queue.popleft()
                if not self._write(first):
                    self.lost.emit(first.what)
        if not self._queue:
            self.rested.emit()

    def _work(self, keep: Keep[object], person: str, _cancel: Event) -> _Kept:
        """Runs on a thread of the pool."""
        try:
            with closing(self._core.open_store()) as store, uncollected():
                return _Kept(keep(store, person))
        except FootageError as error:
            return _Kept(error=error)
        except Exception as error:  # a bug: what waits behind must still be kept
            log.exception("something that was said was not kept")
            return _Kept(error=error)

    def _on_done(self, kept: object) -> None:
        assert isinstance(kept, _Kept)
        self._working = False
        if not self._queue:  # late news: the window has closed, and `flush` kept it
            return
        said = self._queue.popleft()
        if kept.error is None:
            said.show(kept.answer)
        else:
            self.refused.emit(kept.error)
            self.lost.emit(said.what)
        self._go_on()
