"""Settings: a dialog that edits a frozen Settings and gives back a new one. Saves nothing."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
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
from footage_sorter.ui.look.forms import choice, form, lay_out, primary, quiet
from footage_sorter.ui.look.hint import Hint
from footage_sorter.ui.look.theme import GRID_PX
from footage_sorter.ui.look.translate import LANGUAGES
from footage_sorter.ui.session.columns import shown_path


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
        primary(buttons.button(QDialogButtonBox.StandardButton.Ok)).setText(self.tr("OK"))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        lay_out(self, pages, buttons, tall=pages)
        self.resize(560, 416)

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
            less_motion=self._less_motion.isChecked(),
            loop=self._loop.isChecked(),
            device=Device(self._device.currentData()),
            watched_folders=self._watched.folders(),
            reject_dialect=RejectDialect(self._dialect.currentData()),
            read_sidecars=self._read_sidecars.isChecked(),
            person=self._person.text().strip(),
            team_file=self._team_file.isChecked(),
        )

    def _window_page(self) -> QWidget:
        theme = {
            Theme.SYSTEM: self.tr("As the system"),
            Theme.DARK: self.tr("Dark"),
            Theme.LIGHT: self.tr("Light"),
        }
        self._theme = choice(theme, self._settings.theme)
        # The languages' names are in their own language: who needs one can read it.
        languages = {"": self.tr("As the system"), **LANGUAGES}
        self._language = choice(languages, self._settings.language)
        self._less_motion = QCheckBox(self.tr("No motion: what goes is gone at once"))
        self._less_motion.setChecked(self._settings.less_motion)
        self._loop = QCheckBox(self.tr("The player begins again at the end"))
        self._loop.setChecked(self._settings.loop)
        page, lines = _page()
        lines.addRow(self.tr("Colours"), self._theme)
        lines.addRow(self.tr("Language"), self._language)
        later = self.tr("Another language takes effect at the next start, which OK offers.")
        lines.addRow("", quiet(later))
        lines.addRow("", self._less_motion)
        lines.addRow("", self._loop)
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
        self._marks = {one: choice(marks, automatic.get(one, Mark.NONE)) for one in verdicts}
        page, lines = _page()
        lines.addRow(self._auto_advance)
        lines.addRow(
            quiet(
                self.tr(
                    "What the verdict may mark by itself, once a clip is analysed. "
                    "A mark of yours is never touched."
                )
            )
        )
        for verdict, words in verdicts.items():
            lines.addRow(words, self._marks[verdict])
        return page

    def _analysis_page(self) -> QWidget:
        devices = {
            Device.AUTO: self.tr("The best there is"),
            Device.CPU: self.tr("Processor"),
            Device.CUDA: self.tr("Graphics card (CUDA)"),
        }
        self._device = choice(devices, self._settings.device)
        self._watched = FolderList(self._settings.watched_folders)
        page, lines = _page()
        lines.addRow(self.tr("Networks run on"), self._device)
        later = self.tr("Another device takes effect at the next start, which OK offers.")
        lines.addRow("", quiet(later))
        lines.addRow(quiet(self.tr("Folders that are watched for new clips:")))
        lines.addRow(self._watched)
        return page

    def _team_page(self) -> QWidget:
        dialects = {
            RejectDialect.BOTH: self.tr("For all programs"),
            RejectDialect.LIGHTROOM: self.tr("For Lightroom and Premiere"),
            RejectDialect.BRIDGE: self.tr("For Bridge"),
        }
        self._dialect = choice(dialects, self._settings.reject_dialect)
        self._read_sidecars = QCheckBox(self.tr("Take over marks from XMP files beside the clips"))
        self._read_sidecars.setChecked(self._settings.read_sidecars)
        self._person = QLineEdit(self._settings.person)
        self._person.setPlaceholderText(self.tr("not given"))
        self._team_file = QCheckBox(self.tr("Keep marks beside the footage too, for the team"))
        self._team_file.setChecked(self._settings.team_file)
        page, lines = _page()
        lines.addRow(self.tr("Rejects in XMP files"), self._dialect)
        lines.addRow("", self._read_sidecars)
        lines.addRow(self.tr("Your name"), self._person)
        lines.addRow("", self._team_file)
        return page


class FolderList(QWidget):
    """A list of folders to add to and to take from."""

    def __init__(self, folders: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folders = list(folders)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Watched folders"))
        Hint(self.tr("No folder is watched."), self._list)
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
    lines = form()
    lines.setContentsMargins(0, 2 * GRID_PX, 0, 2 * GRID_PX)
    lines.setVerticalSpacing(GRID_PX + GRID_PX // 2)
    lines.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    page.setLayout(lines)
    return page, lines
