"""The export dialog in German: what people read is German, what the command writes English."""

import re

import pytest
from PySide6.QtCore import QLocale

from footage_sorter.cli import export
from footage_sorter.cli.requests import Export
from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.ui.dialogs.export import Scope
from footage_sorter.ui.look.translate import install_language
from tests.helpers.clips import Shot, film

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints", "No RHI backend", "pa_context_connect"
)


@pytest.fixture
def card(tmp_path):
    folder = tmp_path / "card"
    folder.mkdir()
    for name in "ab":
        film(folder / f"{name}.mp4", Shot(seconds=0.4, size_px=(64, 36)))
    return folder


@pytest.fixture
def window(qtbot, open_window, card):
    """A window on two clips, one of them kept."""
    opened = open_window(card)
    rows = opened.session.model.rows
    qtbot.waitUntil(lambda: len(rows()) == 2 and all(row.looked for row in rows()), timeout=30_000)
    opened.session.write({rows()[0].clip.id: Decision(Mark.KEEP)})
    return opened


@pytest.fixture
def german(qapp):
    translators, before = install_language("de", qapp), QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    yield
    QLocale.setDefault(before)
    for one in translators:
        qapp.removeTranslator(one)


@pytest.mark.usefixtures("german")
def test_the_report_speaks_the_windows_language_and_the_commands_english(
    qtbot, core, window, card, tmp_path
):
    dialog = window.handoff.export()
    dialog.choose("report", Scope.SHOWN)
    qtbot.waitUntil(lambda: dialog.preview.toPlainText().startswith("Drehbericht\n2 Clips, "))
    by_window, by_command = tmp_path / "window.html", tmp_path / "command.html"
    with qtbot.waitSignal(dialog.accepted):
        dialog.write(by_window)
    export.export(core, Export("report", str(by_command), (card,), None, kept=False, dialect=None))
    german, english = by_window.read_text(), by_command.read_text()
    assert '<html lang="de' in german
    assert "✓ behalten" in german
    assert re.search(r"2 Clips, bewertet am (\w+tag|Mittwoch), \d", german)
    assert '<html lang="en">' in english
    assert "✓ kept" in english
    assert re.search(r"2 clips, rated \d{4}-\d\d-\d\d \d\d:\d\d<", english)
