"""How fast a verdict comes: python -m tests.benchmarks.engine [CLIP] [--device auto|cpu|cuda]

The engine's rows of the design's speed page, every reference measured in the same run: the founding
loop (every frame through moviepy, a random 224 crop, two ResNeXt-50), FFmpeg's signalstats and
blurdetect over the whole clip, and bare decoding of the very frames that a verdict reads.

Bare decoding is one decoder with FFmpeg's own threads, in this process, clip after clip. Beside it
stands a decoder on each core, which shares out key frames better and bursts worse. The verdict's
decoder is a process of its own, as in the program.
"""

import argparse
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from threading import Event

from footage_sorter.domain import words
from footage_sorter.domain.clip import Clip
from footage_sorter.domain.errors import InferenceUnavailable
from footage_sorter.domain.ports import FrameScorer, Instruments
from footage_sorter.domain.report import Pass
from footage_sorter.domain.resources import resource
from footage_sorter.inference import motion, scorers
from footage_sorter.media import sound
from footage_sorter.media.decoders import Decoders
from footage_sorter.services.analysis import Analysed, Switches, analyse
from footage_sorter.services.scan import Read, scan
from footage_sorter.services.work import WorkQueue
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import prepare
from tests.benchmarks import memory
from tests.benchmarks.decode import bare, bare_in_lanes
from tests.benchmarks.harness import Row, clip_or_made, copy_of, cpu_s, print_table, timed
from tests.benchmarks.references import founding_loop, measured_by_ffmpeg

CLIPS = 6
"""A library is rated in one run: what a run costs at its start and end is shared by its clips."""

RUNS = 3
"""Each measurement is taken so often, in turns with its references; the median counts."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Ratings beside bare decoding of their frames.

    Attributes:
        rated: What rating took, the median of its runs.
        bared: What one decoder took.
        in_lanes: What a decoder on each core took.
        share: Median over the runs of bare time over rating time.
        cpu_share: The same of processor seconds, which depend less on what else runs.
    """

    rated: Row
    bared: Row
    in_lanes: Row
    share: float
    cpu_share: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.engine")
    parser.add_argument("clip", nargs="?")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
    parser.add_argument("--no-memory", action="store_true", help="leave out the 4K HEVC rows")
    wanted = parser.parse_args()
    try:
        scorer = scorers.open_scorer(wanted.device, resource("weights"))
    except InferenceUnavailable as error:
        raise SystemExit(str(words.error(error))) from None
    device = str(getattr(scorer, "device", "cpu"))
    with clip_or_made(wanted.clip) as path:
        one, full, coarse = verdicts(path, scorer)
        length_s = one.rated.work_s
        ffmpeg = timed("FFmpeg's measures", length_s, lambda: measured_by_ffmpeg(path), runs=1)
        founding = founding_loop(path, device)
    show("Full verdict of one clip", one, ffmpeg, founding)
    show(f"Full verdicts of {CLIPS} such clips", full)
    show(f"Coarse ratings of {CLIPS} such clips", coarse)
    lines = [
        ("full verdict against the founding loop", 40, full.rated.speed / founding.speed),
        ("against the clips' own length", 8, full.rated.speed),
        ("against FFmpeg's signalstats and blurdetect", 25, full.rated.speed / ffmpeg.speed),
        ("against bare decoding, one clip", 0.8, one.share),
        (f"against bare decoding, {CLIPS} clips", 0.8, full.share),
        (f"coarse rating against bare decoding, {CLIPS} clips", 0.8, coarse.share),
    ]
    print(f"\nOn {device}:\n\n| what | to reach | measured |\n|---|---:|---:|")
    for what, asked, found in lines:
        print(f"| {what} | {asked:g} x | {found:.2f} x |")
    if not wanted.no_memory:
        with memory.clip_4k_or_given(None) as path:
            for n_clips in (1, memory.CLIPS):
                peak = memory.peak_bytes(path, n_clips, wanted.device)
                print(f"| peak memory, 4K HEVC, {n_clips} clips | 1.5 GB | {peak / 1e9:.2f} GB |")


