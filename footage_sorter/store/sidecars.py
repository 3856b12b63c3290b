"""Sidecars in the library: which one was read last of each clip, and what it said, taken over.

Functions over an open transaction; `clips.ClipStore` opens it.
"""

import os
import sqlite3
from dataclasses import dataclass

from footage_sorter.domain.clip import ClipId, Decision, FileStamp
from footage_sorter.domain.record import decided, left_alone, taken_in
from footage_sorter.store import decisions


@dataclass(frozen=True, slots=True)
class SidecarSeen:
    """A sidecar as it was when it was read.

    Attributes:
        name: Of the file, beside the clip's.
    """

    name: str
    stamp: FileStamp


@dataclass(frozen=True, slots=True)
class SidecarSaid:
    """What a sidecar says of a clip.

    Attributes:
        decision: None where it could not be read: then only that it was seen is kept.
        at_ns: When it was said, nanoseconds since 1970.
        by: Who said it.
    """

    seen: SidecarSeen
    decision: Decision | None
    at_ns: int
    by: str


def all_seen(db: sqlite3.Connection) -> dict[ClipId, SidecarSeen]:
    """The sidecar that was read last of each clip that had one."""
    rows = db.execute("SELECT clip_id, name, size_bytes, mtime_ns FROM sidecars")
    return {
        ClipId(clip_id): SidecarSeen(os.fsdecode(name), FileStamp(size_bytes, mtime_ns))
        for clip_id, name, size_bytes, mtime_ns in rows
    }


@dataclass(frozen=True, slots=True)
class SidecarTaken:
    """What came of it.

    Attributes:
        before: The decision until then.
        after: The decision that holds now.
        differs: The sidecar, though newer, has another mark or other stars: left alone.
    """

    before: Decision
    after: Decision
    differs: bool


def take_in(db: sqlite3.Connection, clip_id: ClipId, said: SidecarSaid) -> SidecarTaken:
    """Add what a sidecar says, where that demotes nothing."""
    before = decisions.record_of(db, clip_id)
    after, differs = before, False
    if said.decision is not None:
        after = taken_in(before, said.decision, said.at_ns, said.by)
        differs = left_alone(after, said.decision, said.at_ns)
    decisions.put(db, clip_id, before, after)
    db.execute(
        "INSERT OR REPLACE INTO sidecars (clip_id, name, size_bytes, mtime_ns) VALUES (?, ?, ?, ?)",
        (
            clip_id,
            os.fsencode(said.seen.name),
            said.seen.stamp.size_bytes,
            said.seen.stamp.mtime_ns,
        ),
    )
    return SidecarTaken(decided(before), decided(after), differs)
