"""A player's panel in a window, whose decoder makes its frames itself."""

import numpy as np
import pytest
from PySide6.QtWidgets import QMainWindow

from footage_sorter.ui.player.frames import FramePlayback
from footage_sorter.ui.player.panel import PlayerPanel


def frame_at(clip, time_s, max_px):
    """White on the left, black on the right: something for every overlay."""
    picture = np.zeros((18, 32, 3), np.uint8)
    picture[:, :16] = 255
    return picture


def frames_from(clip, start_s, max_px, cancel):
    for number in range(round(25 * start_s), round(25 * clip.media.duration_s)):
        if cancel.is_set():
            return
        yield number / 25, frame_at(clip, number / 25, max_px)


@pytest.fixture
def window(qtbot):
    window = QMainWindow()
    window.setCentralWidget(PlayerPanel([FramePlayback(frame_at, frames_from)]))
    qtbot.addWidget(window)
    window.resize(400, 640)
    window.show()
    yield window
    assert window.centralWidget().shutdown()


@pytest.fixture
def player(window):
    return window.centralWidget()
