"""DaVinci Resolve: a script for its Scripts menu, and a metadata CSV for its import.

The script is the better way: it finds clips by their path, sets keywords, comments, colour, flag
and markers, and on a second run replaces only what it set itself. Resolve knows sixteen clip
colours and red is none of them: a reject is brown and has a red flag.
"""

import csv
import io
import json
from collections.abc import Sequence

from footage_sorter.domain.clip import Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.resources import resource
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.tags import possible_keywords
from footage_sorter.domain.words import FLAG_WORDS
from footage_sorter.services.handoff import selects
from footage_sorter.services.handoff.csv_json import reason_sentences
from footage_sorter.services.handoff.selects import Bin, FrameRange, bin_of
from footage_sorter.services.handoff.text import encodable
from footage_sorter.services.handoff.timebase import exact_rate, start_frame, timebase_of

Json = dict[str, object]

CLIP_COLOURS = (
    "Orange", "Apricot", "Yellow", "Lime", "Olive", "Green", "Teal", "Navy", "Blue", "Purple",
    "Violet", "Pink", "Tan", "Beige", "Brown", "Chocolate",
)  # fmt: skip
"""All that Resolve accepts for a clip."""

COLOURS = {Bin.KEEP: "Green", Bin.PARTLY: "Yellow", Bin.REJECT: "Brown"}
MARKER_COLOURS = {
    Flag.BLURRY: "Blue",
    Flag.OVEREXPOSED: "Yellow",
    Flag.UNDEREXPOSED: "Purple",
    Flag.SHAKY: "Cyan",
}
"""As the lanes of the quality strip; every other fault is red."""

CSV_COLUMNS = (
    "File Name", "Clip Directory", "Start TC", "End TC",
    "Keywords", "Comments", "Description", "Reviewers Notes",
)  # fmt: skip
"""Resolve's own names; the first four find the clip."""

_SCRIPT = ("handoff", "footage_sorter_resolve.py")
_MARK_WORDS = {Mark.KEEP: "keep", Mark.REJECT: "reject"}


def to_script(rows: Sequence[ClipRow]) -> str:
    """The script with what is to be set on each readable clip of `rows` inside it."""
    clips = {
        str(row.clip.path): _facts(row)
        for row in rows
        if row.clip.media is not None and not row.error
    }
    script = resource(*_SCRIPT).read_text("utf-8")
    for name, empty, value in (
        ("CLIPS", "{}", clips),
        ("OUR_KEYWORDS", "[]", sorted(_every_keyword(rows))),
    ):
        line = f'json.loads("{empty}")'
        before, found, after = script.partition(line)
        if not found:
            raise AssertionError(f"the script has no place for {name}")
        script = f"{before}json.loads({json.dumps(value)!r}){after}"
    return script


def to_metadata_csv(rows: Sequence[ClipRow]) -> str:
    """Metadata for File > Import Metadata To > Media Pool, in UTF-8."""
    out = io.StringIO()
    writer = csv.DictWriter(out, CSV_COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        media = row.clip.media
        if media is None or row.error:
            continue
        base = timebase_of(media.frame_rate, media.start_timecode)
        first = start_frame(media.start_timecode, base)
        total = selects.length_frames(media, base.rate)
        values = {
            "File Name": row.clip.path.name,
            "Clip Directory": str(row.clip.path.parent),
            "Start TC": base.timecode(first),
            "End TC": base.timecode(first + total),
            **metadata(row),
        }
        writer.writerow({name: encodable(value) for name, value in values.items()})
    return out.getvalue()


def metadata(row: ClipRow) -> dict[str, str]:
    """What is to stand in Resolve's columns of a clip, by their names."""
    return {
        "Keywords": ", ".join(_keywords(row)),
        "Comments": _comment(row),
        "Description": _description(row),
        "Reviewers Notes": row.decision.note,
    }


def _facts(row: ClipRow) -> Json:
    """What the script sets on one clip."""
    return {
        "keywords": _keywords(row),
        "comment": _comment(row),
        "colour": COLOURS.get(bin_of(row), ""),
        "flag": "Red" if row.decision.mark is Mark.REJECT else "",
        "markers": _markers(row),
    }


def _keywords(row: ClipRow) -> list[str]:
    flags = row.rating.flags if row.rating else frozenset()
    words = [FLAG_WORDS[flag].lower() for flag in Flag if flag in flags]
    if word := _MARK_WORDS.get(row.decision.mark):
        words.append(word)
    if row.decision.stars:
        words.append(_stars(row.decision.stars))
    return words + [tag.keyword for tag in row.tags]


def _every_keyword(rows: Sequence[ClipRow]) -> set[str]:
    """All that `_keywords` may give, so that the script knows its own of an earlier run."""
    flags = {words.lower() for words in FLAG_WORDS.values()}
    tags = possible_keywords(tag for row in rows for tag in row.tags)
    return flags | tags | set(_MARK_WORDS.values()) | {_stars(n) for n in range(1, 6)}


def _stars(stars: int) -> str:
    return f"{stars} stars" if stars > 1 else "1 star"


def _comment(row: ClipRow) -> str:
    lines = (row.decision.note, *reason_sentences(row))
    return "\n".join(line for line in lines if line)


def _description(row: ClipRow) -> str:
    return f"Usability {row.rating.usability}, {row.rating.verdict}" if row.rating else ""


def _markers(row: ClipRow) -> list[Json]:
    """Frames count from the clip's start, whatever its timecode."""
    media = row.clip.media
    assert media is not None
    rate = exact_rate(media.frame_rate)
    total = selects.length_frames(media, rate)
    markers: list[Json] = []
    segment = selects.select_range(row)
    if segment and row.decision.mark is not Mark.REJECT:
        frames = selects.frames_of(segment, rate, total)
        markers.append(_marker("select", frames, "Green", selects.select_name(row), ""))
    for fault in selects.faults(row):
        frames = selects.frames_of(fault.range, rate, total)
        colour = MARKER_COLOURS.get(fault.flag, "Red")
        note = f"{fault.flag.value} {fault.peak:.2f}"
        markers.append(_marker(fault.flag.value, frames, colour, FLAG_WORDS[fault.flag], note))
    return markers


def _marker(kind: str, frames: FrameRange, colour: str, name: str, note: str) -> Json:
    return {
        "kind": kind,
        "frame": frames.start,
        "length": frames.length,
        "colour": colour,
        "name": name,
        "note": note,
    }
