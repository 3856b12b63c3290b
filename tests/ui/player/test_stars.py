"""Stars: without a clip they step back, as the buttons beside them do."""

import pytest
from PySide6.QtWidgets import QApplication

from footage_sorter.ui.look import theme
from footage_sorter.ui.look.theme import DARK, LIGHT
from footage_sorter.ui.player.facts import Stars


@pytest.fixture(params=[DARK, LIGHT], ids=["dark", "light"])
def wearing(request, qapp):
    before, sheet = qapp.palette(), qapp.styleSheet()
    theme.apply(qapp, request.param)
    yield
    qapp.setPalette(before)
    qapp.setStyleSheet(sheet)


def contrast(widget):
    """How far the strongest pixel is from the ground, 0-255."""
    shown = widget.grab().toImage()
    values = [
        shown.pixelColor(x, y).lightness()
        for x in range(shown.width())
        for y in range(shown.height())
    ]
    return max(values) - min(values)


@pytest.mark.usefixtures("wearing")
def test_without_a_clip_they_step_back(qtbot):
    stars = Stars()
    qtbot.addWidget(stars)
    enabled = contrast(stars)
    stars.setEnabled(False)
    QApplication.sendPostedEvents()
    assert 0 < contrast(stars) < 0.75 * enabled
