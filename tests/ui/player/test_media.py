"""Playback by Qt's multimedia, on clips that were really encoded. Needs no sound hardware."""

import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from footage_sorter.domain.clip import Clip, ClipId, FileStamp
from footage_sorter.media.playback import frames_from
from footage_sorter.media.probe import probe
from footage_sorter.media.stills import frame_at
from footage_sorter.ui.player import media as player_media
from footage_sorter.ui.player.deck import Deck
from footage_sorter.ui.player.fetch import pixels_of
from footage_sorter.ui.player.media import MediaPlayback
from footage_sorter.ui.player.panel import open_playbacks
from footage_sorter.ui.player.playback import Way
from tests.helpers.clips import Encoding, Shot, film

pytestmark = [
    pytest.mark.skipif(bool(player_media.MISSING), reason=player_media.MISSING),
    # What Qt says of a machine without a sound card or a graphics card.
    pytest.mark.qt_log_ignore("PulseAudio", "audio device", "RHI", extend=True),
]


def read(path) -> Clip:
    stat = path.stat()
    return Clip(ClipId(1), path, FileStamp(stat.st_size, stat.st_mtime_ns), media=probe(path))


@pytest.fixture
def deck(qtbot):
    deck = Deck(open_playbacks(frame_at, frames_from))
    yield deck
    assert deck.shutdown()
    deck.deleteLater()


def test_the_first_frame_is_the_clips_first(qtbot, deck, tmp_path):
    clip = read(film(tmp_path / "a.mp4", Shot(pan_px_s=40)))
    with qtbot.waitSignal(deck.shown, timeout=10_000) as shown:
        deck.show_clip(clip)
    frame = shown.args[0]
    assert frame.start_s == pytest.approx(0.0, abs=0.001)
    wanted = frame_at(clip, 0.0, 320).astype(int)
    assert np.abs(pixels_of(frame.image).astype(int) - wanted).mean() < 6
    assert isinstance(deck._playback, MediaPlayback)


def test_steps_go_frame_by_frame_both_ways(qtbot, deck, tmp_path):
    clip = read(film(tmp_path / "a.mp4", Shot(seconds=1)))
    starts = []
    deck.shown.connect(lambda shown: starts.append(round(shown.start_s * 30)))
    deck.show_clip(clip)
    qtbot.waitUntil(lambda: starts == [0], timeout=10_000)
    for frames in (1, 1, 1, -1, -1):
        count = len(starts)
        deck.step(frames)
        qtbot.waitUntil(lambda count=count: len(starts) > count, timeout=5000)
    assert starts == [0, 1, 2, 3, 2, 1]


def test_steps_go_by_the_timestamps_of_a_variable_rate(qtbot, deck, tmp_path):
    times_s = [0.0, 0.02, 0.1, 0.13, 0.4, 0.44, 0.5, 0.9, 1.0, 1.05]
    path = film(tmp_path / "v.mkv", Shot(seconds=len(times_s) / 30), times_s=times_s)
    starts = []
    deck.shown.connect(lambda shown: starts.append(shown.start_s))
    deck.show_clip(read(path))
    qtbot.waitUntil(lambda: len(starts) == 1, timeout=10_000)
    for _ in range(5):
        count = len(starts)
        deck.step(1)
        qtbot.waitUntil(lambda count=count: len(starts) > count, timeout=5000)
    assert starts == pytest.approx(times_s[:6], abs=0.002)


def test_it_plays_to_the_end_and_from_the_start_again(qtbot, deck, tmp_path):
    deck.show_clip(read(film(tmp_path / "a.mp4", Shot(seconds=0.5))))
    for _ in range(2):
        with qtbot.waitSignal(
            deck.way_changed, timeout=10_000, check_params_cb=lambda way: way is Way.STILL
        ):
            deck.play()
        assert deck.frame is not None
        assert deck.frame.start_s > 0.3


def test_a_clip_that_has_ended_can_be_scrubbed(qtbot, deck, tmp_path):
    deck.show_clip(read(film(tmp_path / "a.mp4", Shot(seconds=0.5))))
    with qtbot.waitSignal(
        deck.way_changed, timeout=10_000, check_params_cb=lambda way: way is Way.STILL
    ):
        deck.play()
    shown = []
    deck.shown.connect(lambda one: shown.append(one.start_s))
    qtbot.wait(200)
    assert (shown, deck.position_s) == ([], pytest.approx(14 / 30, abs=0.002))
    for time_s in (0.11, 0.31, 0.0):
        shown.clear()
        deck.seek(time_s)
        qtbot.waitUntil(lambda: bool(shown), timeout=5000)
        qtbot.wait(100)
        assert shown == [pytest.approx(time_s, abs=1 / 30)]
    assert deck.way is Way.STILL


