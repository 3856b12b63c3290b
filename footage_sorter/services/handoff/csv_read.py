"""CSV read back: decisions that a person made or changed in a spreadsheet."""

import csv
import io
import json
from pathlib import Path

from footage_sorter.domain.clip import Decision
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.services.handoff.brought import Brought, read_decision
from footage_sorter.services.handoff.csv_json import plain_text

_NEEDED = ("path", "mark", "stars")


def read_csv(data: bytes, path: Path) -> tuple[Brought, ...]:
    """The decision of each line of `data`, in order.

    Columns may stand in any order and others may have been added; `path`, `mark` and `stars` must
    be there. A byte order mark, which spreadsheets like to add, is no part of the first name.

    Args:
        data: What `to_csv` wrote, perhaps edited since.
        path: Where it came from, for the error.

    Raises:
        ExchangeRefused: It is no such table, or a line holds what no decision can be.
    """
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    table = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if missing := [name for name in _NEEDED if name not in (table.fieldnames or ())]:
            raise ExchangeRefused(path, f"it has no column {missing[0]}")
        return tuple(
            Brought(Path(plain_text(line["path"] or "")), _decision(line, path)) for line in table
        )
    except csv.Error as error:
        raise ExchangeRefused(path, f"line {table.line_num}: {error}") from error


def _decision(line: dict[str, str | None], path: Path) -> Decision:
    """The decision in a line, by the same rules as one that comes in any other format."""

    def number(name: str) -> float | None:
        return float(text) if (text := line.get(name)) else None

    try:
        values = {
            "mark": line["mark"] or "none",
            "stars": int(line["stars"] or 0),
            "note": plain_text(line.get("note") or ""),
            "in_s": number("in_s"),
            "out_s": number("out_s"),
            "overruled": [flag for flag in (line.get("overruled") or "").split("; ") if flag],
        }
        return read_decision(json.dumps(values, allow_nan=False), path)
    except ValueError as error:
        raise ExchangeRefused(path, f"a number cannot be understood ({error})") from error
