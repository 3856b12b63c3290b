"""The demo: small clips with known faults, so that a person without footage sees the program work.

A virtual camera films a wall of photographs. Faults are made as a camera makes them: defocus,
motion blur and exposure in linear light, shake as a tremor of the hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.errors import OutputFailed
from footage_sorter.domain.resources import resource
from footage_sorter.media.encode import SOUND_HZ, Encoding, write_clip

SIZE_PX = (1280, 720)
_RATE = Fraction(24)
_TILE_PX = (450, 300)
_TILES = (  # photograph, corner of the part of it that hangs on the wall, whether mirrored
    ("coffee", 0, 50, False),
    ("coffee", 150, 100, False),
    ("coffee", 100, 20, True),
    ("chelsea", 0, 0, False),
    ("chelsea", 0, 0, True),
    ("astronaut", 20, 0, False),
    ("astronaut", 60, 10, True),
    ("astronaut", 20, 200, False),
    ("rocket", 100, 100, False),
)
_COLUMNS = 3
_TILT_PX = 1
"""The camera tilts by one pixel a frame. Whole pixels only: what lies between is interpolated,
and softer."""

_SWAY_PX, _SWAY_HZ = 8.0, 0.35
_TREMOR_HZ = (4.3, 5.6)
_ROOM_DBFS = -40.0
_BROKEN_SHARE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fault:
    """What goes wrong in a part of a clip.

    Attributes:
        seconds: How long it lasts.
        defocus_px: Sigma of a Gaussian.
        smear_px: Length of a motion blur, along the width.
        gain: Times the light of a good exposure.
        tremor_px: Amplitude of the shake.
    """

    seconds: float = 5.0
    defocus_px: float = 0.0
    smear_px: int = 0
    gain: float = 1.0
    tremor_px: float = 0.0


_CLIPS: dict[str, tuple[_Fault, ...]] = {
    "sharp": (_Fault(),),
    "defocused": (_Fault(defocus_px=5.0),),
    "motion_blurred": (_Fault(smear_px=41),),
    "bright": (_Fault(gain=12.0),),
    "dim": (_Fault(gain=0.045),),
    "shaky": (_Fault(tremor_px=14.0),),
    "partly_blurred": (_Fault(seconds=4.0), _Fault(seconds=3.0, defocus_px=5.0)),
}
_BROKEN = "broken"


def make_demo(folder: Path) -> list[Path]:
    """Make the demo's clips in `folder`; those that are there already are kept.

    Returns:
        All of them: seven faults and one file that cannot be read.

    Raises:
        OutputFailed: They cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        clips = [
            _made(folder / f"{name}.mp4", faults, layout)
            for layout, (name, faults) in enumerate(_CLIPS.items())
        ]
        whole = clips[0].read_bytes()
        broken = folder / f"{_BROKEN}.mp4"
        if not broken.exists():
            # As after an empty battery: an MP4 without the index that ends it.
            broken.write_bytes(whole[: int(len(whole) * _BROKEN_SHARE)])
    except OSError as error:
        raise OutputFailed(folder, str(error.strerror or error)) from error
    return [*clips, broken]


def _made(path: Path, faults: tuple[_Fault, ...], layout: int) -> Path:
    """`path`, filmed if it is not there; under another name until it is whole."""
    if path.exists():
        return path
    part = path.with_name(f".{path.name}")
    part.unlink(missing_ok=True)
    seconds = sum(fault.seconds for fault in faults)
    encoding = Encoding(
        frame_rate=_RATE, key_every=24, options={"preset": "ultrafast", "crf": "21"}
    )
    write_clip(part, _filmed(faults, layout), encoding, sound=_room_tone(seconds, layout))
    part.replace(path)
    return path


def _filmed(faults: tuple[_Fault, ...], layout: int) -> Iterator[NDArray[np.uint8]]:
    """The pictures of one clip: uint8, shape (H, W, 3), sRGB."""
    width, height = SIZE_PX
    light = _wall(layout)
    x_margin_px = (light.shape[1] - width) // 2
    number = 0
    for fault in faults:
        wall = _photographed(light, fault)
        room_px = round(fault.tremor_px)
        for _ in range(round(fault.seconds * _RATE)):
            time_s = float(number / _RATE)
            turns = [2 * np.pi * hz * time_s for hz in (_SWAY_HZ, *_TREMOR_HZ)]
            sway, across, down = np.sin(turns) * (_SWAY_PX, fault.tremor_px, fault.tremor_px)
            x = round(x_margin_px + sway + across)
            y = round(room_px + _TILT_PX * number + down)
            yield wall[y : y + height, x : x + width]
            number += 1


def _wall(layout: int) -> NDArray[np.float32]:
    """Photographs side by side, in another order for each `layout`.

    Returns:
        float32, shape (900, 1350, 3), linear light 0-1.
    """
    order = np.random.default_rng(layout).permutation(len(_TILES))
    hung = [_TILES[at] for at in order]
    tiles = [_tile(name, x, y, mirrored=mirrored) for name, x, y, mirrored in hung]
    rows = [
        np.concatenate(tiles[at : at + _COLUMNS], axis=1) for at in range(0, len(tiles), _COLUMNS)
    ]
    code = np.concatenate(rows).astype(np.float32) / 255
    return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)


def _tile(name: str, x: int, y: int, *, mirrored: bool) -> NDArray[np.uint8]:
    data = BytesIO(resource("demo", f"{name}.jpg").read_bytes())
    with av.open(data, "r", format="jpeg_pipe") as file:
        photograph = next(file.decode(video=0)).to_ndarray(format="rgb24")
    tile = photograph[y : y + _TILE_PX[1], x : x + _TILE_PX[0]]
    return np.asarray(tile[:, ::-1] if mirrored else tile, np.uint8)


def _photographed(light: NDArray[np.float32], fault: _Fault) -> NDArray[np.uint8]:
    """`light` through a faulty lens: uint8, same shape, sRGB (IEC 61966-2-1)."""
    if fault.defocus_px:
        reach = np.arange(-int(3 * fault.defocus_px), int(3 * fault.defocus_px) + 1)
        kernel = np.exp(-0.5 * (reach / fault.defocus_px) ** 2)
        light = _convolved(_convolved(light, kernel, 0), kernel, 1)
    if fault.smear_px:
        light = _convolved(light, np.ones(fault.smear_px), 1)
    light = np.clip(fault.gain * light, 0, 1)
    code = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(255 * code), np.uint8)


def _convolved(
    light: NDArray[np.float32], kernel: NDArray[np.float64], axis: int
) -> NDArray[np.float32]:
    """`light` with `kernel` (odd length, made to sum to 1) along `axis`; the edge is repeated."""
    half, n = len(kernel) // 2, light.shape[axis]
    pads = [(half, half) if at == axis else (0, 0) for at in range(light.ndim)]
    padded = np.moveaxis(np.pad(light, pads, mode="edge"), axis, 0)
    total = np.zeros_like(np.moveaxis(light, axis, 0))
    for at, weight in enumerate((kernel / kernel.sum()).astype(np.float32)):
        total += weight * padded[at : at + n]
    return np.moveaxis(total, 0, axis)


def _room_tone(seconds: float, seed: int) -> NDArray[np.float32]:
    """The quiet noise of a room, so that no clip counts as silent: float32, shape (1, n)."""
    noise = np.random.default_rng(seed).normal(size=round(seconds * SOUND_HZ))
    return (10 ** (_ROOM_DBFS / 20) * noise).astype(np.float32)[None]
