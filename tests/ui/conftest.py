"""Widgets without a display; a real core in a folder of the test's own; nothing left behind."""

import gc
import os
import threading
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
import shiboken6
from PySide6.QtCore import QThread, QThreadPool, QTimer
from PySide6.QtTest import QTest

from footage_sorter.domain.ports import Instruments
from footage_sorter.domain.report import Models
from footage_sorter.inference import motion
from footage_sorter.inference.classical import ClassicalScorer
from footage_sorter.inference.scorers import known_classifier
from footage_sorter.media import sound
from footage_sorter.media.frames import ClipFrames
from footage_sorter.media.playback import frames_from
from footage_sorter.media.probe import probe
from footage_sorter.media.stills import frame_at
from footage_sorter.media.thumbnails import Thumbnails
from footage_sorter.services.classifiers import Shelf
from footage_sorter.services.core import Core
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import prepare
from footage_sorter.ui.main_window import MainWindow


def _running():
    """Timers and threads of Qt that Python made and that are still at work."""
    found = []
    gc.unfreeze()  # what opening a library put out of the collector's way is looked at, too
    for one in gc.get_objects():
        try:
            kind = type(one)
            if not issubclass(kind, QTimer | QThread | QThreadPool):
                continue
        except (TypeError, ReferenceError):
            continue
        if not shiboken6.isValid(one):
            continue
        at_work = (
            one.isActive()
            if issubclass(kind, QTimer)
            else one.isRunning()
            if issubclass(kind, QThread)
            else one.activeThreadCount() > 0
        )
        if at_work:
            found.append(one)
    return found


def _said(one):
    if isinstance(one, QTimer):
        return f"{one} of {one.parent()}, every {one.interval()} ms"
    return f"{one} of {one.parent()}" if isinstance(one, QThread | QThreadPool) else repr(one)


@pytest.fixture(autouse=True)
def _nothing_left_behind(qapp):
    """Fail a test that leaves a thread, a pool at work or a timer."""
    threads, running = set(threading.enumerate()), _running()
    yield
    # A timer that fires once, for a picture or a count, may be under way: it ends by itself.
    for _ in range(50):
        left = [one for one in _running() if one not in running]
        if not left:
            break
        QTest.qWait(20)
    # Qt's pool threads show up in Python as dummies for as long as Qt keeps them for reuse.
    left += [
        one
        for one in set(threading.enumerate()) - threads
        if one.is_alive() and not one.name.startswith("Dummy")
    ]
    assert not left, "left behind: " + ", ".join(map(_said, left))


@pytest.fixture
def core(tmp_path):
    """A real core on an empty library, with the classical scorer."""
    home = tmp_path / "home"
    home.mkdir()
    library = home / "library.sqlite"
    prepare(library)
    scorer = ClassicalScorer()
    instruments = Instruments(
        probe=lambda path, cancel: probe(path),
        open_scorer=lambda: scorer,
        source=ClipFrames(),
        score_burst=motion.score_burst,
        shake_model=motion.SHAKE_MODEL,
        score_sound=sound.score_sound,
        sound_model=sound.SOUND_MODEL,
    )
    return Core(
        app="footage-sorter test",
        library_path=library,
        settings_path=home / "settings.json",
        log_path=home / "log.txt",
        instruments=instruments,
        models=Models(
            scorer.blur_model, scorer.exposure_model, motion.SHAKE_MODEL, sound.SOUND_MODEL
        ),
        thumbnails=Thumbnails(home / "thumbnails"),
        frame_at=frame_at,
        frames_from=frames_from,
        stop_processes=lambda: None,
        open_store=partial(ClipStore, library),
        shelf=Shelf(home / "classifiers", known_classifier, known_classifier),
        trained=home / "trained",
    )


@pytest.fixture
def open_window(qtbot, core):
    """Opens windows on the test's library; closes those that the test leaves open."""
    opened = []

    def open_one(*paths):
        window = MainWindow(core)
        qtbot.addWidget(window)
        opened.append(window)
        window.show()
        window.activateWindow()
        qtbot.waitActive(window)
        window.start(paths)
        qtbot.waitUntil(lambda: window.session.is_loaded)
        return window

    yield open_one
    for window in opened:
        window.close()
