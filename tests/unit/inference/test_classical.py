import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.limits import DAYLIGHT
from footage_sorter.domain.ports import FrameBatch, FrameScorer
from footage_sorter.inference.classical import ClassicalScorer, blur, dark_shares, exposure
from tests.helpers.scene import photograph

SHARP = photograph(1, (640, 360))
LIMIT = DAYLIGHT.blurry.over


def blurred(luma, sigma_px):
    return cv2.GaussianBlur(luma, (0, 0), sigma_px)


def smeared(luma, length_px):
    return cv2.blur(luma, (length_px, 1))


def rgb(luma):
    return np.repeat(luma[..., np.newaxis], 3, axis=2)


def light(luma, stops):
    """Expose a picture by `stops` more, in linear light, and clip."""
    linear = (luma / 255.0) ** 2.2 * 2.0**stops
    return np.rint(np.clip(linear, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8)


# Blur


def test_a_sharp_picture_is_sharp():
    assert blur(SHARP) < 0.1


@pytest.mark.parametrize("spoil", [lambda p: blurred(p, 4), lambda p: smeared(p, 25)])
def test_defocus_and_smear_are_blur(spoil):
    assert blur(spoil(SHARP)) > LIMIT


@settings(max_examples=20, deadline=None)
@given(sigma_px=st.floats(0.5, 6.0), more_px=st.floats(0.2, 3.0))
def test_more_blur_is_never_sharper(sigma_px, more_px):
    assert blur(blurred(SHARP, sigma_px + more_px)) >= blur(blurred(SHARP, sigma_px)) - 0.01


def test_a_sharp_subject_before_a_soft_background_is_sharp():
    picture = blurred(SHARP, 6)
    picture[100:260, 200:360] = SHARP[100:260, 200:360]

    assert blur(picture) < LIMIT < blur(blurred(SHARP, 6))


def test_a_smeared_foot_does_not_spoil_a_dancer():
    picture = SHARP.copy()
    picture[220:] = smeared(SHARP, 31)[220:]

    assert blur(picture) < 0.2


@pytest.mark.parametrize("level", [0, 128, 255])
def test_a_featureless_picture_says_nothing(level):
    noise = np.random.default_rng(0).normal(0, 2, (360, 640))

    assert blur(np.clip(level + noise, 0, 255).astype(np.uint8)) == 0.0


def test_a_plain_sky_over_a_sharp_ridge_is_sharp():
    picture = SHARP.copy()
    picture[:290] = 200

    assert blur(picture) < 0.2


@settings(max_examples=15, deadline=None)
@given(contrast=st.floats(0.3, 1.0), light_level=st.floats(60, 180))
def test_contrast_and_light_alone_do_not_blur(contrast, light_level):
    dim = np.clip(light_level + (SHARP.astype(np.float32) - 118) * contrast, 0, 255)

    assert blur(dim.astype(np.uint8)) == pytest.approx(blur(SHARP), abs=0.2)


# Exposure


def test_a_well_exposed_picture_is_well_exposed():
    under, over = exposure(SHARP)

    assert under < 0.3
    assert over < 0.3


def test_four_stops_away_is_badly_exposed():
    assert exposure(light(SHARP, -4))[0] > 0.5
    assert exposure(light(SHARP, 4))[1] > 0.5


def test_a_lit_singer_on_a_dark_stage_is_well_exposed():
    stage = light(SHARP, -6)
    stage[80:320, 240:380] = light(SHARP, 1.5)[80:320, 240:380]

    assert exposure(stage)[0] < 0.5


def test_snow_is_not_overexposed():
    snow = np.clip(225 + (SHARP.astype(np.float32) - 118) * 0.15, 0, 249).astype(np.uint8)
    snow[200:, 300:400] = SHARP[200:, 300:400]

    assert exposure(snow)[1] < 0.1


@settings(max_examples=20, deadline=None)
@given(stops=st.floats(-6, 6), more=st.floats(0.1, 3))
def test_more_light_is_never_dimmer(stops, more):
    under, over = exposure(light(SHARP, stops))
    under_lit, over_lit = exposure(light(SHARP, stops + more))

    assert under_lit <= under + 0.01
    assert over_lit >= over - 0.01


# Black


def dark(*pictures):
    """Shares that are black or without detail, and shares that look covered."""
    shares = dark_shares(np.stack(pictures))
    return shares[:, 0].tolist(), shares[:, 1].tolist()


def noisy(level, sigma):
    """A flat picture at `level` with a sensor's noise: a number, or an array of (360, 640)."""
    noise = np.random.default_rng(0).normal(0, sigma, (360, 640))
    return rgb(np.clip(level + noise, 0, 255).astype(np.uint8))


def test_black_is_black_and_a_picture_is_not():
    black = np.zeros((90, 160, 3), np.uint8)

    shares, covered = dark(black, rgb(photograph(2, (160, 90))))

    assert shares == [1.0, pytest.approx(0.0, abs=0.05)]
    assert covered == [0.0, pytest.approx(0.0, abs=0.05)]


def test_half_black_is_half():
    picture = rgb(SHARP.copy())
    picture[:, :320] = 0

    assert dark(picture)[0] == [pytest.approx(0.5, abs=0.05)]


@pytest.mark.parametrize(("level", "sigma"), [(6, 4), (12, 8), (30, 8), (45, 6)])
def test_a_covered_lens_with_noise_is_black_and_covered(level, sigma):
    (share,), (covered,) = dark(noisy(level, sigma))

    assert share > DAYLIGHT.black.over
    assert covered > 0.9


def test_a_covered_lens_that_lets_light_through_is_black_and_covered():
    row, column = np.mgrid[:360, :640]
    glow = 20 + 22 * np.exp(-((row - 100) ** 2 + (column - 500) ** 2) / 180.0**2)

    (share,), (covered,) = dark(noisy(glow, 3))

    assert share > DAYLIGHT.black.over
    assert covered > 0.9


def test_too_dark_to_see_is_black_and_not_covered():
    scene = rgb((SHARP * 0.1).astype(np.uint8))

    (share,), (covered,) = dark(scene)

    assert share > DAYLIGHT.black.over
    assert covered < 0.5


def test_a_dim_scene_with_detail_is_not_black():
    dim = rgb(np.clip(38 + (SHARP.astype(np.float32) - 118) * 0.1, 0, 255).astype(np.uint8))

    assert dark(dim)[0][0] < 0.8


def test_a_grey_wall_is_not_covered():
    assert dark(noisy(60, 4)) == ([pytest.approx(0.0, abs=0.2)], [pytest.approx(0.0, abs=0.2)])


# The scorer


def test_the_scorer_gives_each_frame_its_time_and_scores():
    scorer: FrameScorer = ClassicalScorer()
    pictures = np.stack([rgb(SHARP), rgb(blurred(SHARP, 5)), np.zeros((360, 640, 3), np.uint8)])

    scores = scorer.score(FrameBatch(pictures, np.array([0.0, 2.0, 4.0]))).frames

    assert [score.time_s for score in scores] == [0.0, 2.0, 4.0]
    assert scores[0].blur < LIMIT < scores[1].blur
    assert [score.black > 0.98 for score in scores] == [False, False, True]


@pytest.mark.parametrize("size_px", [(1, 1), (2, 40), (40, 2), (33, 31)])
def test_tiny_pictures_are_scored(size_px):
    width, height = size_px
    batch = FrameBatch(np.full((1, height, width, 3), 120, np.uint8), np.zeros(1))

    (score,) = ClassicalScorer().score(batch).frames

    assert score.blur == 0.0
