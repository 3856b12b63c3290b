"""Scenes before a virtual camera: photographs in layers, seen along a path, stored as a clip.

Knows optics and the encoder. A scene is a photograph far away and pieces of others nearer to the
camera, which move more in the picture (parallax); some walk about by themselves. Each frame gathers
light while its shutter is open, so a fast camera smears; a sensor adds noise; H.264 stores it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from footage_sorter.media.encode import Encoding, write_clip
from training.clips.paths import Path as CameraPath
from training.clips.paths import hand
from training.optics import Light, Picture, add_noise, blob, disk_kernel, to_light, to_picture

Rng = np.random.Generator

STEPS = 8
"""Points of the camera's path a frame."""

_COMES_NEARER_LOG = 0.6
"""What comes nearer grows up to e^0.6 = 1.8 times as large, and so to 3.3 times its area."""


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A flat piece of the scene.

    Attributes:
        light: float32 (H, W, 4): linear light times cover, and cover 0-1. The first layer of a
            scene covers all.
        nearness: How much it moves in the picture when the camera turns; 1 for the far layer.
        own_way: float64 (N, 3), its own movement: x and y in views, and the logarithm of how much
            larger it grows; one point for each of the path's. None where it stands still.
    """

    light: Light
    nearness: float = 1.0
    own_way: NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """How a scene is filmed and stored.

    Attributes:
        size_px: (width, height) of the clip.
        frame_rate: Frames a second.
        shutter: Share 0-1 of a frame's time that it gathers light.
        noise: Standard deviation of the sensor's noise in codes 0-255.
        crf: Constant quality of H.264, 18 fine to 40 coarse.
        key_every: Frames from key frame to key frame.
        defocus_px: Radius of the lens's disk for each frame; () for always in focus.
        seed: Of the noise.
    """

    size_px: tuple[int, int] = (384, 216)
    frame_rate: Fraction = Fraction(25)
    shutter: float = 0.5
    noise: float = 2.0
    crf: int = 24
    key_every: int = 25
    defocus_px: tuple[float, ...] = field(default=())
    seed: int = 0


def film(scene: Sequence[Layer], camera: CameraPath, take: Take, path: Path) -> None:
    """Film `scene` along `camera` into a new clip at `path`.

    Args:
        scene: Layers, far ones first.
        camera: `STEPS` points a frame.
        take: How.
        path: Where to; nothing may be there.
    """
    encoding = Encoding(
        frame_rate=take.frame_rate,
        key_every=take.key_every,
        options={"preset": "veryfast", "crf": str(take.crf), "threads": "1"},
    )
    write_clip(path, frames(scene, camera, take), encoding)


def frames(scene: Sequence[Layer], camera: CameraPath, take: Take) -> Iterator[Picture]:
    """Yield each frame, uint8 (H, W, 3), sRGB."""
    noise = np.random.default_rng(take.seed)
    for number in range(len(camera) // STEPS):
        first = number * STEPS
        open_ = camera[first : first + max(1, round(take.shutter * STEPS))]
        points = _needed(open_, [layer.own_way for layer in scene], first, take.size_px)
        light = np.mean([_seen(scene, camera[first + at], first + at, take) for at in points], 0)
        if take.defocus_px and take.defocus_px[number] > 0.3:
            kernel = disk_kernel(take.defocus_px[number])
            smeared = cv2.filter2D(light, -1, kernel, borderType=cv2.BORDER_REFLECT)
            light = np.asarray(smeared, dtype=np.float32)
        picture = to_picture(light)
        yield add_noise(picture, take.noise, noise) if take.noise else picture


def draw_scene(
    photographs: Sequence[Picture],
    points: int,
    take: Take,
    rng: Rng,
    *,
    crowded: bool = False,
    nearing: bool = False,
) -> list[Layer]:
    """Put photographs into layers.

    Args:
        photographs: The far one, and at least one to cut nearer pieces from.
        points: Points of the camera's path.
        take: How it will be filmed.
        rng: Decides which pieces stand where, and which walk.
        crowded: Large pieces are never at rest: hands at work, people who walk through.
        nearing: One more, before all others, that comes nearer or moves about before the camera.
    """
    far, *others = photographs
    layers = [Layer(_covering(_as_far(far, take.size_px, rng)))]
    areas = (0.1, 0.35) if crowded else (0.02, 0.15)
    counts = [0.0, 0.6, 0.3, 0.1] if crowded else [0.3, 0.35, 0.25, 0.1]
    for _ in range(int(rng.choice([0, 1, 2, 3], p=counts))):
        other = others[int(rng.integers(len(others)))]
        piece = _piece(other, layers[0].light.shape[:2], take.size_px, areas, rng)
        own_way = _walk(points, float(take.frame_rate) * STEPS, rng)
        nearness = float(rng.uniform(1.0, 1.8))
        walks = rng.random() < 0.5 or crowded
        layers.append(Layer(piece, nearness, own_way if walks else None))
    layers.sort(key=lambda layer: layer.nearness)
    if nearing:
        layers.append(_subject(others[0], layers[0].light.shape[:2], points, take, rng))
    return layers


def _needed(
    open_: CameraPath,
    own_ways: Sequence[NDArray[np.float64] | None],
    first: int,
    size_px: tuple[int, int],
) -> NDArray[np.int64]:
    """Which points of an open shutter to gather light at: one a pixel and a half of movement."""
    way = np.ptp(open_, axis=0) * np.array([*size_px, size_px[0] / 2, size_px[0] / 2])
    furthest = float(way.max())
    for own_way in own_ways:
        if own_way is not None:
            own = np.ptp(own_way[first : first + len(open_)], axis=0) * (*size_px, size_px[0] / 2)
            furthest = max(furthest, float(own.max()))
    count = min(len(open_), 1 + int(furthest / 1.5))
    return np.linspace(0, len(open_) - 1, count).round().astype(np.int64)


def _seen(
    scene: Sequence[Layer], camera: NDArray[np.float64], at: int, take: Take
) -> NDArray[np.float32]:
    """What reaches the sensor at one point of the path: float32 (H, W, 3), linear light."""
    width, height = take.size_px
    seen = np.zeros((height, width, 3), np.float32)
    for number, layer in enumerate(scene):
        x, y, zoom, roll = camera
        shift = np.array([x, y]) * layer.nearness
        if layer.own_way is not None:
            shift = shift - layer.own_way[at, :2]
            zoom = zoom + layer.own_way[at, 2]
        turn = np.exp(-zoom) * np.array(
            [[np.cos(roll), -np.sin(roll)], [np.sin(roll), np.cos(roll)]]
        )
        middle = np.array([layer.light.shape[1], layer.light.shape[0]]) / 2
        start = middle + shift * take.size_px - turn @ (np.array(take.size_px) / 2)
        found = cv2.warpAffine(
            layer.light,
            np.column_stack([turn, start]),
            take.size_px,
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT if number else cv2.BORDER_REFLECT_101,
        )
        behind = seen * (1.0 - found[..., 3:])
        seen = np.asarray(found[..., :3] + behind, dtype=np.float32)
    return seen


def _as_far(photograph: Picture, size_px: tuple[int, int], rng: Rng) -> Picture:
    """Scale a photograph so that the view shows a half to nearly all of its shorter side."""
    height, width = photograph.shape[:2]
    least = max(size_px[0] / width, size_px[1] / height)
    scale = least * rng.uniform(1.1, 2.0)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    size = (round(width * scale), round(height * scale))
    return np.asarray(cv2.resize(photograph, size, interpolation=how), dtype=np.uint8)


def _covering(photograph: Picture) -> Light:
    """A layer's light that covers all."""
    light = to_light(photograph)
    cover = np.ones((*light.shape[:2], 1), np.float32)
    return np.asarray(np.concatenate([light, cover], axis=2), dtype=np.float32)


