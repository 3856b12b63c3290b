"""The plan, for clips of any shape."""

from fractions import Fraction
from itertools import pairwise
from math import ceil

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from footage_sorter.domain.report import Pass
from footage_sorter.media.plan import (
    BURSTS_MAX,
    COARSE_LOOKS,
    LOOKS_MAX,
    Run,
    burst_length_s,
    plan,
)

RATES = st.sampled_from([Fraction(10), Fraction(24), Fraction(30000, 1001), Fraction(120)])
SIZES = st.sampled_from([320 * 180, 1920 * 1080, 3840 * 2160])


@st.composite
def clips(draw):
    """Key frames at any places of a clip of any length, its rate and its size."""
    duration_s = draw(st.floats(0.04, 7200))
    rate = draw(RATES)
    n_frames = max(1, int(duration_s * rate))
    places = draw(st.sets(st.integers(0, n_frames - 1), min_size=1, max_size=60))
    even = draw(st.sampled_from([0, 1, 12, 60, 250]))
    if even:
        places |= set(range(0, min(n_frames, 20_000), even))
    return [float(place / rate) for place in sorted(places)], duration_s, rate, draw(SIZES)


def even_keys(duration_s: float, every_s: float) -> list[float]:
    return [number * every_s for number in range(ceil(duration_s / every_s - 1e-9))]


def looks_of(runs: tuple[Run, ...]) -> list[float]:
    return [time_s for run in runs for time_s in run.looks_s]


def bursts_of(runs: tuple[Run, ...]) -> list[tuple[float, float]]:
    return [burst for run in runs for burst in run.bursts_s]


@settings(deadline=None)
@given(clips(), st.sampled_from(Pass))
@example(([0.0], 0.04, Fraction(24), 1), Pass.FULL)
def test_a_plan_is_in_order_within_the_clip_and_decodes_nothing_twice(clip, looked):
    keys_s, duration_s, rate, frame_px = clip
    runs = plan(keys_s, duration_s, rate, looked, frame_px)
    assert runs
    half_frame_s = float(1 / rate) / 2
    for run in runs:
        start_s = keys_s[run.key]
        assert start_s <= run.until_s <= max(duration_s, start_s) + half_frame_s
        assert list(run.looks_s) == sorted(run.looks_s)
        for start_burst_s, end_burst_s in run.bursts_s:
            assert start_s <= start_burst_s <= end_burst_s <= run.until_s
    for before, after in pairwise(runs):
        assert before.key < after.key
        assert before.until_s <= keys_s[after.key]
    bursts = bursts_of(runs)
    assert all(a[1] < b[0] for a, b in pairwise(bursts))
    assert looks_of(runs) == sorted(set(looks_of(runs)))


@settings(deadline=None)
@given(clips())
def test_a_look_lies_in_its_run(clip):
    keys_s, duration_s, rate, frame_px = clip
    for run in plan(keys_s, duration_s, rate, Pass.FULL, frame_px):
        for time_s in run.looks_s:
            assert time_s == keys_s[run.key] or keys_s[run.key] <= time_s < run.until_s


@settings(deadline=None)
@given(clips())
def test_the_count_is_bounded_however_long_the_clip(clip):
    keys_s, duration_s, rate, frame_px = clip
    full = plan(keys_s, duration_s, rate, Pass.FULL, frame_px)
    assert 1 <= len(looks_of(full)) <= LOOKS_MAX + 1
    assert 1 <= len(bursts_of(full)) <= BURSTS_MAX + 1


@settings(deadline=None)
@given(clips())
def test_a_coarse_plan_is_a_handful_of_lone_key_frames(clip):
    keys_s, duration_s, rate, frame_px = clip
    runs = plan(keys_s, duration_s, rate, Pass.COARSE, frame_px)
    assert 1 <= len(runs) <= COARSE_LOOKS
    for run in runs:
        assert (run.until_s, run.looks_s, run.bursts_s) == (keys_s[run.key], run.looks_s[:1], ())


