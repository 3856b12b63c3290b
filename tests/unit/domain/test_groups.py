"""Groups: a dark hour is forgiven, its darkest clip and clipped highlights are not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain import words
from footage_sorter.domain.clip import Clip, ClipId, FileStamp, MediaInfo
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.groups import (
    LEAST_NOISE,
    MIN_GROUP,
    forgiven,
    group_of,
    usual_noise,
    with_usual_light,
)
from footage_sorter.domain.limits import STAGE, FaultLimit, Limits
from footage_sorter.domain.rating import TrackTable, rate, reasons
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.tracks import ROW_OF, Tracks

EVENING = datetime(2024, 3, 1, 20, 0, tzinfo=UTC)
RELATIVE = Limits(relative_to_group=True)


def media(minute=0, camera="Phone"):
    at = EVENING + timedelta(minutes=minute)
    return MediaInfo(3.0, Fraction(30), (1920, 1080), recorded_at=at, camera=camera)


def tracks(dim, over=0.0):
    values = np.full((len(Flag), 3), 0.25, np.float32)
    values[ROW_OF[Flag.UNDEREXPOSED]] = dim
    values[ROW_OF[Flag.OVEREXPOSED]] = over
    values[ROW_OF[Flag.CLIPPED_AUDIO]] = np.nan
    return Tracks(values, np.ones(3, np.float32), np.zeros(3, np.float32))


def usual(clips):
    return [one.usual_dim for one in with_usual_light(clips)]


def flags(clips, limits=RELATIVE):
    return [rating.flags for rating in TrackTable(with_usual_light(clips)).rate(limits)]


probabilities = st.lists(st.floats(0, 1, width=32), min_size=1, max_size=12)


@given(probabilities, st.floats(0.5, 1, exclude_min=True, width=32))
def test_no_score_rises_and_the_order_of_scores_stays(dim, group):
    dim = np.sort(np.array(dim, np.float32))
    relative = forgiven(dim, np.full_like(dim, group))
    assert (relative <= dim).all()
    assert (relative >= 0).all()
    assert (np.diff(relative) >= -1e-6).all()


@given(st.floats(0.51, 0.99))
def test_as_dim_as_usual_is_a_toss_up(dim):
    one = np.array([dim], np.float32)
    assert forgiven(one, one)[0] == pytest.approx(min(0.5, dim), abs=1e-5)


def test_without_a_group_nothing_is_forgiven_and_what_was_not_measured_stays_so():
    dim = np.array([0.9, np.nan, np.nan], np.float32)
    group = np.array([np.nan, np.nan, 0.8], np.float32)
    np.testing.assert_array_equal(forgiven(dim, group), dim)


@given(probabilities, st.randoms(use_true_random=False))
def test_the_order_of_clips_does_not_matter(levels, random):
    order = list(range(len(levels)))
    random.shuffle(order)
    straight = usual([(media(), tracks(p)) for p in levels])
    shuffled = usual([(media(), tracks(levels[at])) for at in order])
    np.testing.assert_array_equal(shuffled, [straight[at] for at in order])


def test_a_dim_evening_is_forgiven_but_its_dimmest_clip_is_not():
    evening = [(media(minute), tracks(0.8)) for minute in range(6)]
    *most, dimmest = flags([*evening, (media(7), tracks(0.99))])
    assert most == [frozenset()] * 6
    assert dimmest == {Flag.UNDEREXPOSED}
    assert flags(evening, Limits()) == [{Flag.UNDEREXPOSED}] * 6


def test_clipping_is_never_forgiven():
    evening = [(media(minute), tracks(0.8, over=0.9)) for minute in range(6)]
    assert flags(evening) == [{Flag.OVEREXPOSED}] * 6


def test_one_dark_clip_among_good_ones_is_not_forgiven():
    clips = [*((media(minute), tracks(0.1)) for minute in range(6)), (media(), tracks(0.9))]
    assert flags(clips)[-1] == {Flag.UNDEREXPOSED}


def test_few_clips_other_hours_other_cameras_and_unknown_ones_are_left_alone():
    few = [(media(), tracks(0.9))] * (MIN_GROUP - 1)
    others = [
        (media(60), tracks(0.9)),
        (media(camera="Other"), tracks(0.9)),
        (media(camera=None), tracks(0.9)),
        (None, tracks(0.9)),
    ]
    assert np.isnan(usual([*few, *others])).all()
    assert usual([*few, (media(59), tracks(0.9))]) == [pytest.approx(0.9)] * MIN_GROUP


def test_tracks_whose_light_is_known_already_are_the_same_object():
    once = with_usual_light([(media(), tracks(0.9))] * MIN_GROUP)
    again = with_usual_light([(media(), one) for one in once])
    assert all(a is b for a, b in zip(once, again, strict=True))
    apart = with_usual_light([(media(), once[0])])
    assert np.isnan(apart[0].usual_dim)


def test_a_group_is_a_camera_and_an_hour():
    assert group_of(media(0)) == group_of(media(59)) != group_of(media(60))
    assert group_of(None) is None


def test_the_sentence_says_what_is_usual():
    dark = replace(tracks([0.8, 0.99, 0.99]), usual_dim=0.8)
    limits = Limits(underexposed=FaultLimit(0.5, 0.5), relative_to_group=True)
    (found,) = reasons(dark, limits, rate(dark, limits))
    assert (found.share, found.worst_s) == (pytest.approx(2 / 3), 1.5)
    assert [(run.start_s, run.end_s) for run in found.when] == [(1, 3)]
    assert str(words.reason(found)).endswith(
        "Judged against its camera and hour, where 0.80 is usual."
    )
    (absolute,) = reasons(dark, Limits(), rate(dark, Limits()))
    assert absolute.usual is None
    assert absolute.share == 1.0


def test_the_presets_say_whether_they_judge_by_group():
    assert STAGE.relative_to_group
    assert not Limits().relative_to_group


def test_a_clips_noise_is_told_beside_that_of_its_camera_and_hour():
    noises = [0.01, 0.02, 0.03, 0.04, 0.09]
    here = [(media(minute), noise) for minute, noise in enumerate(noises)]
    elsewhere = [(media(0, "GoPro"), 0.5), (media(60), 0.5), (None, 0.5), (media(1), None)]
    assert usual_noise(here + elsewhere) == [pytest.approx(0.03)] * 5 + [None] * 4
    assert usual_noise([]) == []


def test_few_clips_and_what_the_encoder_took_away_are_no_measure_of_noise():
    assert usual_noise([(media(), 0.02)] * (MIN_GROUP - 1)) == [None] * (MIN_GROUP - 1)
    assert usual_noise([(media(), LEAST_NOISE / 2)] * MIN_GROUP) == [None] * MIN_GROUP


def test_noise_is_a_multiple_only_where_the_limits_are_relative():
    clip = Clip(ClipId(1), Path("/a.mp4"), FileStamp(1, 1), media=media())
    row = ClipRow(clip, limits=RELATIVE, noise=0.03, usual_noise=0.02)
    assert row.noise_ratio == pytest.approx(1.5)
    assert replace(row, limits=Limits()).noise_ratio is None
    assert replace(row, usual_noise=None).noise_ratio is None
    assert replace(row, noise=None).noise_ratio is None
