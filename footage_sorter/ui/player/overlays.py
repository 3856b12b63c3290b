"""Overlays: what a paused frame shows too bright, too dark and sharp, painted over it.

Pure: pixels in, pixels out. Qt only holds the result.
"""

from collections.abc import Collection
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

CLIPPED_FROM = 250
"""A pixel is clipped when all its channels reach this: a coloured lamp still has a colour."""

CRUSHED_TO = 5
"""A pixel is crushed when none of its channels passes this."""

PEAK_FROM = 48
"""Difference of neighbouring luma, of 255, from which an edge counts as in focus."""

STRIPE_PX = 4


class Overlay(StrEnum):
    """What can be painted over a paused frame."""

    CLIPPED = "clipped"
    CRUSHED = "crushed"
    PEAKING = "peaking"


COLOURS: dict[Overlay, tuple[int, int, int]] = {
    Overlay.CLIPPED: (255, 64, 64),
    Overlay.CRUSHED: (64, 128, 255),
    Overlay.PEAKING: (64, 255, 96),
}
"""Red, green, blue 0-255. Clipped is striped one way and crushed the other, peaking lies on edges:
none is told by its colour alone."""


def clipped(rgb: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where highlights are clipped. uint8 (H, W, 3) in, bool (H, W) out."""
    return np.asarray(rgb.min(axis=2) >= CLIPPED_FROM)


def crushed(rgb: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where shadows are crushed. uint8 (H, W, 3) in, bool (H, W) out."""
    return np.asarray(rgb.max(axis=2) <= CRUSHED_TO)


def peaking(rgb: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where edges are sharp. uint8 (H, W, 3) in, bool (H, W) out."""
    luma = rgb[..., 1].astype(np.int16)  # green carries 72 % of Rec. 709 luma
    across, down = np.zeros_like(luma), np.zeros_like(luma)
    across[:, 1:] = np.abs(np.diff(luma, axis=1))
    down[1:] = np.abs(np.diff(luma, axis=0))
    return np.asarray(np.maximum(across, down) >= PEAK_FROM)


def overlay_image(rgb: NDArray[np.uint8], wanted: Collection[Overlay]) -> QImage:
    """The wanted overlays of a frame as one transparent image of its size.

    Args:
        rgb: uint8, shape (H, W, 3), full range.
        wanted: May be empty: then the image is transparent all over.
    """
    height, width = rgb.shape[:2]
    rgba = np.zeros((height, width, 4), np.uint8)
    rows, columns = np.indices((height, width), sparse=True)
    stripes = {
        Overlay.CLIPPED: (clipped, (columns + rows) // STRIPE_PX % 2 == 0),
        Overlay.CRUSHED: (crushed, (columns - rows) // STRIPE_PX % 2 == 0),
        Overlay.PEAKING: (peaking, np.ones((1, 1), np.bool_)),
    }
    for kind, (find, stripe) in stripes.items():
        if kind in wanted:
            rgba[find(rgb) & stripe] = (*COLOURS[kind], 255)
    return QImage(rgba.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
