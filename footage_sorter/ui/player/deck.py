"""The deck: what a person does to a clip while looking at it, whoever plays it.

Knows playbacks, time and ranges; knows no widget. Switching is debounced, seeks are gathered (the
newest counts), and a clip that one playback cannot play goes to the next.
"""

from collections import deque
from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from footage_sorter.domain.clip import Clip
from footage_sorter.domain.rating import Segment
from footage_sorter.ui.player.playback import Playback, Shown, Way

DEBOUNCE_MS = 120
"""Clips that are passed faster than this are not opened at all."""

SEEK_PATIENCE_MS = 400
"""A seek that showed no frame by then is given up, so that the next may start."""

REVERSE_TICK_MS = 90

SHUTTLE_RATES = (1.0, 2.0, 4.0)

INSIDE_S = 0.002
"""How far inside a frame a seek aims: playbacks round to milliseconds."""


class Deck(QObject):
    """Plays one clip: shuttle, steps, ranges, loop. GUI thread only.

    Signals:
        shown: A Shown: the frame to put on the screen.
        moved: Position in seconds.
        way_changed: A Way.
        paced: Times normal speed, negative backwards, 0 while it stands still.
        edge: A Way: a person wanted to go on where the clip ends, or back where it begins.
        taken_over: A person went another way than `play_ranges` would.
        ranges_ended: What `play_ranges` was asked for has been played.
        unplayable: No playback can show the clip.
        by_frames: Whether the clip is shown by single frames, without sound.
    """

    shown = Signal(object)
    moved = Signal(float)
    way_changed = Signal(object)
    paced = Signal(float)
    edge = Signal(object)
    taken_over = Signal()
    ranges_ended = Signal()
    unplayable = Signal()
    by_frames = Signal(bool)

    def __init__(self, playbacks: Sequence[Playback], parent: QObject | None = None) -> None:
        """Take over `playbacks`, the preferred one first; the last shows single frames."""
        super().__init__(parent)
        self._playbacks = tuple(playbacks)
        for playback in self._playbacks:
            playback.setParent(self)
            playback.shown.connect(self._on_shown)
            playback.ended.connect(self._on_ended)
            playback.failed.connect(self._on_failed)
        self._at = 0
        self._clip: Clip | None = None
        self._frame: Shown | None = None
        self._position_s = 0.0
        self._way = Way.STILL
        self._rate = 1.0  # what a person chose
        self._shuttle = 0  # place in SHUTTLE_RATES
        self._pace = 0.0
        self._volume = 1.0
        self._loop = False
        self._bounds: Segment | None = None  # in and out
        self._ranges: deque[Segment] = deque()
        self._range: Segment | None = None  # the one that plays
        self._repeats = False  # a loop begins that one again
        self._is_over = False  # it played to its end and stands there
        self._seek_due_s: float | None = None
        self._since_switch = QElapsedTimer()
        self._load_soon = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._load_soon.timeout.connect(self._load)
        self._seeking = QTimer(self, singleShot=True, interval=SEEK_PATIENCE_MS)
        self._seeking.timeout.connect(self._seek_ended)
        self._reverse = QTimer(self, interval=REVERSE_TICK_MS)
        self._reverse.timeout.connect(self._step_back)

    # The clip

    @property
    def clip(self) -> Clip | None:
        """The clip on the deck."""
        return self._clip

    @property
    def position_s(self) -> float:
        """Where the clip stands, in seconds."""
        return self._position_s

    @property
    def frame(self) -> Shown | None:
        """The frame on the screen; None before the first one came."""
        return self._frame

    @property
    def way(self) -> Way:
        """Whether it plays, and which way."""
        return self._way

    @property
    def pace(self) -> float:
        """Times normal speed, negative backwards, 0 while it stands still."""
        return self._pace

    @property
    def frame_start_s(self) -> float:
        """Where the frame on the screen begins; where the clip stands, before that one came."""
        if self._frame is None or self._seeking.isActive():
            return self._position_s
        return self._frame.start_s

    def show_clip(self, clip: Clip | None) -> None:
        """Put a clip on the deck: at once, or soon where clips are passed quickly."""
        self._playback.pause()
        self._forget()
        self._clip, self._position_s = clip, 0.0
        quick = self._since_switch.isValid() and self._since_switch.elapsed() < DEBOUNCE_MS
        self._since_switch.start()
        if quick:
            self._load_soon.start()
        else:
            self._load()

    def release(self) -> None:
        """Let go of the file, so that it can be moved; `show_clip` takes it up again."""
        self._load_soon.stop()
        self._forget()
        self._clip = None
        for playback in self._playbacks:
            playback.unload()

    def shutdown(self) -> bool:
        """Release, and join what works for the deck; False if it did not end in time."""
        self.release()
        joined = [playback.shutdown() for playback in self._playbacks]
        return all(joined)

    # Going

    def toggle(self) -> None:
        """Play, or stand still."""
        if self._way is Way.STILL:
            self.play()
        else:
            self.pause()

    def play(self) -> None:
        """Play on at the chosen rate; from the start where the clip stood at its end."""
        self._shuttle = 0
        if self._is_at(Way.ON):
            self._go(self._start_s())
        self._run(Way.ON, self._rate)

    def pause(self) -> None:
        """Stand still."""
        self._leave_ranges()
        self._stand()

    def shuttle(self, way: Way) -> None:
        """J K L: each press the same way is faster, the other way starts anew."""
        if way is Way.STILL:
            self.pause()
            return
        self._leave_ranges()
        if self._is_at(way):
            if way is Way.BACK or not self._loop:
                self._stand()
                self.edge.emit(way)
                return
            self._go(self._start_s())
        faster = min(self._shuttle + 1, len(SHUTTLE_RATES) - 1)
        self._shuttle = faster if way is self._way else 0
        self._run(way, SHUTTLE_RATES[self._shuttle])

    def seek(self, time_s: float) -> None:
        """Go to a time. Of many in a row only the newest counts."""
        self._leave_ranges()
        self._go(time_s)

    def step(self, frames: int) -> None:
        """Stand still, one frame on (1) or back (-1), by the timestamps of the one shown."""
        self.pause()
        if self._frame is None or self._seeking.isActive():
            return
        way = Way.ON if frames > 0 else Way.BACK
        if self._is_at(way):
            self.edge.emit(way)
            return
        on_s = self._frame.end_s + INSIDE_S
        self._go(on_s if way is Way.ON else max(0.0, self._frame.start_s - 2 * INSIDE_S))

    def set_rate(self, rate: float) -> None:
        """Choose the speed of ordinary playing, > 0."""
        self._rate = rate
        if self._way is Way.ON:
            self._shuttle = 0
            self._run(Way.ON, rate)

    def set_volume(self, volume: float) -> None:
        """Choose the loudness, 0-1."""
        self._volume = volume
        self._playback.set_volume(volume)

    # Ranges

    def set_bounds(self, bounds: Segment | None) -> None:
        """The range that a loop repeats; None: the whole clip."""
        self._bounds = bounds

    def set_loop(self, *, loop: bool) -> None:
        """Whether what plays starts anew at its end."""
        self._loop = loop

    def play_ranges(self, ranges: Sequence[Segment], *, once: bool = False) -> None:
        """Play some ranges of the clip one after another, then stand still at the last one's end.

        A loop repeats a single range, unless it is to be played `once`; several it does not.
        """
        if not ranges:
            self.ranges_ended.emit()
            return
        self._repeats = len(ranges) == 1 and not once
        self._ranges = deque(ranges)
        self._next_range()
        self._run(Way.ON, self._rate)

    # Inside

    @property
    def _playback(self) -> Playback:
        return self._playbacks[self._at]

    def _forget(self) -> None:
        """Drop all that belongs to the clip that was on the deck."""
        self._ranges.clear()
        self._range = self._frame = self._seek_due_s = None
        self._seeking.stop()
        self._reverse.stop()
        self._shuttle = 0
        self._is_over = False
        self._set_way(Way.STILL)

    def _leave_ranges(self) -> None:
        """A person goes another way."""
        self._ranges.clear()
        self._range = None
        self.taken_over.emit()

    def _stand(self) -> None:
        self._shuttle = 0
        self._run(Way.STILL, 0.0)

    def _load(self, at: int = 0) -> None:
        self._load_soon.stop()
        if at != self._at:
            self._playback.unload()
        self._at = at
        if self._clip is None or self._clip.media is None:
            self._playback.unload()
            if self._clip is not None:
                self.unplayable.emit()
            return
        self.by_frames.emit(at == len(self._playbacks) - 1)
        self._playback.set_volume(self._volume)
        self._playback.load(self._clip, self._position_s)

    def _run(self, way: Way, rate: float) -> None:
        if self._clip is None:
            return
        if way is not Way.STILL and self._load_soon.isActive():
            self._load()  # whoever wants to play it has stopped passing it by
        if way is Way.ON:
            self._is_over = False
            self._reverse.stop()
            self._playback.play(rate)
        else:
            self._playback.pause()
            if way is Way.BACK:
                self._reverse.start()
            else:
                self._reverse.stop()
        self._set_way(way, rate)

    def _set_way(self, way: Way, rate: float = 0.0) -> None:
        if way is not self._way:
            self._way = way
            self.way_changed.emit(way)
        if way * rate != self._pace:
            self._pace = way * rate
            self.paced.emit(self._pace)

    def _go(self, time_s: float) -> None:
        if self._clip is None or self._clip.media is None:
            return
        self._is_over = False
        self._position_s = min(max(0.0, time_s), self._clip.media.duration_s)
        self.moved.emit(self._position_s)
        if self._load_soon.isActive():
            return  # the clip will be loaded there
        if self._seeking.isActive():
            self._seek_due_s = self._position_s
            return
        self._seeking.start()
        self._playback.seek(self._position_s)

    def _seek_ended(self) -> None:
        self._seeking.stop()
        if self._seek_due_s is not None:
            time_s, self._seek_due_s = self._seek_due_s, None
            self._go(time_s)

    def _step_back(self) -> None:
        """Play backwards by seeks, as not every backend and codec can."""
        if self._seeking.isActive():
            return
        if self._position_s <= 0:
            self._stand()
            return
        back_s = SHUTTLE_RATES[self._shuttle] * REVERSE_TICK_MS / 1000
        self._go(self._position_s - back_s)

    def _is_at(self, way: Way) -> bool:
        """Whether the clip has nothing more that way."""
        if self._clip is None or self._clip.media is None or self._frame is None:
            return False
        if way is Way.BACK:
            return self.frame_start_s <= 0
        end_s = self._position_s if self._seeking.isActive() else self._frame.end_s
        return self._is_over or end_s >= self._clip.media.duration_s - 1e-3

    def _start_s(self) -> float:
        """Where a clip that has come to its end begins again."""
        return self._bounds.start_s if self._loop and self._bounds is not None else 0.0

    def _next_range(self) -> None:
        self._range = self._ranges.popleft()
        self._go(self._range.start_s)

    def _on_shown(self, shown: Shown) -> None:
        if self.sender() is not self._playback:
            return
        self._frame = shown
        self.shown.emit(shown)
        if self._seeking.isActive():
            self._seek_ended()
            return
        self._position_s = shown.start_s
        self.moved.emit(shown.start_s)
        self._heed_end(shown.end_s)

    def _heed_end(self, end_s: float) -> None:
        """Stop, repeat or go on where what plays has come to its end."""
        plays = self._range or (self._bounds if self._loop else None)
        if self._way is Way.ON and plays is not None and end_s >= plays.end_s:
            self._on_range_end(plays)

    def _on_range_end(self, played: Segment) -> None:
        if self._ranges:
            self._next_range()
        elif self._loop and (self._range is None or self._repeats):
            self._go(played.start_s)
        else:
            self._range = None
            self._stand()
            self.ranges_ended.emit()

    def _on_ended(self) -> None:
        if self.sender() is not self._playback or self._clip is None or self._way is Way.STILL:
            return
        media = self._clip.media
        assert media is not None
        whole = Segment(0.0, media.duration_s)
        if self._range is not None or self._loop:
            self._on_range_end(self._range or self._bounds or whole)
            if self._way is Way.ON:
                self._playback.play(self._pace)  # it had stopped by itself
        else:
            self._is_over = True
            self._stand()

    def _on_failed(self, _why: str) -> None:
        if self.sender() is not self._playback or self._clip is None:
            return
        if self._at + 1 < len(self._playbacks):
            self._load(self._at + 1)
            if self._way is Way.ON:
                self._playback.play(self._pace)
        else:
            self._set_way(Way.STILL)
            self.unplayable.emit()
