"""Clips with known blurred seconds: photographs before a virtual camera that loses focus or whips.

What is known of every frame: the radius of the lens's disk and how far the picture moved while the
shutter was open. What is neither surely sharp nor surely blurred carries no label. In most clips
something moves by itself, fast enough to smear (a wheel, a foot): that alone is never blur.

Frames are rendered two a second, each with its own 1/25 s of the camera's path: consecutive frames
of a film are of no use here, and cost twelve times as much.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from training.clips.paths import hand
from training.clips.scenes import STEPS, Layer, Take, draw_scene, film
from training.optics import Picture
from training.readers import is_held_out, list_pictures, read_picture

RATE_HZ = 25
LOOKS_HZ = 2
SECONDS = 10
SIZE_PX = (640, 360)
LEAST_LONG_SIDE_PX = 1000
"""Smaller photographs would be enlarged: not sharp to begin with."""

SHARP_RADIUS_PX, BLURRED_RADIUS_PX = 0.9, 2.6
SHARP_SMEAR_PX, BLURRED_SMEAR_PX = 3.0, 9.0
"""Below the first sharp, above the second blurred, at the working size of 640 px. Source: the
bounds that the blur network learned with (`recipes/blur-3.toml`), a little apart."""

Rng = np.random.Generator


@dataclass(frozen=True, slots=True, eq=False)
class KnownClip:
    """Frames of a clip with what is known of them.

    Attributes:
        name: Its scene and number.
        pictures: Every frame as decoded, sRGB.
        blurred: int64 (frames,): 1 blurred, 0 sharp, -1 neither surely.
        moving: Something smears by itself, before a background that is sharp or not.
    """

    name: str
    pictures: tuple[Picture, ...]
    blurred: NDArray[np.int64]
    moving: bool


def known_clips(
    photographs: Path, folder: Path, count: int, *, held_out: bool, seed: int = 11
) -> Iterator[KnownClip]:
    """Render `count` clips, store each through H.264 in `folder`, and yield what comes back."""
    these = [
        path
        for path in list_pictures(photographs)
        if is_held_out(path, 0.25) is held_out
        and max(read_picture(path).shape) >= LEAST_LONG_SIDE_PX
    ]
    for number in range(count):
        rng = np.random.default_rng((seed, number, held_out))
        chosen = [these[i] for i in rng.permutation(len(these))[:3]]
        yield _known_clip(f"{chosen[0].stem}-{number:03d}", chosen, folder, rng)


def _known_clip(name: str, photographs: Sequence[Path], folder: Path, rng: Rng) -> KnownClip:
    """Draw, render, store and read back one clip."""
    points = SECONDS * RATE_HZ * STEPS
    times_s = np.arange(points) / (RATE_HZ * STEPS)
    camera = hand(times_s, float(rng.choice([0.0, 0.3, 1.0])), rng)
    camera[:, 0] += rng.uniform(-0.03, 0.03) * times_s  # at times a slow, sharp pan
    radius_px = np.zeros(SECONDS * RATE_HZ)
    for _ in range(int(rng.choice([0, 1, 2], p=[0.35, 0.4, 0.25]))):
        start, length = rng.uniform(0, SECONDS - 2), rng.uniform(1.0, 5.0)
        if rng.random() < 0.6:
            radius_px += _bump(radius_px.size, start, length) * rng.uniform(1.5, 9.0)
        else:  # the operator whips the camera about
            whip = hand(times_s, float(rng.uniform(6, 25)), rng)
            camera += whip * _bump(points, start, length)[:, np.newaxis]
    take = Take(
        size_px=SIZE_PX,
        frame_rate=Fraction(RATE_HZ),
        shutter=float(rng.choice([0.25, 0.5, 0.9])),
        noise=float(rng.uniform(0, 4)),
        crf=int(rng.integers(18, 32)),
        seed=int(rng.integers(2**31)),
    )
    scene = draw_scene([read_picture(one) for one in photographs], points, take, rng)
    moving = rng.random() < 0.6 and len(scene) > 1
    if moving:
        scene[1:] = [_restless(layer, times_s, rng) for layer in scene[1:]]
    kept = np.arange(0, SECONDS * RATE_HZ, RATE_HZ / LOOKS_HZ).astype(int)
    rows = (kept[:, np.newaxis] * STEPS + np.arange(STEPS)).ravel()
    take = replace(
        take, frame_rate=Fraction(LOOKS_HZ), defocus_px=tuple(map(float, radius_px[kept]))
    )
    scene = [
        layer if layer.own_way is None else replace(layer, own_way=layer.own_way[rows])
        for layer in scene
    ]
    path = folder / f"{name}.mp4"
    path.unlink(missing_ok=True)
    film(scene, camera[rows], take, path)
    return KnownClip(name, _decoded(path), _labels(camera[rows], radius_px[kept], take), moving)


def _labels(
    camera: NDArray[np.float64], radius_px: NDArray[np.float64], take: Take
) -> NDArray[np.int64]:
    """Tell from what was done to each frame whether it is blurred."""
    open_ = camera.reshape(-1, STEPS, 4)[:, : max(1, round(take.shutter * STEPS))]
    reach = np.array([*take.size_px, take.size_px[0] / 3, take.size_px[0] / 3])
    smear_px = np.hypot(*(np.ptp(open_, axis=1) * reach).T[:2])
    labels = np.full(len(radius_px), -1)
    labels[(radius_px < SHARP_RADIUS_PX) & (smear_px < SHARP_SMEAR_PX)] = 0
    labels[(radius_px > BLURRED_RADIUS_PX) | (smear_px > BLURRED_SMEAR_PX)] = 1
    return labels


def _restless(layer: Layer, times_s: NDArray[np.float64], rng: Rng) -> Layer:
    """Let a piece swing to and fro, fast: a wheel, a foot, a dancer's arm."""
    reach, hz = rng.uniform(0.03, 0.12, 2), rng.uniform(1.5, 4.0, 2)
    way = reach * np.sin(2 * np.pi * hz * times_s[:, np.newaxis] + rng.uniform(0, 6, 2))
    # It comes no nearer: the third column is the logarithm of how much larger it grows.
    return replace(layer, own_way=np.column_stack([way, np.zeros(len(way))]))


def _bump(count: int, start_s: float, length_s: float) -> NDArray[np.float64]:
    """1 from `start_s` on for `length_s`, with soft flanks of 0.3 s, 0 elsewhere."""
    at_s = np.linspace(0, SECONDS, count)
    flanks = np.minimum(at_s - start_s, start_s + length_s - at_s) / 0.3 + 0.5
    return np.asarray(np.clip(flanks, 0.0, 1.0))


def _decoded(path: Path) -> tuple[Picture, ...]:
    """Every frame of a clip."""
    with av.open(str(path)) as container:
        return tuple(
            np.asarray(frame.to_ndarray(format="rgb24"), dtype=np.uint8)
            for frame in container.decode(video=0)
        )
