"""Metrics, calibration, schedules and rules: arithmetic that numbers in the cards rest on."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.inference.weights import Calibration
from training.calibrate import calibrate, lenient
from training.metrics import area_under_curve, calibration_error, measure, softmax
from training.recipe import CLASSES, LearningKnobs, Schedule, Task
from training.rules import RULES, fit
from training.schedules import rate_factor


def test_a_class_that_is_never_found_halves_the_balanced_accuracy():
    probabilities = np.array([[0.9, 0.1]] * 10)
    truth = np.array([0] * 9 + [1])
    measured = measure(probabilities, truth, ("good", "bad"))
    assert measured.accuracy == 0.9
    assert measured.balanced_accuracy == 0.5
    assert measured.recalls == {"good": 1.0, "bad": 0.0}
    assert measured.confusion == ((9, 0), (1, 0))


def test_a_set_without_faults_has_no_curve_and_counts_the_class_that_is_there():
    measured = measure(np.array([[0.9, 0.1], [0.2, 0.8]]), np.array([0, 0]), ("good", "bad"))
    assert measured.area_under_curve is None
    assert measured.balanced_accuracy == 0.5
    assert measured.recalls["bad"] is None


@given(st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=2, max_size=40))
def test_the_area_is_the_share_of_pairs_in_order(pairs):
    scores = np.array([score for score, _ in pairs], dtype=float)
    faulty = np.array([bad for _, bad in pairs])
    there = [
        (bad > good) + 0.5 * (bad == good) for bad in scores[faulty] for good in scores[~faulty]
    ]
    area = area_under_curve(scores, faulty)
    assert area == (pytest.approx(np.mean(there)) if there else None)


def test_confidence_that_holds_what_it_says_has_no_error():
    probabilities = np.array([[0.75, 0.25]] * 4)
    assert calibration_error(probabilities, np.array([0, 0, 0, 1])) == pytest.approx(0)
    assert calibration_error(probabilities, np.array([1, 1, 1, 1])) == pytest.approx(0.75)


def test_calibration_finds_temperature_and_shift():
    rng = np.random.default_rng(0)
    honest = rng.normal(0, 2, (4000, 2))
    truth = (rng.random(4000) > softmax(honest)[:, 0]).astype(np.int64)
    found = calibrate(honest * 2.5 + [0.0, 1.5], truth)
    assert found.temperature == pytest.approx(2.5, rel=0.15)
    assert found.shifts[1] == pytest.approx(-1.5, abs=0.35)


def test_calibration_never_loosens_the_balanced_loss():
    rng = np.random.default_rng(1)
    logits, truth = rng.normal(0, 1, (60, 3)), np.arange(60) % 3
    before = measure(softmax(logits), truth, ("a", "b", "c")).log_loss
    after = measure(calibrate(logits, truth).probabilities(logits), truth, ("a", "b", "c"))
    assert after.log_loss <= before + 1e-9


@pytest.mark.parametrize("schedule", list(Schedule))
def test_every_schedule_stays_within_its_peak(schedule):
    knobs = LearningKnobs(epochs=10, batch_size=1, peak_lr=1.0, schedule=schedule)
    factors = [rate_factor(knobs, step, 20) for step in range(200)]
    assert min(factors) > 0
    assert max(factors) <= 1.0
    assert max(factors) > 0.95
    if schedule is not Schedule.CONSTANT:
        assert factors[-1] < 0.99 * max(factors)


def test_warm_up_rises():
    knobs = LearningKnobs(epochs=4, batch_size=1, peak_lr=1.0, warmup_epochs=1.0)
    factors = [rate_factor(knobs, step, 10) for step in range(10)]
    assert factors == sorted(factors)
    assert factors[0] < 0.2


def test_thresholds_part_what_can_be_parted():
    numbers, truth = np.array([1.0, 2, 5, 6, 9, 10]), np.array([1, 1, 0, 0, 2, 2])
    assert fit(numbers, truth, (1, 0, 2)) == (3.5, 7.5)


def test_mean_brightness_calls_the_extremes():
    (rule,) = RULES[Task.EXPOSURE]
    calls = [rule.call(np.full((8, 8, 3), level, np.uint8)) for level in (5, 120, 250)]
    assert [CLASSES[Task.EXPOSURE][call] for call in calls] == [
        "underexposed",
        "good",
        "overexposed",
    ]


def test_lenient_call_gives_up_no_more_than_allowed() -> None:
    margins = np.array([-4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0])
    truth = np.array([0, 0, 0, 1, 0, 1, 1, 1])
    logits = np.stack([np.zeros(8), margins], axis=1)
    best = 0.875  # one of eight wrong, with the call at -1.5 or at 0.5

    for give, call in ((0.0, 0.5), (0.13, 1.5), (0.26, 2.5)):
        one = lenient(Calibration(2.0, (0.0, 0.0)), logits, truth, give)
        called = one.probabilities(logits)[:, 1] > 0.5
        right = (called[truth == 1].mean() + (~called)[truth == 0].mean()) / 2

        assert (one.temperature, one.shifts) == (2.0, (0.0, -call))
        assert right >= best - give
