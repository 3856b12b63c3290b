"""Paths of a virtual camera: where it looks at each moment, for each of the moves.

Pure arithmetic over a generator. A path is float64, shape (N, 4): x and y in widths and heights of
the view, the logarithm of the magnification, and roll in radians; the camera that looks further
right has a larger x.

How lively a hand is was read off real clips: shake 0.2 to 0.5 for a steady hand with a long lens,
0.6 to 0.8 for a walk, speeds up to about 0.2 widths a second (footage/ beside the checkout).
"""

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.move import Move

Path = NDArray[np.float64]
Rng = np.random.Generator

PAN_WIDTHS_S = (0.05, 0.7)
TILT_HEIGHTS_S = (0.06, 0.7)
ZOOM_LOGS_S = (0.05, 0.6)
"""Slowest and fastest even part of a move, a second."""

HAND = (0.3, 5.0)
"""How lively the hand of a hand-held clip is; 1 is a phone held with care."""

DRIFT = (0.2, 1.0)
"""How fast a hand that follows something drifts, in speeds of its sway: no move that is meant."""

TRIPOD = 0.07
"""Up to so lively is what a tripod lets through: wind, floor, codec."""

_TREMOR_SHARE = 0.0016
"""Root mean square of the tremor (2 to 8 Hz) of a hand of liveliness 1, in widths."""

_SWAY_SPEED = 0.05
"""Root mean square speed of its sway (0.1 to 1.2 Hz), in widths a second."""

_LARGEST_LOG = 1.2
"""A zoom ends at this magnification, e^1.2 = 3.3, as lenses do."""


def draw_path(move: Move, seconds: float, rate_hz: float, rng: Rng) -> Path:
    """Draw a camera path of `move`.

    Args:
        move: What it is to be.
        seconds: Its length.
        rate_hz: Points a second.
        rng: Decides everything else.
    """
    times_s = np.arange(round(seconds * rate_hz)) / rate_hz
    if move is Move.STATIC:
        return hand(times_s, rng.choice([0.0, rng.uniform(0.0, TRIPOD)]), rng)
    if move is Move.HANDHELD:
        return _handheld(times_s, rng)
    return _steered(move, times_s, rng)


def hand(times_s: NDArray[np.float64], liveliness: float, rng: Rng) -> Path:
    """The path of a hand that tries to stand still.

    Args:
        times_s: Evenly spaced moments, shape (N,).
        liveliness: 0 is a tripod, 1 a phone held with care, 3 a walk.
        rng: Decides the path.
    """
    path = np.zeros((len(times_s), 4))
    if liveliness <= 0.0 or len(times_s) < 2:
        return path
    for axis, weight in ((0, 1.0), (1, 1.3)):
        sway = _waves(times_s, (0.1, 1.2), rng)
        speed = np.gradient(sway, times_s)
        sway *= _SWAY_SPEED / max(float(np.sqrt(np.mean(speed**2))), 1e-9)
        path[:, axis] = weight * liveliness * (sway + _TREMOR_SHARE * _waves(times_s, (2, 8), rng))
    path[:, 2] = liveliness * 0.001 * _waves(times_s, (0.3, 3.0), rng)
    path[:, 3] = liveliness * 0.003 * _waves(times_s, (0.2, 6.0), rng)
    return path


def _handheld(times_s: NDArray[np.float64], rng: Rng) -> Path:
    """A hand; a lively one may walk ahead, with steps that make the picture bounce."""
    if rng.random() < 0.25:
        return _swung(times_s, rng)
    liveliness = _between(HAND, rng)
    path = hand(times_s, liveliness, rng)
    if rng.random() < 0.4:
        toward = rng.normal(0.0, 1.0, 3) * (1.0, 1.0, 0.3)
        toward *= liveliness * _SWAY_SPEED * _between(DRIFT, rng) / np.linalg.norm(toward)
        path[:, :3] += toward * (times_s - times_s.mean())[:, np.newaxis]
    if liveliness > 1.0 and rng.random() < 0.5:
        path[:, 2] += rng.uniform(-0.05, 0.12) * times_s
        steps = 2 * np.pi * rng.uniform(1.6, 2.2) * times_s
        path[:, 1] += 0.004 * liveliness * np.abs(np.sin(steps / 2))
        path[:, 0] += 0.003 * liveliness * np.sin(steps / 2)
    return path


