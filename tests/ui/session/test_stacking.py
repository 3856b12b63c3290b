"""Stacks as they are shown: closed to one card, opened in place, never hiding what a hand is on."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.ui.session.clip_filter import EVERYTHING
from footage_sorter.ui.session.clip_model import ClipModel, Role
from footage_sorter.ui.session.columns import COLUMN_AT
from footage_sorter.ui.session.shown_model import ShownModel
from footage_sorter.ui.session.stacking import Place, Stacking
from tests.helpers.rows import rated

ROWS = (
    rated("/fest/1.mp4", clip_id=1),
    rated("/fest/2.mp4", clip_id=2, over={Flag.BLURRY: range(8)}),
    rated("/fest/3.mp4", clip_id=3),
    rated("/fest/4.mp4", clip_id=4, over={Flag.SHAKY: range(3)}),
    rated("/fest/5.mp4", clip_id=5, over={Flag.SHAKY: range(6)}),
)
STACK = (2, 4, 5)  # 4 is the best of them


@pytest.fixture
def model(qtmodeltester):
    model = ClipModel()
    model.put_all(ROWS)
    yield model
    model.deleteLater()


@pytest.fixture
def shown(model, qtmodeltester):
    shown = ShownModel(model)
    qtmodeltester.check(shown)
    shown.set_stacks([STACK])
    shown.set_stacked(stacked=True)
    yield shown
    shown.deleteLater()


def test_a_closed_stack_is_its_best_take(shown):
    assert shown.visible_ids() == [1, 3, 4]
    assert shown.place_of(4) == Place(1, 3, best=True, is_open=False)
    assert shown.index(2, 0).data(Role.PLACE) == shown.place_of(4)
    assert shown.index(0, 0).data(Role.PLACE) is None
    assert shown.n_stacks == 1


def test_what_lies_on_a_stack_is_not_hidden_by_the_filter_and_is_exported(shown):
    assert shown.n_hidden == 0
    assert {row.clip.id for row in shown.shown_rows()} == {1, 2, 3, 4, 5}


def test_an_open_stack_stands_together_where_its_best_take_is(shown):
    shown.set_open([4], is_open=True)
    assert shown.visible_ids() == [1, 3, 4, 2, 5]
    assert shown.place_of(2) == Place(2, 3, best=False, is_open=True)
    shown.sort(COLUMN_AT["usability"], Qt.SortOrder.AscendingOrder)
    assert shown.visible_ids() == [4, 2, 5, 1, 3]
    shown.set_open([5], is_open=False)
    assert shown.visible_ids() == [4, 1, 3]


def test_switched_off_every_take_stands_by_itself(shown):
    shown.set_stacked(stacked=False)
    assert shown.visible_ids() == [1, 2, 3, 4, 5]
    assert shown.place_of(4) is None
    assert shown.takes_of(4) == ()


def test_a_filter_that_leaves_one_take_leaves_no_stack(shown):
    shown.set_filter(EVERYTHING.having("flags", frozenset({"blurry"})))
    assert shown.visible_ids() == [2]
    assert shown.place_of(2) is None


def test_the_takes_of_a_stack_the_best_first(shown):
    assert shown.takes_of(5) == (4, 2, 5)
    assert shown.takes_of(1) == ()


def test_a_persons_mark_makes_another_take_the_best(model, shown):
    model.put(replace(model.row(5), decision=Decision(Mark.KEEP)))
    assert shown.visible_ids() == [1, 3, 5]


def test_the_card_under_the_hand_stays_the_face(model, shown):
    """While a person looks at a clip, a rating that comes in must not put another in its place."""
    shown.set_hand(lambda: {shown.index_of(4).row()})
    model.put(replace(ROWS[1], rating=ROWS[0].rating))  # 2 is the best now
    assert shown.visible_ids() == [1, 3, 4]
    assert not shown.place_of(4).best
    shown.set_hand(tuple)
    shown.sort(COLUMN_AT["name"])
    assert shown.visible_ids() == [1, 2, 3]


def test_a_new_best_behind_the_same_face_is_told(qtbot, model, shown):
    shown.set_hand(lambda: {shown.index_of(4).row()})
    with qtbot.assertNotEmitted(shown.layoutChanged), qtbot.waitSignal(shown.dataChanged):
        model.put(replace(ROWS[1], rating=ROWS[0].rating))


def test_groups_count_what_is_seen(shown):
    shown.set_grouping(lambda row: "even" if row.clip.id % 2 == 0 else "odd")
    assert shown.groups() == [("even", 1), ("odd", 2)]
    shown.set_open([4], is_open=True)
    assert shown.groups() == [("even", 3), ("odd", 2)], "a stack stays together"


def test_a_take_that_leaves_the_library_leaves_its_stack(model, shown):
    model.remove([4])
    assert shown.visible_ids() == [1, 3, 5]
    assert shown.place_of(5).count == 2
    model.remove([2])
    assert shown.place_of(5) is None


@settings(deadline=None)
@given(
    st.permutations(range(8)),
    st.lists(st.integers(0, 3), min_size=8, max_size=8),
    st.sets(st.integers(0, 7)),
    st.sets(st.integers(1, 8)),
)
def test_nothing_is_lost_and_no_hand_is_left_empty(order, kinds, held, opened):
    rows = [rated(f"/{n}.mp4", clip_id=n + 1, over={Flag.SHAKY: range(n % 4)}) for n in range(8)]
    stacking = Stacking()
    stacking.enabled = True
    stacks = [tuple(n + 1 for n in range(8) if kinds[n] == kind) for kind in range(3)]
    stacking.set_stacks([stack for stack in stacks if len(stack) > 1])
    for clip_id in opened:
        stacking.set_open(stacking.stack_of(clip_id), is_open=True)
    stacking.follow(rows)
    found = stacking.arrange(np.array(order), held)
    arranged, visible = found.order.tolist(), found.shown.tolist()
    assert sorted(arranged) == sorted(order)
    for stack in stacks:
        pile = [at for at in arranged if at + 1 in stack]
        if len(pile) < 2:
            continue
        first = arranged.index(pile[0])
        assert arranged[first : first + len(pile)] == pile, "a stack stands together"
        assert [found.place(at).number for at in pile] == list(range(1, len(pile) + 1))
        assert sum(found.place(at).best for at in pile) == 1
        seen = [at for at in pile if at in visible]
        assert len(seen) == (len(pile) if stacking.is_open(stack) else 1)
        if held & set(pile):
            assert held & set(seen), "what a hand is on stays in sight"


ACTS = st.lists(
    st.sampled_from(["filter", "no filter", "by name", "by usability", "open", "close", "mark"]),
    max_size=8,
)


@settings(deadline=None, max_examples=60)
@given(ACTS)
def test_whatever_was_done_before_what_is_shown_follows_from_how_it_is_now(acts):
    model = ClipModel()
    model.put_all(ROWS)
    used = ShownModel(model)
    used.set_stacks([STACK])
    used.set_stacked(stacked=True)
    for act in acts:
        match act:
            case "filter":
                used.set_filter(EVERYTHING.having("flags", frozenset({"shaky"})))
            case "no filter":
                used.set_filter(EVERYTHING)
            case "by name":
                used.sort(COLUMN_AT["name"])
            case "by usability":
                used.sort(COLUMN_AT["usability"], Qt.SortOrder.DescendingOrder)
            case "open" | "close":
                used.set_open([4], is_open=act == "open")
            case "mark":
                row = model.row(ROWS[1].clip.id)
                model.put(replace(row, decision=Decision(mark=Mark.KEEP)))
    fresh = ShownModel(model)
    fresh.sort(*used.sorted_by)
    fresh.set_filter(used.clip_filter)
    fresh.set_stacks([STACK])
    fresh.set_stacked(stacked=True)
    fresh.set_open([4], is_open=is_left_open(acts))
    assert fresh.visible_ids() == used.visible_ids()
    assert fresh.shown_rows() == used.shown_rows()
    used.deleteLater()
    fresh.deleteLater()
    model.deleteLater()


def is_left_open(acts):
    """Whether the last of the acts on the stack opened it."""
    return [act == "open" for act in acts if act in {"open", "close"}][-1:] == [True]
