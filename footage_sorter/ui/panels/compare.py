"""Compare: two to four takes side by side, scrubbed together; the better value is marked.

Shows rows and says which one is wanted; writes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from footage_sorter.domain.limits import Limits
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.words import error
from footage_sorter.ui.look.strip_widget import StripWidget
from footage_sorter.ui.look.theme import GRID_PX, theme_of
from footage_sorter.ui.look.translate import tr_phrase
from footage_sorter.ui.player.deck import Deck
from footage_sorter.ui.player.playback import Shown, Way
from footage_sorter.ui.player.view import PictureView
from footage_sorter.ui.session.columns import DASH, name_in_label, shown_path

FEWEST, MOST = 2, 4

BETTER = "▲"


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the comparison.

    Attributes:
        title: English; translated on screen.
        value: High is good; None where it was not measured.
        unit: Behind the number.
    """

    title: str
    value: Callable[[ClipRow], float | None]
    unit: str = " %"


def _usability(row: ClipRow) -> float | None:
    return None if row.rating is None else float(row.rating.usability)


def _sharp(row: ClipRow) -> float | None:
    return None if row.rating is None else row.rating.percent.sharp


def _well_exposed(row: ClipRow) -> float | None:
    return None if row.rating is None else row.rating.percent.well_exposed


def _steady(row: ClipRow) -> float | None:
    return None if row.rating is None else row.rating.percent.steady


def _best_length(row: ClipRow) -> float | None:
    if row.rating is None:
        return None
    best = row.rating.best_segment
    return 0.0 if best is None else best.length_s


def better(values: Sequence[float | None]) -> frozenset[int]:
    """Places of the highest value as it is shown, rounded; none where all measured are equal."""
    shown = {at: round(value) for at, value in enumerate(values) if value is not None}
    if len(set(shown.values())) < 2:
        return frozenset()
    highest = max(shown.values())
    return frozenset(at for at, value in shown.items() if value == highest)


