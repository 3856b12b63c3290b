"""The status line: what the cards carry by now is what it counts."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidgetItem

from footage_sorter.domain.report import Models
from footage_sorter.services.work import Progress
from footage_sorter.ui.status import BAR_STEPS, StatusLine

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

MODELS = Models("blur-5@1", "exposure-4@1", "shake@1", "sound@1")


class Work:
    """A progress that a test sets."""

    now = Progress()


@pytest.fixture
def work():
    return Work()


@pytest.fixture
def line(qtbot, work):
    line = StatusLine(lambda: work.now, MODELS)
    qtbot.addWidget(line)
    line.show_count(19)
    yield line
    line.work_ended()


def test_first_looks_then_ratings_then_tags_are_counted(line, work):
    line.work_began()
    words = []
    for now in (
        Progress(total=19, coarse_done=7, tags_total=19),
        Progress(total=19, coarse_done=19, done=5, tags_total=19),
        Progress(total=19, coarse_done=19, done=19, tags_done=3, tags_total=19),
        Progress(total=19, coarse_done=19, done=19, tags_done=19, tags_total=19),
    ):
        work.now = now
        line.refresh()
        words.append(line.words)
    assert words == [
        "First look: 7 of 19 clips",
        "Rated: 5 of 19 clips",
        "Tags: 3 of 19 clips",
        "19 clips",
    ]


def test_the_bar_goes_by_the_work_and_leaves_with_it(line, work):
    work.now = Progress(total=19, coarse_done=3, share=0.4)
    line.work_began()
    assert not line.bar.isHidden()
    assert line.bar.value() == round(0.4 * BAR_STEPS)
    work.now = replace(work.now, coarse_done=19, done=19)
    line.refresh()
    assert line.bar.isHidden()


def test_what_came_of_a_key_is_said_in_place_of_the_work_and_goes(qtbot, line, work):
    line.show()
    work.now = Progress(total=19, coarse_done=7, tags_total=19)
    line.work_began()
    line.say("Copied.")
    line.refresh()
    assert line.words == "Copied."
    line._forget.start(0)
    qtbot.waitUntil(lambda: line.words == "First look: 7 of 19 clips")


def test_what_is_over_in_a_moment_does_not_flash(qtbot, line, work):
    work.now = Progress(total=1)
    line.work_began()
    assert (line.words, line.bar.isHidden()) == ("19 clips", True)
    qtbot.waitUntil(lambda: line.words == "First look: 0 of 1 clip", timeout=3000)
    assert not line.bar.isHidden()
    line.work_ended()
    work.now = Progress(total=1, coarse_done=1, done=1, tags_total=4)
    line.work_began()
    assert line.words == "Tags: 0 of 4 clips"


def test_one_selected_clip_is_not_counted(line):
    line.show_selection(1, 77, 12.0)
    assert line._selected.isHidden()
    line.show_selection(6, 77, 3725.0)
    assert not line._selected.isHidden()
    assert line._selected.text() == "6 of 77 selected, 1:02:05"


def test_the_line_is_as_high_at_work_as_at_rest(line, work):
    item = QWidgetItem(line)  # how high a layout makes it
    at_rest = item.sizeHint().height()
    work.now = Progress(total=2)
    line.work_began()
    assert item.sizeHint().height() == at_rest


def test_what_a_filter_hides_is_counted_only_where_there_are_clips(line):
    assert not line._hidden.isHidden()
    line.show_count(0)
    assert line._hidden.isHidden()


def test_what_stands_in_for_the_networks_is_said_in_a_sentence(line):
    line.show_scorer(MODELS, "no CUDA device here")
    assert "rates in place of the networks: no CUDA device here." in line._scorer.toolTip()
