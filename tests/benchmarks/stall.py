"""How long the window stands still while it analyses: python -m tests.benchmarks.stall FOLDER

Opens the real window, offscreen, on a library of its own, and counts the gaps between the turns of
its event loop until all is analysed, or for SECONDS. A gap in which the window's own thread was on
a processor for a few milliseconds only is the fault of whoever had the processors or Python's lock.
"""

import argparse
import os
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
LIMIT_S = 0.050


def main(argv: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=int, default=60)
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as home:
        for kind in ("DATA", "CONFIG", "CACHE", "STATE"):  # before platformdirs looks
            os.environ[f"XDG_{kind}_HOME"] = home
        turns = _watch(given.folder, given.seconds)
    over = [gap_s for gap_s, _ in turns if gap_s > LIMIT_S]
    print(f"{len(turns)} turns, {len(over)} gaps over {1000 * LIMIT_S:.0f} ms; the longest:")
    for gap_s, own_s in sorted(turns, reverse=True)[:8]:
        print(f"  {1000 * gap_s:6.0f} ms, of which {1000 * own_s:4.0f} ms its own")
    return 0


def _watch(folder: Path, seconds: int) -> list[tuple[float, float]]:
    """Gaps between the loop's turns, each with the time that the thread itself worked."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from footage_sorter import app as program
    from footage_sorter.cli.arguments import parse
    from footage_sorter.domain.report import Pass
    from footage_sorter.media.isolated import Decoders
    from footage_sorter.ui.look import theme
    from footage_sorter.ui.main_window import MainWindow

    turns: list[tuple[float, float]] = []
    common, _ = parse([])
    with closing(Decoders()) as decoders:
        core = program._build_core(common, decoders)
        qt = QApplication.instance() or QApplication(sys.argv[:1])
        theme.apply(qt, theme.DARK)
        window = MainWindow(core)
        window.show()
        last = [time.perf_counter(), time.thread_time()]

        def turn() -> None:
            now = [time.perf_counter(), time.thread_time()]
            turns.append((now[0] - last[0], now[1] - last[1]))
            last[:] = now

        clock = QTimer(window, interval=1)
        clock.timeout.connect(turn)
        window.session.analysis.ended.connect(qt.quit)
        QTimer.singleShot(1000 * seconds, qt.quit)
        QTimer.singleShot(0, lambda: window.start((folder,)))
        clock.start()
        qt.exec()
        clock.stop()
        rows = window.session.model.rows()
        print(f"{sum(row.looked is Pass.FULL for row in rows)} of {len(rows)} clips analysed")
        window.close()
    return turns


if __name__ == "__main__":
    sys.exit(main())
