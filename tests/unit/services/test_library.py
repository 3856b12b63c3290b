"""The library: which clips are still to be looked at."""

from dataclasses import replace

from footage_sorter.domain.report import Pass
from footage_sorter.services.library import stale
from tests.helpers.rows import MODELS, failed, rated, unread


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
    }
    found = [name for name, row in rows.items() if stale([row], MODELS)]
    assert found == ["coarse", "new", "by others"]
    assert stale(rows.values(), MODELS) == [seen.clip] * 3
