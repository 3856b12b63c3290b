"""Filtering: sidebar, search field and saved filters over the one filter of the library."""

from PySide6.QtCore import QObject, QSignalBlocker

from footage_sorter.ui.commands import Commands
from footage_sorter.ui.library.pane import LibraryPane
from footage_sorter.ui.library.sidebar import Sidebar
from footage_sorter.ui.library.tool_bar import ToolBar
from footage_sorter.ui.session.clip_filter import EVERYTHING, ClipFilter
from footage_sorter.ui.session.session import Session


class Filtering(QObject):
    """Takes what a person wants to see to the library, and shows everywhere what holds."""

    def __init__(
        self,
        session: Session,
        pane: LibraryPane,
        sidebar: Sidebar,
        tools: ToolBar,
        commands: Commands,
    ) -> None:
        super().__init__(pane)
        self._session, self._pane, self._sidebar, self._tools = session, pane, sidebar, tools
        sidebar.chosen.connect(self._on_chosen)
        sidebar.toggled.connect(self._on_toggled)
        sidebar.saved_chosen.connect(self._on_saved_chosen)
        sidebar.saved_dropped.connect(commands.saved.remove_filter)
        commands.saved.filters_changed.connect(self.show_saved)
        tools.searched.connect(self._on_searched)
        tools.search.returnPressed.connect(pane.focus_view)
        pane.filter_changed.connect(self._on_filter_changed)

    def show_saved(self) -> None:
        """Show the saved filters."""
        self._sidebar.show_saved(self._session.settings.saved_filters)

    @property
    def _now(self) -> ClipFilter:
        return self._pane.shown.clip_filter

    def _on_chosen(self, field: str, value: str) -> None:
        self._pane.set_filter(self._now.choosing(field, value) if field else EVERYTHING)

    def _on_toggled(self, field: str, value: str) -> None:
        self._pane.set_filter(self._now.toggling(field, value))

    def _on_saved_chosen(self, name: str) -> None:
        """As all else in the sidebar: chosen once more, it holds no longer."""
        saved = ClipFilter.from_text(self._session.settings.saved_filters.get(name, ""))
        self._pane.set_filter(EVERYTHING if saved == self._now else saved)

    def _on_searched(self, text: str) -> None:
        self._pane.set_filter(self._now.having("text", text))

    def _on_filter_changed(self, clip_filter: ClipFilter) -> None:
        self._sidebar.show_filter(clip_filter)
        if self._tools.search.text() != clip_filter.text:
            with QSignalBlocker(self._tools.search):
                self._tools.search.setText(clip_filter.text)
