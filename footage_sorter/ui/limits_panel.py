"""Limits: sliders that re-decide everything, and say first what would change.

Counts with the stored tracks, decodes nothing; the person's choice leaves it as a signal.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import isnan
from types import MappingProxyType

import numpy as np
from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from footage_sorter.domain.flag import LANES, Flag
from footage_sorter.domain.limits import PRESETS, Limits
from footage_sorter.domain.rating import TrackTable
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.tracks import ROW_OF
from footage_sorter.ui.columns import shown_path
from footage_sorter.ui.limits_fault import FaultEditor
from footage_sorter.ui.theme import GRID_PX
from footage_sorter.ui.translate import tr_word

log = logging.getLogger(__name__)

PRESET_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "daylight": "Daylight",
        "indoor": "Indoor",
        "stage": "Stage",
    }
)

COUNT_SOON_MS = 400
"""Rows that change while clips are analysed are counted anew at most this often."""


class LimitsPanel(QScrollArea):
    """All limits of the library.

    Signals:
        limits_changed: Limits, when the person let go of a slider or chose a preset.
        previewed: Limits, while a slider moves.
    """

    limits_changed = Signal(object)
    previewed = Signal(object)

    def __init__(
        self, rows: Callable[[], Sequence[ClipRow]], parent: QWidget | None = None
    ) -> None:
        """Show the limits of the clips that `rows` gives."""
        super().__init__(parent)
        self._counter = Counter(rows, self)
        self._counter.counted.connect(self._count)
        self._limits = Limits()
        self._row: ClipRow | None = None
        self._own: Mapping[str, Limits] = {}
        self._editors = {flag: FaultEditor(flag) for flag in Flag}
        for editor in self._editors.values():
            editor.moved.connect(self._on_moved)
            editor.released.connect(self._on_released)
            editor.clip_wanted.connect(self._on_clip_wanted)
        self._preset = QComboBox()
        self._preset.setAccessibleName(self.tr("Preset"))
        self._preset.activated.connect(self._on_preset)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Limits"))
        self.setWidget(self._page())
        self.set_limits(self._limits)

    def set_limits(self, limits: Limits) -> None:
        """Show the limits in force."""
        self._limits = limits
        for flag, editor in self._editors.items():
            editor.set_limit(limits.of(flag))
        self._show_preset()
        self._count()
        self.set_row(self._row)

    def set_own_presets(self, own: Mapping[str, Limits]) -> None:
        """Offer the person's own presets below the program's."""
        self._own = own
        self._show_preset()

    def set_row(self, row: ClipRow | None) -> None:
        """The clip that can be made the limit."""
        self._row = row
        rating = None if row is None else row.rating
        for flag, editor in self._editors.items():
            share = None if rating is None else rating.fault_share(flag)
            editor.set_clip_share(None if share is None or isnan(share) else share)

    def rows_changed(self) -> None:
        """The library's rows are others now: count them again, soon, if anybody looks."""
        self._counter.forget()
        if self.isVisible():
            self._counter.count_soon()

    def shutdown(self) -> bool:
        """Join the counting thread; False if it did not end in time."""
        return self._counter.shutdown()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt override."""
        super().showEvent(event)
        self._counter.count_soon()

    @property
    def moved_limits(self) -> Limits:
        """The limits as the sliders stand."""
        return Limits(**{flag.value: editor.limit for flag, editor in self._editors.items()})

    def _page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(GRID_PX, GRID_PX, GRID_PX, GRID_PX)
        layout.setSpacing(GRID_PX)
        top = QHBoxLayout()
        top.addWidget(QLabel(self.tr("Preset")))
        top.addWidget(self._preset, 1)
        reset = QPushButton(self.tr("Reset"))
        reset.setToolTip(self.tr("The program's own limits for daylight"))
        reset.clicked.connect(lambda: self._choose(Limits()))
        top.addWidget(reset)
        layout.addLayout(top)
        for flag, editor in self._editors.items():
            if flag is Flag.BLACK:
                line = QFrame()
                line.setFrameShape(QFrame.Shape.HLine)
                line.setForegroundRole(QPalette.ColorRole.Mid)
                line.setFrameShadow(QFrame.Shadow.Plain)
                layout.addWidget(line)
            layout.addWidget(editor)
        layout.addStretch(1)
        assert list(self._editors)[: len(LANES)] == list(LANES)
        return page

    def _presets(self) -> dict[str, Limits]:
        """By the words that a person reads."""
        named = {tr_word(PRESET_WORDS.get(name, name)): one for name, one in PRESETS.items()}
        return named | dict(self._own)

    def _show_preset(self) -> None:
        presets = self._presets()
        self._preset.clear()
        self._preset.addItems(list(presets))
        chosen = next((name for name, one in presets.items() if one == self._limits), None)
        if chosen is None:
            self._preset.addItem(self.tr("Own limits"))
        self._preset.setCurrentText(chosen or self.tr("Own limits"))

    def _on_preset(self, at: int) -> None:
        chosen = self._presets().get(self._preset.itemText(at))
        if chosen is not None:
            self._choose(chosen)

    def _choose(self, limits: Limits) -> None:
        if limits != self._limits:
            self.set_limits(limits)
            self.limits_changed.emit(limits)

    def _on_moved(self, _flag: Flag) -> None:
        self._count()
        self.previewed.emit(self.moved_limits)

    def _on_released(self, _flag: Flag) -> None:
        self._choose(self.moved_limits)

    def _on_clip_wanted(self, flag: Flag) -> None:
        """Tolerate exactly what the current clip shows: whatever is worse is flagged."""
        rating = None if self._row is None else self._row.rating
        if rating is not None:
            limit = replace(self._limits.of(flag), tolerated=rating.fault_share(flag))
            self._choose(self._limits.with_limit(flag, limit))

    def _count(self) -> None:
        """Say what the sliders would change: a few milliseconds for 10,000 clips."""
        table = self._counter.table
        if table is None:
            self._counter.count_soon()
            return
        now, then = table.flagged(self._limits), table.flagged(self.moved_limits)
        for flag, editor in self._editors.items():
            was, will = now[ROW_OF[flag]], then[ROW_OF[flag]]
            come = self._counter.names(np.flatnonzero(will & ~was).tolist())
            go = self._counter.names(np.flatnonzero(was & ~will).tolist())
            editor.set_counts(int(was.sum()), int(will.sum()), come, go)


class Counter(QObject):
    """Lays the library's tracks out for counting, on a pool thread: it takes too long to wait.

    Signals:
        counted: The table is there.
    """

    counted = Signal()
    _made = Signal(object, object)

    def __init__(self, rows: Callable[[], Sequence[ClipRow]], parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows
        self._measured: list[ClipRow] = []
        self.table: TrackTable | None = None
        self._fresh = False
        self._working = False
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._made.connect(self._on_made)
        self._soon = QTimer(self, singleShot=True, interval=COUNT_SOON_MS)
        self._soon.timeout.connect(self._start)

    def names(self, places: Sequence[int]) -> list[str]:
        """Names of the clips in some columns of the table."""
        return [shown_path(self._measured[place].clip.path.name) for place in places]

    def forget(self) -> None:
        """The rows have changed; the old table serves until there is a new one."""
        self._fresh = False

    def count_soon(self) -> None:
        """Lay out the rows, unless that has been done."""
        if self._fresh or self._working or self._soon.isActive():
            return
        if self.table is None:
            self._start()
        else:
            self._soon.start()

    def shutdown(self) -> bool:
        """Join; False if the thread did not end in time."""
        self._soon.stop()
        return self._pool.waitForDone(5000)

    def _start(self) -> None:
        measured = [row for row in self._rows() if row.tracks is not None]
        self._fresh = self._working = True
        self._pool.start(lambda: self._work(measured))

    def _work(self, measured: list[ClipRow]) -> None:
        """Runs on the pool's thread."""
        tracks = [
            row.tracks.without(row.decision.overruled) for row in measured if row.tracks is not None
        ]
        try:
            self._made.emit(measured, TrackTable(tracks))
        except RuntimeError:  # the window was closed meanwhile, and this object with it
            log.debug("counted for nobody")

    def _on_made(self, measured: list[ClipRow], table: TrackTable) -> None:
        self._measured, self.table, self._working = measured, table, False
        self.counted.emit()
        if not self._fresh:
            self.count_soon()
