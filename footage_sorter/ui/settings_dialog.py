"""Settings: a dialog that edits a frozen Settings and gives back a new one. Saves nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from footage_sorter.domain.clip import Mark
from footage_sorter.domain.rating import Verdict
from footage_sorter.domain.settings import Device, RejectDialect, Settings, Theme
from footage_sorter.ui.columns import shown_path
from footage_sorter.ui.theme import GRID_PX
from footage_sorter.ui.translate import LANGUAGES

_Value = TypeVar("_Value", bound=str)


class SettingsDialog(QDialog):
    """Edits what a person may choose about the program; limits and keys have their own places."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(self.tr("Settings"))
        pages = QTabWidget()
        pages.addTab(self._window_page(), self.tr("Window"))
        pages.addTab(self._culling_page(), self.tr("Culling"))
        pages.addTab(self._analysis_page(), self.tr("Analysis"))
        pages.addTab(self._team_page(), self.tr("Hand-off"))
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("OK"))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(GRID_PX)
        layout.addWidget(pages)
        layout.addWidget(buttons)
        self.resize(520, 400)

    def settings(self) -> Settings:
        """The settings as the dialog stands; whatever it does not edit is as it was."""
        marks = {
            verdict: Mark(box.currentData())
            for verdict, box in self._marks.items()
            if Mark(box.currentData()) is not Mark.NONE
        }
        return replace(
            self._settings,
            theme=Theme(self._theme.currentData()),
            language=str(self._language.currentData()),
            auto_advance=self._auto_advance.isChecked(),
            automatic_marks=marks,
            loop=self._loop.isChecked(),
            device=Device(self._device.currentData()),
            watched_folders=self._watched.folders(),
            reject_dialect=RejectDialect(self._dialect.currentData()),
            person=self._person.text().strip(),
            team_file=self._team_file.isChecked(),
        )

    def _window_page(self) -> QWidget:
        theme = {
            Theme.SYSTEM: self.tr("As the system"),
            Theme.DARK: self.tr("Dark"),
            Theme.LIGHT: self.tr("Light"),
        }
        self._theme = _choice(theme, self._settings.theme)
        # The languages' names are in their own language: who needs one can read it.
        languages = {"": self.tr("As the system"), **LANGUAGES}
        self._language = _choice(languages, self._settings.language)
        self._loop = QCheckBox(self.tr("The player begins again at the end"))
        self._loop.setChecked(self._settings.loop)
        page, form = _page()
        form.addRow(self.tr("Colours"), self._theme)
        form.addRow(self.tr("Language"), self._language)
        form.addRow("", _quiet(self.tr("Another language takes effect at the next start.")))
        form.addRow("", self._loop)
        return page

    def _culling_page(self) -> QWidget:
        self._auto_advance = QCheckBox(self.tr("Go on to the next clip after a mark"))
        self._auto_advance.setChecked(self._settings.auto_advance)
        verdicts = {
            Verdict.USABLE: self.tr("Usable clips"),
            Verdict.PARTLY: self.tr("Partly usable clips"),
            Verdict.UNUSABLE: self.tr("Unusable clips"),
        }
        marks = {
            Mark.NONE: self.tr("get no mark"),
            Mark.KEEP: self.tr("are kept"),
            Mark.REJECT: self.tr("are rejected"),
        }
        automatic = self._settings.automatic_marks
        self._marks = {one: _choice(marks, automatic.get(one, Mark.NONE)) for one in verdicts}
        page, form = _page()
        form.addRow("", self._auto_advance)
        form.addRow(
            _quiet(
                self.tr(
                    "What the verdict may mark by itself, once a clip is analysed. "
                    "A mark of yours is never touched."
                )
            )
        )
        for verdict, words in verdicts.items():
            form.addRow(words, self._marks[verdict])
        return page

    def _analysis_page(self) -> QWidget:
        devices = {
            Device.AUTO: self.tr("The best there is"),
            Device.CPU: self.tr("Processor"),
            Device.CUDA: self.tr("Graphics card (CUDA)"),
        }
        self._device = _choice(devices, self._settings.device)
        self._watched = FolderList(self._settings.watched_folders)
        page, form = _page()
        form.addRow(self.tr("Networks run on"), self._device)
        form.addRow("", _quiet(self.tr("Another device takes effect at the next start.")))
        form.addRow(_quiet(self.tr("Folders that are watched for new clips:")))
        form.addRow(self._watched)
        return page

    def _team_page(self) -> QWidget:
        dialects = {
            RejectDialect.BOTH: self.tr("For all programs"),
            RejectDialect.LIGHTROOM: self.tr("For Lightroom and Premiere"),
            RejectDialect.BRIDGE: self.tr("For Bridge"),
        }
        self._dialect = _choice(dialects, self._settings.reject_dialect)
        self._person = QLineEdit(self._settings.person)
        self._person.setPlaceholderText(self.tr("not given"))
        self._team_file = QCheckBox(self.tr("Keep marks beside the footage too, for the team"))
        self._team_file.setChecked(self._settings.team_file)
        page, form = _page()
        form.addRow(self.tr("Rejects in XMP files"), self._dialect)
        form.addRow(self.tr("Your name"), self._person)
        form.addRow("", self._team_file)
        return page


class FolderList(QWidget):
    """A list of folders to add to and to take from."""

    def __init__(self, folders: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folders = list(folders)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Watched folders"))
        add = QPushButton(self.tr("Add…"))
        add.clicked.connect(self._choose)
        self._remove = QPushButton(self.tr("Remove"))
        self._remove.clicked.connect(self._remove_current)
        buttons = QVBoxLayout()
        buttons.addWidget(add)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._list, 1)
        layout.addLayout(buttons)
        self._show()

    def folders(self) -> tuple[Path, ...]:
        """The folders as the list stands."""
        return tuple(self._folders)

    def add(self, folder: Path) -> None:
        """Add a folder, unless it is there."""
        if folder not in self._folders:
            self._folders.append(folder)
            self._show()

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Watch a folder"))
        if chosen:
            self.add(Path(chosen))

    def _remove_current(self) -> None:
        at = self._list.currentRow()
        if at >= 0:
            del self._folders[at]
            self._show()

    def _show(self) -> None:
        self._list.clear()
        self._list.addItems([shown_path(str(folder)) for folder in self._folders])
        self._remove.setEnabled(bool(self._folders))


def _page() -> tuple[QWidget, QFormLayout]:
    page = QWidget()
    form = QFormLayout(page)
    form.setContentsMargins(2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX)
    form.setSpacing(GRID_PX)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return page, form


def _choice(words: Mapping[_Value, str], chosen: _Value) -> QComboBox:
    """A box of words, each standing for a value."""
    box = QComboBox()
    for value, text in words.items():
        box.addItem(text, str(value))
    box.setCurrentIndex(max(0, box.findData(str(chosen), Qt.ItemDataRole.UserRole)))
    return box


def _quiet(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("rank", "quiet")
    label.setWordWrap(True)
    return label
