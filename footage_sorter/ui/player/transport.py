"""The transport: buttons and menus below the picture. Knows no clip; says what is wanted."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSlider, QToolButton, QVBoxLayout, QWidget

from footage_sorter.ui.look.icons import icon
from footage_sorter.ui.look.key_button import KeyButton, key_of
from footage_sorter.ui.look.theme import GRID_PX
from footage_sorter.ui.player.overlays import Overlay
from footage_sorter.ui.player.playback import Way

RATES = (0.25, 0.5, 1.0, 1.5, 2.0)
"""Speeds to choose from, times normal."""

ICON = QSize(18, 18)


def _name_key(own: QAction, action: QAction, words: str) -> None:
    """Let a line of a menu end in another action's key, as menus show their own."""
    own.setText(f"{words}\t{key_of(action)}")


def pace_text(pace: float) -> str:
    """A speed as it is shown: "4×", backwards "−2×"."""
    return f"{pace:g}×".replace("-", "\N{MINUS SIGN}")


class Transport(QWidget):
    """Two rows: what moves the clip, and how it is shown.

    Signals:
        toggle_wanted, step_wanted (1 or -1), in_wanted, out_wanted, best_wanted, loop_wanted
        (bool), full_screen_wanted: the buttons.
        rate_wanted: Times normal speed.
        volume_wanted: 0-1.
        overlays_wanted: A frozenset of Overlay.
    """

    toggle_wanted = Signal()
    step_wanted = Signal(int)
    in_wanted = Signal()
    out_wanted = Signal()
    best_wanted = Signal()
    loop_wanted = Signal(bool)
    full_screen_wanted = Signal()
    rate_wanted = Signal(float)
    volume_wanted = Signal(float)
    overlays_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pace = 0.0
        self._buttons: dict[str, KeyButton] = {}  # by the action that does the same
        self._play = self._button("play", self.tr("Play"), "play", self.toggle_wanted.emit)
        self._loop = self._button("loop", self.tr("Loop"), "loop", None)
        self._loop.setCheckable(True)
        self._loop.toggled.connect(self.loop_wanted)
        self._time = QLabel("0:00.00 / 0:00")
        self._time.setAccessibleName(self.tr("Position"))
        self._volume, self._mute = self._sound()
        self._rate = self._menu_button(self.tr("Speed"))
        self._rate.setText("1×")
        self._rate.setMenu(self._rate_menu())
        self._overlay = self._menu_button(self.tr("Overlays on a paused frame"))
        self._overlays: dict[Overlay, QAction] = {}
        self._overlay.setIcon(icon("overlay"))
        self._overlay.setMenu(self._overlay_menu())
        self._lay_out()

    def follow(self, actions: Mapping[str, QAction]) -> None:
        """Name on each button the key that does the same, whichever it becomes."""
        for name, button in self._buttons.items():
            button.follow(actions[name])
        for overlay, own in self._overlays.items():
            action = actions[f"overlay_{overlay}"]
            name_key = partial(_name_key, own, action, own.text())
            action.changed.connect(name_key)
            name_key()

    def set_time(self, text: str) -> None:
        """Say where the clip stands."""
        self._time.setText(text)

    def set_way(self, way: Way) -> None:
        """Show whether it plays."""
        playing = way is not Way.STILL
        self._play.setIcon(icon("pause" if playing else "play"))
        self._play.say(self.tr("Pause") if playing else self.tr("Play"))

    def set_pace(self, pace: float) -> None:
        """Say how fast it goes, backwards with a minus; where it stands, the speed chosen."""
        self._pace = pace
        self._say_speed()

    def set_loop(self, *, loop: bool) -> None:
        """Show, and say, whether it loops."""
        self._loop.setChecked(loop)

    @property
    def loops(self) -> bool:
        """Whether the loop is on."""
        return self._loop.isChecked()

    def set_rate(self, rate: float) -> None:
        """Show, and say, the speed; one that is not on the menu is not heeded."""
        for action in self._rates.actions():
            if action.data() == rate:
                action.setChecked(True)
                self._on_rate(action)

    @property
    def overlays(self) -> frozenset[Overlay]:
        """What is painted over a paused frame."""
        return frozenset(one for one, action in self._overlays.items() if action.isChecked())

    def toggle_overlay(self, overlay: Overlay) -> None:
        """Paint an overlay over a paused frame, or do not."""
        self._overlays[overlay].toggle()

    @property
    def muted(self) -> bool:
        """Whether the sound is off."""
        return self._mute.isChecked()

    @property
    def heard(self) -> bool:
        """Whether there is sound to set."""
        return self._mute.isEnabled()

    def set_muted(self, *, muted: bool) -> None:
        """Turn the sound off, or on."""
        self._mute.setChecked(muted)

    def set_volume(self, volume: float) -> None:
        """Show, and say, the loudness, 0-1."""
        self._volume.setValue(round(100 * volume))

    def choices(self) -> tuple[bool, float, float]:
        """Loop, loudness 0-1 and speed as they stand, for the settings."""
        chosen = self._rates.checkedAction()
        rate = 1.0 if chosen is None else float(chosen.data())
        return self._loop.isChecked(), self._volume.value() / 100, rate

    def set_sound(self, *, heard: bool) -> None:
        """Whether there is sound to set."""
        self._mute.setEnabled(heard)
        self._volume.setEnabled(heard)
        silent = self.tr("Shown by single frames, without sound")
        self._mute.say(self.tr("Mute") if heard else silent, keyed=heard)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(2)
        back, on = self.tr("One frame back"), self.tr("One frame on")
        first.addWidget(self._button("frame-back", back, "frame_back", self._back))
        first.addWidget(self._play)
        first.addWidget(self._button("frame-on", on, "frame_on", self._on))
        first.addSpacing(GRID_PX)
        best = self.tr("Play the best segment")
        first.addWidget(self._button("best", best, "play_best", self.best_wanted.emit))
        first.addWidget(self._loop)
        first.addSpacing(GRID_PX)
        start, end = self.tr("In point here"), self.tr("Out point here")
        first.addWidget(self._button("in", start, "mark_in", self.in_wanted.emit))
        first.addWidget(self._button("out", end, "mark_out", self.out_wanted.emit))
        first.addStretch(1)
        full, wanted = self.tr("Full screen"), self.full_screen_wanted.emit
        first.addWidget(self._button("full-screen", full, "full_screen", wanted))
        second.addWidget(self._time)
        second.addStretch(1)
        for widget in (self._rate, self._overlay, self._mute, self._volume):
            second.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(first)
        layout.addLayout(second)

    def _back(self) -> None:
        self.step_wanted.emit(-1)

    def _on(self) -> None:
        self.step_wanted.emit(1)

    def _button(
        self, drawing: str, says: str, action: str, pressed: Callable[[], None] | None
    ) -> KeyButton:
        button = KeyButton(says, self)
        self._buttons[action] = button
        button.setAutoRaise(True)
        button.setIcon(icon(drawing))
        button.setIconSize(ICON)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the library
        if pressed is not None:
            button.clicked.connect(lambda _checked=False: pressed())
        return button

    def _menu_button(self, says: str) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setIconSize(ICON)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolTip(says)
        button.setAccessibleName(says)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _rate_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        self._rates = group
        for rate in RATES:
            action = QAction(pace_text(rate), group, checkable=True, checked=rate == 1.0)
            action.setData(rate)
            menu.addAction(action)
        group.triggered.connect(self._on_rate)
        return menu

    def _on_rate(self, chosen: QAction) -> None:
        self.rate_wanted.emit(float(chosen.data()))
        self._say_speed()

    def _say_speed(self) -> None:
        chosen = self._rates.checkedAction()
        self._rate.setText(pace_text(self._pace or float(chosen.data())))

    def _overlay_menu(self) -> QMenu:
        menu = QMenu(self)
        says = {
            Overlay.CLIPPED: self.tr("Clipped highlights"),
            Overlay.CRUSHED: self.tr("Crushed shadows"),
            Overlay.PEAKING: self.tr("Focus peaking"),
        }
        for overlay, text in says.items():
            action = self._overlays[overlay] = QAction(text, menu, checkable=True)
            action.toggled.connect(self._on_overlay)
            menu.addAction(action)
        return menu

    def _on_overlay(self) -> None:
        self.overlays_wanted.emit(self.overlays)

    def _sound(self) -> tuple[QSlider, KeyButton]:
        mute = self._button("volume", self.tr("Mute"), "mute", None)
        mute.setCheckable(True)
        volume = QSlider(Qt.Orientation.Horizontal, self)
        volume.setRange(0, 100)
        volume.setValue(100)
        volume.setFixedWidth(9 * GRID_PX)
        volume.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        volume.setAccessibleName(self.tr("Volume"))
        volume.valueChanged.connect(self._on_volume)
        mute.toggled.connect(self._on_volume)
        return volume, mute

    def _on_volume(self) -> None:
        self._mute.setIcon(icon("mute" if self.muted else "volume"))
        self.volume_wanted.emit(0.0 if self.muted else self._volume.value() / 100)
