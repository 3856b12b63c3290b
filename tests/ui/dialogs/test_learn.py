"""Learning from marks in the window: counted, compared, on and off, undone, kept in a file.

The library is filled beforehand with marked clips whose files do not exist; nothing reads them.
"""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QLabel

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.store.clips import ClipStore
from footage_sorter.ui.library.for_you import NARROWEST_PX, paint_for_you
from footage_sorter.ui.library.pane import View
from footage_sorter.ui.session.clip_filter import ClipFilter
from footage_sorter.ui.session.columns import COLUMN_AT
from tests.helpers.marked import MODELS, fill, takes

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints",  # the offscreen platform has no window manager
    "No RHI backend",  # nor a graphics card
    "pa_context_connect",  # the machine may have no sound server
)

FOR_YOU = COLUMN_AT["for_you"]


@pytest.fixture
def core(core):
    """As if the networks of the marked clips measured here: nothing is stale."""
    return replace(core, models=MODELS)


@pytest.fixture
def open_marked(core, open_window):
    def open_one(taken):
        with closing(ClipStore(core.library_path)) as store:
            fill(store, taken)
        return open_window()

    return open_one


@pytest.fixture
def window(open_marked):
    """A window on sixty clips whose marks follow the camera's turning."""
    return open_marked(takes())


def learned(qtbot, window):
    """The dialog, opened from the menu, after it has learned."""
    window.actions_by_name["learn"].trigger()
    dialog = window.findChildren(_dialog_class())[-1]
    qtbot.waitUntil(lambda: "Comparing" not in dialog.sentence.text(), timeout=30_000)
    return dialog


def _dialog_class():
    from footage_sorter.ui.dialogs.learn import LearnDialog

    return LearnDialog


def for_you(window):
    return [row.for_you for row in window.session.model.rows()]


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_is_used_by_a_click_and_goes_by_a_click_and_by_undo(qtbot, window):
    assert set(for_you(window)) == {None}
    verdicts = [row.rating.verdict for row in window.session.model.rows()]
    dialog = learned(qtbot, window)
    assert "Agrees with your marks in" in dialog.sentence.text()
    assert dialog.after.value() > dialog.before.value() > 0
    assert set(for_you(window)) == {None}, "nothing is in use before a person says so"
    assert window.pane.table.isColumnHidden(FOR_YOU)

    click(qtbot, dialog.use)
    ratings = for_you(window)
    assert all(0 <= rating <= 100 for rating in ratings)
    for row in window.session.model.rows():
        assert (row.for_you >= 50) == (row.decision.mark is Mark.KEEP)
    assert [row.rating.verdict for row in window.session.model.rows()] == verdicts
    assert not window.pane.table.isColumnHidden(FOR_YOU)
    assert "In use" in dialog.state.text()
    assert not dialog.use.isEnabled()

    click(qtbot, dialog.revert_button)
    assert set(for_you(window)) == {None}
    assert window.pane.table.isColumnHidden(FOR_YOU)
    dialog.reject()
    window.actions_by_name["undo"].trigger()
    assert for_you(window) == ratings
    window.actions_by_name["undo"].trigger()
    assert set(for_you(window)) == {None}
    window.actions_by_name["redo"].trigger()
    assert for_you(window) == ratings


def test_it_outlives_the_window(qtbot, window, open_window):
    dialog = learned(qtbot, window)
    click(qtbot, dialog.use)
    ratings = for_you(window)
    dialog.reject()
    window.close()
    again = open_window()
    assert for_you(again) == ratings
    assert "for_you" in again.pane.bar.offered()


def test_a_column_that_was_hidden_stays_hidden(qtbot, window, open_window):
    dialog = learned(qtbot, window)
    click(qtbot, dialog.use)
    dialog.reject()
    window.pane.table.setColumnHidden(FOR_YOU, True)
    window.close()
    again = open_window()
    assert again.session.taste is not None
    assert again.pane.table.isColumnHidden(FOR_YOU)


def test_marks_by_chance_cannot_be_switched_on(qtbot, open_marked):
    window = open_marked(takes(follows=False))
    dialog = learned(qtbot, window)
    assert "No improvement" in dialog.sentence.text()
    assert not dialog.use.isEnabled()
    click(qtbot, dialog.use)
    assert window.session.taste is None
    dialog.reject()


def test_why_says_what_it_goes_by(qtbot, window):
    why = window.right.why
    window.actions_by_name["why"].trigger()
    assert "For you" not in said(why)
    dialog = learned(qtbot, window)
    click(qtbot, dialog.use)
    dialog.reject()
    row = window.pane.current_row()
    assert f"For you: {row.for_you} of 100" in said(why)
    side = "For it" if row.decision.mark is Mark.KEEP else "Against it"
    assert f"{side}: how the camera turns" in said(why)
    window.actions_by_name["undo"].trigger()
    assert "For you" not in said(why)


