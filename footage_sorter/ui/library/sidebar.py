"""The sidebar: what the library holds, counted; a click shows only that, Ctrl+click that as well.

Knows rows and filters; what is shown is decided elsewhere.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QKeyEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QHeaderView, QMenu, QTreeWidget, QTreeWidgetItem, QWidget

from footage_sorter.domain.clip import Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.rating import Verdict
from footage_sorter.ui.library.filter_bar import words_of
from footage_sorter.ui.look.icons import icon
from footage_sorter.ui.look.theme import theme_of
from footage_sorter.ui.session.clip_filter import EVERYTHING, NO_FLAG, ClipFilter
from footage_sorter.ui.session.columns import shown_path
from footage_sorter.ui.session.library_counts import ALL, FAILED, UNRATED, Key

_KEY = Qt.ItemDataRole.UserRole
_MANY = ("marks", "verdicts", "flags", "folders")
"""Fields of which several values may hold at once."""

_PICTURES = {"": "clip", "unrated": "clock", "failed": "warning", "folders": "folder"}


class Sidebar(QTreeWidget):
    """Counts by mark, verdict, flag and folder, and the saved filters.

    Signals:
        chosen: Field and value of a condition to let hold alone in its field; ("", ""): show all.
        toggled: Field and value of a condition to put in or take out.
        saved_chosen: Name of a saved filter.
        saved_dropped: Name of a saved filter that a person wants gone.
    """

    chosen = Signal(str, str)
    toggled = Signal(str, str)
    saved_chosen = Signal(str)
    saved_dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[Key, QTreeWidgetItem] = {}
        self._titles: list[QTreeWidgetItem] = []
        self._filter = EVERYTHING
        self._filters: Mapping[str, ClipFilter] = {}  # those that are saved, by name
        self._adds = False  # Ctrl is held in the click that is under way
        self._is_second = False  # it is the second one of a double click
        self.setObjectName("sidebar")
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(8)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setIconSize(QSize(16, 16))
        self.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the library
        self.setAccessibleName(self.tr("What the library holds"))
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.itemClicked.connect(self._on_clicked)  # not activated: some systems do so by a click
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self._section("", [(ALL, self.tr("All clips"))])
        self._section("", [(UNRATED, self.tr("Not rated yet"))])
        self._section("", [(FAILED, self.tr("With a problem"))])
        self._saved = self._section(self.tr("Saved filters"), [])
        self._section(self.tr("Mark"), _keys("marks", (Mark.KEEP, Mark.REJECT, Mark.NONE)))
        self._section(self.tr("Verdict"), _keys("verdicts", Verdict))
        self._section(self.tr("Flags"), _keys("flags", (*Flag, NO_FLAG)))
        self._folders = self._section(self.tr("Folders"), [])
        self.retint()

    def show_counts(self, counts: Mapping[Key, int]) -> None:
        """Show how many clips are of each kind: see `LibraryCounts`."""
        self._set_folders(sorted(value for field, value in counts if field == "folders"))
        for key, item in self._items.items():
            if key[0] != "saved":
                clips = counts.get(key, 0)
                item.setText(1, str(clips) if clips else "")
                item.setHidden(key[0] == "flags" and not clips and _rare(key[1]))

    def show_filter(self, clip_filter: ClipFilter) -> None:
        """Show which conditions are at work."""
        self._filter = clip_filter
        accent = theme_of(self.palette()).accent
        for (field, value), item in self._items.items():
            if not field:
                continue
            if field == "saved":
                on = self._filters[value] == clip_filter
            else:
                at_work = getattr(clip_filter, field)
                on = at_work if isinstance(at_work, bool) else value in at_work
            font = item.font(0)
            font.setBold(on)
            item.setFont(0, font)
            for column in (0, 1):
                item.setData(column, Qt.ItemDataRole.ForegroundRole, accent if on else None)

    def show_saved(self, saved: Mapping[str, str]) -> None:
        """Show the saved filters: names, and texts of `ClipFilter`."""
        self._filters = {name: ClipFilter.from_text(text) for name, text in saved.items()}
        for key in [key for key in self._items if key[0] == "saved"]:
            del self._items[key]
        self._saved.takeChildren()
        for name in saved:
            item = self._add(self._saved, ("saved", name), name)
            item.setFirstColumnSpanned(True)  # it has no count
            item.setToolTip(0, name)  # which may be too long
        self._saved.setHidden(not saved)
        self.show_filter(self._filter)

    def retint(self) -> None:
        """Draw the icons in the theme at work."""
        theme = theme_of(self.palette())
        for title in self._titles:
            title.setForeground(0, theme.quiet)
        pictures: Mapping[str, str] = {
            Mark.KEEP: "keep",
            Mark.REJECT: "reject",
            Mark.NONE: "clear",
        }
        for (field, value), item in self._items.items():
            if field == "flags":
                letter = "" if value == NO_FLAG else Flag(value).letter
                colour = theme.line if value == NO_FLAG else theme.lanes[Flag(value)]
                item.setIcon(0, letter_icon(letter, colour, dark=theme.dark))
            elif field in _PICTURES:
                item.setIcon(0, icon(_PICTURES[field]))
            elif field == "marks":
                item.setIcon(0, icon(pictures[value]))
            elif field == "verdicts":
                item.setIcon(0, icon(f"verdict-{value}"))

    def _section(self, title: str, keys: Iterable[tuple[Key, str]]) -> QTreeWidgetItem:
        """Add items under a title; without a title they stand at the top."""
        parent = self.invisibleRootItem()
        if title:
            parent = QTreeWidgetItem(parent, [title])
            parent.setFlags(Qt.ItemFlag.ItemIsEnabled)
            parent.setFirstColumnSpanned(True)
            self._titles.append(parent)
            font = QFont(self.font())
            font.setPixelSize(11)
            parent.setFont(0, font)
            parent.setSizeHint(0, QSize(0, 30))
            parent.setExpanded(True)
        for key, words in keys:
            self._add(parent, key, words)
        return parent

    def _add(self, parent: QTreeWidgetItem, key: Key, words: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [words])
        item.setData(0, _KEY, key)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setSizeHint(0, QSize(0, 24))
        if key[0] in _MANY:
            item.setToolTip(0, self.tr("Ctrl+click: these as well"))
        self._items[key] = item
        return item

    def _set_folders(self, folders: Sequence[str]) -> None:
        known = [value for field, value in self._items if field == "folders"]
        if known == list(folders):
            return
        for value in known:
            del self._items["folders", value]
        self._folders.takeChildren()
        for folder, name in zip(folders, told_apart(folders), strict=True):
            item = self._add(self._folders, ("folders", folder), shown_path(name))
            item.setToolTip(0, f"{shown_path(folder)}\n{item.toolTip(0)}")
            item.setIcon(0, icon("folder"))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt override: the second click would take back what the first one did."""
        self._is_second = True
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt override."""
        is_second, self._is_second = self._is_second, False
        self._adds = _held_with(event)
        if not is_second:
            super().mouseReleaseEvent(event)
        self._adds = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt override."""
        item = self.currentItem()
        if item is None or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        self._adds = _held_with(event)
        self._on_clicked(item)
        self._adds = False

    def _on_clicked(self, item: QTreeWidgetItem) -> None:
        key = item.data(0, _KEY)
        if key is None:
            return
        field, value = key
        if field == "saved":
            self.saved_chosen.emit(value)
        elif self._adds and field:
            self.toggled.emit(field, value)
        else:
            self.chosen.emit(field, value)

    def _on_menu(self, where: QPoint) -> None:
        item = self.itemAt(where)
        key = item.data(0, _KEY) if item is not None else None
        if key is None or key[0] != "saved":
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Remove this filter"), lambda: self.saved_dropped.emit(key[1]))
        menu.popup(self.viewport().mapToGlobal(where))


