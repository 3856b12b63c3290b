"""The order that is kept from one change to the next is the one that would be found anew."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.order import natural_key
from footage_sorter.ui.session.clip_filter import EVERYTHING
from footage_sorter.ui.session.columns import COLUMN_AT, COLUMNS
from footage_sorter.ui.session.grouping import Grouping
from footage_sorter.ui.session.ordering import NEW, Ordering, first_by_name, places_before
from footage_sorter.ui.session.stacking import without_stacks
from tests.helpers.rows import failed, rated, unread

NAMES = ("clip10", "clip9", "CLIP9", "a", "Ärger")
FOLDERS = ("/fest", "/fest/day 2", "/other")
FILTERS = (
    EVERYTHING,
    EVERYTHING.having("text", "clip dawn"),
    EVERYTHING.having("text", "9"),
    EVERYTHING.having("marks", frozenset({"keep"})),
    EVERYTHING.having("folders", frozenset({"/fest"})),
    EVERYTHING.having("flags", frozenset({"blurry"})).having("text", "a"),
)
KEYS = ("name", "usability", "flags", "note", "blurry", "mark", "folder")
KINDS = (
    rated(),
    rated(over={Flag.BLURRY: range(8)}),
    rated(over={Flag.SHAKY: range(2)}),
    failed(),
    unread(),
)


@st.composite
def rows(draw):
    row = draw(st.sampled_from(KINDS))
    where = f"{draw(st.sampled_from(FOLDERS))}/{draw(st.sampled_from(NAMES))}.mp4"
    decision = Decision(draw(st.sampled_from(Mark)), note=draw(st.sampled_from(("", "Dawn", "9"))))
    number = draw(st.integers(1, 6))
    return replace(row, clip=replace(row.clip, id=number, path=Path(where)), decision=decision)


acts = st.lists(
    st.one_of(
        st.tuples(st.just("put"), rows()),
        st.tuples(st.just("turn"), st.integers(0, 5)),
        st.tuples(st.just("cut"), st.integers(1, 3)),
        st.tuples(st.just("filter"), st.sampled_from(FILTERS)),
        st.tuples(st.just("sort"), st.tuples(st.sampled_from(KEYS), st.booleans())),
    ),
    max_size=30,
)


def found_anew(library, wanted, key, descending):
    """The order by its definition."""
    by_name = sorted(
        (at for at, row in enumerate(library) if wanted.accepts(row)),
        key=lambda at: (
            natural_key(library[at].clip.path.name),
            library[at].clip.path,
            library[at].clip.id,
        ),
    )
    keys = {at: COLUMNS[COLUMN_AT[key]].sort_key(library[at]) for at in by_name}
    known = [at for at in by_name if keys[at] is not None]
    unknown = [at for at in by_name if keys[at] is None]
    return sorted(known, key=keys.get, reverse=descending) + unknown


def sort(ordering, key, descending):
    key_of = None if key == "name" else COLUMNS[COLUMN_AT[key]].sort_key
    ordering.sort(key_of, descending=descending)


@settings(deadline=None)
@given(acts)
def test_whatever_happens_the_order_is_as_if_found_anew(happening):
    ordering, library, wanted, sorting = Ordering(), [], EVERYTHING, ("name", False)
    for act, what in happening:
        ids = [row.clip.id for row in library]
        match act:
            case "put" if what.clip.id in ids:
                at = ids.index(what.clip.id)
                library[at] = what
                assert ordering.change(library, 0, len(library) - 1) == [at]
            case "put":
                library = [*library, what]
                ordering.follow(library)
            case "turn":
                library = [*library[what:], *library[:what]]
                ordering.follow(library)
            case "cut":
                library = library[:-what]
                ordering.follow(library)
            case "filter":
                wanted = what
                ordering.set_filter(what)
            case "sort":
                sorting = what
                sort(ordering, *what)
        assert ordering.order().tolist() == found_anew(library, wanted, *sorting)


@given(st.lists(rows(), max_size=12), st.integers(1, 8), st.booleans())
def test_the_first_by_name_are_those_of_the_whole_order(library, most, descending):
    library = [replace(row, clip=replace(row.clip, id=at)) for at, row in enumerate(library)]
    ordering = Ordering()
    ordering.follow(library)
    sort(ordering, "name", descending)
    places = [(row.clip.id, str(row.clip.path)) for row in library]
    first = first_by_name(places, most, descending=descending)
    assert first == ordering.order().tolist()[:most]


def test_a_change_that_changes_no_order_leaves_it_as_it_is():
    library = [rated(f"/f/{at}.mp4", clip_id=at) for at in range(5)]
    ordering = Ordering()
    ordering.follow(library)
    ordering.sort(COLUMNS[COLUMN_AT["usability"]].sort_key, descending=True)
    before = ordering.order()
    library[2] = replace(library[2], decision=Decision(Mark.KEEP))
    assert ordering.change(library, 0, 4) == [2]
    assert ordering.order() is before


@given(st.lists(st.integers(0, 9), unique=True), st.lists(st.integers(0, 9), unique=True))
def test_where_each_row_lay_before(before, now):
    library = [rated(f"/f/{at}.mp4", clip_id=at) for at in range(10)]
    told = places_before([library[at] for at in before], [library[at] for at in now])
    assert told == [before.index(at) if at in before else NEW for at in now]


@given(st.lists(rows(), min_size=1, max_size=12))
def test_groups_hold_all_rows_of_a_title_in_their_order(library):
    ordering = Ordering()
    ordering.follow(library)
    order = ordering.order()
    grouping = Grouping(lambda row: row.decision.note, library)
    found, groups = grouping.grouped(without_stacks(order), library)
    titles = [library[at].decision.note for at in order]
    assert groups == [(one, titles.count(one)) for one in ("", "9", "Dawn") if one in titles]
    assert found.order.tolist() == [
        at for title, _ in groups for at in order if library[at].decision.note == title
    ]
