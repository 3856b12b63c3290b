"""Forms: what the dialogs are laid out of, each kind of part made in one place. Knows no clip."""

from collections.abc import Mapping
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLayout,
    QMenu,
    QPushButton,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from footage_sorter.ui.look.sentence import Sentence
from footage_sorter.ui.look.theme import GRID_PX

_Value = TypeVar("_Value", bound=str)


def choice(words: Mapping[_Value, str], chosen: _Value | None = None, name: str = "") -> QComboBox:
    """A box of words, each standing for a value; the first is chosen where `chosen` is not there.

    Args:
        words: What a person reads, by value.
        chosen: The value to begin with.
        name: What a screen reader says, where no label of a form does.
    """
    box = roomy(QComboBox())
    for value, text in words.items():
        box.addItem(text, str(value))
    if chosen is not None:
        box.setCurrentIndex(max(0, box.findData(str(chosen), Qt.ItemDataRole.UserRole)))
    if name:
        box.setAccessibleName(name)
    return box


def roomy(box: QComboBox) -> QComboBox:
    """A box whose list has lines as high as a menu's: Qt's own delegate heeds no style sheet."""
    box.setItemDelegate(QStyledItemDelegate(box))
    return box


def form() -> QFormLayout:
    """Labels and fields, on the grid."""
    lines = QFormLayout()
    lines.setSpacing(GRID_PX)
    return lines


def quiet(text: str = "") -> Sentence:
    """A sentence that explains, and steps back."""
    label = sentence(text)
    label.setProperty("rank", "quiet")
    return label


def sentence(text: str = "") -> Sentence:
    """A sentence as wide as there is room."""
    return Sentence(text)


def primary(button: QPushButton) -> QPushButton:
    """The one button of a dialog or a page that does what it is there for."""
    button.setProperty("primary", True)  # noqa: FBT003  Qt's own signature
    button.style().polish(button)  # a button box has dressed it already, without the property
    return button


def opens(button: QPushButton, menu: QMenu) -> QPushButton:
    """A button that opens a menu, with room for the arrow that says so."""
    button.setMenu(menu)
    button.setProperty("opens", True)  # noqa: FBT003  Qt's own signature
    return button


def menu_text(words: str) -> str:
    """Words for a line of a menu, which would make a key of a name's "&"."""
    return words.replace("&", "&&")


def lay_out(dialog: QWidget, *parts: QWidget | QLayout, tall: QWidget) -> None:
    """Put `parts` below one another into `dialog`; `tall`, one of them, takes the height left."""
    column = QVBoxLayout(dialog)
    column.setContentsMargins(2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX)
    column.setSpacing(GRID_PX)
    for part in parts:
        if isinstance(part, QLayout):
            column.addLayout(part)
        else:
            column.addWidget(part, int(part is tall))
