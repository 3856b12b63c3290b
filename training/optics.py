"""What a lens, a shaking hand and a sensor do to a picture, at its native resolution.

Knows arrays. Every function takes and returns uint8 sRGB pictures (H, W, 3) and draws only from
the generator that it is given. Light is mixed in linear light, as a sensor does it: a blurred
highlight stays bright, which mixing in sRGB would lose.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Light = NDArray[np.float32]

_CODES = np.arange(256, dtype=np.float32) / 255.0
_TO_LIGHT = np.where(_CODES <= 0.04045, _CODES / 12.92, ((_CODES + 0.055) / 1.055) ** 2.4).astype(
    np.float32
)
"""Source: IEC 61966-2-1, sRGB."""
_STEPS = np.arange(65536, dtype=np.float64) / 65535.0
_TO_CODES = np.rint(
    255.0 * np.where(_STEPS <= 0.0031308, 12.92 * _STEPS, 1.055 * _STEPS ** (1 / 2.4) - 0.055)
).astype(np.uint8)


def to_light(picture: Picture) -> Light:
    """Return linear light 0-1 of an sRGB picture, float32, same shape."""
    return np.asarray(_TO_LIGHT[picture], dtype=np.float32)


def to_picture(light: Light) -> Picture:
    """Return the sRGB picture of linear light; what is above 1 clips, as on a sensor."""
    return np.asarray(_TO_CODES[(np.clip(light, 0.0, 1.0) * 65535.0).astype(np.uint16)])


def disk_kernel(radius_px: float) -> NDArray[np.float32]:
    """Return the kernel of a defocused lens: a disk with a soft rim, sum 1.

    Args:
        radius_px: Radius in pixels, > 0.
    """
    reach = int(np.ceil(radius_px + 0.5))
    axis = np.arange(-reach, reach + 1, dtype=np.float32)
    distance = np.hypot(axis[:, np.newaxis], axis[np.newaxis, :])
    disk = np.clip(radius_px + 0.5 - distance, 0.0, 1.0).astype(np.float32)
    return np.asarray(disk / disk.sum(), dtype=np.float32)


def path_kernel(length_px: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return the kernel of a camera that moved along a random smooth path, sum 1.

    The direction drifts as a random walk, so paths run from straight to curled; dwell time varies
    along the path as a hand's speed does.

    Args:
        length_px: Largest distance between two points of the path, in pixels.
        rng: Decides the path.
    """
    steps = 64
    bend = rng.choice([0.0, 0.05, 0.25])
    heading = rng.uniform(0.0, 2 * np.pi) + np.cumsum(rng.normal(0.0, bend, steps))
    speed = np.abs(1.0 + 0.3 * np.cumsum(rng.normal(0.0, 0.2, steps)))
    path = np.cumsum(speed[:, np.newaxis] * np.stack([np.cos(heading), np.sin(heading)], 1), 0)
    spread = np.linalg.norm(path[:, np.newaxis] - path[np.newaxis, :], axis=-1).max()
    path = (path - (path.min(0) + path.max(0)) / 2) * (length_px / spread)
    reach = int(np.ceil(length_px / 2)) + 1
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    fine = np.stack(
        [np.interp(np.linspace(0, steps - 1, 512), np.arange(steps), p) for p in path.T]
    )
    column, row = np.floor(fine).astype(int)
    right, below = fine - np.floor(fine)
    for down, across, weight in (
        (0, 0, (1 - right) * (1 - below)),
        (0, 1, right * (1 - below)),
        (1, 0, (1 - right) * below),
        (1, 1, right * below),
    ):
        np.add.at(kernel, (row + reach + down, column + reach + across), weight.astype(np.float32))
    return np.asarray(kernel / kernel.sum(), dtype=np.float32)


def smear(picture: Picture, kernel: NDArray[np.float32]) -> Picture:
    """Spread each point of light over `kernel`."""
    spread = cv2.filter2D(to_light(picture), -1, kernel, borderType=cv2.BORDER_REFLECT)
    return to_picture(np.asarray(spread, dtype=np.float32))


def add_noise(picture: Picture, strength: float, rng: np.random.Generator) -> Picture:
    """Add a sensor's noise, with the grain of a small sensor or of its noise reduction.

    Args:
        picture: What the sensor should have seen.
        strength: Standard deviation at mid grey in codes 0-255.
        rng: Decides the noise.
    """
    height, width = picture.shape[:2]
    grain = rng.standard_normal((height, width, 3), dtype=np.float32)
    if rng.random() < 0.5:  # demosaicing and compression make real grain coarser than a pixel
        grain = cv2.GaussianBlur(grain, (0, 0), rng.uniform(0.4, 1.0)) * 1.8
    grain = 0.7 * grain.mean(axis=2, keepdims=True) + 0.4 * grain
    noisy = picture + strength * grain
    return np.asarray(np.clip(np.rint(noisy), 0, 255), dtype=np.uint8)


def blend(inside: Picture, outside: Picture, mask: Light) -> Picture:
    """Lay `inside` over `outside` where `mask` (H, W), 0-1, says so."""
    share = mask[..., np.newaxis]
    return np.asarray(np.rint(inside * share + outside * (1.0 - share)), dtype=np.uint8)


def blob(
    shape: tuple[int, int], centre: tuple[float, float], area: float, rng: np.random.Generator
) -> Light:
    """Return a soft-edged mask of a rounded random shape.

    Args:
        shape: Height and width in pixels.
        centre: Row and column of its middle.
        area: Its share 0-1 of the picture, about.
        rng: Decides its outline.

    Returns:
        float32, shape `shape`, 0-1.
    """
    height, width = shape
    stretch = np.exp(rng.uniform(-0.5, 0.5))
    radius = np.sqrt(area * height * width / np.pi)
    turns = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    waves = sum(
        rng.normal(0, 0.12) * np.cos(k * turns + rng.uniform(0, 2 * np.pi)) for k in (2, 3, 4)
    )
    reach = radius * (1.0 + waves)
    outline = np.stack(
        [centre[1] + reach * stretch * np.cos(turns), centre[0] + reach / stretch * np.sin(turns)],
        1,
    )
    mask = np.zeros(shape, np.float32)
    cv2.fillPoly(mask, [np.rint(outline).astype(np.int32)], 1.0)
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), rng.uniform(1.0, 5.0)), dtype=np.float32)
