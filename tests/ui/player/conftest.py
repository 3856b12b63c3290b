"""A player's panel in a window, whose decoder makes its frames itself."""

import numpy as np
import pytest
from PySide6.QtWidgets import QMainWindow

from footage_sorter.ui.player.panel import PlayerPanel
from tests.helpers.playbacks import playback_of


def frame_at(clip, time_s, max_px):
    """White on the left, black on the right: something for every overlay."""
    picture = np.zeros((18, 32, 3), np.uint8)
    picture[:, :16] = 255
    return picture


@pytest.fixture
def window(qtbot):
    window = QMainWindow()
    window.setCentralWidget(PlayerPanel([playback_of(frame_at)]))
    qtbot.addWidget(window)
    window.resize(400, 640)
    window.show()
    yield window
    assert window.centralWidget().shutdown()


@pytest.fixture
def player(window):
    return window.centralWidget()
