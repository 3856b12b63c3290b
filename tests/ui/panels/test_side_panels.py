"""Why and limits: what they show, and what they want."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton

from footage_sorter.domain.clip import Decision
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.limits import STAGE, FaultLimit
from footage_sorter.domain.settings import Settings
from footage_sorter.ui.panels import limits as limits_panel
from footage_sorter.ui.panels.limits import LimitsPanel
from footage_sorter.ui.panels.why import WhyPanel, worst_times
from tests.helpers.rows import LIMITS, failed, rated, tracks, unread

# What Qt's display without a screen says of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def frame_at(clip, time_s, max_px):
    return np.full((9, 16, 3), int(10 * time_s) % 256, np.uint8)


HARD_SPACE = "\N{NO-BREAK SPACE}"
"""No line breaks between a number and its sign."""


def texts(widget, kind=QLabel):
    return [label.text().replace(HARD_SPACE, " ") for label in widget.findChildren(kind)]


def button(widget, text):
    return next(one for one in widget.findChildren(QPushButton) if one.text() == text)


# Why


@pytest.fixture
def why(qtbot):
    panel = WhyPanel(frame_at)
    qtbot.addWidget(panel)
    panel.resize(400, 500)
    panel.show()
    yield panel
    assert panel.shutdown()


def test_each_flag_has_its_sentence_and_its_worst_frames(qtbot, why):
    row = rated(over={Flag.BLURRY: range(8), Flag.SHAKY: range(6)})
    why.show_row(row, LIMITS)
    said = texts(why.widget())
    assert any(text.startswith("Too blurred: 80 % of seconds over 0.60") for text in said)
    assert any(text.startswith("Too shaky: 60 %") for text in said)
    assert not any(" %" in label.text() for label in why.widget().findChildren(QLabel))
    frames = [one for one in why.findChildren(QToolButton) if one.text()]
    assert [one.text() for one in frames] == ["0:00", "0:02", "0:04"] * 2
    with qtbot.waitSignal(why.seek_wanted) as wanted:
        frames[1].click()
    assert wanted.args == [2.5]
    third = frames[2]

    def level():
        return third.icon().pixmap(16, 9).toImage().pixelColor(4, 4).red()

    qtbot.waitUntil(lambda: level() == 45)  # the decoder's picture of 4.5 s


def test_faulty_seconds_below_the_limit_have_a_sentence_and_no_objection(why):
    row = rated(over={Flag.BLURRY: [2]})
    assert not row.rating.flags
    assert row.rating.usability == 90
    why.show_row(row, LIMITS)
    (said,) = [text for text in texts(why.widget()) if "less usable" in text]
    assert "Too blurred: 10 % of seconds over 0.60 (up to 75 % are tolerated)" in said
    assert "0:02-0:03; worst at 0:02." in said
    assert "No flag was raised." not in texts(why.widget())  # the sentence itself says so
    assert not [one for one in why.findChildren(QPushButton) if one.text() == "This is wrong"]


def test_an_objection_is_handed_on_and_can_be_taken_back(qtbot, why):
    why.show_row(rated(over={Flag.BLURRY: range(8)}, clip_id=7), LIMITS)
    with qtbot.waitSignal(why.overrule_wanted) as wanted:
        button(why, "This is wrong").click()
    assert wanted.args == [7, Flag.BLURRY, True]
    overruled = Decision(overruled=frozenset({Flag.BLURRY}))
    why.show_row(rated(over={Flag.BLURRY: range(8)}, clip_id=7, decision=overruled), LIMITS)
    assert "You called this wrong: Too blurred." in texts(why.widget())
    with qtbot.waitSignal(why.overrule_wanted) as wanted:
        button(why.widget(), "Take back").click()
    assert wanted.args == [7, Flag.BLURRY, False]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (None, "No clip is selected."),
        (unread(), "This clip was not analysed yet."),
        (failed(), "The file has no index: the recording was probably cut off before it ended."),
        (rated(), "No flag was raised."),
        (replace(rated(), damage="cut off"), "Part of the clip cannot be decoded: cut off."),
    ],
)
def test_every_clip_gets_a_sentence(why, row, says):
    why.show_row(rated(over={Flag.BLURRY: range(9)}), LIMITS)
    why.show_row(row, LIMITS)
    assert says in texts(why.widget())


def test_a_hidden_panel_works_only_when_it_is_seen(qtbot, why):
    why.hide()
    why.show_row(rated(over={Flag.BLURRY: range(8)}), LIMITS)
    assert not why.findChildren(QToolButton)
    why.show()
    assert [one for one in why.findChildren(QToolButton) if one.text()]


def test_worst_seconds_are_no_neighbours_and_never_unmeasured():
    track = tracks(6).of(Flag.BLURRY).copy()
    track[:] = [0.9, 0.8, np.nan, 0.7, 0.1, np.nan]
    assert worst_times(track, tracks(6).lengths_s) == [0.5, 3.5]


# Limits


ROWS = [
    rated(f"/fest/{n}.mp4", over={Flag.BLURRY: range(n)}, clip_id=n) for n in range(11)
]  # clip n is blurry for n seconds of ten


@pytest.fixture
def limits(qtbot):
    panel = LimitsPanel(lambda: ROWS)
    settings = [Settings()]

    def take(limits, folder):  # as the session does
        settings[0] = settings[0].with_limits(limits, folder)
        panel.show_settings(settings[0])

    panel.limits_changed.connect(take)
    qtbot.addWidget(panel)
    panel.resize(400, 700)
    panel.show()
    qtbot.waitUntil(lambda: "3 clips" in counts(panel, Flag.BLURRY))
    yield panel
    assert panel.shutdown()


def counts(panel, flag):
    return panel._editors[flag]._counts.text()


def test_it_says_before_release_how_many_clips_change_and_which(qtbot, limits):
    slider = limits._editors[Flag.BLURRY]._tolerated
    slider.setSliderDown(True)
    with qtbot.assertNotEmitted(limits.limits_changed):
        slider.setValue(500)
    assert counts(limits, Flag.BLURRY) == "3 → 5 clips"
    assert limits._editors[Flag.BLURRY]._which.text() == "+ 6.mp4, 7.mp4"
    with qtbot.waitSignal(limits.limits_changed) as changed:
        slider.setSliderDown(False)
    assert changed.args[0] == LIMITS.with_limit(Flag.BLURRY, FaultLimit(0.6, 0.5))
    assert "5 clips" in counts(limits, Flag.BLURRY)


def test_who_scrolls_past_a_limit_does_not_move_it(limits):
    editor = limits._editors[Flag.BLURRY]
    for field in (editor._tolerated, editor._over, limits._preset, limits._scope):
        before = limits.moved_limits, limits._preset.currentIndex()
        middle = field.rect().center()
        wheel = QWheelEvent(
            QPointF(middle),
            QPointF(field.mapToGlobal(middle)),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        field.clearFocus()
        QApplication.sendEvent(field, wheel)
        assert (limits.moved_limits, limits._preset.currentIndex()) == before
        assert not wheel.isAccepted(), "the page around it gets it"
        assert field.focusPolicy() is Qt.FocusPolicy.StrongFocus


def test_a_key_press_counts_when_it_rests(qtbot, limits):
    slider = limits._editors[Flag.BLURRY]._tolerated
    with qtbot.waitSignal(limits.limits_changed) as changed:
        for _ in range(3):
            qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert changed.args[0].blurry.tolerated == pytest.approx(0.72)


def test_a_preset_is_chosen_and_recognised(qtbot, limits):
    box = limits._preset
    with qtbot.waitSignal(limits.limits_changed) as changed:
        box.setCurrentText("Stage")
        box.activated.emit(box.currentIndex())
    assert changed.args[0] == STAGE
    limits.show_settings(Settings(limits=replace(STAGE, blurry=FaultLimit(0.1, 0.1))))
    assert box.currentText() == "Own limits"


@pytest.mark.qt_log_ignore("support raise", "support grabbing", extend=True)
def test_a_preset_says_what_it_would_change_before_it_is_chosen(qtbot, limits):
    strict = LIMITS.with_limit(Flag.BLURRY, FaultLimit(0.5, 0.0))
    limits.show_settings(Settings(own_presets={"Strict": strict}))
    box, told = limits._preset, []
    limits.limits_changed.connect(told.append)
    qtbot.waitUntil(lambda: counts(limits, Flag.BLURRY) != "")
    now = counts(limits, Flag.BLURRY)
    box.showPopup()
    qtbot.keyClick(box.view(), Qt.Key.Key_End)
    assert box.view().currentIndex().data() == "Strict"
    assert (now, counts(limits, Flag.BLURRY)) == ("3 clips", "3 → 10 clips")
    qtbot.keyClick(box.view(), Qt.Key.Key_Escape)
    assert counts(limits, Flag.BLURRY) == now
    assert (told, box.currentText()) == ([], "Daylight")


def test_a_preset_says_that_dimness_is_relative_and_a_tick_changes_it(qtbot, limits):
    assert not limits._relative.isChecked()
    limits.show_settings(Settings(limits=STAGE))
    assert limits._relative.isChecked()
    limits.show_settings(Settings())
    with qtbot.waitSignal(limits.limits_changed) as changed:
        limits._relative.click()
    assert changed.args[0] == replace(Settings().limits, relative_to_group=True)
    slider = limits._editors[Flag.BLURRY]._tolerated
    with qtbot.waitSignal(limits.limits_changed) as changed:
        qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert changed.args[0].relative_to_group  # a slider leaves it as it is


def test_the_clip_becomes_the_limit_and_only_worse_ones_are_flagged(qtbot, limits):
    limits.set_row(ROWS[4])
    with qtbot.waitSignal(limits.limits_changed) as changed:
        limits._editors[Flag.BLURRY]._clip.click()
    assert changed.args[0].blurry.tolerated == pytest.approx(0.4)
    assert "6 clips" in counts(limits, Flag.BLURRY)


def test_a_fault_not_measured_in_the_clip_cannot_be_the_limit(limits):
    limits.set_row(ROWS[4])
    assert not limits._editors[Flag.SILENT]._clip.isEnabled()


def test_moving_one_slider_leaves_limits_finer_than_its_steps(qtbot, limits):
    fine = LIMITS.with_limit(Flag.SHAKY, FaultLimit(0.12345, 0.34567))
    limits.show_settings(Settings(limits=fine))
    limits._editors[Flag.BLURRY]._over.setValue(700)
    assert limits.moved_limits == fine.with_limit(Flag.BLURRY, FaultLimit(0.7, 0.75))


def test_the_cards_hear_which_flags_come_and_go_until_the_slider_rests(qtbot, limits):
    slider = limits._editors[Flag.BLURRY]._tolerated
    slider.setSliderDown(True)
    with qtbot.waitSignal(limits.previewed) as told:
        slider.setValue(500)
    assert told.args[0] == {6: "+B", 7: "+B"}
    with qtbot.waitSignal(limits.previewed) as told:
        slider.setValue(850)
    assert told.args[0] == {8: "−B"}
    with qtbot.waitSignal(limits.previewed) as told:
        slider.setSliderDown(False)
    assert told.args[0] == {}


def other_folder():
    return replace(ROWS[9], clip=replace(ROWS[9].clip, path=Path("/fest/stage/9.mp4")))


def test_a_folder_gets_limits_of_its_own_and_gives_them_up(qtbot, limits):
    limits.set_row(ROWS[4])
    assert limits.folder is None
    box = limits._scope
    box.setCurrentIndex(box.findData("/fest"))
    box.activated.emit(box.currentIndex())
    assert limits.folder == Path("/fest")
    assert not limits._inherit.isEnabled()
    with qtbot.waitSignal(limits.limits_changed) as changed:
        limits._editors[Flag.BLURRY]._clip.click()
    assert changed.args[1] == Path("/fest")
    assert changed.args[0].blurry.tolerated == pytest.approx(0.4)
    assert limits._inherit.isEnabled()
    limits.show_folder(None)
    assert limits.moved_limits == LIMITS, "the library's are as they were"
    limits.show_folder(Path("/fest"))
    with qtbot.waitSignal(limits.limits_changed) as changed:
        limits._inherit.click()
    assert changed.args == [None, Path("/fest")]
    assert limits.moved_limits == LIMITS


def test_the_limits_that_hold_for_the_clip_are_shown_and_its_clips_counted(qtbot, limits):
    strict = LIMITS.with_limit(Flag.BLURRY, FaultLimit(0.6, 0.3))
    limits.show_settings(Settings(folder_limits={Path("/fest/stage"): strict}))
    limits.set_row(ROWS[4])
    assert limits.folder is None
    limits.set_row(other_folder())
    assert limits.folder == Path("/fest/stage")
    assert limits.moved_limits == strict
    qtbot.waitUntil(lambda: counts(limits, Flag.BLURRY).startswith("0"))  # none of ROWS lies there


def test_a_preset_of_ones_own_is_saved_chosen(qtbot, limits, monkeypatch):
    limits.show_settings(Settings(limits=STAGE.with_limit(Flag.SHAKY, FaultLimit(0.2, 0.2))))
    answers = iter([("Stage", True), ("  Night  ", True)])
    monkeypatch.setattr(limits_panel.QInputDialog, "getText", lambda *_: next(answers))
    said = []
    monkeypatch.setattr(limits_panel.QMessageBox, "information", lambda *words: said.append(words))
    with qtbot.assertNotEmitted(limits.preset_saved):
        limits._ask_and_save()
    assert "Stage" in said[0][2]
    with qtbot.waitSignal(limits.preset_saved) as told:
        limits._ask_and_save()
    assert told.args == ["Night", limits.moved_limits]
    own = {"Night": limits.moved_limits}
    limits.show_settings(Settings(limits=limits.moved_limits, own_presets=own))
    assert limits._preset.currentText() == "Night"


def test_of_two_presets_that_are_alike_the_one_chosen_is_shown(limits):
    own = {"Night": STAGE}
    limits.show_settings(Settings(limits=STAGE))
    assert limits._preset.currentText() == "Stage"
    limits.save_preset("Night")
    limits.show_settings(Settings(limits=STAGE, own_presets=own))
    assert limits._preset.currentText() == "Night"
    limits._preset.setCurrentText("Stage")
    limits._preset.activated.emit(limits._preset.currentIndex())
    limits.show_settings(Settings(limits=STAGE, own_presets=own))
    assert limits._preset.currentText() == "Stage"
