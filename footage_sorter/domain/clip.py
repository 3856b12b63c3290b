"""Clips: what a video file is and what a person said of it. Knows nothing of pixels or scores."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import NewType

from footage_sorter.domain.flag import Flag

ContentId = NewType("ContentId", str)
"""Hex digest of a file's size, head, middle and tail: survives rename and move."""

_CONTENT = re.compile(r"[0-9a-f]{16,128}")

ClipId = NewType("ClipId", int)
"""Number of a clip in its library; never used twice."""


@dataclass(frozen=True, slots=True)
class FileStamp:
    """Tells cheaply whether a file is still the one that was read."""

    size_bytes: int
    mtime_ns: int


class Transfer(StrEnum):
    """How a clip's code values map to light."""

    SDR = "sdr"
    HLG = "hlg"
    PQ = "pq"
    LOG = "log"  # a camera's own curve: exposure cannot be judged from the picture


@dataclass(frozen=True, slots=True)
class Colour:
    """How a clip's pixels are to be read.

    Attributes:
        full_range: Luma uses 0-255 (of 8 bit), not 16-235.
        transfer: The curve from code value to light.
        wide_gamut: BT.2020 primaries.
    """

    full_range: bool = False
    transfer: Transfer = Transfer.SDR
    wide_gamut: bool = False


@dataclass(frozen=True, slots=True)
class Sound:
    """The first sound stream of a clip."""

    codec: str
    rate_hz: int
    channels: int


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What the container and the first frame say of a clip.

    Attributes:
        duration_s: Seconds of picture, > 0.
        frame_rate: Average frames per second, exact (30000/1001, never 29.97); for a clip of
            variable rate the rate it was meant to have.
        coded_size_px: (width, height) as stored, before rotation.
        rotation_deg: Clockwise turn that shows the picture upright: 0, 90, 180 or 270.
        codec: FFmpeg's name of the video codec ("h264").
        pixel_format: FFmpeg's name ("yuv420p10le").
        pixel_aspect: Width of one pixel over its height; 1 for square ones.
        variable_rate: The gaps between frames differ by more than a rounding.
        interlaced: Frames are stored as two fields.
        start_timecode: "01:00:00:00" where the file carries one.
        recorded_at: When the camera says that it recorded, in its own time zone or UTC.
        camera: Maker and model, where the file says so.
    """

    duration_s: float
    frame_rate: Fraction
    coded_size_px: tuple[int, int]
    rotation_deg: int = 0
    codec: str = ""
    pixel_format: str = ""
    pixel_aspect: Fraction = Fraction(1)
    colour: Colour = Colour()
    sound: Sound | None = None
    variable_rate: bool = False
    interlaced: bool = False
    start_timecode: str | None = None
    recorded_at: datetime | None = None
    camera: str | None = None

    def __post_init__(self) -> None:
        if not self.duration_s > 0:
            raise ValueError(f"duration_s must be > 0, got {self.duration_s}")
        if self.frame_rate <= 0:
            raise ValueError(f"frame_rate must be > 0, got {self.frame_rate}")
        if self.rotation_deg not in (0, 90, 180, 270):
            raise ValueError(f"rotation_deg must be a quarter turn, got {self.rotation_deg}")

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height) as displayed: after pixel aspect and rotation."""
        width, height = self.coded_size_px
        width = round(width * self.pixel_aspect)
        return (height, width) if self.rotation_deg in (90, 270) else (width, height)


@dataclass(frozen=True, slots=True)
class Clip:
    """One video file in the library. A value: a changed clip is a new Clip.

    Attributes:
        path: Absolute. Any bytes that a file system allows (surrogates stand for undecodable ones).
        content: None until the file's ends were hashed.
        media: None until the file was probed, and for one that cannot be read.
    """

    id: ClipId
    path: Path
    stamp: FileStamp
    content: ContentId | None = None
    media: MediaInfo | None = None


def content_named(text: object) -> ContentId | None:
    """The content that a file of unknown origin names; None for what can be none."""
    return ContentId(text) if isinstance(text, str) and _CONTENT.fullmatch(text) else None


class Mark(StrEnum):
    """A person's decision on a clip. No analysis code may write it."""

    NONE = "none"
    KEEP = "keep"
    REJECT = "reject"


MAX_STARS = 5


@dataclass(frozen=True, slots=True)
class Decision:
    """All that a person said of a clip. Outranks every verdict.

    Attributes:
        mark: Keep, reject or none.
        stars: 0 (not given) to 5.
        note: Free text.
        in_s: Start of the range that the person chose, seconds from the clip's start.
        out_s: Its end; greater than `in_s` where both are given.
        overruled: Flags that the person called wrong for this clip.
    """

    mark: Mark = Mark.NONE
    stars: int = 0
    note: str = ""
    in_s: float | None = None
    out_s: float | None = None
    overruled: frozenset[Flag] = frozenset()

    def __post_init__(self) -> None:
        if not 0 <= self.stars <= MAX_STARS:
            raise ValueError(f"stars must be 0 to {MAX_STARS}, got {self.stars}")
        if self.in_s is not None and self.out_s is not None and self.out_s <= self.in_s:
            raise ValueError(f"out_s {self.out_s} must be after in_s {self.in_s}")


UNDECIDED = Decision()
