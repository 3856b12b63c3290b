"""The light on cards that wait: only while there is work, only where something waits in sight."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from footage_sorter.domain.limits import Limits
from footage_sorter.ui.library.cards import CardPainter, Look, card_parts, card_size
from footage_sorter.ui.library.delegates import CardDelegate
from footage_sorter.ui.library.grid_view import GridView
from footage_sorter.ui.look.theme import DARK
from footage_sorter.ui.session.clip_model import ClipModel
from footage_sorter.ui.session.shown_model import ShownModel
from tests.helpers.rows import failed, rated, unread
from tests.helpers.still_style import StillStyle

CARD = QRect(0, 0, *card_size(214).toTuple())


class CountingDelegate(CardDelegate):
    """Remembers which cards were painted as a whole and which only as far as the light goes."""

    def __init__(self, parent):
        super().__init__(None, None, parent)
        self.whole, self.light_only = [], []

    def paint(self, painter, option, index):
        self.whole.append(index.row())

    def paint_waiting(self, painter, option, index):
        self.light_only.append(index.row())


@pytest.fixture
def grid(qtbot):
    """Three cards in sight, of which the first is rated."""
    model = ClipModel()
    model.put_all([rated("/f/a.mp4", clip_id=1), unread("/f/b.mp4", 2), unread("/f/c.mp4", 3)])
    view = GridView(ShownModel(model))
    model.setParent(view)
    view.setItemDelegate(CountingDelegate(view))
    qtbot.addWidget(view)
    view.resize(700, 500)
    with qtbot.waitSignal(view.settled):
        view.show()
    return view


def frames(grid):
    return grid.shimmer._frames


def test_the_light_moves_over_what_waits_and_paints_nothing_else(qtbot, grid):
    grid.shimmer.set_at_work(at_work=True)
    delegate = grid.itemDelegate()
    qtbot.waitUntil(lambda: delegate.light is not None)
    delegate.whole, delegate.light_only = [], []
    qtbot.waitUntil(lambda: len(delegate.light_only) >= 6)
    assert delegate.whole == []
    assert set(delegate.light_only) == {1, 2}
    grid.shimmer.set_at_work(at_work=False)
    assert not frames(grid).isActive()


def test_without_work_nothing_shimmers(grid):
    grid.shimmer.wake()
    assert not frames(grid).isActive()


def test_it_ends_by_itself_with_the_last_rating(qtbot, grid):
    grid.shimmer.set_at_work(at_work=True)
    model = grid.model().source
    model.put_all([rated("/f/b.mp4", clip_id=2), failed("/f/c.mp4", clip_id=3)])
    qtbot.waitUntil(lambda: not frames(grid).isActive())
    model.put(unread("/f/d.mp4", 4))  # another clip comes in
    qtbot.waitUntil(lambda: frames(grid).isActive())
    grid.shimmer.set_at_work(at_work=False)


def test_scrolling_stops_it_until_the_cards_have_come_to_rest(qtbot, grid):
    model = grid.model().source
    model.put_all(unread(f"/f/{n:03}.mp4", n) for n in range(10, 200))
    grid.shimmer.set_at_work(at_work=True)
    assert frames(grid).isActive()
    with qtbot.waitSignal(grid.settled):
        grid.verticalScrollBar().setValue(300)
        assert not frames(grid).isActive()
    assert frames(grid).isActive()
    grid.shimmer.set_at_work(at_work=False)


def test_it_rests_while_the_cards_are_out_of_sight(qtbot, grid):
    grid.shimmer.set_at_work(at_work=True)
    grid.hide()
    qtbot.waitUntil(lambda: not frames(grid).isActive())
    grid.show()
    qtbot.waitUntil(lambda: frames(grid).isActive())
    grid.shimmer.set_at_work(at_work=False)


def test_whoever_wants_no_motion_never_sees_it(grid):
    grid.shimmer.set_at_work(at_work=True)
    assert frames(grid).isActive()
    grid.set_still(still=True)
    assert not frames(grid).isActive()
    assert grid.fading.still


def test_where_the_system_wants_no_motion_there_is_none(grid):
    grid.viewport().setStyle(StillStyle())
    grid.shimmer.set_at_work(at_work=True)
    assert not frames(grid).isActive()


def painted(row, look, part=CardPainter.paint):
    image = QImage(CARD.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    part(CardPainter(DARK, lambda _row: Limits()), painter, CARD, row, look)
    painter.end()
    return image


def test_the_part_that_is_painted_alone_looks_as_it_does_on_the_whole_card(qapp):
    lanes = card_parts(CARD).lanes
    for look in (Look(light=0.4), Look(light=0.7, selected=True, current=True)):
        whole = painted(unread(), look)
        alone = painted(unread(), look, CardPainter.paint_waiting)
        assert alone.copy(lanes) == whole.copy(lanes)
        assert whole != painted(unread(), Look(selected=look.selected, current=look.current))


@pytest.mark.parametrize("row", [rated(), failed()])
def test_a_card_that_waits_for_nothing_has_no_light(qapp, row):
    assert painted(row, Look(light=0.5)) == painted(row, Look())
