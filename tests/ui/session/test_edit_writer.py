"""Thousands of decisions are kept in the pool, in their order; nothing is shown or lost before."""

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QItemSelectionModel

from footage_sorter.domain.clip import FileStamp, Mark
from footage_sorter.domain.errors import LibraryBusy
from footage_sorter.ui.session.culling import Culling
from footage_sorter.ui.session.edit_writer import MANY
from footage_sorter.ui.session.session import Session
from footage_sorter.ui.session.shown_model import ShownModel
from tests.helpers.rows import rated

CLIPS = MANY + 20


@pytest.fixture
def session(core):
    """More clips than are kept at once, known to the library."""
    session = Session(core)
    store = core.open_store()
    rows = []
    for n in range(CLIPS):
        clip = store.put_found(Path(f"/f/{n:04}.mp4"), FileStamp(1, n))
        rows.append(replace(rated(), clip=clip))
    store.close()
    session.model.put_all(rows)
    yield session
    assert session.shutdown()


@pytest.fixture
def gate(core, session):
    """Holds the pool's writing back until it is set."""
    held = Event()

    def open_store():
        assert held.wait(10)
        return core.open_store()

    session.edit_writer._core = replace(core, open_store=open_store)
    yield held
    held.set()


@pytest.fixture
def culling(session):
    shown = ShownModel(session.model, session)
    culling = Culling(session, shown, QItemSelectionModel(shown, session), session)
    culling.select(ids(session))
    return culling


def ids(session):
    return [row.clip.id for row in session.model.rows()]


def marks(session):
    return {row.decision.mark for row in session.model.rows()}


def kept(core):
    library = core.open_library()
    try:
        return {row.clip.id: row.decision for row in library.rows(rated().limits)}
    finally:
        library.close()


def test_the_last_word_on_a_clip_is_the_one_that_waits(session, culling, gate):
    culling.mark(Mark.KEEP)
    culling.mark(Mark.REJECT)
    first = ids(session)[0]
    assert session.edit_writer.waiting(first).mark is Mark.REJECT
    gate.set()


def test_many_marks_are_shown_when_they_are_kept(qtbot, core, session, culling, gate):
    culling.mark(Mark.KEEP)
    assert marks(session) == {Mark.NONE}
    gate.set()
    qtbot.waitUntil(lambda: marks(session) == {Mark.KEEP})
    assert {said.mark for said in kept(core).values()} == {Mark.KEEP}
    assert culling.stack.undoText() == f"Keep {CLIPS} clips"


def test_what_is_said_meanwhile_comes_after_and_forgets_nothing(
    qtbot, core, session, culling, gate
):
    first = ids(session)[0]
    culling.mark(Mark.KEEP)
    culling.stars_one(first, 3)
    gate.set()
    qtbot.waitUntil(lambda: not session.edit_writer.under_way)
    said = kept(core)[first]
    assert (said.mark, said.stars) == (Mark.KEEP, 3)
    assert session.model.row(first).decision == said


def test_undo_of_many_waits_its_turn_and_selects_them(qtbot, core, session, culling, gate):
    culling.mark(Mark.REJECT)
    culling.go_to(ids(session)[5])
    culling.undo()
    gate.set()
    qtbot.waitUntil(lambda: not session.edit_writer.under_way)
    assert marks(session) == {Mark.NONE}
    assert {said.mark for said in kept(core).values()} == {Mark.NONE}
    assert len(culling.chosen()) == CLIPS
    culling.redo()
    qtbot.waitUntil(lambda: marks(session) == {Mark.REJECT})


def test_many_clips_leave_when_that_is_kept_and_come_back_by_undo(
    qtbot, core, session, culling, gate
):
    said = []
    culling.hinted.connect(said.append)
    culling.remove()
    assert len(ids(session)) == CLIPS
    assert not said
    gate.set()
    qtbot.waitUntil(lambda: not ids(session))
    assert not kept(core)
    assert said == [f"Removed from the library: {CLIPS} clips. The files stay."]
    culling.undo()
    qtbot.waitUntil(lambda: len(ids(session)) == CLIPS)
    assert len(kept(core)) == CLIPS
    assert len(culling.chosen()) == CLIPS
    assert said[-1].startswith("Undone")
    culling.redo()
    qtbot.waitUntil(lambda: not ids(session))
    assert said[-1].startswith("Done again")


