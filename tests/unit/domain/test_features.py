"""Features: the same report, the same numbers; what was not measured is said to be so."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from footage_sorter.domain.clip import ContentId
from footage_sorter.domain.features import (
    MEASURED,
    OF_MEDIA,
    Aspect,
    Features,
    aspect_of,
    features_of,
    names,
)
from footage_sorter.domain.report import BurstScore, ClipReport, FrameScore, Pass, SoundScore
from tests.helpers.rows import media
from tests.unit.domain.strategies import MODELS, reports


def report(blur=0.1, duration_s=10.0, **rest):
    frames = tuple(FrameScore(at + 0.5, blur, 0.05, 0.02) for at in range(int(duration_s)))
    return ClipReport(ContentId("c"), MODELS, Pass.FULL, duration_s, frames, **rest)


def named(one):
    return dict(zip(MEASURED, features_of(one).tolist(), strict=True))


@given(reports())
def test_every_report_has_all_features_and_no_infinite_one(one):
    values = features_of(one)
    assert values.shape == (len(MEASURED),)
    assert not np.isinf(values).any()
    assert np.array_equal(values, features_of(one), equal_nan=True)


def test_what_is_said_is_what_was_measured():
    bursts = (
        BurstScore(0.0, 1.0, 0.2, 0.1, pan_x=0.3, pan_y=-0.4, zoom=-0.2),
        BurstScore(5.0, 6.0, None, 0.3),
    )
    sounds = tuple(SoundScore(at, at + 1, -20.0 - at, 0.0) for at in range(3))
    found = named(report(bursts=bursts, sounds=sounds, damage="lost"))
    assert found["blurry_mean"] == pytest.approx(0.1)
    assert found["clean_share"] == pytest.approx(1.0)
    assert found["log_clean_run_s"] == pytest.approx(np.log2(11.0))
    assert found["pan_mean"] == pytest.approx(0.25)
    assert found["zoom_mean"] == pytest.approx(0.1)
    assert found["change_mean"] == pytest.approx(0.2)
    assert found["loudness_p50"] == pytest.approx(-21.0)
    assert 0 < found["steady_known"] < 1
    assert (found["has_sound"], found["damaged"]) == (1.0, 1.0)


def test_a_blurred_clip_is_not_clean():
    found = named(report(blur=0.9))
    assert (found["blurry_share"], found["clean_share"]) == (1.0, 0.0)
    assert (found["log_clean_run_s"], found["runs_a_minute"]) == (0.0, 0.0)


def test_what_was_not_measured_is_nan():
    found = named(replace(report(), exposure_judged=False))
    unknown = {name for name, value in found.items() if np.isnan(value)}
    assert {"underexposed_mean", "shaky_p90", "pan_mean", "loudness_p10"} <= unknown
    assert (found["has_sound"], found["steady_known"]) == (0.0, 0.0)


def test_a_vector_has_a_name_for_each_number():
    plain = Features(features_of(report()))
    seeing = Features(features_of(report()), np.arange(3, dtype=np.float32))
    assert len(plain.vector(media(), 0)) == len(names(0)) == len(MEASURED) + len(OF_MEDIA)
    assert seeing.vector(media(), 3)[-3:].tolist() == [0, 1, 2]
    assert np.isnan(plain.vector(media(), 3)[-3:]).all()
    assert np.isnan(seeing.vector(media(), 2)[-2:]).all(), "another network's pictures say nothing"
    assert len(set(names(64))) == len(names(64))


def test_every_feature_is_about_something():
    assert {aspect_of(name) for name in names(2)} == set(Aspect)


def test_an_upright_clip_is_told_from_a_wide_one():
    features = Features(features_of(report()))
    at = names(0).index("upright")
    assert features.vector(media(), 0)[at] == 0.0
    assert features.vector(media(rotation_deg=90), 0)[at] == 1.0


@pytest.mark.parametrize(
    "values",
    [
        {"measured": np.zeros(3, np.float32)},
        {"measured": np.zeros(len(MEASURED), np.float32), "picture": np.zeros((2, 2), np.float32)},
        {"measured": np.zeros(len(MEASURED), np.float32), "picture": np.zeros(5000, np.float32)},
    ],
)
def test_rows_of_another_shape_are_refused(values):
    with pytest.raises(ValueError, match="shape"):
        Features(**values)


def test_clean_runs_are_counted_by_the_minute():
    blur = (0.1, 0.9, 0.1, 0.1, 0.9, 0.1)
    frames = tuple(FrameScore(at + 0.5, one, 0.0, 0.0) for at, one in enumerate(blur))
    found = named(replace(report(duration_s=6.0), frames=frames))
    assert found["runs_a_minute"] == pytest.approx(30.0)
