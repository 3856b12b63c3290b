"""Clips dragged out: the selected ones, as copies; a drag over the own window adds nothing."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from footage_sorter.ui.library import drag_out
from footage_sorter.ui.library.drag_out import DragOut
from footage_sorter.ui.library.grid_view import GridView
from footage_sorter.ui.library.table_view import TableView
from tests.helpers.hands import Held
from tests.helpers.rows import rated
from tests.helpers.views import view_of

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def drags(monkeypatch):
    """What was dragged: paths and the actions offered."""
    begun = []

    class Drag(drag_out.QDrag):
        def exec(self, actions):
            begun.append(([url.toLocalFile() for url in self.mimeData().urls()], actions))
            return actions

    monkeypatch.setattr(drag_out, "QDrag", Drag)
    return begun


@pytest.fixture(params=[GridView, TableView])
def view(qtbot, request):
    """A view of ten clips, of which the last is missing."""
    rows = [rated(f"/f/{n}.mp4", clip_id=n + 1) for n in range(10)]
    rows[-1] = replace(rows[-1], missing=True)
    one = view_of(request.param, rows, QSize(700, 600))
    qtbot.addWidget(one)
    DragOut(one, lambda: selected(one), lambda _clip: None)
    return one


def selected(view):
    places = sorted({index.row() for index in view.selectionModel().selectedIndexes()})
    return [view.model().row_at(place) for place in places]


def move(view, where):
    """The mouse moves with the button held, which QTest cannot say."""
    place = view.viewport().mapToGlobal(where)
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, where, place, none, LEFT, Held.NoModifier)
    QApplication.sendEvent(view.viewport(), event)


def drag(view, place, by):
    where = view.visualRect(view.model().index(place, 0)).center()
    QTest.mousePress(view.viewport(), LEFT, pos=where)
    move(view, where + by)
    QTest.mouseRelease(view.viewport(), LEFT, pos=where + by)


FAR = QPoint(60, 0)


def test_the_clip_under_the_mouse_is_dragged_where_it_is_not_selected(view, drags):
    drag(view, 2, FAR)
    assert drags == [(["/f/2.mp4"], Qt.DropAction.CopyAction)]
    assert [row.clip.path.stem for row in selected(view)] == ["2"]


def test_all_that_are_selected_are_dragged_but_those_that_are_missing(view, drags):
    view.selectAll()
    drag(view, 2, FAR)
    assert drags == [([f"/f/{n}.mp4" for n in range(9)], Qt.DropAction.CopyAction)]


def test_a_click_with_a_trembling_hand_is_no_drag(view, drags):
    view.selectAll()
    drag(view, 2, QPoint(2, 1))
    assert drags == []
    assert [row.clip.path.stem for row in selected(view)] == ["2"]


def test_from_beside_the_clips_nothing_is_dragged(view, drags):
    where = view.viewport().rect().bottomRight() - QPoint(3, 3)
    QTest.mousePress(view.viewport(), LEFT, pos=where)
    move(view, where - QPoint(200, 200))
    QTest.mouseRelease(view.viewport(), LEFT, pos=where - QPoint(200, 200))
    assert drags == []
