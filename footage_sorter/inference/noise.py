"""Noise: how much a sensor's grain shows in the flat parts of a frame. Knows numpy and OpenCV.

Refuses what has no flat part, and what is clipped, where there is no noise to see.
"""

from math import pi, sqrt

import numpy as np
from numpy.typing import NDArray

from footage_sorter.inference.opencv import cv2

_BLOCK_PX = 16
_CELL_PX = 4
"""Texture is looked for in means over so many pixels: detail shows in them, noise hardly."""

_DARKEST, _BRIGHTEST = 20, 235
"""Means of a block, of 255, between which noise can show on both sides."""

_FLATTEST = 0.15
"""Share of the blocks that are listened to: the flattest ones."""

_MIN_BLOCKS = 8
_FLAT = 3.0
"""Means of cells that lie further apart than this, root mean square in levels of 255 and beyond
what noise explains, are a picture of something."""

_MASK = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32) * (sqrt(pi / 2) / 6)
_ROUNDING = 1 / 12
"""Variance that rounding to whole levels adds."""


def noise(luma: NDArray[np.uint8]) -> float | None:
    """Measure the standard deviation of a frame's noise.

    A mask that is blind to constants, slopes and edges along the axes is laid over the picture; its
    mean strength is taken block by block, and of the flattest blocks the median. Which blocks are
    flat is told by means over cells, which the mask does not see: so choosing them does not choose
    the quiet ones. A high-pass over the whole frame would call the sharper picture the noisier.

    Args:
        luma: uint8, shape (H, W), full range; a value is comparable only at the working size.

    Returns:
        Share 0-1 of full scale; None where too little of the picture is flat and unclipped.

    Source: the mask is that of Immerkaer, "Fast Noise Variance Estimation" (CVIU 1996).
    """
    rows, columns = luma.shape[0] // _BLOCK_PX, luma.shape[1] // _BLOCK_PX
    if rows * columns < _MIN_BLOCKS:
        return None
    picture = luma[: rows * _BLOCK_PX, : columns * _BLOCK_PX]
    strength = np.abs(cv2.filter2D(picture, cv2.CV_32F, _MASK))
    sigmas = _means(strength, _BLOCK_PX).ravel()
    cells = _means(picture.astype(np.float32), _CELL_PX)
    means = _means(cells, _BLOCK_PX // _CELL_PX)
    spread = _means(cells * cells, _BLOCK_PX // _CELL_PX) - means * means
    texture = spread.ravel() - (sigmas / _CELL_PX) ** 2
    lit = (means.ravel() >= _DARKEST) & (means.ravel() <= _BRIGHTEST)
    flat = np.flatnonzero(lit & (texture < _FLAT**2))
    wanted = max(_MIN_BLOCKS, round(_FLATTEST * rows * columns))
    if len(flat) < _MIN_BLOCKS:
        return None
    flattest = flat[np.argsort(spread.ravel()[flat], kind="stable")[:wanted]]
    sigma = float(np.median(sigmas[flattest]))
    return sqrt(max(0.0, sigma * sigma - _ROUNDING)) / 255


def _means(values: NDArray[np.float32], side: int) -> NDArray[np.float32]:
    """Means over squares of `side`, of a picture whose sides are multiples of it."""
    size = (values.shape[1] // side, values.shape[0] // side)
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)
