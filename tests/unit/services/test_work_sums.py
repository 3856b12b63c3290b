"""The queue's running sum of what waits is what waits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain.report import Pass
from footage_sorter.services.work import Job, WorkQueue
from tests.unit.services.test_work import clip

steps = st.lists(
    st.tuples(
        st.sampled_from(["add", "add coarse", "take", "fail", "drop"]),
        st.integers(0, 5),
        st.floats(0.1, 100),
    ),
    max_size=40,
)


@given(steps)
def test_the_sum_follows_every_step(taken):
    work = WorkQueue()
    for what, number, duration_s in taken:
        match what:
            case "add":
                work.add([clip(number, duration_s)])
            case "add coarse":
                work.add([clip(number, duration_s)], looked_already=Pass.COARSE)
            case "take":
                work.take()
            case "fail":
                if (job := work.take()) is not None:
                    work.finished(job, failed=True)
            case "drop":
                work.drop([clip(number).id])
    waiting = sum(
        Job(one, looked).cost_s for looked, clips in work._waiting.items() for one in clips.values()
    )
    assert work._waiting_cost_s == pytest.approx(waiting, abs=1e-6)
