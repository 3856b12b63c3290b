"""Outcomes of an analysis become rows, however many of one clip come together."""

from dataclasses import replace

import pytest

from footage_sorter.domain.clip import ContentId
from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.domain.report import ClipReport, FrameScore, Pass
from footage_sorter.domain.tags import Classifier, ClassifierId
from footage_sorter.services.analysis import Analysed
from footage_sorter.services.scan import Failed, Found, Gone, Read
from footage_sorter.services.tagging import Tagged
from footage_sorter.ui.session.incoming import measured, scanned
from tests.helpers.rows import LIMITS, MODELS, rated, unread

PLACE = Classifier(ClassifierId("place@1"), "place", "Place", ("indoor", "outdoor"), 64)


def report(blur: float, looked: Pass) -> ClipReport:
    frames = tuple(FrameScore(at + 0.5, blur, 0.0, 0.0) for at in range(4))
    return ClipReport(ContentId("c"), MODELS, looked, 4.0, frames)


def rows_after(known, *outcomes):
    rows = {row.clip.id: row for row in known}
    return measured(outcomes, rows.get, lambda _row: LIMITS, (PLACE,))


def test_what_comes_together_of_one_clip_is_one_row():
    row = unread()
    (now,) = rows_after(
        [row],
        Analysed(row.clip, report(1.0, Pass.COARSE)),
        Analysed(row.clip, report(0.0, Pass.FULL)),
        Tagged(row.clip, {PLACE.id: {"indoor": 0.9, "outdoor": 0.1}}),
    )
    assert (now.looked, now.rating.usability) == (Pass.FULL, 100)
    assert [(tag.title, tag.label) for tag in now.tags] == [("Place", "indoor")]


def test_a_clip_that_fails_keeps_what_was_measured_and_says_why():
    row = rated()
    error = ClipError(row.clip.path, Why.MISSING)
    assert rows_after([row], Failed(row.clip, error)) == [replace(row, error=error)]


def test_a_row_that_turned_out_to_be_another_one_is_not_put_back():
    new, moved = unread(clip_id=7).clip, rated(clip_id=1).clip
    found = scanned([Found(new), Read(moved, replaced=new.id)], lambda _id: None)
    assert [row.clip for row in found.rows] == [moved]
    assert found.replaced == [new.id]


@pytest.mark.parametrize("known", [[], [rated(clip_id=9)]])
def test_a_clip_that_left_the_library_meanwhile_does_not_come_back(known):
    assert rows_after(known, Analysed(unread().clip, report(0.0, Pass.FULL))) == []


def test_a_file_that_is_found_as_it_was_is_the_same_row():
    row = rated()
    copy = replace(row.clip)
    assert scanned([Found(copy)], {row.clip.id: row}.get).rows == [row]
    assert scanned([Found(copy)], {row.clip.id: row}.get).rows[0] is row
    (gone,) = scanned([Gone(copy)], {row.clip.id: row}.get).rows
    assert gone == replace(row, missing=True)
    assert gone.clip is row.clip
    (back,) = scanned([Found(copy)], {row.clip.id: gone}.get).rows
    assert back == row
