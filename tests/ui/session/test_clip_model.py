"""The model and what is shown of it."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.ui.session.choosing import select
from footage_sorter.ui.session.clip_filter import EVERYTHING
from footage_sorter.ui.session.clip_model import ClipModel, Role, places_in
from footage_sorter.ui.session.columns import COLUMN_AT
from footage_sorter.ui.session.shown_model import ShownModel
from tests.helpers.rows import failed, rated, unread

DOWN = Qt.SortOrder.DescendingOrder
ROWS = (
    rated("/fest/clip10.mp4", clip_id=1),
    rated("/fest/clip9.mp4", clip_id=2, over={Flag.BLURRY: range(8)}),
    rated("/fest/clip1.mp4", clip_id=3, over={Flag.SHAKY: range(3)}),
    failed("/fest/a.mp4", clip_id=4),
    unread("/fest/b.mp4", clip_id=5),
)


@pytest.fixture
def model(qtmodeltester):
    model = ClipModel()
    model.put_all(ROWS)
    qtmodeltester.check(model)
    yield model
    model.deleteLater()


@pytest.fixture
def shown(model, qtmodeltester):
    shown = ShownModel(model)
    qtmodeltester.check(shown)
    yield shown
    shown.deleteLater()


def ids(shown):
    return [row.clip.id for row in shown.shown_rows()]


def test_names_sort_as_people_count(shown):
    assert ids(shown) == [4, 5, 3, 2, 1]


def test_what_is_not_rated_comes_last_both_ways(shown):
    shown.sort(COLUMN_AT["usability"])
    assert ids(shown) == [2, 3, 1, 4, 5]
    shown.sort(COLUMN_AT["usability"], DOWN)
    assert ids(shown) == [1, 3, 2, 4, 5]


def test_a_changed_row_that_stays_in_place_is_one_change(qtbot, model, shown):
    changed = replace(model.row(5), decision=Decision(mark=Mark.KEEP))
    with qtbot.assertNotEmitted(shown.layoutChanged), qtbot.waitSignal(shown.dataChanged) as told:
        model.put(changed)
    assert (told.args[0].row(), told.args[1].row()) == (1, 1)


def test_the_same_row_again_says_nothing(qtbot, model):
    with qtbot.assertNotEmitted(model.dataChanged), qtbot.assertNotEmitted(model.rowsInserted):
        model.put(model.row(3))


def test_a_rating_that_comes_in_moves_its_row(model, shown):
    shown.sort(COLUMN_AT["usability"], DOWN)
    model.put(replace(rated("/fest/b.mp4"), clip=model.row(5).clip))
    assert ids(shown) == [5, 1, 3, 2, 4]


def test_the_current_clip_stays_current_when_the_order_turns(shown):
    kept = QPersistentModelIndex(shown.index_of(2))
    shown.sort(COLUMN_AT["usability"], DOWN)
    assert shown.row_at(kept.row()).clip.id == 2


def test_an_index_of_a_hidden_clip_is_void(shown):
    kept = QPersistentModelIndex(shown.index_of(2))
    shown.set_filter(EVERYTHING.having("flags", frozenset({"shaky"})))
    assert not kept.isValid()
    assert shown.n_hidden == 4 + (0 if 3 in ids(shown) else 1)


def test_a_marked_clip_leaves_a_filter_by_itself(model, shown):
    shown.set_filter(EVERYTHING.having("marks", frozenset({"none"})))
    model.put(replace(model.row(2), decision=Decision(mark=Mark.REJECT)))
    assert ids(shown) == [4, 5, 3, 1]


def test_rows_taken_out_leave_the_others_right(model, shown):
    shown.sort(COLUMN_AT["usability"], DOWN)
    model.remove([3, 4])
    assert ids(shown) == [1, 2, 5]
    assert [shown.row_at(shown.index_of(one).row()).clip.id for one in (1, 2, 5)] == [1, 2, 5]
    assert model.row(3) is None


def test_an_index_follows_its_clip_when_others_are_taken_out(model, shown):
    shown.sort(COLUMN_AT["usability"], DOWN)
    kept = [(one, QPersistentModelIndex(shown.index_of(one))) for one in (1, 2, 4, 5)]
    model.remove([3])
    for clip_id, index in kept:
        assert index.isValid()
        assert shown.row_at(index.row()).clip.id == clip_id


def test_clips_from_anywhere_leave_in_one_step(qtbot, model, shown):
    """Thousands at once would sort the library anew for each."""
    gone, told = [], []
    model.rowsRemoved.connect(lambda *given: gone.append(given))
    shown.layoutChanged.connect(lambda: told.append(ids(shown)))
    kept = QPersistentModelIndex(model.index(model.position(4), 0))
    model.remove([1, 99, 5, 3])
    assert len(gone) == 1
    assert told == [[4, 2]]
    assert kept.data(Role.ROW).clip.id == 4
    model.remove([99])
    assert len(gone) == 1


def test_groups_follow_each_other(model, shown):
    model.put(rated("/other/z.mp4", clip_id=6))
    shown.set_grouping(lambda row: str(row.clip.path.parent))
    assert shown.groups() == [("/fest", 5), ("/other", 1)]
    shown.set_grouping(None)
    assert shown.groups() == [("", 6)]


@given(st.sets(st.integers(1, 20)), st.sets(st.integers(1, 20)), st.integers(1, 20))
@settings(deadline=None)
def test_a_selection_follows_its_clips_whatever_is_shown(chosen, kept, current):
    model = ClipModel()
    model.put_all(
        rated(f"/{n}.mp4", clip_id=n, decision=Decision(Mark.KEEP if n in kept else Mark.NONE))
        for n in range(1, 21)
    )
    shown = ShownModel(model)
    selection = QItemSelectionModel(shown)
    select(shown, selection, chosen, current if current in chosen else None)
    shown.sort(COLUMN_AT["name"], DOWN)
    assert selected(shown, selection) == chosen
    shown.set_filter(EVERYTHING.having("marks", frozenset({"keep"})))
    assert selected(shown, selection) == chosen & kept
    shown.sort(COLUMN_AT["mark"], DOWN)
    shown.set_filter(EVERYTHING)
    assert selected(shown, selection) == chosen & kept
    selection.deleteLater()
    shown.deleteLater()
    model.deleteLater()


def selected(shown, selection):
    return {row.clip.id for row in shown.rows_at(places_in(selection.selection()))}


def test_qt_follows_the_lines_of_a_selection_and_not_each_cell(shown):
    """Every cell of 2,000 clips that do not lie together took half a second."""
    selection = QItemSelectionModel(shown)
    select(shown, selection, (1, 3, 5))
    followed = []
    shown.layoutAboutToBeChanged.connect(lambda: followed.append(len(shown.persistentIndexList())))
    shown.sort(COLUMN_AT["name"], DOWN)
    assert followed
    assert followed[0] <= 4 * 3 < shown.columnCount()
    selection.deleteLater()


RANK = {"reject": 0, "none": 1, "keep": 2}
actions = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.integers(1, 8), st.sampled_from(list(Mark))),
        st.tuples(st.just("remove"), st.sets(st.integers(1, 8)), st.none()),
        st.tuples(st.just("sort"), st.sampled_from(["name", "mark", "usability"]), st.booleans()),
        st.tuples(st.just("filter"), st.sampled_from(["none", "keep", "reject", ""]), st.none()),
    ),
    max_size=25,
)


@given(actions)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_shown_is_always_what_passes_in_order(qtmodeltester, acts):
    model = ClipModel()
    shown = ShownModel(model)
    qtmodeltester.check(shown)
    truth, sorting, wanted = {}, ("name", False), ""
    for act, what, how in acts:
        match act:
            case "put":
                truth[what] = rated(f"/f/{what}.mp4", clip_id=what, decision=Decision(mark=how))
                model.put(truth[what])
            case "remove":
                truth = {one: row for one, row in truth.items() if one not in what}
                model.remove(what)
            case "sort":
                sorting = (what, how)
                shown.sort(COLUMN_AT[what], DOWN if how else Qt.SortOrder.AscendingOrder)
            case "filter":
                wanted = what
                chosen = frozenset({what}) if what else frozenset()
                shown.set_filter(EVERYTHING.having("marks", chosen))
        keys = {
            "name": lambda row: row.clip.id,
            "mark": lambda row: RANK[row.decision.mark],
            "usability": lambda row: row.rating.usability,
        }
        passing = [row for row in truth.values() if not wanted or row.decision.mark == wanted]
        by_name = sorted(passing, key=lambda row: row.clip.id)
        expected = sorted(by_name, key=keys[sorting[0]], reverse=sorting[1])
        assert ids(shown) == [row.clip.id for row in expected]
        for place, clip_id in enumerate(ids(shown)):
            assert shown.index_of(clip_id).row() == place
    assert shown.n_hidden == len(truth) - len(ids(shown))
