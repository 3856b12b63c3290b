"""DaVinci Resolve's metadata CSV in the shape of one that Resolve itself exported.

Which columns there are, in which order and encoding, differs between releases and projects. So a
person exports the metadata once (File > Export Metadata From > Media Pool), and what Resolve wrote
comes back with our cells filled in; whatever else it says stays.
"""

import codecs
import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from footage_sorter.domain.clip import Mark
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.domain.row import ClipRow
from footage_sorter.services.handoff.text import encodable

FILE_NAME, DIRECTORY = "File Name", "Clip Directory"
GOOD = ("Good Take", "Tag")
"""What Resolve calls the column of good takes: in its window, and in what it exports."""

_GOOD_WORDS = {Mark.KEEP: "1", Mark.REJECT: "0"}
_ENCODINGS = (
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)

Cells = Callable[[ClipRow], Mapping[str, str]]
"""What is to stand in the columns of a clip, by their names; "" leaves a cell as it is."""


@dataclass(frozen=True, slots=True)
class _Table:
    columns: list[str]
    lines: list[dict[str, str]]
    encoding: str


def filled_in(data: bytes, path: Path, rows: Sequence[ClipRow], cells: Cells) -> bytes:
    """The lines of `data` that speak of `rows`, in their order, with our cells filled in.

    Args:
        data: What Resolve exported.
        path: Where it came from, for the error.
        rows: Found by folder and name, or by the name where that is in it only once.
        cells: What is to stand in each clip's line.

    Raises:
        ExchangeRefused: It is no such table, or has none of the columns that we fill.
    """
    table = _read(data, path)
    filled = [name for name in cells(rows[0]) if name in table.columns] if rows else []
    if rows and not filled:
        raise ExchangeRefused(path, f"it has no column {next(iter(cells(rows[0])))}")
    out = io.StringIO()
    writer = csv.DictWriter(out, table.columns, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        line = _line_of(row, table.lines)
        if line is not None:
            wanted = cells(row)
            new = {name: _beside(line[name], encodable(wanted[name]), name) for name in filled}
            good = {
                name: _GOOD_WORDS[row.decision.mark]
                for name in GOOD
                if name in table.columns and row.decision.mark in _GOOD_WORDS
            }
            writer.writerow({**line, **new, **good})
    return out.getvalue().encode(table.encoding)


def _read(data: bytes, path: Path) -> _Table:
    encoding = next((name for mark, name in _ENCODINGS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
        table = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        columns = list(table.fieldnames or ())
        for name in (FILE_NAME, DIRECTORY):
            if name not in columns:
                raise ExchangeRefused(path, f"it has no column {name}")
        lines = [{name: line[name] or "" for name in columns} for line in table]
    except (UnicodeDecodeError, csv.Error) as error:
        raise ExchangeRefused(path, f"it is no metadata of Resolve ({error})") from error
    return _Table(columns, lines, encoding)


def _line_of(row: ClipRow, lines: Sequence[dict[str, str]]) -> dict[str, str] | None:
    """The line of a clip; None where there is none, or several could be it."""
    name, folder = row.clip.path.name, str(row.clip.path.parent)
    named = [line for line in lines if line[FILE_NAME] == name]
    here = [line for line in named if line[DIRECTORY].rstrip("/\\") == folder.rstrip("/\\")]
    found = here or named
    return found[0] if len(found) == 1 else None


def _beside(present: str, ours: str, column: str) -> str:
    """Our words beside those of others: keywords in a list, everything else line by line."""
    joint = "," if column == "Keywords" else "\n"
    words = [word.strip() for word in present.split(joint) if word.strip()]
    new = [word.strip() for word in ours.split(joint) if word.strip() and word.strip() not in words]
    return (", " if joint == "," else joint).join([*words, *new])
