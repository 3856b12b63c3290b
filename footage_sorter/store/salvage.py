"""Salvage: from a damaged library into a new one, what people said of its clips.

Knows how to read around damage: SQLite ends a query at the first page that it cannot read, so each
row is looked up by its own key, and only those on a broken page are lost. Refuses to write into
the damaged file, and to take over what can be measured again.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import NamedTuple

from footage_sorter.domain.clip import UNDECIDED, ClipId, content_named
from footage_sorter.domain.errors import LibraryBusy, LibraryDamaged
from footage_sorter.domain.record import EMPTY, Field, Record, Statement, decided
from footage_sorter.store import decisions
from footage_sorter.store.database import Database, migrate, set_aside, unavailable
from footage_sorter.store.encoding import unpack_media, unpack_path, unpack_value
from footage_sorter.store.migrations import STEPS

_LOGS = ("-wal", "-journal")
_LEAST_ROW_BYTES = 40
"""What a clip takes in the library at the least: a clip's number that leaves it less is none."""

_PAGE_COUNT_AT = slice(28, 32)  # in the header, big-endian (sqlite.org/fileformat2.html)


class _Clip(NamedTuple):
    """A row of `clips`, as far as it could be read; without a path it has no place."""

    path: bytes = b""
    size_bytes: int = 0
    mtime_ns: int = 0
    content: str | None = None
    media: str | None = None
    fresh: bool = False
    missing: bool = False
    placeless: bool = True
    successor: int | None = None


@dataclass(frozen=True, slots=True)
class _Salvage:
    """All that could be read; `said` only of those in `clips`."""

    clips: Mapping[int, _Clip]
    said: Mapping[int, Record]


def renew(damage: LibraryDamaged) -> LibraryDamaged:
    """Put a new library in the place of a damaged one, with what people said of its clips.

    The new one is whole before the damaged one is kept aside, so that whatever stops the program
    or the disk before that leaves all as it was, for the next start to try again.

    Returns:
        What there is to tell: where the damaged one is now, and of how many clips was said what
        the new one holds.

    Raises:
        LibraryBusy: Another program did so at the same moment; its library stays.
        FootageError: As `Database` does, where the new one cannot be written.
    """
    path = damage.path
    try:
        before = _stamp(path)
        with TemporaryDirectory(prefix=f"{path.stem}.new-", dir=path.parent) as folder:
            salvage = _read_around_damage(path, Path(folder))
            new = Path(folder, path.name)
            _write(salvage, new)
            if _stamp(path) != before:
                raise LibraryBusy(path)
            kept_as = set_aside(path)
            new.rename(path)
    except OSError as error:
        raise unavailable(path, error) from error
    spoken_of = sum(decided(record) != UNDECIDED for record in salvage.said.values())
    return LibraryDamaged(path, kept_as, damage.detail, spoken_of)


