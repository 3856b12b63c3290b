"""How long the window stands still while it analyses: python -m tests.benchmarks.stall FOLDER

Opens the real window, offscreen, on a library of its own, and counts the gaps between the turns of
its event loop until all is analysed, or for SECONDS. A gap in which the window's own thread was on
a processor for a few milliseconds only is the fault of whoever had the processors or Python's lock.
"""

import argparse
import os
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TextIO

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.benchmarks.turns import LIMIT_S, Turns


def main(argv: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--stacks", type=Path, help="a file for what threads do in a long gap")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as home:
        for kind in ("DATA", "CONFIG", "CACHE", "STATE"):  # before platformdirs looks
            os.environ[f"XDG_{kind}_HOME"] = home
        stacks = None if given.stacks is None else given.stacks.open("w")
        turns = _watch(given.folder, given.seconds, stacks)
    print(
        f"{len(turns.gaps)} turns, {turns.over()} gaps over {1000 * LIMIT_S:.0f} ms; the longest:"
    )
    for gap in sorted(turns.gaps, reverse=True)[:8]:
        print(f"  {1000 * gap.length_s:6.0f} ms, of which {1000 * gap.own_s:4.0f} ms its own")
    return 0


def _watch(folder: Path, seconds: int, stacks: TextIO | None) -> Turns:
    """Open the window on `folder` and let it analyse."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from footage_sorter import app as program
    from footage_sorter.cli.arguments import parse
    from footage_sorter.domain.report import Pass
    from footage_sorter.media.isolated import Decoders
    from footage_sorter.ui.look import theme
    from footage_sorter.ui.main_window import MainWindow
    from footage_sorter.ui.run import yield_often

    common, _ = parse([])
    with closing(Decoders()) as decoders:
        core = program._build_core(common, decoders)
        qt = QApplication.instance() or QApplication(sys.argv[:1])
        theme.apply(qt, theme.DARK)
        yield_often()
        window = MainWindow(core)
        window.show()
        turns = Turns(stacks)
        window.session.analysis.ended.connect(qt.quit)
        QTimer.singleShot(1000 * seconds, qt.quit)
        QTimer.singleShot(0, lambda: window.start((folder,)))
        qt.exec()
        turns.stop()
        rows = window.session.model.rows()
        print(f"{sum(row.looked is Pass.FULL for row in rows)} of {len(rows)} clips analysed")
        window.close()
    return turns


if __name__ == "__main__":
    sys.exit(main())
