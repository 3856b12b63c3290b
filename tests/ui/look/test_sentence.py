"""Sentences: none is cut off, whatever path is in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QLabel

from footage_sorter.ui.look.notice import Notice
from footage_sorter.ui.look.sentence import Sentence, breakable

PATH = "/media/card/" + "Festival_recordings_" * 10 + ".mp4"


@given(st.text(), st.text())
def test_it_says_what_it_was_given_and_no_word_is_long(one, other):
    text = f"{one}{PATH}{other}"
    broken = breakable(text)
    assert broken.replace("\u200b", "") == text.replace("\u200b", "")
    assert all(len(word) <= 32 for line in broken.split() for word in line.split("\u200b"))


def test_a_path_is_broken_where_a_part_of_it_ends():
    assert breakable("/media/one card/day 1.mp4") == "/media/one card/day 1.mp4"
    assert breakable(f"Wrote {PATH}").split("\u200b")[0] == "Wrote /media/card/Festival_recordings_"


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_all_of_a_long_path_is_in_sight(qtbot):
    label, plain = Sentence(f"Wrote {PATH}"), QLabel(f"Wrote {PATH}", wordWrap=True)
    for one in (label, plain):
        qtbot.addWidget(one)
    width = 60 * label.fontMetrics().averageCharWidth()
    assert label.minimumSizeHint().width() < width < plain.minimumSizeHint().width()
    assert label.heightForWidth(width) >= 3 * label.fontMetrics().lineSpacing()
    assert label.text() == f"Wrote {PATH}"


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_a_notice_takes_such_lines(qtbot):
    strip = Notice()
    qtbot.addWidget(strip)
    strip.say(PATH)
    assert strip.text == PATH
    assert strip.minimumSizeHint().width() < 480


def test_a_file_may_be_called_as_if_it_were_written_bold(qtbot):
    name = "<b>take</b>.mp4"
    label = Sentence(name)
    qtbot.addWidget(label)
    label.setWordWrap(False)
    assert label.sizeHint().width() >= label.fontMetrics().horizontalAdvance(name)
