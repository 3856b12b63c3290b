"""Rows read page by page are those that SQLite reads."""

import random
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.store.pages import PAGE_BYTES, Row, Tree, rows

INTEGER = st.one_of(
    st.integers(-3, 3), *(st.integers(-(1 << n), (1 << n) - 1) for n in (15, 31, 63))
)
SHORT = st.one_of(st.none(), INTEGER, st.text(max_size=40), st.binary(max_size=40))
LONG = st.integers(0, 3 * PAGE_BYTES).map(lambda length: "ä" * (length // 2) + "b" * (length % 2))
VALUES = st.lists(st.tuples(SHORT, st.one_of(SHORT, LONG)), max_size=40)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("pages") / "any.sqlite"


def stored(path, statements, values):
    """The bytes of a file with a table of these rows, numbered as they come."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        for statement in statements:
            db.execute(statement)
        db.executemany("INSERT INTO rows VALUES (?, ?, ?)", values)
    return path.read_bytes()


@settings(deadline=None, max_examples=60)
@given(VALUES, st.integers(0, 1 << 62))
def test_a_table_with_numbers(path, values, first):
    numbered = [(first + number, *row) for number, row in enumerate(values)]
    data = stored(path, ["CREATE TABLE rows (id INTEGER PRIMARY KEY, a, b)"], numbered)
    found = list(rows(data, Tree.TABLE, 3))
    assert found == [Row(number, (None, *row)) for number, *row in numbered]
    assert list(rows(data, Tree.TABLE, 4)) == []
    assert list(rows(data, Tree.INDEX, 3)) == []


@settings(deadline=None, max_examples=60)
@given(VALUES)
def test_a_table_without_numbers(path, values):
    numbered = [(number, *row) for number, row in enumerate(values)]
    create = "CREATE TABLE rows (id, a, b, PRIMARY KEY (id)) WITHOUT ROWID"
    data = stored(path, [create], numbered)
    assert sorted(rows(data, Tree.INDEX, 3), key=lambda row: row.values[0]) == [
        Row(0, row) for row in numbered
    ]


def test_an_index_over_several_levels(path):
    create = "CREATE TABLE rows (id INTEGER PRIMARY KEY, a, b)", "CREATE INDEX by_a ON rows (a)"
    data = stored(path, create, [(number, f"name {number:060}", "") for number in range(9000)])
    assert sorted(row.values for row in rows(data, Tree.INDEX, 2)) == [
        (f"name {number:060}", number) for number in range(9000)
    ]


def test_pages_that_are_not_in_use_tell_nothing(path):
    many = [(number, "x" * 500, None) for number in range(400)]
    stored(path, ["CREATE TABLE rows (id INTEGER PRIMARY KEY, a, b)"], many)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA secure_delete = OFF")
        db.execute("DELETE FROM rows WHERE id >= 100")
    data = path.read_bytes()
    assert data.count(b"x" * 500) > 200  # it is all there still
    assert {row.number for row in rows(data, Tree.TABLE, 3)} == set(range(100))


def one_row(path, text):
    """A file with one row, and where its cell is."""
    data = stored(path, ["CREATE TABLE rows (id INTEGER PRIMARY KEY, a, b)"], [(7, text, "end")])
    page = PAGE_BYTES
    return bytearray(data), page + int.from_bytes(data[page + 8 : page + 10], "big")


@pytest.mark.parametrize(
    ("byte", "change"),
    [(0, -1), (0, 1), (2, 1), (5, 2), (5, 0x80 - 13)],
    ids=["shorter", "longer", "one more column", "a longer text", "an unfinished type"],
)
def test_a_row_whose_lengths_do_not_agree_is_none(path, byte, change):
    data, cell = one_row(path, "text")
    assert list(rows(data, Tree.TABLE, 3)) == [Row(7, (None, "text", "end"))]
    data[cell + byte] += change
    assert list(rows(data, Tree.TABLE, 3)) == []


@pytest.mark.parametrize("number", [0, 127, 128, (1 << 56) - 1, 1 << 56, (1 << 63) - 1])
def test_a_number_of_any_length(path, number):
    create = "CREATE TABLE rows (id INTEGER PRIMARY KEY, a, b)"
    data = stored(path, [create], [(number, number, -number)])
    assert list(rows(data, Tree.TABLE, 3)) == [Row(number, (None, number, -number))]


def test_a_text_whose_next_page_is_lost_is_none(path):
    data, _ = one_row(path, "x" * 3 * PAGE_BYTES)
    assert len(list(rows(data, Tree.TABLE, 3))) == 1
    assert list(rows(data[: 3 * PAGE_BYTES], Tree.TABLE, 3)) == []


@pytest.mark.timeout(20)
def test_a_list_of_unused_pages_that_is_none_ends(path):
    data, _ = one_row(path, "text")
    data += bytes(2 * PAGE_BYTES)
    data[32:36] = (3).to_bytes(4, "big")
    for trunk, then in ((3, 4), (4, 3)):
        at = (trunk - 1) * PAGE_BYTES
        data[at : at + 8] = then.to_bytes(4, "big") + b"\xff" * 4
    assert len(list(rows(data, Tree.TABLE, 3))) == 1


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 1 << 30), st.booleans())
def test_noise_is_no_row_and_no_error(path, seed, looks_like_a_page):
    noise = random.Random(seed)
    data = bytearray(noise.randbytes(4 * PAGE_BYTES + noise.randrange(PAGE_BYTES)))
    if looks_like_a_page:
        data[PAGE_BYTES] = noise.choice([0x0D, 0x0A, 0x02])
        data[PAGE_BYTES * 2] = 0x0D
    for tree in Tree:
        assert all(len(row.values) == 2 for row in rows(bytes(data), tree, 2))
