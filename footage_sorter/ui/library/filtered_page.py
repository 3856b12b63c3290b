"""The page in place of the clips where the filter hides them all: what happened, and what to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget


class FilteredPage(QWidget):
    """A title, a sentence and a button.

    Signals:
        all_wanted: A person asked for all clips.
    """

    all_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        title = self.tr("No clip passes the filter")
        text = self.tr("The library has clips; the filter hides all of them.")
        button = QPushButton(self.tr("Show all clips"))
        button.clicked.connect(self.all_wanted)
        column = QVBoxLayout(self)
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
