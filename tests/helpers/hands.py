"""A person's hands on the window: keys to whatever has the keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from footage_sorter.ui.session.clip_filter import EVERYTHING

Key, Held = Qt.Key, Qt.KeyboardModifier
UNMARKED = EVERYTHING.having("marks", frozenset({"none"}))


def press(*keys, held=Held.NoModifier):
    """Press keys one after the other."""
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, held)


def at_first_clip(qtbot, window, clips):
    """Wait until all `clips` are rated, or failed, and make the first one current."""
    rows = window.session.model.rows
    qtbot.waitUntil(
        lambda: len(rows()) == clips and all(row.rating or row.error for row in rows()),
        timeout=30_000,
    )
    qtbot.waitUntil(lambda: not window.session.analysis.running)
    window.pane.focus_view()
    press(Key.Key_Home)
    return window
