"""CSV read back: decisions that a person made or changed in a spreadsheet."""

import codecs
import csv
import io
from pathlib import Path

from footage_sorter.domain.clip import Decision
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.services.handoff.csv_json import plain_text
from footage_sorter.services.handoff.imported import Imported, checked_decision, read_traits

_NEEDED = ("path", "mark", "stars")
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

_Line = dict[str, str | None]


def read_csv(data: bytes, path: Path) -> tuple[Imported, ...]:
    """The decision of each line of `data`, in order.

    Columns may stand in any order and others may have been added; `path`, `mark` and `stars` must
    be there. What spreadsheets change when they save is understood: a byte order mark, UTF-16,
    semicolons or tabs between the cells, and with those a comma in numbers.

    Args:
        data: What `to_csv` wrote, perhaps edited since.
        path: Where it came from, for the error.

    Raises:
        ExchangeRefused: It is no such table, or a line holds what no decision can be.
    """
    text = _text(data, path)
    heading = text.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)  # the first among equals
    table = csv.DictReader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    try:
        if missing := [name for name in _NEEDED if name not in (table.fieldnames or ())]:
            raise ExchangeRefused(path, f"it has no column {missing[0]}")
        return tuple(_brought(line, path, comma="." if delimiter == "," else ",") for line in table)
    except csv.Error as error:
        raise ExchangeRefused(path, f"line {table.line_num}: {error}") from error


def _text(data: bytes, path: Path) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise ExchangeRefused(path, "its text is in no encoding that is known") from error
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")


def _brought(line: _Line, path: Path, comma: str) -> Imported:
    """One line; the columns that tell which clip it is may be missing.

    Args:
        line: The cells, by column.
        path: Of the table, for the error.
        comma: What stands before a number's decimals.
    """
    named = plain_text(line["path"] or "")
    if not named or "\0" in named:
        raise ExchangeRefused(path, "a line in it has no path")
    length_s = (line.get("duration_s") or "").replace(comma, ".")
    name, content = plain_text(line.get("file") or ""), line.get("content")
    traits = read_traits(name, content, line.get("size_bytes"), length_s)
    return Imported(Path(named), _decision(line, path, comma), traits)


def _decision(line: _Line, path: Path, comma: str) -> Decision:
    """The decision in a line, by the same rules as one that comes in any other format."""

    def number(name: str) -> float | None:
        return float(text.replace(comma, ".")) if (text := line.get(name)) else None

    try:
        values = {
            "mark": line["mark"] or "none",
            "stars": int(line["stars"] or 0),
            "note": plain_text(line.get("note") or ""),
            "in_s": number("in_s"),
            "out_s": number("out_s"),
            "overruled": [flag for flag in (line.get("overruled") or "").split("; ") if flag],
        }
    except ValueError as error:
        detail = f"{error}"[:200]
        raise ExchangeRefused(path, f"a number cannot be understood ({detail})") from error
    return checked_decision(values, path)
