"""Buttons that name the key of the action they stand for, as it is set now."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QToolButton, QWidget


def key_of(action: QAction) -> str:
    """An action's first key, as this system writes it; "" for none."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def named(action: QAction) -> str:
    """An action's words and its first key, as a tooltip says them."""
    words, key = action.text().replace("&", "").rstrip("…"), key_of(action)
    return f"{words} ({key})" if key else words


class KeyButton(QToolButton):
    """A button whose tooltip ends in its action's key."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action: QAction | None = None
        self._keyed = True
        self.say(words)

    def say(self, words: str, *, keyed: bool = True) -> None:
        """Say what a click does now, or why it does nothing: then no key is named."""
        self._keyed = keyed
        self.setAccessibleName(words)
        self._show_key()

    def follow(self, action: QAction) -> None:
        """Name the key of `action` from now on, whichever a person gives it."""
        self._action = action
        action.changed.connect(self._show_key)
        self._show_key()

    @Slot()
    def _show_key(self) -> None:
        words = self.accessibleName()
        key = key_of(self._action) if self._action is not None and self._keyed else ""
        self.setToolTip(f"{words} ({key})" if key else words)
