"""Notices: one at a time, each under the sign of its kind."""

import pytest
from PySide6.QtWidgets import QToolButton

from footage_sorter.ui.look.notice import Kind, Notice

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
