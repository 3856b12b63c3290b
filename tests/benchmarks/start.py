"""How long from the start of the program's process until its window and a card are painted."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.helpers.command import ROOT


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds since the process was started; the clock of all processes is one."""

    window_s: float
    card_s: float | None


def start(home: Path) -> Start:
    """Open the program's window on the library in `home`, in a process of its own.

    An empty library has no card.
    """
    began_s = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-c", _OPEN],
        cwd=ROOT,
        env=as_installed(home),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    window_s, card_s = map(float, ran.stdout.split()[-2:])
    return Start(window_s - began_s, card_s - began_s if card_s else None)


def as_installed(home: Path) -> dict[str, str]:
    """The environment of a program whose folders lie in `home`, and that is compiled already.

    An installer compiles the program's modules; a checkout may be told not to, and then half a
    second of each start is Python's compiler.
    """
    folders = {f"XDG_{kind}_HOME": str(home) for kind in ("DATA", "CONFIG", "CACHE", "STATE")}
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return kept | folders | {"PYTHONPYCACHEPREFIX": str(home / "compiled")}


_OPEN = """
import gc, sys, time
gc.disable()  # as `__main__` does, while modules are loaded
from PySide6.QtCore import QEvent, QObject, QTimer
from footage_sorter import app
from footage_sorter.ui import main_window
from tests.benchmarks.first_cards import FirstCards
gc.enable()

class Watch(QObject):
    def __init__(self, window):
        super().__init__(window)
        self.window, self.window_s = window, 0.0
        window.installEventFilter(self)
        window.session.loaded.connect(self.loaded)
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            self.window_s = self.window_s or time.perf_counter()
        return False
    def loaded(self):
        if not self.window.session.model.rowCount():  # no card will come
            QTimer.singleShot(500, self.end)
    def end(self):
        print(self.window_s, first.at_s or 0.0, flush=True)
        self.window.close()

first = FirstCards(lambda: QTimer.singleShot(0, watch.end))
show = main_window.MainWindow.show
def shown(self):
    global watch
    watch = Watch(self)
    show(self)
main_window.MainWindow.show = shown
sys.exit(app.main(["--device", "none"]))
"""
