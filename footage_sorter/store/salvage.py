"""Salvage: from a damaged library into a new one, what people said of its clips.

Knows how to read around damage: SQLite ends a query at the first page that it cannot read, so each
row is looked up by its own key. What no tree leads to any more is taken from its page. Refuses to
write into the damaged file, and to take over what can be measured again.
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
from footage_sorter.domain.errors import LibraryBusy, LibraryDamaged, LibraryUnavailable
from footage_sorter.domain.record import EMPTY, Field, Record, Statement, decided
from footage_sorter.store import decisions
from footage_sorter.store.database import Database, migrate, set_aside, unavailable
from footage_sorter.store.encoding import unpack_media, unpack_path, unpack_value
from footage_sorter.store.migrations import STEPS
from footage_sorter.store.pages import PAGE_BYTES, Tree, rows

_TABLES = ("clips", "decisions")
_LOGS = ("-wal", "-journal")
_LEAST_ROW_BYTES = 40
"""What a clip takes in the library at the least: a clip's number that leaves it less is none."""

_PAGE_COUNT_AT = slice(28, 32)  # in the header, big-endian (sqlite.org/fileformat2.html)


class _Clip(NamedTuple):
    """A row of `clips`, as far as it could be read; without a path it has no place."""

    path: bytes = b""
    size_bytes: int = 0
    mtime_ns: int = 0
    fresh: bool = False
    content: str | None = None
    media: str | None = None
    error: None = None  # it can be met again
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
    except LibraryUnavailable as error:  # of the new one, whose place nobody knows
        raise LibraryUnavailable(path, error.detail, disk_full=error.disk_full) from error
    except OSError as error:
        raise unavailable(path, error) from error
    spoken_of = sum(decided(record) != UNDECIDED for record in salvage.said.values())
    return LibraryDamaged(path, kept_as, damage.detail, spoken_of)


