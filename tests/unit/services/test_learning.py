"""Learning from the library's marks: whom it learns from, what it then says, and what it leaves."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from footage_sorter.domain import taste
from footage_sorter.domain.agreement import Outcome
from footage_sorter.domain.clip import FileStamp, Mark
from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.domain.features import Aspect
from footage_sorter.domain.report import Models, Pass
from footage_sorter.services.learning import judge, learn_from, shootings
from tests.helpers.marked import shoot
from tests.helpers.rows import MODELS

OTHERS = Models("other@1", "other@2", "other@3", "other@4")


def marked(row, mark):
    return replace(row, decision=replace(row.decision, mark=mark))


def moved(row, *, folder="/fest", camera=None, hours=0.0, written_ns=None):
    recorded_at = None if written_ns is not None else row.clip.media.recorded_at
    facts = replace(
        row.clip.media, camera=camera, recorded_at=recorded_at and recorded_at.replace(hour=9)
    )
    if facts.recorded_at is not None:
        facts = replace(facts, recorded_at=facts.recorded_at + timedelta(hours=hours))
    clip = replace(row.clip, path=Path(folder) / row.clip.path.name, media=facts)
    return replace(row, clip=replace(clip, stamp=FileStamp(1, written_ns or 1)))


def test_marks_that_follow_the_features_give_a_rating_that_follows_them_too():
    rows = shoot()
    lesson = learn_from(rows, MODELS)
    assert lesson.agreement.outcome is Outcome.IMPROVES
    assert lesson.agreement.after > 0.9 > lesson.agreement.before
    unseen = [marked(row, Mark.NONE) for row in shoot(seed=9)]
    judged = judge(unseen, lesson.taste)
    for row, after in zip(shoot(seed=9), judged, strict=True):
        assert (after.for_you >= 50) == (row.decision.mark is Mark.KEEP)
        assert after.rating.verdict is row.rating.verdict
        assert after.decision.mark is Mark.NONE


def test_marks_by_chance_switch_nothing_on():
    lesson = learn_from(shoot(follows=False), MODELS)
    assert (lesson.agreement.outcome, lesson.taste) == (Outcome.NO_IMPROVEMENT, None)


def test_a_library_without_marks_is_counted_and_nothing_else():
    rows = [marked(row, Mark.NONE) for row in shoot()]
    for some in (rows, [], [replace(row, features=None) for row in shoot()]):
        lesson = learn_from(some, MODELS)
        assert (lesson.agreement.outcome, lesson.agreement.n_marks) == (Outcome.TOO_FEW, 0)


def test_coarse_looks_failed_clips_and_other_models_teach_nothing():
    rows = shoot()
    rows[0] = replace(rows[0], looked=Pass.COARSE)
    rows[1] = replace(rows[1], rating=None)
    rows[2] = replace(rows[2], models=OTHERS)
    assert learn_from(rows, MODELS).agreement.n_marks == 57


def test_those_who_measured_the_marked_clips_are_learned_from():
    assert learn_from(shoot(), OTHERS).taste.models == MODELS


def test_a_copy_counts_once_and_not_at_all_where_its_mark_differs():
    rows = shoot()
    copy = replace(rows[0], clip=replace(rows[0].clip, path=Path("/copy.mp4")))
    assert learn_from([*rows, copy], MODELS).agreement.n_marks == 60
    was = rows[0].decision.mark
    other = marked(copy, Mark.REJECT if was is Mark.KEEP else Mark.KEEP)
    assert learn_from([*rows, other], MODELS).agreement.n_marks == 59


def test_what_a_taste_does_not_know_it_does_not_rate():
    rows = shoot()
    learned = learn_from(rows, MODELS).taste
    rows[0] = replace(rows[0], models=OTHERS)
    rows[1] = replace(rows[1], looked=Pass.COARSE)
    rows[2] = replace(rows[2], features=None)
    judged = judge(rows, learned)
    assert [row.for_you is None for row in judged] == [True] * 3 + [False] * 57
    assert all(row.for_you is None for row in judge(judged, None))


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ({"camera": "A", "folder": "/1"}, {"camera": "A", "folder": "/2"}, True),
        ({"camera": "A", "folder": "/1"}, {"camera": "B", "folder": "/1"}, True),
        ({"camera": "A", "folder": "/1"}, {"camera": "B", "folder": "/2"}, False),
        ({"camera": "A"}, {"camera": "A", "hours": 1.0}, False),
        ({"folder": "/1"}, {"folder": "/2"}, False),
        ({"written_ns": 10**18}, {"written_ns": 10**18 + 1}, True),
        ({"written_ns": 10**18}, {"written_ns": 10**18 + 4 * 10**12}, False),
    ],
)
def test_what_was_shot_together(one, other, together):
    first, second, *_ = shoot(2)
    a, b = shootings([moved(first, **one), moved(second, **other)])
    assert (a == b) == together


def test_a_clip_between_two_joins_them():
    rows = shoot(3)
    found = shootings(
        [
            moved(rows[0], camera="A", folder="/1"),
            moved(rows[1], camera="B", folder="/2"),
            moved(rows[2], camera="B", folder="/1"),
        ]
    )
    assert len(set(found.tolist())) == 1


def test_the_reasons_name_what_the_marks_follow():
    rows = shoot()
    learned = learn_from(rows, MODELS).taste
    for row in rows:
        found = learned.reasons(row.features, row.clip.media)
        strongest = found.speak_for if row.decision.mark is Mark.KEEP else found.speak_against
        assert strongest[0] is Aspect.TURN
        assert not set(found.speak_for) & set(found.speak_against)


def test_a_clip_that_cannot_be_read_any_more_has_no_rating():
    rows = shoot()
    learned = learn_from(rows, MODELS).taste
    gone = replace(rows[0], error=ClipError(rows[0].clip.path, Why.DAMAGED))
    assert [row.for_you is None for row in judge([gone, rows[1]], learned)] == [True, False]


def test_what_weighs_little_is_not_said(monkeypatch):
    row, *_ = rows = shoot()
    learned = learn_from(rows, MODELS).taste
    monkeypatch.setattr(taste, "WORTH_SAYING", 1e9)
    assert learned.reasons(row.features, row.clip.media) == taste.Reasons((), ())


def test_of_very_many_marks_some_are_compared_and_all_are_counted(monkeypatch):
    monkeypatch.setattr(taste, "MOST_COMPARED", 40)
    rows = shoot()
    lesson = learn_from(rows, MODELS)
    assert lesson.agreement.n_marks == 60
    assert round(40 * lesson.agreement.after, 6).is_integer()
    assert learn_from(rows, MODELS).agreement == lesson.agreement
