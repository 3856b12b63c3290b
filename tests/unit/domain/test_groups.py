from datetime import UTC, datetime, timedelta
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain.clip import MediaInfo
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.groups import MIN_GROUP, forgive_dim_hours, group_of
from footage_sorter.domain.tracks import ROW_OF, Tracks

EVENING = datetime(2024, 3, 1, 20, 0, tzinfo=UTC)


def media(minute=0, camera="Phone"):
    at = EVENING + timedelta(minutes=minute)
    return MediaInfo(5.0, Fraction(30), (1920, 1080), recorded_at=at, camera=camera)


def tracks(dim, over=0.0):
    values = np.full((len(Flag), 3), 0.25, np.float32)
    values[ROW_OF[Flag.UNDEREXPOSED]] = dim
    values[ROW_OF[Flag.OVEREXPOSED]] = over
    return Tracks(values, np.ones(3, np.float32))


def dims(judged):
    return [float(one.of(Flag.UNDEREXPOSED)[0]) for one in judged]


probabilities = st.lists(st.floats(0, 1), min_size=1, max_size=12)


@given(probabilities)
def test_no_score_rises_and_the_order_of_scores_stays(levels):
    levels = np.array(levels, np.float32)

    judged = np.array(dims(forgive_dim_hours([(media(), tracks(p)) for p in levels])), np.float32)

    assert (judged <= levels).all()
    assert (np.diff(judged[np.argsort(levels, kind="stable")]) >= -1e-6).all()


@given(probabilities, st.randoms(use_true_random=False))
def test_the_order_of_clips_does_not_matter(levels, random):
    order = list(range(len(levels)))
    random.shuffle(order)

    straight = dims(forgive_dim_hours([(media(), tracks(p)) for p in levels]))
    shuffled = dims(forgive_dim_hours([(media(), tracks(levels[at])) for at in order]))

    assert shuffled == [straight[at] for at in order]


@given(probabilities)
def test_clipping_stays_absolute(levels):
    clips = [(media(), tracks(0.9, over=p / 10)) for p in levels]

    for (_, before), after in zip(clips, forgive_dim_hours(clips), strict=True):
        dim = ROW_OF[Flag.UNDEREXPOSED]
        np.testing.assert_array_equal(
            np.delete(before.values, dim, axis=0), np.delete(after.values, dim, axis=0)
        )


def test_a_dim_evening_is_forgiven_but_its_dimmest_clip_is_not():
    evening = [(media(minute), tracks(0.8)) for minute in range(6)]

    *usual, dimmest = dims(forgive_dim_hours([*evening, (media(7), tracks(0.99))]))

    assert max(usual) <= 0.51
    assert dimmest > 0.9


def test_one_dark_clip_among_good_ones_is_not_forgiven():
    clips = [*((media(minute), tracks(0.1)) for minute in range(6)), (media(), tracks(0.9))]

    assert dims(forgive_dim_hours(clips)) == dims(one for _, one in clips)


def test_few_clips_other_hours_other_cameras_and_unknown_ones_are_left_alone():
    few = [(media(), tracks(0.9))] * (MIN_GROUP - 1)
    others = [
        (media(60), tracks(0.9)),
        (media(camera="Other"), tracks(0.9)),
        (media(camera=None), tracks(0.9)),
        (None, tracks(0.9)),
    ]

    assert dims(forgive_dim_hours([*few, *others])) == dims(one for _, one in [*few, *others])


def test_what_was_not_judged_stays_so_and_does_not_count():
    clips = [*((media(), tracks(0.8)) for _ in range(MIN_GROUP)), (media(), tracks(np.nan))]

    *usual, unjudged = dims(forgive_dim_hours(clips))

    assert np.isnan(unjudged)
    assert max(usual) <= 0.51


def test_a_group_is_a_camera_and_an_hour():
    assert group_of(media(0)) == group_of(media(59)) != group_of(media(60))
    assert group_of(None) is None
