"""About the program: which it is, who judges, and where it keeps what it knows."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from footage_sorter.services.core import Core
from footage_sorter.ui.look.forms import form, lay_out, quiet
from footage_sorter.ui.look.icons import icon
from footage_sorter.ui.look.theme import GRID_PX
from footage_sorter.ui.session.columns import shown_path

ICON = QSize(64, 64)


class AboutDialog(QDialog):
    """Says what a person needs to report a problem, as text that can be copied."""

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Footage Sorter"))
        self.resize(560, 0)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        facts = QWidget()
        facts.setLayout(self._facts(core))
        lay_out(self, self._head(core), facts, buttons, tall=facts)

    def _head(self, core: Core) -> QHBoxLayout:
        version = core.app.removeprefix("footage-sorter ")
        picture, name = QLabel(), _said(f"Footage Sorter {version}")
        picture.setPixmap(icon("footage-sorter").pixmap(ICON))
        name.setProperty("rank", "title")
        words = QVBoxLayout()
        words.setSpacing(GRID_PX // 2)
        words.addStretch(1)
        words.addWidget(name)
        words.addWidget(quiet(self.tr("No clip leaves this machine, and none is written to.")))
        words.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(2 * GRID_PX)
        line.addWidget(picture)
        line.addLayout(words, 1)
        return line

    def _facts(self, core: Core) -> QFormLayout:
        lines = form()
        lines.setContentsMargins(0, GRID_PX, 0, GRID_PX)
        models = core.models
        for title, text in (
            (self.tr("Sharpness"), models.blur),
            (self.tr("Exposure"), models.exposure),
            (self.tr("Steadiness"), models.shake),
            (self.tr("Sound"), models.sound),
            (self.tr("Library"), shown_path(str(core.library_path))),
            (self.tr("Log"), shown_path(str(core.log_path))),
        ):
            lines.addRow(quiet(title), _said(text))
        return lines


def _said(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