def show(title: str, sides: Sides, *references: Row) -> None:
    """Print one comparison."""
    rows = [sides.rated, sides.bared, sides.in_lanes, *references]
    print_table(title, rows, sides.bared)
    in_lanes = sides.rated.speed / sides.in_lanes.speed
    print(
        f"\nOf bare decoding: {sides.share:.0%} (to reach: 80 %), in processor seconds"
        f" {sides.cpu_share:.0%}; of a decoder on each core {in_lanes:.0%}"
    )


def verdicts(path: Path, scorer: FrameScorer) -> tuple[Sides, Sides, Sides]:
    """Full verdicts of one clip and of a library of its copies; the library's coarse ratings."""
    with tempfile.TemporaryDirectory() as folder, closing(Decoders()) as decoders:
        library = Path(folder) / "library.sqlite"
        prepare(library)
        instruments = Instruments(
            probe=decoders.probe,
            open_scorer=lambda: scorer,
            source=decoders,
            score_burst=motion.score_burst,
            shake_model=motion.SHAKE_MODEL,
            score_sound=decoders.score_sound,
            sound_model=sound.SOUND_MODEL,
        )
        copies = [copy_of(path, Path(folder), number) for number in range(CLIPS)]
        with closing(ClipStore(library)) as store:
            found = scan(copies, store, Event(), decoders.probe)
            clips = [outcome.clip for outcome in found if isinstance(outcome, Read)]
        verdict = partial(judge, library, instruments)
        verdict(Pass.COARSE, clips[:1])  # the first decoder process comes up, torch warms up
        compared = partial(side_by_side, verdict, lambda: decoders.pids)
        return (
            compared(clips[:1], Pass.FULL),
            compared(clips, Pass.FULL),
            compared(clips, Pass.COARSE),
        )


def side_by_side(
    verdict: Callable[[Pass, Sequence[Clip]], str],
    pids: Callable[[], Sequence[int]],
    clips: Sequence[Clip],
    looked: Pass,
) -> Sides:
    """Ratings of `clips` in one run, and bare decoding of their frames, in turns."""
    assert clips[0].media is not None
    work_s = len(clips) * clips[0].media.duration_s
    ways: dict[str, Callable[[], object]] = {
        "ratings": lambda: verdict(looked, clips),
        "their frames, bare": lambda: [bare(clip, looked) for clip in clips][-1],
        "the same, a decoder a core": lambda: [bare_in_lanes(clip, looked) for clip in clips][-1],
    }
    rows: dict[str, list[Row]] = {what: [] for what in ways}
    cpu: dict[str, list[float]] = {what: [] for what in ways}
    for _ in range(RUNS):
        for what, do in ways.items():
            before_s = cpu_s(pids())
            rows[what].append(timed(what, work_s, do, runs=1))
            cpu[what].append(cpu_s(pids()) - before_s)
    rated, bared, in_lanes = rows.values()
    rated_cpu, bared_cpu, _ = cpu.values()
    return Sides(
        *(sorted(one, key=lambda row: row.seconds)[RUNS // 2] for one in (rated, bared, in_lanes)),
        median(b.seconds / r.seconds for r, b in zip(rated, bared, strict=True)),
        median(b / r for r, b in zip(rated_cpu, bared_cpu, strict=True)),
    )


def judge(library: Path, instruments: Instruments, looked: Pass, clips: Sequence[Clip]) -> str:
    """Do what the program does for some clips in one run."""
    work = WorkQueue((looked,))
    work.add(clips)
    outcomes = list(analyse(work, Switches(), partial(ClipStore, library), instruments, anew=True))
    reports = [outcome.report for outcome in outcomes if isinstance(outcome, Analysed)]
    assert len(reports) == len(clips)
    return f"{len(reports[0].frames)} frames, {len(reports[0].bursts)} bursts each"


if __name__ == "__main__":
    main()