class CompareDialog(QDialog):
    """Takes side by side.

    Signals:
        keep_wanted: ClipId of the take to keep, tuple of ClipId of the others, to be rejected.
    """

    keep_wanted = Signal(object, object)

    def __init__(
        self,
        rows: Sequence[ClipRow],
        limits_of: Callable[[ClipRow], Limits],
        open_deck: Callable[[], Deck],
        parent: QWidget | None = None,
    ) -> None:
        """Compare `rows`, `FEWEST` to `MOST` of them.

        Args:
            rows: The takes, in the order shown.
            limits_of: What the strip of a take marks as over.
            open_deck: Makes the player of one take.
            parent: The window.
        """
        super().__init__(parent)
        if not FEWEST <= len(rows) <= MOST:
            raise ValueError(f"{FEWEST} to {MOST} clips can be compared, got {len(rows)}")
        self._rows = tuple(rows)
        self.setWindowTitle(self.tr("Compare"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._takes = [
            Take(at, row, open_deck(), self) for at, row in enumerate(self._rows, start=1)
        ]
        self._strips = [StripWidget() for _ in self._rows]
        for at, take in enumerate(self._takes):
            take.keep_wanted.connect(lambda at=at: self.keep(at))
            take.view.clicked.connect(self.toggle)
        self._takes[0].deck.moved.connect(self._on_moved)
        self._set_strips(limits_of)
        self._lay_out()
        self._make_keys()
        self.setFocus()  # not the first button: nobody has chosen yet
        for at, take in enumerate(self._takes):
            take.deck.set_volume(1.0 if at == 0 else 0.0)  # one is heard, or none can be
            take.deck.show_clip(take.row.clip)

    @property
    def takes(self) -> Sequence["Take"]:
        """The columns, in order."""
        return self._takes

    def seek(self, time_s: float) -> None:
        """All takes to one time; a shorter one waits at its end."""
        for take in self._takes:
            take.deck.seek(time_s)
        for strip in self._strips:
            strip.set_position(time_s)

    def toggle(self) -> None:
        """All play, or all stand still."""
        plays = any(take.deck.way is Way.ON for take in self._takes)
        for take in self._takes:
            if plays:
                take.deck.pause()
            else:
                take.deck.play()

    def shuttle(self, way: Way) -> None:
        """All forward, back or still; each press the same way is faster."""
        for take in self._takes:
            take.deck.shuttle(way)

    def step(self, frames: int) -> None:
        """All one frame on (1) or back (-1)."""
        for take in self._takes:
            take.deck.step(frames)

    def keep(self, at: int) -> None:
        """Ask to keep one take and reject the others; there is nothing more to compare then."""
        others = tuple(row.clip.id for row in self._rows if row is not self._rows[at])
        self.keep_wanted.emit(self._rows[at].clip.id, others)
        self.close()

    def done(self, result: int) -> None:
        """Qt override: the files are let go of, however the dialog ends."""
        self._let_go()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt override."""
        self._let_go()
        super().closeEvent(event)

    def _make_keys(self) -> None:
        """The same keys as in the player, and a number keeps that take.

        Shortcuts come before the button that has the focus: Space must never reject a clip.
        """
        acts: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Space: self.toggle,
            Qt.Key.Key_Comma: lambda: self.step(-1),
            Qt.Key.Key_Period: lambda: self.step(1),
            Qt.Key.Key_Home: lambda: self.seek(0.0),
            Qt.Key.Key_J: lambda: self.shuttle(Way.BACK),
            Qt.Key.Key_K: lambda: self.shuttle(Way.STILL),
            Qt.Key.Key_L: lambda: self.shuttle(Way.ON),
        }
        for at in range(len(self._takes)):
            acts[Qt.Key.Key_1 + at] = partial(self.keep, at)
        for key, act in acts.items():
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def _let_go(self) -> None:
        for take in self._takes:
            take.deck.shutdown()

    def _on_moved(self, position_s: float) -> None:
        for strip in self._strips:
            strip.set_position(position_s)

    def _set_strips(self, limits_of: Callable[[ClipRow], Limits]) -> None:
        durations = [
            0.0 if row.clip.media is None else row.clip.media.duration_s for row in self._rows
        ]
        for row, strip, duration_s in zip(self._rows, self._strips, durations, strict=True):
            strip.set_tracks(row.tracks, limits_of(row), duration_s, max(durations))
            strip.set_best(None if row.rating is None else row.rating.best_segment)
            strip.seek_wanted.connect(self.seek)

    def _lay_out(self) -> None:
        takes = QHBoxLayout()
        takes.setSpacing(GRID_PX)
        for take in self._takes:
            takes.addWidget(take, 1)
        strips = QVBoxLayout()
        strips.setSpacing(2)
        for at, strip in enumerate(self._strips, start=1):
            line = QHBoxLayout()
            number = QLabel(str(at))
            number.setFixedWidth(2 * GRID_PX)
            line.addWidget(number)
            line.addWidget(strip, 1)
            strips.addLayout(line)
        says = QLabel(
            self.tr("Space and J K L play all, a click on a strip seeks in all, a number keeps it.")
        )
        says.setProperty("rank", "quiet")
        layout = QVBoxLayout(self)
        margin = 2 * GRID_PX
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(GRID_PX)
        layout.addLayout(takes, 1)
        layout.addLayout(self._table())
        layout.addLayout(strips)
        layout.addWidget(says)
        self.resize(1200, 760)

    def _measures(self) -> tuple[Measure, ...]:
        return (
            Measure(self.tr("Usability"), _usability, ""),
            Measure(self.tr("Sharp"), _sharp),
            Measure(self.tr("Well exposed"), _well_exposed),
            Measure(self.tr("Steady"), _steady),
            Measure(self.tr("Best segment"), _best_length, " s"),
        )

    def _table(self) -> QGridLayout:
        table = QGridLayout()
        table.setHorizontalSpacing(GRID_PX)
        table.setVerticalSpacing(2)
        for at in range(len(self._rows)):
            table.setColumnStretch(2 * at + 1, 1)
        for line, measure in enumerate(self._measures()):
            values = [measure.value(row) for row in self._rows]
            best = better(values)
            for at, value in enumerate(values):
                title = QLabel(measure.title)
                title.setProperty("rank", "quiet")
                number = DASH if value is None else f"{value:.0f}{measure.unit}"
                label = QLabel(f"{number}  {BETTER}" if at in best else number)
                if at in best:
                    self._stress(label)
                table.addWidget(title, line, 2 * at)
                table.addWidget(label, line, 2 * at + 1)
        return table

    def _stress(self, label: QLabel) -> None:
        font = label.font()
        font.setBold(True)
        label.setFont(font)
        palette = label.palette()
        palette.setColor(palette.ColorRole.WindowText, theme_of(self.palette()).keep)
        label.setPalette(palette)


class Take(QWidget):
    """One column.

    Signals:
        keep_wanted: Keep this one.
    """

    keep_wanted = Signal()

    def __init__(self, number: int, row: ClipRow, deck: Deck, parent: QWidget) -> None:
        super().__init__(parent)
        self.row = row
        self.deck = deck
        deck.setParent(self)
        self.view = PictureView()
        self.view.say("" if row.error is None else tr_phrase(error(row.error)))
        deck.shown.connect(self._on_shown)
        deck.unplayable.connect(self._on_unplayable)
        self._name = shown_path(row.clip.path.name)
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setToolTip(shown_path(str(row.clip.path)))
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        keep = QPushButton(self.tr("Keep this, reject the others ({number})").format(number=number))
        keep.clicked.connect(self.keep_wanted)
        keep.setAutoDefault(False)  # Enter in a dialog must not decide
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID_PX // 2)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._title)
        layout.addWidget(keep)

    def event(self, event: QEvent) -> bool:
        """Qt override: the name is elided anew for each width."""
        if event.type() == QEvent.Type.Resize:
            middle = Qt.TextElideMode.ElideMiddle
            elided = self.fontMetrics().elidedText(self._name, middle, self.width())
            self._title.setText(name_in_label(elided))
        return super().event(event)

    def _on_shown(self, shown: Shown) -> None:
        self.view.show_image(shown.image)

    def _on_unplayable(self) -> None:
        if not self.view.says:
            self.view.say(self.tr("This clip cannot be shown."))
