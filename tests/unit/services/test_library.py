"""The library: which clips are still to be looked at, and rows after a look."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from footage_sorter.domain.clip import ClipId, ContentId, FileStamp
from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.domain.groups import Usual
from footage_sorter.domain.limits import DAYLIGHT, STAGE
from footage_sorter.domain.report import ClipReport, FrameScore, Pass
from footage_sorter.domain.tags import Classifier, ClassifierId, TagScores
from footage_sorter.services.library import Library, stale, with_report
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import prepare
from tests.helpers.rows import LIMITS, MODELS, failed, media, rated, unread

CLASSIFIER = Classifier(ClassifierId("place@1"), "place", "Place", ("indoor", "outdoor"), 64)


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


@pytest.mark.parametrize("limits", [DAYLIGHT, STAGE])
def test_a_few_rows_are_as_they_are_among_all(tmp_path, limits):
    path = tmp_path / "library.sqlite"
    prepare(path)
    taken = replace(media(), camera="Phone", recorded_at=datetime(2026, 3, 14, 20, tzinfo=UTC))
    with closing(ClipStore(path)) as store:
        for n in range(8):
            clip = store.put_found(Path(f"/f/{n}.mp4"), FileStamp(1, n))
            content = ContentId(f"{n:032x}")
            store.put_read(clip, content, taken)
            frames = tuple(
                FrameScore(at, 0.1, 0.84 + n / 100, 0.0, noise=0.01 + n / 500) for at in range(10)
            )
            store.save_report(ClipReport(content, MODELS, Pass.FULL, 10.0, frames))
            store.save_tags(TagScores(content, CLASSIFIER.id, {"indoor": n / 10}))
        library = Library(store, MODELS, [CLASSIFIER])
        rows = {row.clip.id: row for row in library.rows(limits)}
        usual = {row.clip.id: Usual(row.tracks.usual_dim, row.usual_noise) for row in rows.values()}
        some = dict(list(usual.items())[6:2:-1])
        found = library.rows_of({**some, ClipId(99): Usual()}, lambda _path: limits)
        assert [row.clip.id for row in found] == list(some)
        assert [told(row) for row in found] == [told(rows[clip_id]) for clip_id in some]
        assert found[0].noise_ratio == rows[found[0].clip.id].noise_ratio
        assert any(row.tags for row in found)
        alone = library.rows_of(dict.fromkeys(some, Usual()), lambda _path: limits)
        same = [row.rating.flags for row in alone] == [row.rating.flags for row in found]
        assert same is not limits.relative_to_group, "what is usual counts, where limits say so"


def told(row):
    flags = repr((row.rating, row.tags, row.decision, row.looked, row.models))  # NaN is not itself
    return row.clip, flags, row.limits, row.noise_ratio, row.tracks.usual_dim
