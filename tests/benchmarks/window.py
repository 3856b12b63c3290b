"""How quick the window is with 10,000 clips: python -m tests.benchmarks.window

Opens the real window, offscreen, on a library of its own that was analysed and has its pictures,
does what a person does, and prints how long each took, and how long the window stood still, beside
what is asked. With --stacks FILE, what every thread does in a long gap is written there.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TextIO

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication

from tests.benchmarks import big_library
from tests.benchmarks.first_cards import FirstCards
from tests.benchmarks.opening import opening, unsteady
from tests.benchmarks.start import start
from tests.benchmarks.turns import LIMIT_S, Turns, run_for

ROUNDS = 5
SETTLE_S = 0.4
"""After an act the window's timers have had their turn."""

STILL_MS = 1000 * LIMIT_S


@dataclass(slots=True)
class Table:
    """What was measured, printed line by line."""

    turns: Turns
    misses: list[str] = field(default_factory=list)

    def line(self, what: str, took_ms: float, asked_ms: float, own_ms: float | None = None) -> None:
        """Print one."""
        verdict = "ok" if took_ms <= asked_ms else "OVER"
        if verdict == "OVER":
            self.misses.append(what)
        own = "" if own_ms is None else f"{own_ms:.1f}"
        print(f"| {what:52} | {asked_ms:6.0f} | {took_ms:8.1f} | {own:>6} | {verdict:4} |")

    def act(
        self,
        what: str,
        do: Callable[[int], object],
        asked_ms: float,
        rounds: int = ROUNDS,
        settled: Callable[[], bool] = lambda: True,
    ) -> None:
        """Do something some times; tell the longest that the window stood still by it.

        On a machine with other work the clock runs while the window does not: then `own`, which
        its thread spent on a processor in that gap, is the number to compare.
        """
        gaps, waits_s = [], []
        for at in range(rounds):
            self.turns.forget()
            start_s = time.perf_counter()
            do(at)
            while not settled():
                run_for(0.005)
            waits_s.append(time.perf_counter() - start_s)
            run_for(SETTLE_S)
            gaps.append(self.turns.longest())
        gap = max(gaps)
        waited = f" (done after {1000 * max(waits_s):.0f} ms)" if max(waits_s) > 0.1 else ""
        self.line(what + waited, 1000 * gap.length_s, asked_ms, 1000 * gap.own_s)


