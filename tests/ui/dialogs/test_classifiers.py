"""Tags in the window: installed by drop, shown, filtered, sorted; trained in a dialog."""

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from footage_sorter.inference.scorers import load_tagger
from footage_sorter.services import training
from footage_sorter.services.tagging import camera_move
from footage_sorter.ui.dialogs.classifiers import ClassifiersDialog
from footage_sorter.ui.look.translate import install_language
from footage_sorter.ui.session.clip_filter import EVERYTHING
from footage_sorter.ui.session.session import Session
from tests.helpers.classifiers import classifier
from tests.helpers.clips import Shot, film

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints", "No RHI backend", "pa_context_connect"
)


@pytest.fixture
def core(core):
    """A core that runs installed classifiers."""
    instruments = replace(
        core.instruments,
        classifiers=core.shelf.installed,
        load_tagger=partial(load_tagger, "cpu", core.shelf.folder),
    )
    return replace(core, instruments=instruments)


@pytest.fixture
def card(tmp_path):
    folder = tmp_path / "card"
    folder.mkdir()
    film(folder / "one.mp4", Shot(seconds=1, size_px=(160, 90)))
    film(folder / "two.mp4", Shot(seconds=1, size_px=(160, 90), gain=0.05))
    return folder


def rows(window):
    return sorted(window.session.model.rows(), key=lambda row: row.clip.path.name)


def drop(window, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def tagged(window):
    return len(rows(window)) == 2 and all(row.tags for row in rows(window))


def test_a_dropped_classifier_tags_every_clip(qtbot, open_window, card, tmp_path):
    window = open_window(card)
    window.resize(1280, 800)  # wide enough for every pill, whatever the screen
    shown = window.pane.shown
    before = shown.columnCount()
    drop(window, classifier(tmp_path / "place"))
    qtbot.waitUntil(lambda: tagged(window), timeout=60_000)
    # a column, to sort by
    assert shown.columnCount() == before + 1
    assert shown.headerData(before, Qt.Orientation.Horizontal) == "Place"
    label = rows(window)[0].tags[0].label
    assert shown.index(0, before).data() in {"indoor", "outdoor"}
    window.pane.sort_by(before)
    assert shown.sorted_by[0] == before
    # a filter
    assert not window.pane.bar._pills["tags"].isHidden()
    window.pane.set_filter(EVERYTHING.toggling("tags", f"Place: {label}"))
    assert {row.tags[0].label for row in shown.shown_rows()} == {label}
    window.pane.set_filter(EVERYTHING.toggling("tags", "Place: nowhere"))
    assert shown.shown_rows() == []
    window.pane.set_filter(EVERYTHING)
    # the facts
    window.pane.view.setCurrentIndex(shown.index(0, 0))
    assert label in window.player.facts._tags.text() or "Place" in window.player.facts._tags.text()
    # gone again, and nothing is deleted
    window.classifiers.remove("place")
    assert shown.columnCount() == before
    assert shown.sorted_by[0] < before
    assert all(row.tags == () for row in rows(window))
    assert window.pane.bar._pills["tags"].isHidden()


def test_tags_are_there_again_without_reading_a_clip(qtbot, open_window, card, core, tmp_path):
    core.shelf.install(classifier(tmp_path / "place"))
    window = open_window(card)
    qtbot.waitUntil(lambda: tagged(window), timeout=60_000)
    first = [row.tags for row in rows(window)]
    window.close()
    for path in card.iterdir():
        path.unlink()
    again = open_window()
    assert [row.tags for row in rows(again)] == first


def test_a_damaged_classifier_is_refused_with_a_sentence(qtbot, open_window, card, tmp_path):
    window = open_window()
    folder = classifier(tmp_path / "place", labels=["one"])
    with qtbot.waitSignal(window.classifiers.warned, timeout=10_000) as said:
        drop(window, folder, card)
    assert "cannot be used" in said.args[0]
    qtbot.waitUntil(lambda: len(rows(window)) == 2, timeout=10_000)
    assert window.session.classifiers == ()


def test_the_programs_own_classifier_is_listed_in_german(qtbot, qapp, core):
    own = camera_move(core.models.shake)
    core = replace(core, instruments=replace(core.instruments, classifiers=lambda: (own,)))
    translators = install_language("de", qapp)
    session = Session(core)
    dialog = ClassifiersDialog(session)
    qtbot.addWidget(dialog)
    item = dialog.table.topLevelItem(0)
    assert item.text(0) == "Kamerabewegung"
    assert item.text(1).startswith("unbewegt, Schwenk")
    assert item.text(2).endswith(" %")
    session.shutdown()
    for one in translators:
        qapp.removeTranslator(one)


@pytest.fixture
def dialog(qtbot, open_window, core, monkeypatch, tmp_path):
    monkeypatch.setattr(training, "TRAINER", "tests.helpers.trainer")
    classifier(core.trained / "ready")
    for label in ("indoor", "outdoor"):
        for name in ("a.mp4", "b.mp4"):
            path = tmp_path / "classes" / label / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"")
    window = open_window()
    opened = window.classifiers.train()
    assert not opened.go.isEnabled()
    opened.classes.add_folder_of_classes(tmp_path / "classes")
    qtbot.waitUntil(lambda: opened.classes.count == 2, timeout=10_000)
    return opened


