"""Work: which clip is looked at next, and how far it all is. Shared by two threads."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock

from footage_sorter.domain.clip import Clip, ClipId
from footage_sorter.domain.report import Pass

COARSE_COST_S = 2.0
"""A coarse look costs about as much as this many seconds of footage looked at closely."""


@dataclass(frozen=True, slots=True)
class Job:
    """One look at one clip."""

    clip: Clip
    looked: Pass

    @property
    def cost_s(self) -> float:
        """What it costs, in seconds of footage looked at closely."""
        length_s = self.clip.media.duration_s if self.clip.media else 0.0
        return length_s if self.looked is Pass.FULL else min(COARSE_COST_S, length_s)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is. A value: readers keep it without a lock.

    Attributes:
        done: Clips rated by as close a look as wanted, failed ones among them.
        total: Clips whose rating was wanted.
        coarse_done: Those of them that wait for no coarse look any more.
        tags_done: Clips that classifiers looked at, failed ones among them.
        tags_total: Clips that they were to look at.
        share: Of the whole work, by its cost, 0 to 1.
        current: The clip in work; None between clips.
        footage_s: Seconds of footage looked at closely since the start.
        elapsed_s: Time spent on that, pauses left out.
        left_s: Time left at the speed so far; None until that is known.
    """

    done: int = 0
    total: int = 0
    coarse_done: int = 0
    tags_done: int = 0
    tags_total: int = 0
    share: float = 0.0
    failed: int = 0
    current: Clip | None = None
    footage_s: float = 0.0
    elapsed_s: float = 0.0
    left_s: float | None = None

    @property
    def all_done(self) -> bool:
        """Whether nothing that was wanted is left."""
        return self.done == self.total and self.tags_done == self.tags_total

    @property
    def speed(self) -> float | None:
        """Multiples of real time; None until it is known."""
        return self.footage_s / self.elapsed_s if self.footage_s and self.elapsed_s else None


class WorkQueue:
    """Jobs by importance: every coarse look before any close one, tags last, wanted clips first.

    Thread-safe: the window adds and prioritises, the analysis thread takes.
    """

    def __init__(self, passes: Sequence[Pass] = (Pass.COARSE, Pass.FULL)) -> None:
        self._lock = Lock()
        self._passes = tuple(passes)
        self._waiting: dict[Pass, dict[ClipId, Clip]] = {looked: {} for looked in Pass}
        self._wanted: list[ClipId] = []
        self._total: set[ClipId] = set()
        self._coarse_done: set[ClipId] = set()
        self._done: set[ClipId] = set()
        self._tags_total: set[ClipId] = set()
        self._tags_done: set[ClipId] = set()
        self._failed: set[ClipId] = set()
        self._current: Clip | None = None
        self._waiting_cost_s = 0.0  # of all waiting jobs; summed as they come and go
        self._footage_s = 0.0
        self._cost_done_s = 0.0
        self._busy_s = 0.0
        self._busy_since: float | None = None

    def add(self, clips: Iterable[Clip], *, looked_already: Pass | None = None) -> None:
        """Ask for looks at `clips`; those up to `looked_already` are left out."""
        with self._lock:
            for clip in clips:
                self._total.add(clip.id)
                self._done.discard(clip.id)
                self._failed.discard(clip.id)
                for looked in self._passes:
                    if looked_already is None or looked > looked_already:
                        self._wait_for(Job(clip, looked))
                if clip.id in self._waiting[Pass.COARSE]:
                    self._coarse_done.discard(clip.id)
                else:
                    self._coarse_done.add(clip.id)

    def add_tags(self, clips: Iterable[Clip]) -> None:
        """Ask what the installed classifiers call `clips`."""
        with self._lock:
            for clip in clips:
                self._tags_total.add(clip.id)
                self._tags_done.discard(clip.id)
                self._wait_for(Job(clip, Pass.TAGS))

    def drop(self, ids: Iterable[ClipId]) -> None:
        """Forget clips that nobody waits for any more."""
        with self._lock:
            for clip_id in ids:
                self._total.discard(clip_id)
                self._tags_total.discard(clip_id)
                self._forget(clip_id)

    def prioritise(self, ids: Sequence[ClipId]) -> None:
        """Look at these first, in this order: the selected and visible ones."""
        with self._lock:
            self._wanted = list(ids)

    def take(self) -> Job | None:
        """The next job; None when nothing is left."""
        with self._lock:
            for looked, waiting in self._waiting.items():
                if not waiting:
                    continue
                clip_id = next((one for one in self._wanted if one in waiting), None)
                if clip_id is None:
                    clip_id = next(iter(waiting))
                job = Job(waiting.pop(clip_id), looked)
                self._waiting_cost_s -= job.cost_s
                return job
            return None

    def started(self, job: Job) -> None:
        """Note the clip in work."""
        with self._lock:
            self._current = job.clip
            if self._busy_since is None:
                self._busy_since = time.monotonic()

    def finished(self, job: Job, *, failed: bool = False) -> None:
        """Note that a job ended; a clip that failed is not looked at again."""
        with self._lock:
            self._current = None
            self._coarse_done.add(job.clip.id)
            if failed:
                self._failed.add(job.clip.id)
                self._forget(job.clip.id)
            self._note_what_is_done(job.clip.id)
            if job.looked is Pass.FULL and not failed:
                self._footage_s += job.cost_s
            self._cost_done_s += job.cost_s

    def idle(self) -> None:
        """Stop the clock: paused, or at the end."""
        with self._lock:
            self._busy_s += self._since()
            self._busy_since = None
            self._current = None

    @property
    def pending(self) -> bool:
        """Whether a job waits."""
        with self._lock:
            return any(self._waiting.values())

    def progress(self) -> Progress:
        """How far it is, now."""
        with self._lock:
            elapsed_s = self._busy_s + self._since()
            left_s, share = None, 0.0
            if self._cost_done_s > 0:
                # The sum of floats that came and went may end a hair below nothing.
                waiting_s = max(0.0, self._waiting_cost_s)
                left_s = elapsed_s * waiting_s / self._cost_done_s
                share = self._cost_done_s / (self._cost_done_s + waiting_s)
            return Progress(
                done=len(self._done & self._total),
                total=len(self._total),
                coarse_done=len(self._coarse_done & self._total),
                tags_done=len(self._tags_done & self._tags_total),
                tags_total=len(self._tags_total),
                share=share,
                failed=len(self._failed & (self._total | self._tags_total)),
                current=self._current,
                footage_s=self._footage_s,
                elapsed_s=elapsed_s,
                left_s=left_s,
            )

    def _wait_for(self, job: Job) -> None:
        waiting = self._waiting[job.looked]
        if (before := waiting.get(job.clip.id)) is not None:
            self._waiting_cost_s -= Job(before, job.looked).cost_s
        waiting[job.clip.id] = job.clip
        self._waiting_cost_s += job.cost_s

    def _note_what_is_done(self, clip_id: ClipId) -> None:
        looks = (Pass.COARSE, Pass.FULL)
        if not any(clip_id in self._waiting[looked] for looked in looks):
            self._done.add(clip_id)
        if clip_id not in self._waiting[Pass.TAGS]:
            self._tags_done.add(clip_id)

    def _forget(self, clip_id: ClipId) -> None:
        for looked, waiting in self._waiting.items():
            if (clip := waiting.pop(clip_id, None)) is not None:
                self._waiting_cost_s -= Job(clip, looked).cost_s

    def _since(self) -> float:
        return 0.0 if self._busy_since is None else time.monotonic() - self._busy_since
