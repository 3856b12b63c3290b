"""Shake: how restlessly a hand held the camera, from bursts of consecutive frames.

Knows OpenCV and geometry. Refuses single frames: none of them shows shake. The way:

1. Corners spread evenly over the picture are followed from frame to frame (`_follow`).
2. The motion that most of the picture shares is the camera's: what moves before it does not count.
3. Motions add up to a path. Where a pair of frames has no common motion (a cut, a smear, corrupted
   pictures, a plain wall) the path breaks, and its pieces are measured on their own.
4. A low polynomial through a piece is its slow path: a pan, a zoom, a walk with a steady hand.
   What is left is shake, as a share of the frame's diagonal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, hypot

import numpy as np
from numpy.polynomial import legendre
from numpy.typing import NDArray

from footage_sorter.domain.ports import Burst
from footage_sorter.domain.report import BurstScore
from footage_sorter.inference.opencv import cv2

SHAKE_MODEL = "shake@1"
"""Changes whenever the same burst would get another score."""

SHAKY_SHARE = 0.0040
"""Shake of this share of the frame's diagonal scores 0.5: 9 px in 1920 x 1080.

Fitted on hand-held walks and their stabilised versions, see docs/limits.md."""

SLOW_HZ = 2.0
"""The slow path follows motions up to about this many swings a second, and shake lies above.

A hand trembles and steps jolt at 2 to 8 Hz. A slower bound would call a hand that sways gently, and
a stabilised walk, shaky: with a moving average of 0.7 s the two overlap (docs/limits.md)."""

MIN_PIECE_S = 0.3
"""Shorter pieces of path say nothing of shake."""

MAX_PIECE_S = 1.0
"""Longer paths are measured in pieces, so that each slow path stays a low polynomial."""

MIN_RATE_HZ = 8.0
"""Fewer frames a second cannot show a tremor."""

_CELLS = 150
"""Corners looked for in a picture, one in each of about so many square cells."""

_CORNER_PX = 5
_MIN_CORNER = 1e-4
"""Least smaller eigenvalue of a corner: above the noise of a wall, below asphalt."""

_WINDOW_PX = (15, 15)
_HALVINGS = 3
"""Corners are compared by a window of this size, first in a picture halved three times: motions of
up to about 60 px are found."""

_ROUND_TRIP_PX = 0.5
"""A corner followed forth and back must come home this closely."""

_TOLERANCE_SHARE = 0.0027
"""Corners that move together agree within this share of the diagonal: 1.5 px of 480 x 270."""

_MIN_INLIERS = 12
_MIN_INLIER_SHARE = 0.25
_MIN_SPREAD = 0.10
"""Under these, what moves together is not the background: corners, their share of all corners, and
their root mean square distance from their middle in diagonals (0.29 for a whole picture)."""

_CHANGE_TILES = (8, 6)
_STILL = np.zeros((3, 2))


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """An unbroken path of the camera.

    Attributes:
        times_s: float64, shape (N,).
        path: float64, shape (N, 3, 2): the picture's displacement since the first frame as an
            affine map of a point (x, y, 1), in diagonals from the picture's middle.
    """

    times_s: NDArray[np.float64]
    path: NDArray[np.float64]

    @property
    def length_s(self) -> float:
        return float(self.times_s[-1] - self.times_s[0])


def score_burst(burst: Burst) -> BurstScore:
    """Measure shake, change and slow motion of a burst.

    A burst of about 0.5 s at 10 frames a second or more is enough; under `MIN_PIECE_S`, or with
    too little in common between its frames, shake is None.

    Directions are the picture's: when the camera turns right, `pan_x` is negative.
    """
    start_s, end_s = (float(burst.times_s[at]) for at in (0, -1))
    if len(burst.luma) < 2:
        return BurstScore(start_s, end_s, shake=None, change=0.0)
    change = _change(burst.luma)
    height, width = burst.luma.shape[1:]
    diagonal_px = hypot(width, height)
    size = (width / diagonal_px, height / diagonal_px)
    pieces = [p for p in _pieces(burst.times_s, _motions(burst.luma)) if _measurable(p)]
    if not pieces:
        return BurstScore(start_s, end_s, shake=None, change=change)
    weights = [piece.length_s for piece in pieces]
    energy = np.average([_residual(piece, size) ** 2 for piece in pieces], weights=weights)
    speed = np.average([_speed(piece) for piece in pieces], axis=0, weights=weights)
    return BurstScore(
        start_s,
        end_s,
        shake=_squash(float(np.sqrt(energy))),
        change=change,
        pan_x=float(speed[2, 0]) / size[0],
        pan_y=float(speed[2, 1]) / size[1],
        zoom=float(speed[0, 0] + speed[1, 1]) / 2,
    )


def _squash(share: float) -> float:
    """Map a share of the diagonal to a score 0-1: rising, 0.5 at `SHAKY_SHARE`."""
    return share / (share + SHAKY_SHARE)


def _change(luma: NDArray[np.uint8]) -> float:
    """Mean absolute difference of consecutive frames, 0-1, in the tile that changes most.

    Over the whole picture a person who walks through a hall differs less than a frozen picture
    that was encoded again; in his tile he differs ten times more.
    """
    changes = [
        cv2.resize(
            cv2.absdiff(a, b).astype(np.float32), _CHANGE_TILES, interpolation=cv2.INTER_AREA
        )
        for a, b in pairwise(luma)
    ]
    return float(np.mean([tiles.max() for tiles in changes])) / 255


def _motions(luma: NDArray[np.uint8]) -> Iterator[NDArray[np.float64] | None]:
    """Yield the picture's motion from each frame to the next; None where there is none to tell."""
    for a, b in pairwise(luma):
        starts, ends, n_corners = _follow(a, b)
        yield _common_motion(starts, ends, n_corners, a.shape)


