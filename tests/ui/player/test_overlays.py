"""Overlays: clipped, crushed and sharp places of a frame."""

import numpy as np

from footage_sorter.ui.player.fetch import image_of, pixels_of
from footage_sorter.ui.player.overlays import (
    COLOURS,
    Overlay,
    clipped,
    crushed,
    overlay_image,
    peaking,
)


def grey(level: int) -> np.ndarray:
    return np.full((40, 60, 3), level, np.uint8)


def test_only_white_is_clipped_and_only_black_crushed():
    picture = grey(128)
    picture[:10, :10] = 255
    picture[20:, 40:] = 2
    assert clipped(picture).sum() == 100
    assert crushed(picture).sum() == 400


def test_a_coloured_lamp_is_not_clipped():
    lamp = grey(0)
    lamp[..., 0] = 255
    assert not clipped(lamp).any()


def test_a_sharp_edge_peaks_and_a_soft_one_does_not():
    sharp = grey(20)
    sharp[:, 30:] = 220
    soft = np.repeat(np.linspace(20, 220, 60).astype(np.uint8)[None, :, None], 40, 0)
    assert peaking(sharp)[:, 30].all()
    assert peaking(sharp).sum() == 40
    assert not peaking(np.repeat(soft, 3, 2)).any()


def test_an_overlay_is_transparent_where_nothing_is_found():
    picture = grey(128)
    picture[:, :30] = 255
    image = overlay_image(picture, {Overlay.CLIPPED})
    alphas = [[image.pixelColor(x, y).alpha() for x in range(60)] for y in range(40)]
    left, right = np.array(alphas)[:, :30], np.array(alphas)[:, 30:]
    assert 0.4 < (left == 255).mean() < 0.6  # striped
    assert (right == 0).all()
    colours = {image.pixelColor(x, 0).getRgb()[:3] for x in range(30)}
    assert COLOURS[Overlay.CLIPPED] in colours


def test_pixels_survive_the_way_into_an_image_and_back():
    picture = np.random.default_rng(1).integers(0, 256, (7, 5, 3), np.uint8)  # rows are padded
    assert (pixels_of(image_of(picture)) == picture).all()
