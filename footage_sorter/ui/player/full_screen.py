"""The picture over the whole screen. Knows what is shown beside it, not where it comes from."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.words import star_text
from footage_sorter.ui.look.notice import reading_ms
from footage_sorter.ui.look.strip_widget import StripWidget
from footage_sorter.ui.look.theme import GRID_PX
from footage_sorter.ui.look.translate import tr_word
from footage_sorter.ui.player.transport import pace_text
from footage_sorter.ui.player.view import PictureView
from footage_sorter.ui.session.columns import MARK_WORDS, name_of

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageDown: 1,
}


class FullScreen(QWidget):
    """Picture, strip, and what a person has decided; all keys of the window work here.

    Signals:
        left: Escape was pressed, or the window was closed.
        clip_wanted: So many clips on in the library; negative: back.
    """

    left = Signal()
    clip_wanted = Signal(int)

    def __init__(self, view: PictureView, strip: StripWidget, window: QWidget) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle(window.windowTitle())
        self.addActions(window.actions())
        self._says = QLabel()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(view, 1)
        layout.addWidget(strip)
        self._pace = QLabel()
        self._time = QLabel()
        self._hint = QLabel()
        self._forget = QTimer(self, singleShot=True)
        self._forget.timeout.connect(self._hint.clear)
        line = QHBoxLayout()
        line.setContentsMargins(GRID_PX, 0, GRID_PX, GRID_PX)
        line.setSpacing(3 * GRID_PX)
        for label in (self._says, self._hint):
            label.setTextFormat(Qt.TextFormat.PlainText)  # a file may be named "<b>"
            line.addWidget(label)
        line.addStretch(1)
        line.addWidget(self._pace)
        line.addWidget(self._time)
        layout.addLayout(line)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()  # or the strip would have it, and the arrows with it

    def show_row(self, row: ClipRow | None) -> None:
        """Say which clip this is, its mark and its stars; None: nothing is selected."""
        parts = []
        if row is not None:
            parts = [name_of(row), tr_word(MARK_WORDS[row.decision.mark])]
            if row.decision.stars:
                parts.append(star_text(row.decision.stars))
        self._says.setText("   ·   ".join(parts))

    def show_pace(self, pace: float) -> None:
        """Say how fast it goes, where that is another speed than the clip's own."""
        self._pace.setText("" if pace in (0.0, 1.0) else pace_text(pace))

    def show_time(self, text: str) -> None:
        """Say where the clip stands."""
        self._time.setText(text)

    def say(self, sentence: str) -> None:
        """Say something for as long as it takes to read."""
        self._hint.setText(sentence)
        self._forget.start(reading_ms(sentence))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt override."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif (step := _STEPS.get(Qt.Key(event.key()))) is not None:
            self.clip_wanted.emit(step)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt override: closed from outside, the picture must go back first."""
        self.left.emit()
        super().closeEvent(event)
