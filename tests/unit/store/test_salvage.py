"""A damaged library: what people said comes back from around the damage, and nothing else does."""

import errno
import random
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.clip import (
    ClipId,
    Decision,
    FileStamp,
    Mark,
)
from footage_sorter.domain.errors import (
    LibraryBusy,
    LibraryDamaged,
    LibraryTooNew,
    LibraryUnavailable,
)
from footage_sorter.store import decisions, identity, salvage
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import Database, prepare
from footage_sorter.store.salvage import renew
from tests.helpers.damaged import (
    CLIPS,
    MEDIA,
    NO_MODELS,
    PAGE,
    check_truth,
    content,
    decision,
    fill,
    overwritten,
    pages_of,
    places,
    renewed,
    said_in,
    tables,
)
from tests.unit.store.test_database import RELEASED, parts


def damage(path):
    with pytest.raises(LibraryDamaged) as damaged:
        prepare(path)
    return damaged.value


def test_damage_on_one_page_costs_what_was_said_on_that_page_alone(whole, truth, tmp_path):
    there = truth.places.items()
    clips = {number for number, (_, known, placeless) in there if known or not placeless}
    statements = {(number, field) for number, record in truth.said.items() for field in record}
    lost = []
    for page in range(1, len(whole) // PAGE + 1):
        path = tmp_path / f"{page}.sqlite"
        told = renewed(path, overwritten(whole, [page], random.Random(page)))
        assert told is not None
        check_truth(path, truth)
        held = {(number, field) for number, record in said_in(path).items() for field in record}
        assert {number for number, *_ in places(path)} >= clips  # none is lost with one page
        lost += statements - held
    assert sorted(lost) == sorted(statements)  # each with one page


def test_time_person_and_what_a_file_holds_come_back(whole, truth, tmp_path):
    path = tmp_path / "library.sqlite"
    told = renewed(path, overwritten(whole, [tables(whole, path)["clips_path"]], random.Random(1)))
    assert told.clips == CLIPS * 4 // 5
    assert said_in(path) == truth.said
    with closing(ClipStore(path)) as store:
        stored = {one.clip.path.name: one for one in store.load(NO_MODELS)}
        assert stored["clip 0002.mp4"].clip.stamp == FileStamp(2, 2)
        assert stored["clip 0002.mp4"].clip.media == MEDIA
        assert stored["clip 0011.mp4"].clip.content is None
        assert stored["renamed.mp4"].decision == decision(1)  # it moved there
        assert store.decision(ClipId(CLIPS + 1)) == decision(1)  # by the number it had till then
        assert stored["clip 0007.mp4"].missing
        assert f"clip {CLIPS:04}.mp4" not in stored  # it was taken out of the library


def test_a_library_without_its_first_page_gives_all(whole, truth, tmp_path):
    path = tmp_path / "library.sqlite"
    told = renewed(path, b"\0" * PAGE + whole[PAGE:])
    assert told.clips == CLIPS * 4 // 5
    assert said_in(path) == truth.said


@pytest.mark.parametrize("first", [2, 9, 16])
def test_a_library_without_its_beginning_gives_what_lies_behind(whole, truth, tmp_path, first):
    path = tmp_path / "library.sqlite"
    told = renewed(path, b"\0" * (first * PAGE) + whole[first * PAGE :])
    check_truth(path, truth)
    assert told.clips >= 0.8 * CLIPS * 4 / 5
    with closing(ClipStore(path)) as store:
        assert len([one for one in store.load(NO_MODELS) if one.clip.media]) > 0.8 * CLIPS * 10 / 11


def test_a_note_over_several_pages_comes_back_from_them(tmp_path):
    path = tmp_path / "library.sqlite"
    fill(path)
    with closing(ClipStore(path)) as store:
        store.decide({ClipId(3): Decision(note="crowd " * 3000)})
    data = path.read_bytes()
    renewed(path, overwritten(data, [tables(data, path)["decisions"]], random.Random(1)))
    with closing(ClipStore(path)) as store:
        assert store.decision(ClipId(3)).note == "crowd " * 3000


def test_what_was_said_before_is_not_taken_for_what_is_said(whole, tmp_path):
    path = tmp_path / "library.sqlite"
    path.write_bytes(whole)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA secure_delete = OFF")
        db.execute("DELETE FROM decisions WHERE clip_id > 50")
    data = path.read_bytes()
    told = renewed(path, overwritten(data, [tables(data, path)["decisions"]], random.Random(1)))
    assert 20 < told.clips <= 40
    assert all(number <= 50 or not record for number, record in said_in(path).items())


def test_clips_whose_rows_are_lost_are_known_by_their_places(whole, truth, tmp_path):
    path = tmp_path / "library.sqlite"
    rows = [tables(whole, path)["clips"], *pages_of(whole, 13)]
    told = renewed(path, overwritten(whole, rows, random.Random(1)))
    assert told.clips == CLIPS * 4 // 5
    check_truth(path, truth)
    with closing(ClipStore(path)) as store:
        there = {clip.id: clip.path.name for clip in store.clips_below([Path("/fest")])}
        assert there[2] == "clip 0002.mp4"
        clip = store.put_found(Path("/fest/day 0/clip 0002.mp4"), FileStamp(2, 2))
        assert clip.content is None  # it has to be read again
        clip = store.put_read(clip, content(2), MEDIA)
        assert store.decision(clip.id) == decision(2)
        # A clip that was taken out is known by what it holds.
        again = store.put_found(Path("/elsewhere.mp4"), FileStamp(3, 3))
        assert store.put_read(again, content(CLIPS), MEDIA).id == CLIPS


FLOOR = {0.02: 0, 0.4: 20, 0.6: 60, 0.98: 150}


@pytest.mark.parametrize("share", FLOOR)
def test_a_library_that_was_cut_off_gives_what_is_left(whole, truth, tmp_path, share):
    path = tmp_path / "library.sqlite"
    told = renewed(path, whole[: int(len(whole) * share)])
    check_truth(path, truth)
    assert told.clips >= FLOOR[share]


def test_what_lies_in_the_log_only_comes_back(whole, tmp_path):
    path, crashed = tmp_path / "library.sqlite", tmp_path / "crashed"
    path.write_bytes(whole)
    crashed.mkdir()
    with closing(ClipStore(path)) as store:
        clip = store.put_found(Path("/fest/late.mp4"), FileStamp(1, 1))
        store.decide({clip.id: Decision(mark=Mark.KEEP)}, at_ns=77, by="Ada")
        log = Path(f"{path}-wal").read_bytes()
    Path(crashed / "library.sqlite-wal").write_bytes(log)
    told = renewed(crashed / "library.sqlite", b"\0" * PAGE + whole[PAGE:])
    assert told.clips == CLIPS * 4 // 5 + 1
    assert Path(f"{told.kept_as}-wal").read_bytes() == log
    with closing(ClipStore(crashed / "library.sqlite")) as store:
        (found,) = store.clips_below([Path("/fest/late.mp4")])
        (statement,) = store.records([found.id])[found.id].values()
        assert (statement.at_ns, statement.by) == (77, "Ada")


@pytest.mark.parametrize("released", RELEASED, ids=lambda file: file.stem)
def test_an_older_library_gives_what_it_holds(released, tmp_path):
    path = tmp_path / "library.sqlite"
    data = released.read_bytes()
    told = renewed(path, overwritten(data, [tables(data, path)["reports"]], random.Random(1)))
    assert told.clips == 1
    with closing(ClipStore(path)) as store:
        (clip,) = store.clips_below([Path("/fest")])
        assert store.decision(clip.id) == Decision(mark=Mark.KEEP, stars=4, note="the crowd")


def test_a_library_that_was_begun_otherwise_and_cut_off_gives_what_is_left(tmp_path):
    path = tmp_path / "library.sqlite"
    data = RELEASED[-1].read_bytes()
    assert tables(data, path)["decisions"] != 8  # as in those that are begun now
    assert renewed(path, data[:-PAGE]).clips == 1


def test_a_library_that_lies_in_its_log_gives_all(tmp_path):
    path, crashed = tmp_path / "library.sqlite", tmp_path / "crashed"
    crashed.mkdir()
    with closing(Database(path)) as database:
        with database.writing() as db:
            db.execute("PRAGMA wal_autocheckpoint = 0")
        with closing(ClipStore(path)) as store, database.writing() as db:
            for number in range(1, 301):
                clip = identity.found(db, Path(f"/{number}"), FileStamp(1, 1))
                decisions.decide(db, clip.id, Decision(stars=3), 1, "")
            del store
        log = Path(f"{path}-wal").read_bytes()
    (crashed / "library.sqlite-wal").write_bytes(log)
    assert renewed(crashed / "library.sqlite", bytes(PAGE)).clips == 300


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("step", "error"),
    [
        ("copyfile", FULL),
        ("_write", LibraryUnavailable(Path("/of/the/new/one"), "full", disk_full=True)),
        ("set_aside", FULL),
    ],
)
def test_a_full_disk_leaves_the_damaged_library_for_the_next_start(
    whole, tmp_path, monkeypatch, step, error
):
    path = tmp_path / "library.sqlite"
    path.write_bytes(whole[PAGE:])
    before = parts(tmp_path)

    def fail(*_args):
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(salvage, step, fail)
        with pytest.raises(LibraryUnavailable) as trouble:
            renew(damage(path))
    assert trouble.value.disk_full
    assert trouble.value.path == path
    assert parts(tmp_path) == before


