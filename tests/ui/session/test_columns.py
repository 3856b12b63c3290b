"""Columns: what a cell says, and what it is sorted by."""

from dataclasses import replace

import pytest

from footage_sorter.domain.limits import DAYLIGHT, STAGE
from footage_sorter.ui.session.columns import COLUMN_AT, COLUMNS, DASH, name_in_label
from tests.helpers.rows import rated

NOISE = COLUMNS[COLUMN_AT["noise"]]


@pytest.mark.parametrize(
    ("limits", "noise", "usual", "text", "key"),
    [
        (DAYLIGHT, None, None, DASH, None),
        (DAYLIGHT, 0.012, None, "1.2 %", 0.012),
        (DAYLIGHT, 0.012, 0.008, "1.2 %", 0.012),
        (STAGE, 0.012, 0.008, "1.5 ×", 1.5),
        (STAGE, 0.0, 0.008, "0.0 ×", 0.0),
        (STAGE, 0.012, None, "1.2 %", None),
    ],
)
def test_noise_is_a_percentage_or_a_multiple_of_its_groups(limits, noise, usual, text, key):
    row = replace(rated(), limits=limits, noise=noise, usual_noise=usual)
    assert NOISE.text(row) == text
    assert NOISE.sort_key(row) == (None if key is None else pytest.approx(key))


@pytest.mark.parametrize("name", ["day 3.mp4", "3.mp4", ""])
def test_a_name_that_a_label_writes_well_stays_as_it_is(name):
    assert name_in_label(name) == name


@pytest.mark.parametrize("name", ["יום 3.mp4", "3 יום.mp4", "يوم.mp4"])
def test_a_name_from_right_to_left_keeps_its_ending_at_the_end(name):
    assert name_in_label(name) == "\N{LEFT-TO-RIGHT MARK}" + name
