"""Which format a typed name means."""

from pathlib import Path

import pytest

from footage_sorter.services.handoff.formats import FORMATS
from footage_sorter.ui.export import chosen_format


@pytest.mark.parametrize(
    ("typed", "asked", "path", "kind"),
    [
        ("a.csv", "csv", "a.csv", "csv"),
        ("a.csv", "resolve-csv", "a.csv", "resolve-csv"),
        ("a.json", "csv", "a.json", "json"),
        ("a", "edl", "a.edl", "edl"),
        ("day 1.final", "premiere", "day 1.final.xml", "premiere"),
        ("a", None, "a.csv", "csv"),
        ("A.JSON", "csv", "A.JSON", "json"),
    ],
)
def test_the_ending_that_was_typed_outranks_the_dialog(typed, asked, path, kind):
    wanted = FORMATS[asked] if asked else None
    assert chosen_format(Path(typed), wanted) == (Path(path), FORMATS[kind])
