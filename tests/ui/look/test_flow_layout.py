"""One line of widgets: nothing is cut off, and what is pinned is always there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QPushButton, QWidget

from footage_sorter.ui.look.flow_layout import FlowLayout, fitting

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints",  # the offscreen platform has no window manager
)

REST_PX, GAP_PX = 50, 4


def needed_px(widths, shown):
    kept = [width for width, on in zip(widths, shown, strict=True) if on]
    return sum(width + GAP_PX for width in kept) + (0 if all(shown) else REST_PX + GAP_PX) - GAP_PX


@given(st.lists(st.tuples(st.integers(1, 200), st.booleans()), max_size=14), st.integers(0, 1500))
def test_what_is_shown_fits_unless_it_is_pinned(pills, room_px):
    widths = [width for width, _ in pills]
    pinned = [keeps for _, keeps in pills]
    shown = fitting(widths, pinned, room_px, REST_PX, GAP_PX)
    assert all(on for on, keeps in zip(shown, pinned, strict=True) if keeps)
    assert needed_px(widths, shown) <= room_px or shown == pinned or not any(shown)
    loose = [on for on, keeps in zip(shown, pinned, strict=True) if not keeps]
    assert loose == sorted(loose, reverse=True)  # the first ones, never one after a hidden one
    if not all(shown):
        assert needed_px(widths, [True] * len(widths)) > room_px


def test_as_many_as_fit():
    widths = [100, 100, 100]
    assert fitting(widths, [False] * 3, 308, REST_PX, GAP_PX) == [True] * 3
    assert fitting(widths, [False] * 3, 307, REST_PX, GAP_PX) == [True, True, False]
    assert fitting(widths, [False, False, True], 260, REST_PX, GAP_PX) == [True, False, True]


def test_a_hidden_widget_leaves_no_gap(qtbot):
    box = QWidget()
    qtbot.addWidget(box)
    line = FlowLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    buttons = [QPushButton(word, box) for word in ("one", "two", "three")]
    for button in buttons:
        line.addWidget(button)
    box.show()
    buttons[1].hide()
    line.setGeometry(QRect(0, 0, 1000, 100))
    assert buttons[2].x() == buttons[0].geometry().right() + 1 + line.spacing()
