"""Final Cut Pro 7 XML for Premiere: bins by verdict, labels, log notes, markers, and the selects.

Premiere counts whole frames at a whole rate, with a sign for 1000/1001: ranges are rounded to the
nearest frame of the rate nearest to the clip's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from footage_sorter.domain.clip import Mark, MediaInfo
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.words import FLAG_WORDS, star_text
from footage_sorter.services.handoff import selects
from footage_sorter.services.handoff.csv_json import reason_sentences
from footage_sorter.services.handoff.selects import Bin, FrameRange, bin_of
from footage_sorter.services.handoff.text import file_url
from footage_sorter.services.handoff.timebase import Timebase, nearest, start_frame, timebase_of
from footage_sorter.services.handoff.xml_io import Element, add, write_xml

VERSION = "4"
LABELS = {Bin.KEEP: "Forest", Bin.PARTLY: "Mango", Bin.REJECT: "Rose", Bin.UNRATED: "Iris"}
"""Premiere's names of its label colours: green, yellow, red, violet."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A clip as Premiere counts it."""

    row: ClipRow
    media: MediaInfo
    base: Timebase
    total: int
    number: int


def to_xmeml(
    rows: Sequence[ClipRow], name: str = "Footage Sorter", *, timeline: bool = True
) -> bytes:
    """A project with a bin for each verdict and, if asked, a sequence of the kept clips' selects.

    Clips that cannot be read are left out.
    """
    root = Element("xmeml", {"version": VERSION})
    project = add(root, "project")
    add(project, "name", name)
    top = add(project, "children")
    sources = _sources(rows)
    for bin_ in Bin:
        of_bin = [source for source in sources if bin_of(source.row) is bin_]
        if of_bin:
            folder = add(top, "bin")
            add(folder, "name", bin_.value)
            children = add(folder, "children")
            for source in of_bin:
                _add_clip(children, source)
    chosen = [source for source in sources if source.row.decision.mark is Mark.KEEP]
    if timeline and chosen:
        _add_sequence(top, chosen)
    return write_xml(root, "xmeml")


def _sources(rows: Sequence[ClipRow]) -> list[_Source]:
    found = []
    for number, row in enumerate(rows, start=1):
        media = row.clip.media
        if media is not None and not row.error:
            base = timebase_of(media.frame_rate, media.start_timecode)
            total = selects.length_frames(media, base.rate)
            found.append(_Source(row, media, base, total, number))
    return found


def _select(source: _Source) -> FrameRange | None:
    segment = selects.select_range(source.row)
    return selects.frames_of(segment, source.base.rate, source.total) if segment else None


def _add_clip(children: Element, source: _Source) -> None:
    """A master clip: in and out are its select."""
    row, bin_ = source.row, bin_of(source.row)
    master = f"masterclip-{source.number}"
    clip = add(children, "clip", id=master, explodedTracks="true")
    add(clip, "masterclipid", master)
    add(clip, "ismasterclip", "TRUE")
    add(clip, "name", row.clip.path.name)
    add(clip, "duration", str(source.total))
    _add_rate(clip, source.base)
    select = _select(source)
    add(clip, "in", str(select.start) if select else "-1")
    add(clip, "out", str(select.end) if select else "-1")
    media = add(clip, "media")
    _add_track_item(media, "video", source)
    if source.media.sound:
        _add_track_item(media, "audio", source)
    _add_logging(clip, row)
    add(add(clip, "labels"), "label2", LABELS[bin_])
    _add_markers(clip, source, select)


def _add_track_item(media: Element, kind: str, source: _Source) -> None:
    """The clip's own picture or sound; the file is described where it first appears."""
    item = add(add(add(media, kind), "track"), "clipitem", id=f"{kind}-{source.number}")
    add(item, "masterclipid", f"masterclip-{source.number}")
    add(item, "name", source.row.clip.path.name)
    _add_rate(item, source.base)
    if kind == "video":
        _add_file(item, source)
    else:
        add(item, "file", id=f"file-{source.number}")
        sourcetrack = add(item, "sourcetrack")
        add(sourcetrack, "mediatype", "audio")
        add(sourcetrack, "trackindex", "1")


def _add_file(item: Element, source: _Source) -> None:
    media, path = source.media, source.row.clip.path
    file = add(item, "file", id=f"file-{source.number}")
    add(file, "name", path.name)
    add(file, "pathurl", file_url(path, "file://localhost"))
    _add_rate(file, source.base)
    add(file, "duration", str(source.total))
    _add_timecode(file, source.base, start_frame(media.start_timecode, source.base))
    kinds = add(file, "media")
    width, height = media.size_px
    _add_picture(add(kinds, "video"), source.base, width, height)
    if media.sound:
        sound = add(kinds, "audio")
        sample = add(sound, "samplecharacteristics")
        add(sample, "depth", "16")
        add(sample, "samplerate", str(media.sound.rate_hz))
        add(sound, "channelcount", str(media.sound.channels))


