"""Frames: what the models and the shake measure get to see of a clip, a few frames at a time."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from itertools import takewhile
from threading import Event

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from footage_sorter.domain.clip import Clip, MediaInfo
from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.domain.ports import (
    BURST_WIDTH_PX,
    Burst,
    Damage,
    FrameBatch,
    Sampled,
    StartOver,
)
from footage_sorter.domain.report import Pass
from footage_sorter.media.container import open_picture
from footage_sorter.media.decode import THREADS, RunDecoder, TimedFrame
from footage_sorter.media.index import read_index
from footage_sorter.media.parallel import in_parallel
from footage_sorter.media.picture import Converter
from footage_sorter.media.plan import BURST_MAX_RATE, Run, plan
from footage_sorter.media.probe import probe

BATCH_FRAMES = 2
"""As many as the networks judge at once on a processor: with more, the last ones of a clip would be
judged while nothing is decoded."""
_BURST_MIN_FRAMES = 3

_LANES = 2
"""A run decodes on few threads at best: two at once keep twice as many cores busy."""

_RUNS_A_LANE = 3
"""Fewer runs do not share out evenly: then all threads work on the same one."""


class ClipFrames:
    """The FrameSource of real clips. Holds nothing between calls."""

    def read(
        self, clip: Clip, looked: Pass, working_long_side_px: int, cancel: Event
    ) -> Generator[Sampled, None, None]:
        """Decode what `looked` needs of `clip`; see `FrameSource.read`.

        At the first damage the clip is read afresh on a single thread. With several it hangs on
        which is quicker whether a damaged picture is known for one, and what fills a hole in it;
        so the same clip would now get one rating, now another.

        Raises:
            ClipError: The file cannot be opened, or not one frame of it decodes.
        """
        if (yield from _look_at(clip, looked, working_long_side_px, cancel, THREADS)):
            yield StartOver()
            yield from _look_at(clip, looked, working_long_side_px, cancel, 1)


def _look_at(
    clip: Clip, looked: Pass, working_long_side_px: int, cancel: Event, threads: int
) -> Generator[Sampled, None, bool]:
    """`ClipFrames.read` on so many threads; with several, whether it broke off at damage."""
    media = clip.media or probe(clip.path)
    with ExitStack() as files:
        container, stream = files.enter_context(open_picture(clip.path))
        index = read_index(clip.path, container, stream, cancel)
        width_px, height_px = media.coded_size_px
        runs = plan(index.times_s, media.duration_s, media.frame_rate, looked, width_px * height_px)
        # A file that is read straight on is read once.
        share_out = index.jumps and len(runs) >= _RUNS_A_LANE * _LANES
        n_lanes = min(_LANES, threads) if share_out else 1
        opened = [(container, stream)]
        opened += [files.enter_context(open_picture(clip.path)) for _ in range(1, n_lanes)]
        lanes = [
            _Lane(
                RunDecoder(*one, index, cancel, threads=threads // n_lanes),
                _Sampler(media, working_long_side_px),
            )
            for one in opened
        ]
        wanted = takewhile(lambda _: not cancel.is_set(), runs)
        seen = files.enter_context(closing(in_parallel(wanted, [lane.do for lane in lanes])))
        told: dict[str, None] = {}
        for sample in _batched(seen, told):
            if threads > 1 and isinstance(sample, Damage):
                return True
            yield sample
        if not cancel.is_set() and not any(lane.sampler.n_looked for lane in lanes):
            raise ClipError(clip.path, Why.DAMAGED, "; ".join(sorted(told)))
    return False


@dataclass(slots=True)
class _Stack:
    """Pictures of one size on their way out."""

    pictures: list[NDArray[np.uint8]] = field(default_factory=list)
    times_s: list[float] = field(default_factory=list)

    def add(self, picture: NDArray[np.uint8], time_s: float) -> None:
        self.pictures.append(picture)
        self.times_s.append(time_s)

    def fits(self, picture: NDArray[np.uint8]) -> bool:
        """Whether `picture` has the size of the others: a clip may change it on the way."""
        return not self.pictures or self.pictures[0].shape == picture.shape

    def take(self) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
        """All of them, shape (N, ...), and their times, shape (N,); empties the stack."""
        taken = np.stack(self.pictures), np.array(self.times_s, np.float64)
        self.pictures, self.times_s = [], []
        return taken


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """One frame for the models: uint8, shape (H, W, 3)."""

    rgb: NDArray[np.uint8]
    time_s: float


@dataclass(frozen=True, slots=True)
class _Lane:
    """Decodes runs, one after the other."""

    decoder: RunDecoder
    sampler: "_Sampler"

    def do(self, run: Run) -> Generator[_Look | Burst | Damage, None, None]:
        """What is wanted of `run`, and what went wrong."""
        yield from self.sampler.sample(run, self.decoder.frames(run))
        yield from map(Damage, self.decoder.take_damage())


def _batched(
    seen: Iterator[_Look | Burst | Damage], told: dict[str, None]
) -> Iterator[FrameBatch | Burst | Damage]:
    """Gather looks to batches; tell each damage once, and note it in `told`."""
    looks = _Stack()
    for one in seen:
        match one:
            case _Look(rgb, time_s):
                if not looks.fits(rgb):
                    yield FrameBatch(*looks.take())
                looks.add(rgb, time_s)
                if len(looks.pictures) == BATCH_FRAMES:
                    yield FrameBatch(*looks.take())
            case Damage(detail) if detail in told:
                continue
            case Damage(detail):
                told[detail] = None
                yield one
            case Burst():
                yield one
    if looks.pictures:
        yield FrameBatch(*looks.take())


class _Sampler:
    """Picks looks and bursts out of the frames of runs."""

    def __init__(self, media: MediaInfo, working_long_side_px: int) -> None:
        self.n_looked = 0
        self._converter = Converter(media.rotation_deg, media.colour.transfer)
        self._long_side_px = working_long_side_px
        self._half_frame_s = float(1 / media.frame_rate) / 2
        self._burst = _Stack()

    def sample(self, run: Run, frames: Iterator[TimedFrame]) -> Iterator[_Look | Burst]:
        """What `run` wants of `frames`."""
        looks_s, bursts_s = list(run.looks_s), list(run.bursts_s)
        last: TimedFrame | None = None
        for time_s, frame in frames:
            last = None if self._is_due(looks_s, time_s) else (time_s, frame)
            if last is None:
                yield self._look(time_s, frame)
            while bursts_s and time_s > bursts_s[0][1] + self._half_frame_s:
                bursts_s.pop(0)
                yield from self._end_burst()
            if bursts_s and time_s >= bursts_s[0][0] - self._half_frame_s:
                yield from self._add_to_burst(time_s, frame)
        if looks_s and last is not None:
            yield self._look(*last)  # the clip ended a little before the wanted moment
        yield from self._end_burst()

    def _is_due(self, looks_s: list[float], time_s: float) -> bool:
        """Whether the frame at `time_s` is wanted; strikes off what it stands for."""
        due = False
        while looks_s and time_s >= looks_s[0] - self._half_frame_s:
            looks_s.pop(0)
            due = True
        return due

    def _look(self, time_s: float, frame: VideoFrame) -> _Look:
        self.n_looked += 1
        return _Look(self._converter.rgb(frame, self._long_side_px), time_s)

    def _add_to_burst(self, time_s: float, frame: VideoFrame) -> Iterator[Burst]:
        times_s = self._burst.times_s
        if times_s and time_s - times_s[-1] < 1 / BURST_MAX_RATE:
            return
        luma = self._converter.grey(frame, BURST_WIDTH_PX)
        if not self._burst.fits(luma):
            yield from self._end_burst()
        self._burst.add(luma, time_s)

    def _end_burst(self) -> Iterator[Burst]:
        if len(self._burst.pictures) >= _BURST_MIN_FRAMES:
            yield Burst(*self._burst.take())
        self._burst = _Stack()
