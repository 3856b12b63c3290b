"""FCPXML for Final Cut Pro (and Resolve): the library with its ratings, and the selects timeline.

Two files, never one: a clip that stands in an event and in a project of the same file makes Final
Cut warn of invalid edits. Version 1.10, since Resolve refuses newer ones. Times are exact
fractions on each clip's own frame grid, counted from its embedded timecode.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from footage_sorter.domain.clip import Clip, Mark, MediaInfo
from footage_sorter.domain.flag import PICTURE_FLAGS, Flag
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.words import FLAG_WORDS
from footage_sorter.services.handoff import selects
from footage_sorter.services.handoff.csv_json import reason_sentences
from footage_sorter.services.handoff.imported import decision_text
from footage_sorter.services.handoff.selects import FrameRange
from footage_sorter.services.handoff.text import file_url
from footage_sorter.services.handoff.timebase import exact_rate, first_frame, nearest, timebase_of
from footage_sorter.services.handoff.xml_io import Element, add, write_xml

VERSION = "1.10"
OURS = "footage-sorter: "
"""Begins the name of every rating that the program writes, so that it knows its own again."""
NOTE_SIGN = "Footage Sorter: "
"""Begins every line of a note that the program writes; the others are a person's."""
KEY = "com.footagesorter."
"""Begins the key of every metadata that the program writes."""
DECISION_KEY = f"{KEY}decision"
CONTENT_KEY = f"{KEY}content"
SIZE_KEY = f"{KEY}size_bytes"
KEYWORDS_KEY = f"{KEY}keywords"
KEYWORDS_JOINT = ", "

# The only sound rates that a sequence may state.
_SEQUENCE_RATES = {32000: "32k", 44100: "44.1k", 48000: "48k", 88200: "88.2k", 96000: "96k"}


@dataclass(frozen=True, slots=True)
class _Source:
    """A clip on its frame grid.

    Attributes:
        rate: Frames per second, exact.
        first: Number of the first frame: the embedded timecode's, or 0.
        total: Frames.
    """

    clip: Clip
    media: MediaInfo
    rate: Fraction
    first: int
    total: int
    drop: bool

    def time(self, frame: int) -> str:
        """When `frame`, counted from the clip's start, stands on the clip's own clock."""
        return rational((self.first + frame) / self.rate)

    def span(self, frames: FrameRange) -> dict[str, str]:
        """The attributes of a range."""
        return {"start": self.time(frames.start), "duration": rational(frames.length / self.rate)}


def library_file(rows: Sequence[ClipRow], event: str = "Footage Sorter") -> bytes:
    """An event with every readable clip of `rows` and all that is known of it."""
    root, resources = _document()
    holder = add(root, "event", name=event)
    for row, source in _sources(rows):
        ref = _add_asset(resources, source)
        _add_library_clip(holder, row, source, ref)
    _add_smart_collections(holder)
    return write_xml(root, "fcpxml")


def timeline_file(rows: Sequence[ClipRow], name: str = "Selects") -> bytes:
    """A project whose timeline joins the select of each of `rows`, in their order.

    Cuts lie on the timeline's own grid, the rate that most of the selects have, as Final Cut asks:
    in a clip of another rate a range may move by half a frame of the timeline.
    """
    root, resources = _document()
    chosen = [
        (row, source) for row, source in _sources(rows) if selects.select_range(row) is not None
    ]
    if chosen:
        project = add(add(add(root, "library"), "event", name=name), "project", name=name)
        _add_sequence(project, resources, chosen)
    return write_xml(root, "fcpxml")


def rational(time_s: Fraction) -> str:
    """A time as FCPXML writes it: "1001/30000s", or "5s" where it is whole."""
    whole = time_s.denominator == 1
    return f"{time_s.numerator}s" if whole else f"{time_s.numerator}/{time_s.denominator}s"


def _document() -> tuple[Element, Element]:
    root = Element("fcpxml", {"version": VERSION})
    return root, add(root, "resources")


def _sources(rows: Sequence[ClipRow]) -> list[tuple[ClipRow, _Source]]:
    """The readable rows, with their frame grids."""
    found = []
    for row in rows:
        media = row.clip.media
        if media is None or row.error:
            continue
        rate = exact_rate(media.frame_rate)
        first = first_frame(media.frame_rate, media.start_timecode)
        total = selects.length_frames(media, rate)
        drop = timebase_of(media.frame_rate, media.start_timecode).drop
        found.append((row, _Source(row.clip, media, rate, first, total, drop)))
    return found


