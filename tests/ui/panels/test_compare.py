"""Compare: takes side by side, played together, and one of them kept."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from footage_sorter.domain.flag import Flag
from footage_sorter.ui.panels.compare import CompareDialog, better
from footage_sorter.ui.player.deck import Deck
from footage_sorter.ui.player.playback import Way
from tests.helpers.playbacks import playback_of
from tests.helpers.rows import LIMITS, rated

# What Qt's display without a screen says of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


HARD_SPACE = "\N{NO-BREAK SPACE}"
"""No line breaks between a number and its sign."""


def frame_at(clip, time_s, max_px):
    return np.full((9, 16, 3), int(10 * time_s) % 256, np.uint8)


@pytest.fixture
def compare(qtbot):
    rows = [rated(f"/fest/take {n}.mp4", over={Flag.SHAKY: range(n)}, clip_id=n) for n in (6, 1, 9)]
    dialog = CompareDialog(rows, lambda _row: LIMITS, lambda: Deck([playback_of(frame_at)]))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    with qtbot.waitActive(dialog):
        return dialog


def test_takes_are_scrubbed_together(qtbot, compare):
    strip = compare._strips[1]
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.lanes_rect().center())
    for take in compare.takes:
        qtbot.waitUntil(
            lambda take=take: take.deck.frame is not None and take.deck.frame.start_s > 4
        )
    starts = [take.deck.frame.start_s for take in compare.takes]
    assert starts == pytest.approx([5.0] * 3, abs=0.05)
    qtbot.keyClick(compare, Qt.Key.Key_Space)
    assert all(take.deck.way is Way.ON for take in compare.takes)
    compare.close()


def test_space_plays_even_when_a_button_has_the_focus(qtbot, compare):
    keep = compare.takes[0].findChild(QPushButton)
    keep.setFocus()
    with qtbot.assertNotEmitted(compare.keep_wanted):
        qtbot.keyClick(keep, Qt.Key.Key_Space)
    assert all(take.deck.way is Way.ON for take in compare.takes)
    compare.close()


def test_all_shuttle_together(qtbot, compare):
    qtbot.keyClick(compare, Qt.Key.Key_L)
    qtbot.keyClick(compare, Qt.Key.Key_L)
    assert [(take.deck.way, take.deck.pace) for take in compare.takes] == 3 * [(Way.ON, 2.0)]
    qtbot.keyClick(compare, Qt.Key.Key_K)
    assert {take.deck.way for take in compare.takes} == {Way.STILL}
    compare.close()


def test_a_number_keeps_that_take_and_rejects_the_others(qtbot, compare):
    with qtbot.waitSignal(compare.keep_wanted) as wanted:
        qtbot.keyClick(compare, Qt.Key.Key_2)
    assert wanted.args == [1, (6, 9)]
    assert not compare.isVisible()
    assert all(take.deck.clip is None for take in compare.takes)


def test_the_better_value_is_marked(compare):
    said = [label.text().replace(HARD_SPACE, " ") for label in compare.findChildren(QLabel)]
    assert "90 %  ▲" in said  # steady
    assert "40 %" in said
    compare.close()


@pytest.mark.parametrize(
    ("values", "best"),
    [
        ([1.0, 2.0], {1}),
        ([70.2, 69.9], set()),  # both are shown as 70
        ([None, 50.0, 40.0], {1}),
        ([None, 50.0], set()),
        ([80.0, 80.0, 20.0], {0, 1}),
    ],
)
def test_only_a_difference_that_is_shown_counts(values, best):
    assert better(values) == best