def _stamp(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _read_around_damage(path: Path, folder: Path) -> _Salvage:
    """Read the library at `path`, which is not written; `folder` has room for copies."""
    parts = [Path(f"{path}{end}") for end in ("", *_LOGS)]
    most = sum(part.stat().st_size for part in parts if part.exists()) // _LEAST_ROW_BYTES
    for address in _addresses(path, folder):
        with closing(_opened(address)) as db:
            if _has_tables(db):
                data = b"" if _is_whole(db) else path.read_bytes()
                clips = _clips(db, data, most)
                return _Salvage(clips, _said(db, data, clips))
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
        migrate(db, lender, STEPS[:1])
    with lender.open("rb") as file:
        page = bytearray(file.read(PAGE_BYTES))
    page[_PAGE_COUNT_AT] = (copy.stat().st_size // PAGE_BYTES).to_bytes(4, "big")
    with copy.open("r+b") as file:
        file.write(page)


def _opened(address: str) -> sqlite3.Connection:
    db = sqlite3.connect(address, uri=True, isolation_level=None)
    # Else a table that is missing in the list of tables, or a page behind the file's end, would
    # keep all others from being read.
    db.execute("PRAGMA writable_schema = ON")
    return db


def _has_tables(db: sqlite3.Connection) -> bool:
    _row(db, "SELECT 1 FROM sqlite_schema")  # the next one finds what of it can be read
    try:
        for table in _TABLES:
            db.execute(f"SELECT 1 FROM {table} LIMIT 0")  # noqa: S608  constants
    except sqlite3.DatabaseError:
        return False
    return True


def _is_whole(db: sqlite3.Connection) -> bool:
    verdicts = [_row(db, f"PRAGMA quick_check({table})") for table in _TABLES]
    return verdicts == [("ok",)] * len(_TABLES)


def _row(db: sqlite3.Connection, select: str, *key: object) -> tuple[object, ...] | None:
    """The first row; None where there is none or it cannot be read."""
    try:
        row: tuple[object, ...] | None = db.execute(select, key).fetchone()
    except sqlite3.DatabaseError:
        return None
    return row


def _clips(db: sqlite3.Connection, data: bytes, most: int) -> dict[int, _Clip]:
    """All clips of which anything can be read, by number.

    Args:
        db: The library.
        data: The bytes of its file, where what we look for is not whole in it.
        most: No clip has a higher number.
    """
    loose = _loose_clips(data)
    ends = (
        _row(db, "SELECT seq FROM sqlite_sequence WHERE name = 'clips'"),
        _row(db, "SELECT max(id) FROM clips"),
    )
    numbers = [*loose, *(end[0] for end in ends if end and isinstance(end[0], int))]
    clips: dict[int, _Clip] = {}
    for number in range(1, min(max(numbers, default=0), most) + 1):
        row = _row(db, f"SELECT {_COLUMNS} FROM clips WHERE id = ?", number)  # noqa: S608
        if clip := (_clip(row) if row else None) or loose.get(number):
            clips[number] = clip
    return clips


_COLUMNS = "path, size_bytes, mtime_ns, fresh, content, media, error, missing, placeless, successor"


def _loose_clips(data: bytes) -> dict[int, _Clip]:
    """The clips on the pages of `data`, by number.

    The indexes tell path and content of those whose row is on no page that can be read.
    """
    found: dict[int, _Clip] = {}
    for row in rows(data, Tree.TABLE, 11):
        if (clip := _clip(row.values[1:])) is not None:
            found[row.number] = clip
    indexed: dict[int, _Clip] = {}
    for row in rows(data, Tree.INDEX, 2):
        value, number = row.values
        if not isinstance(number, int) or number in found:
            continue
        before = indexed.get(number, _Clip())
        if path := _sound_path(value):
            indexed[number] = before._replace(path=path, placeless=False)
        elif content := content_named(value):
            indexed[number] = before._replace(content=content)
    return found | indexed


def _clip(row: Sequence[object]) -> _Clip | None:
    """The clip of a row of `_COLUMNS`, without what is unsound in it; None where too much is."""
    stored, size_bytes, mtime_ns, fresh, content, media, _, missing, placeless, successor = row
    path = _sound_path(stored)
    if not (isinstance(size_bytes, int) and isinstance(mtime_ns, int) and (path or placeless)):
        return None
    known, says = content_named(content), _sound_media(media)
    return _Clip(
        path,
        size_bytes,
        mtime_ns,
        fresh=bool(fresh) and known is not None and says == media,
        content=known,
        media=says,
        missing=bool(missing),
        placeless=bool(placeless),
        successor=successor if isinstance(successor, int) else None,
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


def _said(db: sqlite3.Connection, data: bytes, clips: Iterable[int]) -> dict[int, Record]:
    """What was said of `clips`, field by field."""
    select = "SELECT value, at_ns, by FROM decisions WHERE clip_id = ? AND field = ?"
    loose = _loose_words(data)
    said: dict[int, Record] = {}
    for number in clips:
        record = {}
        for field in Field:
            row = _row(db, select, number, field)
            statement = (_statement(field, row) if row else None) or loose.get((number, field))
            if statement:
                record[field] = statement
        if record:
            said[number] = record
    return said


def _loose_words(data: bytes) -> dict[tuple[int, str], Statement]:
    """The newest of what was said on the pages of `data`, by clip and field."""
    found: dict[tuple[int, str], Statement] = {}
    for row in rows(data, Tree.INDEX, 5):
        number, field, *rest = row.values
        if isinstance(number, int) and field in _FIELDS:
            statement = _statement(Field(field), rest)
            before = found.get((number, field), statement)
            if statement and before:
                found[number, field] = max(before, statement, key=lambda said: said.rank)
    return found


_FIELDS = frozenset(Field)


def _statement(field: Field, row: Sequence[object]) -> Statement | None:
    """One field as somebody set it; None where it is not what can have been written."""
    value, at_ns, by = row
    if not (isinstance(at_ns, int) and at_ns > 0 and isinstance(by, str)):
        return None
    try:
        return Statement(unpack_value(field, str(value)), at_ns, by)
    except (ValueError, RecursionError):
        return None


def _write(salvage: _Salvage, new: Path) -> None:
    """Make the library `new`; clips keep their numbers, words their time and person.

    Of two clips that claim one place, the latter gets none: what was said of it waits for its
    content to show up.
    """
    taken: set[bytes] = set()
    stored = []
    for number, clip in salvage.clips.items():
        placeless = clip.placeless or clip.path in taken
        if not placeless:
            taken.add(clip.path)
        successor = clip.successor if clip.successor in salvage.clips else None
        stored.append((number, *clip._replace(placeless=placeless, successor=successor)))
    with closing(Database(new)) as database, database.writing(durable=True) as db:
        db.execute("PRAGMA defer_foreign_keys = ON")  # a successor may come later
        db.executemany(
            f"INSERT INTO clips (id, {_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?)",  # noqa: S608
            stored,
        )
        for number, record in salvage.said.items():
            decisions.put(db, ClipId(number), EMPTY, record)
