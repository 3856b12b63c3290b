"""Read back: what another program or a spreadsheet says of the library's clips, joined to it.

Reads FCPXML, our CSV and XMP sidecars; writes nothing. What a person said here is never demoted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from footage_sorter.domain.clip import UNDECIDED, ClipId, Decision
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.domain.row import ClipRow
from footage_sorter.services.handoff.brought import Brought, joined
from footage_sorter.services.handoff.csv_read import read_csv
from footage_sorter.services.handoff.fcpxml_read import read_fcpxml_file
from footage_sorter.services.handoff.sidecars import read_sidecar
from footage_sorter.services.handoff.xml_io import read_file


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What came back.

    Attributes:
        decisions: Of every clip where something new came in.
        named: How many clips the other program speaks of.
        unknown: Those of them that are not in the library.
        refused: Sidecars that could not be read; the others were.
    """

    decisions: dict[ClipId, Decision]
    named: int
    unknown: tuple[Path, ...] = ()
    refused: tuple[ExchangeRefused, ...] = ()


def read_back(path: Path, rows: Sequence[ClipRow]) -> ReadBack:
    """What the file at `path` says of `rows`.

    Args:
        path: A `.csv` that we wrote, or else FCPXML: a file or a `.fcpxmld` folder.
        rows: The library's.

    Raises:
        ExchangeRefused: It cannot be read, is hostile, or is something else.
    """
    if path.suffix.lower() == ".csv":
        brought = read_csv(read_file(path), path)
    else:
        brought = read_fcpxml_file(path)
    return _joined(brought, rows)


def read_back_sidecars(rows: Sequence[ClipRow]) -> ReadBack:
    """What the sidecars beside the clips of `rows` say; one that is broken does not stop it."""
    brought: list[Brought] = []
    refused: list[ExchangeRefused] = []
    for row in rows:
        try:
            decision = read_sidecar(row.clip.path)
        except ExchangeRefused as error:
            refused.append(error)
            continue
        if decision is not None:
            brought.append(Brought(row.clip.path, decision))
    found = _joined(brought, rows)
    return ReadBack(found.decisions, found.named, found.unknown, tuple(refused))


def _joined(brought: Iterable[Brought], rows: Sequence[ClipRow]) -> ReadBack:
    by_path = {row.clip.path: row for row in rows}
    theirs: dict[Path, Decision] = {}
    for one in brought:  # a table may name a clip twice
        theirs[one.path] = joined(theirs.get(one.path, UNDECIDED), one.decision)
    after = {
        by_path[path].clip.id: joined(by_path[path].decision, decision)
        for path, decision in theirs.items()
        if path in by_path
    }
    before = {row.clip.id: row.decision for row in rows}
    news = {clip_id: said for clip_id, said in after.items() if said != before[clip_id]}
    return ReadBack(news, len(theirs), tuple(path for path in theirs if path not in by_path))
