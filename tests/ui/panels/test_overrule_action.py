"""The key that calls a flag wrong: at once where there is one; of several it asks which."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from footage_sorter.domain.flag import Flag
from footage_sorter.ui.actions import set_keys
from tests.helpers.clips import Shot, film
from tests.helpers.hands import Held, Key, at_first_clip, press

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints",
    "does not support raise",
    "does not support grabbing",
    "No RHI backend",
    "pa_context_connect",
)


OVER, FROZEN = Flag.OVEREXPOSED, Flag.FROZEN


@pytest.fixture
def window(qtbot, open_window, tmp_path):
    """Clip a is overexposed, and current; b is frozen as well."""
    film(tmp_path / "a.mp4", Shot(seconds=4, gain=8, pan_px_s=20))
    film(tmp_path / "b.mp4", Shot(seconds=4, gain=8, still=True))
    return at_first_clip(qtbot, open_window(tmp_path), 2)


def flags(window):
    row = window.pane.current_row()
    return set(row.rating.flags), set(row.decision.overruled)


def choose(window, letter):
    """Answer the menu that W opens by a flag's letter."""
    press(Key.Key_W)
    menu = QApplication.activePopupWidget()
    assert menu.title() == "Which flag is wrong?"
    QTest.keyClick(menu, letter)
    assert QApplication.activePopupWidget() is None
    return window.status.words


def test_one_flag_is_overruled_at_once_and_once_more_flagged(window):
    assert flags(window) == ({OVER}, set())
    press(Key.Key_W)
    assert flags(window) == (set(), {OVER})
    assert window.status.words == "You called this wrong: Overexposed."
    press(Key.Key_W)
    assert flags(window) == ({OVER}, set())
    assert window.status.words == "Taken back: Overexposed counts again."


def test_it_is_a_step_of_undo(window):
    press(Key.Key_W)
    press(Key.Key_Z, held=Held.ControlModifier)
    assert flags(window) == ({OVER}, set())


def test_of_several_flags_one_is_chosen_by_its_letter(window):
    press(Key.Key_Right)
    assert flags(window) == ({OVER, FROZEN}, set())
    assert choose(window, Key.Key_F) == "You called this wrong: Frozen."
    assert flags(window) == ({OVER}, {FROZEN})
    assert choose(window, Key.Key_O) == "You called this wrong: Overexposed."
    assert flags(window) == (set(), {OVER, FROZEN})
    choose(window, Key.Key_F)
    assert flags(window) == ({FROZEN}, {OVER})


def test_enter_takes_the_first_and_escape_none(window):
    press(Key.Key_Right)
    choose(window, Key.Key_Escape)
    assert flags(window) == ({OVER, FROZEN}, set())
    choose(window, Key.Key_Return)
    assert flags(window) == ({FROZEN}, {OVER})


def test_the_button_names_the_key(window):
    def tips():
        buttons = window.right.why.findChildren(QPushButton)
        return [one.toolTip() for one in buttons if one.text() == "This is wrong"]

    assert [tip.endswith(" (W)") for tip in tips()] == [True]
    set_keys(window.actions_by_name, {"overrule": "Ctrl+W"})
    press(Key.Key_Right)
    assert [tip.endswith(" (Ctrl+W)") for tip in tips()] == [True, True]
