"""Which folders limits can be for."""

from pathlib import Path

import pytest

from footage_sorter.ui.panels.limits import LimitsPanel
from footage_sorter.ui.panels.limits_scope import shared_folders
from tests.helpers.rows import rated

FOLDERS = ("/fest/day 1/A/100", "/fest/day 1/A/101", "/fest/day 1/B", "/fest/day 2", "/other")


@pytest.mark.parametrize(
    ("folder", "shared"),
    [
        (FOLDERS[0], ["/fest/day 1/A", "/fest/day 1", "/fest"]),
        (FOLDERS[2], ["/fest/day 1", "/fest"]),
        (FOLDERS[3], ["/fest"]),
        (FOLDERS[4], []),
    ],
)
def test_what_gathers_several_folders_is_offered_and_what_holds_all_is_the_library(folder, shared):
    assert shared_folders(Path(folder), list(map(Path, FOLDERS))) == list(map(Path, shared))


def test_a_chain_of_folders_is_offered_once():
    folders = [Path(f"/a/b/c/{one}") for one in "xy"] + [Path("/z")]
    assert shared_folders(folders[0], folders) == [Path("/a/b/c")]


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_limits_can_be_for_a_day_with_its_cameras(qtbot):
    rows = [rated(f"{folder}/1.mp4", clip_id=at) for at, folder in enumerate(FOLDERS)]
    panel = LimitsPanel(lambda: rows)
    qtbot.addWidget(panel)
    panel.show()
    panel.set_row(rows[2])
    box = panel._scope
    words = [box.itemText(at) for at in range(box.count())]
    assert words == [
        "The whole library",
        "The folder B",
        "The folder day 1",
        "The folder fest",
    ]
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert panel.folder == Path("/fest/day 1")
    assert panel.shutdown()


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_the_library_is_gone_through_for_folders_only_when_somebody_looks(qtbot):
    rows = [rated(f"{folder}/1.mp4", clip_id=at) for at, folder in enumerate(FOLDERS)]
    asked = []

    def all_rows():
        asked.append(1)
        return rows

    panel = LimitsPanel(all_rows)
    qtbot.addWidget(panel)
    asked.clear()
    panel.set_row(rows[2])
    assert not asked
    panel.show()
    assert panel._scope.itemText(2) == "The folder day 1"
    assert panel.shutdown()
