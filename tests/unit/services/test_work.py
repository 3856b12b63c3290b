"""The work queue: coarse before close, wanted first, honest progress."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain.clip import Clip, ClipId, ContentId, FileStamp, MediaInfo
from footage_sorter.domain.report import Pass
from footage_sorter.services.work import WorkQueue


def clip(number, duration_s=10.0):
    return Clip(
        ClipId(number),
        Path(f"/clips/{number}.mp4"),
        FileStamp(1, 1),
        ContentId(str(number)),
        MediaInfo(duration_s, Fraction(25), (640, 360)),
    )


def order(work):
    taken = []
    while (job := work.take()) is not None:
        taken.append((job.clip.id, job.looked))
    return taken


def test_every_clip_gets_a_coarse_look_before_any_gets_a_close_one():
    work = WorkQueue()
    work.add([clip(1), clip(2)])
    assert order(work) == [
        (1, Pass.COARSE),
        (2, Pass.COARSE),
        (1, Pass.FULL),
        (2, Pass.FULL),
    ]
    assert not work.pending


def test_wanted_clips_come_first_in_the_order_wanted():
    work = WorkQueue((Pass.FULL,))
    work.add([clip(n) for n in range(5)])
    work.prioritise([ClipId(3), ClipId(99), ClipId(1)])
    assert [number for number, _ in order(work)] == [3, 1, 0, 2, 4]


def test_a_clip_that_had_its_coarse_look_needs_only_the_close_one():
    work = WorkQueue()
    work.add([clip(1)], looked_already=Pass.COARSE)
    assert order(work) == [(1, Pass.FULL)]


def test_a_clip_that_failed_is_not_looked_at_again():
    work = WorkQueue()
    work.add([clip(1), clip(2)])
    job = work.take()
    work.started(job)
    work.finished(job, failed=True)
    assert [number for number, _ in order(work)] == [2, 2]
    assert work.progress().failed == 1
    assert work.progress().done == 1


def test_a_clip_dropped_is_not_waited_for():
    work = WorkQueue()
    work.add([clip(1), clip(2)])
    work.drop([ClipId(1)])
    assert work.progress().total == 1
    assert {number for number, _ in order(work)} == {2}


def test_progress_counts_clips_and_footage(monkeypatch):
    now_s = 100.0
    monkeypatch.setattr("footage_sorter.services.work.time.monotonic", lambda: now_s)
    work = WorkQueue((Pass.FULL,))
    work.add([clip(1, 10), clip(2, 30)])
    assert work.progress().speed is None
    assert work.progress().left_s is None
    job = work.take()
    work.started(job)
    now_s = 102.0
    assert work.progress().current == job.clip
    work.finished(job)
    progress = work.progress()
    assert (progress.done, progress.total) == (1, 2)
    assert progress.speed == 5.0
    assert progress.left_s == 6.0
    work.idle()
    now_s = 500.0  # a pause does not count
    assert work.progress().speed == 5.0


def test_a_clip_is_done_with_its_rating_and_tags_come_after_every_close_look():
    work = WorkQueue((Pass.FULL,))
    work.add([clip(1), clip(2)])
    work.add_tags([clip(1), clip(2)])
    told = []
    while (job := work.take()) is not None:
        assert not work.progress().all_done
        work.started(job)
        work.finished(job)
        now = work.progress()
        told.append((int(job.clip.id), job.looked, now.done, now.tags_done))
    assert told == [
        (1, Pass.FULL, 1, 0),
        (2, Pass.FULL, 2, 0),
        (1, Pass.TAGS, 2, 1),
        (2, Pass.TAGS, 2, 2),
    ]
    assert (now.total, now.tags_total, now.all_done) == (2, 2, True)


def test_clips_that_lack_only_their_tags_are_no_ratings_to_wait_for():
    work = WorkQueue()
    work.add_tags([clip(1)])
    assert (work.progress().total, work.progress().tags_total) == (0, 1)
    work.drop([ClipId(1)])
    assert work.progress().all_done


def test_a_clip_that_fails_is_done_with_its_tags_too():
    work = WorkQueue((Pass.FULL,))
    work.add([clip(1)])
    work.add_tags([clip(1)])
    work.finished(work.take(), failed=True)
    assert work.progress().all_done
    assert work.progress().failed == 1


def test_a_clip_with_a_coarse_rating_waits_for_no_first_look():
    work = WorkQueue()
    work.add([clip(1)], looked_already=Pass.COARSE)
    work.add([clip(2)])
    assert work.progress().coarse_done == 1
    work.finished(work.take())
    assert work.progress().coarse_done == 2
    work.add([clip(1)])  # its file is another one now
    assert work.progress().coarse_done == 1


def test_the_share_goes_by_cost():
    work = WorkQueue((Pass.FULL,))
    work.add([clip(1, 10), clip(2, 30)])
    assert work.progress().share == 0
    work.finished(work.take())
    assert work.progress().share == pytest.approx(0.25)
    work.finished(work.take())
    assert work.progress().share == 1


@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["add", "tags", "take", "fail", "drop"]),
            st.integers(0, 3),
            st.floats(0.04, 4000),
        ),
        max_size=30,
    )
)
def test_the_time_left_is_that_of_the_jobs_that_wait(steps):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("footage_sorter.services.work.time.monotonic", iter(range(10**6)).__next__)
        work, spent_s = WorkQueue(), 0.0
        for step, number, duration_s in steps:
            if step == "add":
                work.add([clip(number, duration_s)])
            elif step == "tags":
                work.add_tags([clip(number, duration_s)])
            elif step == "drop":
                work.drop([ClipId(number)])
            elif (job := work.take()) is not None:
                work.started(job)
                work.finished(job, failed=step == "fail")
                spent_s += job.cost_s
        progress = work.progress()
    waiting_s = 0.0
    while (job := work.take()) is not None:
        waiting_s += job.cost_s
    if spent_s == 0:
        assert progress.left_s is None
    else:
        assert progress.left_s == pytest.approx(
            progress.elapsed_s * waiting_s / spent_s, rel=1e-6, abs=1e-6
        )


def test_footage_that_failed_was_not_looked_at():
    work = WorkQueue((Pass.FULL,))
    work.add([clip(1, 10), clip(2, 30)])
    for failed in (True, False):
        job = work.take()
        work.started(job)
        work.finished(job, failed=failed)
    assert work.progress().footage_s == 30
