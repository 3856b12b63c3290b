"""What classifiers see of a clip: even shares, each by a frame of its own."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.report import Pass
from footage_sorter.domain.tags import CLIP_FRAMES
from footage_sorter.media.plan import plan


def looks_of(keys_s, duration_s, rate=Fraction(25)):
    runs = plan(keys_s, duration_s, rate, Pass.TAGS)
    return [time_s for run in runs for time_s in run.looks_s], runs


@settings(deadline=None)
@given(
    duration_s=st.floats(1.0, 7200),
    places=st.sets(st.integers(0, 5000), max_size=300),
    rate=st.sampled_from([Fraction(24), Fraction(30000, 1001), Fraction(120)]),
)
def test_every_share_is_seen_once(duration_s, places, rate):
    keys_s = sorted({0.0, *(duration_s * place / 5001 for place in places)})
    looks_s, runs = looks_of(keys_s, duration_s, rate)
    shares = [min(CLIP_FRAMES - 1, int(at / duration_s * CLIP_FRAMES)) for at in looks_s]
    # On a border the rounding may fall either way; the order holds all the same.
    assert len(looks_s) == CLIP_FRAMES
    assert looks_s == sorted(looks_s)
    assert np.abs(np.array(shares) - np.arange(CLIP_FRAMES)).max() <= 1
    assert not any(run.bursts_s for run in runs)


def test_a_long_clip_costs_a_key_frame_each():
    looks_s, runs = looks_of([float(at) for at in range(600)], 600.0)
    assert len(runs) == CLIP_FRAMES
    assert all(run.until_s == looks_s[at] for at, run in enumerate(runs))


def test_a_short_clip_is_decoded_through_to_the_middles():
    looks_s, runs = looks_of([0.0], 2.0)
    assert len(runs) == 1
    assert looks_s[1:] == pytest.approx([(at + 0.5) * 2 / CLIP_FRAMES for at in range(1, 16)])


def test_what_lies_before_the_first_key_frame_is_left_out():
    looks_s, _ = looks_of([5.0], 10.0)
    assert min(looks_s) >= 5.0
    assert len(looks_s) < CLIP_FRAMES
