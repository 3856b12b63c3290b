"""Ratings: facts in, opinions out."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain.flag import PICTURE_FLAGS, Flag
from footage_sorter.domain.limits import FaultLimit, Limits
from footage_sorter.domain.rating import (
    HALF_LOST,
    Segment,
    TrackTable,
    Verdict,
    lapses,
    rate,
    reasons,
    runs,
)
from footage_sorter.domain.tracks import ROW_OF, Tracks, tracks_of
from tests.unit.domain.strategies import limits, reports


def tracks(n=10, lengths_s=None, **rows):
    """Tracks that show no fault but those given by flag name, one value a second."""
    values = np.zeros((len(Flag), n), np.float32)
    for name, row in rows.items():
        values[ROW_OF[Flag(name)]] = row
    lengths_s = np.ones(n, np.float32) if lengths_s is None else lengths_s
    return Tracks(values, lengths_s, np.zeros_like(lengths_s))


def test_a_faultless_clip_is_usable_throughout():
    rating = rate(tracks(), Limits())
    assert (rating.usability, rating.verdict, rating.flags) == (100, Verdict.USABLE, frozenset())
    assert (rating.best_segment.start_s, rating.best_segment.end_s) == (0, 10)


def test_a_clip_is_flagged_only_when_more_than_the_tolerated_share_is_over():
    three_of_four = tracks(4, blurry=[0.9, 0.9, 0.9, 0.1])
    assert rate(three_of_four, Limits()).flags == frozenset()
    assert rate(tracks(5, blurry=[0.9] * 4 + [0.1]), Limits()).flags == {Flag.BLURRY}


def test_a_flagged_clip_with_three_clean_seconds_is_partly_usable():
    limits = Limits(blurry=FaultLimit(0.6, 0.5))
    assert rate(tracks(10, blurry=[0.9] * 7 + [0] * 3), limits).verdict is Verdict.PARTLY
    broken_run = [0.9] * 6 + [0, 0, 0.9, 0]
    assert rate(tracks(10, blurry=broken_run), limits).verdict is Verdict.UNUSABLE


def test_the_best_segment_is_the_longest_clean_run_and_the_first_among_equals():
    blur = [0, 0, 0.9, 0, 0, 0.9, 0, 0.9]
    best = rate(tracks(8, blurry=blur), Limits()).best_segment
    assert (best.start_s, best.end_s) == (0, 2)


def test_a_clip_without_a_clean_second_has_no_best_segment():
    rating = rate(tracks(4, blurry=0.9), Limits())
    assert rating.best_segment is None
    assert (rating.usability, rating.verdict) == (0, Verdict.UNUSABLE)


def test_a_silent_clip_keeps_its_usable_picture():
    rating = rate(tracks(silent=1.0), Limits())
    assert rating.flags == {Flag.SILENT}
    assert (rating.usability, rating.verdict) == (100, Verdict.PARTLY)


def test_what_was_not_measured_is_not_a_fault():
    rating = rate(tracks(shaky=np.nan, overexposed=np.nan, underexposed=np.nan), Limits())
    assert rating.usability == 100
    assert rating.percent.shaky is None
    assert rating.percent.well_exposed is None
    assert np.isnan(rating.fault_share(Flag.SHAKY))


def test_blur_and_exposure_are_averaged_and_shake_is_counted():
    rating = rate(
        tracks(4, blurry=[0.2, 0.4, 0.2, 0.4], underexposed=0.046, shaky=[0.9, 0.1, np.nan, 0.1]),
        Limits(),
    )
    assert rating.percent.blurry == 30.0
    assert rating.percent.sharp == 70.0
    assert rating.percent.well_exposed == 95.4
    assert rating.percent.shaky == 33.3


def test_the_last_cell_weighs_its_length():
    lengths_s = np.array([1, 1, 0.5], np.float32)
    assert rate(tracks(3, lengths_s, blurry=[0, 0, 1]), Limits()).usability == 80


def test_a_reason_tells_share_limit_time_and_worst_moment():
    facts = tracks(10, blurry=[0.1, 0.7, 0.7, 0.95] + [0.7] * 6)
    rating = rate(facts, Limits())
    (reason,) = reasons(facts, Limits(), rating)
    assert reason.flag is Flag.BLURRY
    assert reason.share == pytest.approx(0.9)
    assert (reason.over, reason.tolerated) == (0.6, 0.75)
    assert reason.worst_s == 3.5
    assert [(run.start_s, run.end_s) for run in reason.when] == [(1, 10)]


@given(st.lists(reports(), max_size=6), limits)
def test_many_clips_are_rated_as_each_alone(found, limits):
    table = [tracks_of(report) for report in found]
    together = TrackTable(table).rate(limits)
    alone = [rate(one, limits) for one in table]
    assert [replace(r, fault_shares=()) for r in together] == [
        replace(r, fault_shares=()) for r in alone
    ]
    np.testing.assert_array_equal(
        [r.fault_shares for r in together], [r.fault_shares for r in alone]
    )


@given(st.lists(reports(), max_size=6), limits)
def test_the_count_before_a_limit_moves_is_the_count_after(found, limits):
    table = TrackTable([tracks_of(report) for report in found])
    ratings = table.rate(limits)
    counted = table.flagged(limits).sum(axis=1).tolist()
    assert counted == [sum(flag in r.flags for r in ratings) for flag in Flag]


@given(reports(), limits, st.sampled_from(list(Flag)), st.floats(0, 1))
def test_a_stricter_limit_never_raises_usability_nor_clears_a_flag(found, limits, flag, factor):
    facts = tracks_of(found)
    limit = limits.of(flag)
    stricter = limits.with_limit(flag, FaultLimit(limit.over * factor, limit.tolerated * factor))
    before, after = rate(facts, limits), rate(facts, stricter)
    assert after.usability <= before.usability
    assert before.flags <= after.flags


@given(reports(), limits)
def test_a_rating_is_consistent_in_itself(found, limits):
    facts = tracks_of(found)
    rating = rate(facts, limits)
    assert 0 <= rating.usability <= 100
    whole = not rating.flags and rating.usability > HALF_LOST
    assert (rating.verdict is Verdict.USABLE) == whole
    assert rating.flags or rating.verdict is not Verdict.UNUSABLE
    assert rating.percent.sharp + rating.percent.blurry == pytest.approx(100)
    if found.exposure_judged:
        percent = rating.percent
        total = percent.well_exposed + percent.underexposed + percent.overexposed
        assert total == pytest.approx(100, abs=0.11)
    over = np.stack([facts.of(flag) > limits.of(flag).over for flag in PICTURE_FLAGS])
    clean = runs(~over.any(axis=0), facts.lengths_s)
    if rating.best_segment is None:
        assert not clean
    else:
        assert 0 <= rating.best_segment.start_s < rating.best_segment.end_s
        assert rating.best_segment.end_s <= found.duration_s + 1e-3
        longest = max(run.length_s for run in clean)
        assert rating.best_segment.length_s == pytest.approx(longest, abs=1e-4)


@given(reports(), limits)
def test_every_flag_has_its_reason(found, limits):
    facts = tracks_of(found)
    rating = rate(facts, limits)
    given_reasons = reasons(facts, limits, rating)
    assert {reason.flag for reason in given_reasons} == rating.flags
    for reason in given_reasons:
        assert reason.share > reason.tolerated
        assert reason.when
        assert 0 <= reason.worst_s <= found.duration_s + 1


@given(reports(), limits)
def test_whatever_lowers_usability_has_a_sentence(report, limits):
    found = tracks_of(report)
    rating = rate(found, limits)
    told = [one.flag for one in (*reasons(found, limits, rating), *lapses(found, limits, rating))]
    assert len(told) == len(set(told))
    if rating.usability < 100:
        assert set(told) & set(PICTURE_FLAGS)
    for lapse in lapses(found, limits, rating):
        assert lapse.flag not in rating.flags
        assert 0 < lapse.share <= lapse.tolerated


def test_no_clip_gives_no_rating():
    assert TrackTable([]).rate(Limits()) == []
    assert not TrackTable([]).flagged(Limits()).size


def test_what_looks_covered_is_said_of_black_alone():
    seconds = tracks(6, black=[1, 1, 1, 1, 0, 0], blurry=1)
    for covered, said in [
        ([1, 1, 1, 0, 0, 0], True),
        ([1, 1, 0, 0, 1, 1], False),
        ([0] * 6, False),
    ]:
        one = replace(seconds, covered=np.array(covered, np.float32))
        found = {each.flag: each for each in reasons(one, Limits(), rate(one, Limits()))}
        assert found[Flag.BLACK].covered is said
        assert found[Flag.BLACK].when == (Segment(0, 4),)
        assert not found[Flag.BLURRY].covered


def test_a_clip_that_several_tolerated_faults_leave_half_of_is_no_more_than_partly_usable():
    half = tracks(10, blurry=[0.9] * 3 + [0.1] * 7, overexposed=[0.1] * 8 + [0.9] * 2)
    assert rate(half, Limits()).usability == HALF_LOST
    assert (rate(half, Limits()).flags, rate(half, Limits()).verdict) == (set(), Verdict.PARTLY)
    more = tracks(10, blurry=[0.9] * 3 + [0.1] * 7, overexposed=[0.1] * 9 + [0.9])
    assert rate(more, Limits()).verdict is Verdict.USABLE


@given(st.lists(st.floats(0, 1, width=32) | st.integers(0, 64).map(lambda n: n / 64), min_size=1))
def test_percentages_are_rounded_as_python_rounds_them(shares):
    table = TrackTable([tracks(1, blurry=share, overexposed=share / 2) for share in shares])
    told = [(one.percent.blurry, one.percent.overexposed) for one in table.rate(Limits())]
    halves = [float(np.float32(share / 2)) for share in shares]
    assert told == [
        (round(100 * share, 1), round(100 * half, 1))
        for share, half in zip(shares, halves, strict=True)
    ]


def test_a_percentage_that_only_looks_like_a_tie_is_rounded_where_it_belongs():
    n, odd = 2000, range(1, 200, 2)
    table = TrackTable([tracks(n, shaky=[0.9] * k + [0.1] * (n - k)) for k in odd])
    told = [one.percent.shaky for one in table.rate(Limits())]
    assert told == [round(100 * (k / n), 1) for k in odd]
    assert 0.1 in told, "of 0.15, which is a little less"


def test_what_was_called_wrong_has_no_percentage_but_the_others_have():
    row = tracks(4, blurry=0.5, shaky=0.9, underexposed=0.25)
    percent = rate(row.without({Flag.SHAKY, Flag.OVEREXPOSED}), Limits()).percent
    assert (percent.shaky, percent.steady, percent.overexposed, percent.well_exposed) == (None,) * 4
    assert (percent.blurry, percent.underexposed) == (50.0, 25.0)
