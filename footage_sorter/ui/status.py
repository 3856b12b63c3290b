"""The status bar: how far the work is, how much is selected and hidden, and who judges.

For a moment it says what came of a key, in place of how far the work is.

Pulls its numbers ten times a second while there is work; nothing pushes them.
"""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QToolButton, QWidget

from footage_sorter.domain.report import Models
from footage_sorter.domain.words import clock, stands_in
from footage_sorter.services.work import Progress
from footage_sorter.ui.look.icons import icon
from footage_sorter.ui.look.notice import reading_ms
from footage_sorter.ui.look.translate import decimal, tr_phrase
from footage_sorter.ui.session.columns import shown_path
from footage_sorter.ui.session.steps import counted

PULL_MS = 100

BAR_STEPS = 1000

FEW, GRACE_MS = 3, 1500
"""So few clips may be done before a person could read how far it is: they get that long for it."""


class StatusLine(QWidget):
    """Progress with pause and cancel, what is selected, the count of hidden clips, the scorer.

    Signals:
        pause_wanted, resume_wanted, cancel_wanted: A person pressed the button.
        failures_wanted: A person asked what failed and why.
    """

    pause_wanted = Signal()
    resume_wanted = Signal()
    cancel_wanted = Signal()
    failures_wanted = Signal()

    def __init__(
        self, progress: Callable[[], Progress], models: Models, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._progress = progress
        self._since = QElapsedTimer()  # the work began
        self._opening = False
        self._scanning = False
        self._paused = False
        self._n_clips = 0
        self._says = ""
        self._forget = QTimer(self, singleShot=True)
        self._forget.timeout.connect(self._unsay)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, BAR_STEPS)
        self.bar.setFixedWidth(140)
        self.bar.setAccessibleName(self.tr("Progress of the analysis"))
        self._words = QLabel(self)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._pause = _button("pause", self.tr("Pause the analysis"), self)
        self._stop = _button("stop", self.tr("Cancel the analysis"), self)
        self._failed = QToolButton(self)
        self._failed.setAutoRaise(True)
        self._failed.setToolTip(self.tr("What failed and why"))
        self._selected = QLabel(self)
        self._hidden = QLabel(self)
        self._scorer = QLabel(self)
        self._scorer.setProperty("rank", "quiet")
        self._lay_out()
        self._pause.clicked.connect(self._on_pause)
        self._stop.clicked.connect(self.cancel_wanted)
        self._failed.clicked.connect(self.failures_wanted)
        self._pull = QTimer(self, interval=PULL_MS)
        self._pull.timeout.connect(self.refresh)
        self.show_scorer(models, "")
        self.show_selection(0, 0, 0.0)
        self.show_hidden(0)
        self.show_failed(0)
        self.refresh()

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 0, 8, 0)
        line.setSpacing(8)
        self.setMinimumHeight(self._pause.sizeHint().height())  # or the window jumps with the work
        line.addWidget(self.bar)
        line.addWidget(self._pause)
        line.addWidget(self._stop)
        line.addWidget(self._words, 1)
        line.addWidget(self._failed)
        line.addWidget(self._selected)
        line.addSpacing(8)
        line.addWidget(self._hidden)
        line.addSpacing(8)
        line.addWidget(self._scorer)

    @property
    def words(self) -> str:
        """What it says of the library and the work."""
        return self._words.text()

    def say(self, sentence: str) -> None:
        """Say something for as long as it takes to read."""
        self._says = sentence
        self._forget.start(reading_ms(sentence))
        self.refresh()

    def work_began(self) -> None:
        """Begin to pull."""
        self._since.start()
        self._pull.start()
        self.refresh()

    def work_ended(self) -> None:
        """Stop pulling, after a last look."""
        self._pull.stop()
        self.refresh()

    def show_opening(self, *, opening: bool) -> None:
        """Show that the library is being read."""
        self._opening = opening
        self.refresh()

    def show_scanning(self, scanning: bool) -> None:  # noqa: FBT001  a signal's slot
        """Show that folders are being read."""
        self._scanning = scanning
        self.refresh()

    def show_paused(self, *, paused: bool) -> None:
        """Show that the work waits."""
        self._paused = paused
        words = self.tr("Resume the analysis") if paused else self.tr("Pause the analysis")
        self._pause.setIcon(icon("play" if paused else "pause"))
        self._pause.setToolTip(words)
        self._pause.setAccessibleName(words)
        self.refresh()

    def show_count(self, n_clips: int) -> None:
        """Show how many clips the library has."""
        self._n_clips = n_clips
        self._hidden.setVisible(n_clips > 0)
        self.refresh()

    def show_selection(self, n_selected: int, n_shown: int, length_s: float) -> None:
        """Show how many of the clips shown are selected, and how long they are together.

        One alone is what the player shows.
        """
        words = self.tr("{n} of {shown} selected, {length}")
        self._selected.setText(words.format(n=n_selected, shown=n_shown, length=clock(length_s)))
        self._selected.setVisible(n_selected > 1)

    def show_hidden(self, n_hidden: int) -> None:
        """Show how many clips the filter hides; always in sight."""
        self._hidden.setText(self.tr("Hidden by filter: {n}").format(n=n_hidden))
        self._hidden.setProperty("rank", "quiet" if not n_hidden else "")
        self._hidden.style().polish(self._hidden)

    def show_failed(self, n_failed: int) -> None:
        """Show how many clips have a problem."""
        self._failed.setVisible(n_failed > 0)
        self._failed.setText(self.tr("With a problem: {n}").format(n=n_failed))

    def show_scorer(self, models: Models, simpler: str) -> None:
        """Show who judges, and, where it is not the networks, why `simpler`."""
        names = dict.fromkeys(model.partition("@")[0] for model in (models.blur, models.exposure))
        self._scorer.setText(self.tr("Scorer: {names}").format(names=", ".join(names)))
        judges = (models.blur, models.exposure, models.shake, models.sound)
        why = [tr_phrase(stands_in(simpler))] if simpler else []
        self._scorer.setToolTip("\n".join([self.tr("Judged by"), *judges, *why]))

    def refresh(self) -> None:
        """Show how far it is, now."""
        now = self._progress()
        at_work = self._pull.isActive() and not now.all_done and not self._is_soon_over(now)
        for one in (self.bar, self._pause, self._stop):
            one.setVisible(at_work)
        self.bar.setValue(round(BAR_STEPS * now.share))
        self._words.setText(self._says or self._sentence(now, at_work=at_work))

    def _is_soon_over(self, now: Progress) -> bool:
        return max(now.total, now.tags_total) <= FEW and not self._since.hasExpired(GRACE_MS)

    def _sentence(self, now: Progress, *, at_work: bool) -> str:
        clips = counted(lambda n: self.tr("%n clip(s)", "", n), self._n_clips)
        if self._opening:
            return self.tr("Opening the library…")
        if not at_work:
            return (
                self.tr("{clips}, reading folders…").format(clips=clips)
                if self._scanning
                else (clips if self._n_clips else "")
            )
        parts = [self._how_far(now)]
        if self._paused:
            parts.append(self.tr("paused"))
        else:
            if now.speed is not None:
                parts.append(
                    self.tr("{speed} × real time").format(speed=decimal(f"{now.speed:.1f}"))
                )
            if now.left_s is not None:
                parts.append(self._left(now.left_s))
            if now.current is not None:
                parts.append(shown_path(now.current.path.name))
        return "  ·  ".join(parts)

    def _how_far(self, now: Progress) -> str:
        """What the cards carry by now: first a coarse rating, then a close one, then tags."""
        if now.coarse_done < now.total:
            words = counted(lambda n: self.tr("First look: {done} of %n clip(s)", "", n), now.total)
            return words.format(done=now.coarse_done)
        if now.done < now.total:
            words = counted(lambda n: self.tr("Rated: {done} of %n clip(s)", "", n), now.total)
            return words.format(done=now.done)
        words = counted(lambda n: self.tr("Tags: {done} of %n clip(s)", "", n), now.tags_total)
        return words.format(done=now.tags_done)

    def _left(self, left_s: float) -> str:
        if left_s < 60:
            return self.tr("{n} s left").format(n=max(1, round(left_s)))
        if left_s < 5400:
            return self.tr("{n} min left").format(n=round(left_s / 60))
        return self.tr("{n} h left").format(n=decimal(f"{left_s / 3600:.1f}"))

    def _unsay(self) -> None:
        self._says = ""
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt override: what was said is past when the window comes back."""
        super().hideEvent(event)
        self._forget.stop()
        self._says = ""

    def _on_pause(self) -> None:
        (self.resume_wanted if self._paused else self.pause_wanted).emit()


def _button(name: str, words: str, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setIcon(icon(name))
    button.setAutoRaise(True)
    button.setToolTip(words)
    button.setAccessibleName(words)
    return button
