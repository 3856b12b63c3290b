"""A page in place of the clips: why there are none to see, and what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget


def page_of(title: str, text: str, button: QPushButton, parent: QWidget) -> QWidget:
    """A page with a title, a sentence and what to do."""
    page = QWidget(parent)
    column = QVBoxLayout(page)
    column.setContentsMargins(48, 24, 48, 24)
    column.addStretch(2)
    for words, rank in ((title, "title"), (text, "quiet")):
        label = QLabel(words)
        label.setProperty("rank", rank)
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        label.setWordWrap(True)
        column.addWidget(label)
    column.addSpacing(8)
    column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
    column.addStretch(3)
    return page
