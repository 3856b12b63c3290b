"""Filters: what passes, and that a saved one comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.ui.session.clip_filter import EVERYTHING, ClipFilter
from tests.helpers.rows import failed, media, rated, unread

BLURRED = rated(over={Flag.BLURRY: range(10)})
CLEAN = rated()
KEPT = rated(decision=Decision(mark=Mark.KEEP, stars=3, note="the Bridge at dawn"))


@pytest.mark.parametrize(
    ("field", "value", "row", "passes"),
    [
        ("flags", frozenset({"blurry"}), BLURRED, True),
        ("flags", frozenset({"blurry"}), CLEAN, False),
        ("flags", frozenset({"none"}), CLEAN, True),
        ("flags", frozenset({"none"}), unread(), False),
        ("flags", frozenset({"shaky", "blurry"}), BLURRED, True),
        ("marks", frozenset({"keep"}), KEPT, True),
        ("marks", frozenset({"keep"}), CLEAN, False),
        ("verdicts", frozenset({"usable"}), CLEAN, True),
        ("verdicts", frozenset({"usable"}), failed(), False),
        ("usability", (50, 100), BLURRED, False),
        ("usability", (50, 100), CLEAN, True),
        ("usability", (0, 100), unread(), True),
        ("usability", (0, 99), unread(), False),
        ("min_stars", 3, KEPT, True),
        ("min_stars", 4, KEPT, False),
        ("duration_s", (5.0, 10.0), CLEAN, True),
        ("duration_s", (5.0, 9.0), CLEAN, False),
        ("duration_s", (5.0, 9.0), failed(), False),
        ("days", frozenset({"2026-03-14"}), CLEAN, True),
        ("cameras", frozenset({"GoPro HERO9"}), CLEAN, True),
        ("codecs", frozenset({"hevc"}), CLEAN, False),
        ("folders", frozenset({"/fest"}), CLEAN, True),
        ("folders", frozenset({"/fest/day"}), CLEAN, False),
        ("text", "bridge DAWN", KEPT, True),
        ("text", "a001 day", CLEAN, True),
        ("text", "bridge noon", KEPT, False),
        ("unrated", True, unread(), True),
        ("unrated", True, failed(), False),
        ("failed", True, failed(), True),
        ("failed", True, CLEAN, False),
    ],
)
def test_a_condition(field, value, row, passes):
    assert EVERYTHING.having(field, value).accepts(row) is passes


def test_all_conditions_must_hold():
    both = EVERYTHING.having("marks", frozenset({"keep"})).having("min_stars", 4)
    assert not both.accepts(KEPT)


def test_choosing_leaves_one_value_or_none():
    two = EVERYTHING.having("marks", frozenset({"keep", "reject"}))
    once = two.choosing("marks", "keep")
    assert once.marks == {"keep"}
    assert once.choosing("marks", "none").marks == {"none"}
    assert once.choosing("marks", "keep") == EVERYTHING
    failed = once.choosing("failed", "1")
    assert (failed.failed, failed.marks) == (True, {"keep"})
    assert failed.choosing("failed", "1") == once


def test_toggling_puts_in_and_takes_out():
    once = EVERYTHING.toggling("marks", "keep")
    assert once.marks == {"keep"}
    assert once.toggling("marks", "keep") == EVERYTHING
    assert EVERYTHING.toggling("failed", "1").failed


words = st.frozensets(st.text(max_size=8), max_size=3)
filters = st.builds(
    ClipFilter,
    text=st.text(max_size=9),
    marks=words,
    flags=words,
    usability=st.tuples(st.integers(0, 40), st.integers(41, 100)),
    min_stars=st.integers(0, 5),
    duration_s=st.none() | st.tuples(st.floats(0, 10), st.floats(10, 99)),
    folders=words,
    failed=st.booleans(),
)


@given(filters)
def test_a_saved_filter_comes_back(one):
    assert ClipFilter.from_text(one.to_text()) == one


@given(st.text() | st.just('{"marks": 3, "usability": [9, 1], "text": null, "new": 1}'))
def test_a_damaged_filter_shows_everything(text):
    found = ClipFilter.from_text(text)
    assert found.accepts(rated(facts=media()))


def test_what_it_does_not_know_is_left_out():
    assert ClipFilter.from_text('{"marks": ["keep"], "mood": "blue"}').marks == {"keep"}
