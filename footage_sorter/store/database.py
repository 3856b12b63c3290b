"""The library file: opening, transactions, migration, and what SQLite's errors mean.

Knows SQLite and the file; refuses to know what is kept in it. Each thread opens its own
`Database`; SQLite lets many read while one writes, also among several programs.
"""

import errno
import json
import logging
import os
import shutil
import sqlite3
import time
from collections.abc import Collection, Generator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from footage_sorter.domain.errors import (
    FootageError,
    LibraryBusy,
    LibraryDamaged,
    LibraryTooNew,
    LibraryUnavailable,
    NotALibrary,
)
from footage_sorter.store.migrations import STEPS

log = logging.getLogger(__name__)

BUSY_S = 5.0
"""Transactions take milliseconds: who waits longer than this waits for something that hangs."""

_MAGIC = b"SQLite format 3\x00"
_VERSION_AT = slice(60, 64)  # user_version in the header, big-endian (sqlite.org/fileformat2.html)
_HEADER_BYTES = 100
_NEARLY_NOTHING_BYTES = 1 << 20
_NO_TEXT = "Could not decode to UTF-8"  # an error of the Python module, which has no code
_PARTS = ("-wal", "-shm", "-journal", "")


class Database:
    """One connection to one library, for the thread that opened it.

    Raises:
        LibraryTooNew: A newer release wrote the file; it is left untouched.
        NotALibrary: The file is something else; it is left untouched.
        LibraryDamaged: It is broken; see `salvage.renew`, which keeps it aside.
        LibraryBusy: Another program keeps it locked.
        LibraryUnavailable: It cannot be opened.
    """

    def __init__(self, path: Path, *, busy_s: float = BUSY_S) -> None:
        self.path = path
        _check_header(path)
        with _translated(path):
            self._db = sqlite3.connect(path, timeout=busy_s, isolation_level=None)
        try:
            with _translated(path):
                _check_tables(self._db, path)
                _configure(self._db, busy_s)
                migrate(self._db, path)
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Close the connection; the last one folds the write-ahead log into the file."""
        self._db.close()

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection, None, None]:
        """One state of the library, whatever others write meanwhile."""
        with _translated(self.path):
            self._db.execute("BEGIN")
            try:
                yield self._db
            finally:
                _roll_back(self._db)

    @contextmanager
    def writing(self, *, durable: bool = False) -> Generator[sqlite3.Connection, None, None]:
        """One change, whole or not at all.

        A `durable` one is on the disk when this returns, with all before it; another may be
        undone, whole, when the power goes before the next durable one.
        """
        with _translated(self.path):
            if durable:
                self._db.execute("PRAGMA synchronous = FULL")
            try:
                with transaction(self._db):
                    yield self._db
            finally:
                if durable:
                    self._db.execute("PRAGMA synchronous = NORMAL")


@contextmanager
def transaction(db: sqlite3.Connection) -> Generator[None, None, None]:
    """Commit what happens inside, or roll all of it back. Takes the write lock at once.

    A lock taken only at the first write could find that the state read before it is old, which
    no waiting mends.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        _roll_back(db)
        raise


def migrate(db: sqlite3.Connection, path: Path, steps: Sequence[Sequence[str]] = STEPS) -> None:
    """Bring the library to the newest schema; each step lands whole or not at all.

    Safe when several threads or programs open an old library at once: the version is read again
    under the lock.

    Raises:
        LibraryTooNew: A newer release wrote it; it is left untouched.
    """
    while (found := _version(db, path, len(steps))) < len(steps):
        with transaction(db):
            if _version(db, path, len(steps)) != found:
                continue  # another one was quicker
            for statement in steps[found]:
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {found + 1}")
        log.info("library %s is now of version %d", path, found + 1)


def one_of(column: str, values: Collection[object] | None) -> tuple[str, tuple[object, ...]]:
    """A condition: `column` is one of `values`, or anything where those are None; what to bind.

    However many there are: SQLite binds some thousands of values at most, so a list is bound.
    """
    if values is None:
        return "TRUE", ()
    condition = f"{column} IN (SELECT value FROM json_each(?))"  # noqa: S608  a column of ours
    return condition, (json.dumps(list(values)),)


def prepare(path: Path, *, named: bool = False) -> None:
    """Make the library at `path` ready: once, before any thread opens it.

    Args:
        path: The library's file; made where there is none.
        named: A person named the file. One that is no library may be anything, a clip perhaps:
            it stays where it is. In the program's own folder it is a library that broke.

    Raises:
        NotALibrary: As `Database` does, where the file was `named`.
        LibraryDamaged: It is broken, and still where it was; see `salvage.renew`.
        FootageError: As `Database` does.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _check_pages(path)  # first: a step of the schema would write into a damaged file
        Database(path).close()
    except NotALibrary as error:
        if named:
            raise
        raise LibraryDamaged(path, None, "its beginning is not that of a library") from error
    except OSError as error:
        raise unavailable(path, error) from error


def set_aside(path: Path) -> Path:
    """Rename the library and its log to a free name that tells the time; return the new name.

    The log goes first: left behind, SQLite would play it into the next library at `path`.
    """
    kept = free_name(path)
    try:
        for end in _PARTS:
            part = Path(f"{path}{end}")
            if part.exists():
                part.rename(f"{kept}{end}")
    except OSError as error:
        raise unavailable(path, error) from error
    log.warning("the damaged library %s was kept as %s", path, kept)
    return kept


def free_name(path: Path) -> Path:
    """A name beside `path` that tells the time and is not taken: for what is kept aside."""
    moment = datetime.now(UTC).strftime("%Y-%m-%d-%H%M%S")
    tries = 0
    while True:
        suffix = f"-{tries}" if tries else ""
        kept = path.with_name(f"{path.stem}.damaged-{moment}{suffix}{path.suffix}")
        if not any(os.path.lexists(f"{kept}{end}") for end in _PARTS):
            return kept
        tries += 1


def unavailable(path: Path, error: OSError) -> LibraryUnavailable:
    """What an error of the operating system means for the library."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return LibraryUnavailable(path, error.strerror or str(error), disk_full=full)


