"""How fast a verdict comes: python -m tests.benchmarks.engine [CLIP]

The table of the design's speed page, every reference measured in the same run: the founding loop
(every frame through moviepy, a random 224 crop, two ResNeXt-50), FFmpeg's signalstats and
blurdetect over the whole clip, and bare decoding of the very frames that a verdict reads. One clip
alone also pays for what a run needs at its start and end; a library of six shares that.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from math import inf
from pathlib import Path
from threading import Event

import imageio_ffmpeg
import numpy as np
import torch
import torchvision
from moviepy import VideoFileClip

from footage_sorter.domain.clip import Clip
from footage_sorter.domain.ports import Instruments
from footage_sorter.domain.report import Pass
from footage_sorter.domain.resources import resource
from footage_sorter.inference import motion, scorers
from footage_sorter.media import sound
from footage_sorter.media.isolated import Decoders
from footage_sorter.services.analysis import Analysed, Switches, analyse
from footage_sorter.services.scan import Read, scan
from footage_sorter.services.work import WorkQueue
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import prepare
from tests.benchmarks.decode import bare
from tests.benchmarks.harness import Row, clip_or_made, print_table, timed

CLIPS = 6
"""A library is rated in one run: what a run costs at its start and end is shared by its clips."""

RUNS = 3
"""Each measurement is taken so often, in turns with its reference; the best counts."""

FOUNDING_FRAMES = 24
"""The founding loop is timed on so many frames: it has no memory, so more only take longer."""


def main() -> None:
    """Measure and print."""
    scorer = scorers.open_scorer("auto", resource("weights"))
    with (
        clip_or_made(sys.argv[1] if len(sys.argv) > 1 else None) as path,
        tempfile.TemporaryDirectory() as folder,
        closing(Decoders()) as decoders,
    ):
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
        assert clips[0].media is not None
        length_s = clips[0].media.duration_s
        verdict = partial(judge, library, instruments)
        verdict(Pass.COARSE, clips[:1])  # the first decoder process comes up, torch warms up
        one, bare_one = side_by_side(length_s, clips[:1], verdict, Pass.FULL)
        full, bare_full = side_by_side(CLIPS * length_s, clips, verdict, Pass.FULL)
        coarse, bare_coarse = side_by_side(CLIPS * length_s, clips, verdict, Pass.COARSE)
        ffmpeg = timed("FFmpeg signalstats, blurdetect", length_s, lambda: measured(path), runs=1)
        founding = founding_loop(path)
    print_table(f"Full verdict of {path.name}", [one, bare_one, ffmpeg, founding], founding)
    print_table(f"Full verdicts of {CLIPS} such clips", [full, bare_full], bare_full)
    print_table(f"Coarse ratings of {CLIPS} such clips", [coarse, bare_coarse], bare_coarse)
    print()
    for what, row, reference, asked in (
        ("against the founding loop", full, founding, "40 x"),
        ("against FFmpeg's measures", full, ffmpeg, "25 x"),
        ("against bare decoding, one clip", one, bare_one, "0.8 x"),
        ("against bare decoding, a library", full, bare_full, "0.8 x"),
        ("coarse against bare decoding, a library", coarse, bare_coarse, "0.8 x"),
    ):
        print(f"{what}: {row.speed / reference.speed:.2f} x (to reach: {asked})")
    print(f"against the clips' own length: {full.speed:.1f} x (to reach: 8 x)")


def side_by_side(work_s: float, clips: Sequence[Clip], verdict, looked: Pass) -> tuple[Row, Row]:
    """Ratings of `clips` in one run, and bare decoding of their frames, in turns."""
    rated = Row("ratings", inf, work_s)
    bared = Row("their frames, bare", inf, work_s)
    for _ in range(RUNS):
        row = timed(rated.what, work_s, lambda: verdict(looked, clips), runs=1)
        rated = min(rated, row, key=lambda row: row.seconds)
        row = timed(bared.what, work_s, lambda: [bare(clip, looked) for clip in clips][-1], runs=1)
        bared = min(bared, row, key=lambda row: row.seconds)
    return rated, bared


def copy_of(path: Path, folder: Path, number: int) -> Path:
    """The clip at `path` under another name and with another content: a byte at its end."""
    copy = folder / f"{number}{path.suffix}"
    copy.write_bytes(path.read_bytes() + bytes([number]))
    return copy


def judge(library: Path, instruments: Instruments, looked: Pass, clips: Sequence[Clip]) -> str:
    """Do what the program does for some clips in one run."""
    work = WorkQueue((looked,))
    work.add(clips)
    outcomes = list(analyse(work, Switches(), partial(ClipStore, library), instruments, anew=True))
    reports = [outcome.report for outcome in outcomes if isinstance(outcome, Analysed)]
    assert len(reports) == len(clips)
    return f"{len(reports[0].frames)} frames, {len(reports[0].bursts)} bursts each"


def measured(path: Path) -> str:
    """FFmpeg's own measures, over every frame."""
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(path),
        "-vf", "signalstats,blurdetect", "-an", "-f", "null", "-",
    ]  # fmt: skip
    subprocess.run(command, check=True)
    return "every frame"


def founding_loop(path: Path) -> Row:
    """Every frame through moviepy, a random 224 crop, two ResNeXt-50 with the founding head.

    The weights are random: they do not change the time.
    """
    rng = np.random.default_rng(0)
    networks = [torchvision.models.resnext50_32x4d(weights=None).eval() for _ in range(2)]
    with closing(VideoFileClip(str(path), audio=False)) as clip, torch.inference_mode():
        frames = clip.iter_frames()
        crop_and_judge(next(frames), networks, rng)  # the first call prepares itself
        start_s = time.perf_counter()
        n_frames = 0
        for frame, _ in zip(frames, range(FOUNDING_FRAMES), strict=False):
            crop_and_judge(frame, networks, rng)
            n_frames += 1
        seconds = time.perf_counter() - start_s
        return Row("founding loop", seconds, n_frames / clip.fps, f"on {n_frames} frames")


def crop_and_judge(frame: np.ndarray, networks: list[torch.nn.Module], rng) -> None:
    """One step of the founding loop."""
    x = rng.integers(0, frame.shape[1] - 223)
    y = rng.integers(0, frame.shape[0] - 223)
    crop = torch.from_numpy(frame[y : y + 224, x : x + 224].copy()).permute(2, 0, 1)
    for network in networks:
        network((crop.float() / 255).unsqueeze(0))


if __name__ == "__main__":
    main()
