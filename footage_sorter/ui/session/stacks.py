"""Stacks in the making: signs the pictures of the library's clips and groups similar takes.

Knows the rows and the cache of pictures, no view. The work is done in the pool, behind all else;
what it finds comes as one list.
"""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from threading import Event

import numpy as np
from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal, SignalInstance

from footage_sorter.domain.clip import Clip, ContentId
from footage_sorter.domain.errors import FootageError
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.stacks import Stack, Take, rank, stacks_of
from footage_sorter.media.signatures import (
    Signature,
    keep_signatures,
    load_signatures,
    signature_of,
)
from footage_sorter.media.thumbnails import Thumbnails
from footage_sorter.ui.session.clip_model import ClipModel
from footage_sorter.ui.session.stacking import Ranks

log = logging.getLogger(__name__)

LOOK_MS = 800
"""Rows that come in are looked at together, at most this often."""

SLICE_S = 0.3
"""A job signs for about so long, then queues up again: what a person waits for goes first."""

GROUP_EVERY_S = 3.0
"""While clips are still being signed, stacks are looked for at most this often."""

BEHIND_ALL = -1
"""Priority in the pool."""


class Stacks(QObject):
    """Finds the stacks of a library while it is open. Made and used on the GUI thread.

    Signals:
        found: list of Stack, other ones than before; Ranks of their takes.
    """

    found = Signal(object, object)
    _signed = Signal(object, object)  # Signature by ContentId; ContentIds without a picture
    _grouped = Signal(object, object)

    def __init__(
        self,
        model: ClipModel,
        thumbnails: Thumbnails,
        pool: QThreadPool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._thumbnails = thumbnails
        self._pool = pool
        self._signatures: dict[ContentId, Signature] = {}
        self._barren: set[ContentId] = set()
        self._told: list[Stack] = []
        self._takes: list[Clip] = []  # what was grouped last
        self._done: list[Clip] | None = None  # with nothing left to sign or to group
        self._is_loaded = False
        self._grouped_at_s = -GROUP_EVERY_S
        self._working = False
        self._closed = Event()
        self._soon = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._soon.timeout.connect(self._look)
        self._signed.connect(self._on_signed)
        self._grouped.connect(self._on_grouped)

    def start(self) -> None:
        """Begin with what is kept, then follow the library."""
        for told in (self._model.rowsInserted, self._model.rowsRemoved, self._model.dataChanged):
            told.connect(self._look_soon)
        self._look_soon()  # not at once: the first cards are being painted

    def shutdown(self) -> None:
        """Begin nothing more; a job in the pool ends by itself, soon."""
        self._closed.set()
        self._soon.stop()

    # On the GUI thread

    def _look_soon(self) -> None:
        if not self._soon.isActive() and not self._closed.is_set():
            self._soon.start()

    def _look(self) -> None:
        """Sign what has no signature yet, and group what has one."""
        if self._working or self._closed.is_set():
            return
        if not self._is_loaded:
            self._is_loaded = True
            self._start(self._load)
            return
        rows = [row for row in self._model.rows() if row.clip.content and row.clip.media]
        clips = [row.clip for row in rows]
        if clips == self._done:  # something was said or measured of them
            return
        takes = [clip for clip in clips if clip.content in self._signatures]
        known = self._signatures.keys() | self._barren
        wanted = list({one.content: one for one in clips if one.content not in known}.values())
        rested = time.monotonic() - self._grouped_at_s >= GROUP_EVERY_S
        if takes != self._takes and (rested or not wanted):
            self._takes, signatures = takes, dict(self._signatures)
            self._start(lambda: self._group(rows, signatures))
        elif wanted:
            self._start(lambda: self._sign(wanted))
        else:
            self._done = clips

    def _start(self, work: Callable[[], None]) -> None:
        self._working = True
        self._pool.start(work, BEHIND_ALL)

    def _on_signed(
        self, signed: Mapping[ContentId, Signature], barren: frozenset[ContentId]
    ) -> None:
        self._working = False
        self._signatures.update(signed)
        self._barren |= barren
        self._look()

    def _on_grouped(self, stacks: list[Stack], ranks: Ranks) -> None:
        self._working = False
        self._grouped_at_s = time.monotonic()
        if stacks != self._told:
            self._told = stacks
            self.found.emit(stacks, ranks)
        self._look()

    # On a thread of the pool; no error may leave it

    def _load(self) -> None:
        signatures: dict[ContentId, Signature] = {}
        try:
            signatures = load_signatures(self._thumbnails.folder)
        except Exception:
            log.exception("no signatures were read")
        self._emit(self._signed, signatures, frozenset())

    def _sign(self, clips: Sequence[Clip]) -> None:
        signed: dict[ContentId, Signature] = {}
        barren: set[ContentId] = set()
        until_s = time.monotonic() + SLICE_S
        for clip in clips:
            if self._closed.is_set() or time.monotonic() > until_s:
                break
            assert clip.content is not None
            try:
                signed[clip.content] = signature_of(self._thumbnails.picture(clip))
            except FootageError as error:
                log.info("no signature of %s: %s", clip.path, error)
                barren.add(clip.content)
            except Exception:
                log.exception("no signature of %s", clip.path)
                barren.add(clip.content)
        try:
            keep_signatures(self._thumbnails.folder, signed)
        except FootageError as error:  # a full disk: they are made again the next time
            log.info("signatures are not kept: %s", error)
        self._emit(self._signed, signed, frozenset(barren))

    def _group(self, rows: Sequence[ClipRow], signatures: Mapping[ContentId, Signature]) -> None:
        takes = [take for row in rows if (take := _take(row.clip, signatures)) is not None]
        stacks: list[Stack] = []
        ranks: Ranks = {}
        try:
            stacks = stacks_of(takes)
            stacked = frozenset(chain.from_iterable(stacks))
            ranks = {row.clip.id: (row, rank(row)) for row in rows if row.clip.id in stacked}
        except Exception:
            log.exception("no stacks were found")
        self._emit(self._grouped, stacks, ranks)

    def _emit(self, signal: SignalInstance, *values: object) -> None:
        try:
            signal.emit(*values)
        except RuntimeError:  # the window was closed meanwhile, and this object with it
            log.debug("found for nobody")


def _take(clip: Clip, signatures: Mapping[ContentId, Signature]) -> Take | None:
    if clip.content is None or clip.media is None or clip.content not in signatures:
        return None
    media = clip.media
    return Take(
        clip.id,
        clip.path,
        media.duration_s,
        media.camera,
        media.recorded_at,
        np.asarray(signatures[clip.content]),
    )
