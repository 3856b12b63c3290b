"""Edges: what a move of the keyboard does where there is nowhere to go. Knows views, no clip."""

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

_MOVES = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)


def select_only_current(view: QAbstractItemView, event: QKeyEvent) -> None:
    """After a plain move: the current clip is the only one selected, also where it stayed.

    Qt keeps a selection of many when a move finds no other clip, and the next key would fall on
    all of them.
    """
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    current = view.currentIndex()
    if plain and event.key() in _MOVES and current.isValid():
        flags = QItemSelectionModel.SelectionFlag
        view.selectionModel().select(current, flags.ClearAndSelect | flags.Rows)
