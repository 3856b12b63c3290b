"""The numbers beside the library: anew when it is another one, not in another order."""

from dataclasses import replace

import pytest

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.ui.counts import COUNT_MS
from footage_sorter.ui.session.columns import COLUMN_AT
from tests.helpers.rows import rated

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints",
    "No RHI backend",
    "pa_context_connect",
)

ROWS = tuple(rated(f"/fest/{at}.mp4", clip_id=at) for at in range(1, 6))


@pytest.fixture
def window(qtbot, open_window):
    window = open_window()
    with qtbot.waitSignal(window.counts.counted):
        window.session.model.put_all(ROWS)
    return window


def number_of(window, field, value):
    return window.sidebar._items[field, value].text(1)


def test_a_mark_is_counted(qtbot, window):
    assert number_of(window, "marks", "none") == "5"
    with qtbot.waitSignal(window.counts.counted):
        window.session.model.put(replace(ROWS[1], decision=Decision(mark=Mark.KEEP)))
    assert number_of(window, "marks", "none") == "4"
    assert number_of(window, "marks", "keep") == "1"


def test_another_order_is_the_same_library(qtbot, window):
    with qtbot.assertNotEmitted(window.counts.counted, wait=2 * COUNT_MS):
        window.pane.sort_by(COLUMN_AT["name"], descending=True)
        window.pane.group_by("folder")
        window.pane.set_filter(window.pane.shown.clip_filter.having("text", "3"))
    assert "4" in window.status._hidden.text()


def test_the_share_of_those_selected_follows_the_filter(qtbot, window):
    window.pane.select_all()
    qtbot.waitUntil(lambda: window.status._selected.text().startswith("5 of 5"))
    window.pane.set_filter(window.pane.shown.clip_filter.having("folders", frozenset({"/fest"})))
    window.session.model.put(rated("/elsewhere/6.mp4", clip_id=6))
    window.pane.set_filter(window.pane.shown.clip_filter.having("folders", frozenset()))
    qtbot.waitUntil(lambda: window.status._selected.text().startswith("5 of 6"))
