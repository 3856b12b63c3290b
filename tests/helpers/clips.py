"""Clips that no one shot: a textured scene before a virtual camera, with a known truth.

film(tmp_path / "soft.mp4", Shot(defocus_px=3))
film(tmp_path / "both.mp4", Shot(seconds=3), Shot(seconds=2, gain=8))
film(tmp_path / "turned.mp4", Shot(), encoding=Encoding(rotation_deg=90))
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
import numpy as np
from av.video.stream import VideoStream
from numpy.typing import NDArray

from footage_sorter.media.encode import SOUND_HZ, Encoding, write_clip

__all__ = [
    "ALL_INTRA",
    "FORMATS",
    "ONE_KEY",
    "Encoding",
    "Shot",
    "clipped_tone",
    "cut",
    "film",
    "flip_bits",
    "pictures",
    "resized",
    "silence",
    "tone",
    "without_index",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One take, as a person would describe it. The default is faultless: sharp, well lit, calm.

    Attributes:
        seconds: Its length.
        size_px: (width, height).
        defocus_px: Sigma of a Gaussian over the whole picture.
        smear_px: Length of a horizontal motion blur.
        gain: Times the light of a good exposure: 8 burns out, 0.03 is far too dark, 0 is black.
        shake_px: Amplitude of a tremor of `shake_hz` in x and y.
        shake_hz: Its frequency.
        pan_px_s: Speed of an even pan.
        still: Every picture is the same, without even noise: frozen.
        seed: Another number, another scene.
    """

    seconds: float = 2.0
    size_px: tuple[int, int] = (320, 180)
    defocus_px: float = 0.0
    smear_px: int = 0
    gain: float = 1.0
    shake_px: float = 0.0
    shake_hz: float = 5.0
    pan_px_s: float = 4.0
    still: bool = False
    seed: int = 1


