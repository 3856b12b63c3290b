"""The sidebar: what it counts is what is there, and a click shows it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.ui.library.sidebar import Sidebar, told_apart
from footage_sorter.ui.session.clip_filter import EVERYTHING
from footage_sorter.ui.session.library_counts import LibraryCounts, counts_of
from tests.helpers.hands import Held
from tests.helpers.rows import failed, rated, unread

FOLDERS = ("/", "/fest", "/fest/day 2", "/fest/ä \udcff")
SAMPLES = (
    rated("/a.mp4", clip_id=1),
    rated("/a.mp4", clip_id=1, over={Flag.BLURRY: range(8)}),
    rated("/a.mp4", clip_id=1, over={Flag.BLURRY: range(8), Flag.SHAKY: range(8)}),
    replace(rated("/a.mp4", clip_id=1), damage="torn"),
    replace(rated("/a.mp4", clip_id=1), missing=True),
    failed("/a.mp4", clip_id=1),
    unread("/a.mp4", clip_id=1),
)


@st.composite
def libraries(draw):
    rows = draw(
        st.lists(
            st.tuples(st.sampled_from(SAMPLES), st.sampled_from(FOLDERS), st.sampled_from(Mark))
        )
    )
    return [
        replace(
            row,
            clip=replace(row.clip, id=at, path=row.clip.path.parent / folder / f"{at}.mp4"),
            decision=Decision(mark=mark),
        )
        for at, (row, folder, mark) in enumerate(rows)
    ]


@given(libraries())
def test_a_count_is_how_many_clips_its_click_shows(rows):
    counts = counts_of(rows)
    assert counts.pop(("", "")) == len(rows)
    for (field, value), clips in counts.items():
        if field == "folders":  # a click shows what lies deeper, too
            assert clips == sum(str(row.clip.path.parent) == value for row in rows)
            continue
        now = EVERYTHING.toggling(field, value)
        assert clips == sum(map(now.accepts, rows)), (field, value)


@given(libraries())
def test_every_clip_is_counted_once_by_its_folder_and_once_by_its_mark(rows):
    counts = counts_of(rows)
    for counted in ("folders", "marks"):
        assert sum(clips for (field, _), clips in counts.items() if field == counted) == len(rows)


@given(libraries(), libraries(), st.lists(st.integers(0, 50), max_size=6))
def test_by_the_difference_it_is_what_counting_anew_tells(rows, others, steps):
    kinds = LibraryCounts()
    rows = 5 * rows  # so that one is a small part
    for step, other in zip(steps, others, strict=False):
        kinds.count(rows)
        at = min(step, len(rows))
        rows = [*rows[:at], other, *rows[at + 1 :]] if step else rows[:-1]
        assert kinds.count(rows) == counts_of(rows)


@pytest.mark.parametrize(
    ("folders", "names"),
    [
        ([], []),
        (["/fest/day 1", "/fest/day 2"], ["day 1", "day 2"]),
        (["/a/card/100", "/b/card/100", "/b/101"], ["a/card/100", "b/card/100", "101"]),
        (["/100", "/a/100", "/"], ["/100", "a/100", "/"]),
        (["/day/100", "/fest/day/100"], ["/day/100", "fest/day/100"]),
    ],
)
def test_folders_of_the_same_name_are_told_apart(folders, names):
    assert told_apart(folders) == names


@given(st.sets(st.lists(st.sampled_from("ab"), max_size=4).map(lambda one: "/" + "/".join(one))))
def test_no_two_folders_have_the_same_name(folders):
    names = told_apart(sorted(folders))
    assert len(set(names)) == len(names)


@pytest.fixture
def sidebar(qtbot):
    """The sidebar of two clips in two folders, one of them blurred; it follows its own clicks."""
    one = Sidebar()
    qtbot.addWidget(one)
    one.show_counts(counts_of([rated("/fest/a.mp4", clip_id=1), rated("/b/b.mp4", clip_id=2)]))
    one.resize(200, 800)
    one.show()
    one.now = EVERYTHING

    def follow(now):
        one.now = now
        one.show_filter(now)

    one.chosen.connect(lambda *key: follow(one.now.choosing(*key)))
    one.toggled.connect(lambda *key: follow(one.now.toggling(*key)))
    return one


def click(sidebar, words, held=Held.NoModifier):
    (item,) = sidebar.findItems(words, Qt.MatchFlag.MatchRecursive | Qt.MatchFlag.MatchExactly)
    where = sidebar.visualItemRect(item).center()
    QTest.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, held, where)
    return where


def click_again(sidebar, where):
    """The second half of a double click, as a system sends it: no press."""
    left, kind = Qt.MouseButton.LeftButton, QEvent.Type.MouseButtonDblClick
    place = sidebar.viewport().mapToGlobal(where)
    event = QMouseEvent(kind, where, place, left, left, Held.NoModifier)
    QApplication.sendEvent(sidebar.viewport(), event)
    QTest.mouseRelease(sidebar.viewport(), left, pos=where)


def bold(sidebar):
    return {key for key, item in sidebar._items.items() if item.font(0).bold()}


def test_a_click_takes_the_place_of_the_one_before(sidebar):
    click(sidebar, "fest")
    click(sidebar, "Kept")
    click(sidebar, "b")
    assert bold(sidebar) == {("folders", "/b"), ("marks", "keep")}
    click(sidebar, "b")
    assert bold(sidebar) == {("marks", "keep")}


def test_ctrl_click_adds_and_takes_out(sidebar):
    click(sidebar, "fest")
    click(sidebar, "b", Held.ControlModifier)
    assert sidebar.now.folders == {"/fest", "/b"}
    click(sidebar, "fest", Held.ControlModifier)
    assert sidebar.now.folders == {"/b"}
    click(sidebar, "fest", Held.ControlModifier)
    click(sidebar, "fest")
    assert sidebar.now.folders == {"/fest"}


def test_a_double_click_is_one_click(sidebar):
    click_again(sidebar, click(sidebar, "fest"))
    assert sidebar.now.folders == {"/fest"}
    click(sidebar, "fest")
    assert sidebar.now == EVERYTHING


def test_enter_does_what_a_click_does(sidebar):
    for words, held in (("fest", Held.NoModifier), ("b", Held.ControlModifier)):
        (item,) = sidebar.findItems(words, Qt.MatchFlag.MatchRecursive | Qt.MatchFlag.MatchExactly)
        sidebar.setCurrentItem(item)
        QTest.keyClick(sidebar, Qt.Key.Key_Return, held)
    assert sidebar.now.folders == {"/fest", "/b"}


def test_a_switch_is_a_switch(sidebar):
    for on in (True, False):
        click(sidebar, "With a problem")
        assert sidebar.now.failed is on


def test_a_saved_filter_is_above_the_fold_and_shown_at_work(sidebar):
    kept = EVERYTHING.choosing("marks", "keep")
    sidebar.show_saved({"Selects": kept.to_text()})
    sidebar.show_filter(kept)
    assert bold(sidebar) == {("saved", "Selects"), ("marks", "keep")}
    saved, marks = (sidebar._items[key] for key in (("saved", "Selects"), ("marks", "keep")))
    assert sidebar.visualItemRect(saved).top() < sidebar.visualItemRect(marks).top()
    sidebar.show_filter(EVERYTHING)
    assert bold(sidebar) == set()


def test_a_saved_filter_has_the_whole_line_for_its_name_and_tells_it_where_that_is_too_long(
    sidebar,
):
    name = "night shots of the stage that are still sharp enough"
    sidebar.show_saved({name: EVERYTHING.choosing("marks", "keep").to_text()})
    item = sidebar._items["saved", name]
    assert item.isFirstColumnSpanned()
    assert item.toolTip(0) == name


@pytest.mark.qt_log_ignore("plugin does not support", extend=True)
def test_the_menu_of_a_saved_filter_opens_by_a_key(sidebar):
    sidebar.show_saved({"Selects": EVERYTHING.choosing("marks", "keep").to_text()})
    dropped = []
    sidebar.saved_dropped.connect(dropped.append)
    sidebar.setCurrentItem(sidebar._items["saved", "Selects"])
    where = sidebar.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle).center()
    asks = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, where, sidebar.viewport().mapToGlobal(where)
    )
    QApplication.sendEvent(sidebar.viewport(), asks)
    (line,) = sidebar.findChild(QMenu).actions()
    line.trigger()
    assert dropped == ["Selects"]
