"""The quality strip: four lanes of scores over a clip's time, the same on every screen.

Knows tracks, limits and colours; seeks nothing and judges nothing. Each lane has its colour, its
pattern and its letter, so that none is told by colour alone.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QTransform

from footage_sorter.domain.flag import LANES, Flag
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.tracks import ROW_OF, Tracks
from footage_sorter.ui.look.theme import Theme

CARD_LANE_PX = 3
"""Height of a lane on a card."""

CARD_STRIP_PX = len(LANES) * (CARD_LANE_PX + 1) - 1
"""Height of the whole strip on a card: four lanes and the gaps between them."""

_LANE_ROWS = [ROW_OF[flag] for flag in LANES]

FAINT = (0.06, 0.36)
"""Opacity of a cell under its limit: at score 0, and just under the limit."""

GROUND = 0.42
"""Opacity of the ground behind the pattern of a cell over its limit."""

PATTERNS: Mapping[Flag, tuple[str, ...]] = MappingProxyType(
    {
        Flag.BLURRY: ("..#", ".#.", "#.."),
        Flag.OVEREXPOSED: ("#",),
        Flag.UNDEREXPOSED: ("#...", "..#."),
        Flag.SHAKY: ("#...", ".#.#", "..#.", "...."),
    }
)
"""One tile of each lane's pattern, in pixels of a card; enlarged for larger lanes."""


def paint_lanes(
    painter: QPainter, rect: QRect, tracks: Tracks | None, limits: Limits, theme: Theme
) -> None:
    """Paint the four lanes of `tracks` into `rect`.

    A cell is faint under its limit, the stronger the higher its score, and full with its
    pattern over it; where nothing was measured only a hairline is left. Where a pixel covers
    several seconds the worst one is shown, so that no fault disappears in a long clip.

    Args:
        painter: Its pen, brush and opacity are left as they were.
        rect: At least 7 px high; `CARD_STRIP_PX` on a card.
        tracks: None for a clip that was not analysed: four hairlines.
        limits: What counts as over.
        theme: The colours.
    """
    if rect.width() < 1:
        return
    lanes = lane_rects(rect)
    if tracks is None:
        for lane in lanes:
            _hairline(painter, lane, theme)
        return
    scores = resample(tracks.values[_LANE_ROWS], tracks.lengths_s, rect.width())
    bounds = np.array([[limits.of(flag).over] for flag in LANES], np.float32)
    over = scores > bounds  # NaN is over nothing
    # The image's memory is the array's: the array must outlive the painting.
    pixels = _ground(scores, bounds, over, theme)
    height, width = scores.shape
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    for at, (flag, lane) in enumerate(zip(LANES, lanes, strict=True)):
        for first, last in _runs(np.isnan(scores[at])):
            _hairline(painter, _part(lane, first, last), theme)
        painter.drawImage(lane, image, QRect(0, at, width, 1))
        brush = pattern_brush(flag, theme.lanes[flag].rgba(), max(1, lane.height() // 4))
        painter.setBrushOrigin(lane.topLeft())
        for first, last in _runs(over[at]):
            painter.fillRect(_part(lane, first, last), brush)


def lane_rects(rect: QRect) -> list[QRect]:
    """Where the four lanes lie in `rect`: equally high, a pixel apart."""
    height = (rect.height() - (len(LANES) - 1)) // len(LANES)
    return [
        QRect(rect.left(), rect.top() + at * (height + 1), rect.width(), height)
        for at in range(len(LANES))
    ]


def resample(
    values: NDArray[np.float32], lengths_s: NDArray[np.float32], width: int
) -> NDArray[np.float32]:
    """Tracks at one score a pixel, float32, shape (k, width); NaN: not measured.

    A pixel shows the highest score of the cells that it covers.

    Args:
        values: float32, shape (k, n).
        lengths_s: float32, shape (n,), each cell's seconds.
        width: Pixels, at least 1.
    """
    n = len(lengths_s)
    if n > width:
        firsts = np.arange(width) * n // width
        with np.errstate(invalid="ignore"):  # a pixel may cover nothing but NaN
            return np.fmax.reduceat(values, firsts, axis=1)
    ends_s = np.cumsum(lengths_s, dtype=np.float64)
    middles_s = (np.arange(width) + 0.5) * ends_s[-1] / width
    cells = np.minimum(np.searchsorted(ends_s, middles_s, side="right"), n - 1)
    picked: NDArray[np.float32] = values[:, cells]
    return picked


def _ground(
    scores: NDArray[np.float32],
    bounds: NDArray[np.float32],
    over: NDArray[np.bool_],
    theme: Theme,
) -> NDArray[np.uint32]:
    """The lanes without their patterns: premultiplied 0xAARRGGBB, one row a lane."""
    lowest, highest = FAINT
    nearness = np.clip(np.nan_to_num(scores) / np.maximum(bounds, 1e-6), 0.0, 1.0)
    opacity = np.where(over, GROUND, lowest + (highest - lowest) * nearness)
    opacity = np.where(np.isnan(scores), 0.0, opacity)
    pixels = np.round(255 * opacity).astype(np.uint32) << 24
    for shift, channel in ((16, QColor.red), (8, QColor.green), (0, QColor.blue)):
        level = np.array([[channel(theme.lanes[flag])] for flag in LANES])
        pixels |= np.round(opacity * level).astype(np.uint32) << shift
    return np.ascontiguousarray(pixels)


@lru_cache(maxsize=64)
def pattern_brush(flag: Flag, rgba: int, scale: int) -> QBrush:
    """The pattern of one lane, full strength, its tile enlarged `scale` times."""
    rows = PATTERNS.get(flag, ("#",))
    tile = QImage(len(rows[0]), len(rows), QImage.Format.Format_ARGB32)
    tile.fill(0)
    for y, row in enumerate(rows):
        for x, dot in enumerate(row):
            if dot == "#":
                tile.setPixel(x, y, rgba)
    brush = QBrush(tile)
    brush.setTransform(QTransform.fromScale(scale, scale))
    return brush


def _runs(cells: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The runs of true cells as (first, one past the last)."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], cells.astype(np.int8), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _part(lane: QRect, first: int, last: int) -> QRect:
    """The columns `first` to `last`, exclusive, of a lane."""
    return QRect(lane.left() + first, lane.top(), last - first, lane.height())


def _hairline(painter: QPainter, lane: QRect, theme: Theme) -> None:
    painter.fillRect(QRectF(lane.left(), lane.center().y(), lane.width(), 1), theme.line)


def draw_letter(painter: QPainter, rect: QRect, flag: Flag, theme: Theme) -> None:
    """Write a lane's letter in its colour into `rect`."""
    painter.setPen(theme.lanes.get(flag, theme.quiet))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), flag.letter)
