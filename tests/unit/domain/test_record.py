"""Records: merging what several people said of one clip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain.clip import UNDECIDED, Decision, Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.record import (
    Field,
    Statement,
    checked,
    decided,
    joined_notes,
    merge,
    restate,
    values_of,
)
from tests.unit.domain.strategies import decisions, records


@given(records, records, records)
def test_copies_meet_in_any_order_and_agree(one, two, three):
    assert merge(one, two) == merge(two, one)
    assert merge(merge(one, two), three) == merge(one, merge(two, three))
    assert merge(one, one) == one
    assert merge(merge(one, two), two) == merge(one, two)


@given(records, records)
def test_the_newest_statement_holds(one, two):
    for field, statement in merge(one, two).items():
        others = [record[field] for record in (one, two) if field in record]
        assert statement in others
        assert statement.at_ns == max(other.at_ns for other in others)


@given(records, decisions, st.integers(1, 10))
def test_what_a_person_changes_wins_even_when_the_clock_was_set_back(record, wanted, at_ns):
    after = restate(record, wanted, at_ns)
    assert decided(after) == wanted
    assert decided(merge(record, after)) == wanted
    assert decided(merge(after, record)) == wanted


@given(records, st.integers(1, 10))
def test_what_a_person_leaves_keeps_its_time(record, at_ns):
    assert restate(record, decided(record), at_ns) == record


@given(decisions)
def test_a_decision_comes_back_from_its_values(decision):
    values = values_of(decision)
    assert {field: checked(field, value) for field, value in values.items()} == values
    assert decided({field: Statement(value, 1) for field, value in values.items()}) == decision


def test_nothing_said_is_undecided():
    assert decided({}) == UNDECIDED
    assert decided({Field.STARS: Statement(2, 1)}) == Decision(stars=2)


def test_a_flag_of_a_newer_release_is_carried_and_not_shown():
    record = {Field.OVERRULED: Statement(checked(Field.OVERRULED, ["wobbly", "blurry"]), 1)}
    assert record[Field.OVERRULED].value == ("blurry", "wobbly")
    assert decided(record).overruled == {Flag.BLURRY}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Field.MARK, "maybe"),
        (Field.MARK, 1),
        (Field.MARK, None),
        (Field.STARS, 6),
        (Field.STARS, -1),
        (Field.STARS, True),
        (Field.STARS, 2.0),
        (Field.NOTE, ["text"]),
        (Field.RANGE, [2, 1]),
        (Field.RANGE, [1]),
        (Field.RANGE, "12"),
        (Field.RANGE, [-1, 2]),
        (Field.RANGE, [1e999, None]),
        (Field.RANGE, [float("nan"), None]),
        (Field.RANGE, [10**999, None]),
        (Field.RANGE, [True, None]),
        (Field.OVERRULED, "blurry"),
        (Field.OVERRULED, [1]),
        (Field.OVERRULED, {"blurry": 1}),
    ],
)
def test_a_wrong_value_is_refused(field, value):
    with pytest.raises(ValueError, match=r"."):
        checked(field, value)


def test_a_mark_is_a_word():
    assert checked(Field.MARK, "keep") == Mark.KEEP.value


def test_a_note_gets_the_lines_that_it_lacks_and_no_line_twice():
    assert joined_notes("wind\nkeep", "keep\n\nlens") == "wind\nkeep\nlens"
    assert joined_notes("", "lens") == joined_notes("lens", "") == "lens"


@given(st.text("ab\n", max_size=12), st.text("ab\n", max_size=12))
def test_joining_notes_loses_nothing_and_a_second_time_changes_nothing(mine, theirs):
    once = joined_notes(mine, theirs)
    assert once.startswith(mine)
    assert set(filter(str.strip, theirs.split("\n"))) <= set(once.split("\n")) or theirs in mine
    assert joined_notes(once, theirs) == once
