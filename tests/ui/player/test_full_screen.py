"""The player's picture on the whole screen."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.ui.player.playback import Way
from tests.helpers.panels import show
from tests.helpers.rows import LIMITS, media, rated

# What Qt's display without a screen says of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def test_the_picture_goes_full_screen_and_comes_back(qtbot, player):
    show(qtbot, player, rated())
    player.toggle_full_screen()
    full = player._full
    assert player.view.window() is full
    assert full.isFullScreen()
    qtbot.keyClick(full, Qt.Key.Key_Escape)
    assert player.view.parent() is player
    assert player.strip.parent() is player
    assert player._layout.indexOf(player.view) == 0


def test_the_full_screen_says_what_is_decided_of_the_clip(qtbot, player):
    row = rated("/fest/A001.mp4")
    show(qtbot, player, row)
    player.toggle_full_screen()
    says = player._full._says
    assert says.text() == "A001.mp4   ·   Unmarked"
    decided = replace(row, decision=Decision(mark=Mark.REJECT, stars=2))
    player.show_row(decided, LIMITS)
    assert says.text() == "A001.mp4   ·   Rejected   ·   ★★"
    player.show_row(None, LIMITS)
    assert says.text() == ""


@pytest.mark.parametrize(
    ("key", "step"),
    [(Qt.Key.Key_Left, -1), (Qt.Key.Key_Up, -1), (Qt.Key.Key_Right, 1), (Qt.Key.Key_Down, 1)],
)
def test_the_arrows_want_the_next_clip_in_full_screen(qtbot, player, key, step):
    show(qtbot, player, rated())
    player.toggle_full_screen()
    with qtbot.waitSignal(player.clip_wanted) as wanted:
        qtbot.keyClick(player._full.focusWidget(), key)
    assert wanted.args == [step]


def test_a_full_screen_that_is_closed_gives_the_picture_back(qtbot, player):
    show(qtbot, player, rated())
    player.toggle_full_screen()
    player._full.close()
    assert player.view.parent() is player
    assert player._full is None


def test_the_full_screen_says_another_speed_than_the_clips_own(qtbot, player):
    show(qtbot, player, rated(facts=media(60.0)))
    player.deck.shuttle(Way.ON)
    player.toggle_full_screen()
    assert player._full._pace.text() == ""
    player.deck.seek(30.0)
    assert player._full._time.text() == "0:30.00 / 1:00"
    player.deck.shuttle(Way.ON)
    assert player._full._pace.text() == "2×"
    player.say("Copied.")
    assert player._full._hint.text() == "Copied."