def _check_header(path: Path) -> None:
    """Judge the file by its first bytes, without SQLite, which may write when it opens."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except FileNotFoundError:
        return
    except OSError as error:
        raise unavailable(path, error) from error
    if not header:
        return  # SQLite makes an empty file a new library
    if not header.startswith(_MAGIC) or len(header) < _HEADER_BYTES:
        raise NotALibrary(path)
    found = int.from_bytes(header[_VERSION_AT], "big")
    if found > len(STEPS):
        raise LibraryTooNew(path, found, len(STEPS))


def _check_tables(db: sqlite3.Connection, path: Path) -> None:
    """Refuse the database of another program, before anything is written into it.

    Raises:
        NotALibrary: It has tables, and not ours.
    """
    db.execute("BEGIN")  # one state of both: another program may be making a library just now
    try:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        names = {name for (name,) in db.execute("SELECT name FROM sqlite_schema")}
    finally:
        _roll_back(db)
    if names and (version == 0 or "clips" not in names):
        raise NotALibrary(path)


def _check_pages(path: Path) -> None:
    """Read every page of the file once."""
    _check_header(path)
    with _translated(path), closing(sqlite3.connect(path, timeout=BUSY_S)) as db:
        _check_tables(db, path)
        (verdict,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        log.warning("the library %s is damaged: %s", path, verdict)
        raise LibraryDamaged(path, None, "a part of it cannot be read")


def _configure(db: sqlite3.Connection, busy_s: float) -> None:
    """Set the connection up. Only after the checks: the switch to WAL writes."""
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA fullfsync = ON")  # on macOS a plain fsync leaves data in the drive's cache
    _switch_to_wal(db, busy_s)


def _switch_to_wal(db: sqlite3.Connection, busy_s: float) -> None:
    """Let readers and a writer work at once.

    Two programs that switch a new library at the same moment get SQLITE_BUSY without the
    wait that `timeout` promises, so we wait here. A network drive may refuse WAL: then SQLite
    stays with its rollback journal, which is slower and as safe.
    """
    give_up = time.monotonic() + busy_s
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if _primary(error) != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.01)
        else:
            return


def _version(db: sqlite3.Connection, path: Path, supported: int) -> int:
    (found,) = db.execute("PRAGMA user_version").fetchone()
    if found > supported:
        raise LibraryTooNew(path, found, supported)
    return int(found)


def _roll_back(db: sqlite3.Connection) -> None:
    """Roll back, unless SQLite already did (it does so itself on a full disk)."""
    if db.in_transaction:
        db.execute("ROLLBACK")


@contextmanager
def _translated(path: Path) -> Generator[None, None, None]:
    """Raise SQLite's errors as ours. What is left is a bug."""
    try:
        yield
    except sqlite3.Error as error:
        trouble = _meaning(error, path)
        if trouble is None:
            raise
        raise trouble from error
    except (
        UnicodeDecodeError,
        json.JSONDecodeError,
    ) as error:  # of a name of SQLite's; of our values
        raise LibraryDamaged(path, None, "text in it is none") from error


def _meaning(error: sqlite3.Error, path: Path) -> FootageError | None:
    detail = str(error)
    match _primary(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            return LibraryBusy(path)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            log.warning("the library %s is damaged: %s", path, detail)
            return LibraryDamaged(path, None, "a part of it cannot be read")
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR as code:
            full = code == sqlite3.SQLITE_FULL or _is_full(path)
            return LibraryUnavailable(path, detail, disk_full=full)
        case (
            sqlite3.SQLITE_CANTOPEN
            | sqlite3.SQLITE_READONLY
            | sqlite3.SQLITE_PERM
            | sqlite3.SQLITE_AUTH
            | sqlite3.SQLITE_NOMEM
        ):
            return LibraryUnavailable(path, detail)
    return LibraryDamaged(path, None, "text in it is none") if detail.startswith(_NO_TEXT) else None


def _primary(error: sqlite3.Error) -> int:
    """SQLite's primary code; -1 for errors that the Python module makes itself."""
    code: int = getattr(error, "sqlite_errorcode", -1)
    return code & 0xFF if code >= 0 else code


def _is_full(path: Path) -> bool:
    """A full disk shows as a plain I/O error where SQLite grows its shared memory file."""
    try:
        return shutil.disk_usage(path.parent).free < _NEARLY_NOTHING_BYTES
    except OSError:
        return False
