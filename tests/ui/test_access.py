"""Without eyes and without a mouse: every control has a name, and Tab goes on as the eye does."""

from contextlib import closing
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTabBar, QTabWidget, QWidget

from footage_sorter.store.clips import ClipStore
from tests.helpers.marked import MODELS, fill, takes

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints", "No RHI backend", "pa_context_connect"
)

DIALOGS = (
    "settings", "keys", "export", "reel", "file_kept", "trash_rejected", "failures", "learn",
    "classifiers", "train", "compare",
)  # fmt: skip

MOST = 200
"""So many steps of Tab go round the window more than once."""


@pytest.fixture
def core(core):
    """As if the networks of the marked clips measured here: nothing is stale."""
    return replace(core, models=MODELS)


@pytest.fixture
def window(qtbot, core, open_window):
    """A window of 1280 x 800 with sixty clips."""
    with closing(ClipStore(core.library_path)) as store:
        fill(store, takes())
    window = open_window()
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.pane.current_row() is not None)
    return window


def reached(window):
    """What Tab reaches in a window, in its order, from the clips on until it is there again.

    Not by the focus chain: PySide takes each link for a child of the last, and deletes parts of
    the window with it.
    """
    window.pane.view.setFocus()
    found = [QApplication.focusWidget()]
    for _ in range(MOST):
        window.focusNextChild()
        if QApplication.focusWidget() is found[0]:
            return found
        found.append(QApplication.focusWidget())
    pytest.fail("Tab does not come back")


def controls(top):
    """What Tab can reach in a window, in no order.

    Not by the focus chain, see `reached`.
    """
    return [
        one
        for one in top.findChildren(QWidget)
        if one.window() is top and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def nameless(top):
    """Controls of which a screen reader could only say what they are."""
    return [
        one
        for one in controls(top)
        if not isinstance(one, QTabBar | QTabWidget)  # its tabs have names
        and one.focusProxy() is None
        and not one.objectName().startswith("qt_")  # parts of one control
        and not QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name).strip()
    ]


def test_every_control_of_the_window_has_a_name(window):
    assert len(controls(window)) > 40
    assert not nameless(window)


@pytest.mark.parametrize("name", DIALOGS)
def test_every_control_of_a_dialog_has_a_name(qtbot, window, name):
    if name == "compare":
        window.pane.view.setFocus()
        QTest.keyClick(window.pane.view, Qt.Key.Key_Home)
        QTest.keyClick(window.pane.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    window.actions_by_name[name].trigger()
    (dialog,) = [
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, QDialog) and one.isVisible()
    ]
    try:
        assert controls(dialog)
        assert not nameless(dialog)
    finally:
        dialog.close()


def areas(window):
    """The window's areas as the eye meets them."""
    return (
        window.tools, window.sidebar, window.pane.bar, window.pane.view,
        window.player, window.right.tabs,
    )  # fmt: skip


def test_tab_goes_on_as_the_eye_does(window):
    order = []
    for one in reached(window):
        for at, area in enumerate(areas(window)):
            if one is area or area.isAncestorOf(one):
                order.append((at, one))
    places = [at for at, _ in order]
    start = places.index(0)
    turned = places[start:] + places[:start]
    assert set(turned) == set(range(len(areas(window))))
    assert turned == sorted(turned)


@pytest.mark.parametrize("part", ["tools", "pane.bar", "player"])
def test_tab_goes_line_by_line_within_an_area(window, part):
    area = window
    for step in part.split("."):
        area = getattr(area, step)
    lies = [
        one.mapTo(area, QPoint(0, one.height() // 2))
        for one in reached(window)
        if area.isAncestorOf(one)
    ]
    lines = [(round(point.y() / 16), point.x()) for point in lies]
    assert lines == sorted(lines)


def test_motion_ends_where_the_person_wants_none(window, open_window):
    assert not window.pane.grid.fading.still
    window.session.save(replace(window.session.settings, less_motion=True))
    window.close()
    assert open_window().pane.grid.fading.still


def test_the_names_are_asked_of_what_can_be_reached(qtbot):
    """The walk itself finds what it is there to find."""
    top = QWidget()
    qtbot.addWidget(top)
    bare = QWidget(top)
    bare.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    top.show()
    assert nameless(top) == [bare]
    bare.setAccessibleName("something")
    assert nameless(top) == []


def test_the_player_names_a_key_as_soon_as_a_person_has_changed_it(window):
    keep = window.player.facts._keep
    assert keep.toolTip() == "Keep (P)"
    changed = replace(window.session.settings, shortcuts={"keep": "F2"})
    window.dialogs.settings_changed.emit(changed)
    assert keep.toolTip() == "Keep (F2)"


def test_one_hairline_parts_the_player_from_the_panels(window):
    assert window.right.handleWidth() == 1
    assert not window.right.tabs.tabBar().drawBase()
