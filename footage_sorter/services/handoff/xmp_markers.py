"""Markers in XMP: the chosen range and the best segment, as a track of their own.

Adobe's programs keep markers in `xmpDM:Tracks`, one track for each program that sets some, at a
rate of 254016000000 ticks a second, of which a frame of every common rate is a whole number. Other
tracks stay as they are.

Source: adobe/xmp-docs, XMPNamespaces/XMPDataTypes/Track.md and Marker.md.
"""

from fractions import Fraction

from footage_sorter.domain.rating import Segment
from footage_sorter.domain.row import ClipRow
from footage_sorter.services.handoff import selects
from footage_sorter.services.handoff.timebase import exact_rate, nearest
from footage_sorter.services.handoff.xmp_packet import RDF, Name, quoted

DYNAMIC_MEDIA = "http://ns.adobe.com/xmp/1.0/DynamicMedia/"
TRACKS = Name(DYNAMIC_MEDIA, "Tracks", "xmpDM")
OUR_TRACK = "Footage Sorter"
TICKS_A_SECOND = 254_016_000_000


def markers_of(row: ClipRow) -> list[tuple[str, Segment]]:
    """What is marked of a clip, with its name: the person's range, then the best segment."""
    media = row.clip.media
    if media is None or row.error:
        return []
    chosen = selects.chosen_range(row.decision, media.duration_s)
    best = row.rating.best_segment if row.rating else None
    named = ((selects.CHOSEN, chosen), (selects.BEST, best))
    return [(name, span) for name, span in named if span is not None]


def track(row: ClipRow) -> bytes | None:
    """The entry of `TRACKS` with our markers, on the clip's frame grid; None without any.

    It declares its own prefixes, so that it can stand in any packet.
    """
    media = row.clip.media
    markers = markers_of(row)
    if media is None or not markers:
        return None
    rate = exact_rate(media.frame_rate)
    total = selects.length_frames(media, rate)
    entries = []
    for name, segment in markers:
        frames = selects.frames_of(segment, rate, total)
        start, length = (_ticks(count / rate) for count in (frames.start, frames.length))
        entries.append(
            f'<rdf:li><rdf:Description xmpDM:startTime="{start}" xmpDM:duration="{length}"'
            f' xmpDM:name={quoted(name)} xmpDM:type="Comment"/></rdf:li>'
        )
    return (
        f'<rdf:li xmlns:rdf="{RDF}" xmlns:xmpDM="{DYNAMIC_MEDIA}"><rdf:Description'
        f' xmpDM:trackName={quoted(OUR_TRACK)} xmpDM:trackType="Comment"'
        f' xmpDM:frameRate="f{TICKS_A_SECOND}"><xmpDM:markers><rdf:Seq>{"".join(entries)}'
        "</rdf:Seq></xmpDM:markers></rdf:Description></rdf:li>"
    ).encode()


def _ticks(time_s: Fraction) -> int:
    return nearest(time_s, Fraction(TICKS_A_SECOND))