def test_what_is_said_of_clips_that_are_leaving_comes_back_with_them(
    qtbot, core, session, culling, gate
):
    first = ids(session)[0]
    culling.remove()
    culling.stars_one(first, 4)
    gate.set()
    qtbot.waitUntil(lambda: not session.edit_writer.under_way)
    assert not ids(session)
    culling.undo()  # the stars
    culling.redo()
    culling.undo()
    culling.undo()
    qtbot.waitUntil(lambda: len(ids(session)) == CLIPS)
    assert kept(core)[first].stars == 0


def test_clips_that_cannot_leave_stay_selected_and_are_no_step(qtbot, core, session, culling):
    said = []
    culling.hinted.connect(said.append)
    with lost_disk(session, core), qtbot.waitSignal(session.troubled):
        culling.remove()
    qtbot.waitUntil(lambda: not session.edit_writer.under_way)
    assert len(culling.chosen()) == len(ids(session)) == CLIPS
    assert not culling.stack.canUndo()
    assert not said


def test_an_undo_of_a_removal_that_cannot_be_kept_says_nothing_else(qtbot, core, session, culling):
    culling.remove()
    qtbot.waitUntil(lambda: not ids(session))
    said = []
    culling.hinted.connect(said.append)
    with lost_disk(session, core), qtbot.waitSignal(session.troubled):
        culling.undo()
    qtbot.waitUntil(lambda: not session.edit_writer.under_way)
    assert not ids(session)
    assert not kept(core)
    assert not said


def test_a_window_that_closes_meanwhile_has_taken_them_out(core, session, culling, gate):
    culling.remove()
    gate.set()
    assert session.shutdown()
    assert not kept(core)


def test_what_is_measured_while_marks_are_kept_stays(qtbot, session, culling, gate):
    culling.mark(Mark.KEEP)
    first = session.model.rows()[0]
    session.model.put(replace(first, damage="torn"))
    gate.set()
    qtbot.waitUntil(lambda: not session.edit_writer.under_way)
    now = session.model.row(first.clip.id)
    assert (now.damage, now.decision.mark) == ("torn", Mark.KEEP)
    assert marks(session) == {Mark.KEEP}


@contextmanager
def lost_disk(session, core):
    """What goes to the pool is refused."""

    def busy():
        raise LibraryBusy(core.library_path)

    session.edit_writer._core = replace(core, open_store=busy)
    yield
    session.edit_writer._core = core


def test_marks_that_cannot_be_kept_are_no_step(qtbot, core, session, culling):
    def busy():
        raise LibraryBusy(core.library_path)

    session.edit_writer._core = replace(core, open_store=busy)
    with qtbot.waitSignal(session.troubled):
        culling.mark(Mark.KEEP)
    qtbot.waitUntil(lambda: not session.edit_writer.under_way)
    assert marks(session) == {Mark.NONE}
    assert not culling.stack.canUndo()
    assert not culling.stack.canRedo()


def test_an_undo_that_cannot_be_kept_changes_nothing(qtbot, core, session, culling):
    culling.mark(Mark.KEEP)
    qtbot.waitUntil(lambda: marks(session) == {Mark.KEEP})

    def busy():
        raise LibraryBusy(core.library_path)

    session.edit_writer._core = replace(core, open_store=busy)
    with qtbot.waitSignal(session.troubled):
        culling.undo()
    qtbot.waitUntil(lambda: not session.edit_writer.under_way)
    assert marks(session) == {Mark.KEEP}
    assert not culling.stack.canRedo()


def test_a_window_that_closes_meanwhile_loses_no_mark(core, session, culling, gate):
    culling.mark(Mark.KEEP)
    culling.stars_one(ids(session)[0], 2)
    gate.set()
    assert session.shutdown()
    said = kept(core)
    assert {one.mark for one in said.values()} == {Mark.KEEP}
    assert said[ids(session)[0]].stars == 2


def test_a_selection_with_holes_is_chosen_as_it_is(session, culling):
    every_third = ids(session)[::3]
    culling.select(every_third)
    assert list(culling.chosen()) == every_third
    assert [one.height() for one in culling._selection.selection()] == [1] * len(every_third)
    culling.select(ids(session)[2:9])
    assert list(culling.chosen()) == ids(session)[2:9]
    assert [one.height() for one in culling._selection.selection()] == [7]
