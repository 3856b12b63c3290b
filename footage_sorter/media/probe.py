"""Probing: what a file is, from its header and the first frame that decodes.

The frame is needed: rotation, transfer curve and interlacing are often told by it alone, and a
file of which nothing decodes is better known now than in the middle of an analysis.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from fractions import Fraction
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from statistics import median

import av
from av.codec.context import ThreadType
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from footage_sorter.domain.clip import ContentId, MediaInfo, Sound
from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.media.colour import colour_of
from footage_sorter.media.container import open_container, packets_of, picture_stream, text_of

_SAMPLE_BYTES = 64 * 1024
_DIGEST_BYTES = 16
_TRIED_PACKETS = 120
_TRIED_AT = (0.0, 0.25, 0.5, 0.75)
_STANDARD_RATES = tuple(
    rate
    for whole in (24, 25, 30, 48, 50, 60, 100, 120, 200, 240)
    for rate in (
        (Fraction(whole), Fraction(whole * 1000, 1001)) if whole % 25 else (Fraction(whole),)
    )
)
LONGEST_S = 48 * 3600.0
"""Longer is no clip but a damaged header: what is laid out by the second would fill the memory."""

_OLDEST_YEAR = 1990  # older dates are a camera's unset clock: 1904 and 1970 are zero in MP4


def content_id(path: Path) -> ContentId:
    """Identify the content of `path`: survives rename, move and a changed time stamp.

    BLAKE2b over the size and 64 KiB of head, middle and tail, as 32 hex digits: 192 KiB are read
    of a file of any size. An edit in place that keeps the size and all three samples is missed.

    Raises:
        ClipError: The file cannot be read.
    """
    try:
        with path.open("rb") as file:
            size_bytes = os.fstat(file.fileno()).st_size
            digest = blake2b(size_bytes.to_bytes(8, "little"), digest_size=_DIGEST_BYTES)
            last = max(0, size_bytes - _SAMPLE_BYTES)
            for start in (0, last // 2, last):
                file.seek(start)
                digest.update(file.read(_SAMPLE_BYTES))
    except FileNotFoundError as error:
        raise ClipError(path, Why.MISSING) from error
    except PermissionError as error:
        raise ClipError(path, Why.FORBIDDEN) from error
    except OSError as error:
        raise ClipError(path, Why.UNREADABLE, text_of(error)) from error
    return ContentId(digest.hexdigest())


def probe(path: Path) -> MediaInfo:
    """Read what the container and the first frame of `path` say.

    Raises:
        ClipError: The file cannot be opened, has no picture, or not one frame of it decodes.
    """
    with open_container(path) as container:
        sound = _sound(container)
        tags = _tags(container)
        stream = picture_stream(path, container)
        tags |= _lower(stream.metadata)
        frame = _first_frame(path, container, stream)
        gaps_s = _gaps_s(stream)
        variable = _is_variable(stream, gaps_s)
        context = stream.codec_context
        return MediaInfo(
            duration_s=_duration_s(path, container, stream),
            frame_rate=_frame_rate(stream, gaps_s, variable=variable),
            coded_size_px=(frame.width, frame.height),
            rotation_deg=quarter_turn(frame),
            codec=context.codec.canonical_name,
            pixel_format=frame.format.name,
            pixel_aspect=stream.sample_aspect_ratio or Fraction(1),
            colour=colour_of(frame, tags),
            sound=sound,
            variable_rate=variable,
            interlaced=frame.interlaced_frame,
            start_timecode=tags.get("timecode"),
            recorded_at=_recorded_at(tags),
            camera=_camera(tags),
        )


def quarter_turn(frame: VideoFrame) -> int:
    """Clockwise turn that shows `frame` upright: 0, 90, 180 or 270 degrees.

    FFmpeg tells the turn of the display matrix counter-clockwise.
    """
    return round(-frame.rotation / 90) % 4 * 90


def _first_frame(path: Path, container: InputContainer, stream: VideoStream) -> VideoFrame:
    """The first frame that decodes, looked for at the start and at three later places."""
    # Frame threads would read several frames ahead before they hand out the first.
    stream.thread_type = ThreadType.SLICE
    detail = ""
    if (frame := _key_frame(container, stream)) is not None:
        return frame
    for share in _TRIED_AT:
        try:
            if share:
                offset = int(share * (stream.duration or 0)) + (stream.start_time or 0)
                container.seek(offset, stream=stream)
            frame = next(_frames(container, stream), None)
        except av.FFmpegError as error:  # FFmpeg's own errors only: ours must not hide here
            detail = detail or text_of(error)
            continue
        if frame is not None:
            return frame
    raise ClipError(path, Why.DAMAGED, detail)


def _key_frame(container: InputContainer, stream: VideoStream) -> VideoFrame | None:
    """The first packet decoded alone, where it holds a whole key frame; leaves the start behind.

    In its row a frame is handed out only when it is sure that none is shown before it: after two or
    three more are decoded.
    """
    context = stream.codec_context
    try:
        packet = next(packets_of(container, stream), None)
        if packet is None or not packet.is_keyframe:
            return None
        found = [*context.decode(packet), *context.decode(None)]
    except av.FFmpegError:
        return None
    finally:
        context.flush_buffers()
        with suppress(av.FFmpegError):  # the tries that follow begin at the start again
            container.seek(stream.start_time or 0, stream=stream)
    return found[0] if found and not found[0].is_corrupt else None


def _frames(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    for number, packet in enumerate(packets_of(container, stream)):
        try:
            yield from stream.codec_context.decode(packet)
        except av.InvalidDataError:
            if number >= _TRIED_PACKETS:
                raise


def _gaps_s(stream: VideoStream) -> list[float]:
    """Seconds between frames in the order stored; empty where the container has no index."""
    entries, base = stream.index_entries, stream.time_base
    if base is None or not has_whole_index(stream):
        return []
    ticks = [entry.timestamp for entry in entries]
    return [float((b - a) * base) for a, b in pairwise(ticks) if b > a]


def has_whole_index(stream: VideoStream) -> bool:
    """Whether every packet of `stream` stands in the container's index.

    True of MP4, MOV and AVI. Fragmented MP4, Matroska and MPEG index a part, or nothing.
    """
    return 0 < stream.frames <= len(stream.index_entries)


def _is_variable(stream: VideoStream, gaps_s: list[float]) -> bool:
    """Whether frames come unevenly: by a fifth of a gap, more than a clock's rounding."""
    if gaps_s:
        middle = median(gaps_s)
        # The last gap and an edit list may be odd in a clip of even rate.
        uneven = sum(abs(gap - middle) > 0.2 * middle for gap in gaps_s)
        return uneven > max(2, 0.01 * len(gaps_s))
    average, base = stream.average_rate, stream.base_rate
    return bool(average and base and abs(average / base - 1) > 0.02)


