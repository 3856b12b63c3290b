"""Playback by the program's own decoder: whatever can be rated can be seen.

No sound. A single frame is fetched where a person goes; what plays is decoded forward, a few frames
ahead. Time runs true: where the decoder is too slow, frames are left out.
"""

from math import floor

from PySide6.QtCore import QElapsedTimer, QObject, QThreadPool, QTimer
from PySide6.QtGui import QImage

from footage_sorter.domain.clip import Clip
from footage_sorter.ui.player.fetch import FrameAt, FrameFetcher
from footage_sorter.ui.player.playback import Playback, Shown
from footage_sorter.ui.player.stream import FramesFrom, FrameStream

MAX_PX = 960
"""Long side of a frame in the player."""

TICK_MS = 8
"""How often the clock asks whether the next frame is due: half a frame at 60 a second."""

BEHIND_S = 1.5
"""A decoder that is so late begins anew where the clock is."""


class FramePlayback(Playback):
    """Plays a clip as a row of frames."""

    def __init__(
        self, frame_at: FrameAt, frames_from: FramesFrom, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._frames_from = frames_from
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)  # a stream that lets go, and the next one
        self._stream: FrameStream | None = None
        self._fetcher = FrameFetcher(frame_at, self)
        self._fetcher.arrived.connect(self._on_arrived)
        self._clip: Clip | None = None
        self._generation = 0  # tells a frame of this clip from a late one of the last
        self._waiting = False  # for the first frame of a stream
        self._frame_s = 0.04
        self._position_s = 0.0
        self._rate = 1.0
        self._clock = QElapsedTimer()
        self._clock_from_s = 0.0
        self._ticks = QTimer(self, interval=TICK_MS)
        self._ticks.timeout.connect(self._tick)

    def load(self, clip: Clip, at_s: float) -> None:
        """Playback."""
        self.unload()
        if clip.media is None:
            self.failed.emit("")
            return
        self._clip = clip
        self._frame_s = float(1 / clip.media.frame_rate)
        self.seek(at_s)

    def play(self, rate: float) -> None:
        """Playback."""
        if self._clip is None:
            return
        self._rate = rate
        self._start_clock()
        if self._stream is None:
            self._begin_stream()
        self._ticks.start()

    def pause(self) -> None:
        """Playback. The stream waits, full, and goes on from here."""
        self._ticks.stop()

    def seek(self, time_s: float) -> None:
        """Playback."""
        if self._clip is None:
            return
        self._position_s = self._frame_start_s(min(max(0.0, time_s), self._last_s()))
        self._start_clock()
        self._end_stream()
        if self._ticks.isActive():
            self._begin_stream()
        else:
            self._ask()

    def set_volume(self, volume: float) -> None:
        """Playback: there is no sound to set."""

    def unload(self) -> None:
        """Playback."""
        self.pause()
        self._end_stream()
        self._generation += 1
        self._clip = None
        self._fetcher.forget()

    def shutdown(self) -> bool:
        """Playback."""
        self.unload()
        return all([self._fetcher.shutdown(), self._pool.waitForDone(5000)])

    def _begin_stream(self) -> None:
        """Decode forward from where the clip stands."""
        assert self._clip is not None
        self._end_stream()
        self._waiting = True
        self._start_clock()
        start_s = self._position_s
        self._stream = FrameStream(self._frames_from, self._clip, start_s, MAX_PX, self._pool)

    def _end_stream(self) -> None:
        if self._stream is not None:
            self._stream.stop()
            self._stream = None

    def _start_clock(self) -> None:
        self._clock.start()
        self._clock_from_s = self._position_s

    def _last_s(self) -> float:
        """A time inside the last frame."""
        assert self._clip is not None
        assert self._clip.media is not None
        return max(0.0, self._clip.media.duration_s - self._frame_s / 2)

    def _frame_start_s(self, time_s: float) -> float:
        """Where the frame at `time_s` begins, by the clip's rate: so that steps are frames."""
        return floor(time_s / self._frame_s + 1e-3) * self._frame_s

    def _tick(self) -> None:
        """Show the frame that is due, where it has come; the clock waits for the first one."""
        stream = self._stream
        assert stream is not None
        if self._waiting and stream.next_s is None and not stream.over:
            self._start_clock()
            return
        self._waiting = False
        due_s = self._clock_from_s + self._rate * self._clock.elapsed() / 1000
        found = stream.take(due_s)
        if found is not None:
            self._position_s, image = found
            self.shown.emit(Shown(image, self._position_s, self._position_s + self._frame_s))
        elif stream.next_s is not None:
            return
        elif due_s >= self._last_s() and stream.over:
            self._end_stream()
            self.pause()
            self.ended.emit()
        elif due_s - self._position_s > BEHIND_S:
            # Too slow, or it broke off: what lies further on may decode.
            self._position_s = min(due_s, self._last_s())
            self._begin_stream()

    def _ask(self) -> None:
        assert self._clip is not None
        key = (self._generation, self._position_s)
        self._fetcher.forget()  # a newer position makes the waiting one worthless
        inside_s = self._position_s + self._frame_s / 4  # timestamps in files are rounded
        self._fetcher.fetch(key, self._clip, inside_s, MAX_PX)

    def _on_arrived(self, key: tuple[int, float], image: QImage) -> None:
        generation, time_s = key
        if generation != self._generation:
            return
        if self._ticks.isActive() and not self._waiting:
            return  # fetched before it played: the stream has gone on
        if image.isNull():
            self.failed.emit("")
        else:
            self.shown.emit(Shown(image, time_s, time_s + self._frame_s))
