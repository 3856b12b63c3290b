"""How long the window stands still while it analyses: python -m tests.benchmarks.stall FOLDER

Opens the real window, offscreen, on a library of its own, and counts the gaps between the turns of
its event loop until all is analysed, or for SECONDS. Beside each long gap: how much of it the
window's own thread was on a processor, how much it waited for one, and how much it was blocked by a
lock or the disk; how late a thread of another process, which does nothing but sleep, woke in the
same time: what the machine itself costs anybody.
With --cold all files are forgotten first that the system keeps in memory (Linux, as root).
"""

import argparse
import os
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TextIO

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.benchmarks.turns import LIMIT_S, Gap, Lateness, Sleeper, Turns


def main(argv: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--stacks", type=Path, help="a file for what threads do in a long gap")
    parser.add_argument("--cold", action="store_true", help="read all from the disk")
    given = parser.parse_args(argv)
    if given.cold:
        os.sync()
        Path("/proc/sys/vm/drop_caches").write_text("3")
    with tempfile.TemporaryDirectory() as home:
        for kind in ("DATA", "CONFIG", "CACHE", "STATE"):  # before platformdirs looks
            os.environ[f"XDG_{kind}_HOME"] = home
        stacks = None if given.stacks is None else given.stacks.open("w")
        sleeper = Sleeper()
        turns = _watch(given.folder, given.seconds, stacks)
    _tell(turns, sleeper.stop())
    return 0


def _tell(turns: Turns, machine: Lateness) -> None:
    print(
        f"{len(turns.gaps)} turns, {turns.over()} gaps over {1000 * LIMIT_S:.0f} ms, the longest "
        f"{1000 * max(turns.gaps).length_s:.0f}; a sleeper's longest {1000 * machine.longest_s:.0f}"
    )
    print("|    ms | on a processor | waiting for one | blocked | a sleeper late |  at s |")
    for gap in sorted(turns.gaps, reverse=True)[:8]:
        _line(gap, machine, turns.start_s)
    print("the most blocked:")
    for gap in sorted(turns.gaps, key=lambda gap: gap.blocked_s, reverse=True)[:3]:
        _line(gap, machine, turns.start_s)


def _line(gap: Gap, machine: Lateness, start_s: float) -> None:
    times_s = gap.length_s, gap.own_s, gap.queued_s, gap.blocked_s, machine.within(gap)
    layout = "| {:5.0f} | {:14.0f} | {:15.0f} | {:7.0f} | {:14.0f} | {:5.1f} |"
    print(layout.format(*(1000 * s for s in times_s), gap.at_s - start_s))


def _watch(folder: Path, seconds: int, stacks: TextIO | None) -> Turns:
    """Open the window on `folder` and let it analyse."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from footage_sorter import app as program
    from footage_sorter.cli.arguments import parse
    from footage_sorter.domain.report import Pass
    from footage_sorter.media.decoders import Decoders
    from footage_sorter.ui.look import theme
    from footage_sorter.ui.main_window import MainWindow
    from footage_sorter.ui.run import collect_rarely, yield_often

    common, _ = parse([])
    with closing(Decoders()) as decoders:
        core = program._build_core(common, decoders, apart=True)
        qt = QApplication.instance() or QApplication(sys.argv[:1])
        theme.apply(qt, theme.DARK)
        yield_often()
        collect_rarely()
        window = MainWindow(core)
        window.show()
        collect_rarely()
        turns = Turns(stacks)
        # Not by `quit`: it closes the window while the turns are counted.
        window.session.analysis.ended.connect(lambda: qt.exit(0))
        QTimer.singleShot(1000 * seconds, lambda: qt.exit(0))
        QTimer.singleShot(0, lambda: window.start((folder,)))
        start_s = time.perf_counter()
        qt.exec()
        took_s = time.perf_counter() - start_s
        turns.stop()
        rows = window.session.model.rows()
        done = sum(row.looked is Pass.FULL for row in rows)
        print(f"{done} of {len(rows)} clips analysed in {took_s:.1f} s")
        window.close()
    return turns


if __name__ == "__main__":
    sys.exit(main())
