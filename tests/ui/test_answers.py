"""No key without an answer: what finds nothing to do says why, and what is out of sight is said."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from footage_sorter.domain.clip import Mark
from footage_sorter.ui.actions import set_keys
from footage_sorter.ui.player.overlays import Overlay
from footage_sorter.ui.session.clip_filter import EVERYTHING
from footage_sorter.ui.window_state import FRAME_PX, first_size
from tests.helpers.clips import Shot, film
from tests.helpers.hands import UNMARKED, Held, Key, at_first_clip, press

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints", "No RHI backend", "pa_context_connect"
)


NOT_STACKED = "Similar takes are not stacked now. In the menu View: Stack similar takes (Shift+S)."


@pytest.fixture
def window(qtbot, open_window, tmp_path):
    """Three clips, a to c, of which the first is current; d cannot be read."""
    for name in "abc":
        film(tmp_path / f"{name}.mp4", Shot(seconds=0.4, size_px=(64, 36)))
    (tmp_path / "d.mp4").write_bytes(b"no film")
    return at_first_clip(qtbot, open_window(tmp_path), 4)


def named(window, name):
    return next(row for row in window.session.model.rows() if row.clip.path.stem == name)


def go_to(window, name):
    window.culling.go_to(named(window, name).clip.id)


def names(window):
    return "".join(row.clip.path.stem for row in window.pane.shown.shown_rows())


def selected(window):
    rows = map(window.session.model.row, window.culling.chosen())
    return "".join(row.clip.path.stem for row in rows)


@pytest.mark.parametrize(
    ("at", "key", "held", "says"),
    [
        ("a", Key.Key_E, Held.NoModifier, NOT_STACKED),
        ("a", Key.Key_P, Held.ShiftModifier, NOT_STACKED),
        ("a", Key.Key_W, Held.NoModifier, "This clip has no flag."),
        ("d", Key.Key_W, Held.NoModifier, "This clip has no flag."),
        ("a", Key.Key_S, Held.ControlModifier, "There is no filter to save: all clips are shown."),
        ("a", Key.Key_A, Held.ControlModifier | Held.ShiftModifier, "All clips are shown."),
        ("a", Key.Key_C, Held.NoModifier, "Select 2 to 4 clips, or a stack, to compare them."),
        ("a", Key.Key_X, Held.AltModifier, "This clip has no in or out."),
        ("d", Key.Key_I, Held.NoModifier, "A clip that cannot be played has no in and out."),
        ("d", Key.Key_B, Held.NoModifier, "This clip cannot be played."),
        ("d", Key.Key_Space, Held.NoModifier, "This clip cannot be played."),
        ("d", Key.Key_L, Held.NoModifier, "This clip cannot be played."),
        ("d", Key.Key_S, Held.NoModifier, "No clip from here on can be played."),
        ("d", Key.Key_P, Held.NoModifier, "This is the last clip."),
    ],
)
def test_a_key_that_has_nothing_to_do_says_why(window, at, key, held, says):
    go_to(window, at)
    press(key, held=held)
    assert window.status.words == says
    assert named(window, "d").decision.in_s is None
    assert window.session.settings.saved_filters == {}


def test_the_key_that_stacks_is_named_as_it_is(window):
    for key, named in (("Ctrl+K", "Stack similar takes (Ctrl+K)"), ("", "Stack similar takes")):
        set_keys(window.actions_by_name, {"stacks": key})
        press(Key.Key_E)
        assert window.status.words.endswith(f"In the menu View: {named}.")


def test_stacks_where_there_are_none(window):
    window.pane.shown.set_stacks([])
    press(Key.Key_S, held=Held.ShiftModifier)
    assert window.status.words == "No similar takes were found, so there is no stack."
    press(Key.Key_E)
    assert window.status.words == "This clip is on no stack of similar takes."


def test_nothing_is_left_to_analyse(window):
    window.actions_by_name["analyse"].trigger()
    assert window.status.words == "Nothing is left to analyse."
    assert not window.session.analysis.running


@pytest.mark.parametrize("key", [Key.Key_P, Key.Key_3, Key.Key_N, Key.Key_K, Key.Key_S])
def test_without_a_clip_a_key_says_so(window, key):
    window.pane.set_filter(EVERYTHING.having("text", "no such name"))
    assert window.player.row is None
    window.pane.focus_view()
    press(key)
    expected = {Key.Key_S: "No clip from here on can be played."}
    assert window.status.words == expected.get(key, "No clip is selected.")


def test_a_filter_that_took_all_clips_gives_the_current_one_back(window):
    go_to(window, "b")
    window.pane.set_filter(EVERYTHING.having("text", "no such name"))
    assert window.pane.current_row() is None
    window.pane.set_filter(EVERYTHING)
    assert (selected(window), window.player.row.clip.path.stem) == ("b", "b")


def test_what_is_added_under_a_filter_may_be_hidden(window, tmp_path):
    window.commands.add([tmp_path])
    assert "filter" not in window.status.words
    window.pane.set_filter(UNMARKED)
    window.commands.add([tmp_path])
    assert window.status.words == "A filter is at work: it may hide what was added."


def test_what_is_said_goes_by_itself(window, qtbot):
    press(Key.Key_S, held=Held.ControlModifier)
    window.status._forget.setInterval(0)
    qtbot.waitUntil(lambda: window.status.words == "4 clips")


def test_several_that_are_selected_are_counted_with_their_length(window, qtbot):
    label = window.status._selected
    assert label.isHidden()
    press(Key.Key_Right, held=Held.ShiftModifier)
    qtbot.waitUntil(lambda: label.text() == "2 of 4 selected, 0:00")
    assert label.isVisible()
    long = named(window, "a")
    media = replace(long.clip.media, duration_s=75.0)
    window.session.model.put(replace(long, clip=replace(long.clip, media=media)))
    qtbot.waitUntil(lambda: label.text() == "2 of 4 selected, 1:15")
    press(Key.Key_Home)
    qtbot.waitUntil(label.isHidden)


def test_removing_is_said_and_one_step_of_undo(window, qtbot):
    press(Key.Key_X)
    go_to(window, "a")
    press(Key.Key_Right, held=Held.ShiftModifier)
    rejected = named(window, "a")
    press(Key.Key_Delete, held=Held.ControlModifier)
    assert window.status.words == "Removed from the library: 2 clips. The files stay."
    assert names(window) == "cd"
    press(Key.Key_Z, held=Held.ControlModifier)
    assert (names(window), selected(window)) == ("abcd", "ab")
    assert window.status.words == "Undone: Remove 2 clips from the library."
    assert named(window, "a").decision == rejected.decision
    assert named(window, "a").rating.usability == rejected.rating.usability
    press(Key.Key_Z, held=Held.ControlModifier | Held.ShiftModifier)
    assert names(window) == "cd"
    press(Key.Key_Z, held=Held.ControlModifier)
    press(Key.Key_Z, held=Held.ControlModifier)
    assert named(window, "a").decision.mark is Mark.NONE


def test_what_was_put_back_is_there_in_the_next_window(window, open_window):
    press(Key.Key_X)
    go_to(window, "a")
    press(Key.Key_Delete, held=Held.ControlModifier)
    press(Key.Key_Z, held=Held.ControlModifier)
    window.close()
    again = open_window()
    assert names(again) == "abcd"
    assert named(again, "a").decision.mark is Mark.REJECT


def test_a_step_on_what_the_filter_hides_says_which_clip(window):
    press(Key.Key_X)
    window.pane.set_filter(EVERYTHING.having("text", "c"))
    press(Key.Key_Z, held=Held.ControlModifier)
    assert window.status.words == "Undone: Reject 1 clip. The filter hides a.mp4."
    window.pane.set_filter(UNMARKED)
    press(Key.Key_Z, held=Held.ControlModifier | Held.ShiftModifier)
    assert window.status.words == "Done again: Reject 1 clip. The filter hides a.mp4."
    window.pane.set_filter(EVERYTHING)
    go_to(window, "c")
    press(Key.Key_Z, held=Held.ControlModifier)
    assert window.status.words == "Undone: Reject 1 clip."
    assert selected(window) == "a"


def test_a_step_on_takes_in_a_closed_stack_opens_it(window):
    shown = window.pane.shown
    ids = {one: named(window, one).clip.id for one in "abc"}
    go_to(window, "b")
    press(Key.Key_X)
    shown.set_stacked(stacked=True)
    shown.set_stacks([(ids["a"], ids["b"], ids["c"])])
    go_to(window, "d")
    assert not shown.index_of(ids["b"]).isValid()
    press(Key.Key_Z, held=Held.ControlModifier)
    assert window.status.words == "Undone: Reject 1 clip."
    assert selected(window) == "b"


def test_escape_closes_a_notice_when_nothing_else_takes_it(window, qtbot):
    window.notice.warn("The disk is full.")
    press(Key.Key_Slash)
    press(Key.Key_Escape)
    assert window.notice.text == "The disk is full."
    press(Key.Key_Escape)
    assert window.notice.text == ""


def test_escape_closes_a_notice_also_where_there_is_no_clip(open_window, qtbot):
    window = open_window()
    window.notice.warn("The disk is full.")
    QTest.keyClick(QApplication.focusWidget() or window, Key.Key_Escape)
    assert window.notice.text == ""


def test_escape_ends_a_search_that_finds_nothing_before_it_closes_a_notice(window, qtbot):
    window.notice.warn("The disk is full.")
    press(Key.Key_Slash)
    window.tools.search.setText("no such name")
    press(Key.Key_Escape)
    assert (window.notice.text, names(window)) == ("The disk is full.", "abcd")


def test_escape_ends_the_skimming(window, qtbot):
    press(Key.Key_S)
    assert window.actions_by_name["skim"].isChecked()
    press(Key.Key_Escape)
    assert not window.actions_by_name["skim"].isChecked()


def test_overlays_have_keys(window):
    press(Key.Key_H)
    assert window.player.transport.overlays == {Overlay.CLIPPED}
    press(Key.Key_D)
    press(Key.Key_F, held=Held.ShiftModifier)
    assert window.player.transport.overlays == frozenset(Overlay)
    assert window.actions_by_name["overlay_peaking"].isChecked()
    press(Key.Key_H)
    assert not window.actions_by_name["overlay_clipped"].isChecked()


def test_several_that_were_selected_are_so_in_the_next_window(window, open_window):
    go_to(window, "b")
    press(Key.Key_Right, held=Held.ShiftModifier)
    assert selected(window) == "bc"
    window.close()
    again = open_window()
    assert selected(again) == "bc"
    assert again.pane.current_row().clip.path.stem == "c"


@pytest.mark.parametrize("room", [QSize(1280, 800), QSize(1366, 768), QSize(1280, 728)])
def test_the_first_window_fits_a_small_screen_with_its_frame(room):
    fitted = first_size(room) + FRAME_PX
    assert fitted.width() <= room.width()
    assert fitted.height() <= room.height()
    assert first_size(QSize(2560, 1440)) == QSize(1280, 800)


def test_the_window_can_be_as_small_as_a_small_screen(window):
    least = window.minimumSizeHint().expandedTo(window.minimumSize())
    fits = first_size(QSize(1280, 720))
    assert (least.width() <= fits.width(), least.height() <= fits.height()) == (True, True), least


def test_only_work_that_is_under_way_can_be_paused_or_cancelled(window, qtbot, tmp_path):
    actions = [window.actions_by_name[name] for name in ("pause", "cancel")]
    assert [action.isEnabled() for action in actions] == [False, False]
    film(tmp_path / "e.mp4", Shot(seconds=0.4, size_px=(64, 36)))
    with qtbot.waitSignal(window.session.analysis.began, timeout=10_000):
        window.session.add([tmp_path / "e.mp4"])
    assert [action.isEnabled() for action in actions] == [True, True]
    qtbot.waitUntil(lambda: not window.session.analysis.running, timeout=20_000)
    assert [action.isEnabled() for action in actions] == [False, False]


@pytest.mark.parametrize(
    ("key", "says"),
    [
        (Key.Key_R, ["The loop is on.", "The loop is off."]),
        (Key.Key_S, ["Skimming.", "Skimming has ended."]),
    ],
)
def test_a_switch_says_how_it_stands(window, key, says):
    said = []
    for _ in says:
        press(key)
        said.append(window.status.words)
    assert said == says


def test_what_was_copied_is_said(window):
    press(Key.Key_Right, held=Held.ShiftModifier)
    press(Key.Key_C, held=Held.ControlModifier)
    assert window.status.words == "Copied the path of 2 clips"
    assert len(QApplication.clipboard().text().split()) == 2
