"""Which takes are stacked, whatever the order they come in, and which of them is suggested."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.likeness import ALIKE, distances, features_of
from footage_sorter.domain.stacks import NEAR_S, WINDOW, Take, rank, stacks_of
from tests.helpers.rows import failed, media, rated, unread

START = datetime(2026, 3, 14, 9, tzinfo=UTC)


def scene(seed, *, light=1.0, noise=0.0):
    """A signature of one scene: blocks of colour; `noise` makes another moment of it."""
    rng = np.random.default_rng(seed)
    blocks = rng.integers(20, 220, (3, 4, 3)).repeat(3, axis=0).repeat(4, axis=1)
    moment = np.random.default_rng(seed + 1000).normal(0, noise, blocks.shape)
    return np.clip(light * blocks + moment, 0, 255).astype(np.uint8)


def take(number, picture, *, minute=None, folder="/card", camera="A", duration_s=10.0):
    when = None if minute is None else START + timedelta(minutes=minute)
    path = Path(folder) / f"C{number:04}.mp4"
    return Take(number, path, duration_s, camera, when, picture)


def apart(one, other):
    features = features_of(np.stack([one, other]))
    return float(distances(features, np.array([0]), np.array([1]))[0])


# Likeness


def test_equal_pictures_are_not_apart():
    assert apart(scene(1), scene(1)) == pytest.approx(0, abs=1e-5)


def test_another_moment_and_another_light_of_a_scene_are_alike():
    assert apart(scene(1), scene(1, light=0.8, noise=8)) < ALIKE


@pytest.mark.parametrize("other", range(2, 12))
def test_another_scene_is_not(other):
    assert apart(scene(1), scene(other)) > ALIKE


pictures = st.binary(min_size=432, max_size=432).map(
    lambda data: np.frombuffer(data, np.uint8).reshape(9, 16, 3)
)


@settings(deadline=None)
@given(pictures, pictures)
def test_distance_is_a_bounded_symmetric_number(one, other):
    there, back = apart(one, other), apart(other, one)
    assert there == pytest.approx(back, abs=1e-4)
    assert -1e-4 <= there <= 2 + 1 + 255 / 20


# Stacks


def test_takes_of_one_thing_minutes_apart_are_a_stack():
    takes = [take(n, scene(1, noise=n), minute=n) for n in (1, 2, 3)]
    assert stacks_of(takes) == [(1, 2, 3)]


def test_takes_that_alternate_between_two_things_are_two_stacks():
    takes = [take(n, scene(n % 2, noise=n), minute=n) for n in range(1, 7)]
    assert stacks_of(takes) == [(1, 3, 5), (2, 4, 6)]


@pytest.mark.parametrize(
    "other",
    [
        take(2, scene(1), minute=1, folder="/other"),
        take(2, scene(1), minute=1, camera="B"),
        take(2, scene(1), minute=10 / 60 + NEAR_S / 60 + 0.1),
        take(2, scene(2), minute=1),
        take(2, scene(1)),
    ],
    ids=["folder", "camera", "much later", "scene", "no time"],
)
def test_what_differs_is_no_stack(other):
    assert stacks_of([take(1, scene(1), minute=0), other]) == []


def test_without_times_the_cameras_numbers_tell_what_is_near():
    near = [take(1, scene(1)), take(2, scene(2)), take(3, scene(1))]
    assert stacks_of(near) == [(1, 3)]
    far = [take(1, scene(1)), *(take(n, scene(n)) for n in range(2, 8)), take(9, scene(1))]
    assert stacks_of(far) == []


def test_near_is_counted_from_the_end_of_a_take():
    takes = [take(1, scene(1), minute=0, duration_s=2 * NEAR_S), take(2, scene(1), minute=14)]
    assert stacks_of(takes) == [(1, 2)]


def test_no_chain_of_small_steps_makes_one_great_stack():
    """A slow change from one scene to another: its ends are not alike."""
    first, last = scene(1).astype(float), scene(2).astype(float)
    steps = [first + (last - first) * at / 40 for at in range(41)]
    takes = [take(n, step.astype(np.uint8), minute=n / 10) for n, step in enumerate(steps)]
    assert all(apart(a.signature, b.signature) < ALIKE / 2 for a, b in pairwise(takes))
    found = stacks_of(takes)
    assert len(found) > 2
    by_id = {one.id: one.signature for one in takes}
    for stack in found:
        assert all(apart(by_id[a], by_id[b]) <= ALIKE + 1e-4 for a, b in combinations(stack, 2))


def test_a_thousand_equal_pictures_are_many_small_stacks():
    found = stacks_of([take(n, scene(1), minute=n / 100) for n in range(1000)])
    assert max(map(len, found)) <= WINDOW + 1


moments = st.lists(
    st.tuples(st.integers(0, 3), st.one_of(st.none(), st.integers(0, 40)), st.sampled_from("AB")),
    max_size=24,
)


@settings(deadline=None)
@given(moments, st.randoms(use_true_random=False))
def test_the_order_they_come_in_does_not_matter(found, random):
    takes = [
        take(n, scene(seed, noise=n % 5), minute=minute, camera=camera)
        for n, (seed, minute, camera) in enumerate(found)
    ]
    stacks = stacks_of(takes)
    random.shuffle(takes)
    assert stacks_of(takes) == stacks
    members = [one for stack in stacks for one in stack]
    assert len(members) == len(set(members)), "no clip is in two stacks"
    by_id = {one.id: one for one in takes}
    for stack in stacks:
        assert len(stack) > 1
        for a, b in combinations(map(by_id.__getitem__, stack), 2):
            assert a.camera == b.camera
            assert (a.start_s is None) == (b.start_s is None)
            assert apart(a.signature, b.signature) <= ALIKE + 1e-4
            if a.start_s is not None:
                early, late = sorted((a, b), key=lambda one: one.start_s)
                assert late.start_s - early.start_s - early.duration_s <= NEAR_S


# The best


def best_of(rows):
    return min(rows, key=rank)


def test_the_most_usable_is_the_best():
    good, bad = rated("/a.mp4"), rated("/b.mp4", over={Flag.BLURRY: range(5)}, clip_id=2)
    assert best_of([bad, good]) is good


def test_among_equally_usable_ones_the_longest_best_segment():
    broken = rated("/a.mp4", over={Flag.SHAKY: [5]})
    whole = rated("/b.mp4", over={Flag.SHAKY: [0]}, clip_id=2)
    assert broken.rating.usability == whole.rating.usability
    assert best_of([broken, whole]) is whole


def test_a_steady_hand_that_was_measured_goes_before_one_that_was_not():
    steady = rated("/b.mp4", clip_id=2)
    percent = replace(steady.rating.percent, shaky=None, steady=None)
    unmeasured = replace(rated("/a.mp4"), rating=replace(steady.rating, percent=percent))
    assert best_of([unmeasured, steady]) is steady


def test_a_person_goes_first():
    good = rated("/a.mp4")
    bad = rated("/b.mp4", over={Flag.BLURRY: range(9)}, clip_id=2)
    kept = replace(bad, decision=Decision(Mark.KEEP))
    starred = replace(bad, decision=Decision(stars=1))
    rejected = replace(good, decision=Decision(Mark.REJECT))
    assert best_of([good, kept]) is kept
    assert best_of([good, starred]) is starred
    assert best_of([rejected, bad]) is bad


def test_what_cannot_be_read_or_was_not_rated_comes_last():
    poor = rated("/z.mp4", facts=media(), over={Flag.BLURRY: range(9)})
    assert best_of([failed(), unread(), poor]) is poor
    assert best_of([failed(), unread()]).error is None


@settings(deadline=None)
@given(st.permutations(range(5)))
def test_the_best_does_not_depend_on_the_order(order):
    rows = [rated(f"/{n}.mp4", over={Flag.SHAKY: range(n % 3)}, clip_id=n) for n in range(5)]
    assert best_of([rows[n] for n in order]) is rows[0]
