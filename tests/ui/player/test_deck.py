"""The deck: shuttle, steps, ranges, loop and quick switching, over a decoder of single frames."""

import time
from itertools import pairwise
from threading import Event
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtGui import QImage

from footage_sorter.domain.clip import Clip
from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.domain.rating import Segment
from footage_sorter.ui.player.deck import Deck
from footage_sorter.ui.player.frames import FramePlayback
from footage_sorter.ui.player.playback import Playback, Shown, Way
from tests.helpers.rows import media, rated

FRAME_S = 0.04


class Decoder:
    """Gives grey frames and remembers what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, float]] = []
        self.gate = Event()
        self.gate.set()
        self.broken: set[str] = set()

    def __call__(self, clip: Clip, time_s: float, max_px: int):
        self.asked.append((clip.path.name, time_s))
        assert self.gate.wait(10)
        if clip.path.name in self.broken:
            raise ClipError(clip.path, Why.DAMAGED)
        return np.full((9, 16, 3), int(time_s) % 256, np.uint8)

    def onward(self, clip: Clip, start_s: float, max_px: int, cancel: Event):
        for number in range(round(start_s / FRAME_S), round(clip.media.duration_s / FRAME_S)):
            if cancel.is_set():
                return
            yield number * FRAME_S, self(clip, number * FRAME_S, max_px)


def clip(name: str, duration_s: float = 10.0, clip_id: int = 1) -> Clip:
    return rated(f"/fest/{name}", facts=media(duration_s), clip_id=clip_id).clip


@pytest.fixture
def at(qtbot):
    decoder = Decoder()
    deck = Deck([FramePlayback(decoder, decoder.onward)])
    shown = []
    deck.shown.connect(shown.append)
    yield SimpleNamespace(deck=deck, decoder=decoder, shown=shown)
    decoder.gate.set()
    assert deck.shutdown()
    deck.deleteLater()


def test_the_first_frame_comes_at_once(qtbot, at):
    with qtbot.waitSignal(at.deck.shown) as shown:
        at.deck.show_clip(clip("a.mp4"))
    assert shown.args[0].start_s == 0.0
    assert at.deck.way is Way.STILL


def test_playing_moves_on_in_real_time_to_the_end_and_stops(qtbot, at):
    at.deck.show_clip(clip("a.mp4", 0.4))
    began = time.monotonic()
    at.deck.play()
    qtbot.waitUntil(lambda: at.deck.way is Way.STILL, timeout=3000)
    assert time.monotonic() - began >= 0.36
    starts = [one.start_s for one in at.shown]
    assert starts == sorted(starts)
    assert len(set(starts)) >= 4


def test_steps_go_by_the_frame_that_is_shown(qtbot, at):
    at.deck.show_clip(clip("a.mp4"))
    at.deck.seek(2.0)
    qtbot.waitUntil(lambda: bool(at.shown) and at.shown[-1].start_s == 2.0)
    for frames, expected in ((1, 2.04), (1, 2.08), (-1, 2.04), (-1, 2.0)):
        count = len(at.shown)
        at.deck.step(frames)
        qtbot.waitUntil(lambda count=count: len(at.shown) > count)
        assert at.shown[-1].start_s == pytest.approx(expected)


def test_of_many_seeks_the_decoder_does_few_and_the_last_one_shows(qtbot, at):
    at.deck.show_clip(clip("a.mp4"))
    qtbot.waitUntil(lambda: bool(at.shown))
    at.decoder.asked.clear()
    at.decoder.gate.clear()
    for tenths in range(100):
        at.deck.seek(tenths / 10)
    at.decoder.gate.set()
    qtbot.waitUntil(lambda: at.shown[-1].start_s == pytest.approx(9.9, abs=0.04))
    assert len(at.decoder.asked) <= 3


def test_clips_that_are_passed_quickly_are_not_opened(qtbot, at):
    names = [f"{number}.mp4" for number in range(30)]
    for number, name in enumerate(names):
        at.deck.show_clip(clip(name, clip_id=number))
    qtbot.waitUntil(lambda: "29.mp4" in [name for name, _ in at.decoder.asked])
    assert {name for name, _ in at.decoder.asked} == {"0.mp4", "29.mp4"}


def test_a_late_frame_of_the_last_clip_is_not_shown(qtbot, at):
    at.decoder.gate.clear()
    at.deck.show_clip(clip("slow.mp4"))
    qtbot.waitUntil(lambda: bool(at.decoder.asked))
    time.sleep(0.13)  # passing is over: the next clip opens at once
    at.deck.show_clip(clip("next.mp4", clip_id=2))
    at.deck.seek(7.0)
    at.decoder.gate.set()
    qtbot.waitUntil(lambda: bool(at.shown))
    assert at.shown[0].start_s == 7.0


def test_ranges_play_in_turn_and_say_when_they_are_done(qtbot, at):
    at.deck.show_clip(clip("a.mp4"))
    with qtbot.waitSignal(at.deck.ranges_ended, timeout=5000):
        at.deck.play_ranges((Segment(1.0, 1.2), Segment(6.0, 6.2)))
    starts = [one.start_s for one in at.shown if one.start_s > 0]
    assert all(1.0 <= start < 1.25 or 6.0 <= start < 6.25 for start in starts)
    assert {1, 6} <= {int(start) for start in starts}
    assert at.deck.way is Way.STILL


def test_a_loop_repeats_the_chosen_range_until_it_is_stopped(qtbot, at):
    at.deck.show_clip(clip("a.mp4"))
    at.deck.set_bounds(Segment(3.0, 3.2))
    at.deck.set_loop(loop=True)
    at.deck.seek(3.0)
    at.deck.play()

    def rounds() -> int:
        starts = [one.start_s for one in at.shown]
        return sum(b < a for a, b in pairwise(starts))

    qtbot.waitUntil(lambda: rounds() >= 2, timeout=5000)
    assert at.deck.way is Way.ON
    assert max(one.start_s for one in at.shown) < 3.3


def test_a_loop_without_a_range_repeats_the_clip(qtbot, at):
    at.deck.show_clip(clip("a.mp4", 0.3))
    at.deck.set_loop(loop=True)
    at.deck.play()
    qtbot.waitUntil(lambda: [one.start_s for one in at.shown].count(0.0) >= 3, timeout=5000)
    assert at.deck.way is Way.ON


def test_the_shuttle_goes_faster_with_each_press_and_back(qtbot, at):
    at.deck.show_clip(clip("a.mp4", 60.0))
    at.deck.seek(30.0)
    for _ in range(3):
        at.deck.shuttle(Way.ON)
    began = time.monotonic()
    qtbot.waitUntil(lambda: at.deck.position_s > 32.0, timeout=5000)
    assert time.monotonic() - began < 1.5  # four times real time
    at.deck.shuttle(Way.BACK)
    turned_s = at.deck.position_s
    qtbot.waitUntil(lambda: at.deck.position_s < turned_s - 0.2, timeout=5000)
    assert at.deck.way is Way.BACK
    at.deck.shuttle(Way.STILL)
    assert at.deck.way is Way.STILL


def test_going_back_stops_at_the_start(qtbot, at):
    at.deck.show_clip(clip("a.mp4"))
    at.deck.seek(0.2)
    at.deck.shuttle(Way.BACK)
    qtbot.waitUntil(lambda: at.deck.way is Way.STILL, timeout=5000)
    assert at.deck.position_s == 0.0


def test_a_clip_that_no_playback_can_show_is_said(qtbot, at):
    at.decoder.broken = {"bad.mp4"}
    with qtbot.waitSignal(at.deck.unplayable):
        at.deck.show_clip(clip("bad.mp4"))


class Refusing(Playback):
    """Plays nothing, as Qt where the system lacks a codec."""

    def load(self, clip: Clip, at_s: float) -> None:
        self.failed.emit("no decoder")

    def play(self, rate: float) -> None:
        raise AssertionError("nothing was loaded")

    def pause(self) -> None: ...

    def seek(self, time_s: float) -> None: ...

    def set_volume(self, volume: float) -> None: ...

    def unload(self) -> None: ...

    def shutdown(self) -> bool:
        return True


def test_what_the_first_playback_refuses_the_decoder_shows(qtbot):
    decoder = Decoder()
    deck = Deck([Refusing(), FramePlayback(decoder, decoder.onward)])
    with qtbot.waitSignals([deck.shown, deck.by_frames]):
        deck.show_clip(clip("odd.mkv"))
    deck.play()
    qtbot.waitUntil(lambda: deck.position_s > 0.1)
    assert deck.shutdown()
    deck.deleteLater()


class Slow(Refusing):
    """Loads anything and counts seeks; shows a frame only when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.seeks: list[float] = []

    def load(self, clip: Clip, at_s: float) -> None: ...

    def seek(self, time_s: float) -> None:
        self.seeks.append(time_s)

    def show(self) -> None:
        self.shown.emit(Shown(QImage(), self.seeks[-1], self.seeks[-1] + FRAME_S))


