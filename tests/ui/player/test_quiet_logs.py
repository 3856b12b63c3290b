"""A clip that Qt's FFmpeg has much to say about leaves the terminal to the program."""

import pytest

from footage_sorter.ui.player import media as player_media
from tests.helpers.clips import Shot, cut, film
from tests.helpers.command import Ended, run_python

PLAY = """
import sys
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from footage_sorter.ui.player.quiet_logs import quiet_terminal
from footage_sorter.ui.player.media import open_media
from tests.helpers.reading import clip_of
from pathlib import Path
quiet_terminal()
app = QApplication([])
media = open_media()
media.load(clip_of(Path(sys.argv[1])), 0.0)
media.play(1.0)
loop = QEventLoop()
QTimer.singleShot(1500, loop.quit)
loop.exec()
media.shutdown()
"""


@pytest.mark.skipif(bool(player_media.MISSING), reason=player_media.MISSING)
def test_nothing_is_written_of_a_damaged_clip(tmp_path):
    whole = film(tmp_path / "a.ts", Shot(seconds=2))
    clip = cut(whole, tmp_path / "cut.ts", 0.6)
    assert run_python(PLAY, clip) == Ended(0, "", "")