def _frame_rate(stream: VideoStream, gaps_s: list[float], *, variable: bool) -> Fraction:
    average = stream.average_rate or stream.guessed_rate or stream.base_rate or Fraction(25)
    if not variable:
        return _snap(average, 0.00049)  # half way between 24 and 24000/1001
    meant = Fraction(1 / median(gaps_s)) if gaps_s else stream.guessed_rate or average
    return _snap(meant.limit_denominator(1001), 0.02)


def _snap(rate: Fraction, tolerance: float) -> Fraction:
    """The standard rate nearest to `rate` where it is within `tolerance`, a share of it."""
    nearest = min(_STANDARD_RATES, key=lambda standard: abs(standard - rate))
    return nearest if abs(nearest / rate - 1) <= tolerance else rate


def _duration_s(path: Path, container: InputContainer, stream: VideoStream) -> float:
    """Of the picture stream, else its tag, else the container, else of the packets counted.

    Raises:
        ClipError: None of these makes sense.
    """
    base = stream.time_base or Fraction(1, av.time_base)
    for told_s in (
        float((stream.duration or 0) * base),
        _clock_s(_lower(stream.metadata).get("duration", "")),
        (container.duration or 0) / av.time_base,
    ):
        if 0 < told_s <= LONGEST_S:
            return told_s
    container.seek(stream.start_time or 0, stream=stream)
    ends = [
        float((packet.pts + (packet.duration or 0)) * base)
        for packet in packets_of(container, stream)
        if packet.pts is not None
    ]
    start_s = float((stream.start_time or 0) * base)
    counted_s = max(ends, default=start_s) - start_s
    if not 0 < counted_s <= LONGEST_S:
        raise ClipError(path, Why.DAMAGED, "no time stamps that make sense")
    return counted_s


def _clock_s(text: str) -> float:
    """Seconds of Matroska's "00:00:10.333000000"; 0 where it is not one."""
    try:
        hours, minutes, seconds = map(float, text.split(":"))
    except ValueError:
        return 0.0
    total_s = 3600 * hours + 60 * minutes + seconds
    return total_s if 0 < total_s < float("inf") else 0.0


def _sound(container: InputContainer) -> Sound | None:
    for stream in container.streams.audio:
        context = stream.codec_context
        if context is not None and context.sample_rate:
            return Sound(context.name, context.sample_rate, context.channels)
    return None


def _lower(tags: Mapping[str, str]) -> dict[str, str]:
    return {key.lower(): value for key, value in tags.items()}


def _tags(container: InputContainer) -> dict[str, str]:
    """All tags of the file, the container's over those of its streams."""
    found: dict[str, str] = {}
    for stream in container.streams:
        found |= _lower(stream.metadata)
    return found | _lower(container.metadata)


def _recorded_at(tags: Mapping[str, str]) -> datetime | None:
    """Apple's own time zone where it is told, else MP4's UTC."""
    for key in ("com.apple.quicktime.creationdate", "creation_time", "date"):
        try:
            found = datetime.fromisoformat(tags.get(key, ""))
        except ValueError:
            continue
        if found.year >= _OLDEST_YEAR:
            return found
    return None


def _camera(tags: Mapping[str, str]) -> str | None:
    """Maker and model as Apple, Android and plain QuickTime tag them."""
    for prefix in ("com.apple.quicktime.", "com.android.", ""):
        maker = tags.get(prefix + "make") or tags.get(prefix + "manufacturer") or ""
        model = tags.get(prefix + "model", "")
        # "Canon" and "Canon EOS R5": the maker is often part of the model.
        name = model if model.lower().startswith(maker.lower()) else f"{maker} {model}".strip()
        if name:
            return name
    return "GoPro" if "gopro" in tags.get("handler_name", "").lower() else None
