"""The dialogs of the menus: each is opened here and its answer handed to the part that acts."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from footage_sorter.domain.clip import ClipId
from footage_sorter.domain.settings import Device, Settings
from footage_sorter.ui.dialogs.about import AboutDialog
from footage_sorter.ui.dialogs.failures import FailuresDialog
from footage_sorter.ui.dialogs.learn import LearnDialog
from footage_sorter.ui.dialogs.settings import SettingsDialog
from footage_sorter.ui.dialogs.shortcuts import ShortcutsDialog
from footage_sorter.ui.look.forms import primary
from footage_sorter.ui.look.translate import pick_language
from footage_sorter.ui.panels.compare import FEWEST, MOST, CompareDialog
from footage_sorter.ui.player.deck import Deck
from footage_sorter.ui.player.panel import open_playbacks
from footage_sorter.ui.session.culling import Culling
from footage_sorter.ui.session.session import Session


class DialogActions(QObject):
    """Opens dialogs; none of them blocks the window's work.

    Signals:
        settings_changed: Settings that a person chose.
        clip_chosen: ClipId to go to.
        hinted: A short sentence: why nothing was opened.
    """

    settings_changed = Signal(object)
    clip_chosen = Signal(object)
    hinted = Signal(str)

    def __init__(
        self,
        session: Session,
        culling: Culling,
        takes_of: Callable[[ClipId], Sequence[ClipId]],
        window: QWidget,
    ) -> None:
        """Open dialogs above `window`; `takes_of` gives the stack of a clip, the best first."""
        super().__init__(window)
        self._takes_of = takes_of
        self._session = session
        self._culling = culling
        self._window = window
        self._started = session.settings
        self._restarts = False

    @property
    def restarts(self) -> bool:
        """Whether the window was closed so that the program starts again."""
        return self._restarts

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each action does, by its name."""
        return {
            "settings": self.show_settings,
            "keys": self.show_keys,
            "compare": self.show_compare,
            "failures": self.show_failures,
            "learn": self.show_learn,
            "about": self.show_about,
        }

    def show_settings(self) -> None:
        """Let a person change the settings."""
        dialog = SettingsDialog(self._session.settings, self._window)
        self._open(dialog, lambda: self._settle(dialog.settings()))

    def show_keys(self) -> None:
        """List all keys and let a person change them."""
        dialog = ShortcutsDialog(self._session.settings.shortcuts, self._window)
        self._open(
            dialog,
            lambda: self._settle(replace(self._session.settings, shortcuts=dialog.keys())),
        )

    def show_compare(self) -> None:
        """Show the selected takes side by side; of one clip alone its stack."""
        chosen: Sequence[ClipId] = self._culling.chosen()
        if len(chosen) == 1:
            chosen = (self._takes_of(chosen[0]) or chosen)[:MOST]
        rows = [row for row in map(self._session.model.row, chosen) if row is not None]
        if not FEWEST <= len(rows) <= MOST:
            self.hinted.emit(
                self.tr("Select {fewest} to {most} clips, or a stack, to compare them.").format(
                    fewest=FEWEST, most=MOST
                )
            )
            return
        dialog = CompareDialog(rows, self._session.limits_of, self._open_deck, self._window)
        dialog.keep_wanted.connect(self._culling.keep_this)
        self._open(dialog)

    def show_failures(self) -> None:
        """List what failed and why."""
        rows = [row for row in self._session.model.rows() if row.error or row.damage or row.missing]
        dialog = FailuresDialog(rows, str(self._session.core.log_path), self._window)
        dialog.clip_chosen.connect(self.clip_chosen)
        self._open(dialog)

    def show_learn(self) -> LearnDialog:
        """Say what can be learned from the marks, and let a person use it."""
        dialog = LearnDialog(self._session, self._culling.stack, self._window)
        self._open(dialog)
        return dialog

    def show_about(self) -> None:
        """Say which program this is, who judges, and where the library lies."""
        self._open(AboutDialog(self._session.core, self._window))

    def _open_deck(self) -> Deck:
        core = self._session.core
        return Deck(open_playbacks(core.frame_at, core.frames_from))

    def _settle(self, settings: Settings) -> None:
        before = self._session.settings
        self._culling.set_limits(settings.limits)  # a step that can be undone
        self._session.save(settings)
        if settings != before:
            self.settings_changed.emit(settings)
        if _waits(settings) not in (_waits(before), _waits(self._started)):
            self._offer_restart()

    def _offer_restart(self) -> None:
        """Some of it holds from the next start on: why not start now?"""
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Restart"))
        box.setText(self.tr("What you changed takes effect at the next start."))
        box.setInformativeText(
            self.tr(
                "The program comes back to this clip, and the analysis goes on where it was. "
                "Only what can be undone is forgotten."
            )
        )
        role = QMessageBox.ButtonRole
        now = primary(box.addButton(self.tr("Restart now"), role.AcceptRole))
        box.addButton(self.tr("Later"), role.RejectRole)
        box.setDefaultButton(now)
        self._open(box, self._restart)

    def _restart(self) -> None:
        self._restarts = self._window.close()

    def _open(self, dialog: QDialog, accepted: Callable[[], None] | None = None) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if accepted is not None:
            dialog.accepted.connect(accepted)
        dialog.open()


def _waits(settings: Settings) -> tuple[str, Device]:
    """What of the settings waits for the next start."""
    return pick_language(settings.language), settings.device
