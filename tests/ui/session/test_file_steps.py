"""Copying, moving, linking and trashing are steps of the window's undo, with their names."""

from contextlib import closing
from threading import Event

import pytest

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.filing import Deed
from footage_sorter.services import trash
from footage_sorter.store.journal import Journal
from tests.helpers.clips import Shot, film

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints",  # the offscreen platform has no window manager
    "No RHI backend",  # nor a graphics card
    "pa_context_connect",  # the machine may have no sound server
)

MARKS = {"a.mp4": Mark.KEEP, "b.mp4": Mark.KEEP, "c.mp4": Mark.REJECT}


@pytest.fixture
def card(tmp_path):
    folder = tmp_path / "card"
    folder.mkdir()
    for name in MARKS:
        film(folder / name, Shot(seconds=1, size_px=(160, 90), seed=ord(name[0])))
    return folder


@pytest.fixture
def window(qtbot, open_window, card):
    """A window on three clips, two kept and one rejected."""
    opened = open_window(card)
    qtbot.waitUntil(lambda: len(clips(opened)) == 3, timeout=30_000)
    ids = {name: row.clip.id for name, row in clips(opened).items()}
    opened.session.write({ids[name]: Decision(mark) for name, mark in MARKS.items()})
    qtbot.waitUntil(lambda: not opened.session.background.busy, timeout=30_000)
    return opened


def clips(window):
    return {row.clip.path.name: row for row in window.session.model.rows()}


def tree(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def do(qtbot, window, deed, root=None):
    dialog = window.handoff.files(deed)
    dialog.choose(deed, root)
    qtbot.waitUntil(dialog.go.isEnabled)
    with qtbot.waitSignal(dialog.ended, timeout=10_000):
        dialog.go.click()
    return dialog


def step(qtbot, window, act, *, fails=False):
    """Undo or redo, by the menu's action, to its end; what is said of it."""
    with (
        qtbot.waitSignal(window.handoff.file_steps.ended, timeout=10_000),
        qtbot.waitSignal(
            window.handoff.warned if fails else window.handoff.said, timeout=10_000
        ) as said,
    ):
        window.actions_by_name[act].trigger()
    return said.args[0]


@pytest.mark.parametrize(
    ("deed", "name"),
    [
        (Deed.COPY, "Copy 2 files"),
        (Deed.MOVE, "Move 2 files"),
        (Deed.LINK, "Link 2 files"),
    ],
)
def test_an_operation_is_undone_and_done_again_from_the_menu(
    qtbot, window, card, tmp_path, deed, name, monkeypatch
):
    bin_ = tmp_path / "Trash" / "files"
    bin_.mkdir(parents=True)  # stands in for the system's trash, which a test must not fill
    monkeypatch.setattr(trash, "send2trash", lambda path: path.rename(bin_ / path.name))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    before, out = tree(card), tmp_path / "out"
    do(qtbot, window, deed, out).reject()
    after = tree(card), tree(out)
    assert name in window.actions_by_name["undo"].text()
    assert "2 file(s) taken back" in step(qtbot, window, "undo")
    assert tree(card) == before
    assert tree(out) == {}
    assert clips(window)["a.mp4"].clip.path == card / "a.mp4"
    assert name in window.actions_by_name["redo"].text()
    assert "2 file(s) done again" in step(qtbot, window, "redo")
    assert (tree(card), tree(out)) == after
    where = out if deed is Deed.MOVE else card
    assert clips(window)["a.mp4"].clip.path == where / "a.mp4"
    step(qtbot, window, "undo")
    assert tree(card) == before


def test_what_went_to_the_trash_comes_back(qtbot, window, card, tmp_path, monkeypatch):
    bin_ = tmp_path / "Trash" / "files"
    bin_.mkdir(parents=True)
    monkeypatch.setattr(trash, "send2trash", lambda path: path.rename(bin_ / path.name))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    before = tree(card)
    do(qtbot, window, Deed.TRASH).reject()
    assert clips(window)["c.mp4"].missing
    assert "Put 1 file into the trash" in window.actions_by_name["undo"].text()
    step(qtbot, window, "undo")
    assert tree(card) == before
    assert not clips(window)["c.mp4"].missing


def test_marks_and_files_are_undone_in_the_order_they_were_done(qtbot, window, card, tmp_path):
    do(qtbot, window, Deed.MOVE, tmp_path / "out").reject()
    moved = clips(window)["a.mp4"].clip.id
    window.culling.mark_one(moved, Mark.REJECT)
    window.culling.undo()
    assert clips(window)["a.mp4"].decision.mark is Mark.KEEP
    assert tree(tmp_path / "out").keys() == {"a.mp4", "b.mp4"}
    step(qtbot, window, "undo")
    assert tree(tmp_path / "out") == {}


def test_what_the_dialog_took_back_is_taken_back_in_the_menu_too(qtbot, window, card, tmp_path):
    before = tree(card)
    dialog = do(qtbot, window, Deed.MOVE, tmp_path / "out")
    with qtbot.waitSignal(dialog.ended, timeout=10_000):
        dialog.undo.click()
    dialog.reject()
    assert tree(card) == before
    assert not window.actions_by_name["undo"].isEnabled()
    step(qtbot, window, "redo")
    assert tree(tmp_path / "out").keys() == {"a.mp4", "b.mp4"}


def test_while_files_are_under_way_nothing_else_is_undone(qtbot, window, card, tmp_path):
    window.culling.mark_one(clips(window)["c.mp4"].clip.id, Mark.KEEP)
    do(qtbot, window, Deed.MOVE, tmp_path / "out").reject()
    gate = Event()
    blocked = [window.session.background.run(lambda _: gate.wait(10), lambda _: None)] * 2
    window.session.background.run(lambda _: gate.wait(10), lambda _: None)
    with qtbot.waitSignal(window.handoff.file_steps.ended, timeout=10_000):
        window.culling.undo()
        window.culling.undo()
        assert clips(window)["c.mp4"].decision.mark is Mark.KEEP
        gate.set()
    assert blocked
    window.culling.undo()
    assert clips(window)["c.mp4"].decision.mark is Mark.REJECT


def test_a_file_that_somebody_changed_stays_and_is_told(qtbot, window, card, tmp_path):
    do(qtbot, window, Deed.MOVE, tmp_path / "out").reject()
    (tmp_path / "out" / "a.mp4").write_bytes(b"graded")
    said = step(qtbot, window, "undo", fails=True)
    assert "1 file(s) taken back. 1 file(s) could not be: The file was changed" in said
    assert tree(tmp_path / "out") == {"a.mp4": b"graded"}


def test_closing_while_files_go_back_leaves_every_file_in_one_place(
    qtbot, core, window, card, tmp_path
):
    before = tree(card)
    do(qtbot, window, Deed.MOVE, tmp_path / "out").reject()
    window.culling.undo()
    window.close()
    assert tree(card) | tree(tmp_path / "out") == before
    assert not tree(card).keys() & tree(tmp_path / "out").keys()
    with closing(Journal(core.library_path)) as journal:
        (operation,) = journal.operations()
    assert operation.unfinished or not operation.undoable or tree(tmp_path / "out")
