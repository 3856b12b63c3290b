"""A library that was damaged between sessions: the window opens with the marks and says so."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from footage_sorter.domain.clip import Decision, FileStamp, Mark
from footage_sorter.domain.errors import LibraryDamaged
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import prepare
from footage_sorter.store.salvage import renew
from footage_sorter.ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints", "No RHI backend", "pa_context_connect"
)


@pytest.fixture
def damaged_core(core):
    """A core as the program makes it of a library whose first page is lost."""
    with closing(ClipStore(core.library_path)) as store:
        for name in ("a", "b", "c"):
            clip = store.put_found(Path(f"/fest/{name}.mp4"), FileStamp(1, 1))
            store.decide({clip.id: Decision(Mark.KEEP, note=f"take {name}")})
    core.library_path.write_bytes(bytes(4096) + core.library_path.read_bytes()[4096:])
    with pytest.raises(LibraryDamaged) as damage:
        prepare(core.library_path)
    return replace(core, notices=(renew(damage.value),))


def test_the_window_opens_with_the_marks_and_says_what_was_taken_over(qtbot, damaged_core):
    window = MainWindow(damaged_core)
    qtbot.addWidget(window)
    assert "notes of 3 clips were taken over" in window.notice.text
    assert str(damaged_core.notices[0].kept_as) in window.notice.text
    window.start()
    qtbot.waitUntil(lambda: window.session.is_loaded)
    rows = window.session.model.rows()
    assert [(row.decision.mark, row.decision.note) for row in rows] == [
        (Mark.KEEP, f"take {name}") for name in "abc"
    ]
    window.close()
