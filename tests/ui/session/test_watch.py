"""Watched folders tell of what comes into them, once it is calm."""

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


def test_a_folder_that_nobody_wants_watched_is_not(tmp_path):
    inside, beside = tmp_path / "day 1", tmp_path / "day 2"
    for folder in (inside, beside):
        folder.mkdir()
    watch = FolderWatch()
    watch.watch([inside], [inside, beside])
    assert watch._watcher.directories() == [str(inside)]
    watch.stop()


def test_a_folder_that_is_gone_is_passed_over(qtbot, tmp_path):
    watch = FolderWatch(calm_ms=50)
    watch.watch([tmp_path / "not there"])
    assert watch.folders == (tmp_path / "not there",)
    watch.stop()
