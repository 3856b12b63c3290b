"""Export of what is shown: which file, and then the writing. Knows the formats by their ending."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from PySide6.QtWidgets import QFileDialog, QWidget

from footage_sorter.domain.limits import Limits
from footage_sorter.domain.report import Models
from footage_sorter.domain.row import ClipRow
from footage_sorter.services.files_out import write_whole
from footage_sorter.services.handoff.csv_json import to_csv, to_document, to_json

Write = Callable[[Sequence[ClipRow], Limits, str, Models], bytes]


def _csv(rows: Sequence[ClipRow], limits: Limits, _app: str, _models: Models) -> bytes:
    return to_csv(rows, limits).encode()


def _json(rows: Sequence[ClipRow], limits: Limits, app: str, models: Models) -> bytes:
    return to_json(to_document(rows, limits, app, models)).encode()


FORMATS: Mapping[str, tuple[str, Write]] = MappingProxyType(
    {
        ".csv": ("CSV table (*.csv)", _csv),
        ".json": ("JSON document (*.json)", _json),
    }
)
"""By ending: what a person reads, and what writes it."""


def ask_where(parent: QWidget) -> Path | None:
    """Ask for a file to write; None where a person changed their mind."""
    kinds = ";;".join(words for words, _ in FORMATS.values())
    name, kind = QFileDialog.getSaveFileName(
        parent, parent.tr("Export what is shown"), "footage.csv", kinds
    )
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() in FORMATS:
        return path
    chosen = next(ending for ending, (words, _) in FORMATS.items() if words == kind)
    return path.with_name(path.name + chosen)


def export_rows(
    path: Path, rows: Sequence[ClipRow], limits: Limits, app: str, models: Models
) -> None:
    """Write `rows` in their order to `path`, in the format of its ending.

    Raises:
        OutputFailed: The file cannot be written; what was there is untouched.
    """
    _, write = FORMATS[path.suffix.lower()]
    write_whole(path, write(rows, limits, app, models))
