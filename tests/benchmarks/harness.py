"""What all benchmarks share: time a thing, print a table, make a clip of known weight."""

import os
import platform
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from footage_sorter.media import demo
from footage_sorter.media.encode import Encoding, write_clip


@dataclass(frozen=True, slots=True)
class Row:
    """One measured line.

    Attributes:
        what: What was done.
        seconds: How long it took, the best of its runs.
        work_s: Seconds of footage that it dealt with.
        note: What belongs beside it.
    """

    what: str
    seconds: float
    work_s: float
    note: str = ""

    @property
    def speed(self) -> float:
        """Multiples of real time."""
        return self.work_s / self.seconds


def timed(what: str, work_s: float, do: Callable[[], object], runs: int = 2) -> Row:
    """Time `do`; the best of `runs`, since other programs only ever make it slower.

    What `do` returns, if anything, becomes the note.
    """
    best_s, note = float("inf"), ""
    for _ in range(runs):
        start_s = time.perf_counter()
        returned = do()
        best_s = min(best_s, time.perf_counter() - start_s)
        note = "" if returned is None else str(returned)
    return Row(what, best_s, work_s, note)


def cpu_s(pids: Sequence[int]) -> float:
    """Processor seconds that this process and those of `pids` took so far, where Linux tells."""
    taken_s = time.process_time()
    for pid in pids:
        stat = Path(f"/proc/{pid}/stat")
        if stat.exists():
            fields = stat.read_text().rpartition(")")[2].split()
            taken_s += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return taken_s


def print_table(title: str, rows: Sequence[Row], reference: Row | None = None) -> None:
    """Print `rows` as a Markdown table; against `reference` where there is one."""
    print(f"\n{title}")
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    against = f" x {reference.what} |" if reference else ""
    print(f"| what | seconds | x real time |{against} |")
    print("|---|---:|---:|" + ("---:|" if reference else "") + "---|")
    for row in rows:
        ratio = f" {row.speed / reference.speed:.2f} |" if reference else ""
        print(f"| {row.what} | {row.seconds:.2f} | {row.speed:.1f} |{ratio} {row.note} |")


def copy_of(path: Path, folder: Path, number: int) -> Path:
    """The clip at `path` under another name and with another content: a byte at its end."""
    copy = folder / f"{number}{path.suffix}"
    copy.write_bytes(path.read_bytes() + bytes([number]))
    return copy


@contextmanager
def clip_or_made(given: str | None, seconds: float = 20.0) -> Iterator[Path]:
    """The clip at `given`; else one of 1080p H.264 at 27 Mbit/s, a key frame every 2 s."""
    if given is not None:
        yield Path(given)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.mp4"
        print(f"making {seconds:.0f} s of 1080p at 27 Mbit/s ...")
        encoding = Encoding(
            frame_rate=Fraction(30),
            key_every=60,
            options={"preset": "veryfast", "b": "27M", "sc_threshold": "0", "bf": "2"},
        )
        write_clip(path, _pictures(seconds), encoding)
        yield path


def _pictures(seconds: float) -> Iterator[np.ndarray]:
    """The demo's wall at twice its size, shaken a little, with a sensor's noise."""
    wall = np.rint(255 * np.sqrt(demo._wall(0))).astype(np.uint8)
    wall = wall.repeat(2, axis=0).repeat(2, axis=1)[:1400, :2200]
    rng = np.random.default_rng(0)
    noise = [rng.integers(0, 24, (1080, 1920, 3), dtype=np.uint8) for _ in range(4)]
    for number in range(round(seconds * 30)):
        x, y = 100 + round(90 * np.sin(number / 40)), number % 300
        yield wall[y : y + 1080, x : x + 1920] // 2 + 50 + noise[number % 4]