def _add_asset(resources: Element, source: _Source) -> str:
    """Describe the file and its format; return the asset's id."""
    media, sound = source.media, source.media.sound
    format_id = _format_id(resources, source.rate, media.size_px)
    asset = add(
        resources,
        "asset",
        id=f"a{len(resources) + 1}",
        name=source.clip.path.name,
        start=source.time(0),
        duration=rational(source.total / source.rate),
        hasVideo="1",
        videoSources="1",
        format=format_id,
    )
    if sound:
        asset.attrib |= {
            "hasAudio": "1",
            "audioSources": "1",
            "audioChannels": str(sound.channels),
            "audioRate": str(sound.rate_hz),
        }
    add(asset, "media-rep", kind="original-media", src=file_url(source.clip.path))
    return asset.attrib["id"]


def _format_id(resources: Element, rate: Fraction, size_px: tuple[int, int]) -> str:
    """The format of this rate and size, made where there is none yet."""
    wanted = {
        "frameDuration": rational(1 / rate),
        "width": str(size_px[0]),
        "height": str(size_px[1]),
    }
    for known in resources.iter("format"):
        if wanted.items() <= known.attrib.items():
            return known.attrib["id"]
    return add(resources, "format", id=f"f{len(resources) + 1}", **wanted).attrib["id"]


def _clip_attributes(source: _Source, ref: str) -> dict[str, str]:
    return {
        "ref": ref,
        "name": source.clip.path.name,
        "tcFormat": "DF" if source.drop else "NDF",
    }


def _add_library_clip(event: Element, row: ClipRow, source: _Source, ref: str) -> None:
    """One clip: its note, then markers, ratings and keywords, then metadata, as the DTD asks."""
    whole = FrameRange(0, source.total)
    clip = add(event, "asset-clip", **_clip_attributes(source, ref), **source.span(whole))
    sentences = [NOTE_SIGN + sentence for sentence in reason_sentences(row)]
    if note := "\n".join(part for part in (row.decision.note, *sentences) if part):
        add(clip, "note", note)
    _add_ratings(clip, row, source)
    _add_faults(clip, row, source)
    _add_tags(clip, row, source.span(whole))
    _add_metadata(clip, row)


def _add_ratings(clip: Element, row: ClipRow, source: _Source) -> None:
    """The select as favourite, the rest that is bad as rejected; they never overlap."""
    whole = FrameRange(0, source.total)
    if row.decision.mark is Mark.REJECT:
        add(clip, "rating", name=f"{OURS}reject", value="reject", **source.span(whole))
        return
    segment = selects.select_range(row)
    favourite = selects.frames_of(segment, source.rate, source.total) if segment else None
    if favourite:
        kept = row.decision.mark is Mark.KEEP
        name = f"{OURS}keep" if kept else f"{OURS}{selects.select_name(row).lower()}"
        add(clip, "marker", value=name, start=source.time(favourite.start),
            duration=rational(1 / source.rate))  # fmt: skip
        add(clip, "rating", name=name, value="favorite", **source.span(favourite))
    bad = selects.bad_ranges(row, source.rate, source.total)
    for frames in selects.without(bad, favourite):
        add(clip, "rating", name=f"{OURS}fault", value="reject", **source.span(frames))


def _add_faults(clip: Element, row: ClipRow, source: _Source) -> None:
    """A keyword for each range of each flag; shake also as Final Cut's own analysis says it."""
    for fault in selects.faults(row):
        span = source.span(selects.frames_of(fault.range, source.rate, source.total))
        note = f"{fault.flag.value} {fault.peak:.2f}"
        add(clip, "keyword", value=keyword(fault.flag), note=note, **span)
        if fault.flag is Flag.SHAKY:
            analysis = add(clip, "analysis-marker", **span)
            add(analysis, "stabilization-type", value="excessiveShake")


def _add_tags(clip: Element, row: ClipRow, span: Mapping[str, str]) -> None:
    """What classifiers call the clip, as keywords over all that is used of it."""
    for tag in row.tags:
        add(clip, "keyword", value=tag.keyword, note=f"{tag.probability:.0%}", **span)


