"""How soon 10,000 clips are seen: python -m tests.benchmarks.opening

Opens the real window, offscreen, on the library of `tests.benchmarks.window`, time after time, each
in a process of its own, and closes it as a person would. What is painted first is compared with
what is there when all clips are in: a card that says another thing, or lies elsewhere, is told.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.benchmarks.start import as_installed
from tests.helpers.command import ROOT

ROUNDS = 5

WINDOW_PX = (1280, 800)


@dataclass(frozen=True, slots=True)
class Opening:
    """One opening; milliseconds since the window was there.

    Attributes:
        card_ms: The first picture with cards in it was painted.
        loaded_ms: All clips were in.
        gap_ms: The longest time that the window did not answer.
        own_ms: Of that the window's thread was on a processor.
        cards: Painted in the first picture.
        moved: Of those, lying elsewhere when all clips were in.
        changed: Of those, saying another thing then.
    """

    card_ms: float
    loaded_ms: float
    gap_ms: float
    own_ms: float
    cards: int
    moved: int
    changed: int


def main(argv: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="a folder that keeps the library for next time")
    parser.add_argument("--once", action="store_true", help="one opening, in this process")
    given = parser.parse_args(argv)
    if given.once:
        print(json.dumps(asdict(_open(given.home))))
        return 0
    with tempfile.TemporaryDirectory() as passing:
        print_openings(given.home or Path(passing))
    return 0


def print_openings(home: Path, rounds: int = ROUNDS) -> None:
    """One opening with nothing remembered, then some as it was left."""
    print("| opened                 | card | all in | longest gap (own) | cards, moved, changed |")
    for at in range(-1, rounds):
        one = opening(home, anew=at < 0)
        what = "nothing remembered" if at < 0 else f"as it was left, {at + 1}"
        print(
            f"| {what:22} | {one.card_ms:4.0f} | {one.loaded_ms:6.0f} |"
            f" {one.gap_ms:8.1f} ({one.own_ms:6.1f}) | {one.cards}, {one.moved}, {one.changed} |",
            flush=True,
        )


def opening(home: Path, *, anew: bool = False) -> Opening:
    """Open and close the window on the library in `home`, in another process.

    Args:
        home: Where the library is, or will be.
        anew: Let nothing be remembered of the window.
    """
    if anew:
        for left in home.rglob("window.ini"):
            left.unlink()
    ran = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.opening", "--once", "--home", str(home)],
        cwd=ROOT,
        env=as_installed(home),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Opening(**json.loads(ran.stdout.splitlines()[-1]))


def unsteady(one: Opening) -> int:
    """How many cards of the first picture did not stay as they were."""
    return one.moved + one.changed


def _open(home: Path) -> Opening:
    from PySide6.QtWidgets import QApplication

    from footage_sorter import app as program
    from footage_sorter.cli.requests import Common
    from footage_sorter.media.decoders import Decoders
    from footage_sorter.ui.look import theme
    from footage_sorter.ui.run import collect_rarely, yield_often
    from tests.benchmarks import big_library

    with closing(Decoders()) as decoders:
        core = program._build_core(Common(None, "none", verbose=False), decoders, apart=True)
        if not (made := home / "made").exists():
            big_library.make(core)
            made.touch()
        app = QApplication(sys.argv[:1])
        theme.apply(app, theme.DARK)
        yield_often()
        collect_rarely()
        return _timed(app, core)


def _timed(app, core) -> Opening:
    from footage_sorter.ui.main_window import MainWindow
    from footage_sorter.ui.run import collect_rarely
    from tests.benchmarks.first_cards import FirstCards, seen
    from tests.benchmarks.turns import Turns, run_for

    first = FirstCards()
    window = MainWindow(core)
    window.resize(*WINDOW_PX)
    window.show()
    collect_rarely()
    app.processEvents()
    shown_s = time.perf_counter()
    turns = Turns()
    window.start()
    while not window.session.is_loaded:
        run_for(0.005)
    loaded_s = time.perf_counter()
    run_for(2)
    gap = turns.longest()
    turns.stop()
    after = {one: seen(window, one) for one in first.cards}
    window.close()
    assert first.at_s is not None
    times = (first.at_s - shown_s, loaded_s - shown_s, gap.length_s, gap.own_s)
    return Opening(*(1000 * one for one in times), *_compared(first.cards, after))


def _compared(before, after) -> tuple[int, int, int]:
    """How many cards there were, and of these those that moved, and that changed."""
    moved = sum(after[one][0] != was[0] for one, was in before.items())
    changed = sum(after[one][1] != was[1] for one, was in before.items())
    return len(before), moved, changed


if __name__ == "__main__":
    sys.exit(main())
