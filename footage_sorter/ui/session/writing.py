"""Writing: decisions on their way to the disk, in the order in which a person said them.

A few are kept at once, while the window waits for some milliseconds; thousands in the pool. What is
said while thousands are under way waits behind them. Nothing is shown before it is kept.
"""

import logging
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from threading import Event

from PySide6.QtCore import QObject, Signal

from footage_sorter.domain.clip import ClipId, Decision
from footage_sorter.domain.errors import FootageError
from footage_sorter.services.core import Core
from footage_sorter.services.library import Library
from footage_sorter.ui.session.background import Background

log = logging.getLogger(__name__)

MANY = 300
"""More decisions than these, some 30 ms of work, go to the pool."""

Decisions = Mapping[ClipId, Decision]


class Writing(QObject):
    """Keeps decisions. Made and used on the GUI thread.

    Signals:
        kept: Decisions that are on the disk now.
        refused: Decisions that could not be kept, and the Exception that says why.
        lost: Those of them of which `write` had said True.
        rested: Nothing is under way any more.
    """

    kept = Signal(object)
    refused = Signal(object, object)
    lost = Signal(object)
    rested = Signal()

    def __init__(
        self, library: Library, core: Core, background: Background, person: Callable[[], str]
    ) -> None:
        """Keep what `person` says in `library`, or in one that a thread of the pool opens."""
        super().__init__(background)
        self._library, self._core = library, core
        self._background, self._person = background, person
        self._queue: deque[Decisions] = deque()  # the first may be under way in the pool
        self._working = False

    @property
    def under_way(self) -> bool:
        """Whether some decisions are not on the disk yet."""
        return bool(self._queue)

    def write(self, decisions: Decisions) -> bool:
        """Keep decisions; False where they were refused at once."""
        if not self._queue and len(decisions) <= MANY:
            return self._write(decisions)
        self._queue.append(decisions)
        self._go_on()
        return True

    def waiting(self, clip_id: ClipId) -> Decision | None:
        """What was said of a clip last, of what is not on the disk yet."""
        said = (one[clip_id] for one in reversed(self._queue) if clip_id in one)
        return next(said, None)

    def flush(self) -> None:
        """Keep what waits, here and now. Once the pool has ended: the window closes.

        What was under way may be kept already, or was never begun; a second time changes nothing.
        """
        while self._queue:
            try:
                self._library.decide(self._queue.popleft(), self._person())
            except FootageError as error:
                log.warning("the last decisions were not kept: %s", error)

    def _write(self, decisions: Decisions) -> bool:
        try:
            self._library.decide(decisions, self._person())
        except FootageError as error:
            self.refused.emit(decisions, error)
            return False
        self.kept.emit(decisions)
        return True

    def _go_on(self) -> None:
        while self._queue and not self._working:
            first = self._queue[0]
            if len(first) > MANY:
                self._working = True
                self._background.run(partial(self._work, first, self._person()), self._on_done)
            elif not self._write(self._queue.popleft()):
                self.lost.emit(first)
        if not self._queue:
            self.rested.emit()

    def _work(self, decisions: Decisions, person: str, _cancel: Event) -> Exception | None:
        """Runs on a thread of the pool."""
        try:
            with closing(self._core.open_store()) as store:
                store.decide(decisions, by=person)
        except FootageError as error:
            return error
        except Exception as error:  # a bug: what waits behind these must still be kept
            log.exception("%d decisions were not kept", len(decisions))
            return error
        return None

    def _on_done(self, error: object) -> None:
        self._working = False
        if not self._queue:  # late news: the window has closed, and `flush` kept them
            return
        decisions = self._queue.popleft()
        if error is None:
            self.kept.emit(decisions)
        else:
            self.refused.emit(decisions, error)
            self.lost.emit(decisions)
        self._go_on()
