"""The library file: migration, refusal, damage, locks, a full disk and a killed program."""

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from footage_sorter.domain.clip import Decision, FileStamp, Mark
from footage_sorter.domain.errors import (
    LibraryBusy,
    LibraryDamaged,
    LibraryTooNew,
    LibraryUnavailable,
    NotALibrary,
)
from footage_sorter.domain.report import Models
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import Database, migrate, prepare, set_aside
from footage_sorter.store.migrations import STEPS
from footage_sorter.store.salvage import renew

STAMP = FileStamp(1, 1)
RELEASED = sorted((Path(__file__).parents[2] / "data").glob("library_v*.sqlite"))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "library.sqlite"


def fill(path, clips=3):
    prepare(path)
    with closing(ClipStore(path)) as store:
        for number in range(clips):
            clip = store.put_found(Path(f"/fest/{number}.mp4"), STAMP)
            store.decide({clip.id: Decision(mark=Mark.KEEP)})


def put_many(store, clips):
    for number in range(clips):
        store.put_found(Path(f"/more/{number}.mp4"), STAMP)


def parts(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_new_library_is_made_with_its_folders(tmp_path):
    path = tmp_path / "data" / "deep" / "library.sqlite"
    prepare(path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        tables = db.execute(
            "SELECT name, strict FROM pragma_table_list WHERE schema = 'main'"
            " AND name NOT LIKE 'sqlite%'"
        ).fetchall()
    assert tables
    assert all(strict for _, strict in tables)


@pytest.mark.parametrize("released", RELEASED, ids=lambda file: file.stem)
def test_every_released_library_opens_with_what_was_decided(released, tmp_path):
    path = tmp_path / released.name
    path.write_bytes(released.read_bytes())
    prepare(path)
    with closing(ClipStore(path)) as store:
        (clip,) = store.clips_below([Path("/fest")])
        assert store.decision(clip.id) == Decision(mark=Mark.KEEP, stars=4, note="the crowd")


def test_there_is_a_stored_library_of_every_schema():
    assert [file.stem for file in RELEASED] == [
        f"library_v{number}" for number in range(1, len(STEPS) + 1)
    ]


def test_a_step_lands_whole_or_not_at_all(tmp_path):
    with closing(sqlite3.connect(tmp_path / "any", isolation_level=None)) as db:
        good = ("CREATE TABLE one (a TEXT) STRICT",)
        bad = ("CREATE TABLE two (a TEXT) STRICT", "this is no SQL")
        with pytest.raises(sqlite3.OperationalError):
            migrate(db, tmp_path / "any", (good, bad))
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
        assert db.execute("SELECT name FROM sqlite_schema").fetchall() == [("one",)]


def test_a_newer_library_is_refused_byte_for_byte(path):
    fill(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    before = parts(path.parent)
    with pytest.raises(LibraryTooNew) as refused:
        prepare(path)
    assert (refused.value.found, refused.value.supported) == (len(STEPS) + 1, len(STEPS))
    with pytest.raises(LibraryTooNew):
        ClipStore(path)
    assert parts(path.parent) == before


def test_a_newer_library_that_was_not_closed_is_refused_byte_for_byte(path, tmp_path):
    fill(path)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as newer:
        newer.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
        newer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        newer.execute("DELETE FROM decisions")  # lies in the log only
        for end in ("", "-wal"):
            (crashed / f"library.sqlite{end}").write_bytes(Path(f"{path}{end}").read_bytes())
    before = parts(crashed)
    with pytest.raises(LibraryTooNew):
        prepare(crashed / "library.sqlite")
    assert parts(crashed) == before


def test_a_newer_version_that_lies_in_the_log_only_is_refused(path):
    fill(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as newer:
        newer.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
        before = path.read_bytes()
        with pytest.raises(LibraryTooNew):
            prepare(path)
        assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a library at all", b"SQLite format 3\x00", b"\0" * 999])
def test_a_file_that_is_no_library_is_kept_aside(path, content):
    path.write_bytes(content)
    with pytest.raises(LibraryDamaged) as damaged:
        prepare(path)
    assert path.read_bytes() == content
    told = renew(damaged.value)
    assert told.kept_as.read_bytes() == content
    assert told.clips == 0
    fill(path)  # a new one is there


@pytest.mark.parametrize("content", [b"\0\0\0\x18ftypmp42", b"{}", b"SQLite format 3\x00"])
def test_a_file_that_a_person_named_and_that_is_no_library_stays_where_it_is(path, content):
    path.write_bytes(content)
    with pytest.raises(NotALibrary):
        prepare(path, named=True)
    assert parts(path.parent) == {"library.sqlite": content}


@pytest.mark.parametrize("version", [0, 1, len(STEPS)])
def test_the_database_of_another_program_is_refused_byte_for_byte(path, version):
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE songs (title TEXT)")
        db.execute(f"PRAGMA user_version = {version}")
    before = parts(path.parent)
    with pytest.raises(NotALibrary):
        prepare(path, named=True)
    assert parts(path.parent) == before


def test_a_damaged_database_of_another_program_is_left_alone(path):
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE songs (title TEXT)")
    broken = path.read_bytes()[:4096] + b"\xa5" * 4096
    path.write_bytes(broken)
    with pytest.raises(NotALibrary):
        prepare(path, named=True)
    assert parts(path.parent) == {"library.sqlite": broken}


def read_all(path):
    prepare(path)
    with closing(ClipStore(path)) as store:
        store.load(Models("", "", "", ""))


@pytest.mark.parametrize("where", ["CREATE TABLE decisions", "keep"])
def test_text_in_it_that_is_none_is_damage(path, where):
    fill(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    data = path.read_bytes()
    assert where.encode() in data
    path.write_bytes(data.replace(where.encode(), b"\xff" * len(where)))
    with pytest.raises(LibraryDamaged):
        read_all(path)


def test_a_value_in_it_that_is_none_is_damage(path):
    fill(path)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE decisions SET value = '\"kee'")
    with pytest.raises(LibraryDamaged):
        read_all(path)


def test_a_library_with_a_broken_page_is_kept_aside_with_its_log(path):
    fill(path, clips=400)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * 8192)
    broken = path.read_bytes()
    Path(f"{path}-wal").write_bytes(b"")
    with pytest.raises(LibraryDamaged) as damaged:
        prepare(path)
    told = renew(damaged.value)
    assert told.kept_as.read_bytes() == broken
    assert path.read_bytes() != broken
    assert not Path(f"{path}-wal").exists()


def test_damaged_libraries_never_overwrite_each_other(path):
    kept = set()
    for number in range(3):
        path.write_bytes(b"junk %d" % number)
        with pytest.raises(LibraryDamaged) as damaged:
            prepare(path)
        kept.add(renew(damaged.value).kept_as.read_bytes())
    assert kept == {b"junk 0", b"junk 1", b"junk 2"}


def test_damage_that_shows_later_is_told(path):
    fill(path, clips=400)
    with closing(ClipStore(path)) as store:
        with path.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xa5" * (path.stat().st_size - 4096))
        with pytest.raises(LibraryDamaged):
            store.clips_below([Path("/")])


def test_a_library_in_use_is_busy_for_writers_and_open_for_readers(path):
    fill(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with closing(Database(path, busy_s=0.05)) as database:
            with pytest.raises(LibraryBusy), database.writing():
                pass
            with database.reading() as db:
                assert db.execute("SELECT count(*) FROM clips").fetchone() == (3,)
            other.execute("ROLLBACK")
            with database.writing() as db:
                db.execute("DELETE FROM decisions")


def test_many_open_a_new_library_at_once(path):
    def work(number):
        with closing(ClipStore(path)) as store:
            return store.put_found(Path(f"/fest/{number}.mp4"), STAMP).id

    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(work, range(24)))
    assert sorted(ids) == list(range(1, 25))


def test_an_error_inside_a_change_undoes_it(path):
    fill(path)
    with closing(Database(path)) as database:
        with pytest.raises(ZeroDivisionError), database.writing() as db:
            _ = db.execute("DELETE FROM decisions").rowcount / 0
        with database.reading() as db:
            assert db.execute("SELECT count(*) FROM decisions").fetchone() == (3,)


@pytest.mark.parametrize("name", ["", "file/library.sqlite"])
def test_a_path_that_cannot_be_a_library_is_a_sentence(tmp_path, name):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LibraryUnavailable):
        prepare(tmp_path / name)


def test_a_full_disk_loses_nothing_that_was_stored(path):
    fill(path)
    with closing(ClipStore(path)) as store:
        db = store._database._db
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(LibraryUnavailable) as trouble:
            put_many(store, 10_000)
        assert trouble.value.disk_full
        kept = store.clips_below([Path("/fest")])
        assert [store.decision(clip.id).mark for clip in kept] == [Mark.KEEP] * 3
        db.execute("PRAGMA max_page_count = 1000000")  # room was made
        store.put_found(Path("/later.mp4"), STAMP)


WRITER = """
import sys
from pathlib import Path
from footage_sorter.domain.clip import Decision, FileStamp
from footage_sorter.store.clips import ClipStore
store = ClipStore(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    clip = store.put_found(Path(f"/fest/{number}.mp4"), FileStamp(1, 1))
    store.decide({clip.id: Decision(stars=number % 5 + 1, note="x" * 500)})
    print(number, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a POSIX way to end a program")
@pytest.mark.parametrize("after", [1, 20, 83])
def test_a_killed_program_leaves_a_whole_library(path, after):
    prepare(path)
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
    ) as writer:
        for line in writer.stdout:
            if int(line) >= after:
                writer.send_signal(signal.SIGKILL)
                break
        told = int((writer.stdout.read().split() or [line])[-1])
    prepare(path)  # checks every page
    with closing(ClipStore(path)) as store:
        decided = {
            clip.path.stem: store.decision(clip.id) for clip in store.clips_below([Path("/")])
        }
    for number in range(1, told + 1):
        assert decided[str(number)] == Decision(stars=number % 5 + 1, note="x" * 500)


def test_what_must_last_waits_for_the_disk_and_nothing_else_does(path):
    def waits(db):
        return db.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL

    with closing(Database(path)) as database:
        with database.writing(durable=True) as db:
            assert waits(db)
        with database.writing() as db:
            assert not waits(db)


def test_what_is_set_aside_keeps_its_log(path):
    for end in ("", "-wal", "-shm"):
        Path(f"{path}{end}").write_text(f"library{end}")
    kept = set_aside(path)
    assert parts(path.parent) == {
        f"{kept.name}{end}": f"library{end}".encode() for end in ("", "-wal", "-shm")
    }
