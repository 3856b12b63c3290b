"""The window's state file: sizes and places, the one thing that Qt keeps. A person may edit it."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings


class StateFile:
    """`window.ini`: what is wrong or missing in it costs its own default only."""

    def __init__(self, path: Path) -> None:
        self._state = QSettings(str(path), QSettings.Format.IniFormat)

    def put(self, values: Mapping[str, object]) -> None:
        """Keep some values: numbers, texts or QByteArrays."""
        for key, value in values.items():
            self._state.setValue(key, value)

    def number(self, key: str, usual: int) -> int:
        """A whole number."""
        try:
            return int(str(self._state.value(key, usual)))
        except ValueError:
            return usual

    def text(self, key: str) -> str:
        """A text; "" where there is none."""
        return str(self._state.value(key) or "")

    def restore(self, keys: Mapping[str, Callable[[QByteArray], object]]) -> None:
        """Hand each widget what it once saved of itself."""
        for key, restore in keys.items():
            value = self._state.value(key)
            if isinstance(value, QByteArray):
                restore(value)
