"""Skimming: which seconds of a clip are played."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain.flag import Flag
from footage_sorter.domain.rating import Segment
from footage_sorter.ui.player.skim_plan import skim_plan, worst_second
from tests.helpers.rows import LIMITS, failed, media, rated, tracks, unread


def test_start_worst_and_best_are_played():
    row = rated(facts=media(60.0), over={Flag.BLURRY: [20], Flag.SHAKY: [21]})
    start, worst, best = skim_plan(row, LIMITS)
    assert start == Segment(0.0, 2.0)
    assert worst.start_s <= 20.5 <= worst.end_s
    assert worst.length_s == 2.0
    assert best == Segment(39.5, 42.5)  # the middle of 22 to 60


def test_a_short_clip_is_played_whole():
    assert skim_plan(rated(facts=media(5.5)), LIMITS) == (Segment(0.0, 5.5),)


def test_a_clip_that_was_not_analysed_gives_its_start():
    row = rated(facts=media(60.0))
    bare = type(row)(clip=row.clip)
    assert skim_plan(bare, LIMITS) == (Segment(0.0, 2.0),)


def test_a_clip_that_cannot_be_read_gives_nothing():
    assert skim_plan(failed(), LIMITS) == ()
    assert skim_plan(unread(), LIMITS) == ()


def test_a_faultless_clip_has_no_worst_second():
    assert worst_second(tracks(10.0), LIMITS) is None


@given(
    st.floats(0.2, 500.0),
    st.lists(st.integers(0, 499), max_size=40),
    st.sampled_from([Flag.BLURRY, Flag.SHAKY, Flag.OVEREXPOSED]),
)
def test_what_is_played_lies_inside_the_clip_and_nothing_twice(duration_s, seconds, flag):
    cells = max(1, int(duration_s + 0.5))
    over = {flag: sorted({second for second in seconds if second < cells})}
    plan = skim_plan(rated(facts=media(duration_s), over=over), LIMITS)
    assert plan[0].start_s == 0.0
    assert all(0.0 <= one.start_s < one.end_s <= duration_s + 1e-9 for one in plan)
    ordered = sorted(plan, key=lambda one: one.start_s)
    assert all(a.end_s <= b.start_s for a, b in pairwise(ordered))
    assert sum(one.length_s for one in plan) <= 7.0 + 1e-6
