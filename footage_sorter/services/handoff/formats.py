"""Formats: every file that the result can be taken away in, by the name that a person gives.

One list for the window and the command. Sidecars, which lie beside each clip, are in `sidecars`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from footage_sorter.domain.clip import Clip
from footage_sorter.domain.errors import NothingKept
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.phrase import ENGLISH, Phrase, Speech
from footage_sorter.domain.report import Models
from footage_sorter.domain.report_words import ReportWord
from footage_sorter.domain.row import ClipRow
from footage_sorter.services.files_in import read_file
from footage_sorter.services.handoff.csv_json import to_csv, to_document, to_json
from footage_sorter.services.handoff.edl import to_edl
from footage_sorter.services.handoff.fcpxml import library_file, timeline_file
from footage_sorter.services.handoff.otio import to_otio
from footage_sorter.services.handoff.report import to_html
from footage_sorter.services.handoff.report_preview import lines_of
from footage_sorter.services.handoff.resolve import metadata, to_metadata_csv, to_script
from footage_sorter.services.handoff.resolve_like import filled_in
from footage_sorter.services.handoff.selects import kept
from footage_sorter.services.handoff.xmeml import to_xmeml

_BYTES_OF_NAMES = "surrogateescape"
"""Names that no encoding explains keep their bytes."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a format may say beyond the rows.

    Attributes:
        app: Who writes, "footage-sorter 0.1.0".
        models: Who measured.
        limits: That hold where a folder has none of its own.
        made_at: When, in the person's time zone.
        picture_of: The JPEG of a clip; None where there is none.
        like: What the other program itself exported, whose shape is taken over; None: our own.
        speech: The language of what people read; what programs read is English.
    """

    app: str
    models: Models
    limits: Limits
    made_at: datetime
    picture_of: Callable[[Clip], bytes | None]
    like: Path | None = None
    speech: Speech = ENGLISH


@dataclass(frozen=True, slots=True)
class Format:
    """One way to take the result away.

    Attributes:
        words: What it is, for a person.
        ending: Of its file.
        selects: It holds only the kept clips' selects.
        shown: What of its text, or of the beginning, tells a person what is in it.
        write: Makes the file's bytes; raises FootageError where the format needs something that
            is not there.
    """

    words: str
    ending: str
    write: Callable[[Sequence[ClipRow], Occasion], bytes]
    selects: bool = False
    shown: Callable[[str], str] = str


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "csv": Format("CSV table", ".csv", lambda rows, _: _encoded(to_csv(rows))),
        "json": Format(
            "JSON document",
            ".json",
            lambda rows, at: _encoded(to_json(to_document(rows, at.limits, at.app, at.models))),
        ),
        "fcpxml": Format(
            "Final Cut Pro library (FCPXML)",
            ".fcpxml",
            lambda rows, _: library_file(rows),
        ),
        "fcpxml-timeline": Format(
            "Final Cut Pro timeline of the selects (FCPXML)",
            ".fcpxml",
            lambda rows, _: timeline_file(_kept(rows)),
            selects=True,
        ),
        "premiere": Format(
            "Premiere project (Final Cut 7 XML)",
            ".xml",
            lambda rows, _: to_xmeml(rows),
        ),
        "resolve": Format(
            "DaVinci Resolve script",
            ".py",
            lambda rows, _: to_script(rows).encode(),
        ),
        "resolve-csv": Format(
            "DaVinci Resolve metadata (CSV)",
            ".csv",
            lambda rows, at: _resolve_csv(rows, at.like),
        ),
        "otio": Format(
            "OpenTimelineIO timeline of the selects",
            ".otio",
            lambda rows, _: to_otio(_kept(rows)).encode(),
            selects=True,
        ),
        "edl": Format(
            "EDL of the selects (CMX 3600)",
            ".edl",
            lambda rows, _: _encoded(to_edl(_kept(rows))),
            selects=True,
        ),
        "report": Format(
            "Shoot report (HTML)",
            ".html",
            lambda rows, at: to_html(
                rows,
                at.picture_of,
                title=at.speech.say(Phrase(ReportWord.TITLE)),
                app=at.app,
                made_at=at.made_at,
                speech=at.speech,
            ).encode(errors="backslashreplace"),
            shown=lines_of,
        ),
    }
)
"""By the name that is given on the command line."""


def _resolve_csv(rows: Sequence[ClipRow], like: Path | None) -> bytes:
    if like is None:
        return _encoded(to_metadata_csv(rows))
    readable = [row for row in rows if row.clip.media is not None and not row.error]
    return filled_in(read_file(like), like, readable, metadata)


def _kept(rows: Sequence[ClipRow]) -> list[ClipRow]:
    """The rows to keep, in their order.

    Raises:
        NothingKept: There is none: an empty timeline would look like a lost one.
    """
    found = kept(rows)
    if not found:
        raise NothingKept
    return found


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", _BYTES_OF_NAMES)
