"""The player's panel: picture, strip, transport, facts. Shows one row and says what is wanted.

It never writes: marks, stars, notes and ranges leave it as signals, and come back as a row.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from footage_sorter.domain.limits import Limits
from footage_sorter.domain.nothing_to_do import NothingToDo
from footage_sorter.domain.rating import Segment
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.settings import Settings
from footage_sorter.domain.words import clock, clock_to_hundredths, error
from footage_sorter.ui.look.strip_widget import StripWidget
from footage_sorter.ui.look.theme import GRID_PX
from footage_sorter.ui.look.translate import tr_nothing_to_do, tr_phrase
from footage_sorter.ui.player.deck import Deck
from footage_sorter.ui.player.facts import Facts
from footage_sorter.ui.player.fetch import FrameAt
from footage_sorter.ui.player.frames import FramePlayback
from footage_sorter.ui.player.full_screen import FullScreen
from footage_sorter.ui.player.media import open_media
from footage_sorter.ui.player.playback import Playback, Shown, Way
from footage_sorter.ui.player.skim_plan import skim_plan
from footage_sorter.ui.player.stream import FramesFrom
from footage_sorter.ui.player.transport import Transport
from footage_sorter.ui.player.view import PictureView


def open_playbacks(frame_at: FrameAt, frames_from: FramesFrom) -> list[Playback]:
    """What can play clips on this machine, the best first; the last one always can."""
    media = open_media()
    frames = FramePlayback(frame_at, frames_from)
    return [frames] if media is None else [media, frames]


class PlayerPanel(QWidget):
    """Plays the current clip of the library. GUI thread only.

    Signals:
        mark_wanted: ClipId, Mark.
        stars_wanted: ClipId, 0-5.
        note_wanted: ClipId, text.
        range_wanted: ClipId, in_s, out_s; seconds or None.
        clip_wanted: So many clips on in the library, from the full screen; negative: back.
        skimmed: The ranges that `skim` wanted have been played.
        taken_over: A person plays or goes elsewhere, whatever `skim` wanted.
        hinted: A short sentence: why a key did nothing, or what it did out of sight.
        lost: list of the one path (Path) that nothing could be shown of: the file may be gone.
    """

    mark_wanted = Signal(object, object)
    stars_wanted = Signal(object, int)
    note_wanted = Signal(object, str)
    range_wanted = Signal(object, object, object)
    clip_wanted = Signal(int)
    skimmed = Signal()
    taken_over = Signal()
    hinted = Signal(str)
    lost = Signal(object)

    def __init__(self, playbacks: list[Playback], parent: QWidget | None = None) -> None:
        """Take over `playbacks`, see `open_playbacks`."""
        super().__init__(parent)
        self._row: ClipRow | None = None
        self._limits = Limits()
        self._skims = False
        self._full: FullScreen | None = None
        self.deck = Deck(playbacks, self)
        self.view = PictureView()
        self.strip = StripWidget()
        self.transport = Transport()
        self.facts = Facts()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(GRID_PX, GRID_PX, GRID_PX, GRID_PX)
        self._layout.setSpacing(GRID_PX)
        self._layout.addWidget(self.view, 1)
        for widget in (self.strip, self.transport, self.facts):
            self._layout.addWidget(widget)
        self._connect_deck()
        self._connect_widgets()
        self.show_row(None, self._limits)

    # What is shown

    @property
    def row(self) -> ClipRow | None:
        """The row shown."""
        return self._row

    def follow(self, actions: Mapping[str, QAction]) -> None:
        """Name on the buttons the keys of the window's actions, whichever they become."""
        self.transport.follow(actions)
        self.facts.follow(actions)

    def show_row(self, row: ClipRow | None, limits: Limits, still: QPixmap | None = None) -> None:
        """Show a row, or what has changed in it; playing goes on where the clip is the same.

        Args:
            row: None: nothing is selected.
            limits: What the strip marks as over.
            still: Shown until the first frame came, so that switching never flashes.
        """
        old, self._row, self._limits = self._row, row, limits
        media = None if row is None else row.clip.media
        self.strip.set_tracks(
            None if row is None else row.tracks, limits, 0.0 if media is None else media.duration_s
        )
        rating = None if row is None else row.rating
        self.strip.set_best(None if rating is None else rating.best_segment)
        self._show_bounds()
        self.facts.show_row(row)
        if self._full is not None:
            self._full.show_row(row)
        self.view.say(self._sentence())
        self.setEnabled(row is not None)
        if _file(old) != _file(row):
            self._skims = False
            self.view.clear(still)
            playable = row is not None and row.error is None and not row.missing
            self.deck.show_clip(row.clip if playable and row is not None else None)
            self._on_moved(0.0)

    def height_for_picture(self, width_px: int) -> int:
        """So high it must be, at a width, to show a picture of 16 : 9 as wide as itself."""
        other_px = self.sizeHint().height() - self.view.sizeHint().height()
        return other_px + round((width_px - 2 * GRID_PX) * 9 / 16)

    def release(self) -> None:
        """Let go of the clip's file, so that it can be moved; `show_row` takes it up again."""
        self.deck.release()
        self._row = None

    def shutdown(self) -> bool:
        """Hand over what is being typed, release, join; False if a thread did not end."""
        self.facts.note.hand_over()
        self.leave_full_screen()
        return self.deck.shutdown()

    def apply(self, settings: Settings) -> None:
        """Loop, loudness and speed as the person left them."""
        self.transport.set_loop(loop=settings.loop)
        self.transport.set_volume(settings.volume_percent / 100)
        self.transport.set_muted(muted=settings.muted)
        self.transport.set_rate(settings.speed)

    def chosen(self, settings: Settings) -> Settings:
        """`settings` with loop, loudness and speed as they stand now."""
        loop, volume, speed = self.transport.choices()
        volume_percent, muted = round(100 * volume), self.transport.muted
        return replace(settings, loop=loop, volume_percent=volume_percent, muted=muted, speed=speed)

    # What keys do

    def set_in(self) -> None:
        """Ask for the in point at the frame that is seen."""
        row = self._playable(NothingToDo.NO_POINTS)
        if row is not None:
            in_s, out_s = self.deck.frame_start_s, row.decision.out_s
            keeps = out_s is not None and out_s > in_s
            self.range_wanted.emit(row.clip.id, in_s, out_s if keeps else None)

    def set_out(self) -> None:
        """Ask for the out point after the frame that is seen."""
        row = self._playable(NothingToDo.NO_POINTS)
        if row is not None:
            frame = self.deck.frame
            out_s = self.deck.position_s if frame is None else frame.end_s
            in_s = row.decision.in_s
            keeps = in_s is not None and in_s < out_s
            self.range_wanted.emit(row.clip.id, in_s if keeps else None, out_s)

    def clear_range(self) -> None:
        """Ask for no in and out points."""
        if self._row is None:
            self.hinted.emit(tr_nothing_to_do(NothingToDo.NO_CLIP))
        elif self._row.decision.in_s is None and self._row.decision.out_s is None:
            self.hinted.emit(tr_nothing_to_do(NothingToDo.NO_RANGE))
        else:
            self.range_wanted.emit(self._row.clip.id, None, None)

    def with_clip(self, play: Callable[[], object]) -> None:
        """Do what plays the clip, or say why there is nothing to play."""
        if self._playable(NothingToDo.NOT_PLAYABLE) is not None:
            play()

    def play_best(self) -> None:
        """Play the best segment."""
        row = self._playable(NothingToDo.NOT_PLAYABLE)
        if row is None:
            return
        if row.rating is None or row.rating.best_segment is None:
            self.hinted.emit(
                tr_nothing_to_do(
                    NothingToDo.NOT_RATED if row.rating is None else NothingToDo.NO_BEST
                )
            )
            return
        self._take_over()
        self.deck.play_ranges((row.rating.best_segment,))

    def toggle_mute(self) -> None:
        """Silence, or as loud as before."""
        muted = not self.transport.muted
        self.transport.set_muted(muted=muted)
        if self.transport.heard:
            self.hinted.emit(self.tr("The sound is off.") if muted else self.tr("The sound is on."))
        else:
            self.hinted.emit(tr_nothing_to_do(NothingToDo.NO_SOUND))

    def skim(self) -> None:
        """Play what tells most about the clip; `skimmed` comes when it has been played."""
        self._skims = True
        plan = () if self._row is None else skim_plan(self._row, self._limits)
        self.deck.play_ranges(plan, once=True)

    def stop_skim(self) -> None:
        """Stand still; `skimmed` will not come."""
        self._skims = False
        self.deck.pause()

    def toggle_loop(self) -> None:
        """Loop, or do not."""
        loop = not self.transport.loops
        self.transport.set_loop(loop=loop)
        self.hinted.emit(self.tr("The loop is on.") if loop else self.tr("The loop is off."))

    @property
    def in_full_screen(self) -> bool:
        """Whether the picture is over the whole screen."""
        return self._full is not None

    def toggle_full_screen(self) -> None:
        """The picture over the whole screen, or back in its place."""
        if self._full is not None:
            self.leave_full_screen()
            return
        self._full = FullScreen(self.view, self.strip, self.window())
        self._full.left.connect(self.leave_full_screen)
        self._full.clip_wanted.connect(self.clip_wanted)
        self._full.show_row(self._row)
        self._full.show_pace(self.deck.pace)
        self._on_moved(self.deck.position_s)
        self._full.showFullScreen()

    def leave_full_screen(self) -> None:
        """The picture back in its place."""
        if self._full is None:
            return
        full, self._full = self._full, None
        self._layout.insertWidget(0, self.view, 1)
        self._layout.insertWidget(1, self.strip)
        full.left.disconnect(self.leave_full_screen)
        full.close()
        full.deleteLater()

    def say(self, sentence: str) -> None:
        """Say in the full screen what the window's status line says."""
        if self._full is not None:
            self._full.say(sentence)

    # Inside

    def _playable(self, why_not: NothingToDo) -> ClipRow | None:
        """The row, where its clip can be played; else a person hears why nothing is done."""
        row = self._row
        if row is not None and row.error is None and not row.missing and row.clip.media is not None:
            return row
        self.hinted.emit(tr_nothing_to_do(NothingToDo.NO_CLIP if row is None else why_not))
        return None

    def _take_over(self) -> None:
        self._skims = False
        self.taken_over.emit()

    def _connect_deck(self) -> None:
        self.deck.paced.connect(self._on_paced)
        self.deck.taken_over.connect(self._take_over)
        self.deck.edge.connect(self._on_edge)
        self.deck.shown.connect(self._on_shown)
        self.deck.moved.connect(self._on_moved)
        self.deck.way_changed.connect(self._on_way)
        self.deck.unplayable.connect(self._on_unplayable)
        self.deck.by_frames.connect(lambda frames: self.transport.set_sound(heard=not frames))
        self.deck.ranges_ended.connect(self._on_ranges_ended)

    def _connect_widgets(self) -> None:
        self.view.clicked.connect(partial(self.with_clip, self.deck.toggle))
        self.view.double_clicked.connect(self.toggle_full_screen)
        self.strip.seek_wanted.connect(self.deck.seek)
        self.transport.toggle_wanted.connect(partial(self.with_clip, self.deck.toggle))
        self.transport.step_wanted.connect(self.deck.step)
        self.transport.in_wanted.connect(self.set_in)
        self.transport.out_wanted.connect(self.set_out)
        self.transport.best_wanted.connect(self.play_best)
        self.transport.loop_wanted.connect(lambda loop: self.deck.set_loop(loop=loop))
        self.transport.full_screen_wanted.connect(self.toggle_full_screen)
        self.transport.rate_wanted.connect(self.deck.set_rate)
        self.transport.volume_wanted.connect(self.deck.set_volume)
        self.transport.overlays_wanted.connect(self.view.set_overlays)
        self.facts.mark_wanted.connect(self.mark_wanted)
        self.facts.stars_wanted.connect(self.stars_wanted)
        self.facts.note_wanted.connect(self.note_wanted)

    def _show_bounds(self) -> None:
        decision = None if self._row is None else self._row.decision
        in_s = None if decision is None else decision.in_s
        out_s = None if decision is None else decision.out_s
        self.strip.set_range(in_s, out_s)
        media = None if self._row is None else self._row.clip.media
        if media is None or (in_s is None and out_s is None):
            self.deck.set_bounds(None)
        else:
            self.deck.set_bounds(Segment(in_s or 0.0, media.duration_s if out_s is None else out_s))

    def _sentence(self) -> str:
        if self._row is None:
            return ""
        if self._row.error is not None:
            return tr_phrase(error(self._row.error))
        if self._row.missing:
            return self.tr("The file is not there. Its rating and its mark are kept.")
        return ""

    def _on_shown(self, shown: Shown) -> None:
        self.view.show_image(shown.image)

    def _on_moved(self, position_s: float) -> None:
        self.strip.set_position(position_s)
        media = None if self._row is None else self._row.clip.media
        text = ""
        if media is not None:
            text = f"{clock_to_hundredths(position_s)} / {clock(media.duration_s)}"
        self.transport.set_time(text)
        if self._full is not None:
            self._full.show_time(text)

    def _on_way(self, way: Way) -> None:
        self.transport.set_way(way)
        self.view.set_moving(moving=way is not Way.STILL)

    def _on_paced(self, pace: float) -> None:
        self.transport.set_pace(pace)
        if self._full is not None:
            self._full.show_pace(pace)

    def _on_edge(self, way: Way) -> None:
        self.hinted.emit(
            tr_nothing_to_do(NothingToDo.CLIP_END if way is Way.ON else NothingToDo.CLIP_START)
        )

    def _on_unplayable(self) -> None:
        unread = self._row is not None and self._row.clip.media is None
        if not (self._sentence() or unread):  # of what is not read yet nobody can tell
            self.view.say(self.tr("This clip cannot be shown."))
            if self._row is not None:
                self.lost.emit([self._row.clip.path])

    def _on_ranges_ended(self) -> None:
        if self._skims:
            self._skims = False
            self.skimmed.emit()


def _file(row: ClipRow | None) -> tuple[object, ...]:
    """What must be opened anew when it differs."""
    if row is None:
        return ()
    clip = row.clip
    return (clip.id, clip.path, clip.stamp, clip.media is None, row.error is None, row.missing)
