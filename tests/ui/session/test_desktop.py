"""A clip is shown in the file manager, or at least its folder is opened."""

import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices

from footage_sorter.ui.session import desktop

CLIP = Path("/fest/day 1/a.mp4")


@pytest.fixture
def opened(monkeypatch, qapp):
    """The folders that are opened."""
    found = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: found.append(Path(url.toLocalFile()))
    )
    return found


def answer_with(monkeypatch, program, *arguments):
    monkeypatch.setattr(desktop, "_revealer", lambda _path: (program, list(arguments)))


@pytest.mark.skipif(sys.platform == "win32", reason="Explorer's exit status says nothing")
def test_where_no_file_manager_answers_the_folder_is_opened(qtbot, monkeypatch, opened):
    answer_with(monkeypatch, sys.executable, "-c", "raise SystemExit(1)")
    desktop.reveal(CLIP)
    qtbot.waitUntil(lambda: opened == [CLIP.parent])


def test_where_there_is_no_such_program_the_folder_is_opened(qtbot, monkeypatch, opened):
    answer_with(monkeypatch, "no-such-program-anywhere")
    desktop.reveal(CLIP)
    qtbot.waitUntil(lambda: opened == [CLIP.parent])


def test_where_one_answers_that_is_all(qtbot, monkeypatch, opened, tmp_path):
    done = tmp_path / "done"
    answer_with(monkeypatch, sys.executable, "-c", f"open({str(done)!r}, 'w').close()")
    desktop.reveal(CLIP)
    qtbot.waitUntil(done.exists)
    qtbot.wait(100)
    assert opened == []
