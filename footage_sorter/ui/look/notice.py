"""Notices: sentences that a person must read once, in a strip that blocks nothing.

Good news goes by itself when there was time to read it; a warning stays until it is closed.
"""

from collections import deque
from enum import StrEnum

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from footage_sorter.ui.look.icons import icon
from footage_sorter.ui.look.sentence import Sentence

MAX_WAITING = 20

GLANCE_MS, LETTER_MS = 3000, 60
"""Time to notice that something is said, and to read a letter of it."""


def reading_ms(sentence: str) -> int:
    """So long a sentence stays that goes by itself."""
    return GLANCE_MS + LETTER_MS * len(sentence)


class Kind(StrEnum):
    """What a notice is; its value is the name of its sign."""

    INFORMATION = "info"
    WARNING = "warning"


class Notice(QFrame):
    """Shows one sentence at a time; the next ones wait."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[tuple[str, Kind]] = deque(maxlen=MAX_WAITING)
        self._label = Sentence(parent=self)
        self.kind = Kind.INFORMATION
        self._sign = QLabel(self)
        close = QToolButton(self)
        close.setIcon(icon("reject"))
        close.setAutoRaise(True)
        close.setToolTip(self.tr("Close"))
        close.setAccessibleName(self.tr("Close this message"))
        close.clicked.connect(self.close_one)
        self._goes = QTimer(self, singleShot=True)
        self._goes.timeout.connect(self._lapse)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 6, 8, 6)
        line.addWidget(self._sign)
        line.addWidget(self._label, 1)
        line.addWidget(close)
        self.setProperty("notice", True)  # noqa: FBT003  Qt's own signature
        self.hide()

    @property
    def text(self) -> str:
        """The sentence in sight; "" where there is none."""
        return "" if self.isHidden() else self._label.text()

    def say(self, sentence: str) -> None:
        """Show what is good to know, or let it wait; the same one twice in a row is said once."""
        self._say(sentence, Kind.INFORMATION)

    def warn(self, sentence: str) -> None:
        """Show what went wrong, likewise."""
        self._say(sentence, Kind.WARNING)

    def take_back(self, sentence: str) -> None:
        """Show or keep a sentence no longer: it is not true any more."""
        self._waiting = deque(
            (one for one in self._waiting if one[0] != sentence), maxlen=MAX_WAITING
        )
        if sentence == self.text:
            self.close_one()

    def _say(self, sentence: str, kind: Kind) -> None:
        if sentence in (self.text, *(waiting for waiting, _ in self._waiting)):
            return
        if self.isHidden():
            self.kind = kind
            self._sign.setPixmap(icon(kind).pixmap(18, 18))
            self._label.setText(sentence)
            self._label.setAccessibleName(sentence)
            self.show()
        else:
            self._waiting.append((sentence, kind))

    def close_one(self) -> bool:
        """Close the sentence in sight, and show the next one; False where there is none."""
        if self.isHidden():
            return False
        self._goes.stop()
        self.hide()
        if self._waiting:
            self._say(*self._waiting.popleft())
        return True

    def _lapse(self) -> None:
        """Go, unless nobody had a chance to read it or somebody is about to close it."""
        if self.window().isActiveWindow() and not self.underMouse():
            self.close_one()
        else:
            self._goes.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt override: from now on it can be read."""
        super().showEvent(event)
        if self.kind is Kind.INFORMATION:
            self._goes.start(reading_ms(self._label.text()))

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt override: the window may close while something is said."""
        super().hideEvent(event)
        self._goes.stop()
