"""What a network sees of a frame: one piece of code for training, evaluation and the program.

Knows numpy and OpenCV. Knows no network: pixels leave here as 8-bit sRGB, and each network
normalises them itself.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from footage_sorter.inference.opencv import cv2
from footage_sorter.inference.regions import CELL_PX, textured_regions


class View(StrEnum):
    """How a network looks at a frame."""

    REGIONS = "regions"
    """The most textured regions, at the frame's own scale: what blur is judged on."""
    PICTURE = "picture"
    """The whole picture, made small and square: what exposure is judged on."""


@dataclass(frozen=True, slots=True)
class Framing:
    """What is cut out of a frame.

    Attributes:
        view: Regions or the whole picture.
        side_px: Side of each cut-out in pixels.
        count: Number of cut-outs; 1 for the whole picture.
    """

    view: View
    side_px: int
    count: int = 1

    def __post_init__(self) -> None:
        if self.side_px <= 0 or self.side_px % CELL_PX:
            raise ValueError(f"side_px must be a multiple of {CELL_PX}, got {self.side_px}")
        if self.count < 1 or (self.view is View.PICTURE and self.count != 1):
            raise ValueError(f"count={self.count} does not fit the view {self.view}")


def cut_out(rgb: NDArray[np.uint8], framing: Framing) -> NDArray[np.uint8]:
    """Cut out of one frame what a network sees of it.

    Args:
        rgb: uint8, shape (H, W, 3), sRGB, full range, already at the working size.
        framing: What to cut out.

    Returns:
        uint8, shape (framing.count, side_px, side_px, 3).
    """
    side_px = framing.side_px
    if framing.view is View.PICTURE:
        # Area averaging keeps the share of clipped pixels; aspect does not matter to exposure.
        small = cv2.resize(rgb, (side_px, side_px), interpolation=cv2.INTER_AREA)
        return np.asarray(small[np.newaxis], dtype=np.uint8)
    frame = _at_least(rgb, side_px)
    corners = textured_regions(luma_of(frame), framing.count, side_px)
    return np.stack(
        [frame[top : top + side_px, left : left + side_px] for top, left in corners.tolist()]
    )


def clipped_share(seen: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return the share 0-1 of burnt out pixels in what was cut out of each frame, shape (N,).

    Args:
        seen: uint8, shape (N, cut-outs, side, side, 3). A pixel is burnt out where its darkest
            channel is 235 or more: a lamp or a pale table that clips in one channel has kept its
            colour.
    """
    # One minimum over three planes is ten times as fast as one over every pixel's three channels.
    darkest = np.minimum(np.minimum(seen[..., 0], seen[..., 1]), seen[..., 2])
    return np.asarray((darkest >= 235).mean(axis=(1, 2, 3)), dtype=np.float64)


def luma_of(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the luma (H, W) of a picture (H, W, 3), both uint8, full range."""
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def fit(picture: NDArray[np.uint8], long_side_px: int) -> NDArray[np.uint8]:
    """Scale a picture down so that its long side is at most `long_side_px`; never enlarge it.

    Args:
        picture: uint8, shape (H, W, 3), or (H, W) of grey.
        long_side_px: Longest side wanted, in pixels.

    Returns:
        uint8, of as many axes; `picture` itself where it is small enough.
    """
    height, width = picture.shape[:2]
    scale = long_side_px / max(height, width)
    if scale >= 1.0:
        return picture
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _at_least(rgb: NDArray[np.uint8], side_px: int) -> NDArray[np.uint8]:
    """Mirror a picture's edge outwards until both sides hold a region; most need none."""
    height, width = rgb.shape[:2]
    below, right = max(0, side_px - height), max(0, side_px - width)
    if not below and not right:
        return rgb
    mirrored = cv2.copyMakeBorder(rgb, 0, below, 0, right, cv2.BORDER_REFLECT)
    return np.asarray(mirrored, dtype=np.uint8)
