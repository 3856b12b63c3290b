"""The library: which clips are still to be looked at, and rows after a look."""

from dataclasses import replace

from footage_sorter.domain.clip import ContentId
from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.domain.report import ClipReport, FrameScore, Pass
from footage_sorter.services.library import stale, with_report
from tests.helpers.rows import LIMITS, MODELS, failed, rated, unread


def test_what_was_not_looked_at_closely_by_these_models_is_stale():
    seen = rated()
    rows = {
        "coarse": replace(seen, looked=Pass.COARSE),
        "new": replace(seen, looked=None, models=None, rating=None, tracks=None),
        "by others": replace(seen, models=replace(MODELS, blur="sharp@0")),
        "seen": seen,
        "missing": replace(seen, looked=Pass.COARSE, missing=True),
        "not probed yet": unread(),
        "unreadable": failed(),
        "stalled": replace(seen, looked=Pass.COARSE, error=ClipError(seen.clip.path, Why.STALLED)),
        "crashed": replace(seen, looked=Pass.COARSE, error=ClipError(seen.clip.path, Why.CRASHED)),
    }
    found = [name for name, row in rows.items() if stale([row], MODELS)]
    assert found == ["coarse", "new", "by others", "stalled"]
    assert stale(rows.values(), MODELS) == [seen.clip] * 4


def test_a_clip_that_is_looked_at_again_keeps_what_light_is_usual():
    before = rated()
    dark = replace(before, tracks=replace(before.tracks, usual_dim=0.75))
    frames = (FrameScore(1.0, 0.2, 0.6, 0.0),)
    report = ClipReport(ContentId("a"), MODELS, Pass.FULL, 10.0, frames)
    assert with_report(dark, report, LIMITS).tracks.usual_dim == 0.75