def test_the_result_is_shown_before_it_is_used(qtbot, dialog, core):
    dialog.title.setText("Place")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.install.isVisible, timeout=30_000)
    said = dialog.sentence.text()
    assert "92 % right" in said
    assert "commonest: 50 %" in said
    assert "a.mp4: It is too short:" in said
    assert core.shelf.installed() == ()
    with qtbot.waitSignal(dialog.install_wanted):
        qtbot.mouseClick(dialog.install, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(core.shelf.installed()) == 1, timeout=30_000)


def test_a_class_can_be_renamed_and_its_label_is_what_it_says(dialog):
    dialog.classes.table.topLevelItem(0).setText(0, "inside")
    assert {one.label for one in dialog.classes.examples()} == {"inside", "outdoor"}
    dialog.classes.table.topLevelItem(1).setText(0, " \n")
    assert {one.label for one in dialog.classes.examples()} == {"inside", ""}
    dialog.train()
    assert "no name" in dialog.sentence.text()


def test_without_a_title_nothing_begins(qtbot, dialog):
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert "title" in dialog.sentence.text()
    assert not dialog._job.busy


def test_a_training_is_paused_and_stopped(qtbot, dialog, core, monkeypatch):
    from footage_sorter.ui.dialogs import train as train_dialog

    monkeypatch.setattr(train_dialog, "TrainingJob", partial(train_dialog.TrainingJob, seed=4))
    dialog.title.setText("Place")
    dialog.train()
    qtbot.waitUntil(lambda: dialog.bar.value() > 0, timeout=30_000)
    qtbot.mouseClick(dialog.pause, Qt.MouseButton.LeftButton)
    assert not dialog._running.is_set()
    assert "Paused" in dialog.sentence.text()
    assert dialog.pause.text() == "Go on"
    qtbot.mouseClick(dialog.pause, Qt.MouseButton.LeftButton)
    assert dialog._running.is_set()
    assert "Looking at the clips" in dialog.sentence.text()
    qtbot.mouseClick(dialog.pause, Qt.MouseButton.LeftButton)
    assert dialog.close_button.text() == "Stop"
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    assert "Stopping" in dialog.sentence.text()
    qtbot.waitUntil(lambda: not dialog._job.busy, timeout=30_000)
    assert "Stopped" in dialog.sentence.text()
    assert (dialog.close_button.text(), dialog.pause.text()) == ("Close", "Pause")
    assert not (core.trained / "place").exists()
    dialog.reject()


def test_where_the_trainer_is_missing_the_dialog_says_so(qtbot, open_window, monkeypatch):
    monkeypatch.setattr(training, "TRAINER", "no_such_package")
    opened = open_window().classifiers.train()
    assert "pip install" in opened.sentence.text()
    assert not opened.go.isEnabled()


def test_the_list_says_why_one_is_not_used(open_window, core, tmp_path):
    classifier(core.shelf.folder / "rotten")  # it says that it is called place
    listed = open_window().classifiers.show_list()
    (row,) = [
        item
        for item in map(listed.table.topLevelItem, range(listed.table.topLevelItemCount()))
        if item.text(0) == "rotten"
    ]
    assert row.text(1) == "Not used: its folder must be called place"
    assert "The classifier rotten cannot be used" in row.toolTip(1)
    row.setSelected(True)
    assert listed.remove_button.isEnabled()
