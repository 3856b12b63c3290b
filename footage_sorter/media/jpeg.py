"""JPEG: an array as the bytes of a picture file. FFmpeg's encoder: no other library is loaded."""

from fractions import Fraction

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange
from numpy.typing import NDArray

_QUALITY = "4"  # FFmpeg's scale: 2 is best, 31 worst

MARKERS = (b"\xff\xd8", b"\xff\xd9")
"""First and last two bytes of a whole JPEG."""


def encode_jpeg(rgb: NDArray[np.uint8]) -> bytes:
    """Encode `rgb` (uint8, shape (H, W, 3), sRGB 0-255) as a JPEG file's bytes."""
    frame = VideoFrame.from_ndarray(rgb, "rgb24")
    small = frame.reformat(format="yuvj420p", dst_color_range=ColorRange.JPEG)
    small.pts, small.time_base = 0, Fraction(1, 25)
    context = av.CodecContext.create("mjpeg", "w")
    context.width, context.height = frame.width, frame.height
    context.pix_fmt = "yuvj420p"
    context.time_base = Fraction(1, 25)
    context.options = {"qmin": _QUALITY, "qmax": _QUALITY}
    packets = [*context.encode(small), *context.encode(None)]
    return b"".join(bytes(packet) for packet in packets)
