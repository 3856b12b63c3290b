"""The pills keep to one line, and none of them can get lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QPushButton

from footage_sorter.domain.clip import Mark
from footage_sorter.ui.library.filter_bar import FilterBar
from footage_sorter.ui.session.clip_filter import EVERYTHING
from tests.helpers.rows import rated

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support",  # the offscreen platform has no window manager
)

PILLS = 11
"""Without the rating for the person, which nobody has yet."""


@pytest.fixture
def bar(qtbot):
    rows = [rated("/f/a.mp4"), rated("/f/b.mp4", clip_id=2)]
    made = FilterBar(lambda: rows)
    qtbot.addWidget(made)
    made.show_tags(shown=True)
    made.show()
    return made


def in_line(bar):
    """What is in sight, by its title."""
    found = [pill for pill in bar.findChildren(QPushButton) if pill.isVisible()]
    return {pill.property("title"): pill for pill in found}


def behind(bar):
    """The titles in the menu of the last pill."""
    if "More" not in in_line(bar):
        return []
    menu = in_line(bar)["More"].menu()
    menu.aboutToShow.emit()
    titles = [action.menu().title() for action in menu.actions()]
    menu.aboutToHide.emit()
    return titles


@pytest.mark.parametrize("width", [1200, 690, 400, 200])
def test_every_condition_is_in_the_line_or_behind_its_last_pill(qtbot, bar, width):
    bar.resize(width, bar.heightForWidth(width))
    bar.layout().activate()
    seen = in_line(bar)
    assert len({pill.y() for pill in seen.values()}) == 1
    assert all(pill.geometry().right() < width for pill in seen.values())
    seen.pop("More", None)
    hidden = behind(bar)
    assert len(seen) + len(hidden) == PILLS
    assert not set(seen) & set(hidden)
    assert bool(hidden) == (width < 1000)


def test_a_condition_at_work_is_in_sight(qtbot, bar):
    bar.resize(400, 40)
    assert "Codec" in behind(bar)
    menu = next(a.menu() for a in in_line(bar)["More"].menu().actions() if a.text() == "Codec")
    menu.aboutToShow.emit()
    with qtbot.waitSignal(bar.changed) as told:
        menu.actions()[0].trigger()
    assert told.args[0].codecs
    assert "Codec" in in_line(bar)
    assert "Codec" not in behind(bar)
    assert in_line(bar)["Codec"].isChecked()
    bar.show_filter(EVERYTHING)
    assert "Codec" in behind(bar)


def test_a_menu_that_is_open_keeps_its_pills_until_it_closes(bar):
    bar.resize(400, 40)
    more = in_line(bar)["More"].menu()
    more.aboutToShow.emit()
    bar.show_filter(EVERYTHING.having("duration_s", (0.0, 5.0)))
    assert "Duration" not in in_line(bar)
    more.aboutToHide.emit()
    assert in_line(bar)["Duration"].text() == "Duration: ≤ 5 s"


def test_show_all_is_in_sight_while_a_condition_is(bar):
    bar.resize(400, 40)
    assert "Show all" not in in_line(bar)
    bar.show_filter(EVERYTHING.having("marks", frozenset({Mark.KEEP})))
    assert in_line(bar)["Show all"].geometry().right() < 400


def test_a_range_says_its_unit_and_no_end_that_is_none(bar):
    bar.resize(1200, 40)
    bar.show_filter(EVERYTHING.having("duration_s", (3.0, 9.0)))
    assert in_line(bar)["Duration"].text() == "Duration: 3–9 s"
    bar.show_filter(EVERYTHING.having("usability", (60, 100)))
    assert in_line(bar)["Usability"].text() == "Usability: ≥ 60 %"


def test_a_range_is_typed_without_the_mouse(qtbot, bar):
    bar.resize(1200, 40)
    menu = in_line(bar)["Usability"].menu()
    menu.popup(bar.mapToGlobal(bar.rect().bottomLeft()))
    low, high = menu.findChildren(QDoubleSpinBox)
    qtbot.waitUntil(low.hasFocus)
    qtbot.keyClicks(QApplication.focusWidget(), "40")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.waitUntil(high.hasFocus)
    qtbot.waitUntil(lambda: high.lineEdit().hasSelectedText())
    with qtbot.waitSignal(bar.changed) as told:
        qtbot.keyClicks(QApplication.focusWidget(), "70")
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert told.args[0].usability == (40, 70)
    assert not menu.isVisible()


def test_a_range_keeps_the_keyboard_where_the_library_takes_it(qtbot, bar):
    """As another page of the library does, where no clip passes."""
    bar.resize(1200, 40)
    bar.changed.connect(lambda _filter: bar.setFocus())
    menu = in_line(bar)["Usability"].menu()
    menu.popup(bar.mapToGlobal(bar.rect().bottomLeft()))
    low, high = menu.findChildren(QDoubleSpinBox)
    qtbot.waitUntil(low.hasFocus)
    with qtbot.waitSignal(bar.changed):
        qtbot.keyClicks(low, "40")
        qtbot.keyClick(low, Qt.Key.Key_Tab)
    assert high.hasFocus()
    menu.close()


@pytest.mark.parametrize("hand", ["mouse", "keys"])
def test_several_values_are_ticked_while_the_menu_is_open(qtbot, bar, hand):
    bar.resize(1200, 40)
    menu = in_line(bar)["Flags"].menu()
    menu.popup(bar.mapToGlobal(bar.rect().bottomLeft()))
    for at in (0, 1):
        action = menu.actions()[at]
        menu.setActiveAction(action)
        if hand == "mouse":
            qtbot.mouseClick(
                menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center()
            )
        else:
            qtbot.keyClick(menu, Qt.Key.Key_Return)
        assert menu.isVisible()
        assert action.isChecked()
    assert in_line(bar)["Flags"].text() == "Flags: Overexposed +1"
    menu.close()


def test_a_folder_is_called_what_it_is_called_and_its_count_stands_apart(qtbot):
    rows = [rated(f"/f/Sound & Vision/{at}.mp4", clip_id=at) for at in range(1, 13)]
    bar = FilterBar(lambda: [*rows, rated("/f/x/a.mp4", clip_id=20)])
    qtbot.addWidget(bar)
    bar.resize(1200, 40)
    bar.show()
    menu = in_line(bar)["Folder"].menu()
    menu.aboutToShow.emit()
    lines = [action.text().split("\t") for action in menu.actions()]
    assert lines == [["/f/Sound && Vision", "12"], ["/f/x", "\N{FIGURE SPACE}1"]]


def test_a_duration_without_a_bound_names_no_number(bar):
    bar.resize(1200, 40)
    menu = in_line(bar)["Duration"].menu()
    menu.aboutToShow.emit()
    low, high = menu.findChildren(QDoubleSpinBox)
    assert (low.text(), high.text()) == ("0 s", "∞ s")
    high.setValue(9)
    assert high.text() == "9 s"
