"""Commands: what each action of the menus does, over the parts that do it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from footage_sorter.domain.clip import ClipId, Mark
from footage_sorter.domain.nothing_to_do import NothingToDo
from footage_sorter.ui.library.pane import LibraryPane
from footage_sorter.ui.look.key_button import key_of, named
from footage_sorter.ui.look.translate import tr_nothing_to_do
from footage_sorter.ui.player.overlays import Overlay
from footage_sorter.ui.player.panel import PlayerPanel
from footage_sorter.ui.player.playback import Way
from footage_sorter.ui.player.skimming import Skimming
from footage_sorter.ui.session.clip_filter import EVERYTHING
from footage_sorter.ui.session.culling import Culling
from footage_sorter.ui.session.desktop import copy_paths, reveal
from footage_sorter.ui.session.saved import Saved
from footage_sorter.ui.session.session import Session
from footage_sorter.ui.session.steps import counted


class Commands(QObject):
    """The acts that ask a person something or concern more than one part.

    Signals:
        paused: Whether the analysis waits now.
        hinted: A short sentence: what came of a key, or why it had nothing to do.
    """

    hinted = Signal(str)
    paused = Signal(bool)

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
        self._actions: Mapping[str, QAction] = {}
        self.skimming = Skimming(player, self.go_on, self)
        self.skimming.changed.connect(self._on_skimming)
        self.skimming.barren.connect(partial(self._nothing_to_do, NothingToDo.NOTHING_TO_SKIM))
        player.clip_wanted.connect(self.step_clip)
        player.hinted.connect(self.hinted)
        culling.hinted.connect(self.hinted)
        self.saved = Saved(session, culling.stack, self)
        self.saved.hinted.connect(self.hinted)

    def follow(self, actions: Mapping[str, QAction]) -> None:
        """Know the actions and their keys, to name them."""
        self._actions = actions

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each action does, by its name."""
        culling = self._culling
        handlers: dict[str, Callable[[], object]] = {
            "add_folder": self.add_folder,
            "add_files": self.add_files,
            "reveal": self.reveal,
            "copy_path": self.copy_path,
            "remove": partial(self._with_chosen, culling.remove),
            "quit": self._window.close,
            "undo": culling.undo,
            "redo": culling.redo,
            "select_all": self._pane.select_all,
            "keep": partial(self._with_chosen, partial(culling.mark, Mark.KEEP)),
            "reject": partial(self._with_chosen, partial(culling.mark, Mark.REJECT)),
            "clear": partial(self._with_chosen, partial(culling.mark, Mark.NONE)),
            "keep_best": self.keep_best,
            "open_stack": self.toggle_stack,
            "auto_advance": self.toggle_auto_advance,
            "show_all": self.show_all,
            "save_filter": self.save_filter,
            "pause": self.toggle_pause,
            "cancel": self._session.analysis.cancel,
            "analyse": self.analyse_rest,
        }
        stars = {
            f"stars_{n}": partial(self._with_chosen, partial(culling.stars, n)) for n in range(6)
        }
        return handlers | stars | self._of_the_player()

    def _of_the_player(self) -> dict[str, Callable[[], object]]:
        player, deck = self._player, self._player.deck
        return {
            "play": partial(player.with_clip, deck.toggle),
            "back": partial(player.with_clip, partial(deck.shuttle, Way.BACK)),
            "stop": partial(player.with_clip, deck.pause),
            "forward": partial(player.with_clip, partial(deck.shuttle, Way.ON)),
            "frame_back": partial(player.with_clip, partial(deck.step, -1)),
            "frame_on": partial(player.with_clip, partial(deck.step, 1)),
            "mark_in": player.set_in,
            "mark_out": player.set_out,
            "clear_range": player.clear_range,
            "loop": player.toggle_loop,
            "mute": player.toggle_mute,
            "overlay_clipped": partial(player.transport.toggle_overlay, Overlay.CLIPPED),
            "overlay_crushed": partial(player.transport.toggle_overlay, Overlay.CRUSHED),
            "overlay_peaking": partial(player.transport.toggle_overlay, Overlay.PEAKING),
            "play_best": player.play_best,
            "skim": self.skimming.toggle,
            "full_screen": player.toggle_full_screen,
        }

    def greet(self) -> None:
        """Name the first keys to somebody who has just filled an empty library."""
        names = ("keep", "reject", "skim", "keys")
        keys = {name: key_of(self._actions[name]) for name in names}
        if all(keys.values()):
            says = self.tr(
                "{keep} keeps a clip, {reject} rejects it, {skim} skims. {keys}: all keys."
            )
            self.hinted.emit(says.format(**keys))

    def _on_skimming(self, runs: bool) -> None:  # noqa: FBT001  a signal's slot
        self.hinted.emit(self.tr("Skimming.") if runs else self.tr("Skimming has ended."))

    def _nothing_to_do(self, why: NothingToDo) -> None:
        said = tr_nothing_to_do(why)
        if why is NothingToDo.NOT_STACKED:
            way = self.tr("In the menu View: {action}.")
            said = f"{said} {way.format(action=named(self._actions['stacks']))}"
        self.hinted.emit(said)

    def _with_chosen(self, act: Callable[[], object]) -> None:
        """Do what is done to the chosen clips, or say that there are none."""
        if self._culling.chosen():
            act()
        else:
            self._nothing_to_do(NothingToDo.NO_CLIP)

    # Files

    def add(self, paths: Sequence[Path]) -> None:
        """Add what lies below `paths`; say so where a filter may hide it."""
        self._session.add(paths)
        if paths and self._pane.shown.clip_filter != EVERYTHING:
            self.hinted.emit(self.tr("A filter is at work: it may hide what was added."))

    def add_folder(self) -> None:
        """Ask for a folder and add its clips."""
        folder = QFileDialog.getExistingDirectory(self._window, self.tr("Add a folder of clips"))
        if folder:
            self.add([Path(folder)])

    def add_files(self) -> None:
        """Ask for files and add them."""
        names, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Add clips"))
        self.add([Path(name) for name in names])

    def reveal(self) -> None:
        """Show the current clip in the file manager."""
        row = self._pane.current_row()
        if row is None:
            self._nothing_to_do(NothingToDo.NO_CLIP)
        else:
            reveal(row.clip.path)

    def copy_path(self) -> None:
        """Copy the paths of the chosen clips."""
        rows = self._culling.chosen_rows()
        if not rows:
            self._nothing_to_do(NothingToDo.NO_CLIP)
            return
        copy_paths(row.clip.path for row in rows)
        self.hinted.emit(
            counted(lambda n: self.tr("Copied the path of %n clip(s)", "", n), len(rows))
        )

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
            self._nothing_to_do(self._why_no_stack())

    def toggle_stack(self) -> None:
        """Open the stacks of the chosen clips, or close them."""
        chosen = self._culling.chosen()
        if any(self._pane.shown.place_of(one) is not None for one in chosen):
            self._pane.toggle_stacks(chosen)
        else:
            self._nothing_to_do(self._why_no_stack())

    def _why_no_stack(self) -> NothingToDo:
        if not self._culling.chosen():
            return NothingToDo.NO_CLIP
        return NothingToDo.NO_STACK if self._pane.shown.stacked else NothingToDo.NOT_STACKED

    def show_all(self) -> None:
        """Let no filter hide a clip."""
        if self._pane.shown.clip_filter == EVERYTHING:
            self._nothing_to_do(NothingToDo.ALL_SHOWN)
        else:
            self._pane.set_filter(EVERYTHING)

    def save_filter(self) -> None:
        """Ask for a name and keep the filter under it."""
        if self._pane.shown.clip_filter == EVERYTHING:
            self._nothing_to_do(NothingToDo.NO_FILTER)
            return
        title = self.tr("Save this filter")
        name, said = QInputDialog.getText(self._window, title, self.tr("Name of the filter"))
        name = name.strip()
        if said and name:
            self.saved.save_filter(name, self._pane.shown.clip_filter.to_text())

    def toggle_auto_advance(self) -> None:
        """Go on to the next clip after a mark, or stay."""
        settings = self._session.settings
        self._session.save(replace(settings, auto_advance=not settings.auto_advance))

    # The analysis

    def analyse_rest(self) -> None:
        """Take up what a cancel or an error left, or say how it stands."""
        was_at_work = self._session.analysis.running
        if not self._session.analyse_rest():
            self._nothing_to_do(NothingToDo.ALL_ANALYSED)
        elif was_at_work:
            self._nothing_to_do(NothingToDo.AT_WORK)

    def toggle_pause(self) -> None:
        """Let the analysis wait, or go on."""
        analysis = self._session.analysis
        if analysis.paused:
            analysis.resume()
        else:
            analysis.pause()
        self.paused.emit(analysis.paused)
