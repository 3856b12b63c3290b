"""How quick the window is with 10,000 clips: python -m tests.benchmarks.window

Prints each time beside what it must reach. Nothing is decoded: the rows are made up.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtWidgets import QApplication

from footage_sorter.domain.clip import Clip, ClipId
from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.row import ClipRow
from footage_sorter.ui.cards import CardPainter
from footage_sorter.ui.clip_filter import EVERYTHING
from footage_sorter.ui.clip_model import ClipModel
from footage_sorter.ui.columns import COLUMN_AT
from footage_sorter.ui.delegates import CardDelegate
from footage_sorter.ui.grid_view import GridView
from footage_sorter.ui.pictures import Pictures
from footage_sorter.ui.shown_model import ShownModel
from footage_sorter.ui.theme import DARK
from tests.helpers.rows import LIMITS, media, rated

N_CLIPS = 10_000
ROUNDS = 5


def rows() -> list[ClipRow]:
    """Clips of ten seconds with faults here and there."""
    rng = np.random.default_rng(1)
    kinds = [
        rated(facts=media(), over={flag: list(range(n))}) for flag in Flag for n in range(0, 10, 3)
    ]
    made = []
    for number in range(N_CLIPS):
        row = kinds[int(rng.integers(len(kinds)))]
        path = row.clip.path.with_name(f"C{int(rng.integers(10**6))}_{number}.mp4")
        made.append(replace(row, clip=replace(row.clip, id=ClipId(number + 1), path=path)))
    return made


@contextmanager
def timed(what: str, limit_ms: float) -> Iterator[None]:
    """Print how long a block took beside its limit."""
    start = time.perf_counter()
    yield
    report(what, 1000 * (time.perf_counter() - start), limit_ms)


def report(what: str, took_ms: float, limit_ms: float) -> None:
    """Print one line of the table."""
    verdict = "ok" if took_ms <= limit_ms else "OVER"
    print(f"{what:48} {took_ms:8.1f} ms   limit {limit_ms:6.0f} ms   {verdict}")


def worst(act: Callable[[int], object]) -> float:
    """The longest of several rounds, in milliseconds."""
    times = []
    for at in range(ROUNDS):
        start = time.perf_counter()
        act(at)
        times.append(1000 * (time.perf_counter() - start))
    return max(times)


def main() -> int:
    """Measure and print."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    made = rows()
    model = ClipModel()
    shown = ShownModel(model)
    grid = GridView(shown)
    pictures = Pictures(_no_picture, _no_picture, QThreadPool(grid))
    grid.setItemDelegate(CardDelegate(CardPainter(DARK, LIMITS), pictures, grid))
    grid.resize(1280, 900)
    grid.show()
    app.processEvents()
    with timed(f"{N_CLIPS} rows to the first painted card", 1000):
        model.put_all(made)
        grid.grab()
    columns = ["usability", "name", "flags", "duration", "blurry"]
    for column in columns:
        took = worst(lambda at, c=column: shown.sort(COLUMN_AT[c], list(Qt.SortOrder)[at % 2]))
        report(f"sort by {column}", took, 100)
    chosen = [EVERYTHING, EVERYTHING.having("flags", frozenset({"blurry"}))]
    report("filter by a flag", worst(lambda at: shown.set_filter(chosen[at % 2 - 1])), 100)
    texts = ["c1", "c12", "c123", "", "77"]
    report("search", worst(lambda at: shown.set_filter(EVERYTHING.having("text", texts[at]))), 100)
    shown.set_filter(EVERYTHING)
    report("one row changes", worst(lambda at: model.put(_other(made[at * 1999]))), 50)
    bar = grid.verticalScrollBar()

    def scroll(at: int) -> None:
        bar.setValue((at + 1) * bar.maximum() // (ROUNDS + 1))
        grid.viewport().grab()

    report("a screen of new cards painted", worst(scroll), 50)
    grid.close()
    return 0


def _other(row: ClipRow) -> ClipRow:
    return replace(row, damage=f"{time.monotonic_ns()}")


def _no_picture(clip: Clip) -> Path:
    raise ClipError(clip.path, Why.DAMAGED)


if __name__ == "__main__":
    sys.exit(main())
