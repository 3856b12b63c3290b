"""Notices: sentences that a person must read once, in a strip that blocks nothing."""

from collections import deque
from enum import StrEnum

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from footage_sorter.ui.look.icons import icon

MAX_WAITING = 20


class Kind(StrEnum):
    """What a notice is; its value is the name of its sign."""

    INFORMATION = "info"
    WARNING = "warning"


class Notice(QFrame):
    """Shows one sentence at a time until it is closed; the next ones wait."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[tuple[str, Kind]] = deque(maxlen=MAX_WAITING)
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self.kind = Kind.INFORMATION
        self._sign = QLabel(self)
        close = QToolButton(self)
        close.setIcon(icon("reject"))
        close.setAutoRaise(True)
        close.setToolTip(self.tr("Close"))
        close.setAccessibleName(self.tr("Close this message"))
        close.clicked.connect(self._next)
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

    def _next(self) -> None:
        self.hide()
        if self._waiting:
            self._say(*self._waiting.popleft())
