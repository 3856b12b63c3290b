"""The wheel over fields inside a page that scrolls: it scrolls the page. Knows no page."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class PassingWheel(QObject):
    """Hands the wheel on to the page where a field has not the keyboard.

    Else whoever scrolls past a slider moves it, and does not see what that decided.
    """

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt override."""
        if event.type() is QEvent.Type.Wheel and not self._has_keyboard(watched):
            event.ignore()  # so that Qt asks the widgets around the field
            return True
        return super().eventFilter(watched, event)

    @staticmethod
    def _has_keyboard(watched: QObject) -> bool:
        return isinstance(watched, QWidget) and watched.hasFocus()