def told_apart(folders: Sequence[str]) -> list[str]:
    """Each of different folders by its name, or as many of those above as tell it from the rest.

    Cameras all call theirs alike: "card A/100GOPRO", "card B/100GOPRO".
    """
    parts = [Path(folder).parts for folder in folders]
    names: list[str] = [""] * len(folders)
    depth = 0
    while "" in names:
        depth += 1
        ends = [own[-depth:] for own in parts]
        alike = Counter(ends)
        for at, end in enumerate(ends):
            if not names[at] and (alike[end] == 1 or depth >= len(parts[at])):
                names[at] = str(Path(*end))
    return names


def letter_icon(letter: str, colour: QColor, *, dark: bool) -> QIcon:
    """A flag's letter on its lane's colour."""
    pixmap = QPixmap(32, 32)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRect(2, 2, 28, 28), 6, 6)
    font = QFont(painter.font())
    font.setPixelSize(22)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor("#000000" if dark else "#ffffff"))
    painter.drawText(QRect(2, 2, 28, 28), Qt.AlignmentFlag.AlignCenter, letter)
    painter.end()
    return QIcon(pixmap)


def _held_with(event: QMouseEvent | QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def _keys(field: str, values: Iterable[str]) -> list[tuple[Key, str]]:
    return [((field, str(value)), words_of(field, str(value))) for value in values]


def _rare(flag: str) -> bool:
    """The plain defects are listed only where there are some."""
    return flag in (Flag.BLACK, Flag.FROZEN, Flag.SILENT, Flag.CLIPPED_AUDIO)
