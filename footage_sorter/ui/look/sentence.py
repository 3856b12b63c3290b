"""Sentences: as wide as there is room, over several lines, whatever words are in them."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

_BREAK = "\u200b"
"""Takes no room, and a line may end there."""

_PIECE = re.compile(r"\S{12,31}[/\\_.-](?=\S)|\S{32}(?=\S)")


class Sentence(QLabel):
    """A label that breaks a path, too, which Qt takes for one long word and would cut off."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._says = ""
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)  # a file may be called "<b>"
        self.setText(text)

    def text(self) -> str:
        """Qt override: what was said, without the places to break."""
        return self._says

    def setText(self, text: str) -> None:
        """Qt override."""
        self._says = text
        super().setText(breakable(text))


def breakable(text: str) -> str:
    """`text` with places to break in words over 32 letters, behind "/", "_" and the like."""
    return _PIECE.sub(rf"\g<0>{_BREAK}", text)
