"""All keys: what each does, and a way to give it another one.

Knows the declared actions; gives back a mapping of what differs from the program's own keys.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
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
    QWidget,
)

from footage_sorter.ui.actions import MENUS, SPECS, VIEW_KEYS, Spec
from footage_sorter.ui.look.forms import lay_out, primary, quiet, sentence
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
        self._groups: list[QTreeWidgetItem] = []
        self._items: dict[str, QTreeWidgetItem] = {}
        self.setWindowTitle(self.tr("Keys"))
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("Search an action or a key"))
        self._search.setAccessibleName(self._search.placeholderText())
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._filter)
        self._search.installEventFilter(self)
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
        self._tree.itemActivated.connect(self._on_activated)
        self._warning = sentence()
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

    def reset_all(self) -> None:
        """Give every action the program's keys again."""
        self._keys.clear()
        for name in self._items:
            self._show_key(name)
        self._on_current(self._tree.currentItem())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt override.

        Tab leaves the key field and Escape the dialog, as everywhere; from the search, the arrow
        leads to what was found, and Enter to its key.
        """
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = event.key()
        if watched is self._edit and key in (Qt.Key.Key_Tab, Qt.Key.Key_Escape):
            self.focusNextChild() if key == Qt.Key.Key_Tab else self.reject()
            return True
        if watched is self._search and key == Qt.Key.Key_Down:
            self._tree.setFocus()
            return True
        if watched is self._search and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._edit.isEnabled():
                self._edit.setFocus()
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
            self._groups.append(group)
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
        self._items[name].setText(1, "  ·  ".join(text for text in texts if text))

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

    def _on_activated(self) -> None:
        self._edit.setFocus()

    def _on_edited(self) -> None:
        if not self._edit.keySequence().isEmpty():
            self.set_key(self._edit.keySequence())

    def _warn(self, name: str | None) -> None:
        """Say which keys would not work; such keys are not taken over."""
        found = clashes(self._keys)
        of_views = [one for one, key in self._keys.items() if key in VIEW_KEYS]
        self._ok.setEnabled(not (found or of_views))
        self._reset_all.setEnabled(bool(self.keys()))
        self._take.setVisible(name in found and name not in of_views)
        self._warning.setText(self._trouble(name, found, of_views))

    def _trouble(self, name: str | None, found: Mapping[str, str], of_views: Sequence[str]) -> str:
        if name in of_views:
            return self.tr("The clips need this key themselves.")
        if name is not None and name in found:
            text = self.tr("The same key also does this: {action}. Neither would work.")
            return text.format(action=self._items[found[name]].text(0))
        if of_views:
            text = self.tr("{action}: The clips need this key themselves.")
            return text.format(action=self._items[of_views[0]].text(0))
        if found:
            one = next(each for each in self._items if each in found)
            text = self.tr("{one} and {other} have the same key. Neither would work.")
            says = (self._items[each].text(0) for each in (one, found[one]))
            return text.format(one=next(says), other=next(says))
        return ""

    def _take_key(self) -> None:
        """Let the selected action alone have its key."""
        name = self._current()
        while name is not None and (other := clashes(self._keys).get(name)) is not None:
            self._keys[other] = ""
            self._show_key(other)
        self._tree.setFocus()  # before the button goes: else Qt hands the keyboard to the next one
        self._warn(name)

    def _filter(self, text: str) -> None:
        wanted = text.casefold()
        for group in self._groups:
            group.setHidden(True)
        self._tree.clearSelection()
        self._tree.setCurrentIndex(QModelIndex())
        for item in self._items.values():
            found = wanted in f"{item.text(0)} {item.text(1)}".casefold()
            item.setHidden(not found)
            above = item.parent()
            if found and above is not None:
                above.setHidden(False)
            if found and wanted and self._current() is None:
                self._tree.setCurrentItem(item)
        if all(group.isHidden() for group in self._groups):
            self._warning.setText(self.tr("No action has that name or key."))

    def _lay_out(self) -> None:
        self._reset = QPushButton(self.tr("Reset"))
        self._reset.clicked.connect(self.reset_key)
        self._take = QPushButton(self.tr("Take it from there"))
        self._take.setToolTip(self.tr("The other action has no key then"))
        self._take.clicked.connect(self._take_key)
        self._none = QPushButton(self.tr("No key"))
        self._none.clicked.connect(lambda: self.set_key(QKeySequence()))
        editing = QHBoxLayout()
        editing.addWidget(QLabel(self.tr("New key")))
        editing.addWidget(self._edit, 1)
        editing.addWidget(self._take)
        editing.addWidget(self._none)
        editing.addWidget(self._reset)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._reset_all = QPushButton(self.tr("Reset all"))
        self._reset_all.clicked.connect(self.reset_all)
        buttons.addButton(self._reset_all, QDialogButtonBox.ButtonRole.ResetRole)
        self._ok = primary(buttons.button(QDialogButtonBox.StandardButton.Ok))
        self._ok.setText(self.tr("OK"))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        fixed = quiet(
            self.tr(
                "Always: the arrows, Home, End and the page keys move in the library, with Shift "
                "they select. Enter plays the clip large. Ctrl and the wheel size the cards."
            )
        )
        lay_out(
            self, self._search, self._tree, fixed, editing, self._warning, buttons, tall=self._tree
        )
        self.resize(560, 640)


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")
