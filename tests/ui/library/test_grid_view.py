"""Where cards lie, how the keys move among them, and that only what is seen is painted."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from footage_sorter.domain.tags import Tag
from footage_sorter.ui.library.badges import lower_edge
from footage_sorter.ui.library.cards import card_parts
from footage_sorter.ui.library.delegates import CardDelegate
from footage_sorter.ui.library.grid_layout import HEADER_PX, GridLayout
from footage_sorter.ui.library.grid_view import GridView
from footage_sorter.ui.session.clip_filter import EVERYTHING
from footage_sorter.ui.session.clip_model import ClipModel, row_of
from footage_sorter.ui.session.shown_model import ShownModel
from tests.helpers.rows import rated
from tests.helpers.still_style import StillStyle

Key = Qt.Key
groups = st.lists(st.tuples(st.sampled_from(["", "A", "B"]), st.integers(1, 40)), max_size=4)


@given(groups, st.integers(100, 3000), st.integers(96, 480))
def test_no_card_lies_on_another_and_each_is_found_where_it_lies(parts, width, card_px):
    layout = GridLayout.of(parts, width, card_px)
    count = sum(n for _, n in parts)
    rects = [layout.rect(place) for place in range(count)]
    for place, rect in enumerate(rects):
        assert layout.place_at(rect.center()) == place
        assert rect.bottom() <= layout.height_px
        assert rect.left() >= 0
        if width > card_px + 32:
            assert rect.right() < width
    for one, other in pairwise(rects):
        assert not one.intersects(other)
    assert layout.places_between(0, layout.height_px) == range(count)


@given(st.integers(400, 3000), st.integers(96, 480))
def test_cards_are_about_as_wide_as_wanted(width, wanted):
    """At most a half more where two columns fit, and never more than a tenth less."""
    layout = GridLayout.of((("", 9),), width, wanted)
    card_px = layout.card.width()
    assert card_px >= min(wanted * 9 // 10, width - 16)
    if layout.columns > 1:
        assert card_px <= 1.5 * wanted


def test_two_columns_do_not_become_one_for_a_few_pixels():
    layouts = [GridLayout.of((("", 9),), width, 200) for width in (424, 420, 400)]
    assert [(one.columns, one.card.width()) for one in layouts] == [(2, 200), (2, 198), (2, 188)]


@given(groups, st.integers(0, 100), st.integers(-3, 3))
def test_up_and_down_stay_inside(parts, start, lines):
    count = sum(n for _, n in parts)
    if not count:
        return
    layout = GridLayout.of(parts, 900, 200)
    assert 0 <= layout.above_or_below(start % count, lines) < count


@given(groups, st.integers(100, 900), st.data())
def test_a_band_touches_what_it_overlaps(parts, width, data):
    layout = GridLayout.of(parts, width, 120)
    xs, ys = (
        sorted(data.draw(st.tuples(one, one)))
        for one in (st.integers(-50, width + 50), st.integers(-50, layout.height_px + 50))
    )
    band = QRect(QPoint(xs[0], ys[0]), QPoint(xs[1], ys[1]))
    count = sum(number for _, number in parts)
    runs = layout.touched(band)
    found = [place for first, last in runs for place in range(first, last + 1)]
    assert found == [place for place in range(count) if layout.rect(place).intersects(band)]
    assert all(before[1] + 1 < after[0] for before, after in pairwise(runs))


@pytest.fixture
def grid(qtbot):
    model = ClipModel()
    model.put_all(rated(f"/f/{n:03}.mp4", clip_id=n + 1) for n in range(100))
    view = GridView(ShownModel(model))
    model.setParent(view)
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    view.setCurrentIndex(view.model().index(0, 0))
    return view


def test_a_scroll_bar_with_nothing_to_scroll_shows_no_handle(grid):
    bar, width_px = grid.verticalScrollBar(), grid.viewport().width()
    assert bar.isEnabled()
    grid.model().source.remove([row.clip.id for row in grid.model().shown_rows()[3:]])
    grid.scheduleDelayedItemsLayout()
    grid.doItemsLayout()
    assert not bar.isEnabled()  # the style sheet paints its handle then as nothing
    assert grid.viewport().width() == width_px


def press(grid, *keys, shift=False):
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    for key in keys:
        QTest.keyClick(grid, key, held)


def selected(grid):
    return sorted(index.row() for index in grid.selectionModel().selectedRows())


def test_arrows_move_by_card_and_by_line(grid):
    press(grid, Key.Key_Right)
    assert grid.currentIndex().row() == 1
    press(grid, Key.Key_Down)
    assert grid.currentIndex().row() == 4  # three cards a line
    press(grid, Key.Key_Up, Key.Key_Left)
    assert grid.currentIndex().row() == 0
    press(grid, Key.Key_Up, Key.Key_Left)
    assert grid.currentIndex().row() == 0
    press(grid, Key.Key_End)
    assert grid.currentIndex().row() == 99
    press(grid, Key.Key_Down, Key.Key_Right)
    assert grid.currentIndex().row() == 99


def test_the_current_card_is_always_in_sight(grid):
    for _ in range(30):
        press(grid, Key.Key_Down)
        assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))
    assert len(grid.visible_places()) < 20


def test_shift_selects_a_run_over_lines(grid):
    press(grid, Key.Key_Right)
    press(grid, Key.Key_Down, Key.Key_Left, shift=True)
    assert selected(grid) == [1, 2, 3]


def test_shift_click_selects_from_here_to_there(grid):
    viewport = grid.viewport()

    def click(place, held=Qt.KeyboardModifier.NoModifier):
        where = grid.visualRect(grid.model().index(place, 0)).center()
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, held, where)

    click(2)
    click(4, Qt.KeyboardModifier.ShiftModifier)
    assert selected(grid) == [2, 3, 4]
    click(0, Qt.KeyboardModifier.ControlModifier)
    assert selected(grid) == [0, 2, 3, 4]


def test_letters_are_commands_and_move_nothing(grid):
    press(grid, Key.Key_9)
    assert grid.currentIndex().row() == 0


@pytest.mark.qt_log_ignore("does not support raise")  # the platform without a screen
def test_a_tag_says_what_it_is_a_tag_of(qtbot, grid):
    tag = Tag("camera-move", "Camera move", "pan", 0.9)
    grid.setItemDelegate(RecordingDelegate(grid))
    index = grid.model().index(0, 0)
    grid.model().source.put(replace(row_of(index), tags=(tag,)))
    card = grid.visualRect(index)
    on_tag = lower_edge(card_parts(card).picture).topLeft() + QPoint(6, 6)
    for point, says in ((on_tag, "Camera move: pan"), (card.center(), "")):
        where = grid.viewport().mapToGlobal(point)
        QApplication.sendEvent(grid.viewport(), QHelpEvent(QEvent.Type.ToolTip, point, where))
        qtbot.waitUntil(lambda says=says: QToolTip.text() == says)


class RecordingDelegate(CardDelegate):
    """Remembers which rows it painted after they had gone."""

    def __init__(self, parent):
        super().__init__(None, None, parent)
        self.painted = []

    def paint(self, painter, option, index):
        self.painted.append(0)

    def paint_row(self, painter, card, row):
        self.painted.append(row.clip.id)


def fading(grid):
    return [row.clip.id for _, row in grid.fading.going]


def test_a_card_that_a_filter_takes_away_is_seen_to_go(qtbot, grid):
    shown, delegate = grid.model(), RecordingDelegate(grid)
    grid.setItemDelegate(delegate)
    in_sight = [shown.row_at(place).clip.id for place in grid.visible_places()]
    lay = grid._layout.rect(0)
    shown.set_filter(EVERYTHING.having("text", "005"))
    gone = [one for one in in_sight if one != 6]
    assert fading(grid) == gone
    assert grid.fading.going[0][0] == lay
    grid.viewport().grab()
    assert delegate.painted[-len(gone) :] == gone, "painted over those that stay"
    qtbot.waitUntil(lambda: not fading(grid), timeout=2000)


def test_a_card_that_only_moves_does_not_fade(grid):
    grid.model().sort(0, Qt.SortOrder.DescendingOrder)
    assert fading(grid) == []


def test_nothing_moves_where_the_system_wants_no_motion(grid):
    grid.viewport().setStyle(StillStyle())
    grid.model().set_filter(EVERYTHING.having("text", "005"))
    assert fading(grid) == []


def test_nothing_moves_where_the_person_wants_no_motion(grid):
    grid.fading.still = True
    grid.model().set_filter(EVERYTHING.having("text", "005"))
    assert fading(grid) == []


def test_a_first_card_comes_into_sight_with_its_header(grid):
    grid.model().set_grouping(lambda row: "odd" if row.clip.id % 2 else "even")
    grid.setCurrentIndex(grid.model().index(99, 0))
    grid.setCurrentIndex(grid.model().index(50, 0))  # the first one of the second group
    assert grid.visualRect(grid.currentIndex()).top() >= HEADER_PX