def _swung(times_s: NDArray[np.float64], rng: Rng) -> Path:
    """A braced hand that loses its picture once or twice and finds it again."""
    path = hand(times_s, _between((0.15, 0.6), rng), rng)
    for _ in range(int(rng.integers(1, 3))):
        when_s, lasts_s = rng.uniform(0.0, times_s[-1]), rng.uniform(0.15, 0.5)
        bump = np.exp(-0.5 * ((times_s - when_s) / lasts_s) ** 2)
        path += bump[:, np.newaxis] * rng.normal(0.0, (0.3, 0.3, 0.05, 0.15))
    return path


def _steered(move: Move, times_s: NDArray[np.float64], rng: Rng) -> Path:
    """A move that is meant: it holds, starts softly, runs evenly and comes to rest."""
    axis, bounds = {
        Move.PAN: (0, PAN_WIDTHS_S),
        Move.TILT: (1, TILT_HEIGHTS_S),
        Move.ZOOM: (2, ZOOM_LOGS_S),
    }[move]
    speed = _between(bounds, rng) * rng.choice([-1.0, 1.0])
    way = speed * _run(times_s, rng)
    if move is Move.ZOOM:
        way = np.clip(way - min(0.0, float(way.min())), 0.0, _LARGEST_LOG)
    # A hand may steer; a livelier one than the move is fast would hide it from the eye, too.
    most = min(1.5, 0.4 * abs(speed) / _SWAY_SPEED)
    liveliness = 0.0 if rng.random() < 0.35 else _between((0.02, most), rng)
    path = hand(times_s, liveliness, rng)
    path[:, axis] += way
    if move is not Move.ZOOM:  # hardly anyone keeps the horizon
        path[:, 1 - axis] += rng.uniform(-0.15, 0.15) * way
    return path


def _run(times_s: NDArray[np.float64], rng: Rng) -> NDArray[np.float64]:
    """Seconds of even movement up to each moment: still, soft start, even, soft end, still."""
    length_s = float(times_s[-1]) + 1e-9
    start_s, end_s = length_s * rng.uniform(0.0, 0.2), length_s * rng.uniform(0.8, 1.0)
    if rng.random() < 0.4:  # most amateurs start and end in the move
        start_s, end_s = -1.0, length_s + 1.0
    soft_s = rng.uniform(0.05, 0.5)
    up, down = (times_s - start_s) / soft_s, (end_s - times_s) / soft_s
    speed = np.clip(np.minimum(up, down), 0.0, 1.0)
    if rng.random() < 0.15:  # there and back
        speed[len(speed) // 2 :] *= -1.0
    return np.asarray(np.cumsum(speed) * (times_s[1] - times_s[0]))


def _waves(
    times_s: NDArray[np.float64], band_hz: tuple[float, float], rng: Rng
) -> NDArray[np.float64]:
    """A random signal of root mean square 1 between two frequencies, stronger where slower."""
    low, high = np.log(band_hz)
    hz = np.exp(rng.uniform(low, high, 12))
    phases = rng.uniform(0.0, 2 * np.pi, 12)
    waves = (np.sin(2 * np.pi * hz * times_s[:, np.newaxis] + phases) / np.sqrt(hz)).sum(axis=1)
    return np.asarray(waves / np.sqrt((1.0 / hz).sum() / 2))


def _between(bounds: tuple[float, float], rng: Rng) -> float:
    """Draw between two bounds, evenly in the logarithm."""
    return float(np.exp(rng.uniform(*np.log(bounds))))
