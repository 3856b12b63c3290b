"""Opening the window, or a sentence that says why it cannot open."""

import sys

import pytest

from footage_sorter.domain.errors import WindowUnavailable
from footage_sorter.domain.words import error
from footage_sorter.ui import run
from tests.helpers.command import Program, run_python

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has displays")


@linux
def test_without_a_display(monkeypatch):
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(WindowUnavailable) as trouble:
        run.check_display()
    assert "footage-sorter rate FOLDER" in str(error(trouble.value))


@linux
@pytest.mark.parametrize(
    ("said", "package"),
    [
        ("libxcb-cursor.so.0: cannot open shared object file: No such file", "libxcb-cursor0"),
        ("libxcb.so.1: cannot open shared object file: No such file", "libxcb1"),
        ("libnew.so.9: cannot open shared object file: No such file", "libnew.so.9"),
    ],
)
def test_a_missing_library_names_its_package(monkeypatch, said, package):
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setenv("DISPLAY", ":99")

    def refuse(_path):
        raise OSError(said)

    monkeypatch.setattr(run.ctypes, "CDLL", refuse)
    with pytest.raises(WindowUnavailable) as trouble:
        run.check_display()
    assert f"install {package}" in str(error(trouble.value))


@linux
def test_offscreen_needs_no_display(monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    run.check_display()


def test_the_window_is_up_and_ends_without_torch(tmp_path):
    """A real process: it must show its window, close on a signal, and never load torch."""
    code = (
        "import gc, sys\n"
        "from PySide6.QtCore import QTimer\n"
        "from footage_sorter import app\n"
        "from footage_sorter.ui import main_window\n"
        "start = main_window.MainWindow.start\n"
        "def then(self, paths=()):\n"
        "    start(self, paths)\n"
        "    print('up', self.isVisible(), 'torch' in sys.modules, flush=True)\n"
        "    print(sys.getswitchinterval(), *gc.get_threshold())\n"
        "    QTimer.singleShot(0, self.close)\n"
        "main_window.MainWindow.start = then\n"
        "sys.exit(app.main([]))\n"
    )
    environment = Program(tmp_path).environment | {"QT_QPA_PLATFORM": "offscreen"}
    ended = run_python(code, environment=environment)
    switches = [str(run.SWITCH_S), *map(str, run.COLLECT_AFTER)]
    assert ended.out.split() == ["up", "True", "False", *switches], ended.err
    assert ended.status == 0


def test_the_collector_leaves_alone_what_is_there_and_still_finds_new_garbage():
    code = (
        "import gc, weakref\n"
        "from footage_sorter.ui.run import collect_rarely\n"
        "class Ring: pass\n"
        "collect_rarely()\n"
        "assert gc.get_freeze_count() > 10_000\n"
        "ring = Ring(); ring.me = ring; gone = weakref.ref(ring); del ring\n"
        "more = [[] for _ in range(12_000)]\n"
        "assert gone() is None, 'found by itself'\n"
    )
    ended = run_python(code)
    assert ended.status == 0, ended.err
