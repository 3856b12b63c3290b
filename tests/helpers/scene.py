"""A photograph that no one took, and a virtual camera before it: pictures with a known truth."""

import cv2
import numpy as np
from numpy.typing import NDArray

SIZE_PX = (480, 270)
DIAGONAL_PX = float(np.hypot(*SIZE_PX))


def photograph(seed: int = 0, size_px: tuple[int, int] = (960, 640)) -> NDArray[np.uint8]:
    """Lay leaves of every size over each other: edges and detail as in nature, grey.

    Source: the dead leaves model (Lee, Mumford and Huang 2001), as on test charts for texture.
    """
    rng = np.random.default_rng(seed)
    width, height = size_px
    picture = np.full((height, width), 118.0, np.float32)
    largest, smallest = min(size_px) / 4, 2.0
    # Large leaves first, so that none covers all; radii fall with the cube: as many edges at
    # every scale.
    for share in np.sort(rng.random(width * height // 50)):
        radius = (share / smallest**2 + (1 - share) / largest**2) ** -0.5
        middle = (int(rng.integers(width)), int(rng.integers(height)))
        shade = float(np.clip(rng.normal(118, 50), 8, 245))
        cv2.circle(picture, middle, round(radius), shade, cv2.FILLED)
    return cv2.GaussianBlur(picture, (0, 0), 0.5).astype(np.uint8)


def filmed(
    photo: NDArray[np.uint8],
    x_px: NDArray[np.float64] | float = 0.0,
    y_px: NDArray[np.float64] | float = 0.0,
    *,
    roll_rad: NDArray[np.float64] | float = 0.0,
    scale: NDArray[np.float64] | float = 1.0,
    shear: NDArray[np.float64] | float = 0.0,
    n: int = 17,
    size_px: tuple[int, int] = SIZE_PX,
) -> NDArray[np.uint8]:
    """Film the middle of `photo`; its content moves by the given amounts, one for each frame.

    Returns:
        uint8, shape (n, H, W).
    """
    rows = np.broadcast_arrays(np.zeros(n), x_px, y_px, roll_rad, scale, shear)
    middle = np.array(photo.shape[::-1]) / 2
    frames = []
    for _, x, y, roll, zoom, lean in zip(*rows, strict=True):
        cos, sin = np.cos(roll) * zoom, np.sin(roll) * zoom
        turn = np.array([[cos, -sin + lean], [sin, cos]])
        shift = np.array(size_px) / 2 - turn @ middle + [x, y]
        matrix = np.column_stack([turn, shift])
        frames.append(cv2.warpAffine(photo, matrix, size_px, flags=cv2.INTER_CUBIC))
    return np.stack(frames).astype(np.uint8)