def _stamp(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _read_around_damage(path: Path, folder: Path) -> _Salvage:
    """Read the library at `path`, which is not written; `folder` has room for copies."""
    most = path.stat().st_size // _LEAST_ROW_BYTES
    for address in _addresses(path, folder):
        with closing(_opened(address)) as db:
            if _has_tables(db):
                clips = _clips(db, most)
                return _Salvage(clips, _said(db, clips))
    return _Salvage({}, {})


def _addresses(path: Path, folder: Path) -> Iterator[str]:
    """Where to read the library, one after another until its tables are found.

    As it lies; with a log, which SQLite would play into the file, in a copy. Last in a copy with
    another first page, see `_lend_first_page`.
    """
    logs = [end for end in _LOGS if Path(f"{path}{end}").exists()]
    if not logs:
        yield f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    copy = (folder / "damaged.sqlite").absolute()
    for end in ("", *logs):
        copyfile(f"{path}{end}", f"{copy}{end}")
    if logs:
        yield copy.as_uri()
    _lend_first_page(copy, folder / "lender.sqlite")
    yield copy.as_uri()


def _lend_first_page(copy: Path, lender: Path) -> None:
    """Give a library whose first page is lost that of a new one.

    The first page tells on which pages the tables begin. The tables that people's words are in are
    the first that every library gets, so they begin where they begin in a new one.
    """
    with closing(sqlite3.connect(lender, isolation_level=None)) as db:
        (page_bytes,) = db.execute("PRAGMA page_size").fetchone()
        migrate(db, lender, STEPS[:1])
    with lender.open("rb") as file:
        page = bytearray(file.read(page_bytes))
    page[_PAGE_COUNT_AT] = (copy.stat().st_size // page_bytes).to_bytes(4, "big")
    with copy.open("r+b") as file:
        file.write(page)


def _opened(address: str) -> sqlite3.Connection:
    db = sqlite3.connect(address, uri=True, isolation_level=None)
    db.text_factory = _text
    # Else a table that is missing in the list of tables, or a page behind the file's end, would
    # keep all others from being read.
    db.execute("PRAGMA writable_schema = ON")
    db.execute("PRAGMA cell_size_check = ON")
    return db


def _text(stored: bytes) -> str | None:
    """Text as it was written; None for what is none any more."""
    try:
        return stored.decode()
    except UnicodeDecodeError:
        return None


def _has_tables(db: sqlite3.Connection) -> bool:
    _rows(db, "SELECT 1 FROM sqlite_schema LIMIT 1")  # reads what can be read of the list of tables
    try:
        for table in ("clips", "decisions"):
            db.execute(f"SELECT 1 FROM {table} LIMIT 0")  # noqa: S608  constants
    except sqlite3.DatabaseError:
        return False
    return True


def _rows(db: sqlite3.Connection, select: str, *values: object) -> list[tuple[object, ...]]:
    """The rows up to the first that cannot be read."""
    rows: list[tuple[object, ...]] = []
    try:
        for row in db.execute(select, values):
            rows.append(row)  # noqa: PERF402  what was read before an error stays
    except sqlite3.DatabaseError:
        pass
    return rows


def _clips(db: sqlite3.Connection, most: int) -> dict[int, _Clip]:
    """All clips of which anything can be read, by number; those of whole rows first.

    The indexes tell paths and contents of rows that are on broken pages.
    """
    paths = _from_index(db, "path", "clips_path WHERE NOT placeless")
    contents = _from_index(db, "content", "clips_content WHERE content IS NOT NULL")
    ends = [number for number in _highest(db) if number <= most]
    clips = {}
    for number in range(1, max([*paths, *contents, *ends], default=0) + 1):
        for row in _rows(db, f"SELECT {_COLUMNS} FROM clips WHERE id = ?", number):  # noqa: S608
            if (clip := _clip(row)) is not None:
                clips[number] = clip
    for number in sorted((paths.keys() | contents.keys()) - clips.keys()):
        path = _sound_path(paths.get(number))
        content = content_named(contents.get(number))
        if path or content:
            clips[number] = _Clip(path, content=content, placeless=not path)
    return clips


_COLUMNS = "path, size_bytes, mtime_ns, content, media, fresh, missing, placeless, successor"


def _from_index(db: sqlite3.Connection, column: str, index: str) -> dict[int, object]:
    """A column by the clip's number, from both ends of an index up to damage."""
    select = f"SELECT id, {column} FROM clips INDEXED BY {index} ORDER BY {column}"  # noqa: S608
    rows = _rows(db, select)
    rows += _rows(db, f"{select} DESC")
    return {number: value for number, value in rows if isinstance(number, int)}


def _highest(db: sqlite3.Connection) -> list[int]:
    """What several places say is the highest number of a clip."""
    found = (
        *_rows(db, "SELECT seq FROM sqlite_sequence WHERE name = 'clips'"),
        *_rows(db, "SELECT max(id) FROM clips"),
        *_rows(db, "SELECT max(clip_id) FROM decisions"),
    )
    return [number for (number,) in found if isinstance(number, int)]


def _clip(row: Sequence[object]) -> _Clip | None:
    """The clip of a row of `_COLUMNS`, without what is unsound in it; None where too much is."""
    stored, size_bytes, mtime_ns, content, media, fresh, missing, placeless, successor = row
    path = _sound_path(stored)
    if not (isinstance(size_bytes, int) and isinstance(mtime_ns, int) and (path or placeless)):
        return None
    known, said = content_named(content), _sound_media(media)
    return _Clip(
        path,
        size_bytes,
        mtime_ns,
        known,
        said,
        bool(fresh) and known is not None and said == media,
        bool(missing),
        bool(placeless),
        successor if isinstance(successor, int) else None,
    )


def _sound_path(stored: object) -> bytes:
    """A path that can be one; b"" in place of any other."""
    if not isinstance(stored, bytes) or b"\0" in stored or not unpack_path(stored).is_absolute():
        return b""
    return stored


def _sound_media(stored: object) -> str | None:
    """What a container says, if it can be read again; None in place of any other."""
    try:
        unpack_media(str(stored))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return None
    return str(stored)


def _said(db: sqlite3.Connection, clips: Iterable[int]) -> dict[int, Record]:
    """What was said of `clips`, field by field."""
    select = "SELECT value, at_ns, by FROM decisions WHERE clip_id = ? AND field = ?"
    said: dict[int, Record] = {}
    for number in clips:
        record = {
            field: statement
            for field in Field
            for row in _rows(db, select, number, field)
            if (statement := _statement(field, row)) is not None
        }
        if record:
            said[number] = record
    return said


def _statement(field: Field, row: Sequence[object]) -> Statement | None:
    """One field as somebody set it; None where it is not what can have been written."""
    value, at_ns, by = row
    if not (isinstance(at_ns, int) and at_ns > 0 and isinstance(by, str)):
        return None
    try:
        return Statement(unpack_value(field, str(value)), at_ns, by)
    except ValueError:
        return None


def _write(salvage: _Salvage, new: Path) -> None:
    """Make the library `new`; clips keep their numbers, words their time and person.

    Of two clips that claim one place, the latter gets none: what was said of it waits for its
    content to show up.
    """
    taken: set[bytes] = set()
    rows = []
    for number, clip in salvage.clips.items():
        placeless = clip.placeless or clip.path in taken
        if not placeless:
            taken.add(clip.path)
        successor = clip.successor if clip.successor in salvage.clips else None
        rows.append((number, *clip._replace(placeless=placeless, successor=successor)))
    with closing(Database(new)) as database, database.writing(durable=True) as db:
        db.execute("PRAGMA defer_foreign_keys = ON")  # a successor may come later
        db.executemany(
            f"INSERT INTO clips (id, {_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?)",  # noqa: S608
            rows,
        )
        for number, record in salvage.said.items():
            decisions.put(db, ClipId(number), EMPTY, record)
