"""Noise: grain of known strength is measured, whatever the picture shows beside it."""

from threading import Event

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.ports import FrameBatch
from footage_sorter.domain.report import Pass
from footage_sorter.inference.noise import noise
from footage_sorter.media.encode import Encoding, write_clip
from footage_sorter.media.frames import ClipFrames
from tests.helpers.reading import clip_of

SIZE = (360, 640)


def scene(kind, rng):
    """A picture without noise, float64, 0-255."""
    y, x = np.mgrid[: SIZE[0], : SIZE[1]].astype(float)
    match kind:
        case "wall":
            return np.full(SIZE, 110.0)
        case "sky":
            return 50 + 120 * x / SIZE[1] + 40 * y / SIZE[0]
        case "crowd before a wall":
            crowd = cv2.GaussianBlur(rng.normal(0, 1, SIZE), (0, 0), 1.2) * 120 + 110
            return np.where(x < SIZE[1] * 0.6, crowd, 90.0)
        case "crowd":
            return cv2.GaussianBlur(rng.normal(0, 1, SIZE), (0, 0), 1.5) * 150 + 110
    raise AssertionError(kind)


def grainy(picture, sigma, rng):
    return np.clip(np.rint(picture + rng.normal(0, sigma, SIZE)), 0, 255).astype(np.uint8)


@given(
    kind=st.sampled_from(["wall", "sky", "crowd before a wall"]),
    sigma=st.floats(0.5, 20),
    seed=st.integers(0, 2**32),
)
@settings(max_examples=40, deadline=None)
def test_grain_is_measured_beside_whatever_there_is(kind, sigma, seed):
    rng = np.random.default_rng(seed)
    found = noise(grainy(scene(kind, rng), sigma, rng))
    assert found is not None
    assert found * 255 == pytest.approx(sigma, rel=0.08, abs=0.05)


def test_a_sharp_picture_is_not_noisier_than_a_soft_one():
    rng = np.random.default_rng(1)
    sharp = scene("crowd before a wall", rng)
    soft = cv2.GaussianBlur(sharp, (0, 0), 3)
    grain = rng.normal(0, 3, SIZE)
    found = [noise(np.clip(np.rint(one + grain), 0, 255).astype(np.uint8)) for one in (sharp, soft)]
    assert found[0] == pytest.approx(found[1], rel=0.1)


@pytest.mark.parametrize("value", [0, 10, 250])
def test_what_is_clipped_says_nothing(value):
    rng = np.random.default_rng(2)
    assert noise(grainy(np.full(SIZE, float(value)), 3, rng)) is None


def test_a_picture_full_of_detail_says_nothing():
    rng = np.random.default_rng(3)
    assert noise(grainy(scene("crowd", rng), 3, rng)) is None


def test_a_picture_of_a_few_pixels_says_nothing():
    assert noise(np.full((20, 30), 100, np.uint8)) is None


@pytest.mark.parametrize("crf", [14, 20])
def test_strong_grain_survives_a_camera_s_encoder(crf, tmp_path):
    rng = np.random.default_rng(4)
    frames = (
        np.repeat(grainy(scene("crowd before a wall", rng), 6, rng)[..., np.newaxis], 3, 2)
        for _ in range(10)
    )
    path = tmp_path / "a.mp4"
    write_clip(path, frames, Encoding(options={"preset": "veryfast", "crf": str(crf)}))
    batches = ClipFrames().read(clip_of(path), Pass.COARSE, 640, Event())
    pictures = [rgb for batch in batches if isinstance(batch, FrameBatch) for rgb in batch.rgb]
    for rgb in pictures:
        found = noise(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY))
        assert found is not None
        assert 0.6 * 6 < found * 255 < 1.05 * 6
