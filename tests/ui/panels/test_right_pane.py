"""The right pane: the picture as large as it can be, and what is said of it below."""

import pytest

from footage_sorter.ui.panels.right_pane import RightPane
from footage_sorter.ui.session.session import Session

# What Qt's display without a screen says of every window.
pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints", "No RHI backend", "pa_context_connect", extend=True
)


@pytest.fixture
def pane(qtbot, core):
    session = Session(core)
    made = RightPane(session)
    qtbot.addWidget(made)
    made.show()
    yield made
    assert made.shutdown()
    session.shutdown()


def test_a_high_pane_gives_the_picture_no_bars_and_the_rest_to_the_panels(pane):
    pane.resize(720, 1300)
    view = pane.player.view
    assert view.height() == pytest.approx(view.width() * 9 / 16, abs=1)
    assert pane.tabs.height() > 500


@pytest.mark.parametrize("height", [560, 640, 700])
def test_a_low_pane_keeps_both_in_sight(pane, height):
    pane.resize(400, height)
    assert pane.player.view.height() >= 90
    assert pane.tabs.height() >= height // 4
