"""A damaged library: what people said comes back from around the damage, and nothing else does."""

import errno
import random
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.clip import (
    ClipId,
    ContentId,
    Decision,
    FileStamp,
    Mark,
    MediaInfo,
    Sound,
)
from footage_sorter.domain.errors import (
    LibraryBusy,
    LibraryDamaged,
    LibraryTooNew,
    LibraryUnavailable,
)
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.record import Field, Statement
from footage_sorter.domain.report import Models
from footage_sorter.store import decisions, identity, salvage
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import Database, prepare
from footage_sorter.store.encoding import pack_media
from footage_sorter.store.salvage import _clip, _statement, renew
from tests.unit.store.test_database import RELEASED, parts

CLIPS = 200
PAGE = 4096
MEDIA = MediaInfo(30.0, Fraction(30000, 1001), (1920, 1080), codec="h264", sound=Sound("aac", 1, 2))
NO_MODELS = Models("", "", "", "")


def decision(number):
    """What was said of a clip: each its own; of every fifth nothing."""
    if number % 5 == 0:
        return Decision()
    return Decision(
        mark=(Mark.KEEP, Mark.REJECT, Mark.NONE)[number % 3],
        stars=number % 5,
        note=f"take {number}: the crowd " * (1 + number % 7),
        in_s=number / 8,
        out_s=number / 8 + 3,
        overruled=frozenset([list(Flag)[number % len(Flag)]]),
    )


def content(number):
    return ContentId(f"{number:032x}")


def fill(path):
    """Two cameras' clips, some without what they hold, one out of the library, one that moved."""
    prepare(path)
    with closing(Database(path)) as database, database.writing() as db:
        for number in range(1, CLIPS + 1):
            stamp = FileStamp(number, number)
            clip = identity.found(db, Path(f"/fest/day {number % 2}/clip {number:04}.mp4"), stamp)
            if number % 11:
                identity.read(db, clip, content(number), MEDIA)
            decisions.decide(db, clip.id, decision(number), 10**18 + number, f"person {number % 3}")
        identity.remove(db, [clip.id])
        over = identity.found(db, Path("/fest/renamed.mp4"), FileStamp(9, 9))
        db.execute("UPDATE clips SET missing = 1 WHERE id IN (1, 7)")
        decisions.decide(db, ClipId(10), Decision(stars=3), 10**18, "")  # and thought better of it
        decisions.decide(db, ClipId(10), Decision(), 10**18 + 1, "")
        identity.read(db, over, content(1), MEDIA)


class Bytes(bytes):
    """Bytes that a failing test does not write out."""

    def __repr__(self):
        return f"{len(self)} bytes"


