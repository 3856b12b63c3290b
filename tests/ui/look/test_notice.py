"""Notices: one at a time, each under the sign of its kind."""

import pytest
from PySide6.QtWidgets import QToolButton, QWidget

from footage_sorter.ui.look import notice as notice_module
from footage_sorter.ui.look.notice import Kind, Notice, reading_ms

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def notice(qtbot):
    strip = Notice()
    qtbot.addWidget(strip)
    return strip


def sign(notice):
    return notice._sign.pixmap().toImage()


def test_what_is_good_to_know_bears_no_warning_sign(notice):
    notice.say("Wrote out.edl")
    notice.warn("The disk is full.")
    notice.say("Wrote out.edl")
    assert (notice.text, notice.kind) == ("Wrote out.edl", Kind.INFORMATION)
    good = sign(notice)
    assert not good.isNull()
    close = notice.findChild(QToolButton)
    close.click()
    assert (notice.text, notice.kind) == ("The disk is full.", Kind.WARNING)
    assert sign(notice) != good
    close.click()
    assert notice.text == ""


def test_what_is_not_true_any_more_goes_and_the_rest_stays(notice):
    for sentence in ("Stopped.", "The disk is full.", "Stopped by a fault."):
        notice.warn(sentence)
    notice.take_back("Stopped.")
    notice.take_back("Stopped by a fault.")
    notice.take_back("")
    assert notice.text == "The disk is full."
    notice.close_one()
    assert notice.text == ""


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.resize(600, 300)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    return window


@pytest.fixture
def at_hand(window):
    """A notice in the active window, not under the mouse."""
    notice = Notice(window)
    notice.move(300, 200)
    return notice


def test_good_news_goes_by_itself_and_a_warning_stays(qtbot, at_hand, monkeypatch):
    monkeypatch.setattr(notice_module, "GLANCE_MS", 20)
    monkeypatch.setattr(notice_module, "LETTER_MS", 0)
    at_hand.say("Wrote out.edl")
    at_hand.warn("The disk is full.")
    qtbot.waitUntil(lambda: at_hand.text == "The disk is full.")
    qtbot.wait(60)
    assert at_hand.text == "The disk is full."
    assert not at_hand._goes.isActive()


def test_good_news_waits_for_a_person_who_is_elsewhere(qtbot, window, at_hand, monkeypatch):
    monkeypatch.setattr(notice_module, "GLANCE_MS", 20)
    monkeypatch.setattr(notice_module, "LETTER_MS", 0)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitActive(other)
    at_hand.say("Wrote out.edl")
    qtbot.wait(60)
    assert at_hand.text == "Wrote out.edl"
    window.activateWindow()
    qtbot.waitUntil(lambda: at_hand.text == "")


def test_longer_news_stay_longer():
    assert reading_ms("Copied.") < reading_ms("Wrote 12 sidecars beside the clips.") < 10_000


def test_there_may_be_nothing_to_close(notice):
    assert not notice.close_one()
    notice.warn("The disk is full.")
    assert notice.close_one()
    assert notice.text == ""
