"""Ranges on a grid of frames: merged, and less what a person chose."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.rating import Segment
from footage_sorter.services.handoff.selects import (
    FrameRange,
    bad_ranges,
    select_name,
    select_range,
    without,
)
from tests.helpers.rows import rated

SECONDS = st.sets(st.integers(0, 9))


def frames(ranges):
    return {frame for one in ranges for frame in range(one.start, one.end)}


@given(SECONDS, SECONDS)
def test_bad_ranges_are_the_bad_frames_ascending_and_never_touching(blurry, shaky):
    row = rated(over={Flag.BLURRY: sorted(blurry), Flag.SHAKY: sorted(shaky)})
    ranges = bad_ranges(row, Fraction(25), 250)
    flagged = [
        seconds
        for flag, seconds in ((Flag.BLURRY, blurry), (Flag.SHAKY, shaky))
        if flag in row.rating.flags
    ]
    assert frames(ranges) == {
        frame for one in flagged for at in one for frame in range(25 * at, 25 * at + 25)
    }
    assert all(one.end < other.start for one, other in pairwise(ranges))


RANGES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)), max_size=4).map(
    lambda pairs: [FrameRange(start, start + length) for start, length in pairs]
)


@given(RANGES, RANGES.filter(bool).map(lambda ranges: ranges[0]))
def test_what_a_person_chose_is_taken_out_and_nothing_else(ranges, taken):
    assert frames(without(ranges, taken)) == frames(ranges) - frames([taken])
    assert without(ranges, None) == ranges


def test_a_range_that_a_person_chose_is_not_called_the_best_segment():
    chosen = rated(decision=Decision(Mark.KEEP, in_s=1.0, out_s=2.0))
    assert (select_name(chosen), select_range(chosen)) == ("In and out", Segment(1.0, 2.0))
    assert select_name(rated()) == "Best segment"
    assert select_name(replace(chosen, rating=None, decision=Decision(Mark.KEEP))) == "Whole clip"
