"""The window: puts the parts together and lets each action reach the part that does it.

Knows every part by its signals; decides nothing itself.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from footage_sorter.domain.errors import FootageError
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.settings import Settings
from footage_sorter.domain.words import error
from footage_sorter.services.classifiers import is_classifier
from footage_sorter.services.core import Core
from footage_sorter.ui.actions import card_menu, fill_menus, make_actions, set_keys
from footage_sorter.ui.commands import Commands
from footage_sorter.ui.counts import Counts
from footage_sorter.ui.dialogs.classifier_actions import ClassifierActions
from footage_sorter.ui.dialogs.dialog_actions import DialogActions
from footage_sorter.ui.filtering import Filtering
from footage_sorter.ui.handoff_actions import HandoffActions
from footage_sorter.ui.library.drag_out import DragOut
from footage_sorter.ui.library.first_current import FirstCurrent
from footage_sorter.ui.library.pane import LibraryPane
from footage_sorter.ui.library.sidebar import Sidebar
from footage_sorter.ui.library.tool_bar import ToolBar
from footage_sorter.ui.look import theme
from footage_sorter.ui.look.forms import menu_text
from footage_sorter.ui.look.notice import Notice
from footage_sorter.ui.look.space_key import SpaceKey
from footage_sorter.ui.look.tab_order import set_tab_order
from footage_sorter.ui.look.translate import tr_phrase
from footage_sorter.ui.panels.overrule_action import OverruleAction
from footage_sorter.ui.panels.right_pane import RightPane
from footage_sorter.ui.panes import Panes
from footage_sorter.ui.player.overlays import Overlay
from footage_sorter.ui.session.columns import folder_of
from footage_sorter.ui.session.culling import Culling
from footage_sorter.ui.session.desktop import local_paths
from footage_sorter.ui.session.offline_check import OfflineCheck
from footage_sorter.ui.session.session import Session
from footage_sorter.ui.session.stacks import Stacks
from footage_sorter.ui.session.watch import FolderWatch
from footage_sorter.ui.status import StatusLine
from footage_sorter.ui.window_state import WindowState, first_size

PLAYER_MS = 30
"""So long after an opened library its current clip reaches the player: the cards are painted first,
or the window would stand still for both."""


class MainWindow(QMainWindow):
    """The program's one window."""

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._why_stopped = ""  # the analysis, the last time
        self._opening = False
        self._player_soon = QTimer(self, singleShot=True, interval=PLAYER_MS)
        self.session = Session(core, self)
        self.pane = LibraryPane(self.session, self)
        self.culling = Culling(self.session, self.pane.shown, self.pane.selection, self)
        self.sidebar = Sidebar(self)
        self.right = RightPane(self.session, self)
        self.player = self.right.player
        self.commands = Commands(self.session, self.pane, self.culling, self.player, self)
        self.dialogs = DialogActions(self.session, self.culling, self.pane.shown.takes_of, self)
        self.handoff = HandoffActions(
            self.session, self.culling, self.pane.shown.shown_rows, self.player.release, self
        )
        self.classifiers = ClassifierActions(self.session, self.pane.shown.shown_rows, self)
        self.overrule = OverruleAction(self.pane.current_row, self.culling, self.right.tabs)
        self.notice = Notice(self)
        self.panes = Panes(self.sidebar, self.notice, self.pane, self.right, self)
        self.window_state = WindowState(self.session, self.panes, self.pane, self.right, self)
        self.status = StatusLine(self.session.analysis.progress, core.models, self)
        self.actions_by_name = self._make_actions()
        self.tools = ToolBar(self.actions_by_name, self)
        self.filtering = Filtering(self.session, self.pane, self.sidebar, self.tools, self.commands)
        self.watch = FolderWatch(self)
        self.offline_check = OfflineCheck(self.session, self)
        self.first_current = FirstCurrent(self.session, self.pane)
        self.stacks = Stacks(
            self.session.model, core.thumbnails, self.session.background.pool, self
        )
        self.counts = Counts(self.session, self.pane, self.sidebar, self.status)
        self._space = SpaceKey(self)
        self._lay_out()
        self._connect_library()
        self._connect_dialogs()
        self._connect_work()
        self._restore()

    def start(self, paths: Sequence[Path] = ()) -> None:
        """Load the library, then add what lies below `paths`; both in the pool."""
        self.pane.view.setFocus()
        self.player.transport.set_loop(loop=self.session.settings.loop)
        self.watch.watch(self.session.settings.watched_folders)
        self._opening = True
        self.status.show_opening(opening=True)
        self.session.load(self.pane.last_seen.first_cards())
        self.session.add(paths)

    def light(self) -> None:
        """Wear the colours that the person or the system wants."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, theme.wanted_theme(self.session.settings.theme))
        self.sidebar.retint()
        self.sidebar.show_filter(self.pane.shown.clip_filter)

    # The parts

    def _make_actions(self) -> dict[str, QAction]:
        handlers = self.commands.handlers() | self.dialogs.handlers() | self.handoff.handlers()
        handlers |= self.classifiers.handlers() | self.panes.handlers() | self._window_handlers()
        handlers |= self.overrule.handlers()
        actions = make_actions(handlers, self.session.settings.shortcuts, self)
        self.player.follow(actions)
        self.commands.follow(actions)
        self.right.why.follow(actions["overrule"])
        return actions

    def _lay_out(self) -> None:
        self.setWindowTitle("Footage Sorter")
        self.setAcceptDrops(True)
        self.resize(first_size(self.screen().availableSize()))
        fill_menus(self.menuBar(), self.actions_by_name)
        self.addToolBar(self.tools)
        self.addActions(list(self.actions_by_name.values()))  # keys work in every view
        for view in (self.pane.grid, self.pane.table):
            view.addActions(card_menu(self.actions_by_name, self))
            DragOut(view, self.culling.chosen_rows, self.session.pictures.get)
        self.setCentralWidget(self.panes)
        self.statusBar().addWidget(self.status, 1)
        self.statusBar().setSizeGripEnabled(False)
        set_tab_order(self.tools, self.panes, self.status)

    def _connect_library(self) -> None:
        session, pane, tools = self.session, self.pane, self.tools
        self.right.connect_culling(self.culling)
        self.right.connect_saved(self.commands.saved)
        pane.current_changed.connect(self._on_current_changed)
        pane.activated.connect(self._on_activated)
        pane.in_sight.connect(lambda rows: session.prioritise([row.clip.id for row in rows]))
        pane.sort_changed.connect(lambda: tools.show_sorting(*pane.shown.sorted_by))
        pane.group_changed.connect(tools.show_grouping)
        pane.add_wanted.connect(self.commands.add_folder)
        pane.bare_changed.connect(lambda bare: self.panes.set_bare(bare=bare))
        self.panes.changed.connect(self._on_panes_changed)
        for action in self.actions_by_name.values():
            action.triggered.connect(self.first_current.end)
        self.player.deck.way_changed.connect(self.first_current.end)
        self.first_current.filled.connect(self.commands.greet)
        session.model.dataChanged.connect(self._on_rows_changed)
        session.model.rowsInserted.connect(self._on_rows_changed)
        session.model.rowsRemoved.connect(self._on_rows_changed)
        self.counts.counted.connect(self._on_counted)
        self.stacks.found.connect(pane.shown.set_stacks)
        self.stacks.found.connect(lambda found, _ranks: tools.show_stacks(len(found)))
        tools.sort_wanted.connect(pane.sort_by)
        tools.group_wanted.connect(pane.group_by)
        tools.card_size_wanted.connect(pane.grid.set_card_px)
        pane.grid.zoomed.connect(pane.grid.set_card_px)
        pane.grid.zoomed.connect(tools.show_card_size)

    def _connect_dialogs(self) -> None:
        self.commands.skimming.changed.connect(self.actions_by_name["skim"].setChecked)
        self.dialogs.clip_chosen.connect(self.commands.go_to)
        self.dialogs.hinted.connect(self._on_hint)
        self.panes.hinted.connect(self._on_hint)
        self.overrule.hinted.connect(self._on_hint)
        self.handoff.said.connect(self.notice.say)
        self.handoff.warned.connect(self.notice.warn)
        self.classifiers.said.connect(self.notice.say)
        self.classifiers.warned.connect(self.notice.warn)
        self.commands.hinted.connect(self._on_hint)
        self.player.transport.overlays_wanted.connect(self._on_overlays)
        self.dialogs.settings_changed.connect(self._on_settings_changed)

    def _connect_work(self) -> None:
        session, status, stack = self.session, self.status, self.culling.stack
        session.loaded.connect(self._on_loaded)
        self._player_soon.timeout.connect(lambda: self._show_in_player(self.pane.current_row()))
        session.troubled.connect(self._on_trouble)
        session.looked_at.connect(self.culling.mark_by_verdict)
        for changed in (self.watch.changed, self.offline_check.changed, self.player.lost):
            changed.connect(session.add)
        session.scan_changed.connect(status.show_scanning)
        session.scoring.connect(status.show_scorer)
        session.limits_changed.connect(self._on_limits_changed)
        self.right.limits.previewed.connect(self.pane.preview)
        session.classifiers_changed.connect(self._show_classifiers)
        session.analysis.aborted.connect(self._on_aborted)
        session.analysis.began.connect(self._on_work_began)
        session.analysis.ended.connect(self._on_work_ended)
        status.pause_wanted.connect(self.commands.toggle_pause)
        status.resume_wanted.connect(self.commands.toggle_pause)
        self.commands.paused.connect(self._on_paused)
        status.cancel_wanted.connect(session.analysis.cancel)
        status.failures_wanted.connect(self.dialogs.show_failures)
        stack.undoTextChanged.connect(self._on_undo_changed)
        stack.redoTextChanged.connect(self._on_undo_changed)
        stack.indexChanged.connect(self._on_undo_changed)
        self._on_undo_changed()
        self._on_paused(session.analysis.paused)

    # What a person does to the window itself

    def _window_handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "search": lambda: self.tools.search.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "to_clips": self._to_clips,
        }

    def _show_classifiers(self) -> None:
        self.tools.show_columns(self.pane.shown.columns)
        self.pane.bar.show_tags(shown=bool(self.session.classifiers))

    def _to_clips(self) -> None:
        """Leave whatever has the keyboard; leaving the search ends it.

        Where the clips have it already: end the skimming, or else close the notice.
        """
        if self.pane.at_hand and not self.player.in_full_screen:
            if self.commands.skimming.running:
                self.commands.skimming.stop()
            else:
                self.notice.close_one()
            return
        if self.tools.search.hasFocus():
            self.tools.search.clear()
        self.panes.focus_library()

    # What the parts tell

    def _on_panes_changed(self) -> None:
        in_sight = self.panes.in_sight()
        for name, on in in_sight.items():
            self.actions_by_name[name].setChecked(on)
        self.tools.show_grid_tools(shown=in_sight["grid"])
        self.tools.setVisible(not self.panes.bare)

    def _on_loaded(self) -> None:
        self._opening = False
        self.status.show_opening(opening=False)
        self.handoff.look_for_cut_off()
        self.stacks.start()

    def _on_hint(self, sentence: str) -> None:
        if self.session.is_loaded:  # until then "Opening the library…" answers every key
            self.status.say(sentence)
            self.player.say(sentence)

    def _on_overlays(self, wanted: frozenset[Overlay]) -> None:
        for overlay in Overlay:
            self.actions_by_name[f"overlay_{overlay}"].setChecked(overlay in wanted)

    def _on_current_changed(self, row: ClipRow | None) -> None:
        if self._opening:
            self._player_soon.start()
        else:
            self._show_in_player(row)
        self.commands.skimming.clip_changed()

    def _show_in_player(self, row: ClipRow | None) -> None:
        limits = self.session.settings.limits if row is None else self.session.limits_of(row)
        still = None if row is None else self.session.pictures.get(row.clip)
        self.right.show_row(row, limits, still)

    def _on_activated(self, _row: ClipRow) -> None:
        self.player.toggle_full_screen()
        self.player.deck.play()

    def _on_rows_changed(self) -> None:
        self.right.limits.rows_changed()
        row = self.pane.current_row()
        if row is not self.player.row:
            self._show_in_player(row)

    def _on_counted(self) -> None:
        if self.watch.folders:
            self._watch_folders()

    def _on_limits_changed(self) -> None:
        self.pane.repaint_cards()
        self._show_in_player(self.pane.current_row())

    def _on_settings_changed(self, settings: Settings) -> None:
        set_keys(self.actions_by_name, settings.shortcuts)
        self.actions_by_name["auto_advance"].setChecked(settings.auto_advance)
        self.pane.grid.set_still(still=settings.less_motion)
        self.right.limits.show_settings(settings)
        self.player.transport.set_loop(loop=settings.loop)
        self._watch_folders()
        self.light()

    def _watch_folders(self) -> None:
        with_clips = map(Path, set(map(folder_of, self.session.model.rows())))
        self.watch.watch(self.session.settings.watched_folders, with_clips)

    def _on_paused(self, paused: bool) -> None:  # noqa: FBT001  a signal's slot
        running = self.session.analysis.running
        self.actions_by_name["pause"].setChecked(paused)
        self.actions_by_name["pause"].setEnabled(running or paused)
        self.actions_by_name["cancel"].setEnabled(running)
        self.status.show_paused(paused=paused)
        self.pane.grid.shimmer.set_at_work(at_work=running and not paused)

    def _on_work_began(self) -> None:
        self.notice.take_back(self._why_stopped)
        self.status.work_began()
        self._on_paused(self.session.analysis.paused)

    def _on_work_ended(self) -> None:
        self._on_paused(self.session.analysis.paused)
        self.status.work_ended()

    def _on_aborted(self, trouble: Exception) -> None:
        self._why_stopped = self._sentence_of(trouble)

    def _on_trouble(self, trouble: Exception) -> None:
        self.notice.warn(self._sentence_of(trouble))

    def _sentence_of(self, trouble: Exception) -> str:
        if isinstance(trouble, FootageError):
            return tr_phrase(error(trouble))
        says = self.tr("Something went wrong in the program; the log says what: {path}")
        return says.format(path=self._core.log_path)

    def _on_undo_changed(self) -> None:
        stack = self.culling.stack
        for name, can, step, bare, words in (
            ("undo", stack.canUndo(), stack.undoText(), self.tr("Undo"), self.tr("Undo: {step}")),
            ("redo", stack.canRedo(), stack.redoText(), self.tr("Redo"), self.tr("Redo: {step}")),
        ):
            action = self.actions_by_name[name]
            action.setEnabled(can)
            text = words.format(step=step) if step else bare
            action.setText(menu_text(text))
            action.setToolTip(text)

    # The window's own life

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt override: files and folders may be dropped anywhere."""
        if event.source() is None and local_paths(event.mimeData()):  # not the library's own
            self.pane.empty_page.await_drop(held=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Qt override."""
        self.pane.empty_page.await_drop(held=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt override."""
        self.pane.empty_page.await_drop(held=False)
        paths = local_paths(event.mimeData())
        classifiers = [path for path in paths if is_classifier(path)]
        for folder in classifiers:
            self.classifiers.install(folder)
        self.commands.add([path for path in paths if path not in classifiers])
        event.acceptProposedAction()
        self.activateWindow()  # else the next key falls on the file that was dragged

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt override: what is done is kept; at most the clip in work is lost."""
        self._player_soon.stop()
        self.counts.stop()
        self.watch.stop()
        self.stacks.shutdown()
        self.commands.skimming.stop()
        self.right.shutdown()
        self.status.work_ended()
        self.session.shutdown()
        self.window_state.keep_at_the_end()
        super().closeEvent(event)

    def _restore(self) -> None:
        self._show_classifiers()
        self.window_state.restore()
        self.tools.show_card_size(self.pane.grid.card_px)
        self.actions_by_name["auto_advance"].setChecked(self.session.settings.auto_advance)
        self.filtering.show_saved()
        self.counts.show()
        for trouble in self._core.notices:
            self._on_trouble(trouble)
