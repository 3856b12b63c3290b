"""Decisions in the library: what people said of each clip, field by field.

Functions over an open transaction; `clips.ClipStore` opens it.
"""

import sqlite3
from collections.abc import Iterable, Mapping

from footage_sorter.domain.clip import ClipId, Decision
from footage_sorter.domain.record import (
    EMPTY,
    Field,
    Record,
    Statement,
    Value,
    decided,
    decision_of,
    merge,
    restate,
)
from footage_sorter.store.encoding import pack_value, unpack_value


def record_of(db: sqlite3.Connection, clip_id: ClipId) -> Record:
    """Everything that was said of a clip."""
    rows = db.execute("SELECT field, value, at_ns, by FROM decisions WHERE clip_id = ?", (clip_id,))
    return {
        Field(field): Statement(unpack_value(field, value), at_ns, by)
        for field, value, at_ns, by in rows
    }


def all_decisions(db: sqlite3.Connection) -> Mapping[ClipId, Decision]:
    """The decision on every clip that has one."""
    values: dict[ClipId, dict[Field, Value]] = {}
    for clip_id, field, value in db.execute("SELECT clip_id, field, value FROM decisions"):
        values.setdefault(ClipId(clip_id), {})[Field(field)] = unpack_value(field, value)
    return {clip_id: decision_of(found) for clip_id, found in values.items()}


def decide(db: sqlite3.Connection, clip_id: ClipId, wanted: Decision, at_ns: int, by: str) -> None:
    """Make `wanted` the decision on a clip: state the fields that it changes."""
    before = record_of(db, clip_id)
    put(db, clip_id, before, restate(before, wanted, at_ns, by))


def merge_into(db: sqlite3.Connection, clip_id: ClipId, other: Record) -> Record:
    """Let the newest statement of each field hold; return what holds now."""
    before = record_of(db, clip_id)
    after = merge(before, other)
    put(db, clip_id, before, after)
    return after


def put(db: sqlite3.Connection, clip_id: ClipId, before: Record, after: Record) -> None:
    """Write the fields of `after` that differ from `before`."""
    db.executemany(
        "INSERT OR REPLACE INTO decisions (clip_id, field, value, at_ns, by) VALUES (?,?,?,?,?)",
        [
            (clip_id, field, pack_value(field, said.value), said.at_ns, said.by)
            for field, said in after.items()
            if before.get(field) != said
        ],
    )


def move(db: sqlite3.Connection, old: ClipId, new: ClipId) -> None:
    """Give `new` what was said of `old`, where that is newer; `old` has said nothing then."""
    if record := record_of(db, old):
        merge_into(db, new, record)
        db.execute("DELETE FROM decisions WHERE clip_id = ?", (old,))


def copy(db: sqlite3.Connection, source: ClipId, target: ClipId) -> None:
    """Say of `target` what was said of `source`, and nothing else."""
    record = record_of(db, source)
    db.execute("DELETE FROM decisions WHERE clip_id = ?", (target,))
    put(db, target, EMPTY, record)


def newest(db: sqlite3.Connection, clip_ids: Iterable[ClipId]) -> ClipId | None:
    """The one of these clips that was decided last; None where none was."""
    wanted = list(clip_ids)
    marks = ",".join("?" * len(wanted))
    row = db.execute(
        f"SELECT clip_id FROM decisions WHERE clip_id IN ({marks})"  # noqa: S608  only "?"
        " ORDER BY at_ns DESC, clip_id LIMIT 1",
        wanted,
    ).fetchone()
    return None if row is None else ClipId(row[0])


def decision_on(db: sqlite3.Connection, clip_id: ClipId) -> Decision:
    """The decision on one clip."""
    return decided(record_of(db, clip_id))
