"""Degradations: light is kept, and each deserves its word."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training import blur_draws, exposure_draws
from training.codecs import through_h264, through_jpeg
from training.optics import disk_kernel, path_kernel, smear, to_light, to_picture
from training.recipe import DrawKnobs

KNOBS = DrawKnobs(video_share=0.5, video_softness=1.9)


@pytest.fixture(scope="module")
def scene():
    coarse = np.random.default_rng(3).integers(10, 246, (45, 60, 3), dtype=np.uint8)
    return cv2.resize(coarse, (480, 360), interpolation=cv2.INTER_NEAREST)


def detail(picture):
    return float(cv2.Laplacian(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), cv2.CV_64F).var())


def test_light_goes_there_and_back():
    codes = np.arange(256, dtype=np.uint8).reshape(16, 16, 1).repeat(3, 2)
    np.testing.assert_array_equal(to_picture(to_light(codes)), codes)


@given(st.floats(0.3, 20))
def test_a_disk_keeps_the_light(radius_px):
    kernel = disk_kernel(radius_px)
    assert kernel.sum() == pytest.approx(1, abs=1e-4)
    assert (kernel >= 0).all()


@given(st.floats(2, 60), st.integers(0, 2**32 - 1))
@settings(max_examples=50)
def test_a_path_keeps_the_light_and_has_its_length(length_px, seed):
    kernel = path_kernel(length_px, np.random.default_rng(seed))
    assert kernel.sum() == pytest.approx(1, abs=1e-4)
    rows, columns = np.nonzero(kernel)
    reach = max(np.ptp(rows), np.ptp(columns))
    assert length_px / 2 - 2 <= reach <= length_px + 2


def test_a_blurred_highlight_stays_bright():
    picture = np.zeros((41, 41, 3), np.uint8)
    picture[20, 20] = 255
    assert smear(picture, disk_kernel(2))[20, 20, 0] > 255 / 12 * 2  # mixed in sRGB: about 20


@pytest.mark.parametrize("make", blur_draws.KINDS, ids=lambda make: make.__name__)
def test_what_is_called_blurry_lost_its_detail_everywhere(scene, make):
    for seed in range(4):
        made, label = make(scene, KNOBS, 1.0, np.random.default_rng(seed))
        assert made.shape == scene.shape
        tiles = [
            detail(made[y : y + 60, x : x + 60]) / detail(scene[y : y + 60, x : x + 60])
            for y in range(0, 360, 60)
            for x in range(0, 480, 60)
        ]
        if label == blur_draws.BLURRY:
            assert max(tiles) < 0.5
        elif make.__name__ not in {"_featureless", "_softened"}:
            assert max(tiles) > 0.6


def test_the_same_seed_makes_the_same_picture(scene):
    one, two = (
        blur_draws.make_from_sharp(scene, KNOBS, 320, np.random.default_rng(5)) for _ in range(2)
    )
    np.testing.assert_array_equal(one[0], two[0])
    assert one[1] == two[1]


@pytest.mark.parametrize("make", exposure_draws.KINDS, ids=lambda make: make.__name__)
def test_each_light_deserves_its_word(scene, make):
    for seed in range(6):
        made, label = make(scene, KNOBS, np.random.default_rng(seed))
        luma = cv2.cvtColor(made, cv2.COLOR_RGB2GRAY)
        if label == exposure_draws.UNDER:
            assert np.percentile(luma, 97) < 140
        if label == exposure_draws.OVER:
            assert (luma >= 250).mean() > 0.15
        if make.__name__ in {"_subject_before_white", "_pale"}:
            assert label == exposure_draws.GOOD


def test_exposure_doubles_the_light_each_stop():
    grey = np.full((64, 64, 3), 100, np.uint8)
    brighter = exposure_draws.expose(grey, 1.0, np.random.default_rng(0), curve=False)
    assert to_light(brighter).mean() / to_light(grey).mean() == pytest.approx(2, rel=0.03)


@pytest.mark.parametrize("store", [lambda p: through_jpeg(p, 80), lambda p: through_h264(p, 26)])
def test_storing_keeps_the_picture(scene, store):
    stored = store(scene)
    assert stored.shape == scene.shape
    assert np.abs(stored.astype(int) - scene).mean() < 12


def test_a_cropped_picture_is_a_part_of_it_and_stays_as_it_was_stored(scene):
    knobs = DrawKnobs(
        as_stored_share=1.0, least_crop=0.8, h264_share=0.0, jpeg_share=0.0, noise_share=0.0
    )
    for seed in range(8):
        rng = np.random.default_rng(seed)
        cropped = blur_draws._cropped(scene, knobs.least_crop, rng)
        assert min(a / b for a, b in zip(cropped.shape[:2], scene.shape[:2], strict=True)) >= 0.79
        at = np.abs(cv2.matchTemplate(scene, cropped, cv2.TM_SQDIFF)).min()
        assert at < 0.1 * cropped.size  # of squared codes, by single precision
        varied = blur_draws.vary_labelled(scene, knobs, np.random.default_rng(seed))
        assert varied.shape == cropped.shape


def test_a_gel_leaves_little_but_one_colour(scene):
    gelled = blur_draws._vary_light(scene, DrawKnobs(gel_share=1.0), np.random.default_rng(2))
    means = np.sort(gelled.reshape(-1, 3).mean(axis=0))
    assert means[0] < 0.7 * means[2]
    assert detail(gelled) > 0.02 * detail(scene)
