"""Opening a library: it is read in the pool, and what comes meanwhile waits for it."""

import shutil
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from footage_sorter.domain.clip import ContentId, Decision, FileStamp, Mark
from footage_sorter.domain.errors import LibraryDamaged
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.limits import STAGE, FaultLimit
from footage_sorter.domain.report import ClipReport, FrameScore, Pass
from footage_sorter.ui.main_window import MainWindow
from footage_sorter.ui.session.session import Session
from tests.helpers.clips import Shot, film
from tests.helpers.rows import media

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints",  # the offscreen platform has no window manager
    "No RHI backend",  # nor a graphics card
    "pa_context_connect",  # the machine may have no sound server
)


def known(core, names="abc", path=Path("/f")):
    """Clips that an earlier session analysed: half of each is blurred; the first is kept."""
    store = core.open_store()
    frames = tuple(FrameScore(n / 2, n % 4 / 4, 0.0, 0.0) for n in range(20))
    for n, name in enumerate(names):
        content = ContentId(f"{n:032x}")
        clip = store.put_found(path / f"{name}.mp4", FileStamp(1, n))
        store.put_read(clip, content, media())
        store.save_report(ClipReport(content, core.models, Pass.FULL, 10.0, frames, (), ()))
        if n == 0:
            store.decide({clip.id: Decision(Mark.KEEP, 4)})
    store.close()


@pytest.fixture
def held_back(core):
    """A core whose library opens only after its gate does."""
    gate = Event()

    def open_store():
        assert gate.wait(10)
        return core.open_store()

    return gate, lambda: replace(core, open_store=open_store)


@pytest.fixture
def slow(core, held_back):
    """A session over a library that is slow to read, and what lets it be read."""
    gate, make = held_back
    gate.set()
    session = Session(make())
    gate.clear()
    yield session, gate
    gate.set()
    assert session.shutdown()


def names(session):
    return [row.clip.path.stem for row in session.model.rows()]


def test_the_library_is_read_while_the_window_answers(qtbot, core, slow):
    session, gate = slow
    known(core)
    session.load()
    qtbot.wait(50)
    assert not session.is_loaded
    assert names(session) == []
    with qtbot.waitSignal(session.loaded):
        gate.set()
    assert session.is_loaded
    assert names(session) == list("abc")
    assert session.model.rows()[0].decision == Decision(Mark.KEEP, 4)
    assert {row.rating.usability for row in session.model.rows()} == {50}


def test_folders_wait_for_what_is_known_of_their_clips(qtbot, core, slow, tmp_path):
    session, gate = slow
    film(tmp_path / "new.mp4", Shot(seconds=1.0))
    known(core)
    session.load()
    session.add([tmp_path])
    qtbot.wait(50)
    assert not session.background.busy or names(session) == []
    gate.set()
    qtbot.waitUntil(lambda: "new" in names(session))
    assert names(session) == ["a", "b", "c", "new"]


def test_limits_that_moved_meanwhile_hold(qtbot, core, slow):
    session, gate = slow
    known(core)
    session.load()
    qtbot.wait(20)
    strict = STAGE.with_limit(Flag.BLURRY, FaultLimit(0.1, 0.0))
    session.set_limits(strict)
    with qtbot.waitSignal(session.loaded):
        gate.set()
    assert [row.limits for row in session.model.rows()] == [strict] * 3
    assert all(Flag.BLURRY in row.rating.flags for row in session.model.rows())


def test_a_folder_with_limits_of_its_own_is_judged_by_them(qtbot, core, slow):
    session, gate = slow
    known(core)
    strict = STAGE.with_limit(Flag.BLURRY, FaultLimit(0.1, 0.0))
    session.save(replace(session.settings, folder_limits={Path("/f"): strict}))
    session.load()
    with qtbot.waitSignal(session.loaded):
        gate.set()
    assert [row.limits for row in session.model.rows()] == [strict] * 3


def test_a_library_that_cannot_be_read_is_told_and_the_work_goes_on(qtbot, core, tmp_path):
    film(tmp_path / "new.mp4", Shot(seconds=1.0))
    session = Session(core)

    def damaged():
        raise LibraryDamaged(core.library_path, None, "a torn page")

    session.core = replace(core, open_store=damaged)
    told = []
    session.troubled.connect(told.append)
    with qtbot.waitSignal(session.loaded):
        session.load()
    assert [type(trouble) for trouble in told] == [LibraryDamaged]
    session.core = core
    session.add([tmp_path])
    qtbot.waitUntil(lambda: names(session) == ["new"])
    assert session.shutdown()


def test_a_window_that_closes_while_it_opens_leaves_nothing(qtbot, core, slow):
    session, gate = slow
    known(core)
    session.load()
    gate.set()
    assert session.shutdown()
    qtbot.wait(50)
    assert not session.is_loaded


def test_cards_come_without_the_empty_page_before_them(qtbot, core, held_back):
    known(core)
    gate, make = held_back
    gate.set()
    window = MainWindow(make())
    gate.clear()
    qtbot.addWidget(window)
    window.show()
    window.start()
    qtbot.wait(50)
    assert window.pane.grid.isVisible()
    assert "Opening" in window.status._words.text()
    gate.set()
    qtbot.waitUntil(lambda: window.pane.shown.rowCount() == 3)
    assert window.pane.grid.isVisible()
    qtbot.waitUntil(lambda: "Opening" not in window.status._words.text())
    window.close()


def test_the_window_opens_where_it_was_left(qtbot, core, open_window):
    known(core, "abcdefgh")
    window = open_window()
    assert window.pane.current_row().clip.path.stem == "a"
    row = window.session.model.rows()[5]
    window.culling.go_to(row.clip.id)
    window.close()
    again = open_window()
    assert again.pane.current_row().clip.path.stem == "f"
    shutil.rmtree(core.thumbnails.folder, ignore_errors=True)


def test_the_current_clip_of_an_opened_library_reaches_the_player(
    qtbot, open_window, core, tmp_path
):
    known(core, path=tmp_path)  # a folder that is there: no row will change
    window = open_window()
    qtbot.waitUntil(lambda: window.player.row is not None)
    assert window.player.row is window.pane.current_row()
