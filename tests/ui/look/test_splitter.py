"""A splitter shares out its room by itself until a person does."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from footage_sorter.ui.look.splitter import SharingSplitter
from footage_sorter.ui.panes import NARROWEST_PX, widths_px

# What Qt's display without a screen says of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def make(qtbot):
    def make_one():
        splitter = SharingSplitter(Qt.Orientation.Horizontal, halves)
        for _ in range(2):
            part = QWidget()
            part.setMinimumWidth(10)
            splitter.addWidget(part)
        qtbot.addWidget(splitter)
        splitter.resize(401, 50)
        splitter.show()
        return splitter

    return make_one


def halves(room):
    return room.width() // 2, room.width() // 2


def test_it_shares_out_anew_for_each_size(make):
    splitter = make()
    assert splitter.sizes() == [200, 200]
    splitter.resize(801, 50)
    assert splitter.sizes() == [400, 400]
    assert splitter.kept().isEmpty()


def test_what_a_person_moved_stays_and_comes_back(make):
    splitter = make()
    splitter.moveSplitter(100, 1)
    splitter.resize(801, 50)
    left, right = splitter.sizes()
    assert left < right
    other = make()
    assert other.restoreState(splitter.kept())
    other.resize(splitter.size() + QSize(10, 0))
    assert other.sizes()[0] < other.sizes()[1]
    assert not other.kept().isEmpty()


@pytest.mark.parametrize("width", [1024, 1280, 1366, 1920, 2560, 3840])
def test_the_library_keeps_most_of_the_window(width):
    sidebar, library, right = widths_px(QSize(width, 800))
    assert sidebar + library + right + 2 == width
    assert all(
        part >= least for part, least in zip((sidebar, library, right), NARROWEST_PX, strict=True)
    )
    assert library >= 0.4 * width
    assert library > right
