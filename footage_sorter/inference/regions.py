"""Which parts of a picture are worth judging for blur: the regions with most texture.

Knows grey pictures and rectangles. Judges nothing: whether a region is sharp is the network's word.
"""

import numpy as np
from numpy.typing import NDArray

from footage_sorter.inference.opencv import cv2

CELL_PX = 16
"""Regions start at multiples of this, in pixels of the picture."""


def textured_regions(luma: NDArray[np.uint8], count: int, side_px: int) -> NDArray[np.int64]:
    """Choose the `count` square regions of a picture with most texture.

    Two rankings take turns: fine detail, so that a small sharp subject before a contrasty soft
    background is looked at, and strong edges, so that a picture without fine detail shows what it
    has. Both are measured at half size, where noise and block edges weigh less. Regions overlap by
    at most a quarter of their side in one direction or the other; where a picture is too small for
    `count` of them, the first ones are named again.

    Args:
        luma: uint8, shape (H, W), both at least `side_px`.
        count: How many regions.
        side_px: Their side in pixels, a multiple of `CELL_PX`.

    Returns:
        int64, shape (count, 2): top and left of each region.
    """
    height, width = luma.shape
    size = (width // 2, height // 2)
    half = np.asarray(cv2.resize(luma, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    rankings = [_window_sums(texture, luma.shape, side_px) for texture in _textures(half)]
    chosen: list[tuple[int, int]] = []
    while len(chosen) < count:
        ranking = rankings[len(chosen) % len(rankings)]
        row, column = divmod(int(ranking.argmax()), ranking.shape[1])
        if ranking[row, column] < 0:  # nothing is left that is not covered already
            break
        chosen.append((row, column))
        _strike_out(rankings, row, column, side_px // CELL_PX)
    corners = np.array(chosen, dtype=np.int64)[np.arange(count) % len(chosen)] * CELL_PX
    # The last row and column of regions end at the picture's edge, between two cells.
    return np.minimum(corners, [height - side_px, width - side_px])


def _textures(half: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Measure fine detail and edges at each pixel of `half`; float32, both shape (H, W)."""
    detail = np.abs(cv2.Laplacian(half, cv2.CV_32F, ksize=1))
    across = cv2.Sobel(half, cv2.CV_32F, 1, 0)
    down = cv2.Sobel(half, cv2.CV_32F, 0, 1)
    edges = cv2.magnitude(across, down)
    return np.asarray(detail, dtype=np.float32), np.asarray(edges, dtype=np.float32)


def _window_sums(
    texture: NDArray[np.float32], shape: tuple[int, int], side_px: int
) -> NDArray[np.float32]:
    """Sum `texture` over every window of `side_px` that starts at a cell.

    Args:
        texture: float32, measured at half of `shape`.
        shape: Height and width of the picture in pixels.
        side_px: The window's side in pixels.

    Returns:
        float32, shape (rows, columns): one sum per start; the last ones reach the picture's edge.
    """
    rows, columns = (-(-length // CELL_PX) for length in shape)
    cells = cv2.resize(texture, (columns, rows), interpolation=cv2.INTER_AREA)
    window = side_px // CELL_PX
    sums = cv2.boxFilter(
        cells, -1, (window, window), anchor=(0, 0), normalize=False, borderType=cv2.BORDER_CONSTANT
    )
    last_row, last_column = max(1, rows - window + 1), max(1, columns - window + 1)
    return np.array(sums[:last_row, :last_column], dtype=np.float32)


def _strike_out(rankings: list[NDArray[np.float32]], row: int, column: int, window: int) -> None:
    """Rule out the starts whose windows overlap the one at (row, column) by over a quarter."""
    near = window * 3 // 4
    for ranking in rankings:
        ranking[max(0, row - near + 1) : row + near, max(0, column - near + 1) : column + near] = -1
