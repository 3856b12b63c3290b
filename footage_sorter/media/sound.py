"""Sound: how loud each second of a clip is, and how much of it is clipped.

A broken sound stream costs its own facts, never the clip.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Event

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Discard
from numpy.typing import NDArray

from footage_sorter.domain.clip import Clip
from footage_sorter.domain.errors import ClipError
from footage_sorter.domain.report import SoundScore
from footage_sorter.media.container import open_container, packets_of, picture_start_s
from footage_sorter.media.probe import probe

SOUND_MODEL = "sound@2"

WHOLE_S = 300.0
"""Sound up to this long is heard whole; of longer sound an even share."""

_WINDOW_S = 1.0
_FULL_SCALE = 0.99
"""Lossy codecs ripple where the recording was flat: a little under full scale counts."""

_RUN_SAMPLES = 3
"""A single peak at full scale is loud; this many in a row are a wave cut flat."""

_QUIETEST_DBFS = -120.0


def score_sound(clip: Clip, cancel: Event) -> tuple[SoundScore, ...] | None:
    """Measure the first sound stream of `clip`, about second by second.

    Returns:
        Ascending by time; None without a sound stream, and where nothing of it can be read.
        What was readable of a broken one. Ends early when `cancel` is set.
    """
    try:
        duration_s = (clip.media or probe(clip.path)).duration_s
        with open_container(clip.path) as container:
            stream = next((s for s in container.streams.audio if s.codec_context), None)
            if stream is None:
                return None
            start_s = picture_start_s(container)
            for other in container.streams:
                if other is not stream:
                    other.discard = Discard.all
            windows = _windows(container, stream, start_s, duration_s, cancel)
            return tuple(window.score() for window in windows) or None
    except (ClipError, av.FFmpegError):
        return None


@dataclass(slots=True)
class _Window:
    """About a second of sound."""

    start_s: float
    end_s: float = 0.0
    chunks: list[NDArray[np.float32]] = field(default_factory=list)

    def score(self) -> SoundScore:
        """Measure it. Chunks have shape (channels, samples), -1 to 1 and beyond."""
        channels = min(len(chunk) for chunk in self.chunks)
        samples = np.concatenate([chunk[:channels] for chunk in self.chunks], axis=1)
        samples = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0)
        power = float(np.max(np.mean(np.square(samples, dtype=np.float64), axis=1)))
        loudness_dbfs = 10 * np.log10(power) if power > 1e-12 else _QUIETEST_DBFS
        return SoundScore(
            start_s=self.start_s,
            end_s=self.end_s,
            loudness_dbfs=float(np.clip(loudness_dbfs, _QUIETEST_DBFS, 0.0)),
            clipped=clipped_share(samples),
        )


def clipped_share(samples: NDArray[np.float32]) -> float:
    """Share 0-1 of samples in runs of three and more at full scale, in the worst channel.

    Args:
        samples: float32, shape (channels, n), full scale at -1 and 1.
    """
    if samples.shape[1] < _RUN_SAMPLES:
        return 0.0
    full = np.abs(samples) >= _FULL_SCALE
    runs = full[:, :-2] & full[:, 1:-1] & full[:, 2:]
    within = np.zeros_like(full)
    for shift in range(_RUN_SAMPLES):
        within[:, shift : shift + runs.shape[1]] |= runs
    return float(np.max(np.mean(within, axis=1)))


def _windows(
    container: InputContainer,
    stream: AudioStream,
    start_s: float,
    duration_s: float,
    cancel: Event,
) -> Iterator[_Window]:
    """All of short sound; every so many seconds one window of long sound."""
    if duration_s <= WHOLE_S:
        yield from _heard(container, stream, start_s, None, cancel)
        return
    step_s = duration_s / WHOLE_S
    for number in range(int(WHOLE_S)):
        if cancel.is_set():
            return
        time_s = number * step_s
        assert stream.time_base is not None
        try:
            container.seek(int((time_s + start_s) / stream.time_base), stream=stream)
            stream.codec_context.flush_buffers()
        except av.FFmpegError:
            continue
        yield from _heard(container, stream, start_s, time_s + _WINDOW_S, cancel)


def _heard(
    container: InputContainer,
    stream: AudioStream,
    start_s: float,
    until_s: float | None,
    cancel: Event,
) -> Iterator[_Window]:
    """Windows from here to `until_s`, one at least, or to the end of the sound."""
    window: _Window | None = None
    heard_s = 0.0
    for frame in _frames(container, stream, cancel):
        # The last frames of some codecs carry no time.
        at_s = heard_s if frame.pts is None else float(frame.time or 0.0) - start_s
        length_s = frame.samples / frame.sample_rate
        if at_s + length_s <= 0:
            continue  # before the picture
        time_s = max(heard_s, at_s)
        heard_s = time_s + length_s
        if window is not None and time_s - window.start_s >= _WINDOW_S:
            yield window
            window = None
            if until_s is not None:
                return
        if window is None:
            window = _Window(time_s)
        interleaved = np.asarray(frame.to_ndarray(), np.float32)
        window.chunks.append(interleaved.reshape(-1, frame.layout.nb_channels).T)
        window.end_s = heard_s
    if window is not None:
        yield window


def _frames(container: InputContainer, stream: AudioStream, cancel: Event) -> Iterator[AudioFrame]:
    """Decoded frames from here on as interleaved floats; what does not decode is left out.

    Interleaved, since PyAV 18 looks for the end of a frame's planes behind the eighth: reading a
    planar frame of eight channels is a native fault.
    """
    floats = AudioResampler(format="flt")
    try:
        for packet in packets_of(container, stream):
            if cancel.is_set():
                return
            try:
                for frame in stream.codec_context.decode(packet):
                    yield from floats.resample(frame)
            except (av.FFmpegError, ValueError):  # ValueError: the format changed on the way
                floats = AudioResampler(format="flt")
    except av.FFmpegError:
        return
