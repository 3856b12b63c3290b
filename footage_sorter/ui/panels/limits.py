"""Limits: sliders that re-decide everything, and say first what would change.

For the library or for one folder. Counts with the stored tracks, decodes nothing; the person's
choice leaves it as a signal.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from math import isnan
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QInputDialog,
    QLabel,
    QMenu,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from footage_sorter.domain.flag import LANES, Flag
from footage_sorter.domain.limits import PRESETS, Limits
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.settings import DEFAULTS, Settings
from footage_sorter.ui.look.forms import menu_text, opens, roomy
from footage_sorter.ui.look.theme import GRID_PX
from footage_sorter.ui.look.translate import tr_word
from footage_sorter.ui.look.wheel import PassingWheel
from footage_sorter.ui.panels.limits_count import Chosen, Counter
from footage_sorter.ui.panels.limits_fault import FaultEditor
from footage_sorter.ui.panels.limits_scope import shared_folders
from footage_sorter.ui.session.columns import folder_of, shown_path

PRESET_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "daylight": "Daylight",
        "indoor": "Indoor",
        "stage": "Stage",
    }
)


class LimitsPanel(QScrollArea):
    """All limits of the library, or of a folder in place of those.

    Signals:
        limits_changed: Limits, when the person let go of a slider or chose a preset (None: the
            folder gives up its own), and the folder (Path) or None for the library.
        previewed: Flags that come and go, by ClipId, while a slider moves; empty when it rests.
        preset_saved: Name under which the person saves limits, and these Limits.
        preset_removed: Name of a preset of the person's own that is to go.
    """

    limits_changed = Signal(object, object)
    previewed = Signal(object)
    preset_saved = Signal(str, object)
    preset_removed = Signal(str)

    def __init__(
        self, rows: Callable[[], Sequence[ClipRow]], parent: QWidget | None = None
    ) -> None:
        """Show the limits of the clips that `rows` gives."""
        super().__init__(parent)
        self._rows = rows
        self._counter = Counter(rows, self)
        self._counter.counted.connect(self._count)
        self._settings = DEFAULTS
        self._folder: Path | None = None  # whose limits are shown; None: the library's
        self._row: ClipRow | None = None
        self._scope_is_due = False  # another folder's clip came while nobody looked
        self._named = ""  # the preset that a person chose or saved last: two may be alike
        self._counted: object = None  # what the counter counts
        self._editors = {flag: FaultEditor(flag) for flag in Flag}
        for editor in self._editors.values():
            editor.moved.connect(self._on_moved)
            editor.released.connect(self._on_released)
            editor.clip_wanted.connect(self._on_clip_wanted)
        self._scope = self._box(self.tr("The limits are for"), self._on_scope)
        self._preset = self._box(self.tr("Preset"), self._on_preset)
        self._preset.highlighted.connect(self._on_preset_in_sight)
        self._preset.view().installEventFilter(self)
        self._relative = QCheckBox(self.tr("Dim: against its camera and hour"))
        self._relative.setToolTip(
            self.tr("Where most clips of an hour are dark, only darker ones are underexposed")
        )
        self._relative.clicked.connect(lambda: self._choose(self.moved_limits))
        self._inherit = QPushButton(self.tr("As the library"))
        self._inherit.setToolTip(self.tr("The folder gives up its own limits"))
        self._inherit.clicked.connect(lambda: self.limits_changed.emit(None, self._folder))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Limits"))
        self.setWidget(self._page())
        self.show_settings(DEFAULTS)

    def show_settings(self, settings: Settings) -> None:
        """Show the limits in force and the presets."""
        self._settings = settings
        self._show_scope()

    @property
    def folder(self) -> Path | None:
        """The folder whose limits are shown; None: the library's."""
        return self._folder

    def show_folder(self, folder: Path | None) -> None:
        """Show the limits of a folder, or of the library."""
        if folder != self._folder:
            self._folder = folder
            self._show_scope()

    def set_row(self, row: ClipRow | None) -> None:
        """The clip that can be made the limit; the limits that hold for it are shown."""
        before, self._row = self._row, row
        if row is not None and (before is None or before.clip.path.parent != row.clip.path.parent):
            self._folder = self._settings.scope_of(row.clip.path)
            self._scope_is_due = True
            if self.isVisible():
                self._show_scope()
        rating = None if row is None else row.rating
        for flag, editor in self._editors.items():
            share = None if rating is None else rating.fault_share(flag)
            editor.set_clip_share(None if share is None or isnan(share) else share)

    def rows_changed(self) -> None:
        """The library's rows are others now: count them again, soon, if anybody looks."""
        self._counter.forget()
        if self.isVisible():
            self._counter.count_soon()

    def save_preset(self, name: str) -> None:
        """Keep the limits that are shown under a name."""
        self._named = name
        self.preset_saved.emit(name, self._limits)

    def shutdown(self) -> bool:
        """Join the counting thread; False if it did not end in time."""
        return self._counter.shutdown()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt override."""
        super().showEvent(event)
        if self._scope_is_due:
            self._show_scope()
        self._counter.count_soon()

    @property
    def moved_limits(self) -> Limits:
        """The limits as the sliders stand."""
        limits = Limits(relative_to_group=self._relative.isChecked())
        return limits.with_limits({flag: editor.limit for flag, editor in self._editors.items()})

    @property
    def _limits(self) -> Limits:
        """The limits in force where the sliders are about."""
        if self._folder is None:
            return self._settings.limits
        return self._settings.limits_for(self._folder / "clip")

    # What is shown

    def _show_scope(self) -> None:
        self._scope_is_due = False
        self._scope.clear()
        self._scope.addItem(self.tr("The whole library"), None)
        for folder in self._folders():
            words = self.tr("The folder {name}").format(name=shown_path(folder.name))
            self._scope.addItem(words, str(folder))
            tip = Qt.ItemDataRole.ToolTipRole
            self._scope.setItemData(self._scope.count() - 1, shown_path(str(folder)), tip)
        chosen = None if self._folder is None else str(self._folder)
        self._scope.setCurrentIndex(max(0, self._scope.findData(chosen)))
        self._inherit.setEnabled(self._folder in self._settings.folder_limits)
        self._inherit.setVisible(self._folder is not None)
        counted = (self._folder, frozenset(self._settings.folder_limits))
        if counted != self._counted:
            self._counted = counted
            self._counter.count_only(_governed(self._settings, self._folder))
        self._show_limits()

    def _folders(self) -> list[Path]:
        """Folders that may have limits of their own: the clip's, and those above it.

        Of these, the ones that have some, and the ones that gather several folders with clips.
        """
        folders = [] if self._folder is None else [self._folder]
        if self._row is not None:
            first, *above = self._row.clip.path.parents
            shared = shared_folders(first, list(map(Path, set(map(folder_of, self._rows())))))
            own = self._settings.folder_limits
            folders += [first, *(one for one in above if one in own or one in shared)]
        return list(dict.fromkeys(folders))

    def _show_limits(self) -> None:
        for flag, editor in self._editors.items():
            editor.set_limit(self._limits.of(flag))
        self._relative.setChecked(self._limits.relative_to_group)
        presets = self._presets()
        alike = [name for name, one in presets.items() if one == self._limits]
        chosen = self._named if self._named in alike else next(iter(alike), None)
        self._preset.clear()
        self._preset.addItems(list(presets))
        if chosen is None:
            self._preset.addItem(self.tr("Own limits"))
        self._preset.setCurrentText(chosen or self.tr("Own limits"))
        self._count()

    def _presets(self) -> dict[str, Limits]:
        """By the words that a person reads."""
        program = _program_presets()
        return program | {**self._settings.own_presets, **program}

    def _count(self) -> None:
        """Say what the sliders would change."""
        self._say_change(self.moved_limits)

    def _say_change(self, limits: Limits) -> None:
        """Say what other limits would change: a few milliseconds for 10,000 clips."""
        change = self._counter.compare(self._limits, limits)
        if change is None:
            self._counter.count_soon()
            return
        for flag, editor in self._editors.items():
            editor.set_counts(*change.counts(flag), change.coming(flag), change.going(flag))
        self.previewed.emit(change.by_clip())

    # What a person does

    def _on_scope(self, at: int) -> None:
        chosen = self._scope.itemData(at)
        self.show_folder(None if chosen is None else Path(chosen))

    def _on_preset_in_sight(self, at: int) -> None:
        """Say what a preset would change before it is chosen."""
        if self._preset.view().isVisible():  # Qt says so, too, while the box is filled
            self._say_change(self._presets().get(self._preset.itemText(at), self._limits))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt override: the list of presets closed, chosen or not."""
        if event.type() is QEvent.Type.Hide and watched is self._preset.view():
            self._count()
        return super().eventFilter(watched, event)

    def _on_preset(self, at: int) -> None:
        self._named = self._preset.itemText(at)
        chosen = self._presets().get(self._named)
        if chosen is not None:
            self._choose(chosen)

    def _choose(self, limits: Limits) -> None:
        if limits != self._limits:
            self.limits_changed.emit(limits, self._folder)

    def _on_moved(self, _flag: Flag) -> None:
        self._count()

    def _on_released(self, _flag: Flag) -> None:
        self._choose(self.moved_limits)

    def _on_clip_wanted(self, flag: Flag) -> None:
        """Tolerate exactly what the current clip shows: whatever is worse is flagged."""
        rating = None if self._row is None else self._row.rating
        if rating is not None:
            limit = replace(self._limits.of(flag), tolerated=rating.fault_share(flag))
            self._choose(self._limits.with_limit(flag, limit))

    def _ask_and_save(self) -> None:
        title, says = self.tr("Save as a preset"), self.tr("Name of the preset")
        name, said = QInputDialog.getText(self, title, says)
        name = name.strip()
        if not said or not name:
            return
        if name in {*PRESETS, *_program_presets()}:
            text = self.tr("{name} is a preset of the program; choose another name.")
            QMessageBox.information(self, title, text.format(name=name))
            return
        self.save_preset(name)

    # The page

    def _page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(GRID_PX, GRID_PX, GRID_PX, GRID_PX)
        layout.setSpacing(GRID_PX)
        top = QGridLayout()
        top.setHorizontalSpacing(GRID_PX)
        top.setColumnStretch(1, 1)
        for line, (words, box, after) in enumerate(
            (
                (self.tr("For"), self._scope, self._inherit),
                (self.tr("Preset"), self._preset, self._more_button()),
            )
        ):
            top.addWidget(QLabel(words), line, 0)
            top.addWidget(box, line, 1)
            top.addWidget(after, line, 2)
        layout.addLayout(top)
        for flag, editor in self._editors.items():
            if flag is Flag.BLACK:
                layout.addWidget(_line())
            layout.addWidget(editor)
            if flag is Flag.UNDEREXPOSED:
                layout.addWidget(self._relative)
        layout.addStretch(1)
        assert list(self._editors)[: len(LANES)] == list(LANES)
        return page

    def _box(self, name: str, activated: Callable[[int], None]) -> QComboBox:
        box = roomy(QComboBox())
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        box.activated.connect(activated)
        PassingWheel(box)
        return box

    def _more_button(self) -> QPushButton:
        button = QPushButton(self.tr("More"))
        button.setAccessibleName(self.tr("More about presets"))
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        return opens(button, menu)

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        menu.addAction(self.tr("Back to the program's limits for daylight"), self._reset)
        menu.addSeparator()
        menu.addAction(self.tr("Save as a preset…"), self._ask_and_save)
        for name in self._settings.own_presets:
            words = self.tr("Remove the preset {name}").format(name=menu_text(name))
            menu.addAction(words, partial(self.preset_removed.emit, name))

    def _reset(self) -> None:
        self._choose(Limits())


def _governed(settings: Settings, folder: Path | None) -> Chosen:
    """Tells the clips whose rating other limits of `folder` (None: the library) would change."""
    if folder is None:
        return lambda row: settings.scope_of(row.clip.path) is None
    scope = settings.scope_of(folder / "clip")
    return lambda row: (
        row.clip.path.is_relative_to(folder) and settings.scope_of(row.clip.path) == scope
    )


def _program_presets() -> dict[str, Limits]:
    return {tr_word(PRESET_WORDS.get(name, name)): one for name, one in PRESETS.items()}


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setForegroundRole(QPalette.ColorRole.Mid)
    line.setFrameShadow(QFrame.Shadow.Plain)
    return line
