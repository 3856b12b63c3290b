"""Identity: which row of the library a file is, whatever was renamed, moved or swapped.

Functions over an open transaction; `clips.ClipStore` opens it.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from footage_sorter.domain.clip import Clip, ClipId, ContentId, FileStamp, MediaInfo
from footage_sorter.store import decisions
from footage_sorter.store.encoding import pack_media, pack_path, unpack_media, unpack_path

CLIP_COLUMNS = "id, path, size_bytes, mtime_ns, fresh, content, media"
"""What `clip_of` reads."""


def clip_of(row: Sequence[Any]) -> Clip:
    """The clip of a row of `CLIP_COLUMNS`; what does not belong to its stamp is left out."""
    clip_id, path, size_bytes, mtime_ns, fresh, content, media = row
    return Clip(
        ClipId(clip_id),
        unpack_path(path),
        FileStamp(size_bytes, mtime_ns),
        ContentId(content) if fresh and content is not None else None,
        unpack_media(media) if fresh and media is not None else None,
    )


def known(db: sqlite3.Connection, path: Path, stamp: FileStamp) -> Clip | None:
    """The clip at `path`, if there is nothing new to note about it."""
    row = db.execute(
        f"SELECT {CLIP_COLUMNS} FROM clips"  # noqa: S608  constants
        " WHERE path = ? AND NOT placeless AND NOT missing AND size_bytes = ? AND mtime_ns = ?",
        (pack_path(path), stamp.size_bytes, stamp.mtime_ns),
    ).fetchone()
    return None if row is None else clip_of(row)


def found(db: sqlite3.Connection, path: Path, stamp: FileStamp) -> Clip:
    """Note that a file is at `path`; with another stamp it has to be read again."""
    old = _at(db, path)
    if old is None:
        db.execute(
            "INSERT INTO clips (path, size_bytes, mtime_ns) VALUES (?, ?, ?)",
            (pack_path(path), stamp.size_bytes, stamp.mtime_ns),
        )
    elif old.stamp == stamp:
        db.execute("UPDATE clips SET missing = 0 WHERE id = ?", (old.id,))
    else:
        # Content and media stay in the row, unseen: should the content turn up elsewhere, this
        # row is the clip that went there.
        db.execute(
            "UPDATE clips SET size_bytes = ?, mtime_ns = ?, missing = 0, fresh = 0, error = NULL"
            " WHERE id = ?",
            (stamp.size_bytes, stamp.mtime_ns, old.id),
        )
    clip = _at(db, path)
    assert clip is not None
    return clip


def read(db: sqlite3.Connection, clip: Clip, content: ContentId, media: MediaInfo | None) -> Clip:
    """Settle which row the file of `clip` is, now that its content is known."""
    here = _at(db, clip.path)
    if here is not None and here.stamp != clip.stamp:
        return here  # somebody noted a newer state of the file: this is about a former one
    held = None if here is None else _content_of(db, here.id)
    if here is not None and held == content:
        return _settle(db, here.id, clip, content, media)
    moved = _without_file(db, content)
    if moved is not None:
        if here is not None:
            _give_way(db, here.id, held, moved)
        _catch_up(db, moved, content)
        return _settle(db, moved, clip, content, media)
    mine = here.id if here is not None else found(db, clip.path, clip.stamp).id
    if held is not None:
        _remember(db, mine, clip.path, held)
    twin = decisions.newest(db, _holders(db, content))
    if twin is not None and (held is not None or not decisions.record_of(db, mine)):
        decisions.copy(db, twin, mine)
    return _settle(db, mine, clip, content, media)


def move(db: sqlite3.Connection, clip_id: ClipId, path: Path) -> None:
    """Give a row another path; a row that thought it had that path has none any more."""
    there = _at(db, path)
    if there is not None and there.id != clip_id:
        db.execute("UPDATE clips SET placeless = 1 WHERE id = ?", (there.id,))
    db.execute(
        "UPDATE clips SET path = ?, missing = 0, placeless = 0 WHERE id = ?",
        (pack_path(path), clip_id),
    )


def remove(db: sqlite3.Connection, clip_ids: Iterable[ClipId]) -> None:
    """Take their places from rows; from what they are today, see `current`."""
    db.execute(
        "WITH RECURSIVE gone (id) AS ("
        " SELECT value FROM json_each(?)"
        " UNION SELECT successor FROM clips JOIN gone USING (id) WHERE successor IS NOT NULL)"
        " UPDATE clips SET placeless = 1 WHERE successor IS NULL AND id IN (SELECT id FROM gone)",
        _one_text(clip_ids),
    )


def put_back(db: sqlite3.Connection, clip_ids: Iterable[ClipId]) -> set[ClipId]:
    """Give rows that have no place the ones that they had; those that have them now."""
    ids = _one_text(clip_ids)
    db.execute(
        "UPDATE OR IGNORE clips SET placeless = 0"
        " WHERE successor IS NULL AND id IN (SELECT value FROM json_each(?))",
        ids,
    )
    there = db.execute(
        "SELECT id FROM clips WHERE NOT placeless AND id IN (SELECT value FROM json_each(?))", ids
    )
    return {ClipId(clip_id) for (clip_id,) in there}


def _one_text(clip_ids: Iterable[ClipId]) -> tuple[str]:
    """For `json_each`: one parameter, however many they are. SQLite limits how many it takes."""
    return (json.dumps(list(clip_ids)),)


def current(db: sqlite3.Connection, clip_id: ClipId) -> ClipId:
    """The row that `clip_id` is today: its successor where another row took it over.

    A window may still hold the number of a row that a scan just recognised as another one.
    """
    while True:
        row = db.execute("SELECT successor FROM clips WHERE id = ?", (clip_id,)).fetchone()
        if row is None:
            raise KeyError(clip_id)
        if row[0] is None:
            return clip_id
        clip_id = ClipId(row[0])


def rows_below(
    db: sqlite3.Connection, columns: str, folders: Sequence[Path] | None
) -> Iterator[Sequence[Any]]:
    """Rows of clips that have a place, by path; all, or those in or below `folders`."""
    select = f"SELECT {columns} FROM clips WHERE NOT placeless"  # noqa: S608  constants
    if folders is None:
        yield from db.execute(f"{select} ORDER BY path")
        return
    seen: set[object] = set()
    for folder in sorted(set(folders)):
        exact = pack_path(folder)
        first = exact.rstrip(_SEPARATOR) + _SEPARATOR
        after = first[:-1] + bytes([first[-1] + 1])
        rows = db.execute(
            f"{select} AND (path = ? OR (path >= ? AND path < ?)) ORDER BY path",
            (exact, first, after),
        )
        for row in rows:
            if row[0] not in seen:
                seen.add(row[0])
                yield row


def rows_of(
    db: sqlite3.Connection, columns: str, clip_ids: Iterable[ClipId]
) -> Iterator[Sequence[Any]]:
    """Rows of some clips in the order asked for, those left out that have no place."""
    select = f"SELECT {columns} FROM clips WHERE id = ? AND NOT placeless"  # noqa: S608  constants
    for clip_id in clip_ids:
        yield from db.execute(select, (clip_id,))


_SEPARATOR = os.fsencode(os.sep)


def _at(db: sqlite3.Connection, path: Path) -> Clip | None:
    row = db.execute(
        f"SELECT {CLIP_COLUMNS} FROM clips WHERE path = ? AND NOT placeless",  # noqa: S608
        (pack_path(path),),
    ).fetchone()
    return None if row is None else clip_of(row)


def _content_of(db: sqlite3.Connection, clip_id: ClipId) -> ContentId | None:
    """The content that a row was last seen with, whatever lies at its path now."""
    (content,) = db.execute("SELECT content FROM clips WHERE id = ?", (clip_id,)).fetchone()
    return None if content is None else ContentId(content)


def _without_file(db: sqlite3.Connection, content: ContentId) -> ClipId | None:
    """A row that held `content` and has no file with it now: the clip that moved.

    Preferred is one that people spoke of, then one that was somewhere. A row that another one took
    over never held any content.
    """
    row = db.execute(
        "SELECT id FROM clips WHERE content = ? AND (placeless OR missing OR NOT fresh)"
        " ORDER BY id IN (SELECT clip_id FROM decisions) DESC, placeless, id LIMIT 1",
        (content,),
    ).fetchone()
    return None if row is None else ClipId(row[0])


def _holders(db: sqlite3.Connection, content: ContentId) -> list[ClipId]:
    """The rows whose file holds `content`."""
    rows = db.execute("SELECT id FROM clips WHERE content = ? AND fresh", (content,))
    return [ClipId(clip_id) for (clip_id,) in rows]


def _catch_up(db: sqlite3.Connection, clip_id: ClipId, content: ContentId) -> None:
    """Bring a row that was out of the library up to what was said of its content meanwhile.

    Not a row whose file moved: what was said of that one copy stays its own.
    """
    (placeless,) = db.execute("SELECT placeless FROM clips WHERE id = ?", (clip_id,)).fetchone()
    twin = decisions.newest(db, _holders(db, content)) if placeless else None
    if twin is not None and twin != clip_id:
        decisions.merge_into(db, clip_id, decisions.record_of(db, twin))


def _give_way(
    db: sqlite3.Connection, clip_id: ClipId, held: ContentId | None, newcomer: ClipId
) -> None:
    """Take the path from a row whose file turned out to be `newcomer`.

    A row that never held any content was the newcomer all along: what was said of it meanwhile
    was said of that one.
    """
    db.execute("UPDATE clips SET placeless = 1 WHERE id = ?", (clip_id,))
    if held is None:
        decisions.move(db, clip_id, newcomer)
        db.execute("UPDATE clips SET successor = ? WHERE id = ?", (newcomer, clip_id))


def _remember(db: sqlite3.Connection, clip_id: ClipId, path: Path, held: ContentId) -> None:
    """Keep what was said of a content that was overwritten where it lay: it may lie elsewhere."""
    if not decisions.record_of(db, clip_id):
        return
    cursor = db.execute(
        "INSERT INTO clips (path, size_bytes, mtime_ns, content, placeless) VALUES (?, 0, 0, ?, 1)",
        (pack_path(path), held),
    )
    assert cursor.lastrowid is not None
    decisions.copy(db, clip_id, ClipId(cursor.lastrowid))


def _settle(
    db: sqlite3.Connection,
    clip_id: ClipId,
    clip: Clip,
    content: ContentId,
    media: MediaInfo | None,
) -> Clip:
    db.execute(
        "UPDATE clips SET path = ?, size_bytes = ?, mtime_ns = ?, content = ?, media = ?,"
        " fresh = 1, missing = 0, placeless = 0, error = NULL WHERE id = ?",
        (
            pack_path(clip.path),
            clip.stamp.size_bytes,
            clip.stamp.mtime_ns,
            content,
            None if media is None else pack_media(media),
            clip_id,
        ),
    )
    settled = _at(db, clip.path)
    assert settled is not None
    return settled
