"""Classical measures of single frames: blur by tiles, exposure by the histogram, black.

Knows numpy and OpenCV. Needs no weights: it rates where the networks cannot run, stands in for
them in tests, and is the baseline that they must beat. docs/limits.md has the numbers on record.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.ports import FrameBatch, Scored
from footage_sorter.domain.report import FrameScore
from footage_sorter.inference.noise import noise
from footage_sorter.inference.opencv import cv2
from footage_sorter.inference.preprocess import fit, luma_of


@dataclass(frozen=True, slots=True)
class ClassicalScorer:
    """Judges frames by measures that fit on a page. Implements `FrameScorer`.

    Attributes:
        stands_in: Why it rates in place of the networks; "" where it was asked for.
    """

    stands_in: str = ""

    blur_model: str = "tiles@1"
    exposure_model: str = "histogram@1"
    working_long_side_px: int = 640

    def score(self, batch: FrameBatch) -> Scored:
        """Judge each frame of `batch`, in order."""
        dark = dark_shares(batch.rgb).tolist()
        scores = []
        for rgb, time_s, (black, covered) in zip(
            batch.rgb, batch.times_s.tolist(), dark, strict=True
        ):
            luma = luma_of(rgb)
            under, over = exposure(luma)
            scores.append(FrameScore(time_s, blur(luma), under, over, black, covered, noise(luma)))
        return Scored(tuple(scores))


_TILE_PX = 32
_TEXTURE = 5.7
"""Least root mean square of a tile's coarse detail, in levels of 255, that lets it be judged."""
_MIN_TILES = 3
_SHARPEST = 90
"""Percentile over the textured tiles: a sharp subject before a soft background is sharp."""
_BLUR_AT, _BLUR_SLOPE = -0.37, 5.1
"""Fitted by logistic regression on real blurred photographs, as they are and through H.264."""


def blur(luma: NDArray[np.uint8]) -> float:
    """Judge how blurred the sharpest textured tiles of a frame are.

    A blur takes fine detail and leaves coarse: each tile's energy at half of the frame's
    resolution is compared with that at a quarter, so that contrast and light drop out. Not the
    finest detail: that is what noise adds and H.264 takes away.

    Args:
        luma: uint8, shape (H, W), long side at most 640 px; a score is comparable only there.

    Returns:
        Probability 0-1. 0 where too few tiles have texture: a wall says nothing.

    Source: energies of a band-pass pyramid (Burt and Adelson 1983); judging by the ratio of two
    scales after Crete et al., "The blur effect" (2007).
    """
    half, quarter, eighth = _detail(luma)
    textured = eighth > _TEXTURE**2
    if np.count_nonzero(textured) < _MIN_TILES:
        return 0.0
    ratios = np.log2(half[textured] / quarter[textured])
    return _probability(_BLUR_SLOPE * (_BLUR_AT - float(np.percentile(ratios, _SHARPEST))))


def _detail(luma: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
    """Mean energy of each tile's detail at a half, a quarter and an eighth of the resolution."""
    tiles = (max(1, luma.shape[1] // _TILE_PX), max(1, luma.shape[0] // _TILE_PX))
    level = cv2.pyrDown(luma.astype(np.float32))
    energies = []
    for _ in range(3):
        detail = level - cv2.GaussianBlur(level, (5, 5), 1.0)
        mean = cv2.resize(detail * detail, tiles, interpolation=cv2.INTER_AREA)
        energies.append(np.maximum(mean, 1e-3).astype(np.float32))  # a flat tile has no logarithm
        level = cv2.pyrDown(level)
    return energies


_CLIPPED = 250
_HISTOGRAM_PX = 320
_OVER_CLIPPED, _OVER_SHADOWS, _OVER_BIAS = 8.46, 12.24, -3.88
_UNDER_MIDDLE, _UNDER_BRIGHT, _UNDER_BIAS = -16.4, -4.13, 7.15
"""Fitted by logistic regression on real exposure brackets."""
_LEAST_CLIPPED = 0.05
"""Under this share of clipped pixels overexposure fades out: what is not clipped can be mended."""
_BRIGHT_ENOUGH, _BRIGHT_FADE = 0.85, 0.15
"""A bright end up here means that the dark is meant: a lit singer, fireworks."""


def exposure(luma: NDArray[np.uint8]) -> tuple[float, float]:
    """Judge a frame's exposure by its histogram.

    Bright is judged on the clipped area, together with how far the shadows are lifted: snow has
    shadows, and a white table is not clipped. Dim is judged on the bright end of the histogram,
    together with its middle, never on the mean: a lit singer on a dark stage is well exposed.

    Args:
        luma: uint8, shape (H, W), sRGB, full range 0-255.

    Returns:
        Probabilities 0-1 that the frame is underexposed and overexposed; at most 1 together.
    """
    small = fit(luma, _HISTOGRAM_PX)
    shadows, middle, bright = (np.percentile(small, [5, 50, 97]) / 255).tolist()
    clipped = float(np.mean(small >= _CLIPPED))
    over = _probability(_OVER_CLIPPED * clipped + _OVER_SHADOWS * shadows + _OVER_BIAS)
    over *= min(1.0, clipped / _LEAST_CLIPPED)
    under = _probability(_UNDER_MIDDLE * middle + _UNDER_BRIGHT * bright + _UNDER_BIAS)
    under *= min(1.0, max(0.0, (_BRIGHT_ENOUGH - bright) / _BRIGHT_FADE))
    return min(under, 1.0 - over), over


_BLACK_PX = 80
_BLACK_LUMA = 0.10 * 255
_CAPPED_LUMA = 0.20 * 255
_CAPPED_CONTRAST = 1.5
_NOTHING_LUMA = 3.0
"""Up to here, of 255, lies what a program paints black, rounded by a codec: a sensor has noise."""


def dark_shares(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Measure how much of each frame is black or dark without any detail, and how much covered.

    Args:
        rgb: uint8, shape (N, H, W, 3), sRGB, full range 0-255.

    Returns:
        float32, shape (N, 2), shares 0-1 of the picture: what is black or dark without any detail;
        and the part of that which has no detail and yet some light, as under a lens cap or in a
        pocket. Pure black is not covered, nor is what is too dark to see and has detail.

    Source: black is FFmpeg's blackdetect, luma at most 0.10. A covered lens lets a little light
    through: up to twice that counts where the picture varies, within some 4 % of its width, by
    less than 1.5 levels of 255; averaging over pixels has taken out the noise by then.
    """
    shares = np.empty((len(rgb), 2), np.float32)
    for at, frame in enumerate(rgb):
        luma = luma_of(fit(frame, _BLACK_PX)).astype(np.float32)
        mean = cv2.blur(luma, (3, 3))
        variance = cv2.blur(luma * luma, (3, 3)) - mean * mean
        capped = (luma <= _CAPPED_LUMA) & (variance < _CAPPED_CONTRAST**2)
        shares[at, 0] = np.mean((luma <= _BLACK_LUMA) | capped)
        shares[at, 1] = np.mean(capped & (mean > _NOTHING_LUMA))
    return shares


def _probability(logit: float) -> float:
    return float(1.0 / (1.0 + np.exp(-np.clip(logit, -30.0, 30.0))))
