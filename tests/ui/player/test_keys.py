"""The player's keys in the window: loop, mute, in and out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from footage_sorter.ui.actions import SPECS
from tests.helpers.clips import Shot, film

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints", "No RHI backend", "pa_context_connect"
)

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def test_loop_mute_and_clear_have_keys(qtbot, open_window, tmp_path):
    film(tmp_path / "a.mp4", Shot(seconds=2))
    window = open_window(tmp_path / "a.mp4")
    player = window.player
    qtbot.waitUntil(lambda: player.deck.frame is not None, timeout=20_000)

    def press(key, modifier=Modifier.NoModifier):
        QTest.keyClick(window.pane.view, key, modifier)

    assert not player.transport.loops
    press(Key.Key_R)
    assert player.transport.loops
    press(Key.Key_M, Modifier.ShiftModifier)
    assert player.transport._mute.isChecked()
    assert player.deck._volume == 0.0
    press(Key.Key_M, Modifier.ShiftModifier)
    assert player.deck._volume > 0.0
    press(Key.Key_O)
    decision = window.pane.current_row().decision
    assert decision.out_s is not None
    press(Key.Key_X, Modifier.AltModifier)
    assert window.pane.current_row().decision.out_s is None
    window.culling.undo()
    assert window.pane.current_row().decision == decision
    window.player.toggle_loop()


def test_every_action_of_the_player_is_in_the_list_of_keys():
    assert {"loop", "mute", "clear_range"} <= {spec.name for spec in SPECS if spec.keys}
