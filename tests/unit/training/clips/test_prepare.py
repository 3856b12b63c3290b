"""Preparation: whole clips only, resumable, and everything left out is named."""

import csv

import cv2
import numpy as np
import pytest

from tests.helpers.clip_sets import hmdb_like, tiny_clip
from training.clips.prepare import prepare, read_frames, read_prepared
from training.errors import DataError


@pytest.fixture
def data(tmp_path):
    for label, name in enumerate(("crowd", "goal")):
        for number in range(3):
            tiny_clip(tmp_path / "data" / name / f"{number}.avi", label, number)
    return tmp_path / "data"


def skipped(out):
    with (out / "skipped.csv").open(newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_clip_gives_its_frames(data, tmp_path):
    prepared, left_out = prepare(data, tmp_path / "out", frames=4, short_side_px=16)
    assert (len(prepared), left_out, skipped(tmp_path / "out")) == (6, [], [])
    assert tuple(prepared) == read_prepared(tmp_path / "out")
    frames = read_frames(prepared[0].folder, 4)
    assert frames.shape == (4, 16, 24, 3)


def test_frames_are_equally_spaced_over_the_whole_clip(tmp_path):
    # Each frame is brighter than the one before: their light tells where they were taken.
    from fractions import Fraction

    from footage_sorter.media.encode import write_clip
    from tests.helpers.clip_sets import ENCODING
    from training.clips.facts import clip_of
    from training.clips.prepare import equally_spaced

    ramp = (np.full((32, 48, 3), 4 * number, np.uint8) for number in range(60))
    write_clip(tmp_path / "ramp.avi", ramp, ENCODING)
    clip = clip_of(tmp_path / "ramp.avi")
    assert clip.media.frame_rate == Fraction(10)
    light = [picture.mean() / 4 for picture in equally_spaced(clip, 16, 32)]
    np.testing.assert_allclose(light, (np.arange(16) + 0.5) * 60 / 16, atol=0.8)


def test_a_preparation_goes_on_where_it_stopped(data, tmp_path):
    out = tmp_path / "out"
    prepare(data, out, frames=4, short_side_px=16)
    whole, torn = out / "crowd/0.avi", out / "goal/1.avi"
    for path in whole.iterdir():
        path.write_bytes(b"not read again")
    (torn / "02.jpg").unlink()
    (out / "clips.csv").unlink()
    prepare(data, out, frames=4, short_side_px=16)
    assert (whole / "00.jpg").read_bytes() == b"not read again"
    assert read_frames(torn, 4).shape[0] == 4
    assert not list(out.rglob(".part-*"))


def test_what_cannot_be_used_is_named_with_its_reason(data, tmp_path):
    tiny_clip(data / "goal/short.avi", frames=9)
    (data / "goal/broken.avi").write_bytes(b"RIFF" + bytes(2000))
    prepared, left_out = prepare(data, tmp_path / "out")
    assert len(prepared) == 6
    reasons = {row["file"].rpartition("/")[2]: row["reason"] for row in skipped(tmp_path / "out")}
    assert reasons["short.avi"] == "too short: 9 frames, 16 are needed"
    assert reasons["broken.avi"]
    assert {one.path.name for one in left_out} == set(reasons)


def test_a_class_that_could_not_be_read_is_refused_before_any_training(data, tmp_path):
    for path in (data / "goal").iterdir():
        path.write_bytes(b"")
    with pytest.raises(DataError, match=r"no clip of the class 'goal' can be used \(3 skipped"):
        prepare(data, tmp_path / "out", frames=4)
    with pytest.raises(DataError, match=r"holds no clips\.csv"):
        read_prepared(tmp_path / "out")


def test_a_class_of_which_one_clip_is_left_is_refused(data, tmp_path):
    for number in (0, 1):
        (data / f"goal/{number}.avi").write_bytes(b"")
    with pytest.raises(DataError, match=r"'goal' has 1 clip; 2 are needed \(2 skipped"):
        prepare(data, tmp_path / "out", frames=4)


def test_two_clips_of_one_name_are_refused(tmp_path):
    for side in ("train", "val"):
        for name in ("yoga", "chess"):
            for number in range(2):
                tiny_clip(tmp_path / side / name / f"{number}.avi")
    with pytest.raises(DataError, match="has the class and the name of"):
        prepare(tmp_path, tmp_path / "out", frames=4)


def test_hmdb51_keeps_its_sides(tmp_path):
    prepared, _ = prepare(hmdb_like(tmp_path / "hmdb", 2), tmp_path / "out", short_side_px=16)
    assert [one.side for one in prepared] == ["learn", "learn", "learn", "test"] * 2


def test_too_few_stored_frames_are_told(data, tmp_path):
    prepared, _ = prepare(data, tmp_path / "out", frames=4, short_side_px=16)
    with pytest.raises(DataError, match="holds 4 frames, 8 are wanted"):
        read_frames(prepared[0].folder, 8)


def test_fewer_frames_than_stored_are_equally_spaced(tmp_path):
    for number in range(8):
        cv2.imwrite(str(tmp_path / f"{number:02d}.jpg"), np.full((8, 8, 3), 20 * number, np.uint8))
    light = read_frames(tmp_path, 4).mean(axis=(1, 2, 3)) / 20
    np.testing.assert_allclose(light, [1, 3, 5, 7], atol=0.2)


def test_frames_as_the_program_gives_them(data, tmp_path):
    from threading import Event

    from footage_sorter.media.frames import ClipFrames
    from footage_sorter.services.tagging import clip_pictures, filled
    from training.clips.facts import clip_of
    from training.clips.prepare import near_keys

    clip = clip_of(data / "goal/0.avi")
    seen = filled(clip_pictures(ClipFrames(), clip, 48, Event()))
    np.testing.assert_array_equal(near_keys(clip, 16, 32), seen)
    prepared, _ = prepare(data, tmp_path / "out", short_side_px=32, as_program=True)
    assert read_frames(prepared[0].folder, 16).shape == (16, 32, 48, 3)
    with pytest.raises(ValueError, match="16 frames of a clip, not 8"):
        prepare(data, tmp_path / "other", frames=8, as_program=True)
