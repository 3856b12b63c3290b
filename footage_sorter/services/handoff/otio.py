"""OpenTimelineIO of the selects, in the shape that DaVinci Resolve accepts.

Written as the JSON that the format is, so that the library is not needed to write it: `Clip.2`,
a map of media references, `source_range` in the media's own timecode, a bare path. Resolve reads
any other shape as nothing, without an error.
"""

import json
from collections.abc import Sequence
from fractions import Fraction

from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.words import FLAG_WORDS
from footage_sorter.services.handoff import selects
from footage_sorter.services.handoff.selects import FrameRange
from footage_sorter.services.handoff.text import encodable, file_url
from footage_sorter.services.handoff.timebase import exact_rate, first_frame

Json = dict[str, object]

_REFERENCE = "DEFAULT_MEDIA"


def to_otio(rows: Sequence[ClipRow], name: str = "Selects") -> str:
    """A timeline of one video and one audio track with the select of each of `rows`, in order."""
    picture: list[Json] = []
    sound: list[Json] = []
    for row in rows:
        media, segment = row.clip.media, selects.select_range(row)
        if media is None or segment is None:
            continue
        rate = exact_rate(media.frame_rate)
        total = selects.length_frames(media, rate)
        frames = selects.frames_of(segment, rate, total)
        first = first_frame(media.frame_rate, media.start_timecode)
        clip = _clip(row, frames, FrameRange(first, first + total), rate)
        picture.append({**clip, "markers": _markers(row, rate, first, total)})
        sound.append(clip if media.sound else _gap(frames.length, rate))
    tracks = [_track("V1", "Video", picture), _track("A1", "Audio", sound)]
    timeline = {
        "OTIO_SCHEMA": "Timeline.1",
        "name": encodable(name),
        "metadata": {},
        "global_start_time": None,
        "tracks": {**_item("Stack.1", "tracks"), "source_range": None, "children": tracks},
    }
    return json.dumps(timeline, ensure_ascii=True, allow_nan=False, indent=1) + "\n"


def _clip(row: ClipRow, frames: FrameRange, whole: FrameRange, rate: Fraction) -> Json:
    used = FrameRange(whole.start + frames.start, whole.start + frames.end)
    name = encodable(row.clip.path.name)
    path = str(row.clip.path)
    reference = {
        "OTIO_SCHEMA": "ExternalReference.1",
        "name": name,
        "metadata": {},
        "available_range": _time_range(whole, rate),
        "available_image_bounds": None,
        # A name with bytes that no encoding explains fits no bare path: it goes as a URL.
        "target_url": path if encodable(path) == path else file_url(row.clip.path),
    }
    return {
        **_item("Clip.2", name),
        "metadata": {"footage_sorter": _facts(row)},
        "source_range": _time_range(used, rate),
        "media_references": {_REFERENCE: reference},
        "active_media_reference_key": _REFERENCE,
    }


def _facts(row: ClipRow) -> Json:
    return {
        "mark": row.decision.mark.value,
        "stars": row.decision.stars,
        "note": encodable(row.decision.note),
        "usability": row.rating.usability if row.rating else None,
        "verdict": row.rating.verdict.value if row.rating else None,
        "tags": [encodable(tag.keyword) for tag in row.tags],
    }


def _markers(row: ClipRow, rate: Fraction, first: int, total: int) -> list[Json]:
    found: list[Json] = []
    for fault in selects.faults(row):
        frames = selects.frames_of(fault.range, rate, total)
        marked = FrameRange(first + frames.start, first + frames.end)
        found.append(
            {
                "OTIO_SCHEMA": "Marker.2",
                "name": FLAG_WORDS[fault.flag],
                "metadata": {},
                "color": "RED",
                "comment": f"{fault.flag.value} {fault.peak:.2f}",
                "marked_range": _time_range(marked, rate),
            }
        )
    return found


def _gap(length: int, rate: Fraction) -> Json:
    return {**_item("Gap.1", ""), "source_range": _time_range(FrameRange(0, length), rate)}


def _track(name: str, kind: str, children: list[Json]) -> Json:
    return {
        **_item("Track.1", name),
        "source_range": None,
        "kind": kind,
        "children": children,
    }


def _item(schema: str, name: str) -> Json:
    """What every item of a timeline has."""
    return {
        "OTIO_SCHEMA": schema,
        "name": name,
        "metadata": {},
        "effects": [],
        "markers": [],
        "enabled": True,
    }


def _time_range(frames: FrameRange, rate: Fraction) -> Json:
    return {
        "OTIO_SCHEMA": "TimeRange.1",
        "start_time": _time(frames.start, rate),
        "duration": _time(frames.length, rate),
    }


def _time(frame: int, rate: Fraction) -> Json:
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": float(rate), "value": float(frame)}
