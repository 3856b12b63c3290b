"""Camera move: what bursts tell of it, and when they tell nothing."""

import csv
import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain.move import (
    FEATURES,
    LEAST_SURE,
    Move,
    features_of,
    likely_moves,
    read_head,
    shipped_head,
)
from footage_sorter.domain.report import BurstScore
from footage_sorter.domain.resources import resource

LABELS = Path(__file__).parents[2] / "data/camera_moves.csv"
FOOTAGE = Path(__file__).parents[4] / "shared/footage"

BURST = st.builds(
    BurstScore,
    start_s=st.just(0.0),
    end_s=st.just(0.5),
    shake=st.none() | st.floats(0, 1),
    change=st.just(0.1),
    pan_x=st.floats(-20, 20),
    pan_y=st.floats(-20, 20),
    zoom=st.floats(-20, 20),
)


def bursts(*velocities, shake=0.05):
    return tuple(
        BurstScore(float(at), at + 0.55, shake, 0.05, *velocity)
        for at, velocity in enumerate(velocities)
    )


def named(these):
    """The likeliest move, where it is likely enough for a tag."""
    likely = likely_moves(these, shipped_head())
    best = max(likely, key=likely.get, default=None)
    return best if best is not None and likely[best] >= LEAST_SURE else None


HAND = [(0.06, -0.09, 0.0), (-0.04, 0.02, 0.01), (0.09, 0.1, 0.0), (-0.12, -0.05, 0.0)] * 2


@pytest.mark.parametrize(
    ("these", "move"),
    [
        (bursts(*[(0.0, 0.0, 0.0)] * 6, shake=0.01), Move.STATIC),
        (bursts(*[(-0.2, 0.01, 0.0)] * 6), Move.PAN),
        (bursts(*[(0.35, 0.0, 0.01)] * 6, shake=0.45), Move.PAN),
        (bursts(*[(0.01, 0.2, 0.0)] * 6), Move.TILT),
        (bursts(*[(0.0, 0.0, 0.25)] * 6), Move.ZOOM),
        (bursts(*[(0.0, 0.01, -0.15)] * 6), Move.ZOOM),
        (bursts(*HAND, shake=0.5), Move.HANDHELD),
        (bursts(*HAND, shake=0.75), Move.HANDHELD),
    ],
)
def test_a_plain_case_is_named(these, move):
    assert named(these) is move


def test_a_pan_that_rests_at_both_ends_is_a_pan():
    still = (0.0, 0.0, 0.0)
    assert named(bursts(still, *[(0.2, 0.0, 0.0)] * 5, still)) is Move.PAN


def test_a_subject_that_fills_the_picture_once_does_not_move_a_tripod():
    still = bursts(*[(0.0, 0.0, 0.0)] * 8, shake=0.02)
    caught = replace(still[4], zoom=0.9, pan_x=0.3, shake=0.5)
    assert named((*still[:4], caught, *still[5:])) is Move.STATIC


def test_a_subject_that_comes_near_does_not_turn_a_hand_into_a_zoom():
    calm = [(0.03, -0.02, 0.0), (-0.02, 0.03, 0.0), (-0.03, -0.03, 0.01), (0.02, 0.02, 0.0)] * 2
    held = bursts(*calm, shake=0.3)
    caught = (replace(held[3], zoom=0.9), replace(held[5], zoom=0.6))
    assert named((*held[:3], caught[0], held[4], caught[1], *held[6:])) is Move.HANDHELD


def test_a_hand_that_drifts_for_three_seconds_is_no_tilt():
    drifting = bursts((0.04, 0.06, 0.08), (0.0, 0.17, 0.0), (0.04, 0.07, 0.02), shake=0.6)
    assert named(drifting) is Move.HANDHELD
    meant = bursts((0.0, 0.16, 0.0), (0.0, 0.17, 0.0), (0.01, 0.16, 0.0), shake=0.08)
    assert named(meant) is Move.TILT


def test_what_happens_once_does_not_change_what_the_camera_usually_does():
    calm = features_of(bursts(*[(0.01, 0.0, 0.0)] * 7))
    once = features_of(bursts(*[(0.01, 0.0, 0.0)] * 6, (0.8, 0.0, 0.0)))
    usual, speed = FEATURES.index("usual_x"), FEATURES.index("speed_x")
    assert once[usual] == pytest.approx(calm[usual])
    assert once[speed] > calm[speed] + 0.3


def test_a_coarse_look_tells_nothing():
    assert named(()) is None


def test_where_most_cannot_be_measured_nothing_is_told():
    still = bursts(*[(0.0, 0.0, 0.0)] * 8, shake=0.02)
    assert named(still) is Move.STATIC
    gone = tuple(replace(one, shake=None) for one in still[:6])
    assert named((*gone, *still[6:])) is None
    assert named((*gone[:5], *still[5:])) is Move.STATIC


@given(st.lists(BURST, max_size=12))
def test_whatever_was_measured_gives_finite_numbers_and_a_move_or_none(these):
    features = features_of(these)
    if features is not None:
        assert features.shape == (len(FEATURES),)
        assert np.isfinite(features).all()
        likely = shipped_head().probabilities(features)
        assert math.isclose(likely.sum(), 1.0, abs_tol=1e-9)
    assert named(these) in {None, *Move}


@given(st.lists(BURST, min_size=1, max_size=12))
def test_a_mirrored_or_reversed_clip_moves_alike(these):
    mirrored = [replace(one, pan_x=-one.pan_x) for one in these]
    features = features_of(these)
    for other in (mirrored, these[::-1]):
        again = features_of(other)
        assert (features is None) == (again is None)
        if features is not None:
            np.testing.assert_allclose(again, features, atol=1e-6)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": 2}, "format 2"),
        ({"features": list(FEATURES[:-1])}, "other moves or features"),
        ({"moves": ["pan"]}, "other moves or features"),
        ({"bias": [0.0, 0.0]}, "shapes"),
    ],
)
def test_another_manifest_is_refused(tmp_path, change, told):
    values = json.loads(resource("moves", "manifest.json").read_text("utf-8"))
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(values | change))
    with pytest.raises(ValueError, match=told):
        read_head(path)


def test_the_manifest_states_what_was_asked():
    values = json.loads(resource("moves", "manifest.json").read_text("utf-8"))
    assert values["measured"]["linear"]["held_out"]["accuracy"] >= 0.95


def labelled():
    with LABELS.open(newline="") as lines:
        return [(row["file"], row["move"]) for row in csv.DictReader(lines) if row["move"]]


@pytest.mark.needs_shared
@pytest.mark.skipif(not FOOTAGE.is_dir(), reason="the real clips are absent")
@pytest.mark.parametrize(("file", "move"), labelled())
def test_a_real_clip_is_named_as_the_eye_names_it(file, move):
    from training.clips.facts import bursts_of

    assert named(bursts_of(FOOTAGE / file)) == move
