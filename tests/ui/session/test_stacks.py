"""Stacks in the window, on real clips: found, opened by key and click, decided on in one step."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest

from footage_sorter.domain.clip import Mark
from footage_sorter.media.signatures import FILE, load_signatures
from footage_sorter.ui.library.cards import stack_badge
from footage_sorter.ui.library.delegates import line_badge
from footage_sorter.ui.library.pane import View
from footage_sorter.ui.panels.compare import CompareDialog
from footage_sorter.ui.session.columns import COLUMN_AT
from tests.helpers.clips import Shot, film

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints",  # the offscreen platform has no window manager
    "No RHI backend",  # nor a graphics card
    "pa_context_connect",  # the machine may have no sound server
)

Key, Shift = Qt.Key, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def card(tmp_path):
    """Three takes of one scene, the second the best, and a clip of another scene."""
    folder = tmp_path / "card"
    folder.mkdir()
    film(folder / "C1.mp4", Shot(seconds=1, defocus_px=6))
    film(folder / "C2.mp4", Shot(seconds=1))
    film(folder / "C3.mp4", Shot(seconds=1, smear_px=15))
    film(folder / "C4.mp4", Shot(seconds=1, seed=9))
    return folder


@pytest.fixture
def window(qtbot, open_window, card):
    opened = open_window(card)
    assert not opened.pane.shown.stacked, "nothing is hidden that nobody asked to hide"
    opened.actions_by_name["stacks"].trigger()
    rows = opened.session.model.rows
    qtbot.waitUntil(lambda: len(rows()) == 4 and all(row.looked for row in rows()), timeout=30_000)
    qtbot.waitUntil(lambda: piles(opened) == [3], timeout=30_000)
    opened.actions_by_name["auto_advance"].setChecked(True)
    opened.pane.focus_view()
    return opened


def shown(window):
    return [window.session.model.row(one).clip.path.name for one in window.pane.shown.visible_ids()]


def piles(window):
    """How many takes lie on each stack."""
    places = map(window.pane.shown.place_of, window.pane.shown.visible_ids())
    return [place.count for place in places if place is not None]


def marks(window):
    rows = window.session.model.rows()
    return {row.clip.path.name: row.decision.mark for row in rows}


def current(window):
    return window.pane.current_row().clip.path.name


def press(window, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(window.pane.view, key, modifier)


def go_to(window, name):
    (clip,) = [r.clip.id for r in window.session.model.rows() if r.clip.path.name == name]
    window.culling.go_to(clip)


def close_the_hand(window):
    """Put the hand on the clip that is on no stack."""
    go_to(window, "C4.mp4")
    window.pane.sort_by(COLUMN_AT["name"], descending=False)


def test_similar_takes_lie_below_the_best_of_them(window):
    close_the_hand(window)
    assert shown(window) == ["C2.mp4", "C4.mp4"]
    assert window.pane.shown.n_hidden == 0


def test_a_key_opens_a_stack_in_its_place_and_closes_it_on_its_best(window):
    close_the_hand(window)
    go_to(window, "C2.mp4")
    press(window, Key.Key_E)
    assert shown(window) == ["C2.mp4", "C1.mp4", "C3.mp4", "C4.mp4"]
    press(window, Key.Key_Right)
    assert current(window) == "C1.mp4"
    press(window, Key.Key_E)
    assert shown(window) == ["C2.mp4", "C4.mp4"]
    assert current(window) == "C2.mp4"


@pytest.mark.parametrize("view", View)
def test_a_click_on_the_badge_opens_it(window, view):
    close_the_hand(window)
    window.pane.show_view(view)
    at = window.pane.view.visualRect(window.pane.shown.index(0, 0))
    place = window.pane.shown.place_of(window.pane.shown.row_at(0).clip.id)
    badge: QRect = stack_badge(at) if view is View.GRID else line_badge(at, place)
    QTest.mouseClick(window.pane.view.viewport(), Qt.MouseButton.LeftButton, pos=badge.center())
    assert len(shown(window)) == 4
    assert current(window) == "C4.mp4", "a click on the badge chooses nothing"
    elsewhere = at.center() + QPoint(0, 5)
    QTest.mouseClick(window.pane.view.viewport(), Qt.MouseButton.LeftButton, pos=elsewhere)
    assert current(window) == "C2.mp4"


def test_keep_the_best_and_reject_the_others_is_one_step(window):
    close_the_hand(window)
    go_to(window, "C2.mp4")
    press(window, Key.Key_P, Shift)
    keep, reject, none = Mark.KEEP, Mark.REJECT, Mark.NONE
    assert list(marks(window).values()) == [reject, keep, reject, none]
    assert current(window) == "C4.mp4", "it goes on behind the stack"
    window.culling.undo()
    assert set(marks(window).values()) == {none}
    press(window, Key.Key_P, Shift)
    assert list(marks(window).values()) == [reject, keep, reject, none]


def test_a_take_that_was_kept_in_comparison_lies_on_top_and_is_current(qtbot, window):
    close_the_hand(window)
    go_to(window, "C2.mp4")
    press(window, Key.Key_C)
    qtbot.waitUntil(lambda: window.findChild(CompareDialog) is not None)
    dialog = window.findChild(CompareDialog)
    names = [take.row.clip.path.name for take in dialog.takes]
    dialog.keep(names.index("C3.mp4"))
    assert shown(window) == ["C3.mp4", "C4.mp4"]
    assert current(window) == "C3.mp4"
    assert len(window.culling.chosen()) == 1


def test_keep_the_best_lifts_it_over_the_take_that_a_hand_was_on(window):
    close_the_hand(window)
    go_to(window, "C2.mp4")
    press(window, Key.Key_E)
    go_to(window, "C1.mp4")
    window.pane.shown.set_open(window.culling.chosen(), is_open=False)
    assert shown(window) == ["C1.mp4", "C4.mp4"]
    press(window, Key.Key_P, Shift)
    assert shown(window) == ["C2.mp4", "C4.mp4"]
    assert current(window) == "C4.mp4"


def test_a_clip_on_no_stack_is_left_alone(window):
    close_the_hand(window)
    press(window, Key.Key_P, Shift)
    assert set(marks(window).values()) == {Mark.NONE}
    assert "no stack" in window.status.words


def test_compare_opens_on_a_stack(qtbot, window):
    close_the_hand(window)
    go_to(window, "C2.mp4")
    press(window, Key.Key_C)
    (dialog,) = window.findChildren(CompareDialog)
    names = [take.row.clip.path.name for take in dialog.takes]
    assert names == ["C2.mp4", "C1.mp4", "C3.mp4"]
    dialog.reject()


def test_stacks_can_be_switched_off_and_that_is_remembered(qtbot, window, open_window):
    window.close()
    again = open_window()
    assert again.pane.shown.stacked
    assert again.actions_by_name["stacks"].isChecked()
    qtbot.waitUntil(lambda: piles(again) == [3], timeout=10_000)
    again.pane.focus_view()
    QTest.keyClick(again.pane.view, Key.Key_S, Shift)
    assert len(shown(again)) == 4
    assert not again.actions_by_name["stacks"].isChecked()
    again.close()
    assert not open_window().pane.shown.stacked


def test_signatures_are_kept_for_the_next_start(qtbot, window, open_window, monkeypatch):
    folder = window.session.core.thumbnails.folder
    assert len(load_signatures(folder)) == 4
    window.close()
    written = (folder / FILE).read_bytes()
    again = open_window()
    qtbot.waitUntil(lambda: piles(again) == [3], timeout=10_000)
    again.close()
    assert (folder / FILE).read_bytes() == written, "nothing was signed again"
