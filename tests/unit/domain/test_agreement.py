"""Learning from marks: what follows the features is found, what is chance is not believed."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.agreement import (
    MIN_EACH,
    MIN_MARKS,
    MIN_SHOOTINGS,
    Outcome,
    best_threshold,
    chance_of,
    compare,
)
from footage_sorter.domain.head import STRENGTHS, choose_strength, fit, folds

SEEDS = 100
MOST_BELIEVED = 5
"""Of a hundred sets of marks without any signal."""


def clips(seed, n=48, n_shootings=8, n_features=20):
    """Clips whose features hang together, more so within a shooting; usability is one of them."""
    rng = np.random.default_rng(seed)
    shootings = rng.integers(n_shootings, size=n)
    hidden = 0.7 * rng.normal(size=(n_shootings, 6))[shootings] + rng.normal(size=(n, 6))
    features = hidden @ rng.normal(size=(6, n_features)) + 0.5 * rng.normal(size=(n, n_features))
    usability = np.clip(60 + 25 * hidden[:, 0] + 5 * rng.normal(size=n), 0, 100).round()
    features[:, 0] = usability
    return rng, features, usability, hidden, shootings


def by_signal(rng, hidden, share=0.5, noise=0.3):
    """Marks that follow two hidden traits that usability does not show."""
    wish = hidden[:, 1] - hidden[:, 2] + noise * rng.normal(size=len(hidden))
    return wish > np.quantile(wish, 1 - share)


def outcomes(draw_marks, seeds=SEEDS, **shape):
    found = []
    for seed in range(seeds):
        rng, features, usability, hidden, shootings = clips(seed, **shape)
        found.append(compare(features, usability, draw_marks(rng, hidden, shootings), shootings))
    return found


def believed(found):
    return sum(one.outcome is Outcome.IMPROVES for one in found)


@pytest.mark.parametrize(
    "draw",
    [
        lambda rng, hidden, _: rng.random(len(hidden)) < 0.5,
        lambda rng, hidden, _: rng.random(len(hidden)) < 0.25,
        # a whole shooting kept, another rejected, for no reason that the features know
        lambda rng, _, shootings: (rng.random(shootings.max() + 1) < 0.5)[shootings],
    ],
    ids=["even", "few kept", "by shooting"],
)
def test_marks_by_chance_are_no_improvement(draw):
    found = outcomes(draw)
    compared = [one for one in found if one.after is not None]
    assert len(compared) > SEEDS / 2
    assert believed(found) <= MOST_BELIEVED


@pytest.mark.parametrize("share", [0.5, 0.3])
def test_marks_that_follow_the_features_are_foretold(share):
    found = outcomes(lambda rng, hidden, _: by_signal(rng, hidden, share), seeds=10, n=96)
    assert believed(found) >= 8
    for one in found:
        assert one.after > one.before
        assert one.n_marks == 96


def test_marks_that_follow_usability_need_no_second_rating():
    found = []
    for seed in range(20):
        _, features, usability, _, shootings = clips(seed)
        found.append(compare(features, usability, usability >= 60, shootings))
    assert believed(found) == 0
    assert min(one.before for one in found) > 0.9


def test_constant_absent_and_repeated_features_do_no_harm():
    rng, features, usability, hidden, shootings = clips(3, n=96)
    kept = by_signal(rng, hidden)
    plain = compare(features, usability, kept, shootings)
    worse = np.column_stack(
        [features, features, np.full(96, 7.0), np.full(96, np.nan), np.full(96, 1e12)]
    )
    worse[::7, 1] = np.nan
    again = compare(worse, usability, kept, shootings)
    assert again.outcome is plain.outcome is Outcome.IMPROVES
    assert abs(again.after - plain.after) < 0.1


def test_the_same_marks_always_give_the_same_answer():
    rng, features, usability, hidden, shootings = clips(4)
    kept = by_signal(rng, hidden)
    assert compare(features, usability, kept, shootings) == compare(
        features, usability, kept, shootings
    )


def test_too_few_marks_one_kind_and_one_shooting_are_not_compared():
    rng, features, usability, hidden, shootings = clips(5, n=40)
    kept = by_signal(rng, hidden)
    some = slice(MIN_MARKS - 1)
    assert compare(features[some], usability[some], kept[some], shootings[some]).outcome is (
        Outcome.TOO_FEW
    )
    few = np.arange(40) < MIN_EACH - 1
    for one_sided in (few, ~few):
        assert compare(features, usability, one_sided, shootings).outcome is Outcome.ONE_SIDED
    alike = shootings % (MIN_SHOOTINGS - 1)
    found = compare(features, usability, kept, alike)
    assert found.outcome is Outcome.TOO_ALIKE
    assert (found.n_shootings, found.before, found.after) == (MIN_SHOOTINGS - 1, None, None)


def test_a_shooting_is_never_on_both_sides():
    """A scene that betrays the mark helps nobody with the next scene."""
    rng = np.random.default_rng(6)
    shootings = np.arange(80) // 8
    kept = (rng.permutation(10) < 5)[shootings]
    scene = np.eye(10)[shootings] + 0.01 * rng.normal(size=(80, 10))
    found = compare(scene, np.full(80, 50.0), kept, shootings)
    assert found.outcome is Outcome.NO_IMPROVEMENT
    assert found.after < 0.7
    assert found.before == 0.5, "the same answer for every clip is never worse than even"


@given(st.lists(st.integers(0, 12), min_size=1, max_size=60), st.integers(1, 12))
def test_folds_part_the_clips_and_keep_groups_whole(groups, n_folds):
    groups = np.array(groups)
    parts = folds(groups, n_folds)
    assert (np.sum(parts, axis=0) == 1).all()
    assert all(part.any() for part in parts)
    for group in np.unique(groups):
        assert sum(part[groups == group].any() for part in parts) == 1


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=9))
def test_the_chance_is_that_of_all_signs_counted(gains):
    sums = [
        sum(s * g for s, g in zip(signs, gains, strict=True))
        for signs in product((-1, 1), repeat=len(gains))
    ]
    counted = sum(one >= sum(gains) for one in sums) / len(sums)
    assert chance_of(gains) == pytest.approx(counted)


@given(st.lists(st.tuples(st.integers(0, 100), st.booleans()), min_size=1, max_size=30))
def test_the_best_threshold_is_the_best_of_all(marks):
    usability, kept = (np.array(column) for column in zip(*marks, strict=True))
    best = np.sum((usability >= best_threshold(usability, kept)) == kept)
    assert best == max(np.sum((usability >= least) == kept) for least in range(102))


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(4, 40), st.integers(1, 30))
def test_a_head_lies_where_no_direction_helps(seed, n, n_features):
    """The slope of the penalised loss is nought, whichever way it was computed."""
    rng = np.random.default_rng(seed)
    features, kept = rng.normal(size=(n, n_features)), rng.random(n) < 0.5
    for strength, head in zip(STRENGTHS, fit(features, kept, STRENGTHS), strict=True):
        inputs = np.clip((features - head.means) / head.scales, -4, 4)
        slope = inputs.T @ (head.chances(features) - kept) + strength * head.weights
        assert np.abs(slope).max() < 0.05 * (1 + strength * np.abs(head.weights).max())


def test_a_clip_without_any_measure_is_an_average_one():
    rng, features, _, hidden, _ = clips(7)
    (head,) = fit(features, by_signal(rng, hidden), (10.0,))
    (chance,) = head.chances(np.full((1, features.shape[1]), np.nan))
    assert chance == pytest.approx(1 / (1 + np.exp(-head.bias)))


def test_a_clip_out_of_all_measure_decides_nothing_by_itself():
    rng, features, _, hidden, _ = clips(8)
    (head,) = fit(features, by_signal(rng, hidden), (10.0,))
    far = features.mean(axis=0) + 4 * head.scales
    further = features.mean(axis=0) + 1e9 * head.scales
    assert head.chances(further[None]) == pytest.approx(head.chances(far[None]))


def test_noise_is_answered_with_the_strongest_penalty_or_nearly():
    strengths = []
    for seed in range(10):
        rng, features, _, _, shootings = clips(seed)
        strengths.append(choose_strength(features, rng.random(48) < 0.5, shootings))
    assert np.median(strengths) >= 250


def test_the_strongest_penalty_leaves_the_share_of_clips_kept():
    kept = np.arange(100) < 80
    (head,) = fit(np.random.default_rng(0).normal(size=(100, 5)), kept, (1e6,))
    assert head.chances(np.zeros((1, 5))) == pytest.approx([0.8], abs=0.01)
