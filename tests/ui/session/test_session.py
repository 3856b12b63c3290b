"""The session over a real library: what a person says is kept, and taken back."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel

from footage_sorter.domain.clip import ClipId, Decision, FileStamp, Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.groups import MIN_GROUP
from footage_sorter.domain.limits import STAGE, FaultLimit
from footage_sorter.domain.rating import Verdict
from footage_sorter.domain.settings import Settings
from footage_sorter.domain.tracks import ROW_OF
from footage_sorter.services.library import rerate
from footage_sorter.ui.session.culling import Culling
from footage_sorter.ui.session.session import Session
from footage_sorter.ui.session.shown_model import ShownModel
from tests.helpers.rows import media, rated, tracks


@pytest.fixture
def session(core):
    """Three clips, known to the library, rated in the model alone."""
    session = Session(core)
    store = core.open_store()
    for n in range(3):
        clip = store.put_found(Path(f"/f/{n}.mp4"), FileStamp(1, n))
        bad = {Flag.BLURRY: range(10)} if n == 0 else {}
        session.model.put(replace(rated(over=bad), clip=clip))
    store.close()
    yield session
    assert session.shutdown()


@pytest.fixture
def culling(session):
    shown = ShownModel(session.model, session)
    return Culling(session, shown, QItemSelectionModel(shown, session), session)


def ids(session):
    return [row.clip.id for row in session.model.rows()]


def kept(session):
    """Decisions as the library on disk has them."""
    library = session.core.open_library()
    try:
        return {row.clip.id: row.decision for row in library.rows(session.settings.limits)}
    finally:
        library.close()


def wait_for_judging(qtbot, session):
    qtbot.waitUntil(lambda: not session.rerating.under_way)


def test_nobody_waits_any_more_for_a_clip_that_was_taken_out(session):
    work = session.analysis.work
    work.add(row.clip for row in session.model.rows())
    assert work.progress().total == 3
    session.remove(ids(session)[:1])
    assert work.progress().total == 2


def test_a_dark_hour_is_judged_by_its_clips_once_they_are_in(qtbot, session):
    session.set_limits(replace(STAGE, underexposed=FaultLimit(0.6, 0.5)))
    wait_for_judging(qtbot, session)
    dim = tracks(10)
    dim.values[ROW_OF[Flag.UNDEREXPOSED]] = 0.8
    for n, known in enumerate(session.model.rows()[:1] * MIN_GROUP):
        clip = replace(known.clip, id=ClipId(100 + n), media=media())
        new = replace(known, clip=clip, tracks=dim, noise=0.01 * (n + 1))
        (row,) = rerate([new], session.settings.limits)
        assert row.rating.flags == {Flag.UNDEREXPOSED}
        session.model.put(row)
    session.analysis.ended.emit()
    wait_for_judging(qtbot, session)
    hour = [row for row in session.model.rows() if row.clip.id >= 100]
    assert [row.rating.flags for row in hour] == [frozenset()] * MIN_GROUP
    assert [row.tracks.usual_dim for row in hour] == pytest.approx([0.8] * MIN_GROUP)
    assert [row.noise_ratio for row in hour] == pytest.approx([1 / 3, 2 / 3, 1, 4 / 3, 5 / 3])


def test_a_mark_is_on_disk_before_it_is_shown(session, culling):
    first = ids(session)[0]
    culling.go_to(first)
    culling.mark(Mark.KEEP)
    assert kept(session)[first].mark is Mark.KEEP
    assert session.model.row(first).decision.mark is Mark.KEEP


def test_undo_and_redo_to_any_depth(session, culling):
    first = ids(session)[0]
    culling.mark_one(first, Mark.KEEP)
    culling.stars_one(first, 3)
    culling.note(first, "good light")
    culling.range(first, 1.0, 4.0)
    whole = Decision(Mark.KEEP, 3, "good light", 1.0, 4.0)
    assert kept(session)[first] == whole
    for _ in range(4):
        culling.undo()
    assert kept(session)[first] == Decision()
    for _ in range(4):
        culling.redo()
    assert kept(session)[first] == whole


def test_overruling_a_flag_rates_the_clip_anew(session, culling):
    first = ids(session)[0]
    assert Flag.BLURRY in session.model.row(first).rating.flags
    culling.overrule(first, Flag.BLURRY, wrong=True)
    assert Flag.BLURRY not in session.model.row(first).rating.flags
    culling.undo()
    assert Flag.BLURRY in session.model.row(first).rating.flags


def test_keep_this_and_reject_the_others_is_one_step(session, culling):
    one, *others = ids(session)
    culling.keep_this(one, others)
    marks = [kept(session)[clip_id].mark for clip_id in (one, *others)]
    assert marks == [Mark.KEEP, Mark.REJECT, Mark.REJECT]
    culling.undo()
    assert {said.mark for said in kept(session).values()} == {Mark.NONE}


def test_a_batch_changes_what_was_said_of_each_and_is_no_step_of_what_is_said_already(
    session, culling
):
    first, second, *rest = ids(session)
    culling.note(first, "good light")
    culling.mark_one(second, Mark.KEEP)
    culling.select(ids(session))
    culling.mark(Mark.KEEP)
    assert culling.stack.undoText() == f"Keep {1 + len(rest)} clips"
    assert kept(session)[first] == Decision(Mark.KEEP, note="good light")
    culling.undo()
    assert kept(session)[first] == Decision(note="good light")
    assert kept(session)[second].mark is Mark.KEEP


def test_what_comes_back_is_judged_by_the_limits_that_hold_now(qtbot, session):
    rows = list(session.model.rows())
    assert session.remove([row.clip.id for row in rows])
    limits = session.settings.limits
    strict = limits.with_limit(Flag.SHAKY, replace(limits.shaky, over=0.05, tolerated=0.0))
    session.set_limits(strict)
    wait_for_judging(qtbot, session)
    assert session.put_back(rows)
    wait_for_judging(qtbot, session)
    assert [row.clip.id for row in session.model.rows()] == [row.clip.id for row in rows]
    assert {row.limits for row in session.model.rows() if row.tracks is not None} == {strict}


def test_verdicts_set_no_marks_unless_a_person_says_so(session, culling):
    culling.mark_by_verdict(session.model.rows())
    assert {said.mark for said in kept(session).values()} == {Mark.NONE}
    session.save(replace(session.settings, automatic_marks={Verdict.UNUSABLE: Mark.REJECT}))
    culling.mark_by_verdict(session.model.rows())
    assert [kept(session)[one].mark for one in ids(session)] == [
        Mark.REJECT,
        Mark.NONE,
        Mark.NONE,
    ]
    culling.undo()
    assert {said.mark for said in kept(session).values()} == {Mark.NONE}


def test_a_verdict_never_touches_a_persons_decision(session, culling):
    session.save(replace(session.settings, automatic_marks={Verdict.UNUSABLE: Mark.REJECT}))
    unusable = ids(session)[0]
    culling.stars_one(unusable, 5)
    culling.mark_by_verdict(session.model.rows())
    assert kept(session)[unusable] == Decision(stars=5)


def test_an_end_before_the_start_lets_the_older_one_go(session, culling):
    first = ids(session)[0]
    culling.range(first, 5.0, 8.0)
    culling.range(first, 5.0, 3.0)
    assert (kept(session)[first].in_s, kept(session)[first].out_s) == (None, 3.0)


def test_what_comes_in_bit_by_bit_is_one_step_back_to_what_was_there_first(session, culling):
    first, second, _ = ids(session)
    steps = [
        {first: (Decision(), Decision(stars=1))},
        {first: (Decision(stars=1), Decision(stars=2)), second: (Decision(), Decision(stars=5))},
    ]
    for step in steps:
        before = {one: was for one, (was, _) in step.items()}
        after = {one: now for one, (_, now) in step.items()}
        session.write(after)
        culling.was_done(before, after, lambda n: f"{n} clip(s)", origin="a scan")
    assert culling.stack.count() == 1
    culling.undo()
    assert {said.stars for said in kept(session).values()} == {0}
    culling.redo()
    assert [kept(session)[one].stars for one in (first, second)] == [2, 5]


def test_a_clip_that_is_marked_while_all_are_judged_is_judged_too(qtbot, session, culling):
    limits = session.settings.limits
    strict = limits.with_limit(Flag.SHAKY, replace(limits.shaky, over=0.05, tolerated=0.0))
    session.set_limits(strict)
    assert session.rerating.under_way
    culling.stars_one(ids(session)[1], 5)
    wait_for_judging(qtbot, session)
    assert {row.limits for row in session.model.rows()} == {strict}


def test_limits_are_kept_for_the_next_start(qtbot, session, culling):
    limits = session.settings.limits
    strict = limits.with_limit(Flag.SHAKY, replace(limits.shaky, over=0.05, tolerated=0.0))
    culling.set_limits(strict)
    wait_for_judging(qtbot, session)
    assert Flag.SHAKY in session.model.row(ids(session)[1]).rating.flags
    culling.undo()
    wait_for_judging(qtbot, session)
    assert session.settings.limits == limits


def test_a_decision_bears_the_name_of_the_person(qtbot, session, culling):
    session.save(replace(session.settings, person="Ada"))
    first = ids(session)[0]
    culling.go_to(first)
    culling.mark(Mark.KEEP)
    store = session.core.open_store()
    try:
        (record,) = store.records([first]).values()
    finally:
        store.close()
    assert {said.by for said in record.values()} == {"Ada"}


def test_limits_of_a_folder_hold_there_alone_and_can_be_undone(qtbot, session, culling):
    store = session.core.open_store()
    clip = store.put_found(Path("/g/0.mp4"), FileStamp(1, 9))
    store.close()
    session.model.put(replace(rated(over={Flag.BLURRY: range(5)}), clip=clip))
    strict = session.settings.limits.with_limit(Flag.BLURRY, FaultLimit(0.6, 0.4))
    culling.set_limits(strict, Path("/g"))
    wait_for_judging(qtbot, session)
    assert session.model.row(clip.id).rating.flags == {Flag.BLURRY}
    assert session.settings.limits == Settings().limits
    assert "Change limits of g" in culling.stack.undoText()
    loose = session.settings.limits.with_limit(Flag.BLURRY, FaultLimit(1.0, 1.0))
    culling.set_limits(loose)
    wait_for_judging(qtbot, session)
    assert session.model.row(clip.id).rating.flags == {Flag.BLURRY}, "the folder's limits hold"
    culling.undo()
    wait_for_judging(qtbot, session)
    culling.undo()
    wait_for_judging(qtbot, session)
    assert not session.model.row(clip.id).rating.flags
    assert not session.settings.folder_limits
    culling.redo()
    wait_for_judging(qtbot, session)
    culling.set_limits(None, Path("/g"))
    wait_for_judging(qtbot, session)
    assert not session.model.row(clip.id).rating.flags
    culling.undo()
    wait_for_judging(qtbot, session)
    assert session.settings.folder_limits == {Path("/g"): strict}


def test_limits_that_move_on_meanwhile_hold_in_the_end(qtbot, session, culling):
    first = ids(session)[0]
    usual = session.settings.limits
    for share in (0.9, 0.5, 0.1):
        session.set_limits(usual.with_limit(Flag.BLURRY, FaultLimit(share, share)))
    culling.stars_one(first, 4)
    wait_for_judging(qtbot, session)
    rows = session.model.rows()
    assert {row.limits for row in rows} == {usual.with_limit(Flag.BLURRY, FaultLimit(0.1, 0.1))}
    assert session.model.row(first).decision.stars == 4


def test_a_mark_set_while_clips_are_judged_stays(qtbot, session, culling):
    first = ids(session)[0]
    strict = session.settings.limits.with_limit(Flag.BLURRY, FaultLimit(0.1, 0.1))
    session.set_limits(strict)
    culling.overrule(first, Flag.BLURRY, wrong=True)
    wait_for_judging(qtbot, session)
    row = session.model.row(first)
    assert row.decision.overruled == {Flag.BLURRY}
    assert Flag.BLURRY not in row.rating.flags
    assert row.limits == strict


def test_equal_ratings_still_say_by_which_limits(qtbot, session):
    (row,) = rerate([session.model.rows()[0]], session.settings.limits)
    measured = replace(row.tracks, values=np.nan_to_num(row.tracks.values))  # NaN equals nothing
    session.model.put(*rerate([replace(row, tracks=measured)], session.settings.limits))
    before = session.model.rows()[0].rating
    mild = session.settings.limits.with_limit(Flag.SHAKY, FaultLimit(0.99, 0.99))
    session.set_limits(mild)
    wait_for_judging(qtbot, session)
    assert session.model.rows()[0].rating == before
    assert session.model.rows()[0].limits == mild


def test_the_preset_that_the_limits_are_is_known_by_name(qtbot, session):
    session.set_limits(STAGE)
    assert session.settings.preset == "stage"
    session.set_limits(STAGE.with_limit(Flag.SHAKY, FaultLimit(0.1, 0.1)))
    assert session.settings.preset == "own"