def _add_rate(parent: Element, base: Timebase) -> None:
    rate = add(parent, "rate")
    add(rate, "timebase", str(base.nominal))
    add(rate, "ntsc", "TRUE" if base.ntsc else "FALSE")


def _add_timecode(parent: Element, base: Timebase, first: int) -> None:
    timecode = add(parent, "timecode")
    _add_rate(timecode, base)
    add(timecode, "string", base.timecode(first))
    add(timecode, "frame", str(first))
    add(timecode, "displayformat", "DF" if base.drop else "NDF")


def _add_picture(video: Element, base: Timebase, width: int, height: int) -> None:
    sample = add(video, "samplecharacteristics")
    _add_rate(sample, base)
    add(sample, "width", str(width))
    add(sample, "height", str(height))
    add(sample, "pixelaspectratio", "square")


def _add_logging(clip: Element, row: ClipRow) -> None:
    """What stands in Premiere's columns Description, Log Note and Good; it has no keywords."""
    logging = add(clip, "logginginfo")
    rating = row.rating
    stars = star_text(row.decision.stars)
    usability = f"usability {rating.usability}, {rating.verdict.value}" if rating else ""
    parts = (stars, usability, *(tag.keyword for tag in row.tags))
    add(logging, "description", ", ".join(part for part in parts if part))
    add(logging, "scene", "")
    add(logging, "shottake", "")
    lines = (row.decision.note, *reason_sentences(row))
    add(logging, "lognote", "\n".join(line for line in lines if line))
    add(logging, "good", "TRUE" if row.decision.mark is Mark.KEEP else "FALSE")
    add(logging, "originalvideofilename", row.clip.path.name)


def _add_markers(clip: Element, source: _Source, select: FrameRange | None) -> None:
    """The select and every fault as a marker with its range."""
    if select:
        _add_marker(clip, selects.select_name(source.row), "", select)
    for fault in selects.faults(source.row):
        frames = selects.frames_of(fault.range, source.base.rate, source.total)
        _add_marker(clip, FLAG_WORDS[fault.flag], f"{fault.flag.value} {fault.peak:.2f}", frames)


def _add_marker(clip: Element, name: str, comment: str, frames: FrameRange) -> None:
    marker = add(clip, "marker")
    add(marker, "comment", comment)
    add(marker, "name", name)
    add(marker, "in", str(frames.start))
    add(marker, "out", str(frames.end))


def _add_sequence(parent: Element, chosen: Sequence[_Source]) -> None:
    """The selects of the kept clips one after the other, at the rate that most of them have."""
    kinds = [(source.base, source.media.size_px) for source in chosen]
    base, (width, height) = max(kinds, key=kinds.count)  # the first among equals
    sequence = add(parent, "sequence", id="selects")
    add(sequence, "name", "Selects")
    duration = add(sequence, "duration")
    _add_rate(sequence, base)
    _add_timecode(sequence, base, 0)
    media = add(sequence, "media")
    video = add(media, "video")
    _add_picture(add(video, "format"), base, width, height)
    tracks = {"video": add(video, "track"), "audio": add(add(media, "audio"), "track")}
    at = 0
    for source in chosen:
        select = _select(source)
        assert select is not None  # a kept clip is used whole where nothing better is known
        length_s = Fraction(select.length) / source.base.rate
        length = max(1, nearest(length_s, base.rate))
        for kind, track in tracks.items():
            if kind == "video" or source.media.sound:
                _add_use(track, kind, source, select, FrameRange(at, at + length))
        at += length
    duration.text = str(at)


def _add_use(
    track: Element, kind: str, source: _Source, select: FrameRange, at: FrameRange
) -> None:
    """One select on the timeline: in and out in the clip's frames, start and end in its own."""
    item = add(track, "clipitem", id=f"select-{kind}-{source.number}")
    add(item, "masterclipid", f"masterclip-{source.number}")
    add(item, "name", source.row.clip.path.name)
    add(item, "duration", str(source.total))
    _add_rate(item, source.base)
    add(item, "start", str(at.start))
    add(item, "end", str(at.end))
    add(item, "in", str(select.start))
    add(item, "out", str(select.end))
    add(item, "file", id=f"file-{source.number}")
    for other in ("video", "audio") if source.media.sound else ("video",):
        link = add(item, "link")
        add(link, "linkclipref", f"select-{other}-{source.number}")
        add(link, "mediatype", other)
