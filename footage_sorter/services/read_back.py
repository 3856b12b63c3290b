"""Read back: what another program or a spreadsheet says of the library's clips, joined to it.

Reads FCPXML, our CSV and JSON, and XMP sidecars; writes nothing. What a person said here is never
demoted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from footage_sorter.domain.clip import ClipId, Decision
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.domain.row import ClipRow
from footage_sorter.services.files_in import read_file
from footage_sorter.services.handoff.csv_read import read_csv
from footage_sorter.services.handoff.fcpxml_read import read_fcpxml_file
from footage_sorter.services.handoff.imported import Imported, joined
from footage_sorter.services.handoff.json_read import read_json
from footage_sorter.services.handoff.sidecars import Folders, read_sidecar
from footage_sorter.services.matching import match


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What came back.

    Attributes:
        decisions: Of every clip where something new came in.
        named: How many clips the other program speaks of.
        unknown: Those of them that are not in the library.
        ambiguous: Those that could be several clips: nothing was taken over of them.
        refused: Sidecars that could not be read; the others were.
    """

    decisions: dict[ClipId, Decision]
    named: int
    unknown: tuple[Path, ...] = ()
    ambiguous: tuple[Path, ...] = ()
    refused: tuple[ExchangeRefused, ...] = ()


def read_back(path: Path, rows: Sequence[ClipRow]) -> ReadBack:
    """What the file at `path` says of `rows`.

    Args:
        path: A `.csv` or `.json` that we wrote, or else FCPXML: a file or a `.fcpxmld` folder.
        rows: The library's.

    Raises:
        ExchangeRefused: It cannot be read, is hostile, or is something else.
    """
    match path.suffix.lower():
        case ".csv":
            brought = read_csv(read_file(path), path)
        case ".json":
            brought = read_json(read_file(path), path)
        case _:
            brought = read_fcpxml_file(path)
    return _joined(brought, rows)


def read_back_sidecars(rows: Sequence[ClipRow]) -> ReadBack:
    """What the sidecars beside the clips of `rows` say; one that is broken does not stop it."""
    brought: list[Imported] = []
    refused: list[ExchangeRefused] = []
    folders = Folders()
    for row in rows:
        try:
            decision = read_sidecar(row.clip.path, folders)
        except ExchangeRefused as error:
            refused.append(error)
            continue
        if decision is not None:
            brought.append(Imported(row.clip.path, decision))
    return replace(_joined(brought, rows), refused=tuple(refused))


def _joined(brought: Iterable[Imported], rows: Sequence[ClipRow]) -> ReadBack:
    """What is new in `brought` to the clips of `rows`."""
    found = match(brought, rows)
    mine = {row.clip.id: row.decision for row in rows}
    after = {clip_id: joined(mine[clip_id], said) for clip_id, said in found.said.items()}
    news = {clip_id: said for clip_id, said in after.items() if said != mine[clip_id]}
    return ReadBack(news, found.named, found.unknown, found.ambiguous)