ONE_KEY = Encoding(key_every=10_000, options={"preset": "veryfast", "sc_threshold": "0"})
ALL_INTRA = Encoding(codec="mjpeg", pixel_format="yuvj420p", key_every=1, options={})


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: how it is written, and under which ending."""

    ending: str
    encoding: Encoding = field(default_factory=Encoding)
    size_px: tuple[int, int] = (320, 180)


_X265 = {"preset": "ultrafast", "x265-params": "log-level=none"}
FORMATS = {
    "h264": Format(".mp4"),
    "h264_mkv": Format(".mkv"),
    "h264_ts": Format(".ts"),
    "one_key": Format(".mp4", ONE_KEY),
    "mjpeg": Format(".avi", ALL_INTRA),
    "prores": Format(
        ".mov",
        Encoding(codec="prores_ks", pixel_format="yuv422p10le", key_every=1, options={}),
    ),
    "ten_bit": Format(".mp4", Encoding(codec="libx265", pixel_format="yuv420p10le", options=_X265)),
    "odd_444": Format(".mkv", Encoding(pixel_format="yuv444p"), (321, 179)),
    "mpeg2": Format(".mpg", Encoding(codec="mpeg2video", key_every=12, options={"b": "4M"})),
    "vp9": Format(
        ".webm", Encoding(codec="libvpx-vp9", options={"deadline": "realtime", "cpu-used": "8"})
    ),
    "ntsc": Format(".mp4", Encoding(frame_rate=Fraction(30000, 1001))),
    "fast": Format(".mp4", Encoding(frame_rate=Fraction(60))),
    "slow": Format(".mp4", Encoding(frame_rate=Fraction(10))),
}
"""Sharp clips in many clothes, for `film(path, Shot(size_px=...), encoding=...)`."""


def film(
    path: Path,
    *shots: Shot,
    encoding: Encoding | None = None,
    times_s: Sequence[float] | None = None,
    sound: NDArray[np.float32] | None = None,
) -> Path:
    """Write `shots` one after the other into a new clip at `path`; a faultless one if none."""
    encoding = encoding or Encoding()
    takes = (
        picture for shot in shots or (Shot(),) for picture in pictures(shot, encoding.frame_rate)
    )
    write_clip(path, takes, encoding, times_s=times_s, sound=sound)
    return path


def pictures(shot: Shot, frame_rate: Fraction = Fraction(30)) -> Iterator[NDArray[np.uint8]]:
    """The pictures of `shot`: uint8, shape (H, W, 3), sRGB."""
    width, height = shot.size_px
    margin_px = 8 + int(2 * shot.shake_px)
    travel_px = int(abs(shot.pan_px_s) * shot.seconds) + 2
    light = _scene(shot.seed, width + 2 * margin_px + travel_px, height + 2 * margin_px)
    light = _smeared(_defocused(light, shot.defocus_px), shot.smear_px)
    noise = np.random.default_rng(shot.seed)
    for number in range(round(shot.seconds * frame_rate)):
        time_s = 0.0 if shot.still else float(number / frame_rate)
        turn = 2 * np.pi * shot.shake_hz * time_s
        x_px = margin_px + shot.shake_px * np.sin(turn) + shot.pan_px_s * time_s
        x_px += travel_px - 2 if shot.pan_px_s < 0 else 0
        y_px = margin_px + shot.shake_px * np.cos(1.3 * turn)
        picture = 255 * _srgb(np.clip(shot.gain * _window(light, x_px, y_px, shot.size_px), 0, 1))
        if not shot.still:
            picture = picture + noise.normal(0, 1.0, (height, width, 1))
        yield np.clip(np.rint(picture), 0, 255).astype(np.uint8)


def tone(seconds: float, level_dbfs: float = -20.0, channels: int = 1) -> NDArray[np.float32]:
    """A sine of 440 Hz whose root mean square is at `level_dbfs`: float32, (channels, n)."""
    times_s = np.arange(round(seconds * SOUND_HZ)) / SOUND_HZ
    wave = np.sqrt(2) * 10 ** (level_dbfs / 20) * np.sin(2 * np.pi * 440 * times_s)
    return np.tile(wave.astype(np.float32), (channels, 1))


def clipped_tone(seconds: float) -> NDArray[np.float32]:
    """A tone turned up far beyond full scale and cut flat there."""
    return np.clip(tone(seconds, 12.0), -1, 1)


def silence(seconds: float) -> NDArray[np.float32]:
    """Nothing to hear, but a sound stream."""
    return tone(seconds, -200.0)


def cut(clip: Path, path: Path, share: float) -> Path:
    """The first `share` of the bytes of `clip`, as `path`."""
    data = clip.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


def without_index(clip: Path, path: Path) -> Path:
    """`clip`, an MP4, as a camera leaves it whose battery was pulled out: no moov atom."""
    data = clip.read_bytes()
    path.write_bytes(data[: data.rindex(b"moov") - 4])
    return path


def resized(path: Path, first: Shot, then: Shot) -> Path:
    """A new AVI at `path` whose pictures change their size on the way, 25 a second."""
    with av.open(str(path), "w") as file:
        stream = file.add_stream("mjpeg", rate=25)
        assert isinstance(stream, VideoStream)
        contexts = [stream.codec_context, av.VideoCodecContext.create("mjpeg", "w")]
        number = 0
        for context, shot in zip(contexts, (first, then), strict=True):
            context.width, context.height = shot.size_px
            context.pix_fmt, context.time_base = "yuvj420p", Fraction(1, 25)
            for picture in islice(pictures(shot), round(25 * shot.seconds)):
                frame = av.VideoFrame.from_ndarray(picture, "rgb24").reformat(format="yuvj420p")
                frame.pts, frame.time_base = number, Fraction(1, 25)
                for packet in context.encode(frame):
                    packet.stream = stream
                    file.mux(packet)
                number += 1
    return path


def flip_bits(clip: Path, path: Path, *, every_bytes: int, seed: int = 0) -> Path:
    """`clip` with a random byte in every so many of its media data (not of an MP4's index)."""
    data = bytearray(clip.read_bytes())
    first = data.index(b"mdat") + 4 if b"mdat" in data else len(data) // 10
    last = data.rindex(b"moov") - 4 if data.rfind(b"moov") > first else len(data)
    rng = np.random.default_rng(seed)
    for at in rng.integers(first, last, max(1, (last - first) // every_bytes)):
        data[at] = rng.integers(256)
    path.write_bytes(data)
    return path


def _scene(seed: int, width: int, height: int) -> NDArray[np.float64]:
    """Linear light 0-1, shape (height, width, 3): blocks of every size, so edges everywhere."""
    rng = np.random.default_rng(seed)
    light = np.full((height, width, 3), 0.2)
    for _ in range(width * height // 180):
        side = int(3 + 60 * rng.random() ** 3)
        x, y = rng.integers(-side, width), rng.integers(-side, height)
        light[max(0, y) : y + side, max(0, x) : x + side] = rng.uniform(0.02, 0.75, 3)
    return light


def _defocused(light: NDArray[np.float64], sigma_px: float) -> NDArray[np.float64]:
    if sigma_px == 0:
        return light
    reach = np.arange(-int(3 * sigma_px) - 1, int(3 * sigma_px) + 2)
    kernel = np.exp(-0.5 * (reach / sigma_px) ** 2)
    return _convolved(_convolved(light, kernel, 0), kernel, 1)


def _smeared(light: NDArray[np.float64], length_px: int) -> NDArray[np.float64]:
    return light if length_px < 2 else _convolved(light, np.ones(length_px), 1)


def _convolved(
    light: NDArray[np.float64], kernel: NDArray[np.float64], axis: int
) -> NDArray[np.float64]:
    """`light` with `kernel`, made to sum to 1, along `axis`; the edge is repeated."""
    before, after = len(kernel) // 2, (len(kernel) - 1) // 2
    pads = [(before, after) if at == axis else (0, 0) for at in range(3)]
    padded, n = np.pad(light, pads, mode="edge"), light.shape[axis]
    total = np.zeros_like(light)
    for at, weight in enumerate(kernel / kernel.sum()):
        total += weight * np.take(padded, np.arange(at, at + n), axis)
    return total


def _window(
    light: NDArray[np.float64], x_px: float, y_px: float, size_px: tuple[int, int]
) -> NDArray[np.float64]:
    """The part of `light` at (x_px, y_px), between pixels by linear interpolation."""
    (width, height), x, y = size_px, int(x_px), int(y_px)
    across, down = x_px - x, y_px - y
    part = light[y : y + height + 1, x : x + width + 1]
    rows = part[:-1] * (1 - down) + part[1:] * down
    return rows[:, :-1] * (1 - across) + rows[:, 1:] * across


def _srgb(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """IEC 61966-2-1: light 0-1 to code value 0-1."""
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
