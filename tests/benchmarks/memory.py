"""How much memory an analysis takes: python -m tests.benchmarks.memory [CLIP]

The command `rate` runs as a person would start it, once on one clip and once on ten, and all that
it holds is added up while it runs: its own process, and those that decode for it. A page that
several share counts once in all (Linux' proportional set size).
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import numpy as np

from footage_sorter.media.encode import Encoding, write_clip
from tests.benchmarks.harness import copy_of

CLIPS = 10

_SIZE_PX = (3840, 2160)
_FRAMES = 120
_POLL_S = 0.05


def main() -> None:
    """Measure and print."""
    given = sys.argv[1] if len(sys.argv) > 1 else None
    with clip_4k_or_given(given) as path:
        peaks = {n: peak_bytes(path, n) for n in (1, CLIPS)}
    print("\n| clips | peak memory, GB |\n|---:|---:|")
    for n, peak in peaks.items():
        print(f"| {n} | {peak / 1e9:.2f} |")
    print("(to reach: under 1.5 GB, and flat over the number of clips)")


def peak_bytes(clip: Path, n_clips: int, device: str = "auto") -> int:
    """The most that `rate` held at any moment while it rated `n_clips` copies of `clip`."""
    with tempfile.TemporaryDirectory() as folder:
        clips = Path(folder) / "clips"
        clips.mkdir()
        for number in range(n_clips):
            copy_of(clip, clips, number)
        homes = ("DATA", "CONFIG", "CACHE", "STATE")
        environment = os.environ | {f"XDG_{name}_HOME": f"{folder}/{name}" for name in homes}
        command = [sys.executable, "-m", "footage_sorter", "rate", str(clips), "--device", device]
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        program = subprocess.Popen(command, env=environment, **silent)
        peak = 0
        while program.poll() is None:
            peak = max(peak, sum(map(_held_bytes, _family(program.pid))))
            time.sleep(_POLL_S)
        if program.returncode:
            raise SystemExit(f"rate ended with {program.returncode}")
        return peak


def _family(pid: int) -> Iterator[int]:
    """`pid` and all processes below it."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in children.read_text().split():
                yield from _family(int(child))
        except OSError:  # the thread is gone
            continue


def _held_bytes(pid: int) -> int:
    """The proportional set size of a process; 0 of one that is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


@contextmanager
def clip_4k_or_given(given: str | None) -> Iterator[Path]:
    """The clip at `given`; else ten seconds of 4K HEVC in 10 bits, a key frame every second."""
    if given is not None:
        yield Path(given)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.mp4"
        print(f"making {_FRAMES} frames of 4K HEVC ...")
        encoding = Encoding(
            frame_rate=Fraction(12),
            codec="libx265",
            pixel_format="yuv420p10le",
            key_every=12,
            # As many frames are referred to as a camera's encoder keeps.
            options={"preset": "ultrafast", "x265-params": "log-level=none:ref=4:bframes=3"},
        )
        write_clip(path, _pictures(), encoding)
        yield path


def _pictures() -> Iterator[np.ndarray]:
    """Blocks of many sizes that move a little, so that there is something to decode."""
    rng = np.random.default_rng(0)
    width_px, height_px = _SIZE_PX
    blocks = rng.integers(0, 255, (height_px // 8 + 20, width_px // 8 + 20, 3), dtype=np.uint8)
    wall = blocks.repeat(8, axis=0).repeat(8, axis=1)
    for number in range(_FRAMES):
        x, y = number % 100, 2 * number % 100
        yield np.ascontiguousarray(wall[y : y + height_px, x : x + width_px])


if __name__ == "__main__":
    main()
