"""CSV and JSON: the ratings for scripts and spreadsheets. Knows no file: text in, text out.

The JSON document is schema 1. Keys are only ever added to it; one that changes its meaning, or
goes, makes schema 2.
"""

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain import rating as ratings
from footage_sorter.domain import words
from footage_sorter.domain.clip import Clip, MediaInfo
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.phrase import Phrase
from footage_sorter.domain.rating import Rating, Segment
from footage_sorter.domain.report import Models
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.tracks import Tracks
from footage_sorter.services.handoff.imported import decision_values

SCHEMA = 1

Json = dict[str, object]

COLUMNS = (
    "path", "file", "status", "error", "verdict", "usability", "flags",
    "mark", "stars", "note", "in_s", "out_s",
    "best_start_s", "best_end_s", "duration_s", "frame_rate", "width", "height", "rotation",
    "codec", "camera", "recorded_at", "start_timecode", "pass",
    "sharp", "blurry", "well_exposed", "underexposed", "overexposed", "steady", "shaky",
    "reasons", "overruled", "content", "size_bytes", "tags", "for_you",
    "noise", "usual_noise",
)  # fmt: skip
"""The CSV's first line. Columns are only ever added, at the end."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")
_LIST_JOINT = "; "


def to_document(rows: Sequence[ClipRow], limits: Limits, app: str, models: Models | None) -> Json:
    """The JSON document of `rows`, in their order.

    Rows that are neither rated nor failed stand apart, as "unrated": no rating is not zero, and
    what a person said of them is not lost. Published as resources/schema/ratings-1.json.

    Args:
        rows: A clip that was judged by other limits than `limits` says by which.
        limits: Written out, so that the document says by what it was judged.
        app: Who writes, "footage-sorter 0.1.0".
        models: Who measured; None where nothing was.
    """
    return {
        "schema": SCHEMA,
        "app": app,
        "models": asdict(models) if models else {},
        "limits": _limits(limits),
        "clips": [_clip(row, limits) for row in rows if row.error or row.rating],
        "unrated": [_unrated(row) for row in rows if not (row.error or row.rating)],
    }


def to_json(document: Mapping[str, object]) -> str:
    """`document` as text, in plain ASCII: so undecodable bytes of a name survive, as escapes."""
    return json.dumps(document, ensure_ascii=True, allow_nan=False, indent=1) + "\n"


def to_csv(rows: Sequence[ClipRow]) -> str:
    """One line a clip, in the order of `rows`, under a line of `COLUMNS`.

    Text that a spreadsheet would run as a formula, which a file's name may well begin with, is
    preceded by an apostrophe, the spreadsheets' own sign for text; so is text that begins with
    one, so that `plain_text` gives back every cell. Write it in UTF-8 with `surrogateescape`:
    then names keep bytes that no encoding explains.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in _line(row).items()})
    return out.getvalue()


def plain_text(cell: str) -> str:
    """The text that `to_csv` wrote as `cell`."""
    return cell.removeprefix("'")


def _clip(row: ClipRow, usual: Limits | None = None) -> Json:
    rating = None if row.error else row.rating
    media = row.clip.media if rating else None
    error = row.error
    return {
        "path": str(row.clip.path),
        "status": "failed" if error else "rated",
        "error": {"kind": error.why.value, "message": str(words.error(error))} if error else None,
        **_media(media),
        **_rating(rating),
        "seconds": _seconds(row.tracks) if rating and row.tracks else None,
        "reasons": reason_sentences(row) if rating else None,
        **decision_values(row.decision),
        "pass": row.looked.name.lower() if rating and row.looked else None,
        "damage": row.damage or None,
        "missing": row.missing,
        "for_you": row.for_you if rating else None,
        "noise": _percent(row.noise) if rating else None,
        "usual_noise": _percent(row.usual_noise) if rating else None,
        "limits": _limits(row.limits) if row.limits not in (None, usual) else None,
        **_identity(row.clip),
        "tags": [
            {
                "classifier": tag.classifier,
                "title": tag.title,
                "label": tag.label,
                "probability": round(tag.probability, 4),
            }
            for tag in row.tags
        ],
    }


