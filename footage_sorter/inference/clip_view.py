"""What a network over time sees of a clip's frames: one piece of code for training and program."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from footage_sorter.inference.opencv import cv2


def square(pictures: Sequence[NDArray[np.uint8]], side_px: int) -> NDArray[np.uint8]:
    """Make whole pictures small and square: nothing is cut off, so that no label is out of sight.

    Args:
        pictures: T of them, uint8, shape (H, W, 3), sRGB, of any sizes.
        side_px: Side wanted.

    Returns:
        uint8, shape (T, side_px, side_px, 3).
    """
    return np.stack([_square(picture, side_px) for picture in pictures])


def _square(picture: NDArray[np.uint8], side_px: int) -> NDArray[np.uint8]:
    shrinks = min(picture.shape[:2]) >= side_px
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture, (side_px, side_px), interpolation=how), dtype=np.uint8)
