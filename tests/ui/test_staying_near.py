"""A hand stays where it was: at the end, at the edge, and when its clip vanishes."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from footage_sorter.domain.clip import Mark
from footage_sorter.ui.session.clip_filter import EVERYTHING
from tests.helpers.clips import Shot, film
from tests.helpers.hands import UNMARKED, Held, Key, at_first_clip, press
from tests.helpers.rows import rated

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints", "No RHI backend", "pa_context_connect"
)


@pytest.fixture
def window(qtbot, open_window, tmp_path):
    """Six clips, a to f, of which the first is current."""
    for name in "abcdef":
        film(tmp_path / f"{name}.mp4", Shot(seconds=0.3, size_px=(64, 36)))
    return at_first_clip(qtbot, open_window(tmp_path), 6)


def current(window):
    row = window.pane.current_row()
    return row and row.clip.path.stem


def selected(window):
    rows = map(window.session.model.row, window.culling.chosen())
    return "".join(row.clip.path.stem for row in rows)


def go_to(window, name):
    rows = {row.clip.path.stem: row for row in window.session.model.rows()}
    window.culling.go_to(rows[name].clip.id)


def marks(window):
    rows = sorted(window.session.model.rows(), key=lambda row: row.clip.path)
    return "".join(
        {Mark.KEEP: "k", Mark.REJECT: "r", Mark.NONE: "-"}[r.decision.mark] for r in rows
    )


def test_the_first_clip_of_a_first_scan_is_current_whichever_was_found_first(
    qtbot, open_window, tmp_path
):
    paths = [film(tmp_path / f"{name}.mp4", Shot(seconds=0.3, size_px=(64, 36))) for name in "cba"]
    window = open_window()
    window.session.add(paths)
    qtbot.waitUntil(lambda: len(window.session.model.rows()) == 3)
    qtbot.waitUntil(lambda: not window.session.background.busy)
    assert (current(window), selected(window)) == ("a", "a")
    assert window.status.words == "P keeps a clip, X rejects it, S skims. ?: all keys."
    window.status.say("")
    window.session.add(paths)
    qtbot.waitUntil(lambda: not window.session.background.busy)
    assert "keeps" not in window.status.words


@pytest.mark.parametrize(
    ("hand", "stays_at"),
    [
        (lambda window: None, "a"),
        (lambda window: press(Key.Key_Right), "d"),
        (lambda window: press(Key.Key_Y), "c"),
        (lambda window: window.player.deck.play(), "c"),
    ],
)
def test_a_hand_ends_that(qtbot, open_window, hand, stays_at):
    window = open_window()
    window.session.scan_changed.emit(True)
    put = window.session.model.put
    for at, name in enumerate("dc", start=1):
        put(rated(f"/fest/{name}.mp4", clip_id=at))
    assert current(window) == "c"
    window.pane.focus_view()
    hand(window)
    put(rated("/fest/a.mp4", clip_id=3))
    assert current(window) == stays_at
    window.session.scan_changed.emit(False)
    put(rated("/fest/A.mp4", clip_id=4))
    assert current(window) == stays_at


def test_keys_at_the_end_of_the_list_fall_on_no_other_clip(window):
    go_to(window, "e")
    press(Key.Key_P, Key.Key_X, Key.Key_X, Key.Key_X)
    assert marks(window) == "----kr"
    assert current(window) == "f"


def test_at_the_end_of_a_filter_that_takes_the_clip_the_nearest_before(window):
    window.pane.set_filter(UNMARKED)
    go_to(window, "f")
    press(Key.Key_X)
    assert current(window) == "e"
    press(Key.Key_X)
    assert marks(window) == "----rr"


@pytest.mark.parametrize(
    "let_vanish",
    [
        lambda window, clip_id: window.culling.mark_one(clip_id, Mark.KEEP),
        lambda window, clip_id: window.session.remove([clip_id]),
    ],
    ids=["a mark by mouse", "out of the library"],
)
def test_a_clip_that_vanishes_leaves_the_hand_beside_it(window, let_vanish):
    window.pane.set_filter(UNMARKED)
    go_to(window, "c")
    let_vanish(window, window.pane.current_row().clip.id)
    assert current(window) == "d"
    assert selected(window) == "d"
    assert window.player.row.clip.path.stem == "d"
    press(Key.Key_Right)
    assert current(window) == "e"


def test_the_last_one_that_vanishes_leaves_the_hand_on_the_one_before(window):
    go_to(window, "f")
    window.session.remove([window.pane.current_row().clip.id])
    assert current(window) == "e"


def test_redo_under_a_filter_does_not_jump_to_the_top(window):
    window.pane.set_filter(UNMARKED)
    go_to(window, "c")
    press(Key.Key_X)
    window.culling.undo()
    assert current(window) == "c"
    window.culling.redo()
    assert current(window) == "d"


def test_others_that_were_selected_stay_so_when_one_vanishes(window):
    window.pane.set_filter(UNMARKED)
    press(Key.Key_Right, Key.Key_Right, held=Held.ShiftModifier)
    assert (current(window), selected(window)) == ("c", "abc")
    window.culling.mark_one(window.pane.current_row().clip.id, Mark.KEEP)
    assert (current(window), selected(window)) == ("a", "ab")


@pytest.mark.parametrize("view", [Key.Key_G, Key.Key_T])
def test_a_move_that_finds_an_edge_still_leaves_one_clip_selected(window, view):
    press(view)
    go_to(window, "c")
    press(Key.Key_Home, held=Held.ShiftModifier)
    assert (current(window), selected(window)) == ("a", "abc")
    press(Key.Key_Home)
    assert selected(window) == "a"
    go_to(window, "d")
    press(Key.Key_End, held=Held.ShiftModifier)
    assert selected(window) == "def"
    press(Key.Key_Down)
    assert selected(window) == "f"
    press(Key.Key_X)
    assert marks(window) == "-----r"


def test_the_full_screen_goes_through_the_library(window, qtbot):
    press(Key.Key_F)
    full = window.player._full
    QTest.keyClick(full, Key.Key_Right)
    QTest.keyClick(full, Key.Key_Down)
    assert (current(window), selected(window)) == ("c", "c")
    QTest.keyClick(full, Key.Key_Left)
    assert current(window) == "b"
    QTest.keyClick(full, Key.Key_Left)
    QTest.keyClick(full, Key.Key_Left)
    assert current(window) == "a"  # there is nothing before it
    window.player.leave_full_screen()


def test_a_note_is_written_by_keyboard_alone(window, qtbot):
    window.panes._right.hide()
    press(Key.Key_N)
    note = window.player.facts.note
    assert QApplication.focusWidget() is note
    QTest.keyClicks(note, "px")
    press(Key.Key_Escape)
    assert QApplication.focusWidget() is window.pane.view
    assert (window.pane.current_row().decision.note, marks(window)) == ("px", "------")


def test_groups_are_there_again_in_the_next_window(open_window):
    window = open_window()
    assert window.pane.state()["grouping"] == "none"
    window.tools.group_wanted.emit("day")
    window.close()
    again = open_window()
    assert again.pane.state()["grouping"] == "day"
    assert again.tools._group.currentData() == "day"
    again.pane.group_by("a kind that a later version knew")
    assert again.tools._group.currentData() == "none"


def test_a_filter_that_lets_the_current_clip_pass_brings_it_into_sight(window):
    window.pane.grid.set_card_px(480)
    window.resize(900, 560)
    window.pane.set_filter(EVERYTHING.having("text", "f.mp4"))
    assert current(window) == "f"
    window.pane.set_filter(EVERYTHING)
    grid = window.pane.grid
    assert grid.verticalScrollBar().maximum() > 0
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))
