"""Playback by single frames of the program's own decoder: whatever can be rated can be seen.

No sound. Frames come as fast as the decoder gives them; time runs true and frames are left out.
"""

from math import floor

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtGui import QImage

from footage_sorter.domain.clip import Clip
from footage_sorter.ui.player_fetch import FrameAt, FrameFetcher
from footage_sorter.ui.player_playback import Playback, Shown

MAX_PX = 960
"""Long side of a frame in the player."""

TICK_MS = 15
"""How often the clock asks whether the next frame is due."""


class FramePlayback(Playback):
    """Plays a clip as a row of single frames."""

    def __init__(self, frame_at: FrameAt, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetcher = FrameFetcher(frame_at, self)
        self._fetcher.arrived.connect(self._on_arrived)
        self._clip: Clip | None = None
        self._generation = 0  # tells a frame of this clip from a late one of the last
        self._waiting = False  # a frame is being decoded
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
        self._ticks.start()

    def pause(self) -> None:
        """Playback."""
        self._ticks.stop()

    def seek(self, time_s: float) -> None:
        """Playback."""
        if self._clip is None:
            return
        self._position_s = self._frame_start_s(min(max(0.0, time_s), self._last_s()))
        self._start_clock()
        self._ask()

    def set_volume(self, volume: float) -> None:
        """Playback: there is no sound to set."""

    def unload(self) -> None:
        """Playback."""
        self.pause()
        self._generation += 1
        self._clip = None
        self._waiting = False
        self._fetcher.forget()

    def shutdown(self) -> bool:
        """Playback."""
        self.unload()
        return self._fetcher.shutdown()

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
        due_s = self._clock_from_s + self._rate * self._clock.elapsed() / 1000
        if due_s >= self._last_s():
            self.pause()
            self.ended.emit()
        elif not self._waiting and due_s >= self._position_s + self._frame_s:
            self._position_s = self._frame_start_s(due_s)
            self._ask()

    def _ask(self) -> None:
        assert self._clip is not None
        self._waiting = True
        key = (self._generation, self._position_s)
        self._fetcher.forget()  # a newer position makes the waiting one worthless
        inside_s = self._position_s + self._frame_s / 4  # timestamps in files are rounded
        self._fetcher.fetch(key, self._clip, inside_s, MAX_PX)

    def _on_arrived(self, key: tuple[int, float], image: QImage) -> None:
        generation, time_s = key
        if generation != self._generation:
            return
        if time_s == self._position_s:
            self._waiting = False
        if image.isNull():
            self.failed.emit("")
        else:
            self.shown.emit(Shown(image, time_s, time_s + self._frame_s))