def _unrated(row: ClipRow) -> Json:
    media = row.clip.media
    return {
        "path": str(row.clip.path),
        **decision_values(row.decision),
        "duration_s": round(media.duration_s, 6) if media else None,
        **_identity(row.clip),
    }


def _identity(clip: Clip) -> Json:
    """What finds the clip on a machine where its path is another."""
    return {"content": clip.content, "size_bytes": clip.stamp.size_bytes}


def _limits(limits: Limits) -> Json:
    each: Json = {flag.value: asdict(limits.of(flag)) for flag in Flag}
    return each | {"relative_to_group": limits.relative_to_group}


def _media(media: MediaInfo | None) -> Json:
    names = (
        "duration_s", "frame_rate", "width", "height", "rotation", "codec",
        "camera", "recorded_at", "start_timecode",
    )  # fmt: skip
    if media is None:
        return dict.fromkeys(names)
    width, height = media.coded_size_px
    frame_rate = f"{media.frame_rate.numerator}/{media.frame_rate.denominator}"
    recorded_at = media.recorded_at.isoformat() if media.recorded_at else None
    values = (
        round(media.duration_s, 6), frame_rate, width, height, media.rotation_deg, media.codec,
        media.camera, recorded_at, media.start_timecode,
    )  # fmt: skip
    return dict(zip(names, values, strict=True))


def _rating(rating: Rating | None) -> Json:
    if rating is None:
        return dict.fromkeys(("usability", "verdict", "flags", "percent", "best_segment"))
    return {
        "usability": rating.usability,
        "verdict": rating.verdict.value,
        "flags": [flag.value for flag in Flag if flag in rating.flags],
        "percent": {
            name: None if value is None or math.isnan(value) else value
            for name, value in asdict(rating.percent).items()
        },
        "best_segment": _range(rating.best_segment),
    }


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 3)


def _range(segment: Segment | None) -> Json | None:
    if segment is None:
        return None
    return {"start_s": round(segment.start_s, 3), "end_s": round(segment.end_s, 3)}


def _seconds(tracks: Tracks) -> list[Json]:
    """One entry a cell; null where the fault was not measured."""
    columns = {
        "blur": _numbers(tracks.of(Flag.BLURRY)),
        "underexposed": _numbers(tracks.of(Flag.UNDEREXPOSED)),
        "overexposed": _numbers(tracks.of(Flag.OVEREXPOSED)),
        "shake": _numbers(tracks.of(Flag.SHAKY)),
    }
    return [
        {"start_s": float(at), **dict(zip(columns, cell, strict=True))}
        for at, cell in enumerate(zip(*columns.values(), strict=True))
    ]


def _numbers(track: NDArray[np.float32]) -> list[float | None]:
    return [None if math.isnan(value) else round(value, 4) for value in track.tolist()]


def reason_sentences(row: ClipRow) -> list[str]:
    """Why each flag of `row` was raised, one sentence a flag; none for an unrated row."""
    return list(map(str, reasons_of(row)))


def reasons_of(row: ClipRow) -> list[Phrase]:
    """The same, to be said in any language."""
    if row.rating is None or row.tracks is None or row.limits is None:
        return []
    return [words.reason(one) for one in ratings.reasons(row.tracks, row.limits, row.rating)]


def _line(row: ClipRow) -> Json:
    """The cells of one clip, by column; an unrated one has the status "unrated" and no rating."""
    document = _clip(row)
    best = row.rating.best_segment if row.rating and not row.error else None
    percent = document["percent"]
    assert percent is None or isinstance(percent, dict)
    values = {
        **document,
        **(percent or {}),
        "file": row.clip.path.name,
        "status": document["status"] if row.error or row.rating else "unrated",
        "error": str(words.error(row.error)) if row.error else None,
        "best_start_s": round(best.start_s, 3) if best else None,
        "best_end_s": round(best.end_s, 3) if best else None,
        "tags": [tag.keyword for tag in row.tags],
    }
    return {name: values.get(name) for name in COLUMNS}


def _cell(value: object) -> object:
    """What stands in the file for `value`: numbers as they are, text guarded."""
    if value is None:
        return ""
    if isinstance(value, list):
        value = _LIST_JOINT.join(map(str, value))
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value
