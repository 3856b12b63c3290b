"""Pictures come for what is visible; what nobody sees any more is not made."""

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtGui import QColor, QImage

from footage_sorter.domain.clip import Clip, ClipId, ContentId, FileStamp
from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.ui.session.pictures import Kind, Pictures


def clip(n):
    return Clip(ClipId(n), Path(f"/f/{n}.mp4"), FileStamp(1, 1), content=ContentId(f"{n:032x}"))


class Maker:
    """Makes a picture for every clip, noting which; waits at a gate."""

    def __init__(self, folder):
        self.made = []
        self.gate = Event()
        self.path = folder / "picture.png"
        image = QImage(16, 9, QImage.Format.Format_RGB32)
        image.fill(QColor("#808080"))
        image.save(str(self.path))

    def __call__(self, clip):
        self.gate.wait(5)
        self.made.append(int(clip.id))
        if clip.id == 13:
            raise ClipError(clip.path, Why.DAMAGED)
        return self.path


@pytest.fixture
def maker(tmp_path):
    return Maker(tmp_path)


@pytest.fixture
def pictures(maker):
    pool = QThreadPool()
    pool.setMaxThreadCount(1)
    found = Pictures(maker, maker, pool)
    yield found
    found.shutdown()
    maker.gate.set()
    assert pool.waitForDone(5000)


def test_a_picture_arrives_and_is_kept(qtbot, pictures, maker):
    maker.gate.set()
    with qtbot.waitSignal(pictures.arrived, timeout=5000) as told:
        pictures.request([clip(1)])
    assert told.args == [1]
    assert pictures.get(clip(1)).width() == 16
    pictures.request([clip(1)])
    qtbot.wait(50)  # nothing must come
    assert maker.made == [1]


def test_a_new_wish_voids_the_old_one(qtbot, pictures, maker):
    pictures.request([clip(n) for n in range(1, 9)])
    pictures.request([clip(9)])
    maker.gate.set()
    qtbot.waitUntil(lambda: pictures.get(clip(9)) is not None, timeout=5000)
    assert len(maker.made) <= 2  # one may have been begun
    assert maker.made[-1] == 9


def test_a_hovered_strip_goes_first(qtbot, pictures, maker):
    pictures.request([clip(n) for n in range(1, 6)])
    pictures.request([clip(7)], Kind.STRIP)
    maker.gate.set()
    qtbot.waitUntil(lambda: pictures.get(clip(5)) is not None, timeout=5000)
    assert maker.made.index(7) <= 1
    assert set(maker.made) == {1, 2, 3, 4, 5, 7}


def test_a_clip_without_a_picture_is_asked_once(qtbot, pictures, maker):
    maker.gate.set()
    pictures.request([clip(13), clip(2)])
    qtbot.waitUntil(lambda: pictures.get(clip(2)) is not None, timeout=5000)
    pictures.request([clip(13)])
    qtbot.wait(50)  # nothing must come
    assert maker.made == [13, 2]
    assert pictures.get(clip(13)) is None


def test_after_the_end_nothing_is_begun(qtbot, pictures, maker):
    maker.gate.set()
    pictures.shutdown()
    pictures.request([clip(1)])
    qtbot.wait(50)  # nothing must come
    assert maker.made == []
