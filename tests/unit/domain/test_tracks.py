"""Tracks lay out scores one cell a second."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain.clip import ContentId
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.report import BurstScore, ClipReport, FrameScore, Pass, SoundScore
from footage_sorter.domain.tracks import cell_lengths, tracks_of
from tests.unit.domain.strategies import MODELS, reports


def report(duration_s, frames, **rest):
    scores = tuple(FrameScore(time_s, blur, 0.0, 0.0) for time_s, blur in frames)
    return ClipReport(ContentId("c"), MODELS, Pass.FULL, duration_s, scores, **rest)


@given(st.floats(0.01, 10_000))
def test_cells_add_up_to_the_clip(duration_s):
    lengths_s = cell_lengths(duration_s)
    assert np.isclose(lengths_s.sum(dtype=np.float64), duration_s, rtol=1e-4)
    assert (lengths_s[:-1] == 1).all()
    assert 0 < lengths_s[-1] <= 1.5


def test_no_sliver_at_the_end_counts_as_a_second():
    assert len(cell_lengths(10.04)) == 10
    assert len(cell_lengths(10.6)) == 11


def test_a_cell_is_the_mean_of_its_frames():
    track = tracks_of(report(2, [(0.1, 0.2), (0.9, 0.4), (1.0, 0.9)])).of(Flag.BLURRY)
    assert track == pytest.approx([0.3, 0.9])


def test_a_second_not_looked_at_takes_its_nearest_neighbour():
    track = tracks_of(report(6, [(0.0, 0.1), (5.0, 0.9)])).of(Flag.BLURRY)
    assert track == pytest.approx([0.1, 0.1, 0.1, 0.9, 0.9, 0.9])


def test_a_burst_that_could_not_be_measured_stays_not_measured():
    bursts = (BurstScore(0.0, 0.5, 0.7, 0.1), BurstScore(2.0, 2.5, None, 0.1))
    track = tracks_of(report(3, [(0.0, 0.1)], bursts=bursts)).of(Flag.SHAKY)
    assert track[0] == pytest.approx(0.7)
    assert np.isnan(track[2])


def test_log_footage_has_no_exposure():
    tracks = tracks_of(report(3, [(0.0, 0.1)], exposure_judged=False))
    assert np.isnan(tracks.of(Flag.UNDEREXPOSED)).all()
    assert np.isnan(tracks.of(Flag.OVEREXPOSED)).all()
    assert not np.isnan(tracks.of(Flag.BLURRY)).any()


def test_silence_and_stillness_lie_at_half_where_the_sources_put_their_limit():
    tracks = tracks_of(
        report(
            1,
            [(0.0, 0.1)],
            bursts=(BurstScore(0.0, 0.5, 0.0, 0.001),),
            sounds=(SoundScore(0.0, 1.0, -60.0, 0.0),),
        )
    )
    assert tracks.of(Flag.FROZEN) == pytest.approx([0.5])
    assert tracks.of(Flag.SILENT) == pytest.approx([0.5])


@given(reports())
def test_values_stay_in_range(found):
    values = tracks_of(found).values
    measured = values[~np.isnan(values)]
    assert ((measured >= 0) & (measured <= 1)).all()


@given(reports())
def test_a_measured_second_keeps_what_was_measured_in_it(found):
    track = tracks_of(found).of(Flag.BLURRY)
    last = len(track) - 1
    for cell, value in enumerate(track):
        inside = [f.blur for f in found.frames if min(int(f.time_s), last) == cell]
        if inside:
            assert value == pytest.approx(np.mean(inside), abs=1e-5)


@given(reports(), st.sets(st.sampled_from(list(Flag))))
def test_an_overruled_fault_is_not_measured(found, flags):
    tracks = tracks_of(found).without(flags)
    for flag in Flag:
        if flag in flags:
            assert np.isnan(tracks.of(flag)).all()
        else:
            assert np.array_equal(tracks.of(flag), tracks_of(found).of(flag), equal_nan=True)


def test_of_two_neighbours_as_near_the_earlier_one_counts():
    track = tracks_of(report(3, [(0.0, 0.1), (2.0, 0.9)])).of(Flag.BLURRY)
    assert track == pytest.approx([0.1, 0.1, 0.9])
