"""Colour: what a stream says of its pixels, and the way from HDR to sRGB.

Tags come from the decoded frame: containers often say nothing, or something else.
"""

import re
from collections.abc import Mapping
from functools import cache

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from numpy.typing import NDArray

from footage_sorter.domain.clip import Colour, Transfer

_TRANSFERS = {
    ColorTrc.ARIB_STD_B67: Transfer.HLG,
    ColorTrc.SMPTE2084: Transfer.PQ,
    ColorTrc.LOG: Transfer.LOG,
    ColorTrc.LOG_SQRT: Transfer.LOG,
}
# Cameras have no tag for their own curves: they are named in the tags, or nowhere. "vlog" without
# its hyphen is a video diary.
_LOG_NAMES = re.compile(
    r"\b(s-?log[23]?|c-?log[23]?|canon log ?[23]?|v-log( ?l)?|d-?log(-?m)?|n-log|f-log2?|"
    r"log-?c[34]?|apple log|gp-?log|protune flat)\b",
    re.IGNORECASE,
)
_SPOKEN_TAGS = frozenset({"title", "comment", "description", "synopsis", "artist", "album"})
_MATRICES = {  # AVColorSpace of a frame -> swscale's number
    1: Colorspace.ITU709,
    4: Colorspace.FCC,
    5: Colorspace.ITU601,
    6: Colorspace.SMPTE170M,
    7: Colorspace.SMPTE240M,
    9: Colorspace.BT2020,
    10: Colorspace.BT2020,
}
_HD_HEIGHT_PX = 720

SDR_WHITE_NITS = 203.0
"""Diffuse white of HDR, ITU-R BT.2408: what sRGB shows as white."""

_HLG_PEAK_NITS = 1000.0
_KNEE = 0.75
"""Light up to this share of white is kept as it is; above it highlights are compressed."""


def colour_of(frame: VideoFrame, tags: Mapping[str, str]) -> Colour:
    """What `frame` and the file's `tags` (keys in lower case) say of the pixels."""
    transfer = _TRANSFERS.get(ColorTrc(_known_trc(frame)), Transfer.SDR)
    if transfer is Transfer.SDR and any(
        _LOG_NAMES.search(value) for key, value in tags.items() if key not in _SPOKEN_TAGS
    ):
        transfer = Transfer.LOG
    return Colour(
        full_range=is_full_range(frame),
        transfer=transfer,
        wide_gamut=frame.color_primaries == ColorPrimaries.BT2020,
    )


def is_full_range(frame: VideoFrame) -> bool:
    """Whether luma uses 0-255; old pixel formats say it by name."""
    name = frame.format.name
    return frame.color_range == ColorRange.JPEG or name.startswith(("yuvj", "rgb", "gbr", "bgr"))


def matrix_of(frame: VideoFrame) -> Colorspace:
    """The matrix from YUV to RGB; untagged HD is BT.709 and untagged SD BT.601, as players do."""
    if (told := _MATRICES.get(frame.colorspace)) is not None:
        return told
    return Colorspace.ITU709 if frame.height >= _HD_HEIGHT_PX else Colorspace.ITU601


@cache
def tone_curve(transfer: Transfer) -> NDArray[np.uint8] | None:
    """Table from an 8-bit code value of HLG or PQ to sRGB, shape (256,); None: leave as it is.

    Light relative to SDR white (203 cd/m2, BT.2408) is kept up to a knee k and compressed above,
    k + (1 - k) (1 - exp(-(x - k) / (1 - k))), so that highlights which HDR still shows do not
    count as clipped. Applied to R, G and B alike; the gamut is not converted: neither blur nor
    exposure depends on the hue. Sources: SMPTE ST 2084 and ARIB STD-B67 (ITU-R BT.2100).
    """
    code = np.linspace(0.0, 1.0, 256)
    if transfer is Transfer.PQ:
        nits = _pq_nits(code)
    elif transfer is Transfer.HLG:
        nits = _hlg_nits(code)
    else:
        return None
    light = nits / SDR_WHITE_NITS
    above = np.maximum(light - _KNEE, 0.0) / (1.0 - _KNEE)
    toned = np.where(light <= _KNEE, light, _KNEE + (1.0 - _KNEE) * (1.0 - np.exp(-above)))
    srgb = np.where(
        toned <= 0.0031308, 12.92 * toned, 1.055 * np.maximum(toned, 0.0) ** (1 / 2.4) - 0.055
    )
    return np.rint(255.0 * np.clip(srgb, 0.0, 1.0)).astype(np.uint8)


def _pq_nits(code: NDArray[np.float64]) -> NDArray[np.float64]:
    """EOTF of SMPTE ST 2084: code value 0-1 to cd/m2, up to 10 000."""
    m1, m2 = 2610 / 16384, 2523 / 4096 * 128
    c1, c2, c3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
    root = code ** (1 / m2)
    nits: NDArray[np.float64] = 10_000.0 * (np.maximum(root - c1, 0.0) / (c2 - c3 * root)) ** (
        1 / m1
    )
    return nits


def _hlg_nits(code: NDArray[np.float64]) -> NDArray[np.float64]:
    """EOTF of ARIB STD-B67 for grey on a display of 1000 cd/m2: scene light to the power 1.2."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(code <= 0.5, code**2 / 3, (np.exp((code - c) / a) + b) / 12)
    nits: NDArray[np.float64] = _HLG_PEAK_NITS * scene**1.2
    return nits


def _known_trc(frame: VideoFrame) -> int:
    """The frame's curve, or "unspecified" for a number that the decoder's table does not know."""
    number = frame.color_trc
    return number if number in set(ColorTrc) else ColorTrc.UNSPECIFIED
