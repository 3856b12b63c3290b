"""Counting what other limits would flag: it answers for the limits and the rows it is asked for."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis.extra.numpy import arrays
from PySide6.QtCore import QObject

from footage_sorter.domain.flag import Flag
from footage_sorter.domain.limits import FaultLimit
from footage_sorter.domain.tracks import ROW_OF
from footage_sorter.ui.panels.limits_count import Change, Counter
from tests.helpers.rows import LIMITS, rated

ROWS = tuple(rated(clip_id=at) for at in range(4))
FLAGGED = arrays(np.bool_, (len(Flag), len(ROWS)))
ONE_OF_TWO = np.zeros((len(Flag), len(ROWS)), np.bool_)
ONE_OF_TWO[ROW_OF[Flag.BLURRY], 0] = True
OTHER_OF_TWO = np.roll(ONE_OF_TWO, 1, axis=1)


@given(FLAGGED, FLAGGED)
@example(ONE_OF_TWO, OTHER_OF_TWO)
def test_each_clip_that_changes_says_which_flags_come_and_go(was, will):
    signs = {}
    for at, row in enumerate(ROWS):
        for flag in Flag:
            if was[ROW_OF[flag], at] != will[ROW_OF[flag], at]:
                sign = "+" if will[ROW_OF[flag], at] else "−"
                signs.setdefault(row.clip.id, []).append(sign + flag.letter)
    assert Change(ROWS, was, will).by_clip() == {one: " ".join(all_) for one, all_ in signs.items()}


@pytest.fixture
def library():
    """Ten seconds, all blurred."""
    return [rated(over={Flag.BLURRY: range(10)})]


@pytest.fixture
def counter(qtbot, library):
    owner = QObject()
    counter = Counter(lambda: library, owner)
    with qtbot.waitSignal(counter.counted):
        counter.count_soon()
    yield counter
    assert counter.shutdown()


def test_the_limits_in_force_may_be_others_the_next_time(counter):
    mild = LIMITS.with_limit(Flag.BLURRY, FaultLimit(1.0, 1.0))
    assert counter.compare(LIMITS, mild).counts(Flag.BLURRY) == (1, 0)
    assert counter.compare(mild, LIMITS).counts(Flag.BLURRY) == (0, 1)


def test_so_may_the_rows(qtbot, counter, library):
    assert counter.compare(LIMITS, LIMITS).counts(Flag.BLURRY) == (1, 1)
    library.append(replace(library[0], clip=replace(library[0].clip, id=2)))
    counter.forget()
    with qtbot.waitSignal(counter.counted):
        counter.count_soon()
    assert counter.compare(LIMITS, LIMITS).counts(Flag.BLURRY) == (2, 2)
