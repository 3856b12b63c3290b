"""The right side of the window: the player, and below it why and limits."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QTabWidget, QWidget

from footage_sorter.domain.limits import Limits
from footage_sorter.domain.row import ClipRow
from footage_sorter.ui.look.splitter import SharingSplitter
from footage_sorter.ui.panels.limits import LimitsPanel
from footage_sorter.ui.panels.why import WhyPanel
from footage_sorter.ui.player.panel import PlayerPanel, open_playbacks
from footage_sorter.ui.session.culling import Culling
from footage_sorter.ui.session.saved import Saved
from footage_sorter.ui.session.session import Session

LEAST_BELOW_PX = 208
"""So much is left for why and limits, however large the picture could be; less in a low window."""


class RightPane(SharingSplitter):
    """Shows the current clip in all that is said of it; hands what is wanted to the culling."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, self._heights_px, parent)
        self._session = session
        self.player = PlayerPanel(open_playbacks(session.core.frame_at, session.core.frames_from))
        self.why = WhyPanel(session.core.frame_at, lambda: session.taste)
        self.limits = LimitsPanel(session.model.rows)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)  # the splitter's handle is a hairline already
        self.tabs.addTab(self.why, self.tr("Why"))
        self.tabs.addTab(self.limits, self.tr("Limits"))
        self.addWidget(self.player)
        self.addWidget(self.tabs)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.limits.show_settings(session.settings)
        session.limits_changed.connect(self._show_settings)
        self.why.seek_wanted.connect(self.player.deck.seek)
        self.player.deck.moved.connect(self.why.set_position)

    def _heights_px(self, room: QSize) -> Sequence[int]:
        """The player as high as a picture of 16 : 9 needs it; the panels take the rest."""
        wanted = self.player.height_for_picture(room.width())
        least_below = min(LEAST_BELOW_PX, 3 * room.height() // 10)
        player = min(wanted, room.height() - least_below)
        return player, room.height() - player - 1

    def _show_settings(self) -> None:
        self.limits.show_settings(self._session.settings)

    def connect_culling(self, culling: Culling) -> None:
        """Let what a person wants here become steps that can be undone."""
        self.player.mark_wanted.connect(culling.mark_one)
        self.player.stars_wanted.connect(culling.stars_one)
        self.player.note_wanted.connect(culling.note)
        self.player.range_wanted.connect(culling.range)
        self.why.overrule_wanted.connect(
            lambda clip_id, flag, wrong: culling.overrule(clip_id, flag, wrong=wrong)
        )
        self.limits.limits_changed.connect(culling.set_limits)

    def connect_saved(self, saved: Saved) -> None:
        """The same for presets."""
        self.limits.preset_saved.connect(saved.save_preset)
        self.limits.preset_removed.connect(saved.remove_preset)
        saved.presets_changed.connect(self._show_settings)

    def show_row(self, row: ClipRow | None, limits: Limits, still: QPixmap | None) -> None:
        """Show a clip, or what has changed in it."""
        self.player.show_row(row, limits, still)
        self.why.show_row(row, limits)
        self.limits.set_row(row)

    def show_tab(self, tab: QWidget) -> None:
        """Bring why or limits to the front."""
        self.tabs.setCurrentWidget(tab)

    def shutdown(self) -> bool:
        """End the panels' threads; False if one did not end in time."""
        return all([self.player.shutdown(), self.why.shutdown(), self.limits.shutdown()])
