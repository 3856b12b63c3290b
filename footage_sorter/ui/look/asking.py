"""Asking before something is lost that no undo brings back."""

from PySide6.QtWidgets import QMessageBox, QWidget


def may_be_lost(window: QWidget, title: str, says: str, act: str) -> bool:
    """Say what would be lost; True where a person presses the button `act`."""
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(title)
    box.setText(says)
    yes = box.addButton(act, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    return box.clickedButton() is yes
