"""Opening the window, or saying in one sentence why it cannot open. Qt never gets to abort."""

import ctypes
import gc
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import PySide6
from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from footage_sorter.domain.errors import WindowUnavailable
from footage_sorter.services.core import Core
from footage_sorter.store.settings_file import load_settings
from footage_sorter.ui.look import theme
from footage_sorter.ui.look.icons import icon
from footage_sorter.ui.look.translate import install_language, locale_of, pick_language
from footage_sorter.ui.main_window import MainWindow
from footage_sorter.ui.player.quiet_logs import quiet_terminal

DISPLAYLESS = frozenset({"offscreen", "minimal", "vnc", "linuxfb", "eglfs", "vkkhrdisplay"})
"""Platforms of Qt that need no display server."""

PACKAGES: Mapping[str, str] = MappingProxyType(
    {
        "libxcb-cursor": "libxcb-cursor0",
        "libxcb-icccm": "libxcb-icccm4",
        "libxcb-image": "libxcb-image0",
        "libxcb-keysyms": "libxcb-keysyms1",
        "libxcb-render-util": "libxcb-render-util0",
        "libxcb-shape": "libxcb-shape0",
        "libxcb-xinerama": "libxcb-xinerama0",
        "libxcb-xkb": "libxcb-xkb1",
        "libxcb-randr": "libxcb-randr0",
        "libxcb-sync": "libxcb-sync1",
        "libxcb-xfixes": "libxcb-xfixes0",
        "libxcb-shm": "libxcb-shm0",
        "libxkbcommon-x11": "libxkbcommon-x11-0",
        "libxkbcommon": "libxkbcommon0",
        "libX11-xcb": "libx11-xcb1",
        "libX11": "libx11-6",
        "libxcb": "libxcb1",
        "libEGL": "libegl1",
        "libGL": "libgl1",
        "libfontconfig": "libfontconfig1",
        "libfreetype": "libfreetype6",
        "libdbus-1": "libdbus-1-3",
        "libglib-2": "libglib2.0-0",
    }
)
"""The package of Debian and Ubuntu that brings a library, by the start of its file name."""

INTERRUPT_POLL_MS = 250

SWITCH_S = 0.0005
"""So long another thread keeps Python's lock while the window waits for it. The window gives it up
and asks for it anew many times while it paints: with Python's own 5 ms each, it would stand still
while another thread computes."""


COLLECT_AFTER = (10_000, 20, 20)
"""New objects until the collector looks at the youngest, and turns of that until it looks further;
Python's own 700 lets it look a dozen times while 10,000 clips are stacked."""


def check_display() -> None:
    """See that a window can open on this machine. Makes no QApplication.

    Qt ends the program by an abort when its platform plugin cannot be loaded; so this is found
    out before.

    Raises:
        WindowUnavailable: No display, or a library of the system that Qt needs is missing.
    """
    if not sys.platform.startswith("linux"):
        return
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if platform in DISPLAYLESS:
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise WindowUnavailable("there is no display")
    if platform != "wayland" and os.environ.get("DISPLAY"):
        _check_plugin("libqxcb.so")


def _check_plugin(name: str) -> None:
    """Load a platform plugin as Qt would; its missing library is named by the loader."""
    plugin = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms" / name
    if not plugin.exists():  # a system's own PySide6 keeps it elsewhere, with its dependencies
        return
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        library = str(error).partition(":")[0]
        package = next(
            (brings for start, brings in PACKAGES.items() if library.startswith(start + ".")), ""
        )
        raise WindowUnavailable(library, package or library) from error


def yield_often() -> None:
    """Let the threads of this process hand Python's lock to one another quickly."""
    sys.setswitchinterval(SWITCH_S)


def collect_rarely() -> None:
    """Let the garbage collector leave alone what is there by now, and look at the rest less often.

    Modules and widgets stay. To go through them all holds the window up for 40 to 80 ms, and
    happened once or twice while it opened.
    """
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def run_gui(core: Core, paths: Sequence[Path] = ()) -> bool:
    """Open the window, with the clips below `paths` added, until it closes.

    Returns:
        Whether a person wants the program to start again.
    """
    quiet_terminal()
    yield_often()
    collect_rarely()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Footage Sorter")
    app.setDesktopFileName("footage-sorter")
    app.setWindowIcon(icon("footage-sorter"))
    settings = load_settings(core.settings_path).settings
    language = pick_language(settings.language)
    install_language(language, app)  # before any widget says a word
    QLocale.setDefault(locale_of(language))  # or a German sentence would hold English numbers
    theme.apply(app, theme.wanted_theme(settings.theme))  # before any widget asks for its colours
    window = MainWindow(core)
    window.light()
    app.styleHints().colorSchemeChanged.connect(window.light)
    _let_ctrl_c_close(window)
    window.show()
    collect_rarely()  # the window is there, too
    QTimer.singleShot(0, lambda: window.start(paths))  # after the first picture is on the screen
    app.exec()
    return window.dialogs.restarts


def _let_ctrl_c_close(window: MainWindow) -> QTimer:
    """Close the window on Ctrl-C in the terminal.

    Python runs a signal's handler between two of its own instructions, and Qt's loop has none:
    the timer gives it some.
    """
    signal.signal(signal.SIGINT, lambda *_: window.close())
    signal.signal(signal.SIGTERM, lambda *_: window.close())
    timer = QTimer(window, interval=INTERRUPT_POLL_MS)
    timer.timeout.connect(lambda: None)
    timer.start()
    return timer
