"""What a network sees of a frame."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.inference.preprocess import Framing, View, clipped_share, cut_out, fit
from footage_sorter.inference.regions import textured_regions

REGIONS = Framing(View.REGIONS, 64, 4)


def noise(height, width, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


@given(st.integers(1, 300), st.integers(1, 300))
def test_any_size_of_frame_gives_the_same_shape(height, width):
    seen = cut_out(np.zeros((height, width, 3), np.uint8), REGIONS)
    assert seen.shape == (4, 64, 64, 3)
    assert seen.dtype == np.uint8


@given(st.integers(64, 400), st.integers(64, 400), st.integers(1, 12))
def test_regions_lie_inside_the_picture(height, width, count):
    corners = textured_regions(noise(height, width)[..., 0], count, 64)
    assert corners.shape == (count, 2)
    assert (corners >= 0).all()
    assert (corners <= [height - 64, width - 64]).all()


def test_the_first_region_holds_the_only_texture():
    frame = np.full((360, 640, 3), 90, np.uint8)
    frame[200:250, 500:560] = noise(50, 60)
    top, left = textured_regions(frame[..., 0], 3, 64)[0]
    assert top <= 210
    assert top + 64 >= 240
    assert left <= 515
    assert left + 64 >= 545


def test_a_texture_in_the_last_corner_is_reached():
    frame = np.full((357, 633), 90, np.uint8)
    frame[-20:, -20:] = noise(20, 20)[..., 0]
    top, left = textured_regions(frame, 1, 64)[0]
    assert top + 64 > 357 - 20
    assert left + 64 > 633 - 20


def test_fine_detail_is_looked_at_beside_stronger_edges():
    frame = np.full((384, 640), 128, np.uint8)
    frame[:, 320:400] = 255  # a strong plain edge, top to bottom
    frame[300:364, 40:104] = np.random.default_rng(1).integers(118, 139, (64, 64))
    corners = textured_regions(frame, 4, 64)
    assert any(left < 104 and top > 236 for top, left in corners.tolist())


def test_regions_overlap_little():
    corners = textured_regions(noise(360, 640)[..., 0], 8, 64)
    for at, (top, left) in enumerate(corners.tolist()):
        for other_top, other_left in corners[at + 1 :].tolist():
            assert abs(top - other_top) >= 44 or abs(left - other_left) >= 44


def test_the_whole_picture_keeps_its_share_of_clipped_pixels():
    frame = np.zeros((200, 300, 3), np.uint8)
    frame[:, :150] = 255
    seen = cut_out(frame, Framing(View.PICTURE, 96))
    assert seen.shape == (1, 96, 96, 3)
    assert seen.mean() == pytest.approx(127.5, abs=2)


@pytest.mark.parametrize(
    ("colour", "share"), [((255, 255, 255), 0.5), ((255, 250, 180), 0.0), ((235, 235, 235), 0.5)]
)
def test_what_has_kept_its_colour_is_not_burnt_out(colour, share):
    frame = np.zeros((96, 96, 3), np.uint8)
    frame[:48] = colour
    seen = cut_out(frame, Framing(View.PICTURE, 96))
    assert clipped_share(seen[np.newaxis]).tolist() == [share]


@given(st.integers(1, 2000), st.integers(1, 2000))
def test_fit_never_enlarges_and_keeps_the_aspect(height, width):
    fitted = fit(np.zeros((height, width, 3), np.uint8), 640)
    assert max(fitted.shape) == min(640, max(height, width, 3))
    if max(height, width) <= 640:
        assert fitted.shape == (height, width, 3)
    elif min(height, width) > 64:
        assert fitted.shape[0] / fitted.shape[1] == pytest.approx(height / width, rel=0.05)


@pytest.mark.parametrize(
    ("view", "side", "count"), [("regions", 100, 4), ("picture", 96, 2), ("regions", 64, 0)]
)
def test_an_impossible_framing_is_refused(view, side, count):
    with pytest.raises(ValueError, match=r"side_px|count"):
        Framing(View(view), side, count)
