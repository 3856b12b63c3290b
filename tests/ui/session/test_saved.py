"""Presets and saved filters: each act on them is a step, taken back and done again by its key."""

import pytest
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QInputDialog, QMenu, QMessageBox

from footage_sorter.domain.clip import Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.limits import FaultLimit
from footage_sorter.store.settings_file import load_settings
from footage_sorter.ui.session.clip_filter import EVERYTHING
from tests.helpers.clips import Shot, film
from tests.helpers.hands import UNMARKED, Held, Key, at_first_clip, press

pytestmark = pytest.mark.qt_log_ignore(
    "plugin does not support", "No RHI backend", "pa_context_connect"
)

KEPT = EVERYTHING.having("marks", frozenset({Mark.KEEP}))


@pytest.fixture
def window(qtbot, open_window, tmp_path, monkeypatch):
    """One clip, and nobody there to answer a question."""
    film(tmp_path / "a.mp4", Shot(seconds=0.4, size_px=(64, 36)))
    monkeypatch.setattr(QMessageBox, "exec", lambda box: pytest.fail(box.text()))
    return at_first_clip(qtbot, open_window(tmp_path), 1)


def name_it(monkeypatch, name):
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: (name, True))


def save_filter(window, monkeypatch, name, clip_filter):
    name_it(monkeypatch, name)
    window.pane.set_filter(clip_filter)
    press(Key.Key_S, held=Held.ControlModifier)


def undo():
    press(Key.Key_Z, held=Held.ControlModifier)


def redo():
    press(Key.Key_Z, held=Held.ControlModifier | Held.ShiftModifier)


def filters(window):
    """Those on disk, which must be those that the sidebar shows."""
    kept = load_settings(window.session.core.settings_path).settings.saved_filters
    section = window.sidebar._saved
    assert [section.child(at).text(0) for at in range(section.childCount())] == list(kept)
    assert section.isHidden() is not bool(kept)
    return dict(kept)


def drop(window, name):
    """By the right button on a saved filter, and the only line of the menu."""
    sidebar = window.sidebar
    where = sidebar.visualItemRect(sidebar._items["saved", name]).center()
    asks = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, where, sidebar.viewport().mapToGlobal(where)
    )
    QApplication.sendEvent(sidebar.viewport(), asks)
    menu = sidebar.findChild(QMenu)
    (line,) = menu.actions()
    line.trigger()
    menu.close()


def test_a_filter_that_was_removed_comes_back_to_its_place(window, monkeypatch):
    for name, clip_filter in (("R&D", UNMARKED), ("b", KEPT)):
        save_filter(window, monkeypatch, name, clip_filter)
    before = filters(window)
    assert list(before) == ["R&D", "b"]
    drop(window, "R&D")
    assert list(filters(window)) == ["b"]
    assert window.status.words == "The filter “R&D” was removed. Undo brings it back."
    assert window.actions_by_name["undo"].text() == "Undo: Remove the filter “R&&D”"
    undo()
    assert list(filters(window).items()) == list(before.items())
    assert window.status.words == "Undone: Remove the filter “R&D”."
    redo()
    assert list(filters(window)) == ["b"]


def test_a_filter_takes_the_place_of_one_of_its_name_and_that_is_a_step(window, monkeypatch):
    save_filter(window, monkeypatch, "mine", UNMARKED)
    save_filter(window, monkeypatch, " mine ", UNMARKED)  # the same: no step
    save_filter(window, monkeypatch, "mine", KEPT)
    assert window.status.words == "The filter “mine” was replaced. Undo brings it back."
    assert filters(window) == {"mine": KEPT.to_text()}
    undo()
    assert filters(window) == {"mine": UNMARKED.to_text()}
    undo()
    assert filters(window) == {}
    assert not window.culling.stack.canUndo()
    redo()
    redo()
    assert filters(window) == {"mine": KEPT.to_text()}


def test_steps_of_different_kinds_are_taken_back_in_their_order(window, monkeypatch):
    save_filter(window, monkeypatch, "mine", UNMARKED)
    window.pane.set_filter(EVERYTHING)
    press(Key.Key_P)
    drop(window, "mine")
    (row,) = window.session.model.rows()
    assert (row.decision.mark, filters(window)) == (Mark.KEEP, {})
    undo()
    assert list(filters(window)) == ["mine"]
    assert window.session.decision(row.clip.id).mark is Mark.KEEP
    undo()
    assert window.session.decision(row.clip.id).mark is Mark.NONE
    assert list(filters(window)) == ["mine"]


def presets(window):
    """Those on disk, which must be those that the panel offers to remove."""
    kept = load_settings(window.session.core.settings_path).settings.own_presets
    assert [one.text() for one in more(window)[2:]] == [
        f"Remove the preset {name.replace('&', '&&')}" for name in kept
    ]
    return dict(kept)


def more(window):
    """The lines of the panel's menu, as they are when it opens."""
    menu = QMenu(window)
    window.right.limits._fill(menu)
    return [one for one in menu.actions() if not one.isSeparator()]


def save_preset(window, monkeypatch, name):
    name_it(monkeypatch, name)
    more(window)[1].trigger()


def test_a_preset_is_saved_replaced_and_removed_by_steps(window, monkeypatch):
    limits = window.session.settings.limits
    strict = limits.with_limit(Flag.BLURRY, FaultLimit(0.6, 0.3))
    save_preset(window, monkeypatch, "Night & day")
    save_preset(window, monkeypatch, "Night & day")  # the same: no step
    window.culling.set_limits(strict)
    save_preset(window, monkeypatch, "Night & day")
    assert window.status.words == "The preset “Night & day” was replaced. Undo brings it back."
    assert presets(window) == {"Night & day": strict}
    more(window)[2].trigger()
    assert window.status.words == "The preset “Night & day” was removed. Undo brings it back."
    assert presets(window) == {}
    assert window.session.settings.limits == strict
    expected = [{"Night & day": strict}, {"Night & day": limits}, {"Night & day": limits}, {}]
    for kept in expected:
        undo()
        assert presets(window) == kept
    assert window.session.settings.limits == limits
    assert not window.culling.stack.canUndo()
    for kept in [*expected[-2::-1], {}]:
        redo()
        assert presets(window) == kept