def _piece(
    photograph: Picture,
    shape: tuple[int, int],
    size_px: tuple[int, int],
    areas: tuple[float, float],
    rng: Rng,
) -> Light:
    """A rounded piece, of `areas` of the view, somewhere before the far layer of `shape`."""
    height, width = shape
    resized = np.asarray(cv2.resize(photograph, (width, height)), dtype=np.uint8)
    view = size_px[0] * size_px[1] / (width * height)
    reach = 0.35 * np.array([size_px[1] / height, size_px[0] / width])
    row, column = (0.5 + rng.uniform(-1.0, 1.0, 2) * reach) * shape
    cover = blob(shape, (float(row), float(column)), view * float(rng.uniform(*areas)), rng)
    light = to_light(resized) * cover[..., np.newaxis]
    return np.asarray(np.concatenate([light, cover[..., np.newaxis]], axis=2), dtype=np.float32)


def _walk(points: int, rate_hz: float, rng: Rng) -> NDArray[np.float64]:
    """The way of something that moves by itself: across the view, or about its place."""
    times_s = np.arange(points) / rate_hz
    if rng.random() < 0.5:
        return hand(times_s, float(rng.uniform(1.0, 6.0)), rng)[:, :3]
    speed = np.array([*rng.normal(0.0, 0.15, 2) * (1.0, 0.4), 0.0])
    return np.asarray((times_s - times_s.mean())[:, np.newaxis] * speed)


def _subject(
    photograph: Picture, shape: tuple[int, int], points: int, take: Take, rng: Rng
) -> Layer:
    """Something with a will of its own near the camera; in half the scenes it comes nearer."""
    piece = _piece(photograph, shape, take.size_px, (0.08, 0.25), rng)
    times_s = np.arange(points) / (float(take.frame_rate) * STEPS)
    way = hand(times_s, float(rng.uniform(1.0, 6.0)), rng)[:, :3]
    if rng.random() < 0.5:
        soft = 0.5 - 0.5 * np.cos(np.pi * np.linspace(0.0, 1.0, points))
        way[:, 2] += rng.uniform(0.1, _COMES_NEARER_LOG) * soft
    return Layer(piece, float(rng.uniform(1.2, 2.0)), way)