@pytest.mark.parametrize("every_s", [1 / 30, 0.5, 1.0, 2.0, 8.0, 100.0])
def test_every_second_of_a_short_clip_is_seen(every_s):
    duration_s = 8.0
    runs = plan(even_keys(duration_s, every_s), duration_s, Fraction(30), Pass.FULL)
    assert {int(time_s) for time_s in looks_of(runs)} == set(range(8))
    middles_s = [(start_s + end_s) / 2 for start_s, end_s in bursts_of(runs)]
    assert {int(time_s) for time_s in middles_s} == set(range(8))


@pytest.mark.parametrize("every_s", [1 / 30, 0.5, 2.0, 8.0])
def test_a_long_clip_is_seen_in_even_shares(every_s):
    duration_s = 3600.0
    runs = plan(even_keys(duration_s, every_s), duration_s, Fraction(30), Pass.FULL)
    looks_s = [0.0, *looks_of(runs), duration_s]
    assert max(b - a for a, b in pairwise(looks_s)) <= 2.1 * duration_s / LOOKS_MAX


def test_a_long_clip_with_frequent_key_frames_decodes_little_more_than_them():
    duration_s = 600.0
    keys_s = even_keys(duration_s, 1.0)
    runs = plan(keys_s, duration_s, Fraction(30), Pass.FULL)
    decoded_s = sum(run.until_s - keys_s[run.key] for run in runs)
    assert decoded_s < 0.12 * duration_s


def test_a_hd_clip_with_a_key_frame_every_two_seconds_decodes_under_a_third():
    keys_s = even_keys(16.0, 2.0)
    runs = plan(keys_s, 16.0, Fraction(30), Pass.FULL)
    assert sum(run.until_s - keys_s[run.key] for run in runs) < 16.0 / 3
    assert len(bursts_of(runs)) == 8


def test_small_frames_are_seen_more_densely_than_large_ones():
    keys_s = even_keys(20.0, 1.0)
    small = plan(keys_s, 20.0, Fraction(30), Pass.FULL, 640 * 360)
    large = plan(keys_s, 20.0, Fraction(30), Pass.FULL, 3840 * 2160)
    assert len(bursts_of(small)) == 20
    assert len(bursts_of(large)) == 5


def test_bursts_between_key_frames_keep_clear_of_those_after_them():
    keys_s = [number * 2.0 for number in range(8)]
    bursts = bursts_of(plan(keys_s, 14.3, Fraction(30), Pass.FULL, 480 * 360))
    assert len(bursts) == 14
    assert {start_s for start_s, _ in bursts} > set(keys_s[:-1])


def test_bursts_never_share_a_frame():
    bursts = bursts_of(plan([0.7, 1.05, 7.0], 8.0, Fraction(30), Pass.FULL))
    assert all(a[1] < b[0] for a, b in pairwise(bursts))


def test_bursts_of_a_very_short_clip_come_end_to_end():
    bursts = bursts_of(plan([0.0, 1.0, 2.0, 3.0], 4.2, Fraction(30), Pass.FULL, 640 * 360))
    assert len(bursts) == 7
    assert max(b[0] - a[1] for a, b in pairwise(bursts)) < 0.2


def test_a_burst_is_moved_forward_where_the_clip_would_end_in_it():
    keys_s = [float(second) for second in range(11)]
    runs = plan([*keys_s[:-1], 10.1], 10.3, Fraction(30), Pass.FULL, 1280 * 720)
    assert all(end_s <= 10.3 for _, end_s in bursts_of(runs))
    assert bursts_of(runs)[-1][0] > 9.0
    assert bursts_of(plan([0.0, 1.0], 1.3, Fraction(30), Pass.FULL)) == [
        (0.0, 0.55),
        pytest.approx((0.75, 1.3)),
    ]


@pytest.mark.parametrize(
    ("rate", "length_s"), [(Fraction(30), 0.55), (Fraction(10), 0.7), (Fraction(5), 1.0)]
)
def test_bursts_of_slow_frames_are_longer(rate, length_s):
    assert burst_length_s(rate) == pytest.approx(length_s)
