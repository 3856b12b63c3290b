"""A person's whole session in the window, with real drops and keys, on real clips."""

import csv
import json
import sqlite3
import warnings

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from footage_sorter.domain.clip import Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.report import Pass
from footage_sorter.ui.session.clip_filter import EVERYTHING
from footage_sorter.ui.session.columns import COLUMN_AT
from tests.e2e.conftest import UNREADABLE
from tests.ui.conftest import _nothing_left_behind, core, open_window  # noqa: F401  fixtures

Key = Qt.Key

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints",  # the offscreen platform has no window manager
    "No RHI backend",  # nor a graphics card
    "pa_context_connect",  # the machine may have no sound server
)


def drop(window, *paths):
    """Let a person's hand drop `paths` on the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    plain = Qt.KeyboardModifier.NoModifier
    with warnings.catch_warnings():
        # PySide has no other way to make one.
        warnings.simplefilter("ignore", DeprecationWarning)
        enter = QDragEnterEvent(QPoint(300, 300), copy, mime, left, plain)
    for event in (enter, QDropEvent(QPointF(300, 300), copy, mime, left, plain)):
        window.event(event)
        assert event.isAccepted()


def press(window, *keys):
    """Press keys wherever the keyboard is."""
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or window, key)


def rows(window):
    return {row.clip.path.name: row for row in window.session.model.rows()}


def export(qtbot, window, kind, path):
    """Write what is shown, by the dialog."""
    dialog = window.handoff.export()
    dialog.choose(kind)
    with qtbot.waitSignal(dialog.accepted, timeout=10_000):
        dialog.write(path)


def all_looked_at(window):
    found = rows(window).values()
    return bool(found) and all(row.error or row.looked is Pass.FULL for row in found)


def name(window):
    """The current clip."""
    row = window.pane.current_row()
    return row and row.clip.path.name


@pytest.fixture
def analysed(qtbot, open_window, shoot):  # noqa: F811
    """A window in which the folder was dropped and everything was analysed."""
    window = open_window()
    drop(window, shoot)
    qtbot.waitUntil(lambda: len(rows(window)) == 11 and all_looked_at(window), timeout=90_000)
    window.pane.focus_view()
    return window


def test_dropped_clips_are_rows_before_they_are_read(qtbot, open_window, shoot):  # noqa: F811
    window = open_window()
    with qtbot.waitSignal(window.session.model.rowsInserted, timeout=10_000):
        drop(window, shoot)
    assert any(row.clip.media is None for row in window.session.model.rows())
    qtbot.waitUntil(lambda: name(window) is not None, timeout=5000)


def sorted_by_usability(window):
    """Sort from the header, best first, and return the rows in their new order."""
    press(window, Key.Key_T)
    header = window.pane.table.horizontalHeader()
    x = header.sectionViewportPosition(COLUMN_AT["usability"]) + 10
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 8))
    return window.pane.shown.shown_rows()


def culled_by_keys(window, shown):
    """Keep the first, reject the second, give the third four stars; return their names."""
    first, second, third = (row.clip.path.name for row in shown[:3])
    press(window, Key.Key_G, Key.Key_Home, Key.Key_P)
    assert name(window) == second  # each key goes on to the next
    press(window, Key.Key_X)
    assert name(window) == third
    press(window, Key.Key_4)
    return first, second, third


def assert_decided(window, first, second, third):
    decisions = {clip: row.decision for clip, row in rows(window).items()}
    assert decisions[first].mark is Mark.KEEP
    assert decisions[second].mark is Mark.REJECT
    assert decisions[third].stars == 4


def test_a_whole_session(qtbot, analysed, open_window, tmp_path):  # noqa: F811
    window = analysed
    for unreadable in UNREADABLE:
        row = rows(window)[unreadable]
        assert row.rating is None
        assert row.error is not None
    assert rows(window)["sharp.mp4"].rating.usability > rows(window)["soft.mp4"].rating.usability

    shown = sorted_by_usability(window)
    usability = [row.rating.usability for row in shown if row.rating]
    assert usability == sorted(usability, reverse=True)
    assert all(row.rating is None for row in shown[len(usability) :])

    first, second, third = culled_by_keys(window, shown)
    assert_decided(window, first, second, third)

    # Undo takes back one step and goes there; redo does it again.
    QTest.keyClick(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert rows(window)[third].decision.stars == 0
    assert name(window) == third
    assert "★★★★" in window.actions_by_name["redo"].text()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Key.Key_Z, both)

    window.pane.set_filter(EVERYTHING.having("marks", frozenset({"keep", "reject"})))
    assert_exported(qtbot, window, (first, second), tmp_path)

    # Closed and opened again, all is there, and nothing is looked at twice.
    window.close()
    again = open_window()
    assert_decided(again, first, second, third)
    assert all_looked_at(again)
    assert not again.session.analysis.running
    assert again.pane.shown.n_hidden == 9  # the filter is there as well


def assert_exported(qtbot, window, names, folder):
    """Export what is shown: it is the clips of these names, in their order."""
    export(qtbot, window, "csv", folder / "shown.csv")
    with (folder / "shown.csv").open(encoding="utf-8-sig", newline="") as file:
        _, *lines = csv.reader(file)
    assert len(lines) == len(names)
    for clip, line in zip(names, lines, strict=True):
        assert any(clip in cell for cell in line)
    export(qtbot, window, "json", folder / "shown.json")
    document = json.loads((folder / "shown.json").read_text("utf-8"))
    assert [clip["path"].rpartition("/")[2] for clip in document["clips"]] == list(names)


def test_the_next_clip_also_when_the_filter_takes_the_current_one(analysed):
    window = analysed
    window.pane.set_filter(EVERYTHING.having("marks", frozenset({"none"})))
    press(window, Key.Key_Home)
    order = [row.clip.path.name for row in window.pane.shown.shown_rows()]
    for at in range(4):
        assert name(window) == order[at]
        press(window, Key.Key_X)
    left = [row.clip.path.name for row in window.pane.shown.shown_rows()]
    assert left == order[4:]
    assert name(window) == order[4]


def test_a_batch_is_one_step(analysed):
    window = analysed
    QTest.keyClick(window, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(window, Key.Key_X)
    assert {row.decision.mark for row in rows(window).values()} == {Mark.REJECT}
    assert "11 clips" in window.actions_by_name["undo"].text()
    QTest.keyClick(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert {row.decision.mark for row in rows(window).values()} == {Mark.NONE}


def test_letters_in_the_search_are_letters(qtbot, analysed):
    window = analysed
    press(window, Key.Key_Slash)
    qtbot.keyClicks(window.tools.search, "px")
    assert window.tools.search.text() == "px"
    assert {row.decision.mark for row in rows(window).values()} == {Mark.NONE}
    assert window.pane.shown.rowCount() == 0
    window.tools.search.setText("shar")
    assert [row.clip.path.name for row in window.pane.shown.shown_rows()] == ["sharp.mp4"]


def test_limits_are_moved_and_moved_back(qtbot, analysed):
    window = analysed
    limits = window.session.settings.limits
    before = rows(window)["soft.mp4"].rating.flags
    strict = limits.with_limit(Flag.BLURRY, type(limits.blurry)(over=0.0, tolerated=0.0))
    window.right.limits.limits_changed.emit(strict, None)
    qtbot.waitUntil(lambda: "blurry" in rows(window)["sharp.mp4"].rating.flags)
    QTest.keyClick(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.settings.limits == limits
    qtbot.waitUntil(lambda: rows(window)["soft.mp4"].limits == limits)
    assert rows(window)["soft.mp4"].rating.flags == before


def test_pause_and_cancel(qtbot, open_window, shoot):  # noqa: F811
    window = open_window()
    window.session.analysis.pause()
    drop(window, shoot)
    qtbot.waitUntil(lambda: window.session.analysis.progress().total >= 6, timeout=20_000)
    done = window.session.analysis.progress().done
    qtbot.wait(300)  # a paused run must stand still for a while
    assert window.session.analysis.progress().done == done
    window.actions_by_name["pause"].trigger()
    qtbot.waitUntil(lambda: window.session.analysis.progress().done > done, timeout=30_000)
    window.actions_by_name["cancel"].trigger()
    assert not window.session.analysis.running
    left = sum(row.looked is not Pass.FULL for row in rows(window).values())
    window.actions_by_name["analyse"].trigger()
    if left > len(UNREADABLE):
        qtbot.waitUntil(lambda: all_looked_at(window), timeout=60_000)


def test_a_library_that_is_locked_is_a_sentence_and_loses_no_mark(analysed, core):  # noqa: F811
    window = analysed
    press(window, Key.Key_Home)
    first = name(window)
    lock = sqlite3.connect(core.library_path, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    try:
        press(window, Key.Key_P)
    finally:
        lock.close()
    assert "Another Footage Sorter" in window.notice.text
    assert rows(window)[first].decision.mark is Mark.NONE
    assert not window.culling.stack.canUndo()


def test_skimming_goes_on_by_itself_until_it_is_stopped(qtbot, analysed):
    window = analysed
    window.pane.set_filter(EVERYTHING.having("verdicts", frozenset({"usable", "unusable"})))
    press(window, Key.Key_Home)
    first = name(window)
    press(window, Key.Key_S)
    assert window.commands.skimming.running
    qtbot.waitUntil(lambda: name(window) != first, timeout=30_000)
    press(window, Key.Key_S)
    assert not window.commands.skimming.running
