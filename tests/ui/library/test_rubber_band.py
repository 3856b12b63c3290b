"""The rubber band, by a mouse that is pressed, moved and let go."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from footage_sorter.ui.library.drag_out import DragOut
from footage_sorter.ui.library.grid_view import GridView
from footage_sorter.ui.session.clip_model import ClipModel
from footage_sorter.ui.session.shown_model import ShownModel
from tests.helpers.rows import rated

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PLAIN, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
GAP = QPoint(3, 3)


@pytest.fixture
def grid(qtbot):
    """Three cards a line, two whole lines in sight; clips can be dragged out, as in the window."""
    model = ClipModel()
    model.put_all(rated(f"/f/{n:03}.mp4", clip_id=n + 1) for n in range(100))
    view = GridView(ShownModel(model))
    model.setParent(view)
    DragOut(view, list, lambda _: None)
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    view.setCurrentIndex(view.model().index(50, 0))
    view.verticalScrollBar().setValue(0)
    view.selectionModel().clear()
    return view


def mouse(grid, kind, where, held=PLAIN):
    """One event as it comes from the system, also where the mouse has left the view."""
    viewport, where = grid.viewport(), QPointF(where)
    button = NONE if kind is QEvent.Type.MouseMove else LEFT
    buttons = NONE if kind is QEvent.Type.MouseButtonRelease else LEFT
    event = QMouseEvent(kind, where, viewport.mapToGlobal(where), button, buttons, held)
    QApplication.sendEvent(viewport, event)


def press(grid, where, held=PLAIN):
    mouse(grid, QEvent.Type.MouseButtonPress, where, held)


def move(grid, where, held=PLAIN):
    mouse(grid, QEvent.Type.MouseMove, where, held)


def let_go(grid, where, held=PLAIN):
    mouse(grid, QEvent.Type.MouseButtonRelease, where, held)


def centre(grid, place):
    return grid.visualRect(grid.model().index(place, 0)).center()


def selected(grid):
    return sorted(index.row() for index in grid.selectionModel().selectedRows())


def test_it_selects_what_it_touches_and_lets_go_of_what_it_leaves(grid):
    press(grid, GAP)
    move(grid, centre(grid, 8))
    assert selected(grid) == [0, 1, 2, 3, 4, 5, 6, 7, 8]
    move(grid, centre(grid, 4))
    assert selected(grid) == [0, 1, 3, 4]
    let_go(grid, centre(grid, 4))
    assert selected(grid) == [0, 1, 3, 4]
    assert grid.currentIndex().row() == 4


def test_it_selects_between_cards_too(grid):
    """Where there is none under the mouse: Qt's own band waits there for the next one."""
    first = grid.visualRect(grid.model().index(0, 0))
    press(grid, GAP)
    move(grid, first.bottomRight() + GAP)
    assert selected(grid) == [0]
    let_go(grid, first.bottomRight() + GAP)
    assert selected(grid) == [0]


def test_upwards_and_to_the_left(grid):
    fifth = grid.visualRect(grid.model().index(4, 0))
    press(grid, fifth.bottomRight() + GAP)
    move(grid, centre(grid, 0))
    let_go(grid, centre(grid, 0))
    assert selected(grid) == [0, 1, 3, 4]
    assert grid.currentIndex().row() == 0


@pytest.mark.parametrize("held", [SHIFT, CTRL])
def test_with_shift_or_ctrl_it_adds_to_what_was_selected(grid, held):
    press(grid, centre(grid, 5))
    let_go(grid, centre(grid, 5))
    press(grid, GAP, held)
    move(grid, centre(grid, 4), held)
    assert selected(grid) == [0, 1, 3, 4, 5]
    move(grid, centre(grid, 0), held)
    assert selected(grid) == [0, 5]
    let_go(grid, centre(grid, 0), held)
    press(grid, GAP, held)
    move(grid, centre(grid, 3), held)
    let_go(grid, centre(grid, 3), held)
    assert selected(grid) == [0, 3, 5]
    press(grid, GAP)
    let_go(grid, GAP)
    assert selected(grid) == []


@pytest.mark.parametrize("held", [PLAIN, SHIFT, CTRL])
def test_below_the_view_it_scrolls_and_grows_while_the_mouse_rests(qtbot, grid, held):
    bar, below = grid.verticalScrollBar(), QPoint(300, grid.viewport().height() + 60)
    press(grid, centre(grid, 2), held)
    let_go(grid, centre(grid, 2), held)
    press(grid, GAP, held)
    move(grid, below, held)
    qtbot.waitUntil(lambda: 28 in selected(grid))
    left = [place for place in selected(grid) if place != 2]
    assert left == [place for place in range(left[-1] + 1) if place % 3 < 2]
    assert (2 in selected(grid)) is (held is not PLAIN)
    move(grid, QPoint(300, 200), held)  # back in it
    stands = bar.value()
    assert len(selected(grid)) < len(left) + 2
    qtbot.wait(60)
    assert bar.value() == stands
    move(grid, below, held)
    qtbot.waitUntil(lambda: bar.value() > stands)
    let_go(grid, below, held)
    stands, chosen = bar.value(), selected(grid)
    qtbot.wait(60)
    assert (bar.value(), selected(grid)) == (stands, chosen)
    assert grid.currentIndex().row() == max(chosen)


def test_above_the_view_likewise_up_to_the_first_card(qtbot, grid):
    bar, above = grid.verticalScrollBar(), QPoint(100, -200)
    bar.setValue(bar.maximum() // 4)
    stands = bar.value()
    press(grid, QPoint(3, grid.viewport().height() // 2))
    move(grid, above)
    qtbot.waitUntil(lambda: 0 < bar.value() < stands)
    qtbot.waitUntil(lambda: bar.value() == 0)
    let_go(grid, above)
    assert {one % 3 for one in selected(grid)} == {0}
    assert selected(grid)[0] == 0
    assert len(selected(grid)) > 5


def test_the_further_the_mouse_the_faster(qtbot, grid):
    bar, ways = grid.verticalScrollBar(), []
    for out_px in (1, 400):
        bar.setValue(0)
        press(grid, GAP)
        with qtbot.waitSignal(bar.valueChanged) as moved:
            move(grid, QPoint(300, grid.viewport().height() - 1 + out_px))
        ways.append(moved.args[0])
        let_go(grid, GAP)
    assert ways[1] > 10 * ways[0] > 0


def test_it_is_seen_while_it_is_pulled(grid):
    def at_gap():
        return grid.viewport().grab().toImage().pixelColor(6, 6)

    bare = at_gap()
    press(grid, GAP)
    move(grid, centre(grid, 4))
    assert at_gap() != bare
    let_go(grid, centre(grid, 4))
    assert at_gap() == bare


def test_a_press_on_a_card_pulls_none(grid):
    press(grid, centre(grid, 0))
    move(grid, centre(grid, 4))
    let_go(grid, centre(grid, 4))
    assert selected(grid) == [0]


def test_nothing_scrolls_on_where_the_view_goes(qtbot, grid):
    press(grid, GAP)
    move(grid, QPoint(300, 900))
    qtbot.waitUntil(lambda: grid.verticalScrollBar().value() > 0)
    grid.hide()
    stands = grid.verticalScrollBar().value()
    qtbot.wait(60)
    assert grid.verticalScrollBar().value() == stands
