"""What takes effect at the next start: that start is offered at once."""

import pytest
from PySide6.QtWidgets import QMessageBox

from footage_sorter.domain.settings import Device
from footage_sorter.ui.dialogs.settings import SettingsDialog

# What Qt's display without a screen says of every window.
pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints", "No RHI backend", "pa_context_connect", extend=True
)


def choose(window, **wanted):
    """Take the settings' dialog to its end, with a language or a device chosen."""
    window.dialogs.show_settings()
    dialog = window.findChild(SettingsDialog)
    for name, value in wanted.items():
        box = getattr(dialog, f"_{name}")
        box.setCurrentIndex(box.findData(str(value)))
    dialog.accept()


def offer(window):
    return window.findChild(QMessageBox)


def press(box, words):
    next(button for button in box.buttons() if words in button.text()).click()


def test_another_language_offers_to_start_again_and_closes_the_window(qtbot, open_window):
    window = open_window()
    choose(window, language="de")
    qtbot.waitUntil(lambda: offer(window) is not None)
    press(offer(window), "now")
    qtbot.waitUntil(lambda: not window.isVisible())
    assert window.dialogs.restarts
    assert window.session.settings.language == "de"


def test_later_keeps_the_window(qtbot, open_window):
    window = open_window()
    choose(window, device=Device.CPU)
    qtbot.waitUntil(lambda: offer(window) is not None)
    press(offer(window), "Later")
    qtbot.waitUntil(lambda: offer(window) is None)
    assert window.isVisible()
    assert not window.dialogs.restarts


def test_what_holds_at_once_or_is_taken_back_offers_nothing(qtbot, open_window):
    window = open_window()
    choose(window, theme="light")
    assert offer(window) is None
    choose(window, language="de")
    qtbot.waitUntil(lambda: offer(window) is not None)
    press(offer(window), "Later")
    qtbot.waitUntil(lambda: offer(window) is None)
    choose(window, language="en")
    assert offer(window) is None
