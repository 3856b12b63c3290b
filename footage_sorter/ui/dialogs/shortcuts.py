"""All keys: what each does, and a way to give it another one.

Knows the declared actions; gives back a mapping of what differs from the program's own keys.
"""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from footage_sorter.ui.actions import MENUS, SPECS, VIEW_KEYS, Spec
from footage_sorter.ui.look.theme import GRID_PX
from footage_sorter.ui.look.translate import tr_word


def clashes(keys: Mapping[str, str], specs: tuple[Spec, ...] = SPECS) -> dict[str, str]:
    """Actions that share a key, each with another one that has it too.

    Args:
        keys: Keys that differ from the program's, by action; "" for none.
        specs: All actions.
    """
    owner: dict[str, str] = {}
    found: dict[str, str] = {}
    for spec in specs:
        own = keys.get(spec.name)
        for key in spec.keys if own is None else (own,):
            canonical = QKeySequence(key).toString()
            if not canonical:
                continue
            if canonical in owner:
                found[spec.name] = owner[canonical]
                found[owner[canonical]] = spec.name
            else:
                owner[canonical] = spec.name
    return found


class ShortcutsDialog(QDialog):
    """Lists all actions by menu, with their keys; the chosen one's key can be changed."""

    def __init__(self, keys: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = dict(keys)
        self._specs = {spec.name: spec for spec in SPECS}
        self._items: dict[str, QTreeWidgetItem] = {}
        self.setWindowTitle(self.tr("Keys"))
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("Search an action or a key"))
        self._search.setAccessibleName(self._search.placeholderText())
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._filter)
        self._tree = QTreeWidget()
        self._tree.setHeaderLabels([self.tr("Action"), self.tr("Key")])
        self._tree.setRootIsDecorated(False)
        self._tree.setAccessibleName(self.tr("All keys"))
        header = self._tree.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(False)
        self._fill()
        self._tree.currentItemChanged.connect(self._on_current)
        self._edit = QKeySequenceEdit()
        self._edit.setMaximumSequenceLength(1)
        self._edit.setAccessibleName(self.tr("New key"))
        self._edit.editingFinished.connect(self._on_edited)
        self._edit.installEventFilter(self)
        self._warning = QLabel()
        self._warning.setWordWrap(True)
        self._lay_out()
        self._on_current(None)

    def keys(self) -> dict[str, str]:
        """Keys that differ from the program's, by action; "" for none."""
        return {
            name: key
            for name, key in self._keys.items()
            if name in self._specs and (key,) != self._specs[name].keys[:1]
        }

    def choose(self, name: str) -> None:
        """Select an action."""
        self._tree.setCurrentItem(self._items[name])

    def set_key(self, key: QKeySequence) -> None:
        """Give the selected action another key; an empty one takes its key away."""
        name = self._current()
        if name is None:
            return
        self._keys[name] = key.toString()
        self._show_key(name)
        self._warn(name)

    def reset_key(self) -> None:
        """Give the selected action the program's key again."""
        name = self._current()
        if name is not None:
            self._keys.pop(name, None)
            self._show_key(name)
            self._on_current(self._items[name])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt override: Tab leaves the key field and Escape the dialog, as everywhere."""
        if event.type() == QEvent.Type.KeyPress and watched is self._edit:
            key = getattr(event, "key", lambda: 0)()
            if key == Qt.Key.Key_Tab:
                self.focusNextChild()
                return True
            if key == Qt.Key.Key_Escape:
                self.reject()
                return True
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        for title, names in MENUS:
            group = QTreeWidgetItem([_plain(tr_word(title))])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            self._tree.addTopLevelItem(group)
            for name in names:
                if name in self._specs:
                    self._add(group, name)
            group.setExpanded(True)

    def _add(self, group: QTreeWidgetItem, name: str) -> None:
        text = tr_word(self._specs[name].text)
        item = QTreeWidgetItem([_plain(text)])
        item.setData(0, Qt.ItemDataRole.UserRole, name)
        group.addChild(item)
        self._items[name] = item
        self._show_key(name)

    def _sequences(self, name: str) -> list[QKeySequence]:
        own = self._keys.get(name)
        return [QKeySequence(key) for key in (self._specs[name].keys if own is None else (own,))]

    def _show_key(self, name: str) -> None:
        native = QKeySequence.SequenceFormat.NativeText
        texts = [one.toString(native) for one in self._sequences(name)]
        self._items[name].setText(1, ",  ".join(text for text in texts if text))

    def _current(self) -> str | None:
        item = self._tree.currentItem()
        name = None if item is None else item.data(0, Qt.ItemDataRole.UserRole)
        return None if name is None else str(name)

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        name = None if item is None else item.data(0, Qt.ItemDataRole.UserRole)
        self._edit.setEnabled(name is not None)
        self._reset.setEnabled(name is not None)
        self._none.setEnabled(name is not None)
        sequences = [] if name is None else self._sequences(name)
        self._edit.setKeySequence(sequences[0] if sequences else QKeySequence())
        self._warn(name)

    def _on_edited(self) -> None:
        if not self._edit.keySequence().isEmpty():
            self.set_key(self._edit.keySequence())

    def _warn(self, name: str | None) -> None:
        """Say which keys would not work; such keys are not taken over."""
        found = clashes(self._keys)
        self._ok.setEnabled(not found)
        self._warning.setText("")
        if name is not None and self._keys.get(name) in VIEW_KEYS:
            self._warning.setText(self.tr("The clips need this key themselves."))
            self._ok.setEnabled(False)
        elif name in found:
            text = self.tr("The same key also does this: {action}. Neither would work.")
            self._warning.setText(text.format(action=self._items[found[name]].text(0)))
        elif found:
            one = next(each for each in self._items if each in found)
            text = self.tr("{one} and {other} have the same key. Neither would work.")
            says = (self._items[each].text(0) for each in (one, found[one]))
            self._warning.setText(text.format(one=next(says), other=next(says)))

    def _filter(self, text: str) -> None:
        wanted = text.casefold()
        for item in self._items.values():
            says = f"{item.text(0)} {item.text(1)}".casefold()
            item.setHidden(wanted not in says)

    def _lay_out(self) -> None:
        self._reset = QPushButton(self.tr("Reset"))
        self._reset.clicked.connect(self.reset_key)
        self._none = QPushButton(self.tr("No key"))
        self._none.clicked.connect(lambda: self.set_key(QKeySequence()))
        editing = QHBoxLayout()
        editing.addWidget(QLabel(self.tr("New key")))
        editing.addWidget(self._edit, 1)
        editing.addWidget(self._none)
        editing.addWidget(self._reset)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(self.tr("OK"))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        fixed = QLabel(
            self.tr(
                "Always: the arrows, Home, End and the page keys move in the library, with Shift "
                "they select. Enter plays the clip large. Ctrl and the wheel size the cards."
            )
        )
        fixed.setWordWrap(True)
        fixed.setProperty("rank", "quiet")
        layout = QVBoxLayout(self)
        layout.setSpacing(GRID_PX)
        layout.addWidget(self._search)
        layout.addWidget(self._tree, 1)
        layout.addWidget(fixed)
        layout.addLayout(editing)
        layout.addWidget(self._warning)
        layout.addWidget(buttons)
        self.resize(560, 640)


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")
