"""Watched folders tell of what comes into them, once it is calm."""

import pytest

from footage_sorter.ui.session.watch import FolderWatch


def test_a_new_file_is_told_once(qtbot, tmp_path):
    inside = tmp_path / "day 1"
    inside.mkdir()
    watch = FolderWatch(calm_ms=50)
    watch.watch([tmp_path], [inside])
    told = []
    watch.changed.connect(told.append)
    with qtbot.waitSignal(watch.changed, timeout=5000):
        (inside / "a.mp4").write_bytes(b"1")
        (inside / "b.mp4").write_bytes(b"2")
    assert told == [[tmp_path]]
    watch.stop()


def test_what_is_in_a_folder_already_is_told_when_it_is_first_watched(qtbot, tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    watch = FolderWatch()
    with qtbot.waitSignal(watch.changed) as told:
        watch.watch([one, other])
    assert told.args == [[one]]
    with qtbot.assertNotEmitted(watch.changed):
        watch.watch([one, other])
    watch.stop()


def test_a_folder_that_nobody_wants_watched_is_not(tmp_path):
    inside, beside = tmp_path / "day 1", tmp_path / "day 2"
    for folder in (inside, beside):
        folder.mkdir()
    watch = FolderWatch()
    watch.watch([inside], [inside, beside])
    assert set(watch._watcher.directories()) == {str(inside), str(tmp_path)}
    watch.stop()


def test_a_folder_that_is_gone_is_passed_over(qtbot, tmp_path):
    watch = FolderWatch(calm_ms=50)
    watch.watch([tmp_path / "not there"])
    assert watch.folders == (tmp_path / "not there",)
    watch.stop()


def test_a_folder_that_goes_and_comes_back_is_told_each_time(qtbot, tmp_path):
    """As a drive does that is unplugged."""
    card = tmp_path / "drives" / "card"
    card.mkdir(parents=True)
    watch = FolderWatch(calm_ms=50)
    watch.watch([card])
    with qtbot.waitSignal(watch.changed, timeout=5000) as told:
        away = card.rename(tmp_path / "away")
    assert told.args == [[card]]
    with qtbot.waitSignal(watch.changed, timeout=5000) as told:
        away.rename(card)
    assert told.args == [[card]]
    with qtbot.waitSignal(watch.changed, timeout=5000) as told:
        (card / "a.mp4").write_bytes(b"1")
    assert told.args == [[card]]
    watch.stop()


@pytest.mark.parametrize("there", [True, False])
def test_what_happens_beside_a_watched_folder_is_not_told(qtbot, tmp_path, there):
    card = tmp_path / "card"
    if there:
        card.mkdir()
    watch = FolderWatch(calm_ms=50)
    watch.watch([card])
    with qtbot.assertNotEmitted(watch.changed, wait=300):
        (tmp_path / "another").mkdir()
    watch.stop()
