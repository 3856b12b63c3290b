"""Colours: neutral greys, readable text."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel

from footage_sorter.domain.flag import LANES, Flag
from footage_sorter.domain.settings import Theme as Lighting
from footage_sorter.ui.look import theme
from footage_sorter.ui.look.theme import DARK, LIGHT
from footage_sorter.ui.panels.why import FlagLetter

# What Qt's display without a screen says of every window that is still there.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)

THEMES = pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])


def luminance(colour):
    """Relative luminance, WCAG 2."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@THEMES
def test_greys_have_no_cast(colours):
    for name in ("window", "base", "surround", "raised", "line", "text", "quiet"):
        colour = getattr(colours, name)
        assert colour.red() == colour.green() == colour.blue(), name


@THEMES
@pytest.mark.parametrize("ground", ["window", "base", "raised"])
@pytest.mark.parametrize("text", ["text", "quiet", "accent", "warn"])
def test_text_can_be_read(colours, ground, text):
    assert contrast(getattr(colours, text), getattr(colours, ground)) >= 4.5


@THEMES
def test_letters_on_colours_can_be_read(colours):
    ink = QColor("#000000" if colours.dark else "#ffffff")
    assert contrast(colours.on_accent, colours.accent_fill) >= 4.5
    for flag in LANES:
        assert contrast(ink, colours.lanes[flag]) >= 4.5, flag
    assert contrast(ink, colours.keep) >= 4.5
    assert contrast(ink, colours.reject) >= 4.5


def test_a_persons_choice_outranks_the_system(qapp):
    assert theme.wanted_theme(Lighting.LIGHT) is LIGHT
    assert theme.wanted_theme(Lighting.DARK) is DARK
    before = qapp.palette()
    try:
        theme.apply(qapp, LIGHT)
        assert theme.theme_of(qapp.palette()) is LIGHT
        theme.apply(qapp, DARK)
        assert theme.theme_of(qapp.palette()) is DARK
    finally:
        qapp.setStyleSheet("")
        qapp.setPalette(before)


@THEMES
def test_the_sheet_names_colours_of_the_theme_and_files_that_are_there(qapp, colours):
    before = qapp.palette()
    try:
        theme.apply(qapp, colours)
        sheet = qapp.styleSheet()
    finally:
        qapp.setStyleSheet("")
        qapp.setPalette(before)
    own = [getattr(colours, field.name) for field in fields(colours)]
    names = {colour.name() for colour in own if isinstance(colour, QColor)}
    assert set(re.findall(r"#[0-9a-f]{6}", sheet)) <= names
    pictures = re.findall(r'url\("([^"]*)"\)', sheet)
    assert pictures
    assert all(Path(path).is_file() for path in pictures)


@pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints", "No RHI backend", "pa_context_connect", extend=True
)
def test_the_open_window_changes_its_colours(qtbot, qapp, open_window):
    window = open_window()
    before = qapp.palette()
    try:
        for colours in (DARK, LIGHT, DARK):
            theme.apply(qapp, colours)
            assert theme.theme_of(window.right.why.palette()) is colours
    finally:
        qapp.setStyleSheet("")
        qapp.setPalette(before)


def test_colours_that_are_worn_are_not_put_on_again(qtbot, qapp):
    before = qapp.palette()
    label, dressed = QLabel("clip"), []

    class Watch(QObject):
        def eventFilter(self, _watched, event):
            if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
                dressed.append(event.type())
            return False

    watch = Watch()
    qtbot.addWidget(label)
    label.installEventFilter(watch)
    try:
        for colours in (DARK, LIGHT):
            theme.apply(qapp, colours)
            assert dressed
            dressed.clear()
            theme.apply(qapp, colours)
            assert not dressed
    finally:
        label.removeEventFilter(watch)
        qapp.setStyleSheet("")
        qapp.setPalette(before)


def test_a_flags_letter_wears_the_theme_at_work(qtbot, qapp):
    before = qapp.palette()
    letter = FlagLetter(Flag.OVEREXPOSED)
    qtbot.addWidget(letter)
    letter.resize(40, 40)
    try:
        for colours in (DARK, LIGHT):
            theme.apply(qapp, colours)
            image = letter.grab().toImage()
            seen = {image.pixelColor(x, y).name() for x in range(40) for y in range(40)}
            assert colours.lanes[Flag.OVEREXPOSED].name() in seen
    finally:
        qapp.setStyleSheet("")
        qapp.setPalette(before)
