"""The colours of the window: neutral greys, one accent, four lanes. Knows no widget.

Every grey has R = G = B exactly, so that a picture beside it is judged without a cast.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from footage_sorter.domain.flag import Flag
from footage_sorter.domain.resources import resource
from footage_sorter.domain.settings import Theme as Lighting

GRID_PX = 8
"""Distances are multiples of this, or halves."""

CORNER_PX = 4
"""Radius of a rounded corner."""


@dataclass(frozen=True, slots=True)
class Theme:
    """All colours that the program paints with.

    Attributes:
        window: Behind everything.
        base: Behind lists and the player's picture.
        raised: Cards, fields and buttons.
        line: Hairlines.
        text: What is read; at least 4.5 : 1 on each grey above.
        quiet: Text of second rank; also at least 4.5 : 1.
        accent: Focus and selection, as a line or a letter on the greys.
        accent_fill: The same, as a ground under `on_accent`.
        keep: A kept clip's tick.
        reject: A rejected clip's cross.
        warn: A clip that could not be read.
        lanes: By flag: the four lanes and the plain defects.
    """

    dark: bool
    window: QColor
    base: QColor
    raised: QColor
    line: QColor
    text: QColor
    quiet: QColor
    accent: QColor
    accent_fill: QColor
    on_accent: QColor
    keep: QColor
    reject: QColor
    warn: QColor
    lanes: Mapping[Flag, QColor]


DARK = Theme(
    dark=True,
    window=QColor("#232323"),
    base=QColor("#1e1e1e"),
    raised=QColor("#2b2b2b"),
    line=QColor("#3d3d3d"),
    text=QColor("#e8e8e8"),
    quiet=QColor("#a8a8a8"),
    accent=QColor("#6ea8fe"),
    accent_fill=QColor("#2b66c2"),
    on_accent=QColor("#ffffff"),
    keep=QColor("#5fbf77"),
    reject=QColor("#e5726b"),
    warn=QColor("#e0b13f"),
    lanes=MappingProxyType(
        {
            Flag.BLURRY: QColor("#5aa2f0"),
            Flag.OVEREXPOSED: QColor("#f0a92e"),
            Flag.UNDEREXPOSED: QColor("#b18cf0"),
            Flag.SHAKY: QColor("#2fb8a6"),
            Flag.BLACK: QColor("#a8a8a8"),
            Flag.FROZEN: QColor("#a8a8a8"),
            Flag.SILENT: QColor("#a8a8a8"),
            Flag.CLIPPED_AUDIO: QColor("#a8a8a8"),
        }
    ),
)

LIGHT = Theme(
    dark=False,
    window=QColor("#f3f3f3"),
    base=QColor("#fafafa"),
    raised=QColor("#ffffff"),
    line=QColor("#d0d0d0"),
    text=QColor("#1c1c1c"),
    quiet=QColor("#5c5c5c"),
    accent=QColor("#1d5fc2"),
    accent_fill=QColor("#2b66c2"),
    on_accent=QColor("#ffffff"),
    keep=QColor("#1f7a3a"),
    reject=QColor("#b3261e"),
    warn=QColor("#8a6100"),
    lanes=MappingProxyType(
        {
            Flag.BLURRY: QColor("#1f6fc9"),
            Flag.OVEREXPOSED: QColor("#9a6200"),
            Flag.UNDEREXPOSED: QColor("#7443cf"),
            Flag.SHAKY: QColor("#0b7a6d"),
            Flag.BLACK: QColor("#5c5c5c"),
            Flag.FROZEN: QColor("#5c5c5c"),
            Flag.SILENT: QColor("#5c5c5c"),
            Flag.CLIPPED_AUDIO: QColor("#5c5c5c"),
        }
    ),
)


def theme_of(palette: QPalette) -> Theme:
    """The theme that `palette` was made from: what a widget paints with."""
    return DARK if palette.color(QPalette.ColorRole.Base).lightness() < 128 else LIGHT


def wanted_theme(lighting: Lighting) -> Theme:
    """The theme to show: the person's choice, else the system's; dark where it has none."""
    if lighting is Lighting.SYSTEM:
        system = QGuiApplication.styleHints().colorScheme()
        return LIGHT if system is Qt.ColorScheme.Light else DARK
    return LIGHT if lighting is Lighting.LIGHT else DARK


def apply(app: QApplication, theme: Theme) -> None:
    """Give the whole program `theme`. GUI thread only."""
    if app.style().name() != "fusion":
        app.setStyle("Fusion")  # the one style that honours a palette on every system
    app.setPalette(_palette(theme))
    app.setStyleSheet(_style_sheet(theme))


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.base,
        role.AlternateBase: theme.window,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.quiet,
        role.Text: theme.text,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.BrightText: theme.on_accent,
        role.Light: theme.line,
        role.Midlight: theme.raised,
        role.Mid: theme.line,
        role.Dark: theme.line,
        role.Shadow: theme.line,
        role.Highlight: theme.accent_fill,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent_fill,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
    }
    palette = QPalette()
    for which, colour in colours.items():
        palette.setColor(which, colour)
    faint = QColor(theme.quiet)
    faint.setAlpha(140)
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, faint)
    return palette


def _style_sheet(theme: Theme) -> str:
    """What a palette cannot say: flat tool bars, hairlines, pills."""
    line, raised, text, quiet, window = (
        colour.name()
        for colour in (theme.line, theme.raised, theme.text, theme.quiet, theme.window)
    )
    # A style sheet takes no colour for an image: there is one arrow for each ground.
    arrow = resource("icons", f"arrow-on-{'dark' if theme.dark else 'light'}.svg")
    check = resource("icons", "check-on-fill.svg")
    accent, fill, on_fill = theme.accent.name(), theme.accent_fill.name(), theme.on_accent.name()
    return f"""
    QToolTip {{ background: {raised}; color: {text}; border: 1px solid {line}; padding: 4px; }}
    QToolBar {{ border: 0; border-bottom: 1px solid {line}; spacing: 4px; padding: 4px 8px; }}
    QToolBar QToolButton {{ border: 1px solid transparent; border-radius: 4px; padding: 4px 8px; }}
    QToolBar QToolButton:hover {{ background: {raised}; border-color: {line}; }}
    QToolBar QToolButton:checked {{ background: {raised}; border-color: {accent}; }}
    QToolBar QToolButton:focus {{ border-color: {accent}; }}
    QStatusBar {{ border-top: 1px solid {line}; }}
    QStatusBar::item {{ border: 0; }}
    QSplitter::handle {{ background: {line}; }}
    QLineEdit, QPlainTextEdit {{ background: {raised}; border: 1px solid {line};
        border-radius: 4px; padding: 3px 6px; selection-background-color: {fill};
        selection-color: {on_fill}; }}
    QLineEdit:focus, QPlainTextEdit:focus {{ border-color: {accent}; }}
    QCheckBox {{ spacing: 8px; }}
    QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {quiet};
        border-radius: 3px; background: {raised}; }}
    QCheckBox::indicator:focus {{ border-color: {accent}; }}
    QCheckBox::indicator:checked {{ background: {fill}; border-color: {fill};
        image: url({check}); }}
    QCheckBox::indicator:disabled {{ border-color: {line}; }}
    QPushButton[pill="true"] {{ background: transparent; color: {quiet}; border: 1px solid {line};
        border-radius: 11px; padding: 2px 10px; min-height: 16px; }}
    QPushButton[pill="true"]:hover {{ color: {text}; }}
    QPushButton[pill="true"]:checked {{ background: {fill}; color: {on_fill};
        border-color: {fill}; }}
    QPushButton[pill="true"]:focus {{ border-color: {accent}; }}
    QPushButton[pill="true"]::menu-indicator {{ image: none; width: 0; }}
    QPushButton, QComboBox, QSpinBox, QDoubleSpinBox {{ background: {raised}; color: {text};
        border: 1px solid {line}; border-radius: 4px; padding: 4px 10px; }}
    QPushButton:hover, QComboBox:hover {{ border-color: {quiet}; }}
    QPushButton:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus {{
        border-color: {accent}; }}
    QPushButton:pressed {{ background: {line}; }}
    QPushButton:disabled {{ color: {quiet}; }}
    QComboBox::drop-down {{ border: 0; width: 18px; }}
    QComboBox::down-arrow {{ image: url("{arrow}"); width: 10px; height: 10px; }}
    QComboBox QAbstractItemView {{ background: {raised}; border: 1px solid {line};
        selection-background-color: {fill}; selection-color: {on_fill}; }}
    QScrollBar {{ background: transparent; border: 0; }}
    QScrollBar:vertical {{ width: 12px; }}
    QScrollBar:horizontal {{ height: 12px; }}
    QScrollBar::handle {{ background: {line}; border-radius: 4px; margin: 2px; }}
    QScrollBar::handle:vertical {{ min-height: 32px; }}
    QScrollBar::handle:horizontal {{ min-width: 32px; }}
    QScrollBar::handle:hover {{ background: {quiet}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QMenuBar {{ background: transparent; padding: 2px 4px; }}
    QMenuBar::item {{ padding: 4px 8px; border-radius: 4px; }}
    QMenuBar::item:selected {{ background: {raised}; }}
    QMenu {{ background: {raised}; border: 1px solid {line}; padding: 4px; }}
    QMenu::item {{ padding: 4px 24px 4px 8px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {fill}; color: {on_fill}; }}
    QMenu::item:disabled {{ color: {quiet}; }}
    QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
    QMenu::icon {{ padding-left: 8px; }}
    QMenu::indicator {{ width: 14px; height: 14px; padding-left: 6px; }}
    QTableView#clips {{ selection-background-color: transparent; }}
    QHeaderView::section {{ background: {window}; color: {quiet}; border: 0;
        border-bottom: 1px solid {line}; padding: 6px 8px; }}
    QTreeWidget#sidebar {{ background: {window}; padding: 8px 4px; }}
    QTreeWidget#sidebar::item {{ padding: 2px 6px; border-radius: 4px; }}
    QTreeWidget#sidebar::item:hover {{ background: {raised}; }}
    QFrame[notice="true"] {{ background: {raised}; border: 0; border-bottom: 1px solid {line}; }}
    QTabBar::tab {{ background: transparent; color: {quiet}; padding: 6px 12px; border: 0;
        border-bottom: 2px solid transparent; }}
    QTabBar::tab:selected {{ color: {text}; border-bottom-color: {accent}; }}
    QTabBar::tab:focus {{ color: {accent}; }}
    QTabWidget::pane {{ border: 0; border-top: 1px solid {line}; }}
    QProgressBar {{ background: {raised}; border: 1px solid {line}; border-radius: 3px;
        max-height: 6px; }}
    QProgressBar::chunk {{ background: {fill}; border-radius: 2px; }}
    QLabel[rank="quiet"] {{ color: {quiet}; }}
    QLabel[rank="title"] {{ font-size: 17px; font-weight: 600; }}
    """