@dataclass(frozen=True, repr=False)
class Truth:
    """What the whole library holds, by the clip's number."""

    said: Mapping
    places: Mapping


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A whole library."""
    path = tmp_path_factory.mktemp("whole") / "library.sqlite"
    fill(path)
    return Bytes(path.read_bytes())


def said_in(path):
    """All that a library holds of people's words, by the clip's number."""
    with closing(ClipStore(path)) as store, store._database.reading() as db:
        numbers = [number for (number,) in db.execute("SELECT id FROM clips")]
        return {number: decisions.record_of(db, number) for number in numbers}


@pytest.fixture(scope="module")
def truth(whole, tmp_path_factory):
    path = tmp_path_factory.mktemp("truth") / "library.sqlite"
    path.write_bytes(whole)
    return Truth(said_in(path), {number: place for number, *place in places(path)})


def places(path):
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT id, path, content, placeless FROM clips").fetchall()


def overwritten(data, pages, noise):
    """The library with other bytes on some pages; the first page is 1."""
    damaged = bytearray(data)
    for page in pages:
        damaged[(page - 1) * PAGE : page * PAGE] = noise.randbytes(PAGE)
    return bytes(damaged)


def renewed(path, data):
    """Meet a damaged library at `path` as the program does; None where nobody noticed."""
    path.write_bytes(data)
    try:
        prepare(path)
    except LibraryDamaged as damage:
        told = renew(damage)
        assert told.kept_as.read_bytes() == data
        prepare(path)  # checks every page
        return told
    return None


def check_truth(path, truth):
    """Nothing that is in the library was said of another clip, at another time or never."""
    for number, record in said_in(path).items():
        assert record.items() <= truth.said[number].items()
    for number, place, known, placeless in places(path):
        assert place == truth.places[number][0] or (placeless and place == b"")
        assert known in (truth.places[number][1], None)


def tables(data, path):
    """The page that each table and index begins with."""
    path.write_bytes(data)
    with closing(sqlite3.connect(path)) as db:
        return dict(db.execute("SELECT name, rootpage FROM sqlite_schema"))


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


def pages_of(data, kind):
    """The pages of one type; a table's leaves have 13."""
    return [at // PAGE + 1 for at in range(PAGE, len(data), PAGE) if data[at] == kind]


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


SPOILT = {
    "no JSON": "UPDATE decisions SET value = '\"kee' WHERE clip_id = 4 AND field = 'mark'",
    "no mark": "UPDATE decisions SET value = '\"kept\"' WHERE clip_id = 4 AND field = 'mark'",
    "no text": "UPDATE decisions SET value = CAST(x'22ff22' AS TEXT)"
    " WHERE clip_id = 4 AND field = 'mark'",
    "no time": "UPDATE decisions SET at_ns = 0 WHERE clip_id = 4 AND field = 'mark'",
    "no person": "UPDATE decisions SET by = CAST(x'ff' AS TEXT)"
    " WHERE clip_id = 4 AND field = 'mark'",
    "no media": "UPDATE clips SET media = '{\"codec\": 1}' WHERE id = 4",
    "no content": "UPDATE clips SET content = 'what' WHERE id = 4",
    "no path": "UPDATE clips SET path = x'2f6100' WHERE id = 4",
    "no such field": "UPDATE decisions SET field = 'colour' WHERE clip_id = 4 AND field = 'mark'",
    "no such successor": "UPDATE clips SET successor = 9999 WHERE id = 4",
    "a successor behind it": "UPDATE clips SET successor = 150 WHERE id = 4",
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_value_that_is_none_is_lost_alone(whole, truth, tmp_path, spoil):
    path = tmp_path / "library.sqlite"
    path.write_bytes(whole)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        assert db.execute(spoil).rowcount == 1
    told = renewed(path, b"\0" * PAGE + path.read_bytes()[PAGE:])
    assert told.clips >= CLIPS * 4 // 5 - 1
    said = said_in(path)
    assert {number: said.get(number) for number in truth.said if number != 4} == {
        number: record for number, record in truth.said.items() if number != 4
    }
    assert said.get(4, {}).items() < truth.said[4].items() or "clips" in spoil
    with closing(ClipStore(path)) as store:
        store.load(NO_MODELS)


ROW = (b"/a.mp4", 1, 2, 1, "a" * 32, pack_media(MEDIA), None, 0, 0, 7)
"""Of a clip, as it lies on a page: there each value may be of any type."""


@pytest.mark.parametrize(
    ("at", "value"),
    [(0, b"/a\0.mp4"), (0, b"a.mp4"), (0, b""), (0, "/a.mp4"), (0, None), (1, None), (2, "2")],
)
def test_a_clip_without_place_or_stamp_is_none(at, value):
    assert _clip(ROW).path == b"/a.mp4"
    assert _clip((*ROW[:at], value, *ROW[at + 1 :])) is None


@pytest.mark.parametrize(
    ("at", "value", "field"),
    [(4, "what", "content"), (4, 4, "content"), (5, "{}", "media"), (5, b"{}", "media")],
)
def test_a_clip_whose_content_or_media_are_none_is_read_again(at, value, field):
    assert _clip(ROW).fresh
    clip = _clip((*ROW[:at], value, *ROW[at + 1 :]))
    assert not clip.fresh
    assert getattr(clip, field) is None


@pytest.mark.parametrize(
    "row",
    [(4, 1, ""), ('"keep"', "1", ""), ('"keep"', 1, None), (None, 1, ""), ("[" * 9999, 1, "")],
)
def test_a_statement_of_other_types_is_none(row):
    assert _statement(Field.MARK, ('"keep"', 1, "")) == Statement("keep", 1, "")
    assert _statement(Field.MARK, row) is None


def test_of_two_pages_the_newer_words_hold(whole, tmp_path):
    path = tmp_path / "library.sqlite"
    path.write_bytes(whole)
    with closing(ClipStore(path)) as store:
        store.decide({ClipId(number): Decision(stars=5) for number in range(1, 40)})
        now = store.records([ClipId(number) for number in range(1, 40)])
    after, root = path.read_bytes(), tables(whole, path)["decisions"]
    changed = [at for at in range(PAGE, len(whole), PAGE) if whole[at:][:PAGE] != after[at:][:PAGE]]
    older, newer = (b"".join(data[at : at + PAGE] for at in changed) for data in (whole, after))
    for data in (after + older, whole + newer):
        lost = bytearray(data)
        lost[:PAGE] = bytes(PAGE)
        lost[(root - 1) * PAGE : root * PAGE] = bytes(PAGE)
        renewed(path, bytes(lost))
        with closing(ClipStore(path)) as store:
            found = store.records([ClipId(number) for number in range(1, 40)])
        assert sum(found.get(number) == now[number] for number in now) > 20


def test_two_clips_in_one_place_both_keep_their_words(whole, truth, tmp_path):
    path = tmp_path / "library.sqlite"
    path.write_bytes(whole)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("DROP INDEX clips_path")
        db.execute("UPDATE clips SET path = (SELECT path FROM clips WHERE id = 2) WHERE id = 3")
    renewed(path, b"\0" * PAGE + path.read_bytes()[PAGE:])
    assert said_in(path) == truth.said
    with closing(ClipStore(path)) as store:
        (clip,) = store.clips_below([Path("/fest/day 0/clip 0002.mp4")])
        assert clip.id == 2


def damage(path):
    with pytest.raises(LibraryDamaged) as damaged:
        prepare(path)
    return damaged.value


def test_a_field_on_a_page_that_nobody_knows_is_none(whole, tmp_path):
    path = tmp_path / "library.sqlite"
    path.write_bytes(whole)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("UPDATE decisions SET field = 'colour' WHERE field = 'note'")
    data = path.read_bytes()
    told = renewed(path, overwritten(data, [tables(data, path)["decisions"]], random.Random(1)))
    assert told.clips > 100


@pytest.mark.parametrize("lost", ["sqlite_schema", "clips"])
def test_a_number_that_no_clip_can_have_is_none(whole, tmp_path, lost):
    path = tmp_path / "library.sqlite"
    path.write_bytes(whole)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("UPDATE clips SET id = 1 << 40 WHERE id = 4")
    data = path.read_bytes()
    page = tables(data, path).get(lost, 1)
    told = renewed(path, overwritten(data, [page], random.Random(1)))
    assert told.clips == CLIPS * 4 // 5 - 1


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


def test_a_full_disk_leaves_the_damaged_library_for_the_next_start(whole, tmp_path, monkeypatch):
    path = tmp_path / "library.sqlite"
    path.write_bytes(whole[PAGE:])
    before = parts(tmp_path)

    def full(*_paths):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(salvage, "copyfile", full)
        with pytest.raises(LibraryUnavailable) as trouble:
            renew(damage(path))
    assert trouble.value.disk_full
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