def main(argv: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stacks", type=Path, help="a file for what threads do in a long gap")
    parser.add_argument("--home", type=Path, help="a folder that keeps the library for next time")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as passing:
        home = given.home or Path(passing)
        for kind in ("DATA", "CONFIG", "CACHE", "STATE"):  # before platformdirs looks
            os.environ[f"XDG_{kind}_HOME"] = str(home)
        stacks = None if given.stacks is None else given.stacks.open("w")
        misses = _measure(home, stacks)
    print(f"\nover: {', '.join(misses) or 'none'}")
    return 0


def _measure(home: Path, stacks: TextIO | None) -> list[str]:
    from footage_sorter import app as program
    from footage_sorter.cli.requests import Common
    from footage_sorter.media.decoders import Decoders
    from footage_sorter.ui.look import theme
    from footage_sorter.ui.main_window import MainWindow
    from footage_sorter.ui.run import collect_rarely, yield_often

    with closing(Decoders()) as decoders:
        core = program._build_core(Common(None, "none", verbose=False), decoders, apart=True)
        core.settings_path.with_name("window.ini").unlink(missing_ok=True)
        if not (made := home / "made").exists():
            big_library.make(core)
            made.touch()
        app = QApplication.instance() or QApplication(sys.argv[:1])
        theme.apply(app, theme.DARK)
        yield_often()
        collect_rarely()
        print(f"| {'what':52} | {'asked':>6} | {'ms':>8} | {'own':>6} |      |")
        first = FirstCards()
        window = MainWindow(core)
        window.show()
        collect_rarely()
        app.processEvents()
        shown_s = time.perf_counter()
        table = Table(Turns(stacks))
        _open(table, window, first, shown_s)
        _scroll(table, window)
        _sort_and_filter(table, window)
        _stack(table, window)
        _mark(table, window)
        _move_limits(table, window)
        _remove(table, window)
        table.turns.stop()
        window.close()
    _open_anew(table, home)
    return table.misses


def _open_anew(table: Table, home: Path) -> None:
    """In processes of their own."""
    with tempfile.TemporaryDirectory() as empty:
        _start(table, "no clip", Path(empty))
    openings = [opening(home, anew=at == 0) for at in range(1 + ROUNDS)][1:]
    for one in openings:
        table.line("10,000 clips, as they were left: first card", one.card_ms, 500)
    table.line("of that: cards that moved or changed", sum(map(unsteady, openings)), 0)
    _start(table, "10,000 clips", home)


def _start(table: Table, library: str, home: Path) -> None:
    """From the start of the program's process, Python and Qt loaded anew; the best of three."""
    start(home)  # compiles the program's modules, as an installer does
    starts = [start(home) for _ in range(3)]
    table.line(f"{library}: start to window", 1000 * min(one.window_s for one in starts), 1000)
    if cards_s := [one.card_s for one in starts if one.card_s is not None]:
        table.line(f"{library}: start to first card", 1000 * min(cards_s), 2000)


def _open(table: Table, window, first: FirstCards, shown_s: float) -> None:
    window.start()
    while not window.session.is_loaded:
        run_for(0.02)
    loaded_s = time.perf_counter()
    run_for(3)
    gap = table.turns.longest()
    assert first.at_s is not None
    table.line("10,000 clips, nothing remembered: first card", 1000 * (first.at_s - shown_s), 1000)
    table.line("all clips in", 1000 * (loaded_s - shown_s), 2000)
    table.line("opening: longest gap", 1000 * gap.length_s, STILL_MS, 1000 * gap.own_s)
    while not window.pane.shown.n_stacks:
        run_for(0.1)


def _scroll(table: Table, window) -> None:
    for name, view in (("grid", window.pane.grid), ("table", window.pane.table)):
        window.actions_by_name[name].trigger()
        run_for(SETTLE_S)
        window.session.pictures._kept.clear()  # cold: they lie on the disk
        bar = view.verticalScrollBar()
        table.act(
            f"{name}: 40 turns of the wheel", lambda _, v=view: _each(40, _wheel, v), STILL_MS, 2
        )
        bar.setValue(bar.maximum() // 2)
        table.act(f"{name}: 40 times Page Down", lambda _, v=view: _each(40, _page, v), STILL_MS, 2)
        table.act(f"{name}: the bar is dragged", lambda at, b=bar: _drag(b), STILL_MS, 2)
    window.actions_by_name["grid"].trigger()


def _each(times: int, do: Callable[[QAbstractItemView], None], view: QAbstractItemView) -> None:
    for _ in range(times):
        do(view)
        run_for(0.016)


def _wheel(view: QAbstractItemView) -> None:
    at = QPointF(200, 200)
    event = QWheelEvent(
        at,
        QPointF(view.viewport().mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def _page(view: QAbstractItemView) -> None:
    none = Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(view, QKeyEvent(kind, Qt.Key.Key_PageDown, none))


def _drag(bar) -> None:
    for at in range(30):
        bar.setValue(bar.maximum() * at // 30)
        run_for(0.016)


def _sort_and_filter(table: Table, window) -> None:
    from footage_sorter.ui.session.clip_filter import EVERYTHING
    from footage_sorter.ui.session.columns import COLUMN_AT

    pane = window.pane
    for column in ("usability", "name", "flags", "duration", "blurry"):
        table.act(
            f"sort by {column}",
            lambda at, c=column: pane.sort_by(COLUMN_AT[c], descending=bool(at % 2)),
            100,
        )
    flagged = [EVERYTHING, EVERYTHING.having("flags", frozenset({"underexposed"}))]
    table.act("filter by a flag", lambda at: pane.set_filter(flagged[at % 2 - 1]), 100)
    pane.set_filter(EVERYTHING)
    texts = ["c", "clip", "clip 012", "", "77"]
    table.act("search", lambda at: window.tools.searched.emit(texts[at]), 100)
    window.actions_by_name["show_all"].trigger()
    saved = {f"filter {n}": flagged[1].to_text() for n in range(8)}
    window.session.save(replace(window.session.settings, saved_filters=saved))
    window.sidebar.show_saved(saved)
    table.act("choose a saved filter", lambda at: window.sidebar.saved_chosen.emit("filter 7"), 100)
    table.act(
        "delete a saved filter", lambda at: window.commands.saved.remove_filter(f"filter {at}"), 100
    )
    table.act("show all clips again", lambda _: window.actions_by_name["show_all"].trigger(), 100)
    table.act(
        "group by folder", lambda at: pane.group_by("folder" if at % 2 == 0 else "none"), 100, 4
    )


def _stack(table: Table, window) -> None:
    print(f"{window.pane.shown.n_stacks} stacks of {big_library.TAKES}")
    stacks = window.actions_by_name["stacks"]
    table.act("stacks shown, and not", lambda _: stacks.trigger(), 100, 4)
    stacks.trigger()
    first = window.pane.shown.visible_ids()[:1]
    table.act("a stack opens, and closes", lambda _: window.pane.toggle_stacks(first), 50)
    _with_stacks(table, window)
    stacks.trigger()


def _with_stacks(table: Table, window) -> None:
    from footage_sorter.ui.session.clip_filter import EVERYTHING
    from footage_sorter.ui.session.columns import COLUMN_AT

    pane, use = window.pane, COLUMN_AT["usability"]
    table.act("sort with stacks", lambda at: pane.sort_by(use, descending=bool(at % 2)), 100)
    flagged = [EVERYTHING, EVERYTHING.having("flags", frozenset({"underexposed"}))]
    table.act("filter with stacks", lambda at: pane.set_filter(flagged[at % 2 - 1]), 100)
    pane.set_filter(EVERYTHING)


def _mark(table: Table, window) -> None:
    model, actions = window.session.model, window.actions_by_name

    def all_are(mark: str) -> Callable[[], bool]:
        return lambda: all(row.decision.mark == mark for row in model.rows())

    first = window.pane.shown.visible_ids()[0]
    table.act(
        "one clip kept, or not", lambda at: actions["keep clear".split()[at % 2]].trigger(), 50, 4
    )
    window.culling.go_to(first)
    table.act("select all", lambda _: actions["select_all"].trigger(), 100, 2)
    keep, reject = actions["keep"], actions["reject"]
    table.act("keep all", lambda _: keep.trigger(), 100, 1, all_are("keep"))
    actions["select_all"].trigger()
    table.act("reject all", lambda _: reject.trigger(), 100, 1, all_are("reject"))
    table.act("undo that", lambda _: actions["undo"].trigger(), 100, 1, all_are("keep"))
    table.act("redo that", lambda _: actions["redo"].trigger(), 100, 1, all_are("reject"))
    window.culling.go_to(first)


def _move_limits(table: Table, window) -> None:
    from footage_sorter.domain.flag import Flag

    window.actions_by_name["limits"].trigger()
    run_for(1.5)  # the rows are laid out
    session, slider = window.session, window.right.limits._editors[Flag.BLURRY]._over
    low, high = slider.minimum(), slider.maximum()
    steps = [low + (high - low) * n // 12 for n in range(2, 10)]
    slider.setSliderDown(True)
    table.act(
        "a limit moves by a step", lambda at: slider.setValue(steps[at]), STILL_MS, len(steps)
    )

    def decided() -> bool:
        return all(row.limits == session.settings.limits for row in session.model.rows())

    table.act(
        "it is let go: all clips decided anew",
        lambda _: slider.setSliderDown(False),
        100,
        1,
        decided,
    )
    table.act("undo that", lambda _: window.actions_by_name["undo"].trigger(), 100, 1, decided)
    window.actions_by_name["why"].trigger()


def _remove(table: Table, window) -> None:
    from footage_sorter.ui.session.choosing import select
    from footage_sorter.ui.session.columns import COLUMN_AT

    model, actions = window.session.model, window.actions_by_name
    every_fifth = [row.clip.id for row in model.rows()][::5]
    select(window.pane.shown, window.pane.selection, every_fifth, every_fifth[0])
    name = COLUMN_AT["name"]
    table.act(
        f"sort with {len(every_fifth)} selected",
        lambda at: window.pane.sort_by(name, descending=not at % 2),
        100,
        4,
    )
    size = len(model.rows())
    what = f"remove {len(every_fifth)} clips"
    gone = size - len(every_fifth)
    table.act(what, lambda _: window.culling.remove(), 100, 1, lambda: len(model.rows()) == gone)
    table.act(
        "undo that", lambda _: actions["undo"].trigger(), 100, 1, lambda: len(model.rows()) == size
    )


if __name__ == "__main__":
    sys.exit(main())
