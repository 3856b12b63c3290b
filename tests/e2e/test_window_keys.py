"""The main job by the keyboard alone: no key is swallowed, and the clips always get it back."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from footage_sorter.domain.clip import Mark
from footage_sorter.domain.flag import Flag
from tests.e2e.test_window_session import (
    _nothing_left_behind,
    analysed,
    core,
    name,
    open_window,
    press,
    pytestmark,
    rows,
)

__all__ = ["_nothing_left_behind", "analysed", "core", "open_window", "pytestmark"]  # fixtures

Key, Held = Qt.Key, Qt.KeyboardModifier


def held(window, modifier, key):
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def shown(window):
    return [row.clip.path.name for row in window.pane.shown.shown_rows()]


def test_sort_look_keep_and_reject(qtbot, analysed):
    window = analysed
    held(window, Held.ShiftModifier, Key.Key_U)
    press(window, Key.Key_Home)
    usability = [row.rating.usability for row in window.pane.shown.shown_rows() if row.rating]
    assert usability == sorted(usability, reverse=True)
    order = shown(window)
    press(window, Key.Key_Y, Key.Key_Right, Key.Key_Right)
    assert window.right.tabs.currentWidget() is window.right.why
    assert name(window) == order[2]  # why is read while one goes on
    press(window, Key.Key_P, Key.Key_X, Key.Key_3)
    assert rows(window)[order[2]].decision.mark is Mark.KEEP
    assert rows(window)[order[3]].decision.mark is Mark.REJECT
    assert rows(window)[order[4]].decision.stars == 3


def test_escape_gives_the_keys_back_to_the_clips(qtbot, analysed):
    window = analysed
    press(window, Key.Key_Home)
    order = shown(window)

    press(window, Key.Key_M)
    assert window.right.limits.hasFocus()
    press(window, Key.Key_Escape, Key.Key_Right)
    assert name(window) == order[1]

    window.player.facts.note.setFocus()
    qtbot.keyClicks(window.player.facts.note, "px")
    press(window, Key.Key_Escape, Key.Key_Right)
    assert rows(window)[order[1]].decision.note == "px"
    assert name(window) == order[2]

    window.sidebar.setFocus()
    press(window, Key.Key_Escape, Key.Key_Left)
    assert name(window) == order[1]


def test_a_search_ends_in_the_clips(qtbot, analysed):
    window = analysed
    everything = shown(window)
    window.culling.go_to(rows(window)["bright.mp4"].clip.id)
    press(window, Key.Key_Slash)
    qtbot.keyClicks(QApplication.focusWidget(), "e")
    press(window, Key.Key_Return)
    found = shown(window)
    assert 1 < len(found) < len(everything)
    assert "bright.mp4" not in found
    assert [window.pane.shown.row_at(i.row()) for i in window.pane.selection.selectedRows()] == [
        window.pane.current_row()
    ]
    press(window, Key.Key_Home, Key.Key_Right)
    assert name(window) == found[1]
    press(window, Key.Key_Slash, Key.Key_Escape)
    assert shown(window) == everything
    assert window.pane.view.hasFocus()


def test_escape_leaves_the_large_picture(qtbot, analysed):
    window = analysed
    press(window, Key.Key_F)
    assert window.player.view.window() is not window
    QTest.keyClick(window.player.view.window(), Key.Key_Escape)
    assert window.player.view.window() is window


def test_an_objection_leaves_the_keys_in_why(qtbot, analysed):
    window = analysed
    window.culling.go_to(rows(window)["soft.mp4"].clip.id)
    press(window, Key.Key_Y)
    (section,) = [one for one in window.right.why._sections if one.flag is Flag.BLURRY]
    (button,) = section.findChildren(QPushButton)
    button.setFocus()
    press(window, Key.Key_Space)
    assert Flag.BLURRY in rows(window)["soft.mp4"].decision.overruled
    assert window.right.why.hasFocus()
