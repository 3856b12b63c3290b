"""The table: names take the room there is until a person chooses."""

import pytest

from footage_sorter.ui.library.pane import LibraryPane
from footage_sorter.ui.library.table_view import TableView
from footage_sorter.ui.session.columns import COLUMN_AT, NAME
from footage_sorter.ui.session.session import Session
from footage_sorter.ui.session.state_file import StateFile

# What Qt's display without a screen says of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def table(qtbot, core):
    session = Session(core)
    pane = LibraryPane(session)
    qtbot.addWidget(pane)
    table = TableView(pane.shown)  # the pane shows its own where there are clips
    qtbot.addWidget(table)
    table.show()
    yield table
    session.shutdown()


def name_px(table, width_px=0):
    if width_px:
        table.resize(width_px, 400)
    return table.columnWidth(COLUMN_AT["name"])


def test_names_take_the_room_of_a_large_window(table):
    assert name_px(table, 700) == NAME.width_px
    assert name_px(table, 2000) >= 390
    assert name_px(table, 700) == NAME.width_px


def test_what_a_person_chose_stays_and_comes_back(table, tmp_path):
    name_px(table, 2000)
    table.horizontalHeader().resizeSection(COLUMN_AT["name"], 300)
    assert name_px(table, 1500) == 300
    file = StateFile(tmp_path / "window.ini")
    file.put(table.kept())
    table.horizontalHeader().resizeSection(COLUMN_AT["name"], 250)
    table.restore(file)
    assert name_px(table, 1800) == 300


def test_what_nobody_chose_is_found_anew(table, tmp_path):
    name_px(table, 2000)
    file = StateFile(tmp_path / "window.ini")
    file.put(table.kept())
    table.resize(700, 400)
    table.restore(file)
    assert name_px(table) == NAME.width_px
