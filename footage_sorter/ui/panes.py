"""The parts of the window beside one another: which are in sight, and which has the keyboard.

Knows the parts as they lie, not what they show.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from footage_sorter.domain.nothing_to_do import NothingToDo
from footage_sorter.ui.library.pane import LibraryPane, View
from footage_sorter.ui.library.sidebar import Sidebar
from footage_sorter.ui.look.notice import Notice
from footage_sorter.ui.look.splitter import SharingSplitter
from footage_sorter.ui.look.translate import tr_nothing_to_do
from footage_sorter.ui.panels.right_pane import RightPane
from footage_sorter.ui.session.columns import COLUMN_AT
from footage_sorter.ui.session.state_file import StateFile

RIGHT_PX = (400, 720)
"""The right pane's width in a small window, and in the largest; three tenths of it between."""

SIDEBAR_PX = (190, 224)
"""The sidebar's, likewise; an eighth between."""

NARROWEST_PX = (150, 320, 352)


def widths_px(room: QSize) -> Sequence[int]:
    """Of sidebar, library and right pane: a larger window gives the picture its share."""
    sidebar = min(max(SIDEBAR_PX[0], room.width() // 8), SIDEBAR_PX[1])
    right = min(max(RIGHT_PX[0], 3 * room.width() // 10), RIGHT_PX[1])
    return sidebar, room.width() - sidebar - right - 2, right


class Panes(SharingSplitter):
    """Sidebar, library with the notices below it, right pane.

    Signals:
        changed: What `in_sight` says is another thing now.
        hinted: A short sentence: why a key had nothing to do.
    """

    changed = Signal()
    hinted = Signal(str)

    def __init__(
        self,
        sidebar: Sidebar,
        notice: Notice,
        pane: LibraryPane,
        right: RightPane,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, widths_px, parent)
        self._sidebar, self._pane, self._right = sidebar, pane, right
        self._bare = False
        self._wanted: dict[QWidget, bool] = {sidebar: True, right: True}
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(pane, 1)
        column.addWidget(notice)  # below: no card may move away under the mouse
        for at, part in enumerate((sidebar, middle, right)):
            self.addWidget(part)
            self.setStretchFactor(at, int(part is middle))
            part.setMinimumWidth(NARROWEST_PX[at])

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each action does, by its name."""
        return {
            "grid": partial(self._show_view, View.GRID),
            "table": partial(self._show_view, View.TABLE),
            "stacks": self._toggle_stacks,
            "sort_usability": partial(self._pane.sort_by, COLUMN_AT["usability"]),
            "sort_name": partial(self._pane.sort_by, COLUMN_AT["name"]),
            "sidebar": partial(self._toggle, self._sidebar),
            "panel": partial(self._toggle, self._right),
            "why": self._show_why,
            "limits": self._show_limits,
            "note": self._write_note,
        }

    def in_sight(self) -> dict[str, bool]:
        """By action: which parts are in sight, and how the library is shown."""
        return {
            "grid": self._pane.kind is View.GRID,
            "table": self._pane.kind is View.TABLE,
            "stacks": self._pane.shown.stacked,
            "sidebar": self._wanted[self._sidebar],
            "panel": self._wanted[self._right],
        }

    @property
    def bare(self) -> bool:
        """Whether the library is shown alone."""
        return self._bare

    def set_bare(self, *, bare: bool) -> None:
        """Show the library alone while it has no clip: there is nothing to filter or to play."""
        if bare is not self._bare:
            self._bare = bare
            self._arrange()

    def focus_library(self) -> None:
        """Give the keyboard back to the clips."""
        self._right.player.leave_full_screen()
        self._pane.focus_view()

    def state(self) -> dict[str, object]:
        """What `restore` needs the next time."""
        own: dict[str, object] = {
            "splitter": self.kept(),
            "right": self._right.kept(),
            "tab": self._right.tabs.currentIndex(),
            "sidebar": int(self._wanted[self._sidebar]),
            "panel": int(self._wanted[self._right]),
            "bare": int(self._bare),
        }
        return own | self._pane.state()

    def restore(self, state: StateFile) -> None:
        """Show the parts as they were left."""
        state.restore({"splitter": self.restoreState, "right": self._right.restoreState})
        self._right.tabs.setCurrentIndex(state.number("tab", 0))
        self._wanted[self._sidebar] = state.number("sidebar", 1) > 0
        self._wanted[self._right] = state.number("panel", 1) > 0
        self._bare = state.number("bare", 1) > 0  # or a first start would show all for a moment
        self._arrange()
        self._pane.restore(state)
        self.changed.emit()

    def _show_view(self, view: View) -> None:
        self._pane.show_view(view)
        self.changed.emit()

    def _toggle_stacks(self) -> None:
        shown = self._pane.shown
        shown.set_stacked(stacked=not shown.stacked)
        if shown.stacked and not shown.n_stacks:
            self.hinted.emit(tr_nothing_to_do(NothingToDo.NO_STACKS))
        self.changed.emit()

    def _toggle(self, part: QWidget) -> None:
        self._wanted[part] = not self._wanted[part]
        self._arrange()

    def _bring(self, part: QWidget) -> None:
        self._wanted[part] = True
        self._arrange()

    def _arrange(self) -> None:
        for part, wanted in self._wanted.items():
            part.setVisible(wanted and not self._bare)
        self.changed.emit()

    def _show_why(self) -> None:
        """To read: the keyboard stays where it is, so that one can go on from clip to clip."""
        self._right.show_tab(self._right.why)
        self._bring(self._right)

    def _write_note(self) -> None:
        """To write: the keyboard goes along; Escape brings it back."""
        player = self._right.player
        if player.row is None:
            self.hinted.emit(tr_nothing_to_do(NothingToDo.NO_CLIP))
            return
        player.leave_full_screen()
        self._bring(self._right)
        player.facts.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_limits(self) -> None:
        """To move: the keyboard goes along."""
        self._right.show_tab(self._right.limits)
        self._bring(self._right)
        self._right.limits.setFocus()