def said(panel):
    return " ".join(label.text() for label in panel.widget().findChildren(QLabel))


def test_a_few_marks_are_counted_up(qtbot, open_marked):
    window = open_marked(takes(12))
    dialog = learned(qtbot, window)
    assert dialog.marks.text() == "12 of 30"
    assert "18 more" in dialog.sentence.text()
    assert not dialog.after.isVisible()
    for button in (dialog.use, dialog.export, dialog.revert_button):
        assert not button.isEnabled()
    dialog.reject()


def test_sort_and_filter_follow_it(qtbot, window):
    window.resize(1280, 800)  # wide enough for every pill, whatever the screen
    dialog = learned(qtbot, window)
    pill = window.pane.bar._pills["for_you"]
    assert not pill.isVisible()
    click(qtbot, dialog.use)
    dialog.reject()
    assert pill.isVisible()
    window.pane.show_view(View.TABLE)
    window.pane.sort_by(FOR_YOU)
    shown = [row.for_you for row in window.pane.shown.shown_rows()]
    assert shown == sorted(shown, reverse=True)
    window.pane.set_filter(ClipFilter(for_you=(60, 100)))
    shown = [row.for_you for row in window.pane.shown.shown_rows()]
    assert shown
    assert min(shown) >= 60
    window.session.use_taste(None)
    assert window.pane.shown.shown_rows() == []
    assert pill.isVisible(), "a condition at work is never hidden"


def test_a_filter_by_it_is_kept_as_text():
    clip_filter = ClipFilter(for_you=(40, 90))
    assert ClipFilter.from_text(clip_filter.to_text()) == clip_filter


def test_the_file_takes_it_along(qtbot, window, tmp_path):
    dialog = learned(qtbot, window)
    dialog.write(tmp_path / "taste.json")
    qtbot.waitUntil(lambda: "Wrote" in dialog.sentence.text())
    assert window.session.taste is None, "writing is not using"
    dialog.read(tmp_path / "taste.json")
    qtbot.waitUntil(lambda: window.session.taste is not None)
    ratings = for_you(window)
    document = json.loads((tmp_path / "taste.json").read_text())
    document["features"] = []
    (tmp_path / "taste.json").write_text(json.dumps(document))
    dialog.read(tmp_path / "taste.json")
    qtbot.waitUntil(lambda: "Nothing was changed" in dialog.sentence.text())
    assert for_you(window) == ratings
    dialog.reject()
    window.actions_by_name["undo"].trigger()
    assert set(for_you(window)) == {None}


def test_marks_said_later_do_not_change_it_and_count_for_the_next_time(qtbot, window):
    dialog = learned(qtbot, window)
    click(qtbot, dialog.use)
    dialog.reject()
    ratings = for_you(window)
    row = window.session.model.rows()[0]
    window.session.write({row.clip.id: Decision(Mark.NONE)})
    assert for_you(window) == ratings
    kept = sum(row.decision.mark is Mark.KEEP for row in window.session.model.rows())
    assert learned(qtbot, window).marks.text() == f"{kept} kept, {59 - kept} rejected"
    window.findChildren(_dialog_class())[-1].reject()


def test_a_library_of_an_older_release_is_learned_from_too(qtbot, core, open_marked, open_window):
    window = open_marked(takes())
    window.close()
    with closing(sqlite3.connect(core.library_path)) as db, db:
        db.execute("DELETE FROM features")
    window = open_window()
    assert {row.features for row in window.session.model.rows()} == {None}
    dialog = learned(qtbot, window)
    click(qtbot, dialog.use)
    assert None not in for_you(window)
    dialog.reject()


def test_a_taste_of_other_models_says_that_it_must_be_learned_again(
    qtbot, core, open_marked, open_window
):
    window = open_marked(takes())
    click(qtbot, learned(qtbot, window).use)
    window.close()
    with closing(ClipStore(core.library_path)) as store:
        store.put_taste(store.taste().replace("sharp@1", "sharp@2"))
    window = open_window()
    assert set(for_you(window)) == {None}
    dialog = learned(qtbot, window)
    assert "learn again" in dialog.state.text()
    assert dialog.use.isEnabled()
    dialog.reject()


def test_a_card_shows_it_where_there_is_room(qapp):
    def inked(width):
        image = QImage(width, 100, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.black)
        painter = QPainter(image)
        paint_for_you(painter, image.rect(), 83)
        painter.end()
        return any(
            image.pixelColor(x, y).lightness() > 200 for x in range(width) for y in range(30)
        )

    assert inked(200)
    assert not inked(NARROWEST_PX - 1)
