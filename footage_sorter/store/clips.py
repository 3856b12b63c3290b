"""ClipStore: clips, facts and decisions of one library; values in, values out.

Knows who a clip is. A clip is a content wherever it lies: when its file is renamed, moved or
swapped with another, its row takes the new place and keeps its number and what people said of it.
A file that is changed where it lies keeps both too, and should the former content show up again,
it gets a copy of what was said. Nothing that a person said is ever dropped.
"""

import os
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from footage_sorter.domain.clip import (
    UNDECIDED,
    Clip,
    ClipId,
    ContentId,
    Decision,
    FileStamp,
    MediaInfo,
)
from footage_sorter.domain.errors import ClipError
from footage_sorter.domain.record import Record
from footage_sorter.domain.report import ClipReport, Models, Pass
from footage_sorter.domain.tags import ClassifierId, TagScores
from footage_sorter.store import decisions, identity, reports, sidecars, tags
from footage_sorter.store.database import Database
from footage_sorter.store.encoding import pack_error, pack_path, unpack_error, unpack_path
from footage_sorter.store.identity import CLIP_COLUMNS, clip_of
from footage_sorter.store.reports import Look
from footage_sorter.store.sidecars import SidecarSaid, SidecarSeen, SidecarTaken


@dataclass(frozen=True, slots=True)
class StoredClip:
    """One clip as the library has it.

    Attributes:
        look: None until the clip was analysed, by whatever models.
        error: Why it cannot be read; None for one that can.
        missing: The file was not there at the last scan.
    """

    clip: Clip
    decision: Decision = UNDECIDED
    look: Look | None = None
    error: ClipError | None = None
    missing: bool = False


