from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.services.handoff.timebase import Timebase, exact_rate, timebase_of
from tests.unit.services.handoff.strategies import RATES

BASES = st.one_of(
    st.builds(Timebase, st.integers(1, 240)),
    st.builds(Timebase, st.sampled_from([24, 30, 48, 60, 120]), st.just(value=True)),
    st.builds(Timebase, st.sampled_from([30, 60, 120]), st.just(value=True), st.just(value=True)),
)


@pytest.mark.parametrize(
    ("base", "frame", "text"),
    [
        (Timebase(25), 90_000, "01:00:00:00"),
        (Timebase(30, ntsc=True), 107_892, "00:59:56:12"),
        # The published counts of drop-frame: two numbers gone a minute, none each tenth.
        (Timebase(30, ntsc=True, drop=True), 1799, "00:00:59;29"),
        (Timebase(30, ntsc=True, drop=True), 1800, "00:01:00;02"),
        (Timebase(30, ntsc=True, drop=True), 17_982, "00:10:00;00"),
        (Timebase(30, ntsc=True, drop=True), 107_892, "01:00:00;00"),
        (Timebase(60, ntsc=True, drop=True), 3600, "00:01:00;04"),
        (Timebase(60, ntsc=True, drop=True), 215_784, "01:00:00;00"),
    ],
)
def test_timecode_is_as_published(base, frame, text):
    assert base.timecode(frame) == text
    assert base.frame_of(text) == frame


@given(BASES, st.integers(0, 24 * 3600 * 23))
def test_timecode_round_trips(base, frame):
    frame %= base.frame_of("23:59:59:00") or 1
    assert base.frame_of(base.timecode(frame)) == frame


@given(BASES, st.floats(0, 90_000))
def test_the_nearest_frame_is_at_most_half_a_frame_away(base, time_s):
    assert abs(base.seconds(base.frame_at(time_s)) - Fraction(time_s)) <= 1 / base.rate / 2


@pytest.mark.parametrize(
    ("rate", "nominal", "ntsc"),
    [
        (Fraction(24000, 1001), 24, True),
        (Fraction(24), 24, False),
        (Fraction(25), 25, False),
        (Fraction(2997, 100), 30, True),
        (Fraction(60000, 1001), 60, True),
        (Fraction(120000, 1001), 120, True),
        (Fraction(15), 15, False),
        (Fraction(1, 3), 1, False),
    ],
)
def test_a_rate_has_its_timebase(rate, nominal, ntsc):
    assert timebase_of(rate) == Timebase(nominal, ntsc)


def test_high_rates_are_halved_where_there_is_no_room_for_them():
    assert timebase_of(Fraction(120000, 1001), at_most=60) == Timebase(60, ntsc=True)
    assert timebase_of(Fraction(240), at_most=60) == Timebase(60)


@given(RATES)
def test_an_exact_rate_is_near_and_fits_32_bits(rate):
    exact = exact_rate(rate)
    assert abs(exact - rate) <= rate / 4000
    assert exact.numerator < 2**31 / 100


@pytest.mark.parametrize("text", ["", "x", "1:2:3:4", "00:00:00:25", "24:00:00:00", "00:60:00:00"])
def test_what_is_no_timecode_is_none(text):
    assert Timebase(25).frame_of(text) is None


def test_drop_frame_needs_a_rate_that_has_it():
    with pytest.raises(ValueError, match="no drop-frame"):
        Timebase(25, drop=True)
