"""An empty library: the invitation alone, until there is a clip."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel

from footage_sorter.ui.main_window import MainWindow
from tests.helpers.rows import rated

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints",
    "No RHI backend",
    "pa_context_connect",
)


def parts_in_sight(window):
    return [part.isVisible() for part in (window.sidebar, window.right, window.tools)]


def held(window, data):
    return QDragEnterEvent(
        window.rect().center(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )


def test_an_empty_library_shows_one_invitation_and_nothing_dead(open_window):
    window = open_window()
    assert window.pane.empty_page.isVisible()
    assert not any(parts_in_sight(window))
    assert not window.pane.bar.isVisible()


def test_the_first_start_never_shows_what_is_taken_away_again(qtbot, core):
    window = MainWindow(core)
    qtbot.addWidget(window)
    window.show()  # nothing is read yet
    assert not any(parts_in_sight(window))
    window.close()


def test_the_first_clip_brings_filters_player_and_tools(open_window):
    window = open_window()
    window.session.model.put_all([rated()])
    assert all(parts_in_sight(window))
    assert window.pane.bar.isVisible()


def test_the_last_clips_removal_leaves_the_invitation(open_window):
    window = open_window()
    row = rated()
    window.session.model.put_all([row])
    window.session.model.remove([row.clip.id])
    assert window.pane.empty_page.isVisible()
    assert not any(parts_in_sight(window))


def test_what_a_person_hid_stays_hidden_when_clips_come(open_window):
    window = open_window()
    window.actions_by_name["sidebar"].trigger()
    assert not window.actions_by_name["sidebar"].isChecked()
    window.session.model.put_all([rated()])
    assert parts_in_sight(window) == [False, True, True]


def test_a_library_with_clips_opens_with_all_its_parts(qtbot, core, open_window):
    window = open_window()
    window.session.model.put_all([rated()])
    window.close()
    again = MainWindow(core)
    qtbot.addWidget(again)
    again.show()  # its clips are not read yet
    assert all(parts_in_sight(again))
    again.close()


def test_the_field_says_that_it_would_take_what_is_held(open_window, tmp_path):
    window = open_window()
    field = window.pane.empty_page
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    QApplication.sendEvent(window, held(window, data))
    assert field.awaits_drop
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not field.awaits_drop


def test_its_words_are_whole_and_inside_the_field(open_window):
    window = open_window()
    window.resize(1280, 800)
    field = window.pane.empty_page
    for label in field.findChildren(QLabel):
        assert not label.wordWrap() or label.height() >= label.heightForWidth(label.width())
        assert field.field.top() < label.y() < label.geometry().bottom() < field.field.bottom()
    assert field.field.contains(field.button.geometry())


def test_the_first_clip_is_made_current_once(open_window):
    """Player, reasons and limits are built for a clip in a tenth of a second of the window's."""
    window = open_window()
    shown = []
    window.pane.current_changed.connect(shown.append)
    rows = [rated(f"/f/{n}.mp4", clip_id=n) for n in (1, 2)]
    window.session.model.put_all(rows)
    assert [row and row.clip.id for row in shown] == [rows[0].clip.id]


def test_the_window_has_the_keyboard_after_a_drop(qtbot, open_window, tmp_path):
    """Not the file manager: there X or Delete means another thing."""
    window = open_window()
    manager = QLabel("a file manager")
    qtbot.addWidget(manager)
    manager.show()
    manager.activateWindow()
    qtbot.waitUntil(manager.isActiveWindow)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    middle, copy = QPointF(window.rect().center()), Qt.DropAction.CopyAction
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(middle, copy, mime, left, plain))
    qtbot.waitUntil(window.isActiveWindow)
