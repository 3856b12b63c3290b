"""A shoot on the disk whose files are copied, moved, linked and trashed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from threading import Event

from footage_sorter.domain.clip import ContentId, Decision, Mark, MediaInfo
from footage_sorter.domain.filing import Deed, Grouping, Step
from footage_sorter.domain.row import ClipRow
from footage_sorter.services.file_plan import FileRequest, plan_files
from footage_sorter.services.files import carry_out, take_back
from footage_sorter.services.transfer import stamp_of
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.journal import Journal

KEEP = Decision(mark=Mark.KEEP)
MEDIA = MediaInfo(4.0, Fraction(25), (640, 360), recorded_at=datetime(2026, 3, 14, tzinfo=UTC))


class Bench:
    """A shoot on the disk, in a library, with its journal."""

    def __init__(self, folder: Path, store: ClipStore, journal: Journal) -> None:
        self.shoot = folder / "shoot"
        self.out = folder / "out"
        self.store = store
        self.journal = journal

    def clip(
        self,
        name: str,
        data: bytes = b"picture",
        decision: Decision = KEEP,
        camera: str | None = None,
    ) -> ClipRow:
        """Put a file on the disk and into the library."""
        path = self.shoot / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        stamp = stamp_of(path)
        assert stamp is not None
        found = self.store.put_found(path, stamp)
        clip = self.store.put_read(found, ContentId(name), replace(MEDIA, camera=camera))
        self.store.decide({clip.id: decision})
        return ClipRow(clip, decision)

    def run(self, rows: Sequence[ClipRow], deed: Deed, by: Grouping = Grouping.NONE) -> list[Step]:
        """Do a deed with `rows`."""
        plan = plan_files(rows, FileRequest(deed, None if deed is Deed.TRASH else self.out, by))
        return list(carry_out(plan, self.journal, Event()))

    def undo(self) -> list[Step]:
        """Take the latest deed back."""
        return list(take_back(self.journal.operations()[0], self.journal, Event()))

    def files(self) -> dict[str, bytes]:
        """What lies where now."""
        return tree(self.shoot) | {f"out/{k}": v for k, v in tree(self.out).items()}


def tree(folder: Path) -> dict[str, bytes]:
    """The files below `folder`, by path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
