"""What the window looks like is kept while it is open: a power cut comes without a closing."""

import pytest
from PySide6.QtCore import QSize

from footage_sorter.store.settings_file import load_settings
from footage_sorter.ui.main_window import MainWindow
from footage_sorter.ui.session.columns import COLUMN_AT
from footage_sorter.ui.session.state_file import StateFile
from tests.helpers.clips import Shot, film
from tests.helpers.hands import UNMARKED, Held, Key, at_first_clip, press

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints", "No RHI backend", "pa_context_connect"
)


@pytest.fixture
def window(qtbot, open_window, tmp_path):
    """Three clips, a to c, of which the first is current; changes are kept at once."""
    for name in "abc":
        film(tmp_path / f"{name}.mp4", Shot(seconds=0.4, size_px=(64, 36)))
    one = at_first_clip(qtbot, open_window(tmp_path), 3)
    one.window_state._soon.setInterval(0)
    return one


def kept(core):
    return StateFile(core.settings_path.with_name("window.ini"))


def test_what_is_seen_is_kept_soon(window, qtbot, core):
    window.pane.sort_by(COLUMN_AT["usability"], descending=True)
    window.pane.set_filter(UNMARKED)
    press(Key.Key_T)
    window.actions_by_name["limits"].trigger()
    window.pane.focus_view()
    press(Key.Key_Down, held=Held.ShiftModifier)
    window.player.transport.set_loop(loop=True)
    current, ids = window.pane.current_row().clip.id, window.culling.chosen()
    qtbot.waitUntil(lambda: kept(core).text("selected") == " ".join(map(str, ids)))
    state = kept(core)
    assert len(ids) == 2
    assert state.number("current", 0) == current
    assert (state.text("sort"), state.text("filter")) == ("usability", UNMARKED.to_text())
    assert (state.text("view"), state.number("tab", 0)) == ("table", 1)
    assert load_settings(core.settings_path).settings.loop


def test_the_size_of_the_window_is_kept_soon(window, qtbot, core):
    window.resize(QSize(1111, 777))
    geometries = []
    kept(core).restore({"geometry": geometries.append})
    qtbot.waitUntil(
        lambda: (
            kept(core).restore({"geometry": geometries.append})
            or window.saveGeometry() in geometries
        )
    )


def test_at_rest_nothing_is_written(window, qtbot, core):
    press(Key.Key_T)
    qtbot.waitUntil(lambda: kept(core).text("view") == "table")
    qtbot.waitUntil(lambda: not window.session.background.busy)
    core.settings_path.with_name("window.ini").unlink()
    press(Key.Key_T)  # it is the table already
    window.window_state._keep()
    assert not window.session.background.busy


def test_closed_before_the_library_is_there_the_selection_is_not_forgotten(
    window, qtbot, core, open_window
):
    press(Key.Key_Right, held=Held.ShiftModifier)
    ids = window.culling.chosen()
    window.close()
    quick = MainWindow(core)
    qtbot.addWidget(quick)
    quick.show()
    quick.close()
    again = open_window()
    qtbot.waitUntil(lambda: again.culling.chosen() == ids)


def test_the_panel_in_front_is_there_in_the_next_window(window, open_window):
    window.actions_by_name["limits"].trigger()
    window.close()
    assert open_window().right.limits.isVisible()


def test_what_is_scrolled_into_sight_is_kept_soon_and_nothing_after_the_end(window, qtbot, core):
    window.resize(400, 300)
    bar = window.pane.grid.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    before = kept(core).text("in_sight")
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: kept(core).text("in_sight") != before)
    window.close()
    window.pane.in_sight.emit([])
    assert not window.window_state._soon.isActive()
