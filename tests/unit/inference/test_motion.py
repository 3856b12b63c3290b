from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.limits import DAYLIGHT
from footage_sorter.domain.ports import Burst
from footage_sorter.inference import motion
from footage_sorter.inference.motion import SHAKY_SHARE, score_burst
from tests.helpers.scene import DIAGONAL_PX, SIZE_PX, filmed, photograph

RATE_HZ = 30.0
FRAMES = 17
TIMES_S = np.arange(FRAMES) / RATE_HZ
PHOTO = photograph()


def burst(luma, rate_hz=RATE_HZ):
    return Burst(luma, 4.0 + np.arange(len(luma)) / rate_hz)


def shaken_share(shake):
    """Undo the squash: the share of the diagonal that was measured."""
    assert shake is not None
    return SHAKY_SHARE * shake / (1 - shake)


def sine(amplitude_px, frequency_hz, phase=0.0, n=FRAMES, rate_hz=RATE_HZ):
    return amplitude_px * np.sin(2 * np.pi * frequency_hz * np.arange(n) / rate_hz + phase)


tremors = {
    "amplitude_px": st.floats(1.0, 8.0),
    "frequency_hz": st.floats(3.0, 8.0),
    "phase": st.floats(0.0, 2 * np.pi),
}


@settings(max_examples=25, deadline=None)
@given(**tremors, pan_px=st.floats(-6.0, 6.0))
def test_a_tremor_is_measured_as_it_is_with_and_without_a_pan(
    amplitude_px, frequency_hz, phase, pan_px
):
    x = sine(amplitude_px, frequency_hz, phase) + pan_px * np.arange(FRAMES)

    measured = shaken_share(score_burst(burst(filmed(PHOTO, x))).shake)

    assert measured == pytest.approx(amplitude_px / 2**0.5 / DIAGONAL_PX, rel=0.15)


@settings(max_examples=15, deadline=None)
@given(
    frequency_hz=st.floats(3.0, 6.0),
    phase=st.floats(0.0, 2 * np.pi),
    rate_hz=st.sampled_from([20.0, 25.0, 50.0]),
    length_s=st.floats(0.55, 1.0),  # from `plan.BURST_S` on
)
def test_neither_frame_rate_nor_length_changes_what_is_measured(
    frequency_hz, phase, rate_hz, length_s
):
    n = round(length_s * rate_hz) + 1
    y = sine(4.0, frequency_hz, phase, n, rate_hz)

    measured = shaken_share(score_burst(burst(filmed(PHOTO, y_px=y, n=n), rate_hz)).shake)

    assert measured == pytest.approx(4.0 / 2**0.5 / DIAGONAL_PX, rel=0.2)


@settings(max_examples=15, deadline=None)
@given(speed=st.floats(-8.0, 8.0), acceleration=st.floats(-0.3, 0.3))
def test_a_pan_that_speeds_up_is_not_shake_and_its_speed_is_known(speed, acceleration):
    at = np.arange(FRAMES)
    x = speed * at + acceleration * at**2

    score = score_burst(burst(filmed(PHOTO, x)))

    assert score.shake is not None
    assert score.shake < 0.1
    assert score.pan_x == pytest.approx(x[-1] / SIZE_PX[0] / TIMES_S[-1], abs=0.01)
    assert score.pan_y == pytest.approx(0.0, abs=0.01)


def test_a_zoom_is_not_shake_and_its_speed_is_known():
    score = score_burst(burst(filmed(PHOTO, scale=1 + 0.3 * TIMES_S)))

    assert score.shake is not None
    assert score.shake < 0.1
    assert score.zoom == pytest.approx(0.3, rel=0.15)


