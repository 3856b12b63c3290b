"""The meter's line: ratings first, then tags; the bar goes by the work."""

import pytest

from footage_sorter.cli.meter import Meter, describe
from footage_sorter.services.work import Progress


def test_clips_are_counted_as_they_are_rated_and_then_as_they_are_tagged():
    assert describe(Progress(done=3, total=19, tags_total=19)) == "3 of 19 clips"
    assert describe(Progress(done=19, total=19)) == "19 of 19 clips"
    assert describe(Progress(19, 19, tags_done=4, tags_total=19)) == "tags of 4 of 19 clips"


@pytest.mark.parametrize(("left_s", "said"), [(0.0, "0:00"), (59.4, "0:59"), (59.6, "1:00")])
def test_the_time_left_is_told_to_the_nearest_second(left_s, said):
    assert describe(Progress(left_s=left_s)) == f"0 of 0 clips, {said} left"


@pytest.mark.parametrize("live", [True, False])
def test_nothing_is_said_twice_in_a_moment(capsys, monkeypatch, live):
    now_s = 100.0
    monkeypatch.setattr("footage_sorter.cli.meter.obeys_escapes", lambda _stream: live)
    monkeypatch.setattr("footage_sorter.cli.meter.time.monotonic", lambda: now_s)
    meter = Meter()
    now_s += 60.0
    for _ in range(3):
        meter.show(Progress(done=1, total=2))
    assert capsys.readouterr().err.count("1 of 2 clips") == 1
    now_s += 60.0
    meter.share(0.5)
    assert capsys.readouterr().err.count("50%") == 1


def test_the_bar_is_as_full_as_the_work_is_done(capsys, monkeypatch):
    monkeypatch.setattr("footage_sorter.cli.meter.obeys_escapes", lambda _stream: True)
    Meter().show(Progress(done=0, total=2, share=0.5))
    assert f"[{'#' * 12}{'-' * 12}] 0 of 2 clips" in capsys.readouterr().err
