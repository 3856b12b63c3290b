"""Index: where the key frames of a clip are, and how to get to them. Knows containers.

MP4, MOV and AVI keep a whole index: it is free. Others are read once from end to end, which for
a small file costs less than one burst; of a big one key frames are found by jumping.
"""

from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path
from threading import Event

from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.video.stream import VideoStream

from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.media.container import packets_of, text_of
from footage_sorter.media.probe import has_whole_index

_SMALL_BYTES = 256 * 1024 * 1024
_JUMPS = 120

_Key = tuple[int, int]
"""When a key frame is decoded and when it is shown, in ticks of its stream."""


@dataclass(frozen=True, slots=True)
class KeyIndex:
    """The key frames of one clip.

    Attributes:
        times_s: When each is shown, seconds from the clip's start, strictly ascending.
        ticks: Decoding time stamp of each, in units of the stream's time base.
        shown_ticks: Presentation time stamp of each, in the same units.
        jumps: Whether seeking to a key frame is cheap; else the packets between are read.
        damage: What stopped the reading of the index; "" where nothing did.
    """

    times_s: tuple[float, ...]
    ticks: tuple[int, ...]
    shown_ticks: tuple[int, ...]
    jumps: bool
    damage: str = ""


def read_index(
    path: Path, container: InputContainer, stream: VideoStream, cancel: Event
) -> KeyIndex:
    """Find the key frames of `stream`, as many as are found until `cancel`.

    Leaves the container anywhere.

    Raises:
        ClipError: There is none.
    """
    if has_whole_index(stream):
        keys, jumps, damage = _listed(container, stream), True, ""
    elif container.size <= _SMALL_BYTES:
        (keys, damage), jumps = _scanned(container, stream, cancel), False
    else:
        (keys, damage), jumps = _sampled(container, stream, cancel), True
    if not keys:
        raise ClipError(path, Why.DAMAGED, damage or "no key frame")
    base, start = float(stream.time_base or 0), stream.start_time or 0
    ascending: list[_Key] = []
    for key in sorted(set(keys)):
        if not ascending or key[1] > ascending[-1][1]:
            ascending.append(key)
    ticks, shown_ticks = zip(*ascending, strict=True)
    times_s = tuple((shown - start) * base for shown in shown_ticks)
    return KeyIndex(times_s, ticks, shown_ticks, jumps, damage)


def tick_of(packet: "Packet[VideoStream]") -> int | None:
    """When `packet` is decoded; Matroska tells of its first packets only when they are shown."""
    return packet.dts if packet.dts is not None else packet.pts


def _listed(container: InputContainer, stream: VideoStream) -> list[_Key]:
    """Key frames of a whole index.

    It tells when each is decoded, not when it is shown: that much later as the first one is, or,
    in open groups of pictures, as one in the middle is, of which we read the packet.
    """
    entries = stream.index_entries
    ticks = [entry.timestamp for entry in entries if entry.is_keyframe]
    delay = (stream.start_time or 0) - entries[0].timestamp
    keys = [(tick, tick + delay) for tick in ticks]
    if 2 < len(ticks) < len(entries):
        middle = ticks[len(ticks) // 2]
        try:
            container.seek(middle, stream=stream)
            # In HEVC the jump lands one key frame earlier.
            packet = next((p for p in packets_of(container, stream) if p.dts == middle), None)
        except FFmpegError:  # damage there does not hinder us here
            packet = None
        if packet is not None and packet.pts is not None and packet.dts is not None:
            delay = packet.pts - packet.dts
            keys[1:] = [(tick, tick + delay) for tick in ticks[1:]]
    return keys


def _scanned(
    container: InputContainer, stream: VideoStream, cancel: Event
) -> tuple[list[_Key], str]:
    """Key frames of the whole file, reading every packet; what broke the reading off."""
    keys: list[_Key] = []
    packets = takewhile(lambda _: not cancel.is_set(), packets_of(container, stream))
    try:
        # An error leaves what came before it.
        keys.extend(key for packet in packets if (key := _key(packet)) is not None)
    except FFmpegError as error:
        return keys, text_of(error)
    return keys, ""


def _sampled(
    container: InputContainer, stream: VideoStream, cancel: Event
) -> tuple[list[_Key], str]:
    """Some key frames, evenly spread: those that `_JUMPS` jumps land on."""
    base = stream.time_base
    assert base is not None
    length = stream.duration or int((container.duration or 0) / 1_000_000 / base)
    start, damage = stream.start_time or 0, ""
    keys: list[_Key] = []
    for jump in range(_JUMPS):
        if cancel.is_set():
            break
        try:
            container.seek(start + length * jump // _JUMPS, stream=stream)
            found = (
                key for packet in packets_of(container, stream) if (key := _key(packet)) is not None
            )
            keys.extend(islice(found, 1))
        except FFmpegError as error:
            damage = damage or text_of(error)
    return keys, damage


def _key(packet: "Packet[VideoStream]") -> _Key | None:
    """When the key frame in `packet` is decoded and shown; None where there is none."""
    tick = tick_of(packet)
    if not packet.is_keyframe or not packet.size or tick is None:
        return None
    return tick, tick if packet.pts is None else packet.pts
