"""Playback: pictures and sound of a stretch of a clip, one after the other, at their own times."""

from bisect import bisect_right
from collections.abc import Generator, Iterator
from threading import Event

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from footage_sorter.domain.clip import Clip
from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.media.container import (
    open_container,
    open_picture,
    packets_of,
    picture_start_s,
    text_of,
)
from footage_sorter.media.decode import RunDecoder
from footage_sorter.media.index import read_index
from footage_sorter.media.picture import Converter
from footage_sorter.media.plan import Run
from footage_sorter.media.probe import probe


def pictures(
    clip: Clip, start_s: float, end_s: float, long_side_px: int, cancel: Event
) -> Generator[tuple[float, NDArray[np.uint8]], None, None]:
    """Yield what is shown from `start_s` until `end_s`, with its time in the clip, ascending.

    The first picture is the one that is shown at `start_s`: it may have begun before. Each is
    uint8, shape (H, W, 3), sRGB, upright, in square pixels, long side at most `long_side_px`.
    Closing the generator closes the file.

    Raises:
        ClipError: Nothing there decodes.
    """
    media = clip.media or probe(clip.path)
    converter = Converter(media.rotation_deg, media.colour.transfer, media.pixel_aspect)
    half_frame_s = float(1 / media.frame_rate) / 2
    with open_picture(clip.path) as (container, stream):
        index = read_index(clip.path, container, stream, cancel)
        key = max(0, bisect_right(index.times_s, start_s + half_frame_s) - 1)
        decoder = RunDecoder(container, stream, index, cancel, keep_damaged=True)
        # Later than the key frame, or the run would be that frame alone.
        until_s = max(end_s, index.times_s[key] + half_frame_s)
        shown: tuple[float, VideoFrame] | None = None
        for time_s, frame in decoder.frames(Run(key, until_s)):
            if shown is not None and time_s > start_s + half_frame_s:
                yield shown[0], converter.rgb(shown[1], long_side_px)
            shown = time_s, frame
        if shown is not None:
            yield shown[0], converter.rgb(shown[1], long_side_px)
        elif not cancel.is_set():
            raise ClipError(clip.path, Why.DAMAGED, "; ".join(decoder.take_damage()))


def frames_from(
    clip: Clip, start_s: float, long_side_px: int, cancel: Event
) -> Generator[tuple[float, NDArray[np.uint8]], None, None]:
    """`pictures` from `start_s` to the clip's end."""
    media = clip.media or probe(clip.path)
    return pictures(clip, start_s, media.duration_s, long_side_px, cancel)


def sound_blocks(
    clip: Clip, start_s: float, end_s: float, rate_hz: int, cancel: Event
) -> Generator[NDArray[np.float32], None, None]:
    """Yield the sound from `start_s` until `end_s`, in blocks that follow each other.

    Each is float32, shape (N, 2), -1 to 1, at `rate_hz`. Sound that begins late is preceded by
    silence; sound that ends early ends. Nothing for a clip without sound. Closing the generator
    closes the file.

    Raises:
        ClipError: The file cannot be opened, or read on.
    """
    with open_container(clip.path) as container:
        stream = next(iter(container.streams.audio), None)
        if stream is None:
            return
        zero_s = picture_start_s(container) + start_s
        resampler = AudioResampler(format="flt", layout="stereo", rate=rate_hz)
        at, end = 0, round((end_s - start_s) * rate_hz)
        first = True
        try:
            for frame in _heard(container, stream, zero_s, cancel):
                block = _stereo(resampler, frame)
                if first:
                    # By its time, once: later blocks follow without a gap.
                    block = _placed(block, round((float(frame.time or 0.0) - zero_s) * rate_hz))
                first = first and not len(block)
                yield block[: end - at]
                at += len(block)
                if at >= end:
                    return
        except av.FFmpegError as error:
            raise ClipError(clip.path, Why.DAMAGED, text_of(error)) from error


def _heard(
    container: InputContainer, stream: AudioStream, from_s: float, cancel: Event
) -> Iterator[AudioFrame]:
    """Decoded frames from shortly before `from_s` on; what does not decode is left out."""
    if from_s > 0 and stream.time_base is not None:
        container.seek(int(from_s / stream.time_base), stream=stream)
    for packet in packets_of(container, stream):
        if cancel.is_set():
            return
        try:
            yield from stream.codec_context.decode(packet)
        except av.FFmpegError:
            continue


def _stereo(resampler: AudioResampler, frame: AudioFrame) -> NDArray[np.float32]:
    """`frame` as shape (N, 2); N may be 0 while the resampler fills."""
    parts = [np.asarray(one.to_ndarray(), np.float32) for one in resampler.resample(frame)]
    return np.concatenate([part.reshape(-1, 2) for part in parts] or [np.zeros((0, 2), np.float32)])


def _placed(block: NDArray[np.float32], at: int) -> NDArray[np.float32]:
    """`block`, whose first sample belongs at `at`, as it is from sample 0 on."""
    if at >= 0:
        return np.concatenate([np.zeros((at, 2), np.float32), block])
    return block[-at:]