def test_a_playback_is_asked_for_one_seek_at_a_time_and_then_for_the_newest(qtbot):
    slow = Slow()
    deck = Deck([slow])
    deck.show_clip(clip("a.mp4"))
    for tenths in range(50):
        deck.seek(tenths / 10)
    assert slow.seeks == [0.0]
    slow.show()
    assert slow.seeks == [0.0, 4.9]
    deck.seek(2.0)
    qtbot.waitUntil(lambda: slow.seeks[-1] == 2.0)  # the frame never came: patience ends
    assert deck.shutdown()
    deck.deleteLater()


def test_a_released_clip_is_decoded_no_more(qtbot, at):
    at.deck.show_clip(clip("a.mp4"))
    at.deck.play()
    qtbot.waitUntil(lambda: len(at.shown) > 2)
    at.deck.release()
    assert at.deck.clip is None
    qtbot.wait(60)
    count = len(at.decoder.asked)
    qtbot.wait(120)
    assert len(at.decoder.asked) == count


def test_the_pace_is_told_with_its_direction(qtbot, at):
    paces = []
    at.deck.paced.connect(paces.append)
    at.deck.show_clip(clip("a.mp4", 60.0))
    at.deck.seek(30.0)
    qtbot.waitUntil(lambda: bool(at.shown))
    for way in (Way.ON, Way.ON, Way.ON, Way.ON, Way.BACK, Way.BACK, Way.STILL):
        at.deck.shuttle(way)
    assert paces == [1.0, 2.0, 4.0, -1.0, -2.0, 0.0]
    at.deck.set_rate(0.5)
    at.deck.play()
    at.deck.shuttle(Way.ON)
    at.deck.set_rate(0.25)  # chosen while it shuttles: that is how fast it goes
    assert paces[6:] == [0.5, 2.0, 0.25]
    at.deck.release()
    assert paces[9:] == [0.0]


