"""Pictures: one decoded frame made upright, small, full range and sRGB. Knows swscale."""

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from av.filter import Graph
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Interpolation, VideoReformatter
from numpy.typing import NDArray

from footage_sorter.domain.clip import Transfer
from footage_sorter.media.colour import is_full_range, matrix_of, tone_curve

_SCALER = Interpolation.AREA
"""Averages what it leaves out: nothing aliases into detail that is not there."""


def fit(size_px: tuple[int, int], long_side_px: int) -> tuple[int, int]:
    """Scale (width, height) down to `long_side_px` at most; never up; at least 1 pixel."""
    scale = min(1.0, long_side_px / max(size_px))
    width, height = (max(1, round(side * scale)) for side in size_px)
    return width, height


def resized(rgb: NDArray[np.uint8], size_px: tuple[int, int]) -> NDArray[np.uint8]:
    """`rgb` (uint8, shape (H, W, 3)) at another (width, height), in the same shape and colours."""
    width, height = size_px
    way = Interpolation.BILINEAR if width > rgb.shape[1] else _SCALER
    frame = VideoFrame.from_ndarray(np.ascontiguousarray(rgb), "rgb24")
    scaled = frame.reformat(width=width, height=height, format="rgb24", interpolation=way)
    return np.asarray(scaled.to_ndarray(), np.uint8)


def _squared(size_px: tuple[int, int], pixel_aspect: Fraction) -> tuple[int, int]:
    """(width, height) in square pixels, by shrinking the side that has too many."""
    width, height = size_px
    if pixel_aspect > 1:
        return width, max(1, round(height / pixel_aspect))
    return max(1, round(width * pixel_aspect)), height


class _TopField:
    """FFmpeg's filter "field": the even lines as a frame of half the height, nothing blended."""

    def __init__(self) -> None:
        self._graph: Graph | None = None
        self._shape: tuple[int, int, str] | None = None

    def of(self, frame: VideoFrame) -> VideoFrame:
        """The top field of `frame`, with its colour tags."""
        shape = (frame.width, frame.height, frame.format.name)
        if self._graph is None or shape != self._shape:
            self._graph, self._shape = self._build(frame), shape
        self._graph.push(frame)
        half = self._graph.pull()
        assert isinstance(half, VideoFrame)
        return half

    def _build(self, frame: VideoFrame) -> Graph:
        graph = Graph()
        source = graph.add_buffer(
            width=frame.width,
            height=frame.height,
            format=frame.format,
            time_base=frame.time_base,
        )
        graph.link_nodes(source, graph.add("field", "top"), graph.add("buffersink")).configure()
        return graph


@dataclass(slots=True)
class Converter:
    """Turns the frames of one clip into arrays. Keeps its scalers between frames; one thread.

    Attributes:
        turn_deg: Clockwise turn that shows the frames upright.
        transfer: The clip's curve; HLG and PQ are brought to sRGB.
        pixel_aspect: Width of a pixel over its height, undone for a person's eye. The models get
            pixels as stored, 1: what stretching adds is no detail.
    """

    turn_deg: int
    transfer: Transfer
    pixel_aspect: Fraction = Fraction(1)
    _to_rgb: VideoReformatter = field(default_factory=VideoReformatter)
    _to_grey: VideoReformatter = field(default_factory=VideoReformatter)
    _top_field: _TopField = field(default_factory=_TopField)

    def rgb(self, frame: VideoFrame, long_side_px: int) -> NDArray[np.uint8]:
        """Convert `frame`: uint8, shape (H, W, 3), sRGB, 0-255, upright, never enlarged."""
        picture = self._scaled(self._to_rgb, frame, long_side_px, "rgb24")
        curve = tone_curve(self.transfer)
        return self._upright(picture if curve is None else curve[picture])

    def grey(self, frame: VideoFrame, long_side_px: int) -> NDArray[np.uint8]:
        """Luma of `frame`: uint8, shape (H, W), 0-255, upright, never enlarged.

        In the clip's own curve: motion does not depend on it.
        """
        return self._upright(self._scaled(self._to_grey, frame, long_side_px, "gray"))

    def _scaled(
        self, scaler: VideoReformatter, frame: VideoFrame, long_side_px: int, pixel_format: str
    ) -> NDArray[np.uint8]:
        size_px, source = (frame.width, frame.height), frame
        if frame.interlaced_frame:
            # Two fields show two moments: a comb that is no detail. A field has half the lines;
            # half the width keeps the shape without inventing lines.
            size_px, source = (frame.width // 2, frame.height // 2), self._top_field.of(frame)
        width, height = fit(_squared(size_px, self.pixel_aspect), long_side_px)
        scaled = scaler.reformat(
            source,
            width=width,
            height=height,
            format=pixel_format,
            src_colorspace=matrix_of(frame),
            src_color_range=ColorRange.JPEG if is_full_range(frame) else ColorRange.MPEG,
            dst_color_range=ColorRange.JPEG,
            interpolation=_SCALER,
            threads=1,  # the decoder has the cores
        )
        picture: NDArray[np.uint8] = np.asarray(scaled.to_ndarray(), np.uint8)
        return picture

    def _upright(self, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
        return np.ascontiguousarray(np.rot90(picture, -self.turn_deg // 90))