def _follow(
    a: NDArray[np.uint8], b: NDArray[np.uint8]
) -> tuple[NDArray[np.float32], NDArray[np.float32], int]:
    """Follow the corners of `a` into `b` by sparse optical flow.

    Returns:
        Where those corners that could be followed forth and back lie in `a` and in `b`, both
        float32, shape (N, 2), in pixels; and how many corners `a` has.

    Source: pyramidal Lucas-Kanade (Bouguet 2001); the round trip is the forward-backward error of
    Kalal, Mikolajczyk and Matas (ICPR 2010).
    """
    corners = _corners(a)
    if not len(corners):
        return corners, corners, 0
    ends, there = _flow(a, b, corners)
    home, back = _flow(b, a, ends)
    close = np.linalg.norm(home - corners, axis=1) < _ROUND_TRIP_PX
    good = there & back & close
    return corners[good], ends[good], len(corners)


def _flow(
    a: NDArray[np.uint8], b: NDArray[np.uint8], points: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Follow `points`, shape (N, 2), from `a` into `b`: where they went, and which were found."""
    ends, found, _ = cv2.calcOpticalFlowPyrLK(
        a, b, points, np.empty_like(points), winSize=_WINDOW_PX, maxLevel=_HALVINGS
    )
    return np.asarray(ends, np.float32), np.asarray(found, np.bool_)[:, 0]


def _corners(luma: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Find the strongest corner of each cell of a picture: float32, shape (N, 2), x, y in px.

    One a cell, so that a large dim background outvotes a small contrasty subject.

    Source: smaller eigenvalue of the structure tensor (Shi and Tomasi, CVPR 1994).
    """
    height, width = luma.shape
    side = max(8, round((height * width / _CELLS) ** 0.5))
    rows, columns = height // side, width // side
    strength = np.asarray(cv2.cornerMinEigenVal(luma, _CORNER_PX), np.float32)[
        : rows * side, : columns * side
    ]
    cells = strength.reshape(rows, side, columns, side).swapaxes(1, 2).reshape(-1, side * side)
    best = cells.argmax(axis=1)
    strong = cells.max(axis=1) > _MIN_CORNER
    cell = np.arange(rows * columns)
    y, x = cell // columns * side + best // side, cell % columns * side + best % side
    return np.asarray(np.stack([x, y], axis=1)[strong], np.float32)


def _common_motion(
    starts: NDArray[np.float32],
    ends: NDArray[np.float32],
    n_corners: int,
    shape: tuple[int, ...],
) -> NDArray[np.float64] | None:
    """Find the motion that most corners share, as an affine displacement.

    Returns:
        float64, shape (3, 2): maps a point (x, y, 1), in diagonals from the picture's middle, to
        its displacement in diagonals. None where too few corners agree. The affine form holds
        what a rolling shutter does (shear, stretch) beside shift, roll and zoom.
    """
    enough = max(_MIN_INLIERS, ceil(_MIN_INLIER_SHARE * n_corners))
    if len(starts) < enough:
        return None
    diagonal_px = hypot(*shape)
    _, agree = cv2.estimateAffinePartial2D(
        starts, ends, method=cv2.RANSAC, ransacReprojThreshold=_TOLERANCE_SHARE * diagonal_px
    )
    if agree is None or agree.sum() < enough:
        return None
    inlier = agree[:, 0] > 0
    middle = np.array([shape[1], shape[0]]) / 2
    points = (starts[inlier] - middle) / diagonal_px
    if np.sqrt(points.var(axis=0).sum()) < _MIN_SPREAD:
        return None
    moved = (ends[inlier] - starts[inlier]).astype(np.float64) / diagonal_px
    homogeneous = np.column_stack([points, np.ones(len(points))])
    motion, *_ = np.linalg.lstsq(homogeneous, moved, rcond=None)
    return np.asarray(motion, dtype=np.float64)


def _pieces(
    times_s: NDArray[np.float64], motions: Iterator[NDArray[np.float64] | None]
) -> Iterator[_Piece]:
    """Add motions up to unbroken paths of at most `MAX_PIECE_S`."""
    first = 0
    path = [_STILL]
    for at, motion in enumerate(motions, start=1):
        if motion is None:
            yield from _cut_evenly(times_s[first:at], np.array(path))
            first, path = at, [_STILL]
        else:
            path.append(path[-1] + motion)
    yield from _cut_evenly(times_s[first:], np.array(path))


def _cut_evenly(times_s: NDArray[np.float64], path: NDArray[np.float64]) -> Iterator[_Piece]:
    parts = max(1, ceil((times_s[-1] - times_s[0]) / MAX_PIECE_S - 1e-6))
    edges = np.linspace(0, len(times_s) - 1, parts + 1).round().astype(int)
    for first, last in pairwise(edges):
        yield _Piece(times_s[first : last + 1], path[first : last + 1])


def _measurable(piece: _Piece) -> bool:
    n = len(piece.times_s)
    return (
        piece.length_s >= MIN_PIECE_S
        and n > _slow_degree(piece.length_s) + 1
        and (n - 1) / piece.length_s >= MIN_RATE_HZ
    )


def _slow_degree(length_s: float) -> int:
    """Degree of the polynomial that follows motions up to `SLOW_HZ`: one for each half swing."""
    return max(2, round(2 * SLOW_HZ * length_s))


def _residual(piece: _Piece, size: tuple[float, float]) -> float:
    """Root mean square displacement from the slow path, over the picture and over time.

    Args:
        piece: A path of more frames than its slow path has degrees of freedom.
        size: The picture's width and height in diagonals.

    Returns:
        A share of the diagonal. The mean over the picture is exact: an affine displacement's
        square, averaged over a rectangle, needs only the rectangle's moments.
    """
    n = len(piece.times_s)
    degree = _slow_degree(piece.length_s)
    since = (piece.times_s - piece.times_s[0]) / piece.length_s
    basis = legendre.legvander(2 * since - 1, degree)
    path = piece.path.reshape(n, 6)
    fit, *_ = np.linalg.lstsq(basis, path, rcond=None)
    rest = (path - basis @ fit).reshape(n, 3, 2)
    moments = np.array([size[0] ** 2 / 12, size[1] ** 2 / 12, 1.0])
    return float(np.sqrt(((rest**2).sum(axis=2) @ moments).mean()))


def _speed(piece: _Piece) -> NDArray[np.float64]:
    """Mean speed along the path, an affine displacement a second, shape (3, 2)."""
    speed: NDArray[np.float64] = (piece.path[-1] - piece.path[0]) / piece.length_s
    return speed
