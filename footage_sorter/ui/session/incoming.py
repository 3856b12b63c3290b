"""What scans and analyses found, as rows for the library. Knows outcomes and rows, no Qt."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from footage_sorter.domain.clip import Clip, ClipId
from footage_sorter.domain.errors import ClipError, FolderUnreadable
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.tags import Classifier, retagged
from footage_sorter.services import analysis, scan
from footage_sorter.services.companion_files import CompanionOutcome, Disagreed, NotTakenIn, TakenIn
from footage_sorter.services.library import with_report
from footage_sorter.services.tagging import Tagged

FromBeside = TakenIn | NotTakenIn | Disagreed
"""What was read beside the clips: sidecars, the team's file."""

OfClip = analysis.Analysed | scan.Failed | Tagged
"""An outcome of the analysis that changes a row."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """Outcomes of a scan that came together.

    Attributes:
        rows: To be put into the model.
        readable: Clips that were just read and can be looked at.
        replaced: Rows that turned out to be other ones.
        troubles: Of clips and of folders, in their order.
    """

    rows: Sequence[ClipRow]
    readable: Sequence[Clip]
    replaced: Sequence[ClipId]
    troubles: Sequence[ClipError | FolderUnreadable]
    beside: Sequence[FromBeside]


def scanned(
    outcomes: Iterable[CompanionOutcome], row_of: Callable[[ClipId], ClipRow | None]
) -> Incoming:
    """Bring outcomes together with the rows that are known."""
    rows: dict[ClipId, ClipRow] = {}
    readable: list[Clip] = []
    replaced: list[ClipId] = []
    troubles: list[ClipError | FolderUnreadable] = []
    beside: list[FromBeside] = []
    for outcome in outcomes:
        if isinstance(outcome, FromBeside):
            beside.append(outcome)
            continue
        if isinstance(outcome, scan.FolderFailed):
            troubles.append(outcome.error)
            continue
        clip = outcome.clip
        known = rows.get(clip.id) or row_of(clip.id) or ClipRow(clip)
        match outcome:
            case scan.Found():
                rows[clip.id] = _placed(known, clip, missing=False)
            case scan.Read():
                rows[clip.id] = replace(known, clip=clip, error=None, missing=False)
                readable.append(clip)
                if outcome.replaced is not None:
                    replaced.append(outcome.replaced)
            case scan.Failed():
                troubles.append(outcome.error)
                rows[clip.id] = replace(known, clip=clip, error=outcome.error)
            case scan.Gone():
                rows[clip.id] = _placed(known, clip, missing=True)
    kept = [row for clip_id, row in rows.items() if clip_id not in replaced]
    return Incoming(kept, readable, replaced, troubles, beside)


def _placed(row: ClipRow, clip: Clip, *, missing: bool) -> ClipRow:
    """The row as a scan found its clip; the same one where nothing is another thing."""
    same = row.clip == clip
    if same and row.missing is missing:
        return row
    # The clip itself stays, too: to compare thousands that are equal takes a tenth of a second.
    return replace(row, clip=row.clip if same else clip, missing=missing)


def measured(
    outcomes: Iterable[OfClip],
    row_of: Callable[[ClipId], ClipRow | None],
    limits_of: Callable[[ClipRow], Limits],
    classifiers: Collection[Classifier],
) -> list[ClipRow]:
    """Rows after these outcomes, in their order; clips that left the library are left out."""
    rows: dict[ClipId, ClipRow] = {}
    for outcome in outcomes:
        row = rows.get(outcome.clip.id) or row_of(outcome.clip.id)
        if row is None:
            continue
        match outcome:
            case analysis.Analysed():
                row = with_report(row, outcome.report, limits_of(row))
            case scan.Failed():
                row = replace(row, error=outcome.error)
            case Tagged():
                row = replace(row, tags=retagged(row.tags, classifiers, outcome.probabilities))
        rows[row.clip.id] = row
    return list(rows.values())