class ClipStore:
    """The library for the thread that opened it. Every method is one transaction.

    Raises:
        FootageError: From any method, see `Database`: the library is busy, damaged, on a full
            disk or gone. What was stored before stays stored.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path)

    def close(self) -> None:
        """Close the library."""
        self._database.close()

    def put_found(self, path: Path, stamp: FileStamp) -> Clip:
        """Note that a file is there.

        Returns:
            The clip, with content and media if it is the file that was read before.
        """
        with self._database.reading() as db:
            if (clip := identity.known(db, path, stamp)) is not None:
                return clip
        with self._database.writing() as db:
            return identity.found(db, path, stamp)

    def put_read(self, clip: Clip, content: ContentId, media: MediaInfo | None) -> Clip:
        """Note what a file holds; `media` is None where it cannot be probed.

        Returns:
            The clip that the file turned out to be: another row's where that row's file was
            renamed or moved here, and then `clip`'s own row is gone.
        """
        with self._database.writing() as db:
            return identity.read(db, clip, content, media)

    def put_error(self, clip: Clip, error: ClipError) -> None:
        """Keep why a clip cannot be read, until its file changes."""
        with self._database.writing() as db:
            db.execute(
                "UPDATE clips SET error = ? WHERE path = ? AND NOT placeless"
                " AND size_bytes = ? AND mtime_ns = ?",
                (
                    pack_error(error),
                    pack_path(clip.path),
                    clip.stamp.size_bytes,
                    clip.stamp.mtime_ns,
                ),
            )

    def forget_error(self, clip: Clip) -> None:
        """Give a clip that could not be read another chance."""
        with self._database.writing() as db:
            db.execute("UPDATE clips SET error = NULL WHERE id = ?", (clip.id,))

    def set_missing(self, clip_ids: Iterable[ClipId], *, missing: bool) -> None:
        """Note which files are not there; their facts and decisions stay."""
        with self._database.writing() as db:
            db.executemany(
                "UPDATE clips SET missing = ? WHERE id = ?",
                [(missing, identity.current(db, clip_id)) for clip_id in clip_ids],
            )

    def remove(self, clip_ids: Iterable[ClipId]) -> None:
        """Take clips out of the library. What was said of them comes back with their content."""
        with self._database.writing(durable=True) as db:
            identity.remove(db, clip_ids)

    def put_back(self, clip_ids: Iterable[ClipId]) -> set[ClipId]:
        """Bring clips that were taken out back to their places; those that have them now.

        Not a clip whose place another one has taken, or that was recognised as another one.
        """
        with self._database.writing(durable=True) as db:
            return identity.put_back(db, clip_ids)

    def clip(self, clip_id: ClipId) -> Clip | None:
        """The clip of a row, also when another row took it over; None for a removed one."""
        with self._database.reading() as db:
            row = db.execute(
                f"SELECT {CLIP_COLUMNS} FROM clips"  # noqa: S608  constants
                " WHERE id = ? AND NOT placeless",
                (identity.current(db, clip_id),),
            ).fetchone()
            return None if row is None else clip_of(row)

    def clips_below(self, folders: Sequence[Path]) -> list[Clip]:
        """The clips whose path is in or below `folders`, or is one of them, by path."""
        with self._database.reading() as db:
            return [clip_of(row) for row in identity.rows_below(db, CLIP_COLUMNS, folders)]

    def places(self) -> list[tuple[ClipId, str]]:
        """Where every clip of the library lies, as text, by path: a tenth of what clips take."""
        with self._database.reading() as db:
            return [
                (ClipId(clip_id), os.fsdecode(path))
                for clip_id, path in identity.rows_below(db, "id, path", None)
            ]

    def same_content(self, content: ContentId) -> list[Clip]:
        """The clips whose files, as last read, hold `content`."""
        with self._database.reading() as db:
            rows = db.execute(
                f"SELECT {CLIP_COLUMNS} FROM clips"  # noqa: S608  constants
                " WHERE content = ? AND fresh AND NOT placeless ORDER BY id",
                (content,),
            )
            return [clip_of(row) for row in rows]

    def errors(self) -> dict[ClipId, ClipError]:
        """Why clips cannot be read, for all that cannot and whose file did not change since."""
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT id, path, error FROM clips WHERE error IS NOT NULL AND NOT placeless"
            )
            return {
                ClipId(clip_id): unpack_error(unpack_path(path), error)
                for clip_id, path, error in rows
            }

    def load(self, models: Models, below: Sequence[Path] | None = None) -> list[StoredClip]:
        """All clips, or those in or below some folders, by path, each with its best look.

        A look by other models than `models` is given where these have not looked yet.
        """
        with self._database.reading() as db:
            looks = reports.best_looks(db, models)
            decided = decisions.all_decisions(db)
            columns = f"{CLIP_COLUMNS}, error, missing"
            return [_stored(row, looks, decided) for row in identity.rows_below(db, columns, below)]

    def load_some(self, models: Models, clip_ids: Iterable[ClipId]) -> list[StoredClip]:
        """The same of some clips, in the order asked for; those not in the library are left out."""
        with self._database.reading() as db:
            rows = list(identity.rows_of(db, f"{CLIP_COLUMNS}, error, missing", clip_ids))
            clips = [clip_of(columns) for *columns, _, _ in rows]
            contents = {clip.content for clip in clips if clip.content is not None}
            looks = reports.best_looks(db, models, contents)
            decided = {clip.id: decisions.decision_on(db, clip.id) for clip in clips}
            return [_stored(row, looks, decided) for row in rows]

    def save_report(self, report: ClipReport) -> None:
        """Store facts; a look less close than one on record by the same models changes nothing."""
        with self._database.writing(durable=True) as db:
            reports.save(db, report)

    def report(self, content: ContentId, models: Models) -> ClipReport | None:
        """The closest look that `models` had at `content`; None where they had none."""
        with self._database.reading() as db:
            return reports.load(db, content, models)

    def looks(self, models: Models) -> dict[ContentId, Pass]:
        """How closely `models` looked at each content that they looked at."""
        with self._database.reading() as db:
            return reports.looks(db, models)

    def save_tags(self, scores: TagScores) -> None:
        """Store what a classifier measured on a content."""
        with self._database.writing() as db:
            tags.save(db, scores)

    def tags(
        self,
        classifiers: Iterable[ClassifierId],
        contents: Collection[ContentId] | None = None,
    ) -> dict[ContentId, dict[ClassifierId, dict[str, float]]]:
        """What these classifiers measured: probabilities by label, by classifier, by content.

        Of all contents, or of some.
        """
        with self._database.reading() as db:
            return tags.load(db, classifiers, contents)

    def tagged_by(self, classifiers: Iterable[ClassifierId]) -> dict[ContentId, set[ClassifierId]]:
        """Which of these classifiers measured a content."""
        with self._database.reading() as db:
            return tags.measured_by(db, classifiers)

    def complete_features(self) -> int:
        """Make what can be learned of reports that an older release stored; return how many."""
        with self._database.writing() as db:
            return reports.complete_features(db)

    def taste(self) -> str | None:
        """The document of the taste in use; None where there is none."""
        with self._database.reading() as db:
            row = db.execute("SELECT document FROM taste").fetchone()
            return None if row is None else str(row[0])

    def put_taste(self, document: str | None) -> None:
        """Put another taste to use, or none."""
        with self._database.writing(durable=True) as db:
            db.execute("DELETE FROM taste")
            if document is not None:
                db.execute("INSERT INTO taste (id, document) VALUES (1, ?)", (document,))

    def decide(
        self, changes: Mapping[ClipId, Decision], *, at_ns: int | None = None, by: str = ""
    ) -> None:
        """Keep what a person says of some clips: all of it or nothing, and on the disk.

        Args:
            changes: By row, also by one that another took over meanwhile.
            at_ns: When it was said, nanoseconds since 1970; None: now.
            by: Who said it.

        Raises:
            ValueError: A time is no time in a clip (negative, NaN); nothing is kept.
        """
        now_ns = time.time_ns() if at_ns is None else at_ns
        with self._database.writing(durable=True) as db:
            for clip_id, wanted in changes.items():
                decisions.decide(db, identity.current(db, clip_id), wanted, now_ns, by)

    def records(self, clip_ids: Iterable[ClipId]) -> dict[ClipId, Record]:
        """What was said of some clips, field by field; of all where it was said."""
        with self._database.reading() as db:
            found = (
                (clip_id, decisions.record_of(db, identity.current(db, clip_id)))
                for clip_id in clip_ids
            )
            return {clip_id: record for clip_id, record in found if record}

    def merge(self, said: Mapping[ClipId, Record]) -> dict[ClipId, Decision]:
        """Let the newest statement of each field hold; return the decisions that hold now."""
        with self._database.writing(durable=True) as db:
            for clip_id, record in said.items():
                decisions.merge_into(db, identity.current(db, clip_id), record)
            return {
                clip_id: decisions.decision_on(db, identity.current(db, clip_id))
                for clip_id in said
            }

    def sidecars(self) -> dict[ClipId, SidecarSeen]:
        """The sidecar that was read last of each clip that had one."""
        with self._database.reading() as db:
            return sidecars.all_seen(db)

    def take_in(self, said: Mapping[ClipId, SidecarSaid]) -> dict[ClipId, SidecarTaken]:
        """Add what sidecars say, where that demotes nothing."""
        with self._database.writing(durable=True) as db:
            return {
                clip_id: sidecars.take_in(db, identity.current(db, clip_id), one)
                for clip_id, one in said.items()
            }

    def decision(self, clip_id: ClipId) -> Decision:
        """What people decided on one clip."""
        with self._database.reading() as db:
            return decisions.decision_on(db, identity.current(db, clip_id))


def _stored(
    row: Sequence[object],
    looks: Mapping[ContentId, Look],
    decided: Mapping[ClipId, Decision],
) -> StoredClip:
    *columns, error, missing = row
    clip = clip_of(columns)
    return StoredClip(
        clip,
        decided.get(clip.id, UNDECIDED),
        None if clip.content is None else looks.get(clip.content),
        unpack_error(clip.path, error) if isinstance(error, str) else None,
        bool(missing),
    )
