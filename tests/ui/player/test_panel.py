"""The player's panel: what it shows of a row, and what it wants of the window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.rating import Segment
from footage_sorter.domain.settings import Settings
from footage_sorter.domain.tags import Tag
from footage_sorter.ui.player.overlays import Overlay
from footage_sorter.ui.player.playback import Way
from footage_sorter.ui.player.skimming import Skimming
from tests.helpers.panels import show
from tests.helpers.rows import LIMITS, failed, media, rated, unread

# What Qt's display without a screen says of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def test_a_row_shows_its_picture_strip_and_facts(qtbot, player):
    show(qtbot, player, rated("/fest/day 1/A001.mp4", over={Flag.BLURRY: [0, 1]}))
    assert player.view.image.size().toTuple() == (32, 18)
    assert player.facts._name.text() == "A001.mp4"
    facts = player.facts._says.text().replace("\N{NO-BREAK SPACE}", " ")
    assert "0:10" in facts
    assert "1280 × 720" in facts
    assert "25 fps" in facts
    assert "GoPro HERO9" in facts
    assert "2026-03-14 09:26" in facts  # as in the table
    assert player.transport._time.text() == "0:00.00 / 0:10"
    assert "best segment 0:02 to 0:10" in player.strip.accessibleDescription()


def test_a_tag_and_how_sure_it_is_never_part(qtbot, player):
    tag = Tag("place", "Place", "indoor", 0.8)
    show(qtbot, player, replace(rated(), tags=(tag,)))
    assert player.facts._tags.text() == "Place: indoor 80 %".replace(" ", "\N{NO-BREAK SPACE}")


def test_fifty_tags_leave_room_for_the_note(qtbot, player):
    tags = tuple(Tag(f"c{n}", f"Title {n}", "label", 0.8) for n in range(50))
    show(qtbot, player, replace(rated(), tags=tags))
    assert player.facts._tags.text().endswith(" · +44")
    assert player.facts._tags.toolTip().count("\n") == 49


def test_of_a_clip_that_is_not_read_yet_nothing_bad_is_said(player):
    player.show_row(unread(), LIMITS)
    player.deck.unplayable.emit()
    assert not player.view.says


def test_a_clip_that_cannot_be_read_says_why(player):
    player.show_row(failed(), LIMITS)
    assert player.view.says.startswith("The file has no index")
    assert player.deck.clip is None


def test_a_missing_file_is_not_opened(player):
    player.show_row(replace(rated(), missing=True), LIMITS)
    assert player.view.says == "The file is not there. Its rating and its mark are kept."
    assert player.deck.clip is None


def test_a_mark_on_the_same_clip_does_not_stop_it(qtbot, player):
    row = rated()
    show(qtbot, player, row)
    player.deck.play()
    qtbot.waitUntil(lambda: player.deck.position_s > 0.1)
    player.show_row(replace(row, decision=Decision(mark=Mark.KEEP)), LIMITS)
    assert player.deck.way is Way.ON
    assert player.deck.position_s > 0.1
    assert player.facts._keep.isChecked()


def test_in_and_out_are_wished_for_at_the_playhead(qtbot, player):
    show(qtbot, player, rated(clip_id=5))
    with qtbot.waitSignal(player.deck.shown):
        player.deck.seek(2.0)
    with qtbot.waitSignal(player.range_wanted) as wanted:
        player.set_in()
    assert wanted.args == [5, 2.0, None]
    player.show_row(rated(clip_id=5, decision=Decision(in_s=2.0)), LIMITS)
    with qtbot.waitSignal(player.deck.shown):
        player.deck.seek(4.0)
    with qtbot.waitSignal(player.range_wanted) as wanted:
        player.set_out()
    assert wanted.args == [5, 2.0, pytest.approx(4.04)]  # after the frame that is seen


def test_an_in_point_after_the_out_point_drops_it(qtbot, player):
    show(qtbot, player, rated(decision=Decision(in_s=1.0, out_s=3.0)))
    with qtbot.waitSignal(player.deck.shown):
        player.deck.seek(6.0)
    with qtbot.waitSignal(player.range_wanted) as wanted:
        player.set_in()
    assert wanted.args[1:] == [6.0, None]


def test_the_best_segment_is_played_and_nothing_else(qtbot, player):
    row = rated(facts=media(4.0), over={Flag.SHAKY: [0, 1, 3]})
    show(qtbot, player, row)
    starts = []
    player.deck.shown.connect(lambda shown: starts.append(shown.start_s))
    assert row.rating.best_segment == Segment(2.0, 3.0)
    with qtbot.waitSignal(player.deck.ranges_ended, timeout=5000):
        player.play_best()
    assert min(starts) == 2.0
    assert 2.8 < max(starts) < 3.05


def test_skimming_says_when_it_is_done(qtbot, player):
    show(qtbot, player, rated(facts=media(0.4)))
    with qtbot.waitSignal(player.skimmed, timeout=5000):
        player.skim()


def test_a_note_goes_to_the_clip_it_was_typed_for(qtbot, player):
    show(qtbot, player, rated(clip_id=1))
    qtbot.keyClicks(player.facts.note, "nice light")
    with qtbot.waitSignal(player.note_wanted) as wanted:
        player.show_row(rated("/fest/other.mp4", clip_id=2), LIMITS)
    assert wanted.args == [1, "nice light"]
    assert player.facts.note.toPlainText() == ""


def test_a_row_that_changes_does_not_disturb_typing(qtbot, player):
    row = rated(clip_id=1)
    show(qtbot, player, row)
    qtbot.keyClicks(player.facts.note, "half a sen")
    player.show_row(replace(row, decision=Decision(stars=3)), LIMITS)
    assert player.facts.note.toPlainText() == "half a sen"


def test_stars_are_clicked_and_taken_away(qtbot, player):
    show(qtbot, player, rated(clip_id=3, decision=Decision(stars=2)))
    stars = player.facts._stars
    with qtbot.waitSignal(player.stars_wanted) as wanted:
        qtbot.mouseClick(stars, Qt.MouseButton.LeftButton, pos=QPoint(70, 8))
    assert wanted.args == [3, 4]
    with qtbot.waitSignal(player.stars_wanted) as wanted:
        qtbot.mouseClick(stars, Qt.MouseButton.LeftButton, pos=QPoint(30, 8))
    assert wanted.args == [3, 0]


def test_a_click_on_keep_keeps_and_again_clears(qtbot, player):
    show(qtbot, player, rated(clip_id=3))
    with qtbot.waitSignal(player.mark_wanted) as wanted:
        player.facts._keep.click()
    assert wanted.args == [3, Mark.KEEP]
    with qtbot.waitSignal(player.mark_wanted) as wanted:
        player.facts._keep.click()
    assert wanted.args == [3, Mark.NONE]


def test_overlays_lie_on_a_frame_that_stands_still_only(qtbot, player):
    show(qtbot, player, rated())
    player.transport.overlays_wanted.emit(frozenset(Overlay))
    assert not player.view._overlay.isNull()
    player.deck.play()
    assert player.view._overlay.isNull()
    player.deck.pause()
    assert not player.view._overlay.isNull()


@pytest.mark.parametrize(
    ("in_s", "out_s", "text"),
    [
        (None, None, ""),
        (1.5, None, "in 0:01.50 · 2.50 s"),
        (None, 3.0, "out 0:03.00 · 3.00 s"),
        (1.5, 3.25, "0:01.50 – 0:03.25 · 1.75 s"),
    ],
)
def test_in_and_out_are_said_with_the_length_between(qtbot, player, in_s, out_s, text):
    row = rated()
    long = replace(row, clip=replace(row.clip, media=media(duration_s=4.0)))
    show(qtbot, player, replace(long, decision=Decision(in_s=in_s, out_s=out_s)))
    assert player.facts._range.text() == text


def test_loop_loudness_and_speed_are_taken_up_and_given_back(player):
    settings = Settings(loop=True, volume_percent=35, muted=True, speed=1.5, person="Ada")
    player.apply(settings)
    assert player.deck._loop
    assert player.deck._volume == 0.0
    player.toggle_mute()
    assert player.deck._volume == pytest.approx(0.35)
    player.toggle_mute()
    assert player.deck._rate == 1.5
    assert player.chosen(Settings(person="Ada")) == settings


def test_nothing_selected_leaves_an_empty_panel(qtbot, player):
    show(qtbot, player, rated())
    player.show_row(None, LIMITS)
    assert player.view.image.isNull()
    assert player.facts._name.text() == ""
    assert not player.isEnabled()


def hints(player):
    said = []
    player.hinted.connect(said.append)
    return said


def test_the_speed_that_is_said_is_the_speed_it_goes(qtbot, player):
    show(qtbot, player, rated(facts=media(60.0)))
    player.transport.set_rate(1.5)
    says = [player.transport._rate.text()]
    for way in (Way.ON, Way.ON, Way.BACK, Way.STILL):
        player.deck.seek(30.0)
        player.deck.shuttle(way)
        says.append(player.transport._rate.text())
    assert says == ["1.5×", "1×", "2×", "\N{MINUS SIGN}1×", "1.5×"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (failed(), "A clip that cannot be played has no in and out."),
        (replace(rated(), missing=True), "A clip that cannot be played has no in and out."),
        (None, "No clip is selected."),
    ],
)
def test_no_point_is_set_in_what_cannot_be_played(player, row, says):
    said, wanted = hints(player), []
    player.range_wanted.connect(lambda *range_: wanted.append(range_))
    player.show_row(row, LIMITS)
    player.set_in()
    player.set_out()
    assert (said, wanted) == ([says, says], [])


def test_an_in_point_is_where_the_frame_that_is_seen_begins(qtbot, player):
    show(qtbot, player, rated(clip_id=5))
    with qtbot.waitSignal(player.deck.shown):
        player.deck.seek(2.03)
    with qtbot.waitSignal(player.range_wanted) as wanted:
        player.set_in()
    assert wanted.args[1] == pytest.approx(2.0)


def test_each_key_that_finds_nothing_to_do_says_why(qtbot, player):
    said = hints(player)
    show(qtbot, player, rated(over={Flag.SHAKY: range(10)}))
    player.play_best()
    player.clear_range()
    player.deck.shuttle(Way.BACK)
    bare = replace(rated(clip_id=8), rating=None)
    show(qtbot, player, bare)
    player.play_best()
    player.show_row(failed(), LIMITS)
    player.with_clip(player.deck.toggle)
    assert said == [
        "This clip has no best segment: no clean run.",
        "This clip has no in or out.",
        "This is the first frame.",
        "This clip is not rated yet.",
        "This clip cannot be played.",
    ]


@pytest.mark.parametrize(
    "act",
    [
        lambda player: player.deck.toggle(),
        lambda player: player.deck.pause(),
        lambda player: player.strip.seek_wanted.emit(3.0),
        lambda player: player.deck.shuttle(Way.ON),
        lambda player: player.deck.step(1),
        lambda player: player.play_best(),
    ],
    ids=["play", "stop", "seek", "shuttle", "step", "best"],
)
def test_a_person_who_plays_otherwise_ends_the_skimming(qtbot, player, act):
    going_on = []
    skimming = Skimming(player, lambda: bool(going_on.append(1)))
    show(qtbot, player, rated(facts=media(10.0)))
    skimming.toggle()
    qtbot.waitUntil(lambda: player.deck.way is Way.ON)
    with qtbot.waitSignal(skimming.changed) as changed:
        act(player)
    assert changed.args == [False]
    player.deck.pause()
    assert not skimming.running
    assert not going_on


def test_skimming_goes_on_also_while_the_loop_is_on(qtbot, player):
    ended = []
    skimming = Skimming(player, lambda: bool(ended.append(1)))
    player.transport.set_loop(loop=True)
    show(qtbot, player, rated(facts=media(0.4)))
    skimming.toggle()
    qtbot.waitUntil(lambda: bool(ended), timeout=5000)
    assert not skimming.running


def test_skimming_says_that_there_was_nothing_to_skim(qtbot, player):
    skimming = Skimming(player, lambda: False)
    player.show_row(failed(), LIMITS)
    with qtbot.waitSignal(skimming.barren):
        skimming.toggle()
    assert not skimming.running


def test_what_arrives_or_is_set_does_not_move_the_note(qtbot, player, window):
    row = rated()
    show(qtbot, player, row)
    at = player.facts.note.y()
    tagged = replace(row, tags=(Tag("place", "Place", "indoor", 0.8),))
    player.show_row(replace(tagged, decision=Decision(in_s=1.0)), LIMITS)
    window.layout().activate()
    assert player.facts.note.y() == at
