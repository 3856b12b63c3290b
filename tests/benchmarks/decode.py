"""How fast frames come: python -m tests.benchmarks.decode [CLIP]

Every reference is measured in the same run. "The same frames, bare" decodes exactly what a look
decodes and converts nothing: what any analysis of these frames must at least take.
"""

import os
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event

import av

from footage_sorter.domain.clip import Clip
from footage_sorter.domain.report import Pass
from footage_sorter.media.container import open_picture
from footage_sorter.media.decode import RunDecoder
from footage_sorter.media.frames import ClipFrames
from footage_sorter.media.index import KeyIndex, read_index
from footage_sorter.media.parallel import in_parallel
from footage_sorter.media.plan import Run, plan
from tests.benchmarks.harness import Row, clip_or_made, print_table, timed
from tests.helpers.reading import clip_of

LONG_SIDE_PX = 640


def main() -> None:
    """Measure and print."""
    with clip_or_made(sys.argv[1] if len(sys.argv) > 1 else None) as path:
        clip = clip_of(path)
        assert clip.media is not None
        length_s = clip.media.duration_s
        full = timed("full look", length_s, lambda: look(clip, Pass.FULL))
        bare_full = timed("same frames, bare", length_s, lambda: bare(clip, Pass.FULL))
        coarse = timed("coarse look", length_s, lambda: look(clip, Pass.COARSE))
        bare_coarse = timed("same frames, bare", length_s, lambda: bare(clip, Pass.COARSE))
        keys = timed("key frames alone", length_s, lambda: runs_of(clip, lone_keys))
        bursts = timed("bursts of 12", length_s, lambda: runs_of(clip, bursts_of_12))
        every = timed("every frame", length_s, lambda: every_frame(path), runs=1)
    print_table(f"Full look at {path.name}", [full, bare_full, bursts, keys, every], bare_full)
    print_table(f"Coarse look at {path.name}", [coarse, bare_coarse], bare_coarse)
    share(full, bare_full)
    share(coarse, bare_coarse)


def share(row: Row, reference: Row) -> None:
    """Say how near `row` is to its bare decoding."""
    print(f"{row.what}: {row.speed / reference.speed:.0%} of bare decoding (to reach: 80 %)")


def look(clip: Clip, looked: Pass) -> None:
    """Decode and convert all that a look needs; nothing is judged."""
    for _ in ClipFrames().read(clip, looked, LONG_SIDE_PX, Event()):
        pass


def bare(clip: Clip, looked: Pass) -> str:
    """Decode what a look decodes, and let it fall: one decoder, with FFmpeg's own threads."""
    return runs_of(clip, lambda index: planned(clip, index, looked))


def bare_in_lanes(clip: Clip, looked: Pass) -> str:
    """The same by a decoder on each core, of one thread each."""

    def count(decoder: RunDecoder) -> Callable[[Run], Generator[int, None, None]]:
        return lambda run: (1 for _ in decoder.frames(run))

    with ExitStack() as files:
        opened = [files.enter_context(open_picture(clip.path)) for _ in range(os.cpu_count() or 1)]
        index = read_index(clip.path, *opened[0], Event())
        lanes = [count(RunDecoder(*one, index, Event(), threads=1)) for one in opened]
        return f"{sum(in_parallel(planned(clip, index, looked), lanes))} frames"


def planned(clip: Clip, index: KeyIndex, looked: Pass) -> tuple[Run, ...]:
    """What a look decodes."""
    assert clip.media is not None
    media, (width_px, height_px) = clip.media, clip.media.coded_size_px
    return plan(index.times_s, media.duration_s, media.frame_rate, looked, width_px * height_px)


def lone_keys(index: KeyIndex) -> Iterator[Run]:
    """Every key frame and nothing else."""
    return (Run(key, time_s) for key, time_s in enumerate(index.times_s))


def bursts_of_12(index: KeyIndex) -> Iterator[Run]:
    """Every key frame, and after every second one eleven more frames of 1/30 s."""
    for key, time_s in enumerate(index.times_s):
        yield Run(key, time_s if key % 2 else time_s + 11.5 / 30)


def runs_of(clip: Clip, choose) -> str:
    """Decode chosen runs; how many frames came."""
    n_frames = 0
    with open_picture(clip.path) as (container, stream):
        index = read_index(clip.path, container, stream, Event())
        decoder = RunDecoder(container, stream, index, Event())
        for run in choose(index):
            n_frames += sum(1 for _ in decoder.frames(run))
    return f"{n_frames} frames"


def every_frame(path: Path) -> str:
    """Decode the whole clip as fast as FFmpeg can."""
    with av.open(str(path)) as container:
        container.streams.video[0].thread_type = "AUTO"
        return f"{sum(1 for _ in container.decode(video=0))} frames"


if __name__ == "__main__":
    main()
