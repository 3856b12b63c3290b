"""Clips that Qt cannot play, shown by the program's own decoder: every frame, in its time."""

import time
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import QThreadPool

from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.media.playback import frames_from
from footage_sorter.media.stills import frame_at
from footage_sorter.ui.player.deck import Deck
from footage_sorter.ui.player.frames import FramePlayback
from footage_sorter.ui.player.playback import Way
from footage_sorter.ui.player.stream import AHEAD, FrameStream
from tests.helpers.clips import Shot, film
from tests.helpers.reading import clip_of
from tests.helpers.rows import media, rated

GREY = np.zeros((9, 16, 3), np.uint8)
CLIP = rated("/fest/a.mp4", facts=media(2.0)).clip


def numbers(clip, start_s, max_px, cancel):
    """25 frames a second, without end."""
    number = round(25 * start_s)
    while not cancel.is_set():
        yield number / 25, GREY
        number += 1


@pytest.fixture
def pool():
    pool = QThreadPool()
    yield pool
    assert pool.waitForDone(5000)


def until(holds, timeout_s=5.0):
    end = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_a_stream_decodes_a_few_frames_ahead_and_no_more(pool):
    asked = []

    def counted(*wish):
        for frame in numbers(*wish):
            asked.append(frame[0])
            yield frame

    stream = FrameStream(counted, CLIP, 0.4, 320, pool)
    until(lambda: len(asked) == AHEAD + 1)
    time.sleep(0.05)
    assert len(asked) == AHEAD + 1, "it waits for room"
    assert stream.next_s == 0.4
    assert stream.take(0.3) is None
    assert stream.take(0.5)[0] == 0.48, "earlier ones are left out"
    until(lambda: len(asked) > AHEAD + 1)
    assert not stream.over
    stream.stop()
    assert pool.waitForDone(5000)


def test_a_stream_that_breaks_off_gives_what_it_had(pool):
    def broken(clip, start_s, max_px, cancel):
        yield 0.0, GREY
        raise ClipError(clip.path, Why.DAMAGED)

    stream = FrameStream(broken, CLIP, 0.0, 320, pool)
    assert pool.waitForDone(5000)
    assert not stream.over
    assert stream.take(1.0)[0] == 0.0
    assert stream.over


@pytest.fixture
def deck(qtbot):
    deck = Deck([FramePlayback(frame_at, frames_from)])
    yield deck
    assert deck.shutdown()
    deck.deleteLater()


def test_it_plays_smoothly_where_fetching_each_frame_would_stutter(qtbot, deck, tmp_path):
    """One key frame in the clip: to fetch its last frame alone, all before it are decoded."""
    clip = clip_of(film(tmp_path / "a.mp4", Shot(seconds=3, size_px=(640, 360))))
    starts = []
    deck.shown.connect(lambda shown: starts.append(round(shown.start_s * 30)))
    deck.show_clip(clip)
    qtbot.waitUntil(lambda: starts == [0], timeout=10_000)
    deck.play()
    qtbot.waitUntil(lambda: deck.way is Way.STILL, timeout=20_000)
    assert starts == sorted(starts)
    assert starts[-1] == 89, "the last frame is shown"
    assert len(set(starts)) > 45, "most of the 90 frames are, on a machine with other work too"


def test_a_pause_goes_on_where_it_was_and_a_seek_elsewhere(qtbot, deck, tmp_path):
    clip = clip_of(film(tmp_path / "a.mp4", Shot(seconds=4)))
    starts = []
    deck.shown.connect(lambda shown: starts.append(shown.start_s))
    deck.show_clip(clip)
    deck.play()
    qtbot.waitUntil(lambda: len(starts) > 10, timeout=10_000)
    deck.pause()
    at_s = starts[-1]
    qtbot.wait(300)
    assert starts[-1] == at_s, "it stands still"
    deck.play()
    count = len(starts)
    qtbot.waitUntil(lambda: len(starts) > count, timeout=10_000)
    assert starts[count] - at_s < 0.2
    deck.seek(3.0)
    qtbot.waitUntil(lambda: starts[-1] >= 3.0, timeout=10_000)
    after = [one for one in starts[count:] if one > 2.9]
    assert after[0] == pytest.approx(3.0, abs=0.2)


def test_what_breaks_off_goes_on_behind_the_damage(qtbot):
    """The decoder gives up at 0.4 s; what lies 1.5 s further on is fine."""
    begun = []

    def broken(clip, start_s, max_px, cancel: Event):
        begun.append(start_s)
        for time_s, picture in numbers(clip, start_s, max_px, cancel):
            if start_s < 1 < time_s + 0.6 or time_s >= 4:
                return
            yield time_s, picture

    playback = FramePlayback(lambda *_: GREY, broken)
    ended = []
    playback.ended.connect(lambda: ended.append(True))
    playback.load(rated(facts=media(4.0)).clip, 0.0)
    playback.play(2.0)
    qtbot.waitUntil(lambda: bool(ended), timeout=15_000)
    assert len(begun) >= 2
    assert playback.shutdown()
    playback.deleteLater()
