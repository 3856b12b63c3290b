"""The quality strip: what each pixel says, and what a click on it wants."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from footage_sorter.domain.flag import LANES, Flag
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.rating import Segment
from footage_sorter.domain.tracks import ROW_OF, Tracks, cell_lengths
from footage_sorter.ui.look import theme
from footage_sorter.ui.look.strip import CARD_STRIP_PX, lane_rects, paint_lanes, resample
from footage_sorter.ui.look.strip_widget import StripWidget
from tests.helpers.rows import tracks

LIMITS = Limits()


def painted(shown: Tracks | None, width: int = 100, height: int = CARD_STRIP_PX) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    paint_lanes(painter, QRect(0, 0, width, height), shown, LIMITS, theme.DARK)
    painter.end()
    return image


def opacity(image: QImage, flag: Flag, cell: int, cells: int) -> int:
    """The strongest pixel of a lane's cell, 0-255."""
    lane = lane_rects(image.rect())[LANES.index(flag)]
    first, last = (round(image.width() * at / cells) for at in (cell, cell + 1))
    return max(
        QColor.fromRgba(image.pixel(x, y)).alpha()
        for x in range(first, last)
        for y in range(lane.top(), lane.bottom() + 1)
    )


@pytest.mark.parametrize("flag", LANES)
def test_a_cell_over_its_limit_is_full_and_its_neighbours_faint(qapp, flag):
    image = painted(tracks(10, over={flag: [4]}))
    assert opacity(image, flag, 4, 10) == 255
    assert 0 < opacity(image, flag, 2, 10) < 60
    others = [lane for lane in LANES if lane is not flag]
    assert all(opacity(image, other, 4, 10) < 60 for other in others)


def test_a_higher_score_is_stronger_under_the_limit(qapp):
    shown = tracks(4)
    shown.values[ROW_OF[Flag.BLURRY]] = [0.0, 0.2, 0.4, 0.59]
    strengths = [opacity(painted(shown), Flag.BLURRY, cell, 4) for cell in range(4)]
    assert strengths == sorted(set(strengths))


def test_each_lane_has_a_pattern_of_its_own(qapp):
    image = painted(tracks(3, over={flag: [0, 1, 2] for flag in LANES}), 24)
    shapes = set()
    for lane in lane_rects(image.rect()):
        rows = range(lane.top(), lane.bottom() + 1)
        shapes.add(tuple(image.pixelColor(x, y).alpha() == 255 for y in rows for x in range(12)))
    assert len(shapes) == 4


def test_a_clip_that_was_not_analysed_shows_hairlines_only(qapp):
    image = painted(None)
    for lane in lane_rects(image.rect()):
        alphas = [image.pixelColor(50, y).alpha() for y in range(lane.top(), lane.bottom() + 1)]
        assert sorted(alphas) == [0, 0, 255]


def test_seconds_not_measured_show_a_hairline_and_no_strength(qapp):
    shown = tracks(10)
    shown.values[ROW_OF[Flag.SHAKY], 3:6] = np.nan
    image = painted(shown)
    lane = lane_rects(image.rect())[LANES.index(Flag.SHAKY)]
    assert image.pixelColor(45, lane.top()).alpha() == 0
    assert image.pixelColor(45, lane.center().y()) == theme.DARK.line
    assert image.pixelColor(15, lane.top()).alpha() > 0


@given(st.integers(1, 700), st.integers(1, 300), st.data())
def test_no_fault_disappears_however_long_the_clip(cells, width, data):
    worst = data.draw(st.integers(0, cells - 1))
    values = np.zeros((1, cells), np.float32)
    values[0, worst] = 1.0
    shown = resample(values, cell_lengths(cells), width)
    assert shown.shape == (1, width)
    if cells >= width:
        assert shown.max() == 1.0
    assert set(np.unique(shown)) <= {0.0, 1.0}


@given(st.integers(1, 700), st.integers(1, 300))
def test_what_was_not_measured_at_all_stays_so(cells, width):
    values = np.full((1, cells), np.nan, np.float32)
    assert np.isnan(resample(values, cell_lengths(cells), width)).all()


@pytest.fixture
def strip(qtbot):
    widget = StripWidget()
    qtbot.addWidget(widget)
    widget.resize(426, 65)  # 400 px of lanes
    widget.set_tracks(tracks(10, over={Flag.BLURRY: [4]}), LIMITS, 10.0)
    widget.show()
    return widget


def test_a_click_seeks_there(qtbot, strip):
    middle = strip.lanes_rect().center()
    with qtbot.waitSignal(strip.seek_wanted) as wanted:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=middle)
    assert wanted.args[0] == pytest.approx(5.0, abs=0.05)
    assert strip.position_s == wanted.args[0]


def test_a_drag_past_the_edges_stays_inside_the_clip(qtbot, strip):
    wanted = []
    strip.seek_wanted.connect(wanted.append)
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=strip.lanes_rect().center())
    qtbot.mouseMove(strip, QPoint(-50, 10))
    qtbot.mouseMove(strip, QPoint(2000, 10))
    qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=QPoint(2000, 10))
    assert min(wanted) == 0.0
    assert max(wanted) == 10.0


def test_arrow_keys_move_a_second(qtbot, strip):
    strip.set_position(4.0)
    with qtbot.waitSignal(strip.seek_wanted) as wanted:
        qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert wanted.args == [5.0]


def test_nothing_is_sought_in_a_clip_that_was_not_read(qtbot, strip):
    strip.set_tracks(None, LIMITS, 0.0)
    with qtbot.assertNotEmitted(strip.seek_wanted):
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.lanes_rect().center())
        qtbot.keyClick(strip, Qt.Key.Key_Right)


def test_the_tool_tip_tells_time_and_values(strip):
    lanes = strip.lanes_rect()
    says = strip.says_at(lanes.left() + round(4.5 / 10 * lanes.width()))
    assert says.splitlines()[0] == "0:04"
    assert "Too blurred: 1.00 (over 0.60)" in says
    assert "Overexposed: 0.10" in says


def test_a_screen_reader_hears_what_the_lanes_show(strip):
    strip.set_best(Segment(5.0, 10.0))
    said = strip.accessibleDescription()
    assert "Too blurred in 1 seconds" in said
    assert "best segment 0:05 to 0:10" in said


def test_strips_of_several_clips_share_a_scale(strip):
    strip.set_tracks(tracks(10), LIMITS, 10.0, span_s=20.0)
    lanes = strip.lanes_rect()
    assert strip.time_at(lanes.center().x()) == pytest.approx(10.0, abs=0.1)
    assert strip.time_at(lanes.right()) == 10.0
