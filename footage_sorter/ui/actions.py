"""Actions: everything that a person can do, declared once with its words and its key.

Menus, tool bar, the list of keys and the settings all read this table.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar

from footage_sorter.ui.look.icons import icon
from footage_sorter.ui.look.key_button import named
from footage_sorter.ui.look.translate import tr_word


@dataclass(frozen=True, slots=True)
class Spec:
    """One action.

    Attributes:
        name: For settings; never shown, never changed.
        text: In the menu (English).
        keys: As QKeySequence reads them; the first is shown.
        icon: Name in `resources/icons`, or "".
        checkable: It is a state, not an act.
        repeats: Holding the key does it again.
    """

    name: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False
    repeats: bool = False


SPECS: tuple[Spec, ...] = (
    Spec("add_folder", "Add &folder…", ("Ctrl+O",), "folder-open"),
    Spec("add_files", "Add f&iles…", ("Ctrl+Shift+O",)),
    Spec("export", "&Export…", ("Ctrl+E",), "export"),
    Spec("file_kept", "Copy, &move or link the kept clips…", ("Ctrl+M",)),
    Spec("trash_rejected", "Put the rejected clips into the &trash…"),
    Spec("reel", "Selects ree&l…", ("Ctrl+L",)),
    Spec("read_back", "Read marks &back…"),
    Spec("read_sidecars", "Read marks from &XMP sidecars"),
    Spec("team", "S&hare marks with the team"),
    Spec("classifiers", "Ta&gs and classifiers…"),
    Spec("train", "Trai&n a classifier…"),
    Spec("reveal", "Sh&ow in file manager", ("Ctrl+R",)),
    Spec("copy_path", "&Copy path", ("Ctrl+C",)),
    Spec("remove", "&Remove from library", ("Ctrl+Del",)),
    Spec("settings", "&Settings…", ("Ctrl+,",), "settings"),
    Spec("quit", "&Quit", ("Ctrl+Q",)),
    Spec("undo", "&Undo", ("Ctrl+Z",), "undo", repeats=True),
    Spec("redo", "&Redo", ("Ctrl+Shift+Z",), "redo", repeats=True),
    Spec("select_all", "Select &all", ("Ctrl+A",)),
    Spec("search", "&Search", ("/", "Ctrl+F"), "search"),
    Spec("keep", "&Keep", ("P",), "keep"),
    Spec("reject", "Re&ject", ("X",), "reject"),
    Spec("clear", "&Clear the mark", ("U",), "clear"),
    Spec("keep_best", "Keep the &best of the stack, reject the others", ("Shift+P",)),
    Spec("stars_0", "No stars", ("0",)),
    Spec("stars_1", "1 star", ("1",)),
    Spec("stars_2", "2 stars", ("2",)),
    Spec("stars_3", "3 stars", ("3",)),
    Spec("stars_4", "4 stars", ("4",)),
    Spec("stars_5", "5 stars", ("5",)),
    Spec("note", "&Write a note", ("N",)),
    Spec("overrule", "A &flag is wrong", ("W",)),
    Spec("learn", "Learn from my &marks…"),
    Spec(
        "auto_advance",
        "Go on to the &next clip after a mark",
        checkable=True,
    ),
    Spec("grid", "&Grid", ("G",), "grid", checkable=True),
    Spec("table", "&Table", ("T",), "table", checkable=True),
    Spec("sort_usability", "Sort by &usability", ("Shift+U",)),
    Spec("sort_name", "Sort by &name", ("Shift+N",)),
    Spec("to_clips", "Back to the cl&ips", ("Esc",)),
    Spec("sidebar", "&Sidebar", ("F6",), "sidebar", checkable=True),
    Spec("panel", "&Player", ("F7",), "panel", checkable=True),
    Spec("why", "&Why", ("Y",), "why"),
    Spec("limits", "&Limits", ("M",), "sliders"),
    Spec("compare", "&Compare the selection or the stack", ("C",), "compare"),
    Spec("stacks", "Stac&k similar takes", ("Shift+S",), "stack", checkable=True),
    Spec("open_stack", "&Open or close the stack", ("E",)),
    Spec("show_all", "Sho&w all clips", ("Ctrl+Shift+A",)),
    Spec("save_filter", "Sa&ve this filter…", ("Ctrl+S",)),
    Spec("play", "&Play or pause", ("Space",), "play"),
    Spec("back", "S&huttle back", ("J",)),
    Spec("stop", "&Stop", ("K",)),
    Spec("forward", "Shuttle &forward", ("L",)),
    Spec("frame_back", "One frame back", (",",), repeats=True),
    Spec("frame_on", "One frame forward", (".",), repeats=True),
    Spec("mark_in", "Set &in", ("I",)),
    Spec("mark_out", "Set &out", ("O",)),
    Spec("clear_range", "&Clear in and out", ("Alt+X",)),
    Spec("play_best", "Play the &best segment", ("B",)),
    Spec("loop", "&Loop", ("R",)),
    Spec("mute", "&Mute", ("Shift+M",)),
    Spec("overlay_clipped", "Show clipped highlights", ("H",), checkable=True),
    Spec("overlay_crushed", "Show crushed shadows", ("D",), checkable=True),
    Spec("overlay_peaking", "Show focus peaking", ("Shift+F",), checkable=True),
    Spec("skim", "S&kim", ("S",), "skim", checkable=True),
    Spec("full_screen", "F&ull screen", ("F", "F11")),
    Spec("pause", "&Pause the analysis", (), "pause", checkable=True),
    Spec("cancel", "&Cancel the analysis", (), "stop"),
    Spec("analyse", "&Analyse what is left"),
    Spec("keys", "All &keys", ("?", "F1"), "keys"),
    Spec("failures", "What &failed and why…", (), "warning"),
    Spec("about", "&About Footage Sorter"),
)

MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "&File",
        (
            "add_folder",
            "add_files",
            "-",
            "export",
            "reel",
            "file_kept",
            "trash_rejected",
            "-",
            "read_back",
            "read_sidecars",
            "team",
            "-",
            "classifiers",
            "train",
            "-",
            "reveal",
            "copy_path",
            "remove",
            "-",
            "settings",
            "-",
            "quit",
        ),
    ),
    (
        "&Edit",
        ("undo", "redo", "-", "select_all", "search", "-", "show_all", "save_filter"),
    ),
    (
        "&Mark",
        (
            "keep",
            "reject",
            "clear",
            "-",
            "keep_best",
            "-",
            *(f"stars_{n}" for n in range(6)),
            "-",
            "auto_advance",
            "-",
            "note",
            "overrule",
            "-",
            "learn",
        ),
    ),
    (
        "&Play",
        (
            "play",
            "play_best",
            "skim",
            "-",
            "back",
            "stop",
            "forward",
            "frame_back",
            "frame_on",
            "-",
            "mark_in",
            "mark_out",
            "clear_range",
            "-",
            "loop",
            "mute",
            "full_screen",
            "-",
            "overlay_clipped",
            "overlay_crushed",
            "overlay_peaking",
        ),
    ),
    (
        "&View",
        (
            "grid",
            "table",
            "-",
            "sort_usability",
            "sort_name",
            "-",
            "stacks",
            "open_stack",
            "compare",
            "-",
            "sidebar",
            "panel",
            "-",
            "why",
            "limits",
            "to_clips",
        ),
    ),
    ("&Analysis", ("pause", "cancel", "analyse")),
    ("&Help", ("keys", "failures", "-", "about")),
)
"""The menu bar: titles and the actions below each; "-" is a line."""

VIEW_KEYS = frozenset(
    {"Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDown", "Return", "Enter", "Tab"}
)
"""Keys of the views themselves: an action that had one would take it from them."""

CARD_MENU = (
    "keep",
    "reject",
    "clear",
    "-",
    "open_stack",
    "keep_best",
    "compare",
    "-",
    "why",
    "-",
    "reveal",
    "copy_path",
    "remove",
)
"""What a right click on a clip offers."""


def make_actions(
    handlers: Mapping[str, Callable[[], object]],
    keys: Mapping[str, str],
    parent: QObject,
) -> dict[str, QAction]:
    """Make all actions that have a handler.

    Args:
        handlers: What each action does.
        keys: Keys that a person chose in place of the program's, by action; "" for none.
        parent: Owns the actions.
    """
    actions: dict[str, QAction] = {}
    for spec in SPECS:
        if spec.name not in handlers:
            continue
        action = QAction(tr_word(spec.text), parent)
        action.setObjectName(spec.name)
        action.setCheckable(spec.checkable)
        action.setAutoRepeat(spec.repeats)
        if spec.icon:
            action.setIcon(icon(spec.icon))
        handler = handlers[spec.name]
        action.triggered.connect(lambda _on=False, handler=handler: handler())
        actions[spec.name] = action
    set_keys(actions, keys)
    return actions


def set_keys(actions: Mapping[str, QAction], keys: Mapping[str, str]) -> None:
    """Give every action the person's key, or else the program's."""
    for spec in SPECS:
        action = actions.get(spec.name)
        if action is None:
            continue
        own = keys.get(spec.name)
        chosen: Iterable[str] = spec.keys if own is None else (own,)
        action.setShortcuts([QKeySequence(key) for key in chosen if key])
        action.setToolTip(named(action))


def fill_menus(bar: QMenuBar, actions: Mapping[str, QAction]) -> None:
    """Put the actions into menus."""
    for title, names in MENUS:
        menu = bar.addMenu(tr_word(title))
        for name in names:
            if name == "-":
                menu.addSeparator()
            elif name in actions:
                menu.addAction(actions[name])


def card_menu(actions: Mapping[str, QAction], parent: QObject) -> list[QAction]:
    """What a right click on a clip offers."""
    found = []
    for name in CARD_MENU:
        if name == "-":
            line = QAction(parent)
            line.setSeparator(True)
            found.append(line)
        elif name in actions:
            found.append(actions[name])
    return found
