"""What was in sight: kept as text that a person may spoil."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain.clip import ClipId
from footage_sorter.domain.groups import Usual
from footage_sorter.ui.session.visible_cards import MOST, NOTHING, VisibleCards

shares = st.none() | st.floats(0, 1)


@st.composite
def sights(draw):
    groups = draw(st.lists(st.tuples(st.text(), st.integers(1, 500)), min_size=1, max_size=4))
    ids = draw(st.lists(st.integers(1, 10**9), unique=True))
    return VisibleCards(
        draw(st.text()),
        groups,
        draw(st.integers(0, sum(count for _, count in groups) - 1)),
        draw(st.integers(1 - MOST, MOST - 1)),
        {ClipId(one): Usual(draw(shares), draw(shares)) for one in ids},
    )


@given(sights())
def test_it_comes_back_as_it_was(visible_cards):
    back = VisibleCards.from_text(visible_cards.to_text())
    assert back == visible_cards
    assert list(back.clips) == list(visible_cards.clips), "in their order"


SOUND = json.loads(VisibleCards("l", [("", 3)], 1, 8, {ClipId(7): Usual()}).to_text())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        "null",
        *(
            json.dumps(SOUND | spoilt)
            for spoilt in (
                {"first": 3},
                {"first": -1},
                {"first": None},
                {"y_px": "far"},
                {"y_px": 1e999},
                {"y_px": 10**12},
                {"groups": []},
                {"groups": [["", 0]]},
                {"groups": [["", 3, 3]]},
                {"groups": [["", 10**12]]},
                {"clips": [[7, None]]},
                {"clips": [["x", None, None]]},
                {"clips": [[7, "dim", None]]},
                {"clips": 7},
            )
        ),
        json.dumps({key: value for key, value in SOUND.items() if key != "library"}),
    ],
)
def test_what_is_no_sight_shows_nothing(text):
    assert VisibleCards.from_text(text) == NOTHING
