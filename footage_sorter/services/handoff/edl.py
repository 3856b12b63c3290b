"""CMX 3600 EDL of the selects: what every finishing program reads, and nothing more.

An EDL has one rate: that of most selects, at most 60 frames a second. Source times count from each
clip's embedded timecode. A comment carries the name, another the exact path.
"""

from collections.abc import Sequence
from fractions import Fraction

from footage_sorter.domain.clip import MediaInfo
from footage_sorter.domain.row import ClipRow
from footage_sorter.services.handoff import selects
from footage_sorter.services.handoff.text import file_url, one_line
from footage_sorter.services.handoff.timebase import Timebase, start_frame, timebase_of

_RECORD_START_S = 3600
_MAX_FPS = 60


def to_edl(rows: Sequence[ClipRow], title: str = "Selects") -> str:
    """One event for the select of each of `rows`, in their order, from 01:00:00:00 on."""
    chosen = [
        (row, row.clip.media, segment)
        for row in rows
        if row.clip.media and (segment := selects.select_range(row))
    ]
    bases = [timebase_of(m.frame_rate, m.start_timecode, at_most=_MAX_FPS) for _, m, _ in chosen]
    base = max(bases, key=bases.count) if bases else Timebase(25)
    mode = "DROP FRAME" if base.drop else "NON-DROP FRAME"
    lines = [f"TITLE: {one_line(title)[:70]}", f"FCM: {mode}", ""]
    at = base.nominal * _RECORD_START_S
    if base.drop:
        at = base.frame_of("01:00:00;00") or 0
    for number, (row, media, segment) in enumerate(chosen, start=1):
        total = selects.length_frames(media, base.rate)
        frames = selects.frames_of(segment, base.rate, total)
        first = _first_frame(media, base)
        source = (first + frames.start, first + frames.end)
        record = (at, at + frames.length)
        at += frames.length
        times = " ".join(base.timecode(frame) for frame in (*source, *record))
        channels = "B    " if media.sound else "V    "
        lines += [
            # Three digits in CMX 3600; programs that read more events accept four.
            f"{number:03}  AX       {channels} C        {times}",
            f"* FROM CLIP NAME: {one_line(row.clip.path.name)}",
            f"* SOURCE FILE: {file_url(row.clip.path)}",
            *(f"* COMMENT: {one_line(said)}" for said in _comments(row)),
            "",
        ]
    return "\r\n".join(lines)


def _comments(row: ClipRow) -> list[str]:
    """The person's note, then the tags."""
    return [*filter(None, [row.decision.note]), *(tag.keyword for tag in row.tags)]


def _first_frame(media: MediaInfo, base: Timebase) -> int:
    """The clip's first frame as the EDL counts: its own timecode's moment at the EDL's rate."""
    own = timebase_of(media.frame_rate, media.start_timecode)
    first = start_frame(media.start_timecode, own)
    if own == base:
        return first
    return base.frame_at(Fraction(first) / own.rate)
