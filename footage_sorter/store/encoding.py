"""How values of the domain lie in the library's columns. Knows no SQL.

Facts are little-endian float64, one row of numbers for each measured frame, burst or second of
sound, so that a report comes back exactly. What is only carried, never searched for, is JSON.
"""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from math import isnan, nan
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np

from footage_sorter.domain.clip import Colour, MediaInfo, Sound, Transfer
from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.record import Field, Value, checked
from footage_sorter.domain.report import BurstScore, ClipReport, FrameScore, SoundScore
from footage_sorter.domain.tracks import Tracks

LAYOUT = 3
"""Of the columns `frames`, `bursts` and `sounds`."""

READABLE = {2: 6, LAYOUT: 7}
"""Numbers a frame, by layout: up to 2 nobody measured noise. A report of any other layout counts as
none."""

_TRACK_ROWS = len(Flag) + 2  # the cells' lengths come first, and what is covered

_FLOAT32 = np.dtype("<f4")  # named anew for each of 10,000 clips, it would be looked up as often

_frame_row = attrgetter(
    "time_s", "blur", "underexposed", "overexposed", "black", "covered", "noise"
)
_burst_row = attrgetter("start_s", "end_s", "shake", "change", "pan_x", "pan_y", "zoom")
_sound_row = attrgetter("start_s", "end_s", "loudness_dbfs", "clipped")


@dataclass(frozen=True, slots=True)
class Facts:
    """A report's columns: `about` is JSON, the others rows of float64, as `layout` has them."""

    layout: int
    about: str
    frames: bytes
    bursts: bytes
    sounds: bytes | None


def pack_report(report: ClipReport) -> Facts:
    """Write the facts of `report`; its key is kept beside them."""
    about = {"duration_s": report.duration_s, "exposure_judged": report.exposure_judged}
    return Facts(
        LAYOUT,
        json.dumps(about | {"damage": report.damage, "noise": report.noise}),
        _pack(report.frames, _frame_row),
        _pack(report.bursts, _burst_row),
        None if report.sounds is None else _pack(report.sounds, _sound_row),
    )


def unpack_report(key: dict[str, Any], facts: Facts) -> ClipReport:
    """Read a report; `key` holds its content, models and pass."""
    about = json.loads(facts.about)
    about.pop("noise", None)  # a clip's is made of its frames'
    bursts = (
        BurstScore(start_s, end_s, None if isnan(shake) else shake, *rest)
        for start_s, end_s, shake, *rest in _unpack(facts.bursts, 7)
    )
    return ClipReport(
        **key,
        **about,
        frames=tuple(map(_frame, _unpack(facts.frames, READABLE[facts.layout]))),
        bursts=tuple(bursts),
        sounds=None
        if facts.sounds is None
        else tuple(SoundScore(*row) for row in _unpack(facts.sounds, 4)),
    )


def unpack_about(about: str) -> tuple[str, float | None]:
    """The damage and the noise alone, of a report's `about`; None where no noise was measured."""
    said = json.loads(about)
    return said["damage"], said.get("noise")


def pack_tracks(tracks: Tracks) -> bytes:
    """Write tracks as float32, shape (2 + number of flags, n): lengths, covered, the flags."""
    rows = [tracks.lengths_s, tracks.covered, tracks.values]
    return np.vstack(rows).astype("<f4").tobytes()


def unpack_tracks(blob: bytes) -> Tracks:
    """Read what `pack_tracks` wrote; the arrays are views of `blob` and read-only."""
    rows = np.frombuffer(blob, _FLOAT32).reshape(_TRACK_ROWS, -1)
    return Tracks(rows[2:], rows[0], rows[1])


def pack_path(path: Path) -> bytes:
    """The file system's own bytes, which need not be text."""
    return os.fsencode(path)


def unpack_path(path: bytes) -> Path:
    """The path of these bytes; surrogates stand for undecodable ones."""
    return Path(os.fsdecode(path))


def pack_media(media: MediaInfo) -> str:
    """Write what the container says; rates as two whole numbers."""
    values = {name: getattr(media, name) for name in _PLAIN_MEDIA}
    values["frame_rate"] = media.frame_rate.as_integer_ratio()
    values["pixel_aspect"] = media.pixel_aspect.as_integer_ratio()
    colour, sound = media.colour, media.sound
    values["colour"] = (colour.full_range, colour.transfer, colour.wide_gamut)
    values["sound"] = sound and (sound.codec, sound.rate_hz, sound.channels)
    values["recorded_at"] = media.recorded_at and media.recorded_at.isoformat()
    return json.dumps(values)


def unpack_media(text: str) -> MediaInfo:
    """Read what `pack_media` wrote."""
    values = json.loads(text)
    full_range, transfer, wide_gamut = values["colour"]
    recorded_at = values["recorded_at"]
    values |= {
        "frame_rate": _fraction(*values["frame_rate"]),
        "pixel_aspect": _fraction(*values["pixel_aspect"]),
        "coded_size_px": tuple(values["coded_size_px"]),
        "colour": _colour(full_range, transfer, wide_gamut),
        "sound": values["sound"] and _sound(*values["sound"]),
        "recorded_at": recorded_at and datetime.fromisoformat(recorded_at),
    }
    return MediaInfo(**values)


def pack_error(error: ClipError) -> str:
    """Write why a clip cannot be read."""
    return json.dumps({"why": error.why, "detail": error.detail})


def unpack_error(path: Path, text: str) -> ClipError:
    """Read why the clip at `path` cannot be read."""
    values = json.loads(text)
    return ClipError(path, Why(values["why"]), values["detail"])


def pack_value(field: Field, value: Value) -> str:
    """Write one field of a decision; refuses with ValueError what could not be read again."""
    return json.dumps(checked(field, value))


@lru_cache(4096)
def unpack_value(field: str, text: str) -> Value:
    """Read one field of a decision; most of a library's are the same few."""
    return checked(Field(field), json.loads(text))


_PLAIN_MEDIA = (
    "duration_s",
    "coded_size_px",
    "rotation_deg",
    "codec",
    "pixel_format",
    "variable_rate",
    "interlaced",
    "start_timecode",
    "camera",
)


@lru_cache(256)
def _fraction(numerator: int, denominator: int) -> Fraction:
    return Fraction(numerator, denominator)  # a library holds few different rates


@lru_cache(256)
def _colour(full_range: bool, transfer: str, wide_gamut: bool) -> Colour:  # noqa: FBT001
    return Colour(full_range, Transfer(transfer), wide_gamut)


@lru_cache(256)
def _sound(codec: str, rate_hz: int, channels: int) -> Sound:
    return Sound(codec, rate_hz, channels)


def _pack(scores: Sequence[object], row_of: Callable[[Any], tuple[float | None, ...]]) -> bytes:
    rows = [[nan if value is None else value for value in row_of(score)] for score in scores]
    return np.array(rows, "<f8").tobytes()


def _frame(row: list[float]) -> FrameScore:
    """A frame's row, of any readable layout."""
    time_s, blur, under, over, black, covered, *rest = row
    noise = rest[0] if rest and not isnan(rest[0]) else None
    return FrameScore(time_s, blur, under, over, black, covered, noise)


def _unpack(blob: bytes, columns: int) -> list[list[float]]:
    rows: list[list[float]] = np.frombuffer(blob, "<f8").reshape(-1, columns).tolist()
    return rows
