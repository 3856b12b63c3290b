"""Tab order: Tab goes on as the eye does, in the order in which widgets are laid out.

Left alone, Qt goes by the order in which they were made.
"""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QTabWidget, QToolBar, QWidget


def set_tab_order(*areas: QWidget) -> None:
    """Let Tab go through `areas` in turn, and through each as it is laid out."""
    reached = [
        one
        for area in areas
        for one in _laid_out(area)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    for one, following in pairwise(reached):
        QWidget.setTabOrder(one, following)


def _laid_out(widget: QWidget) -> Iterator[QWidget]:
    """A widget, then what lies in it."""
    yield widget
    layout = widget.layout()
    if isinstance(widget, QTabWidget):
        inner = [widget.tabBar(), *(widget.widget(at) for at in range(widget.count()))]
    elif isinstance(widget, QSplitter):
        inner = [widget.widget(at) for at in range(widget.count())]
    elif isinstance(widget, QScrollArea):
        inner = [widget.widget()]
    elif isinstance(widget, QToolBar):
        inner = [widget.widgetForAction(action) for action in widget.actions()]
    else:
        inner = [] if layout is None else list(_widgets(layout))
    for one in inner:
        if one is not None:
            yield from _laid_out(one)


def _widgets(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        below, widget = item.layout(), item.widget()
        if below is not None:
            yield from _widgets(below)
        elif widget is not None:
            yield widget
