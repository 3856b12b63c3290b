"""A damaged library: a value that nobody can have written is none, and costs nothing else."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from footage_sorter.domain.clip import (
    ClipId,
    Decision,
)
from footage_sorter.domain.record import Field, Statement
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.encoding import pack_media
from footage_sorter.store.salvage import _clip, _statement
from tests.helpers.damaged import (
    CLIPS,
    MEDIA,
    NO_MODELS,
    PAGE,
    overwritten,
    renewed,
    said_in,
    tables,
)

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
