"""The journal: what is being done to files, noted before it is done, so that a kill loses nothing.

Lies in the library, so that a clip's path and the journal change in one transaction.
"""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from footage_sorter.domain.clip import ClipId, FileStamp
from footage_sorter.domain.filing import Deed, FilePlan, Obstacle, Operation, State, Step
from footage_sorter.store import identity
from footage_sorter.store.database import Database
from footage_sorter.store.encoding import pack_path, unpack_path


class Journal:
    """The journal for the thread that opened it.

    Raises:
        FootageError: From any method, see `Database`.
    """

    def __init__(self, library_path: Path) -> None:
        self._database = Database(library_path)

    def close(self) -> None:
        """Close the library."""
        self._database.close()

    def begin(self, plan: FilePlan) -> Operation:
        """Write `plan` down; nothing is done yet."""
        now_ns = time.time_ns()
        root = None if plan.root is None else pack_path(plan.root)
        with self._database.writing(durable=True) as db:
            cursor = db.execute(
                "INSERT INTO operations (begun_at_ns, root) VALUES (?, ?)", (now_ns, root)
            )
            assert cursor.lastrowid is not None
            db.executemany(
                "INSERT INTO steps VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                [_row(cursor.lastrowid, step) for step in plan.steps],
            )
        return Operation(cursor.lastrowid, now_ns, plan.root, plan.steps)

    def note(self, operation_id: int, step: Step) -> None:
        """Write down how far `step` is; the clip's place changes with it, or neither does."""
        with self._database.writing(durable=True) as db:
            db.execute(
                "INSERT OR REPLACE INTO steps VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                _row(operation_id, step),
            )
            _place(db, step)

    def operations(self) -> list[Operation]:
        """All operations, the latest first."""
        with self._database.reading() as db:
            found = db.execute("SELECT id, begun_at_ns, root FROM operations ORDER BY id DESC")
            return [
                Operation(
                    number, at_ns, None if root is None else unpack_path(root), _steps(db, number)
                )
                for number, at_ns, root in found.fetchall()
            ]


def _place(db: Connection, step: Step) -> None:
    """Let the library know where the clip of a step is now."""
    if step.clip_id is None:
        return
    clip_id = identity.current(db, step.clip_id)
    if step.deed is Deed.MOVE and step.state is State.DONE and step.target is not None:
        identity.move(db, clip_id, step.target)
    elif step.deed in (Deed.MOVE, Deed.TRASH) and step.state is State.UNDONE:
        identity.move(db, clip_id, step.source)
    elif step.deed is Deed.TRASH and step.state is State.DONE:
        db.execute("UPDATE clips SET missing = 1 WHERE id = ?", (clip_id,))


def _row(operation_id: int, step: Step) -> tuple[object, ...]:
    return (
        operation_id,
        step.number,
        step.deed,
        pack_path(step.source),
        None if step.target is None else pack_path(step.target),
        step.stamp.size_bytes,
        step.stamp.mtime_ns,
        step.clip_id,
        step.state,
        step.obstacle,
        json.dumps(step.detail),
    )


def _steps(db: Connection, operation_id: int) -> tuple[Step, ...]:
    rows = db.execute(
        "SELECT number, deed, source, target, size_bytes, mtime_ns, clip_id, state, obstacle,"
        " detail FROM steps WHERE operation_id = ? ORDER BY number",
        (operation_id,),
    )
    return tuple(_step(row) for row in rows)


def _step(row: Sequence[Any]) -> Step:
    number, deed, source, target, size_bytes, mtime_ns, clip_id, state, obstacle, detail = row
    return Step(
        number,
        Deed(deed),
        unpack_path(source),
        None if target is None else unpack_path(target),
        FileStamp(size_bytes, mtime_ns),
        None if clip_id is None else ClipId(clip_id),
        State(state),
        None if obstacle is None else Obstacle(obstacle),
        json.loads(detail),
    )
