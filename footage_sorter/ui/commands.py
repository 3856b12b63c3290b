"""Commands: what each action of the menus does, over the parts that do it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from footage_sorter.domain.clip import ClipId, Mark
from footage_sorter.ui.library.pane import LibraryPane
from footage_sorter.ui.player.deck import Way
from footage_sorter.ui.player.panel import PlayerPanel
from footage_sorter.ui.player.skimming import Skimming
from footage_sorter.ui.session.clip_filter import EVERYTHING
from footage_sorter.ui.session.culling import Culling
from footage_sorter.ui.session.desktop import copy_paths, reveal
from footage_sorter.ui.session.session import Session


class Commands(QObject):
    """The acts that ask a person something or concern more than one part.

    Signals:
        paused: Whether the analysis waits now.
        filter_saved: The saved filters are others now.
        said: A sentence for the person.
    """

    said = Signal(str)
    paused = Signal(bool)
    filter_saved = Signal()

    def __init__(
        self,
        session: Session,
        pane: LibraryPane,
        culling: Culling,
        player: PlayerPanel,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._pane = pane
        self._culling = culling
        self._player = player
        self._window = window
        self.skimming = Skimming(player, self.go_on, self)
        player.clip_wanted.connect(self.step_clip)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each action does, by its name."""
        culling, player, deck = self._culling, self._player, self._player.deck
        handlers: dict[str, Callable[[], object]] = {
            "add_folder": self.add_folder,
            "add_files": self.add_files,
            "reveal": self.reveal,
            "copy_path": self.copy_path,
            "remove": lambda: self._session.remove(culling.chosen()),
            "quit": self._window.close,
            "undo": culling.undo,
            "redo": culling.redo,
            "select_all": self._pane.select_all,
            "keep": partial(culling.mark, Mark.KEEP),
            "reject": partial(culling.mark, Mark.REJECT),
            "clear": partial(culling.mark, Mark.NONE),
            "keep_best": self.keep_best,
            "open_stack": self.toggle_stack,
            "auto_advance": self.toggle_auto_advance,
            "show_all": lambda: self._pane.set_filter(EVERYTHING),
            "save_filter": self.save_filter,
            "play": deck.toggle,
            "back": partial(deck.shuttle, Way.BACK),
            "stop": deck.pause,
            "forward": partial(deck.shuttle, Way.ON),
            "frame_back": partial(deck.step, -1),
            "frame_on": partial(deck.step, 1),
            "mark_in": player.set_in,
            "mark_out": player.set_out,
            "clear_range": player.clear_range,
            "loop": player.toggle_loop,
            "mute": player.transport.toggle_mute,
            "play_best": player.play_best,
            "skim": self.skimming.toggle,
            "full_screen": player.toggle_full_screen,
            "pause": self.toggle_pause,
            "cancel": self._session.analysis.cancel,
            "analyse": self._session.analyse_rest,
        }
        return handlers | {f"stars_{n}": partial(culling.stars, n) for n in range(6)}

    # Files

    def add_folder(self) -> None:
        """Ask for a folder and add its clips."""
        folder = QFileDialog.getExistingDirectory(self._window, self.tr("Add a folder of clips"))
        if folder:
            self._session.add([Path(folder)])

    def add_files(self) -> None:
        """Ask for files and add them."""
        names, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Add clips"))
        self._session.add([Path(name) for name in names])

    def reveal(self) -> None:
        """Show the current clip in the file manager."""
        row = self._pane.current_row()
        if row is not None:
            reveal(row.clip.path)

    def copy_path(self) -> None:
        """Copy the paths of the chosen clips."""
        rows = map(self._session.model.row, self._culling.chosen())
        copy_paths(row.clip.path for row in rows if row is not None)

    # The library

    def go_on(self) -> bool:
        """Make the next shown clip current; False at the end."""
        return self.step_clip(1)

    def step_clip(self, step: int) -> bool:
        """Make the shown clip `step` places on current; False where there is none."""
        place = self._pane.selection.currentIndex().row() + step
        if not 0 <= place < self._pane.shown.rowCount():
            return False
        self._culling.go_to(self._pane.shown.row_at(place).clip.id)
        return True

    def go_to(self, clip_id: ClipId) -> None:
        """Make a clip current, also one that the filter hides."""
        shown = self._pane.shown
        if shown.place_of(clip_id) is None and not shown.index_of(clip_id).isValid():
            self._pane.set_filter(EVERYTHING)
        if not shown.index_of(clip_id).isValid():
            shown.set_open((clip_id,), is_open=True)
        self._culling.go_to(clip_id)

    def keep_best(self) -> None:
        """Keep the best take of the stack and reject the others."""
        if not self._culling.keep_best():
            self.said.emit(self.tr("This clip is on no stack of similar takes."))

    def toggle_stack(self) -> None:
        """Open the stacks of the chosen clips, or close them."""
        self._pane.toggle_stacks(self._culling.chosen())

    def save_filter(self) -> None:
        """Ask for a name and keep the filter under it."""
        name, said = QInputDialog.getText(
            self._window, self.tr("Save this filter"), self.tr("Name of the filter")
        )
        if said and name.strip():
            saved = dict(self._session.settings.saved_filters)
            saved[name.strip()] = self._pane.shown.clip_filter.to_text()
            self._session.save(replace(self._session.settings, saved_filters=saved))
            self.filter_saved.emit()

    def drop_filter(self, name: str) -> None:
        """Forget a saved filter."""
        saved = dict(self._session.settings.saved_filters)
        saved.pop(name, None)
        self._session.save(replace(self._session.settings, saved_filters=saved))
        self.filter_saved.emit()

    def toggle_auto_advance(self) -> None:
        """Go on to the next clip after a mark, or stay."""
        settings = self._session.settings
        self._session.save(replace(settings, auto_advance=not settings.auto_advance))

    # The analysis

    def toggle_pause(self) -> None:
        """Let the analysis wait, or go on."""
        analysis = self._session.analysis
        if analysis.paused:
            analysis.resume()
        else:
            analysis.pause()
        self.paused.emit(analysis.paused)
