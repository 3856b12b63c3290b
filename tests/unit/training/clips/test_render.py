"""Rendered clips: the camera does what its path says, and what is known of a frame is true."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.move import Move
from footage_sorter.domain.report import BurstScore
from training.clips import blur_compare, moves
from training.clips.blur import BLURRED_RADIUS_PX, BLURRED_SMEAR_PX, _labels, _restless
from training.clips.blur_compare import Looked, measure
from training.clips.blur_report import page
from training.clips.facts import bursts_of, clip_of
from training.clips.move_fit import DISTURBED, Filmed, excerpts, fit_recurrent, varied
from training.clips.moves import is_short, render
from training.clips.paths import draw_path, hand
from training.clips.scenes import STEPS, Take, draw_scene, film, frames
from training.errors import DataError
from training.readers import is_held_out


@pytest.fixture(scope="module")
def photographs():
    rng = np.random.default_rng(5)
    coarse = [rng.integers(10, 246, (90, 120, 3), dtype=np.uint8) for _ in range(2)]
    return [cv2.resize(one, (960, 720), interpolation=cv2.INTER_NEAREST) for one in coarse]


QUIET = Take(size_px=(320, 180), noise=0.0, crf=18, shutter=0.25)


def straight(x=0.0, y=0.0, zoom=0.0, seconds=1.0):
    """An even move, by so much in all."""
    share = np.linspace(0, 1, round(seconds * 25) * STEPS)[:, np.newaxis]
    return share * np.array([[x, y, zoom, 0.0]])


@pytest.mark.parametrize(
    ("camera", "field", "expected"),
    [
        (straight(x=0.3), "pan_x", -0.3),  # the camera looks right: the picture goes left
        (straight(y=0.3), "pan_y", -0.3),
        (straight(zoom=0.2), "zoom", 0.2),
    ],
)
def test_the_program_measures_the_path_that_was_filmed(
    photographs, tmp_path, camera, field, expected
):
    scene = draw_scene(photographs, len(camera), QUIET, np.random.default_rng(2))[:1]
    film(scene, camera, QUIET, tmp_path / "clip.mp4")
    measured = [getattr(one, field) for one in bursts_of(tmp_path / "clip.mp4")]
    assert np.mean(measured) == pytest.approx(expected, rel=0.15)


def test_a_nearer_layer_moves_more(photographs):
    rng = np.random.default_rng(4)
    far, *_ = draw_scene(photographs, STEPS, QUIET, rng)
    near = replace(far, nearness=1.8)
    camera = np.array([[0.1, 0.0, 0.0, 0.0]] * STEPS)
    still = np.zeros((STEPS, 4))
    rest = next(frames([far], still, QUIET)).astype(int)

    def moved_px(layer):
        seen = next(frames([layer], camera, QUIET)).astype(int)
        apart = [np.abs(seen[:, : 320 - k] - rest[:, k:]).mean() for k in range(80)]
        return int(np.argmin(apart))

    assert moved_px(far) == 32  # a tenth of the width
    assert moved_px(near) == pytest.approx(32 * 1.8, abs=1)


def detail(picture):
    return float(cv2.Laplacian(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), cv2.CV_64F).var())


def test_an_open_shutter_smears_a_fast_camera_only(photographs):
    take = replace(QUIET, shutter=1.0)
    scene = draw_scene(photographs, STEPS, take, np.random.default_rng(2))[:1]
    still = detail(next(frames(scene, np.zeros((STEPS, 4)), take)))
    fast = detail(next(frames(scene, straight(x=0.08, seconds=0.04), take)))
    assert fast < still / 2


def test_an_unfocused_lens_takes_the_detail(photographs):
    take = replace(QUIET, defocus_px=(4.0,))
    scene = draw_scene(photographs, STEPS, take, np.random.default_rng(2))[:1]
    still = np.zeros((STEPS, 4))
    assert detail(next(frames(scene, still, take))) < detail(next(frames(scene, still, QUIET))) / 4


@given(st.sampled_from(Move), st.floats(2, 7), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_a_path_does_what_its_move_says(move, seconds, seed):
    path = draw_path(move, seconds, 200.0, np.random.default_rng(seed))
    assert path.shape == (round(seconds * 200), 4)
    assert np.isfinite(path).all()
    reach = np.ptp(path, axis=0)
    if move is Move.STATIC:
        assert reach[:2].max() < 0.1
    if move in {Move.PAN, Move.TILT}:
        axis = [Move.PAN, Move.TILT].index(move)
        assert reach[axis] > 0.02 * seconds
    if move is Move.ZOOM:
        assert reach[2] > 0.01 * seconds


def test_a_tripod_stands_still():
    assert not hand(np.arange(100) / 25, 0.0, np.random.default_rng(1)).any()


def test_moves_are_rendered_apart_by_photograph_and_only_once(photographs, tmp_path, monkeypatch):
    monkeypatch.setattr(moves, "SECONDS", (0.5, 0.6))
    folder = tmp_path / "photographs"
    folder.mkdir()
    names = [f"scene{number}.png" for number in range(40)]
    held_out = [name for name in names if is_held_out(folder / name, 0.25)][:2]
    learned = [name for name in names if not is_held_out(folder / name, 0.25)][:2]
    for name in held_out + learned:
        cv2.imwrite(str(folder / name), photographs[0])
    render(folder, tmp_path / "moves", learn=1, held_out=0)
    clips = sorted((tmp_path / "moves").glob("*/*/*.mp4"))
    assert [clip.parent.name for clip in clips] == sorted(Move)
    assert {clip.stem.rpartition("-")[0] + ".png" for clip in clips} <= set(learned)
    before = [clip.stat().st_mtime_ns for clip in clips]
    render(folder, tmp_path / "moves", learn=1, held_out=0)
    assert [clip.stat().st_mtime_ns for clip in clips] == before
    assert (tmp_path / "moves/sources.csv").read_text().count("\n") == 6


def test_short_clips_are_rendered_beside_the_others_and_told_by_their_number(photographs, tmp_path):
    folder = tmp_path / "photographs"
    folder.mkdir()
    for number in range(40):
        cv2.imwrite(str(folder / f"scene{number}.png"), photographs[0])
    render(folder, tmp_path / "moves", learn=0, held_out=0, short=(0, 1))
    clips = sorted((tmp_path / "moves/held_out").glob("*/*.mp4"))
    assert [clip.parent.name for clip in clips] == sorted(Move)
    assert all(is_short(clip) for clip in clips)
    assert all(1.7 < clip_of(clip).media.duration_s < 4.1 for clip in clips)
    assert not is_short(tmp_path / "a-photograph-0079.mp4")


def test_what_comes_near_hides_more_and_more_of_the_scene(photographs):
    seeds = range(12)
    hidden = []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        scene = draw_scene(photographs, 50 * STEPS, QUIET, rng, nearing=True)
        way = scene[-1].own_way
        assert way.shape == (50 * STEPS, 3)
        hidden.append(way[-1, 2] - way[0, 2])
    assert sum(growth > 0.05 for growth in hidden) >= 3  # about half of them come nearer
    assert max(hidden) < 0.7
    still = np.zeros((50 * STEPS, 4))
    assert len(list(frames(scene, still, QUIET))) == 50


def test_a_thing_that_comes_near_grows_in_the_picture(photographs):
    far, *_ = draw_scene(photographs, STEPS, QUIET, np.random.default_rng(2))
    cover = np.zeros_like(far.light)
    middle = np.array(cover.shape[:2]) // 2
    cover[middle[0] - 20 : middle[0] + 20, middle[1] - 20 : middle[1] + 20] = 1.0
    dark = replace(far, light=far.light * np.float32([0, 0, 0, 1]))

    def white_px(growth):
        way = np.tile([0.0, 0.0, growth], (STEPS, 1))
        thing = replace(far, light=cover, own_way=way)
        return (next(frames([dark, thing], np.zeros((STEPS, 4)), QUIET)) > 128).all(axis=2).sum()

    assert white_px(0.0) == pytest.approx(40 * 40, rel=0.1)
    assert white_px(np.log(2)) == pytest.approx(4 * 40 * 40, rel=0.1)


def moved(*speeds, shake=0.2):
    bursts = tuple(BurstScore(at, at + 0.55, shake, 0.1, *speed) for at, speed in enumerate(speeds))
    return Filmed(Path("a-0001.mp4"), 1, bursts)


def test_excerpts_are_pieces_of_the_clip_in_its_order():
    one = moved(*[(0.1 * at, 0.0, 0.0) for at in range(8)])
    found = [part for seed in range(20) for part in excerpts(one, np.random.default_rng(seed))]
    assert {len(part.bursts) for part in found} == {2, 3, 4, 5}
    for part in found:
        first = one.bursts.index(part.bursts[0])
        assert part.bursts == one.bursts[first : first + len(part.bursts)]
    assert not list(excerpts(moved((0.1, 0.0, 0.0)), np.random.default_rng(1)))


def test_what_is_learned_from_keeps_its_move_and_its_clips():
    one = moved(*[(0.1, 0.0, 0.0)] * 8)
    lessons = varied([one])
    assert len(lessons) == 3 * (1 + DISTURBED)
    assert lessons[0] is one
    assert {lesson.move for lesson in lessons} == {1}


def test_a_recurrent_network_tells_a_pan_from_a_tilt():
    rng = np.random.default_rng(3)
    clips = []
    for number in range(60):
        move = 1 + number % 2
        speed = np.zeros(3)
        speed[move - 1] = rng.choice([-1, 1]) * rng.uniform(0.1, 0.4)
        clips.append(replace(moved(*[tuple(speed)] * (3 + number % 3)), move=move))
    judge = fit_recurrent(clips, epochs=12)
    assert sum(judge(one.bursts) == one.move for one in clips) >= 57


def test_too_few_photographs_are_told(photographs, tmp_path):
    cv2.imwrite(str(tmp_path / "one.png"), photographs[0])
    with pytest.raises(DataError, match="too few photographs"):
        render(tmp_path, tmp_path / "moves", learn=1, held_out=1)


def test_pieces_that_swing_are_filmed_before_a_background_that_stands_still(photographs):
    points = 8 * STEPS
    times_s = np.arange(points) / (25 * STEPS)
    draws = (
        (seed, draw_scene(photographs, points, QUIET, np.random.default_rng(seed)))
        for seed in range(30)
    )
    seed, scene = next((seed, scene) for seed, scene in draws if len(scene) == 2)
    swung = [scene[0], _restless(scene[1], times_s, np.random.default_rng(seed))]
    still, *_, moved = frames(swung, np.zeros((points, 4)), QUIET)
    changed = np.abs(still.astype(int) - moved).max(axis=-1) > 8
    assert 0.005 < changed.mean() < 0.9


def test_what_is_neither_surely_sharp_nor_blurred_has_no_label():
    camera = np.zeros((4 * STEPS, 4))
    camera[3 * STEPS :, 0] = np.linspace(0, 3 * BLURRED_SMEAR_PX / 640, STEPS)
    take = Take(size_px=(640, 360), shutter=0.9)
    radius_px = np.array([0.0, 1.5, BLURRED_RADIUS_PX + 0.1, 0.0])
    assert _labels(camera, radius_px, take).tolist() == [0, -1, 1, 1]


def looked(seed, blurred, noise=0.3):
    rng = np.random.default_rng(seed)
    labels = np.array(blurred)
    features = rng.normal(0, noise, (len(labels), 4)).astype(np.float32)
    features[:, 0] += labels
    return Looked(
        f"clip {seed}",
        features,
        np.clip(labels + rng.normal(0, 0.1, len(labels)), 0, 1),
        labels,
        moving=seed % 2 == 0,
    )


SPANS = [[0] * 8 + [1] * 6 + [0] * 6, [0] * 20, [1] * 10 + [0] * 10]


def test_a_recurrent_network_learns_blurred_spans():
    clips = [looked(seed, SPANS[seed % 3]) for seed in range(9)]
    fitted = blur_compare.fit_recurrent(clips, epochs=30)
    fresh = [looked(seed, SPANS[seed % 3]) for seed in range(20, 26)]
    measured = measure(fresh, [fitted.probabilities(one.features) for one in fresh])
    assert measured.accuracy > 0.95
    assert (measured.seconds, measured.blurred) == (60, 16)


def test_a_second_that_is_half_blurred_does_not_count():
    one = looked(1, [0, 1, 1, 1, 0, 0])
    measured = measure([one], [np.array([0.9, 0.9, 0.9, 0.9, 0.9, 0.1])])
    assert (measured.seconds, measured.blurred) == (2, 1)
    assert (measured.found, measured.false_alarms) == (1.0, 0.0)


def test_the_page_says_which_is_better(monkeypatch):
    monkeypatch.setattr("training.clips.blur_report.SEEDS", (20,))
    clips = [looked(seed, SPANS[seed % 3]) for seed in range(6)]
    told = page(clips, clips, clips, "blur-0@abc")
    assert "blur-0@abc" in told
    assert "**The answer.** " in told
    assert told.count("| held out, 60 s |") == 5
