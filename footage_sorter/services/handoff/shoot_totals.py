"""Totals of a shoot: how much there is, and how much of it can be used. Pure sums over rows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from footage_sorter.domain.clip import Mark
from footage_sorter.domain.row import ClipRow
from footage_sorter.services.handoff.selects import Bin, bin_of, select_range

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over some clips.

    Attributes:
        clips: All, readable or not.
        duration_s: Of the readable ones.
        usable_s: Seconds without a picture fault.
        kept: Clips that a person marked to keep.
        kept_s: Seconds of their selects.
        bins: Clips by where they go, by mark or verdict.
        failed: Clips that cannot be read.
    """

    clips: int
    duration_s: float
    usable_s: float
    kept: int
    kept_s: float
    bins: Mapping[Bin, int]
    failed: int


def totals_of(rows: Iterable[ClipRow]) -> Totals:
    """The sums over `rows`."""
    rows = tuple(rows)
    readable = [row for row in rows if row.clip.media is not None and not row.error]
    kept = [row for row in readable if row.decision.mark is Mark.KEEP]
    ranges = [segment for row in kept if (segment := select_range(row))]
    bins = [bin_of(row) for row in readable]
    return Totals(
        clips=len(rows),
        duration_s=sum(_duration_s(row) for row in readable),
        usable_s=sum(
            _duration_s(row) * row.rating.usability / 100 for row in readable if row.rating
        ),
        kept=len(kept),
        kept_s=sum(segment.length_s for segment in ranges),
        bins={bin_: bins.count(bin_) for bin_ in Bin},
        failed=sum(row.error is not None for row in rows),
    )


def by_camera(row: ClipRow) -> str:
    """The camera of a clip, as its file says."""
    return (row.clip.media.camera if row.clip.media else None) or UNKNOWN


def by_day(row: ClipRow) -> str:
    """The day of a clip's recording, by the camera's clock."""
    recorded_at = row.clip.media.recorded_at if row.clip.media else None
    return recorded_at.date().isoformat() if recorded_at else UNKNOWN


def by_folder(row: ClipRow) -> str:
    """The folder of a clip."""
    return str(row.clip.path.parent)


def grouped(rows: Iterable[ClipRow], key: Callable[[ClipRow], str]) -> dict[str, Totals]:
    """Totals by `key`, in its order, the unknown last."""
    groups: dict[str, list[ClipRow]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    names = sorted(groups, key=lambda name: (name == UNKNOWN, name))
    return {name: totals_of(groups[name]) for name in names}


def _duration_s(row: ClipRow) -> float:
    return row.clip.media.duration_s if row.clip.media else 0.0
