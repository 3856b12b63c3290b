"""A drive unplugged and plugged in while nobody watches: its clips are missing, then there."""

from dataclasses import replace

import pytest

from footage_sorter.ui.session.offline_check import gone_and_back
from tests.helpers.clips import Shot, film
from tests.helpers.hands import at_first_clip
from tests.helpers.rows import rated

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints", "No RHI backend", "pa_context_connect"
)


@pytest.fixture
def drive(tmp_path):
    """A drive with two clips."""
    folder = tmp_path / "drive" / "day 1"
    folder.mkdir(parents=True)
    for name in "ab":
        film(folder / f"{name}.mp4", Shot(seconds=0.4, size_px=(64, 36)))
    return folder


def missing(window):
    rows = window.session.model.rows()
    return "".join(sorted(row.clip.path.stem for row in rows if row.missing))


def test_folders_that_went_and_files_that_came_back_are_told(tmp_path):
    there = tmp_path / "there"
    there.mkdir()
    (there / "back.mp4").touch()
    paths = (there / "same.mp4", there / "back.mp4", there / "still.mp4", tmp_path / "gone/a.mp4")
    rows = [rated(path, clip_id=at) for at, path in enumerate(paths)]
    rows[1:3] = [replace(row, missing=True) for row in rows[1:3]]
    assert gone_and_back(rows) == [tmp_path / "gone", there / "back.mp4"]
    assert gone_and_back([replace(rows[3], missing=True)]) == []


def test_a_drive_that_is_not_there_at_the_start_is_seen_and_so_is_its_return(
    qtbot, open_window, drive
):
    at_first_clip(qtbot, open_window(drive), 2).close()
    drive.parent.rename(drive.parent.with_name("unplugged"))
    window = open_window()
    qtbot.waitUntil(lambda: missing(window) == "ab")
    assert window.notice.text == ""
    drive.parent.with_name("unplugged").rename(drive.parent)
    window.offline_check.look()
    qtbot.waitUntil(lambda: missing(window) == "")


def test_a_file_that_nothing_can_be_shown_of_is_looked_for(qtbot, open_window, drive):
    window = at_first_clip(qtbot, open_window(drive), 2)
    (drive / "b.mp4").unlink()
    window.culling.go_to(window.pane.shown.row_at(1).clip.id)
    qtbot.waitUntil(lambda: missing(window) == "b", timeout=10_000)
    assert "not there" in window.player.view.says
