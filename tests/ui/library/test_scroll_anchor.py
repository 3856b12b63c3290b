"""What a person looks at stays where it is while ratings come in and the order changes."""

import pytest
from PySide6.QtCore import QSize

from footage_sorter.ui.library.grid_view import GridView
from footage_sorter.ui.library.table_view import TableView
from footage_sorter.ui.session.clip_model import ClipModel
from tests.helpers.rows import rated
from tests.helpers.views import view_of


@pytest.fixture(params=[GridView, TableView])
def view(request, qtbot):
    rows = [rated(f"/f/{n:03}.mp4", clip_id=n + 1) for n in range(100)]
    made = view_of(request.param, rows, QSize(700, 500))
    qtbot.addWidget(made)
    return made


def come(view, first_id, count):
    """Clips that are sorted before all others."""
    model = view.findChild(ClipModel)
    model.put_all(rated(f"/a/0{n}.mp4", clip_id=first_id + n) for n in range(count))


def test_the_current_clip_stays_where_it_lies_when_others_come_above_it(qtbot, view):
    view.setCurrentIndex(view.model().index(60, 0))
    top_px = view.visualRect(view.currentIndex()).top()
    come(view, 1000, 9)  # whole lines of cards
    assert view.currentIndex().row() == 69
    assert view.visualRect(view.currentIndex()).top() == top_px


def test_a_view_at_its_top_stays_there(view):
    view.setCurrentIndex(view.model().index(0, 0))
    come(view, 1000, 9)
    assert view.verticalScrollBar().value() == 0


def test_who_has_scrolled_away_from_the_current_clip_is_not_carried_off(view):
    view.setCurrentIndex(view.model().index(0, 0))
    view.verticalScrollBar().setValue(900)
    come(view, 1000, 9)
    assert view.verticalScrollBar().value() == 900