@pytest.mark.parametrize(
    "swings",
    [
        {"roll_rad": 0.03},
        {"scale": 0.03},
        pytest.param({"shear": 0.06}, id="rolling-shutter"),
    ],
    ids=lambda swings: next(iter(swings)),
)
def test_swings_that_are_no_shift_count(swings):
    ((name, amplitude),) = swings.items()
    rest = 1.0 if name == "scale" else 0.0

    score = score_burst(burst(filmed(PHOTO, **{name: rest + sine(amplitude, 5.0)})))

    # Over a rectangle the mean square distance from its middle is (W² + H²) / 12, from its
    # middle line H² / 12.
    lever = SIZE_PX[1] / DIAGONAL_PX if name == "shear" else 1.0
    truth = amplitude / 2**0.5 * lever / 12**0.5
    assert shaken_share(score.shake) == pytest.approx(truth, rel=0.15)


def test_half_at_the_limit_and_rising():
    shares = np.array([0.25, 0.5, 1.0, 2.0, 4.0]) * SHAKY_SHARE
    amplitudes_px = shares * 2**0.5 * DIAGONAL_PX

    shakes = [score_burst(burst(filmed(PHOTO, sine(a, 5.0)))).shake for a in amplitudes_px]

    assert shakes == sorted(shakes)
    assert shakes[2] == pytest.approx(0.5, abs=0.04)


def test_a_moving_subject_before_a_still_background_is_not_shake():
    luma = filmed(PHOTO)
    subject = photograph(seed=5, size_px=(240, 200))
    for at, frame in enumerate(luma):
        left = 90 + 9 * at + round(12 * np.sin(at))
        frame[50:250, left : left + 150] = subject[:, :150]

    score = score_burst(burst(luma))

    assert score.shake is not None
    assert score.shake < 0.2
    assert score.change > 0.05


def before(background, jumping):
    """Lay a contrasty little subject, jumping wildly, over each frame of `background`."""
    subject = np.random.default_rng(3).choice([0, 255], (60, 60)).astype(np.uint8)
    for frame, top in zip(background, 90 + np.rint(jumping).astype(int), strict=True):
        frame[top : top + 60, 200:260] = subject
    return background


def test_a_contrasty_small_subject_does_not_outvote_a_dim_background():
    dim = (118 + (filmed(PHOTO).astype(np.float32) - 118) * 0.3).astype(np.uint8)

    score = score_burst(burst(before(dim, sine(20.0, 5.0))))

    assert score.shake is not None
    assert score.shake < 0.1


def test_a_small_subject_before_a_plain_wall_does_not_tell_what_the_camera_does():
    wall = np.full((FRAMES, 270, 480), 118, np.uint8)

    assert score_burst(burst(before(wall, sine(20.0, 5.0)))).shake is None


@pytest.mark.parametrize("at", [3, 8, 13])
def test_a_cut_inside_the_burst_is_not_shake(at):
    luma = filmed(PHOTO, 2.0 * np.arange(FRAMES))
    luma[at:] = filmed(photograph(seed=9), 2.0 * np.arange(FRAMES))[at:]

    score = score_burst(burst(luma))

    assert score.shake is None or score.shake < 0.1


def test_both_sides_of_a_cut_count_by_their_length():
    amplitude_px = 6.0
    luma = filmed(PHOTO, sine(amplitude_px, 5.0, n=40), n=40)
    luma[24:] = filmed(photograph(seed=9), n=16)  # 23 steps shake, 15 are still

    truth = amplitude_px / 2**0.5 / DIAGONAL_PX * (23 / 38) ** 0.5
    assert shaken_share(score_burst(burst(luma)).shake) == pytest.approx(truth, rel=0.1)


def test_what_is_covered_in_the_next_frame_is_not_followed():
    a = filmed(PHOTO, n=1)[0]
    b = a.copy()
    b[:, 240:] = filmed(photograph(seed=9), n=1)[0][:, 240:]

    starts, _, n_corners = motion._follow(a, b)

    assert n_corners > 100
    assert len(starts) > 40
    assert (starts[:, 0] < 245).mean() > 0.9


def chaos_but(kept):
    """A still picture of which only the part `kept` is the same in every frame."""
    frames = [filmed(photograph(seed), n=1)[0] for seed in range(20, 30)]
    for frame in frames:
        frame[kept] = frames[0][kept]
    return np.stack(frames * 2)


