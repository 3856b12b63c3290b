"""Likeness: how much two clips look alike, told by a picture of each as small as a thumbnail's.

Arithmetic over arrays; knows no file and no clip.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SIGNATURE_PX = (16, 9)
"""Width and height of a signature: a clip's typical picture, shrunk, whatever its shape."""

SIGNATURE_VERSION = 1
"""Raise it when signatures are made in another way: stored ones are then made again."""

ALIKE = 1.0
"""Pictures no further apart than this are of the same scene.

Fitted on frames of 23 clips of 19 scenes (`tests/benchmarks/likeness.py`): 80 % of the pairs of
one clip or scene (another moment, after a cut or a pan too; another crop, 25 % more or less
light) lie below, and none of 744 pairs of different scenes; the nearest of those is at 1.14.
"""

_LUMA = np.array([0.299, 0.587, 0.114], np.float32)  # ITU-R BT.601
_BLUE, _RED = 0.564, 0.713  # its colour differences
_QUIET = 12.0  # of 255: a picture of less contrast has no layout to compare
_CHROMA_WEIGHT = 1 / 20
_LUMA_EDGES = (64, 128, 192)
_CHROMA_EDGES = (-30, -10, 10, 30)
_BINS = (len(_LUMA_EDGES) + 1) * (len(_CHROMA_EDGES) + 1) ** 2


@dataclass(frozen=True, slots=True)
class Features:
    """What of n signatures is compared: float32.

    Attributes:
        luma: Shape (n, 144), mean 0 and variance 1 (less in a picture without contrast).
        chroma: Shape (n, 288), the two colour differences.
        colours: Shape (n, 100), each row a histogram that sums to 1.
    """

    luma: NDArray[np.float32]
    chroma: NDArray[np.float32]
    colours: NDArray[np.float32]


def features_of(signatures: NDArray[np.uint8]) -> Features:
    """Prepare signatures, uint8 of shape (n, 9, 16, 3), sRGB, for comparing."""
    n = len(signatures)
    pixels = signatures.reshape(n, -1, 3).astype(np.float32)
    luma = pixels @ _LUMA
    blue, red = _BLUE * (pixels[..., 2] - luma), _RED * (pixels[..., 0] - luma)
    side = len(_CHROMA_EDGES) + 1
    bins = np.digitize(luma, _LUMA_EDGES) * side + np.digitize(blue, _CHROMA_EDGES)
    bins = bins * side + np.digitize(red, _CHROMA_EDGES)
    counts = np.zeros((n, _BINS), np.float32)
    np.add.at(counts, (np.arange(n)[:, None], bins), 1.0 / max(1, pixels.shape[1]))
    centred = luma - luma.mean(axis=1, keepdims=True)
    spread = np.maximum(_QUIET, centred.std(axis=1, keepdims=True))
    return Features(centred / spread, np.concatenate([blue, red], axis=1), counts)


def distances(
    features: Features, ones: NDArray[np.intp], others: NDArray[np.intp]
) -> NDArray[np.float32]:
    """How far apart some pairs are: 0 for equal pictures, shape of `ones`; see `ALIKE`.

    The sum of three: 1 less the correlation of the lights' layout, the share of the picture
    whose colours the other lacks, and the mean difference of colour.

    Args:
        features: Of all pictures.
        ones: Places of one picture of each pair.
        others: Places of the other.
    """
    layout = (
        1
        - np.einsum("ij,ij->i", features.luma[ones], features.luma[others])
        / (features.luma.shape[1])
    )
    colours = np.abs(features.colours[ones] - features.colours[others]).sum(axis=1) / 2
    chroma = np.abs(features.chroma[ones] - features.chroma[others]).mean(axis=1)
    apart: NDArray[np.float32] = layout + colours + _CHROMA_WEIGHT * chroma
    return apart
