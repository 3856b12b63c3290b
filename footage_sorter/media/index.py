"""Index: where the key frames of a clip are, and how to get to them. Knows containers.

MP4, MOV and AVI keep a whole index: it is free. Others are read once from end to end, which for
a small file costs less than one burst; of a big one key frames are found by jumping.
"""

from dataclasses import dataclass
from pathlib import Path

from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.video.stream import VideoStream

from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.media.container import text_of
from footage_sorter.media.probe import has_whole_index

_SMALL_BYTES = 256 * 1024 * 1024
_JUMPS = 120


@dataclass(frozen=True, slots=True)
class KeyIndex:
    """The key frames of one clip.

    Attributes:
        times_s: When each is shown, seconds from the clip's start, strictly ascending.
        ticks: Decoding time stamp of each, in units of the stream's time base.
        jumps: Whether seeking to a key frame is cheap; else the packets between are read.
        damage: What stopped the reading of the index; "" where nothing did.
    """

    times_s: tuple[float, ...]
    ticks: tuple[int, ...]
    jumps: bool
    damage: str = ""


def read_index(path: Path, container: InputContainer, stream: VideoStream) -> KeyIndex:
    """Find the key frames of `stream`; leaves the container anywhere.

    Raises:
        ClipError: There is none.
    """
    if has_whole_index(stream):
        ticks = [entry.timestamp for entry in stream.index_entries if entry.is_keyframe]
        first, jumps, damage = stream.index_entries[0].timestamp, True, ""
    elif container.size <= _SMALL_BYTES:
        ticks, damage = _scanned(container, stream)
        first, jumps = ticks[0] if ticks else 0, False
    else:
        ticks, damage = _sampled(container, stream)
        first, jumps = ticks[0] if ticks else 0, True
    ticks = sorted(set(ticks))
    if not ticks:
        raise ClipError(path, Why.DAMAGED, damage or "no key frame")
    # Frames are stored in the order of decoding; each key frame is shown as much later than it
    # is decoded as the first one is.
    base = float(stream.time_base or 0)
    return KeyIndex(tuple((tick - first) * base for tick in ticks), tuple(ticks), jumps, damage)


def tick_of(packet: "Packet[VideoStream]") -> int | None:
    """When `packet` is decoded; Matroska tells of its first packets only when they are shown."""
    return packet.dts if packet.dts is not None else packet.pts


def _scanned(container: InputContainer, stream: VideoStream) -> tuple[list[int], str]:
    """Key frames of the whole file, reading every packet; what broke the reading off."""
    ticks: list[int] = []
    try:
        ticks.extend(  # keeps what came before an error
            tick
            for packet in container.demux(stream)
            if packet.is_keyframe and packet.size and (tick := tick_of(packet)) is not None
        )
    except FFmpegError as error:
        return ticks, text_of(error)
    return ticks, ""


def _sampled(container: InputContainer, stream: VideoStream) -> tuple[list[int], str]:
    """Some key frames, evenly spread: those that `_JUMPS` jumps land on."""
    base = stream.time_base
    assert base is not None
    length = stream.duration or int((container.duration or 0) / 1_000_000 / base)
    start, damage = stream.start_time or 0, ""
    ticks: list[int] = []
    for jump in range(_JUMPS):
        try:
            container.seek(start + length * jump // _JUMPS, stream=stream)
            key = next((p for p in container.demux(stream) if p.is_keyframe and p.size), None)
        except FFmpegError as error:
            damage = damage or text_of(error)
            continue
        if key is not None and (tick := tick_of(key)) is not None:
            ticks.append(tick)
    return ticks, damage
