"""Notices: sentences that a person must read once, in a strip that blocks nothing."""

from collections import deque

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from footage_sorter.ui.look.icons import icon

MAX_WAITING = 20


class Notice(QFrame):
    """Shows one sentence at a time until it is closed; the next ones wait."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[str] = deque(maxlen=MAX_WAITING)
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        sign = QLabel(self)
        sign.setPixmap(icon("warning").pixmap(18, 18))
        close = QToolButton(self)
        close.setIcon(icon("reject"))
        close.setAutoRaise(True)
        close.setToolTip(self.tr("Close"))
        close.setAccessibleName(self.tr("Close this message"))
        close.clicked.connect(self._next)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 6, 8, 6)
        line.addWidget(sign)
        line.addWidget(self._label, 1)
        line.addWidget(close)
        self.setProperty("notice", True)  # noqa: FBT003  Qt's own signature
        self.hide()

    @property
    def text(self) -> str:
        """The sentence in sight; "" where there is none."""
        return "" if self.isHidden() else self._label.text()

    def say(self, sentence: str) -> None:
        """Show a sentence, or let it wait; the same one twice in a row is said once."""
        if sentence in (self.text, *self._waiting):
            return
        if self.isHidden():
            self._label.setText(sentence)
            self._label.setAccessibleName(sentence)
            self.show()
        else:
            self._waiting.append(sentence)

    def _next(self) -> None:
        self.hide()
        if self._waiting:
            self.say(self._waiting.popleft())
