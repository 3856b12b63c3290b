"""Containers: opens one video file with PyAV, and says in our words why one cannot be opened.

Knows FFmpeg's errors and the first bytes of common containers. Refuses playlists and network
protocols: a clip is one local file, and nothing leaves the machine.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar, cast

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Discard, Disposition, Stream
from av.video.stream import VideoStream

from footage_sorter.domain.errors import ClipError, Why

S = TypeVar("S", bound=Stream)

# Playlists (hls, dash, concat) are left out on purpose: they open other files and addresses.
_FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,asf,flv,mxf,ogg,dv,rm,nut,"
    "ivf,gxf,wtv,h264,hevc,m4v,obu,av1,vc1,mjpeg,swf,nsv,h263,cavsvideo,gif,"
    # Sound and text, so that they are told apart from bytes that mean nothing.
    "mp3,wav,flac,aac,aiff,w64,caf,amr,ac3"
)
_OPTIONS = {"protocol_whitelist": "file", "format_whitelist": _FORMATS}
_HEAD_BYTES = 64
_QUICKTIME_ATOMS = (b"ftyp", b"mdat", b"moof")  # within the head: damage may hide the first one
# PyAV's stub says text; it takes options for each stream, here for as many as there may be.
_HEADERS_ONLY = cast("list[str]", [{"skip_frame": "all"}] * 64)
"""To open a file, FFmpeg decodes the first frames of each stream: 80 ms of one in full HD. MP4 and
MOV say in their headers all that it looks for there; others do not, and would lose time stamps."""
_MAGICS = (
    b"\x1aE\xdf\xa3",  # Matroska, WebM
    b"RIFF",
    b"\x00\x00\x01\xba",  # MPEG program stream
    b"\x00\x00\x01\xb3",  # MPEG video
    b"0&\xb2u\x8ef\xcf\x11",  # ASF, Windows Media
    b"FLV\x01",
    b"OggS",
    b"\x06\x0e\x2b\x34",  # MXF
)


@contextmanager
def open_picture(path: Path) -> Iterator[tuple[InputContainer, VideoStream]]:
    """Open `path` and its picture stream; the other streams are not read.

    Raises:
        ClipError: The file cannot be opened, or has no picture that can be decoded.
    """
    with open_container(path) as container:
        yield container, picture_stream(path, container)


@contextmanager
def open_container(path: Path) -> Iterator[InputContainer]:
    """Open `path`, whatever bytes its name has.

    Raises:
        ClipError: The file is missing, forbidden, empty, or no container that we know.
    """
    head = _head(path)
    try:
        # An explicit protocol: a name such as "a:b.mp4" would otherwise name one.
        # Titles in a file may have any encoding; a wrong letter must not cost the clip.
        container = av.open(
            f"file:{path}",
            "r",
            container_options=_OPTIONS,
            stream_options=_HEADERS_ONLY if _is_quicktime(head) else [],
            metadata_errors="replace",
        )
    except (av.FFmpegError, OSError, ValueError) as error:
        raise ClipError(path, _why_not_opened(head, error), text_of(error)) from error
    try:
        yield container
    finally:
        container.close()


def picture_stream(path: Path, container: InputContainer) -> VideoStream:
    """The stream to look at, set up to be decoded; all others are switched off.

    Raises:
        ClipError: There is none, or no decoder for it.
    """
    videos = [
        stream
        for stream in container.streams.video
        if not stream.disposition & Disposition.attached_pic  # a cover, not a clip
    ]
    if not videos:
        why = Why.NO_PICTURE if container.streams.audio else Why.NOT_VIDEO
        raise ClipError(path, why)
    stream = next((v for v in videos if v.disposition & Disposition.default), videos[0])
    if stream.codec_context is None:
        raise ClipError(path, Why.UNSUPPORTED)
    for other in container.streams:
        if other is not stream:
            other.discard = Discard.all
    return stream


def packets_of(container: InputContainer, stream: S) -> "Iterator[Packet[S]]":
    """The packets of `stream` from here on, whatever else turns up in the file.

    MPEG may bring a stream that nobody announced; PyAV has a list of those that were there when
    the file was opened, and raises `IndexError`. Asked again, it reads on behind that packet.
    """
    while True:
        try:
            yield from cast("Iterator[Packet[S]]", container.demux(stream))
        except IndexError:
            continue
        return


def picture_start_s(container: InputContainer) -> float:
    """When the picture starts on the clock of the container: zero of all our times."""
    for video in container.streams.video:
        if video.start_time is not None and video.time_base is not None:
            return float(video.start_time * video.time_base)
    return 0.0


def text_of(error: Exception) -> str:
    """FFmpeg's own words for `error`, without our path in it."""
    if isinstance(error, av.FFmpegError | OSError) and error.strerror:
        return str(error.strerror)
    return str(error) or type(error).__name__


def _head(path: Path) -> bytes:
    """The first bytes of `path`: tells apart what FFmpeg reports alike.

    Raises:
        ClipError: The file is missing, forbidden or empty, or no file.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except FileNotFoundError as error:
        raise ClipError(path, Why.MISSING) from error
    except PermissionError as error:
        raise ClipError(path, Why.FORBIDDEN) from error
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        raise ClipError(path, Why.UNREADABLE, text_of(error)) from error
    if not head:
        raise ClipError(path, Why.EMPTY)
    return head


def _is_quicktime(head: bytes) -> bool:
    return any(atom in head for atom in _QUICKTIME_ATOMS)


def _why_not_opened(head: bytes, error: Exception) -> Why:
    if isinstance(error, av.DecoderNotFoundError):
        return Why.UNSUPPORTED
    # FFmpeg says "invalid argument" for a format that is not in the whitelist.
    if not isinstance(error, av.InvalidDataError | av.ArgumentError | av.EOFError):
        return Why.UNREADABLE
    if _is_quicktime(head):
        return Why.NO_INDEX
    if head.startswith(_MAGICS):
        return Why.DAMAGED
    return Why.NOT_VIDEO
