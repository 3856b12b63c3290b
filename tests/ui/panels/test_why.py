"""Why: it is made anew where something else is to be explained, and only there."""

from dataclasses import replace

import numpy as np
import pytest

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.limits import STAGE
from footage_sorter.ui.panels.why import WhyPanel
from tests.helpers.rows import LIMITS, rated

# What Qt's display without a screen says of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def why(qtbot):
    panel = WhyPanel(lambda *_: np.zeros((9, 16, 3), np.uint8))
    qtbot.addWidget(panel)
    panel.show()
    yield panel
    assert panel.shutdown()


@pytest.mark.parametrize(
    ("change", "anew"),
    [
        ({"decision": Decision(mark=Mark.KEEP, stars=3, note="x", in_s=1.0, out_s=2.0)}, False),
        ({"damage": "torn"}, True),
        ({"for_you": 71}, True),
        ({"rating": None}, True),
    ],
)
def test_a_mark_leaves_the_panel_as_it_is_and_all_else_is_explained_anew(why, change, anew):
    row = rated(over={Flag.BLURRY: range(8)})
    why.show_row(row, LIMITS)
    page = why.widget()
    why.show_row(replace(row, **change), LIMITS)
    assert (why.widget() is not page) == anew


def test_other_limits_are_explained_to_the_same_row(why):
    row = rated(over={Flag.BLURRY: range(8)})
    why.show_row(row, LIMITS)
    page = why.widget()
    why.show_row(row, STAGE)
    assert why.widget() is not page
