"""Decoding apart: what `media` does with a clip's file, done in a process that may be lost.

A native fault in a decoder, or one that hangs, costs the clip that it was reading: the process
ends, the next call starts another. docs/decisions/0007 says why it is done this way.
"""

from collections.abc import Callable, Generator, Iterable, Sequence
from pathlib import Path
from threading import Event, Lock
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.clip import Clip, MediaInfo
from footage_sorter.domain.errors import ClipError, DecoderUnavailable, Why
from footage_sorter.domain.ports import Sampled
from footage_sorter.domain.report import Pass, SoundScore
from footage_sorter.media import tasks
from footage_sorter.media.priority import DECODER_NICE
from footage_sorter.media.process import WorkerLost, WorkerNotUp, WorkerProcess

PATIENCE_S = 30.0
"""A clip is given up when its decoder did not get from one packet to the next for so long. The
slowest frame known, 8K in software, takes a second; a drive that sleeps wakes within ten."""

_KEPT_IDLE = 2
"""Processes kept for the next call, some 60 MB each: one for the analysis, one for a person."""

_CALLS = 1000
"""A process is replaced after so many calls: what native code loses of memory goes with it."""

T = TypeVar("T")


class Decoders:
    """Reads clips like the rest of `media`, in processes of its own. Safe to use from any thread.

    A process is started when one is needed, by each caller at the same moment; callers are few:
    the analysis, the pool of two, the player.
    """

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._lock = Lock()  # of all that follows
        self._idle: list[WorkerProcess] = []  # the last one used is the last
        self._all: set[WorkerProcess] = set()
        self._closed = False
        self._fallen = 0

    @property
    def pids(self) -> list[int]:
        """The processes that live now, by their numbers in the system."""
        with self._lock:
            return [process.pid for process in self._all]

    @property
    def fallen(self) -> int:
        """How many processes a file brought down so far, or to a halt."""
        with self._lock:
            return self._fallen

    def close(self) -> None:
        """End all processes, and what they are doing: it fails."""
        with self._lock:
            self._closed = True
            ending, self._idle = set(self._all), []
            self._all.clear()
        for process in ending:
            process.kill()  # all at once: each takes its moment
        for process in ending:
            process.end()

    def read(
        self, clip: Clip, looked: Pass, working_long_side_px: int, cancel: Event
    ) -> Generator[Sampled, None, None]:
        """`ClipFrames.read`: see `FrameSource.read`."""
        return self.stream(clip.path, cancel, tasks.look, clip, looked, working_long_side_px)

    def probe(self, path: Path, cancel: Event) -> MediaInfo:
        """`probe.probe`. A cancel raises `ClipError`, too."""
        return self._one(path, cancel, tasks.media_of, path)

    def score_sound(self, clip: Clip, cancel: Event) -> tuple[SoundScore, ...] | None:
        """`sound.score_sound`; None also where the sound stream brings its decoder down."""
        try:
            return self._one(clip.path, cancel, tasks.sound_of, clip)
        except ClipError:  # a broken sound stream never costs the clip
            return None

    def frame_at(self, clip: Clip, time_s: float, max_px: int) -> NDArray[np.uint8]:
        """`stills.frame_at`."""
        return self.frames_at(clip, (time_s,), max_px, exact=True)[0]

    def frames_at(
        self, clip: Clip, times_s: Sequence[float], max_px: int, *, exact: bool
    ) -> list[NDArray[np.uint8]]:
        """`stills.frames_at`."""
        return self._one(clip.path, Event(), tasks.stills_of, clip, times_s, max_px, exact)

    def frames_from(
        self, clip: Clip, start_s: float, max_px: int, cancel: Event
    ) -> Generator[tuple[float, NDArray[np.uint8]], None, None]:
        """`playback.frames_from`."""
        return self.stream(clip.path, cancel, tasks.frames_of, clip, start_s, max_px)

    def stream(
        self, path: Path, cancel: Event, task: Callable[..., Iterable[T]], *args: object
    ) -> Generator[T, None, None]:
        """Yield the answers of `task(*args, cancel)`, made in another process.

        Closing the generator before its end, and a cancel, cost the process: the next call
        starts another.

        Raises:
            ClipError: What the task raised; or the decoder crashed, or came to a halt.
            DecoderUnavailable: No process can be started.
        """
        process = self._borrow()
        try:
            yield from process.ask(task, args, cancel, self._patience_s)
        except WorkerNotUp as error:
            raise DecoderUnavailable(str(error)) from error
        except WorkerLost as lost:
            if lost.why in {Why.CRASHED, Why.STALLED}:
                with self._lock:
                    self._fallen += 1
            raise ClipError(path, lost.why, lost.detail) from lost
        finally:
            self._give_back(process)

    def _one(self, path: Path, cancel: Event, task: Callable[..., Iterable[T]], *args: object) -> T:
        """The only answer of `task`."""
        answers = list(self.stream(path, cancel, task, *args))
        if not answers:  # only a cancel ends a task of one answer early
            raise ClipError(path, Why.UNREADABLE, "cancelled")
        return answers[0]

    def _borrow(self) -> WorkerProcess:
        while (process := self._kept()) is not None:
            if process.alive:
                return process
            self._let_go(process)
        try:
            process = WorkerProcess(DECODER_NICE)
        except WorkerNotUp as error:
            raise DecoderUnavailable(str(error)) from error
        with self._lock:
            self._all.add(process)
        return process

    def _kept(self) -> WorkerProcess | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _give_back(self, process: WorkerProcess) -> None:
        with self._lock:
            keep = process.idle and process.asked < _CALLS
            keep &= not self._closed and len(self._idle) < _KEPT_IDLE
            if keep:
                self._idle.append(process)
        if not keep:
            self._let_go(process)

    def _let_go(self, process: WorkerProcess) -> None:
        process.end()
        with self._lock:
            self._all.discard(process)
