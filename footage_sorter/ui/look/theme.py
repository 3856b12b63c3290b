"""The colours of the window: neutral greys, one accent, four lanes. Knows no widget.

Every grey has R = G = B exactly, so that a picture beside it is judged without a cast.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from string import Template
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
        base: Behind lists.
        surround: Around the player's picture: with white around it, it would look darker.
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
    surround: QColor
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
    surround=QColor("#1e1e1e"),
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
    surround=QColor("#c8c8c8"),
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
    """Give the whole program `theme`. GUI thread only.

    Nothing is done where the program wears it already: Qt would dress each widget anew, and that
    took a tenth of the time until the window was there.
    """
    sheet = _style_sheet(theme)
    if app.styleSheet() == sheet:
        return
    if app.style().name() != "fusion":
        app.setStyle("Fusion")  # the one style that honours a palette on every system
    app.setPalette(_palette(theme))
    app.setStyleSheet(sheet)


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
    """What a palette cannot say, in the colours of `theme`."""
    colours = {
        field.name: colour.name()
        for field in fields(theme)
        if isinstance(colour := getattr(theme, field.name), QColor)
    }
    # A style sheet takes no colour for an image: there is one for each ground.
    ground = "dark" if theme.dark else "light"
    drawings = {
        "arrow": f"arrow-on-{ground}",
        "forth": f"forth-on-{ground}",
        "tick": f"check-on-{ground}",
        "check": "check-on-fill",
    }
    pictures = {
        name: Path(str(resource("icons", f"{drawing}.svg"))).as_posix()
        for name, drawing in drawings.items()
    }
    sheet = Template(resource("look.qss").read_text("utf-8"))
    return sheet.substitute(colours, **pictures)
