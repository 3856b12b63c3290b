"""One fault's limit: two sliders, what they mean, and what they would change.

Knows one FaultLimit; counts nothing itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QSlider, QToolButton, QWidget

from footage_sorter.domain.flag import Flag
from footage_sorter.domain.limits import FaultLimit
from footage_sorter.domain.words import FLAG_WORDS
from footage_sorter.ui.look.icons import icon
from footage_sorter.ui.look.theme import GRID_PX
from footage_sorter.ui.look.translate import decimal, tr_word
from footage_sorter.ui.look.wheel import PassingWheel
from footage_sorter.ui.panels.why import FlagLetter

STEPS = 1000
"""Places of a slider."""

EXPONENT = {Flag.CLIPPED_AUDIO: 3.0}
"""Clipped samples count from a tenth of a percent on: their slider is fine at its low end."""

REST_MS = 350
"""A slider moved by keys or the wheel is released when it rests so long."""

NAMED = 3
"""Clips named in the line below a fault; the tool tip names more."""

NAMED_TIP = 30


class FaultEditor(QWidget):
    """The limit of one fault.

    Signals:
        moved: The Flag, while a slider moves: nothing is decided yet.
        released: The Flag, when the person let go.
        clip_wanted: The Flag whose limit the current clip shall be.
    """

    moved = Signal(object)
    released = Signal(object)
    clip_wanted = Signal(object)

    def __init__(self, flag: Flag, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.flag = flag
        self._limit = FaultLimit(0.5, 0.5)
        fault = tr_word(FLAG_WORDS[flag])
        self._title = QLabel(fault)
        self._counts = QLabel()
        self._counts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._which = QLabel(" ")
        self._which.setProperty("rank", "quiet")
        self._which.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for label in (self._counts, self._which):
            label.setTextFormat(Qt.TextFormat.PlainText)
        over = self.tr("{fault}: a second counts over").format(fault=fault)
        self._over = self._slider(over, self._on_over)
        tolerated = self.tr("{fault}: share of seconds tolerated").format(fault=fault)
        self._tolerated = self._slider(tolerated, self._on_tolerated)
        self._over_value, self._tolerated_value = QLabel(), QLabel()
        self._clip = QToolButton()
        self._clip.setIcon(icon("target"))
        self._clip.setIconSize(QSize(16, 16))
        self._clip.setAutoRaise(True)
        self._clip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._clip.clicked.connect(lambda: self.clip_wanted.emit(flag))
        self.set_clip_share(None)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(lambda: self.released.emit(flag))
        self._lay_out()

    @property
    def limit(self) -> FaultLimit:
        """The limit as the sliders stand."""
        return self._limit

    def set_limit(self, limit: FaultLimit) -> None:
        """Show a limit; says nothing."""
        self._limit = limit
        for slider, place in (
            (self._over, STEPS * limit.over ** (1 / self._exponent)),
            (self._tolerated, STEPS * limit.tolerated),
        ):
            slider.blockSignals(True)  # noqa: FBT003  Qt's own signature
            slider.setValue(round(place))
            slider.blockSignals(False)  # noqa: FBT003
        self._say()

    def set_counts(self, now: int, then: int, come: Sequence[str], go: Sequence[str]) -> None:
        """Say how many clips are flagged, how many would be, and which.

        Args:
            now: Under the limits in force.
            then: As the sliders stand.
            come: Names of the clips that would be flagged.
            go: Names of those that would no more be.
        """
        if come or go:
            text = self.tr("{now} → {then} clips").format(now=now, then=then)
        else:
            text = self.tr("%n clips", "", now)
        self._counts.setText(text)
        font = self._counts.font()
        font.setBold(bool(come or go))
        self._counts.setFont(font)
        self._which.setText(self._names(come, go, NAMED, "   ") or " ")
        self._which.setToolTip(self._names(come, go, NAMED_TIP, "\n"))

    def set_clip_share(self, share: float | None) -> None:
        """Offer the current clip as the limit; None where it was not measured."""
        self._clip.setEnabled(share is not None)
        says = self.tr("Make this clip the limit: what is worse is flagged")
        if share is not None:
            says += "\n" + self.tr("This clip: {share} % of seconds").format(
                share=f"{100 * share:.0f}"
            )
        self._clip.setToolTip(says)
        self._clip.setAccessibleName(self.tr("Make this clip the limit"))

    @property
    def _exponent(self) -> float:
        return EXPONENT.get(self.flag, 1.0)

    def _names(self, come: Sequence[str], go: Sequence[str], most: int, between: str) -> str:
        parts = []
        for sign, names in (("+", come), ("−", go)):
            if names:
                rest = len(names) - most
                listed = ", ".join(names[:most])
                more = " " + self.tr("and %n more", "", rest) if rest > 0 else ""
                parts.append(f"{sign} {listed}{more}")
        return between.join(parts)

    def _on_over(self, place: int) -> None:
        self._set(replace(self._limit, over=(place / STEPS) ** self._exponent))

    def _on_tolerated(self, place: int) -> None:
        self._set(replace(self._limit, tolerated=place / STEPS))

    def _set(self, limit: FaultLimit) -> None:
        self._limit = limit
        self._say()
        self.moved.emit(self.flag)
        if self._over.isSliderDown() or self._tolerated.isSliderDown():
            self._rest.stop()
        else:
            self._rest.start()

    def _on_slider_released(self) -> None:
        self._rest.stop()
        self.released.emit(self.flag)

    def _say(self) -> None:
        over = self._limit.over
        self._over_value.setText(decimal(f"{over:.{2 if self._exponent == 1.0 else 4}f}"))
        text = self.tr("{percent} %").format(percent=f"{100 * self._limit.tolerated:.0f}")
        self._tolerated_value.setText(text)

    def _slider(self, name: str, moved: Callable[[int], None]) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, STEPS)
        slider.setSingleStep(STEPS // 100)
        slider.setPageStep(STEPS // 20)
        slider.setAccessibleName(name)
        slider.valueChanged.connect(moved)
        slider.sliderReleased.connect(self._on_slider_released)
        PassingWheel(slider)
        return slider

    def _lay_out(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(GRID_PX)
        layout.setVerticalSpacing(2)
        layout.setColumnMinimumWidth(0, GRID_PX + 4)
        layout.setColumnStretch(2, 1)
        layout.addWidget(FlagLetter(self.flag), 0, 0)
        layout.addWidget(self._title, 0, 1)
        layout.addWidget(self._counts, 0, 2, 1, 2)
        layout.addWidget(self._clip, 0, 4)
        rows = (
            (self.tr("counts over"), self._over, self._over_value),
            (self.tr("tolerated"), self._tolerated, self._tolerated_value),
        )
        for row, (says, slider, value) in enumerate(rows, start=1):
            label = QLabel(says)
            label.setProperty("rank", "quiet")
            label.setMinimumWidth(label.fontMetrics().horizontalAdvance("underexposed"))
            layout.addWidget(label, row, 1)
            layout.addWidget(slider, row, 2)
            value.setMinimumWidth(value.fontMetrics().horizontalAdvance("0.0000"))
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            layout.addWidget(value, row, 3, 1, 2)
        layout.addWidget(self._which, 3, 1, 1, 4)