def test_a_shore_that_is_less_than_half_of_the_picture_tells_what_the_camera_does():
    score = score_burst(burst(chaos_but(np.s_[:110])))

    assert score.shake is not None
    assert score.shake < 0.1


def test_stripes_that_stay_in_corrupted_pictures_tell_nothing():
    stripes = np.r_[0:25, 245:270]

    assert score_burst(burst(chaos_but(stripes))).shake is None


@pytest.mark.parametrize(
    "luma",
    [
        pytest.param(np.full((FRAMES, 270, 480), 90, np.uint8), id="plain"),
        pytest.param(
            np.random.default_rng(0).normal(90, 3, (FRAMES, 270, 480)).astype(np.uint8),
            id="noisy wall",
        ),
        pytest.param(
            np.random.default_rng(0).integers(0, 256, (FRAMES, 270, 480), np.uint8), id="corrupted"
        ),
        pytest.param(np.full((FRAMES, 3, 480), 90, np.uint8), id="three lines high"),
        pytest.param(np.full((FRAMES, 200, 3), 90, np.uint8), id="three columns wide"),
    ],
)
def test_what_has_nothing_to_follow_is_not_measured(luma):
    assert score_burst(burst(luma)).shake is None


@pytest.mark.parametrize(("n", "rate_hz"), [(1, 30.0), (2, 30.0), (8, 30.0), (6, 5.0)])
def test_too_short_or_too_sparse_a_burst_is_not_measured(n, rate_hz):
    assert score_burst(burst(filmed(PHOTO, sine(6, 5.0, n=n), n=n), rate_hz)).shake is None


def test_frozen_pictures_do_not_change_and_do_not_shake():
    score = score_burst(burst(filmed(PHOTO)))

    assert score.change == 0.0
    assert score.shake == pytest.approx(0.0, abs=0.01)


def test_one_small_thing_that_moves_is_change():
    luma = filmed(PHOTO)
    for at, frame in enumerate(luma):
        frame[100:130, 100 + 2 * at : 120 + 2 * at] = 250

    assert score_burst(burst(luma)).change > 0.004


def test_the_same_burst_gets_the_same_score():
    luma = filmed(PHOTO, sine(5.0, 4.0), sine(2.0, 6.0))

    assert score_burst(burst(luma)) == score_burst(burst(luma.copy()))


def test_times_are_the_bursts():
    score = score_burst(burst(filmed(PHOTO)))

    assert (score.start_s, score.end_s) == (4.0, 4.0 + TIMES_S[-1])


WALKS = Path(__file__).parents[4] / "shared" / "footage" / "shake"


@pytest.mark.needs_shared
@pytest.mark.skipif(not WALKS.is_dir(), reason="no real clips beside the checkout")
@pytest.mark.parametrize("name", ["walk_1", "walk_3", "walk_8"])
def test_a_real_walk_is_shaky_and_its_stabilised_version_is_not(name):
    wild, calm = (shaky_share(WALKS / f"{name}{suffix}.m4v") for suffix in ("", "_stabilised"))

    assert calm <= DAYLIGHT.shaky.tolerated < wild


def shaky_share(path):
    """Share of the bursts in a clip's first seconds over the default limit, two a second."""
    av = pytest.importorskip("av")
    with av.open(str(path)) as container:
        frames = [
            (f.time, f.reformat(480, 270, "gray", interpolation="AREA").to_ndarray())
            for f in islice(container.decode(video=0), 180)
        ]
    times_s = np.array([time_s for time_s, _ in frames])
    luma = np.stack([picture for _, picture in frames])
    shakes = []
    for start_s in np.arange(0.0, times_s[-1] - 0.55, 0.5):
        within = (times_s >= start_s) & (times_s <= start_s + 0.55)
        shakes.append(score_burst(Burst(luma[within], times_s[within])).shake)
    measured = [shake for shake in shakes if shake is not None]
    assert len(measured) > len(shakes) / 2
    return float(np.mean(np.array(measured) > DAYLIGHT.shaky.over))


def test_the_model_name_has_a_version():
    assert motion.SHAKE_MODEL.startswith("shake@")