@pytest.mark.parametrize("go_on", [lambda deck: deck.step(-1), lambda deck: deck.shuttle(Way.BACK)])
def test_an_ended_clip_goes_back_from_its_end(qtbot, deck, tmp_path, go_on):
    deck.show_clip(read(film(tmp_path / "a.mp4", Shot(seconds=0.5))))
    with qtbot.waitSignal(
        deck.way_changed, timeout=10_000, check_params_cb=lambda way: way is Way.STILL
    ):
        deck.play()
    with qtbot.waitSignal(deck.shown, timeout=5000) as first:
        go_on(deck)
    assert first.args[0].start_s > 0.3


def test_a_turned_clip_stands_upright(qtbot, deck, tmp_path):
    path = film(tmp_path / "t.mp4", Shot(seconds=0.5), encoding=Encoding(rotation_deg=90))
    with qtbot.waitSignal(deck.shown, timeout=10_000) as shown:
        deck.show_clip(read(path))
    size = shown.args[0].image.size()
    assert size.height() > size.width()


def test_a_name_of_undecodable_bytes_is_shown_by_the_decoder(qtbot, deck, tmp_path):
    plain = film(tmp_path / "a.mp4", Shot(seconds=0.5))
    odd = tmp_path / os.fsdecode(b"caf\xe9\n.mp4")
    plain.rename(odd)
    with qtbot.waitSignal(deck.shown, timeout=10_000):
        deck.show_clip(read(odd))
    assert not isinstance(deck._playback, MediaPlayback)


def test_a_released_file_is_open_no_more(qtbot, deck, tmp_path):
    path = film(tmp_path / "a.mp4", Shot(seconds=0.5))
    with qtbot.waitSignal(deck.shown, timeout=10_000):
        deck.show_clip(read(path))
    assert path in open_files()
    deck.release()
    qtbot.waitUntil(lambda: path not in open_files(), timeout=5000)


def test_switching_never_holds_up_the_window(qtbot, deck, tmp_path):
    clips = [read(film(tmp_path / f"{n}.mp4", Shot(seconds=1, seed=n))) for n in range(6)]
    calls_ms, shown = [], []
    deck.shown.connect(lambda one: shown.append(deck.clip))
    for number in range(12):
        began = time.perf_counter()
        deck.show_clip(clips[number % 6])
        deck.play()
        calls_ms.append(1000 * (time.perf_counter() - began))
        qtbot.waitUntil(lambda number=number: clips[number % 6] in shown[-1:], timeout=10_000)
    assert max(calls_ms) < 250  # 2 ms on an idle machine; this one may be busy


def open_files():
    folder = Path("/proc/self/fd")
    if not folder.exists():
        pytest.skip("the system does not list open files")
    found = set()
    for one in folder.iterdir():
        try:
            found.add(one.readlink())
        except FileNotFoundError:
            continue
    return found


STOP = """
import sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QObject, Qt, QThread, Slot
from PySide6.QtWidgets import QApplication
from footage_sorter.ui.player.media import open_media
from tests.helpers.reading import clip_of

class Elsewhere(QObject):
    calls = 0

    @Slot()
    def note(self):
        Elsewhere.calls += 1

app = QApplication([])
thread, elsewhere = QThread(), Elsewhere()
elsewhere.moveToThread(thread)
thread.start()
media = open_media()
# Each of these calls waits until the other thread, in Python, has answered.
blocking = Qt.ConnectionType.BlockingQueuedConnection
media._player.playbackStateChanged.connect(elsewhere.note, blocking)
media._player.sourceChanged.connect(elsewhere.note, blocking)
media._player.playbackRateChanged.connect(elsewhere.note, blocking)
media.load(clip_of(Path(sys.argv[1])), 0.0)
loop = QEventLoop()
media.shown.connect(loop.quit)
loop.exec()
media.play(2.0)
media.seek(1.0)
loop.exec()
assert media.shutdown()
thread.quit()
thread.wait()
print(Elsewhere.calls)
"""


def test_what_waits_for_qts_threads_leaves_python_to_them(tmp_path):
    clip = film(tmp_path / "a.mp4", Shot(seconds=2))
    ran = subprocess.run(
        [sys.executable, "-c", STOP, str(clip)],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert int(ran.stdout.split()[-1]) >= 5  # clip, faster, playing, stopped, none