def test_what_another_program_put_there_meanwhile_stays(whole, tmp_path, monkeypatch):
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"\0" * PAGE + whole[PAGE:])
    found = damage(path)
    write = salvage._write

    def write_late(*args):
        write(*args)
        path.unlink()
        path.write_bytes(whole)

    monkeypatch.setattr(salvage, "_write", write_late)
    with pytest.raises(LibraryBusy):
        renew(found)
    assert parts(tmp_path) == {"library.sqlite": whole}


def test_the_database_of_another_program_gives_nothing(tmp_path):
    path = tmp_path / "library.sqlite"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE songs (title TEXT)")
        db.executemany("INSERT INTO songs VALUES (?)", [("song",)] * 9000)
    assert renewed(path, path.read_bytes()).clips == 0


pages = st.lists(st.integers(1, 10_000), max_size=30)


@settings(deadline=None, max_examples=25)
@given(
    pages=pages, zeroed=pages, seed=st.integers(0, 10**6), left=st.sampled_from([1, 1, 1, 0.7, 0.2])
)
def test_whatever_the_damage_nothing_is_made_up(whole, truth, pages, zeroed, seed, left):
    count = len(whole) // PAGE
    data = bytearray(overwritten(whole, {page % count + 1 for page in pages}, random.Random(seed)))
    for page in zeroed:
        at = page % count * PAGE
        data[at : at + PAGE] = bytes(PAGE)
    with TemporaryDirectory() as folder:
        path = Path(folder, "library.sqlite")
        renewed(path, bytes(data[: int(len(data) * left)]))
        if left == 1:
            check_truth(path, truth)


@settings(deadline=None, max_examples=25)
@given(spots=st.lists(st.integers(0, 10**9), min_size=1, max_size=40), seed=st.integers(0, 10**6))
def test_scattered_damage_is_never_more_than_a_sentence(whole, spots, seed):
    data, noise = bytearray(whole), random.Random(seed)
    for spot in spots:
        at = spot % (len(data) - 600)
        length = noise.randrange(1, 600)
        data[at : at + length] = noise.randbytes(length)
    with TemporaryDirectory() as folder, suppress(LibraryTooNew):  # where its number is damaged
        renewed(Path(folder, "library.sqlite"), bytes(data))
