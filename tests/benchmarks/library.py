"""How long a library of 10,000 clips takes to open, to re-rate, and to renew where it is damaged.

Start: python -m tests.benchmarks.library. To reach: open under 1 s, re-rate under 0.1 s. Each time
is the best of five, but for the renewal, which happens once.
"""

import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from footage_sorter.domain.clip import (
    ClipId,
    ContentId,
    Decision,
    FileStamp,
    Mark,
    MediaInfo,
    Sound,
)
from footage_sorter.domain.errors import LibraryDamaged
from footage_sorter.domain.limits import DAYLIGHT, STAGE
from footage_sorter.domain.rating import TrackTable
from footage_sorter.domain.report import (
    BurstScore,
    ClipReport,
    FrameScore,
    Models,
    Pass,
    SoundScore,
)
from footage_sorter.services.library import Library, grouped
from footage_sorter.store import identity, reports
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import Database, prepare
from footage_sorter.store.pages import PAGE_BYTES
from footage_sorter.store.salvage import renew
from footage_sorter.store.soundness import check_texts

CLIPS = 10_000
DURATION_S = 30.0
MODELS = Models("blur@1", "exposure@1", "shake@1", "sound@1")
MEDIA = MediaInfo(
    DURATION_S,
    Fraction(30000, 1001),
    (1920, 1080),
    codec="h264",
    pixel_format="yuv420p",
    sound=Sound("aac", 48000, 2),
    camera="Phone",  # with its time: one group of all clips
    recorded_at=datetime(2026, 3, 14, 20, 30, tzinfo=UTC),
)


def main() -> None:
    """Make a library, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.sqlite"
        fill(path, MODELS)
        print(f"{CLIPS} clips of {DURATION_S:g} s, {path.stat().st_size / 1e6:.0f} MB")
        print(f"check every page of the file   {_best(lambda: prepare(path)):6.3f} s")
        with closing(ClipStore(path)) as store:
            print(f"load clips, marks and tracks   {_best(lambda: store.load(MODELS)):6.3f} s")
            rows = Library(store, MODELS).rows(DAYLIGHT)
            print(
                "load and rate (to reach 1 s)   "
                f"{_best(lambda: Library(store, MODELS).rows(DAYLIGHT)):6.3f} s"
            )
        table = TrackTable([row.tracks for row in rows if row.tracks is not None])
        print(f"group by camera and hour       {_best(lambda: grouped(rows)):6.3f} s")
        print(f"re-rate (to reach 0.1 s)       {_best(lambda: table.rate(STAGE)):6.3f} s")
        print(f"read what is kept as text      {_best(lambda: check_texts(path)):6.3f} s")
        _spoil(path)
        begun = time.perf_counter()
        told = renew(LibraryDamaged(path, None, ""))
        print(
            f"renew it, decisions' root lost {time.perf_counter() - begun:6.3f} s, "
            f"words on {told.clips} of {len(range(1, CLIPS, 3))} clips are back"
        )


def _spoil(path: Path) -> None:
    """Overwrite the page from which all decisions are found."""
    with closing(sqlite3.connect(path)) as db:
        (page,) = db.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'decisions'"
        ).fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE_BYTES)
        file.write(b"\xaa" * PAGE_BYTES)


def fill(path: Path, models: Models, kinds: int = 1, root: Path = Path("/fest")) -> None:
    """Make a library of `CLIPS` rated clips, a third of them kept.

    Args:
        path: Of the library's file, which is not there yet.
        models: Who rated the clips.
        kinds: How many different clips there are, with other faults; several folders if any.
        root: Where the clips' folders are said to lie.
    """
    prepare(path)
    made = [_report(models, kind) for kind in range(kinds)]
    with closing(Database(path)) as database, database.writing() as db:
        for number in range(CLIPS):
            kind = number % kinds
            content = ContentId(f"{number:032x}")
            stamp = FileStamp(number, number)
            folder = root / ("day" if kinds == 1 else f"day {number // 1200 + 1}")
            clip = identity.found(db, folder / f"clip {number:05}.mp4", stamp)
            identity.read(db, clip, content, MEDIA)
            reports.save(db, replace(made[kind], content=content))
    with closing(ClipStore(path)) as store:
        store.decide({ClipId(n): Decision(mark=Mark.KEEP, stars=3) for n in range(1, CLIPS, 3)})


def _report(models: Models, kind: int) -> ClipReport:
    """What is measured of one clip; `kind` moves its faults to other seconds and strengths."""
    return ClipReport(
        ContentId(""),
        models,
        Pass.FULL,
        DURATION_S,
        tuple(_frame(n, kind) for n in range(60)),
        tuple(
            BurstScore(2.0 * n, 2.0 * n + 0.5, (n * (kind + 1)) % 5 / 5, 0.01) for n in range(15)
        ),
        tuple(SoundScore(n, n + 1.0, -20.0, 0.0) for n in range(30)),
    )


def _frame(number: int, kind: int) -> FrameScore:
    blur, light = (number + kind) % 7 / 7 * (1 - kind % 8 / 10), 0.75 - number % 5 / 20
    return FrameScore(number / 2, blur, *((0.2, light) if kind % 2 else (light, 0.2)))


def _best(work: Callable[[], object]) -> float:
    times_s = []
    for _ in range(5):
        begun = time.perf_counter()
        work()
        times_s.append(time.perf_counter() - begun)
    return min(times_s)


if __name__ == "__main__":
    main()