def test_a_loop_begins_again_as_fast_as_it_went(qtbot, at):
    at.deck.show_clip(clip("a.mp4", 0.6))
    at.deck.set_loop(loop=True)
    for _ in range(3):
        at.deck.shuttle(Way.ON)
    rates = []
    play = at.deck._playback.play
    at.deck._playback.play = lambda rate: (rates.append(rate), play(rate))
    qtbot.waitUntil(lambda: len(rates) >= 2, timeout=5000)
    assert set(rates) == {4.0}
    assert at.deck.pace == 4.0


@pytest.mark.parametrize(
    ("at_s", "act", "edge"),
    [
        (0.0, lambda deck: deck.shuttle(Way.BACK), Way.BACK),
        (0.0, lambda deck: deck.step(-1), Way.BACK),
        (9.98, lambda deck: deck.shuttle(Way.ON), Way.ON),
        (9.98, lambda deck: deck.step(1), Way.ON),
    ],
)
def test_where_there_is_nothing_more_it_stands_and_says_so(qtbot, at, at_s, act, edge):
    at.deck.show_clip(clip("a.mp4"))
    at.deck.seek(at_s)
    qtbot.waitUntil(
        lambda: bool(at.shown) and at.shown[-1].start_s == pytest.approx(at_s, abs=0.03)
    )
    ways, asked = [], len(at.decoder.asked)
    at.deck.way_changed.connect(ways.append)
    with qtbot.waitSignal(at.deck.edge) as told:
        act(at.deck)
    assert told.args == [edge]
    assert (ways, at.deck.pace, len(at.decoder.asked)) == ([], 0.0, asked)


def test_a_clip_that_played_to_its_end_is_at_its_end(qtbot, at):
    """Also where its last frame ends before the file does."""
    at.deck.show_clip(clip("a.mp4", 0.42))
    at.deck.play()
    qtbot.waitUntil(lambda: at.deck.way is Way.STILL, timeout=3000)
    with qtbot.waitSignal(at.deck.edge):
        at.deck.shuttle(Way.ON)
    at.deck.play()
    assert at.deck.position_s == 0.0
    at.deck.pause()


def test_what_lies_after_the_out_point_can_be_played(qtbot, at):
    at.deck.show_clip(clip("a.mp4"))
    at.deck.set_bounds(Segment(1.0, 2.0))
    at.deck.seek(5.0)
    qtbot.waitUntil(lambda: bool(at.shown) and at.shown[-1].start_s == 5.0)
    at.deck.play()
    qtbot.waitUntil(lambda: at.deck.position_s > 5.05)


def test_ranges_that_are_played_once_heed_no_loop(qtbot, at):
    at.deck.show_clip(clip("a.mp4"))
    at.deck.set_loop(loop=True)
    with qtbot.waitSignal(at.deck.ranges_ended, timeout=5000):
        at.deck.play_ranges((Segment(1.0, 1.2), Segment(6.0, 6.2)))
    with qtbot.waitSignal(at.deck.ranges_ended, timeout=5000):
        at.deck.play_ranges((Segment(1.0, 1.2),), once=True)


def test_the_playhead_is_where_the_frame_on_the_screen_begins(qtbot, at):
    at.deck.show_clip(clip("a.mp4"))
    at.deck.seek(2.03)
    qtbot.waitUntil(lambda: bool(at.shown) and at.shown[-1].start_s == 2.0)
    assert at.deck.frame_start_s == 2.0
    at.deck.seek(4.0)
    assert at.deck.frame_start_s == 4.0  # its frame is on the way
