"""Encoding: writes small clips, for the demo and for tests. Knows PyAV's encoders.

Never writes over a file: originals are not ours to touch.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.codec.context import ThreadType
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace
from av.video.stream import VideoStream
from numpy.typing import NDArray

from footage_sorter.domain.errors import OutputFailed

SOUND_HZ = 48_000
_TICKS_HZ = 90_000
_HD_HEIGHT_PX = 720


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How a clip is written.

    Attributes:
        frame_rate: Frames a second.
        codec: FFmpeg's name of the encoder.
        pixel_format: FFmpeg's name.
        key_every: Frames from key frame to key frame.
        rotation_deg: Clockwise turn, a multiple of 90, that shows the stored picture upright.
        options: The encoder's own settings.
        metadata: Tags of the file.
        faststart: MP4 and MOV: the index comes before the pictures.
    """

    frame_rate: Fraction = Fraction(30)
    codec: str = "libx264"
    pixel_format: str = "yuv420p"
    key_every: int = 30
    rotation_deg: int = 0
    options: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({"preset": "veryfast", "crf": "20"})
    )
    metadata: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    faststart: bool = False


def write_clip(
    path: Path,
    pictures: Iterable[NDArray[np.uint8]],
    encoding: Encoding,
    *,
    times_s: Sequence[float] | None = None,
    sound: NDArray[np.float32] | None = None,
) -> None:
    """Encode `pictures` into a new file at `path`; its ending names the container.

    Args:
        path: Where to; nothing may be there.
        pictures: uint8, shape (H, W, 3) each, sRGB 0-255, all of one size.
        encoding: How.
        times_s: When each is shown, ascending, seconds; evenly spaced where None.
        sound: float32, shape (channels, n), -1 to 1, at `SOUND_HZ`; None: no sound stream.

    Raises:
        OutputFailed: It cannot be written.
    """
    try:
        with path.open("xb"):  # claims the name
            pass
        flags = "use_metadata_tags" + ("+faststart" if encoding.faststart else "")
        options = {"movflags": flags} if path.suffix in (".mp4", ".mov") else {}
        with av.open(f"file:{path}", "w", options=options) as container:
            container.metadata.update(encoding.metadata)
            _write(container, pictures, encoding, times_s, sound)
    except (av.FFmpegError, OSError) as error:
        raise OutputFailed(path, str(error.strerror or error)) from error


def _write(
    container: OutputContainer,
    pictures: Iterable[NDArray[np.uint8]],
    encoding: Encoding,
    times_s: Sequence[float] | None,
    sound: NDArray[np.float32] | None,
) -> None:
    video = container.add_stream(encoding.codec, rate=encoding.frame_rate)
    assert isinstance(video, VideoStream)
    audio = None
    if sound is not None:
        audio = container.add_stream("aac", rate=SOUND_HZ)
        assert isinstance(audio, AudioStream)
        audio.layout = "mono" if len(sound) == 1 else "stereo"
    # Some containers and codecs take no finer clock than the frame rate.
    tick_s = 1 / encoding.frame_rate if times_s is None else Fraction(1, _TICKS_HZ)
    for number, picture in enumerate(pictures):
        if number == 0:
            _set_up(video, picture, encoding, tick_s)
        frame = _frame(picture, encoding.pixel_format)
        frame.pts = number if times_s is None else round(times_s[number] * _TICKS_HZ)
        frame.time_base = tick_s
        container.mux(video.encode(frame))
    container.mux(video.encode(None))
    if audio is not None and sound is not None:
        _write_sound(container, audio, sound)


def _set_up(
    stream: VideoStream, picture: NDArray[np.uint8], encoding: Encoding, tick_s: Fraction
) -> None:
    stream.height, stream.width = picture.shape[:2]
    stream.pix_fmt = encoding.pixel_format
    context = stream.codec_context
    context.time_base = tick_s
    context.gop_size = encoding.key_every
    # PyAV's default, slice threads, cuts each picture in pieces, as no camera does.
    context.thread_type = ThreadType.FRAME
    context.options = dict(encoding.options)
    if encoding.rotation_deg:
        stream.set_display_rotation(-encoding.rotation_deg)  # FFmpeg turns counter-clockwise


def _frame(picture: NDArray[np.uint8], pixel_format: str) -> VideoFrame:
    rgb = VideoFrame.from_ndarray(np.ascontiguousarray(picture), "rgb24")
    hd = rgb.height >= _HD_HEIGHT_PX  # as players, and we, read what is not tagged
    full = pixel_format.startswith("yuvj")
    return rgb.reformat(
        format=pixel_format,
        dst_colorspace=Colorspace.ITU709 if hd else Colorspace.ITU601,
        dst_color_range=ColorRange.JPEG if full else ColorRange.MPEG,
    )


def _write_sound(
    container: OutputContainer, stream: AudioStream, sound: NDArray[np.float32]
) -> None:
    step = 1024
    for start in range(0, sound.shape[1], step):
        part = np.ascontiguousarray(sound[:, start : start + step])
        frame = AudioFrame.from_ndarray(part, "fltp", stream.layout.name)
        frame.sample_rate, frame.pts = SOUND_HZ, start
        frame.time_base = Fraction(1, SOUND_HZ)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
