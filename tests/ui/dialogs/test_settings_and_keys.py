"""Settings and keys: what their dialogs show, and what they hand back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from footage_sorter.domain.clip import Mark
from footage_sorter.domain.limits import STAGE
from footage_sorter.domain.rating import Verdict
from footage_sorter.domain.settings import Settings, Theme
from footage_sorter.ui.actions import SPECS, VIEW_KEYS
from footage_sorter.ui.dialogs.settings import SettingsDialog
from footage_sorter.ui.dialogs.shortcuts import ShortcutsDialog, clashes

# What Qt's display without a screen says of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def test_settings_come_back_as_they_were(qtbot):
    settings = Settings(
        theme=Theme.LIGHT,
        less_motion=True,
        language="de",
        auto_advance=False,
        automatic_marks={Verdict.UNUSABLE: Mark.REJECT},
        thumbnail_px=300,
        limits=STAGE,
        person="Ada",
    )
    dialog = SettingsDialog(settings)
    qtbot.addWidget(dialog)
    assert dialog.settings() == settings


def test_by_default_no_verdict_sets_a_mark(qtbot):
    dialog = SettingsDialog(Settings())
    qtbot.addWidget(dialog)
    assert dialog.settings().automatic_marks == {}
    box = dialog._marks[Verdict.UNUSABLE]
    box.setCurrentIndex(box.findData("reject"))
    assert dialog.settings().automatic_marks == {Verdict.UNUSABLE: Mark.REJECT}


def test_a_key_is_changed_taken_and_given_back(qtbot):
    dialog = ShortcutsDialog({"keep": "Q"})
    qtbot.addWidget(dialog)
    dialog.choose("reject")
    dialog.set_key(QKeySequence("W"))
    assert dialog.keys() == {"keep": "Q", "reject": "W"}
    dialog.set_key(QKeySequence())
    assert dialog.keys() == {"keep": "Q", "reject": ""}
    dialog.reset_key()
    assert dialog.keys() == {"keep": "Q"}


def test_a_key_that_is_taken_is_said(qtbot):
    dialog = ShortcutsDialog({})
    qtbot.addWidget(dialog)
    dialog.choose("keep")
    dialog.set_key(QKeySequence("X"))
    assert "Reject" in dialog._warning.text()
    dialog.set_key(QKeySequence("P"))
    assert dialog._warning.text() == ""
    assert dialog.keys() == {}


def test_the_programs_own_keys_do_not_clash():
    assert clashes({}) == {}


def test_keys_that_would_not_work_are_not_taken_over(qtbot):
    dialog = ShortcutsDialog({})
    qtbot.addWidget(dialog)
    dialog.choose("keep")
    dialog.set_key(QKeySequence("X"))
    assert not dialog._ok.isEnabled()
    dialog.choose("undo")
    assert dialog._warning.text() == "Keep and Reject have the same key. Neither would work."
    assert not dialog._ok.isEnabled()
    dialog.choose("keep")
    dialog.set_key(QKeySequence("Left"))
    assert dialog._warning.text() == "The clips need this key themselves."
    assert not dialog._ok.isEnabled()
    dialog.reset_key()
    assert dialog._ok.isEnabled()


def test_a_key_of_the_clips_is_not_taken_over_unseen(qtbot):
    dialog = ShortcutsDialog({})
    qtbot.addWidget(dialog)
    dialog.choose("keep")
    dialog.set_key(QKeySequence("Left"))
    dialog.choose("undo")
    assert dialog._warning.text() == "Keep: The clips need this key themselves."
    assert not dialog._ok.isEnabled()


def test_a_key_is_taken_from_the_action_that_has_it(qtbot):
    dialog = ShortcutsDialog({})
    qtbot.addWidget(dialog)
    dialog.choose("keep")
    assert dialog._take.isHidden()
    dialog.set_key(QKeySequence("X"))
    assert not dialog._take.isHidden()
    dialog._take.click()
    assert dialog.keys() == {"keep": "X", "reject": ""}
    assert (dialog._warning.text(), dialog._take.isHidden()) == ("", True)
    assert dialog._ok.isEnabled()
    dialog._reset_all.click()
    assert dialog.keys() == {}
    assert dialog._items["reject"].text(1) == "X"
    assert not dialog._reset_all.isEnabled()


def test_what_is_searched_is_found_and_ready_for_a_key(qtbot):
    dialog = ShortcutsDialog({})
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    QTest.keyClicks(dialog._search, "reject")
    tree = dialog._tree
    groups = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    assert [one.text(0) for one in groups if not one.isHidden()] == ["File", "Mark"]
    QTest.keyClick(dialog._search, Qt.Key.Key_Down)
    assert dialog._current() == "trash_rejected"
    QTest.keyClick(tree, Qt.Key.Key_Down)  # the menu's name
    QTest.keyClick(tree, Qt.Key.Key_Down)
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert dialog._current() == "reject"
    dialog.set_key(QKeySequence("Ctrl+J"))
    assert dialog.keys() == {"reject": "Ctrl+J"}
    QTest.keyClicks(dialog._search, "?!")
    assert dialog._warning.text() == "No action has that name or key."
    assert dialog._current() is None


def test_every_action_is_in_the_list_of_keys(qtbot):
    dialog = ShortcutsDialog({})
    qtbot.addWidget(dialog)
    assert dialog._items.keys() == {spec.name for spec in SPECS}


def test_no_action_takes_a_key_of_the_views():
    keys = {QKeySequence(key).toString() for spec in SPECS for key in spec.keys}
    assert not keys & VIEW_KEYS
    assert {QKeySequence(key).toString() for key in VIEW_KEYS} == VIEW_KEYS