def keyword(flag: Flag) -> str:
    """The keyword that stands for `flag`: its words in lower case, without a comma."""
    return FLAG_WORDS[flag].lower()


def _add_metadata(clip: Element, row: ClipRow) -> None:
    """What Final Cut has no field for: stars, the numbers, the decision whole."""
    decision, rating = row.decision, row.rating
    metadata = add(clip, "metadata")
    values: list[tuple[str, str, str, object]] = [("stars", "Stars", "integer", decision.stars)]
    if rating:
        values += [
            ("usability", "Usability", "integer", rating.usability),
            ("verdict", "Verdict", "string", rating.verdict.value),
            ("blurry", "Blurred %", "float", rating.percent.blurry),
            ("underexposed", "Underexposed %", "float", rating.percent.underexposed),
            ("overexposed", "Overexposed %", "float", rating.percent.overexposed),
            ("shaky", "Shaky %", "float", rating.percent.shaky),
        ]
    if row.tags:
        tags = KEYWORDS_JOINT.join(tag.keyword for tag in row.tags)
        values.append(("keywords", "Tags", "string", tags))
    values += [
        ("content", "Content", "string", row.clip.content),
        ("size_bytes", "Size in bytes", "integer", row.clip.stamp.size_bytes),
        ("decision", "Decision", "string", decision_text(decision)),
    ]
    for key, display, kind, value in values:
        if value is not None:
            add(metadata, "md", key=f"{KEY}{key}", value=str(value), type=kind,
                displayName=f"Footage Sorter: {display}")  # fmt: skip


def _add_smart_collections(event: Element) -> None:
    """Searches that Final Cut keeps up to date by itself."""
    for name, value in (("Favourites", "favorites"), ("Rejected", "rejected")):
        add(add(event, "smart-collection", name=name, match="all"), "match-ratings", value=value)
    shake = add(event, "smart-collection", name="Excessive shake", match="all")
    match = add(shake, "match-stabilization", rule="includesAny")
    add(match, "stabilization-type", value="excessiveShake")
    for flag in PICTURE_FLAGS:
        collection = add(event, "smart-collection", name=FLAG_WORDS[flag], match="all")
        match = add(collection, "match-keywords", rule="includesAny")
        add(match, "keyword-name", value=keyword(flag))


def _add_sequence(
    project: Element, resources: Element, chosen: Sequence[tuple[ClipRow, _Source]]
) -> None:
    """One storyline of the selects."""
    kinds = [(source.rate, source.media.size_px) for _, source in chosen]
    rate, size_px = max(kinds, key=kinds.count)  # the first among equals
    drop = any(source.drop for _, source in chosen if source.rate == rate)
    sequence = add(
        project,
        "sequence",
        format=_format_id(resources, rate, size_px),
        tcStart="0s",
        tcFormat="DF" if drop else "NDF",
        audioLayout="stereo",
        audioRate=_sequence_sound_rate(chosen),
    )
    spine = add(sequence, "spine")
    at = 0
    for row, source in chosen:
        segment = selects.select_range(row)
        assert segment is not None
        frames = selects.frames_of(segment, source.rate, source.total)
        left_s = (source.total - frames.start) / source.rate
        # From the frame that it begins with to the wanted end: so the end moves by half a frame
        # of the timeline at most, whatever the beginning was rounded to.
        wanted_s = max(Fraction(0), Fraction(segment.end_s) - frames.start / source.rate)
        length = max(1, min(nearest(wanted_s, rate), floor(left_s * rate)))
        attributes = {
            "offset": rational(at / rate),
            "start": source.time(frames.start),
            "duration": rational(length / rate),
        }
        clip = add(spine, "asset-clip", **_clip_attributes(source, _add_asset(resources, source)),
                   **attributes)  # fmt: skip
        span = {name: attributes[name] for name in ("start", "duration")}
        _add_tags(clip, row, span)
        at += length
    sequence.set("duration", rational(at / rate))


def _sequence_sound_rate(chosen: Sequence[tuple[ClipRow, _Source]]) -> str:
    rates = [source.media.sound.rate_hz for _, source in chosen if source.media.sound]
    most = max(rates, key=rates.count) if rates else 48000
    return _SEQUENCE_RATES.get(most, "48k")
