"""Frames: the right ones, once, upright, in time; and what is left of broken clips."""

import tracemalloc
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from threading import Event

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.domain.ports import BURST_WIDTH_PX
from footage_sorter.domain.report import Pass
from footage_sorter.media import frames
from footage_sorter.media.encode import write_clip
from footage_sorter.media.frames import BATCH_FRAMES, ClipFrames
from footage_sorter.media.parallel import in_parallel
from tests.helpers.clips import (
    ALL_INTRA,
    FORMATS,
    ONE_KEY,
    Encoding,
    Shot,
    cut,
    film,
    flip_bits,
    pictures,
    resized,
    tone,
)
from tests.helpers.reading import clip_of, look


def every_time_s(path: Path) -> list[float]:
    """The times of all frames, decoded plainly from end to end."""
    with av.open(str(path)) as container:
        frames = list(container.decode(video=0))
    return [float((frame.pts - frames[0].pts) * frame.time_base) for frame in frames]


def damage_somewhere(tmp_path, kind, seed):
    whole = film(tmp_path / f"whole{kind.ending}", Shot(seconds=3), encoding=kind.encoding)
    return flip_bits(whole, tmp_path / f"rot{kind.ending}", every_bytes=700, seed=seed)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("looked", Pass)
def test_every_format_gives_frames_that_exist_once_each(name, looked, tmp_path):
    kind = FORMATS[name]
    path = film(
        tmp_path / f"a{kind.ending}",
        Shot(seconds=3, size_px=kind.size_px),
        encoding=kind.encoding,
    )
    seen = look(path, looked)
    real_s = np.array(every_time_s(path))
    for times_s in [seen.looks_s, *seen.burst_times_s]:
        assert all(np.min(np.abs(real_s - time_s)) < 1e-3 for time_s in times_s)
        assert all(a < b for a, b in pairwise(times_s))
    assert seen.damage == []
    assert {batch.rgb.shape[1:] for batch in seen.batches} == {(*kind.size_px[::-1], 3)}
    if looked is Pass.FULL:
        assert {int(time_s) for time_s in seen.looks_s} == {0, 1, 2}
        assert {int(times_s[0]) for times_s in seen.burst_times_s} == {0, 1, 2}
    else:
        assert seen.bursts == []


@pytest.mark.parametrize("name", ["h264", "h264_mkv", "h264_ts", "one_key", "ten_bit", "mpeg2"])
def test_a_burst_has_every_frame_of_its_time(name, tmp_path):
    kind = FORMATS[name]
    path = film(tmp_path / f"a{kind.ending}", Shot(seconds=3), encoding=kind.encoding)
    real_s = every_time_s(path)
    for times_s in look(path).burst_times_s:
        between_s = [at for at in real_s if times_s[0] - 1e-3 <= at <= times_s[-1] + 1e-3]
        assert times_s == pytest.approx(between_s, abs=1e-3)
        assert 0.49 < times_s[-1] - times_s[0] < 0.6


def test_bursts_of_fast_frames_are_thinned(tmp_path):
    path = film(tmp_path / "a.mp4", Shot(seconds=2), encoding=Encoding(frame_rate=Fraction(60)))
    for times_s in look(path).burst_times_s:
        assert np.diff(times_s) == pytest.approx(1 / 30, abs=2e-3)


def test_the_picture_at_a_time_is_the_one_that_was_filmed(tmp_path):
    shots = [Shot(seconds=0.5, seed=seed, still=True) for seed in range(8)]
    path = film(tmp_path / "a.mp4", *shots, encoding=ONE_KEY)
    truth = [next(pictures(shot)).astype(np.int16) for shot in shots]
    seen = look(path)
    for batch in seen.batches:
        for rgb, time_s in zip(batch.rgb, batch.times_s, strict=True):
            errors = [np.abs(rgb - picture).mean() for picture in truth]
            assert int(np.argmin(errors)) == int(time_s / 0.5 + 1e-6)


def test_colours_come_back_as_they_were_filmed(tmp_path):
    for name, encoding, tolerance in [
        ("limited.mp4", Encoding(options={"crf": "1", "preset": "veryfast"}), 4),
        ("full.avi", ALL_INTRA, 6),
    ]:
        shot = Shot(seconds=0.2, still=True, defocus_px=2)  # soft: chroma is stored at half size
        path = film(tmp_path / name, shot, encoding=encoding)
        rgb = look(path).batches[0].rgb[0]
        assert np.abs(rgb.astype(int) - next(pictures(shot))).mean() < tolerance


@pytest.mark.parametrize("turn_deg", [0, 90, 180, 270])
def test_frames_and_bursts_are_upright(turn_deg, tmp_path):
    shot = Shot(seconds=0.5, still=True, defocus_px=2)
    path = film(tmp_path / "a.mp4", shot, encoding=Encoding(rotation_deg=turn_deg))
    upright = np.rot90(next(pictures(shot)).astype(int), -turn_deg // 90)
    seen = look(path)
    rgb, luma = seen.batches[0].rgb[0], seen.bursts[0].luma[0]
    assert rgb.shape == upright.shape
    assert np.abs(rgb - upright).mean() < 8
    assert luma.shape == upright.shape[:2]
    assert np.abs(luma - grey(upright)).mean() < 5


def test_frames_are_scaled_down_and_never_up(tmp_path):
    path = film(tmp_path / "a.mp4", Shot(seconds=0.5, size_px=(960, 540)))
    assert look(path, long_side_px=320).batches[0].rgb.shape[1:] == (180, 320, 3)
    assert look(path, long_side_px=2000).batches[0].rgb.shape[1:] == (540, 960, 3)
    assert max(look(path).bursts[0].luma.shape[1:]) == BURST_WIDTH_PX


def test_an_interlaced_clip_is_judged_by_one_field(tmp_path):
    comb = Encoding(codec="mpeg2video", key_every=12, options={"b": "8M", "flags": "+ildct+ilme"})
    # Soft, so that nothing but the comb is fine detail.
    one, other = (next(pictures(Shot(seed=n, still=True, defocus_px=4))) for n in (1, 2))
    woven = one.copy()
    woven[1::2] = other[1::2]
    path = tmp_path / "a.mpg"
    write_clip(path, [woven] * 30, comb)
    media = clip_of(path).media
    assert media is not None
    assert media.interlaced
    luma = look(path).bursts[0].luma[0].astype(float)
    assert luma.shape == (90, 160)
    field, stray = (grey(picture)[::2].reshape(90, 160, 2).mean(axis=2) for picture in (one, other))
    assert np.abs(luma - field).mean() < 0.2 * np.abs(luma - stray).mean()


def grey(picture):
    """Luma by BT.601, as untagged small pictures are read."""
    return picture @ [0.299, 0.587, 0.114]


def test_a_clip_of_uneven_frames_keeps_their_times(tmp_path):
    times_s = [number / 30 + (number // 10) * 0.15 for number in range(60)]
    path = film(tmp_path / "a.mp4", Shot(seconds=2), times_s=times_s)
    for found_s in [look(path).looks_s, *look(path).burst_times_s]:
        assert all(min(abs(at - time_s) for at in times_s) < 1e-3 for time_s in found_s)


def test_batches_are_small(tmp_path):
    path = film(tmp_path / "a.avi", Shot(seconds=20, size_px=(64, 36)), encoding=ALL_INTRA)
    *full, last = [len(batch.times_s) for batch in look(path).batches]
    assert set(full) == {BATCH_FRAMES}
    assert 1 <= last <= BATCH_FRAMES
    assert sum(full) + last == 20


def test_memory_does_not_grow_with_length(tmp_path):
    def peak_bytes(seconds):
        path = film(tmp_path / f"{seconds}.mp4", Shot(seconds=seconds, size_px=(160, 90)))
        clip = clip_of(path)
        tracemalloc.start()
        for _ in ClipFrames().read(clip, Pass.FULL, 960, Event()):
            pass
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    peak_bytes(1)
    assert peak_bytes(40) < 1.5 * peak_bytes(10)


def test_closing_early_lets_go_of_the_file(tmp_path):
    path = film(tmp_path / "a.mp4", Shot(seconds=2), sound=tone(2))
    reading = ClipFrames().read(clip_of(path), Pass.FULL, 960, Event())
    next(reading)
    assert str(path) in open_files()
    reading.close()
    assert str(path) not in open_files()


def open_files() -> set[str]:
    return {str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()}


def test_cancel_ends_the_reading(tmp_path):
    path = film(tmp_path / "a.mp4", Shot(seconds=4))
    cancel = Event()
    whole = list(ClipFrames().read(clip_of(path), Pass.FULL, 960, cancel))
    reading = ClipFrames().read(clip_of(path), Pass.FULL, 960, cancel)
    next(reading)
    cancel.set()
    # What the decoder holds already may still come.
    assert len(list(reading)) <= 2 < len(whole) - 2


def test_of_a_cut_stream_what_is_there_is_seen_and_the_rest_is_damage(tmp_path):
    whole = film(tmp_path / "whole.ts", Shot(seconds=4))
    seen = look(cut(whole, tmp_path / "cut.ts", 0.6))
    assert 1.5 < max(seen.looks_s) < 3
    # An MP4 whose index comes first promises what is no longer there.
    first = film(tmp_path / "first.mp4", Shot(seconds=4), encoding=Encoding(faststart=True))
    seen = look(cut(first, tmp_path / "cut.mp4", 0.6))
    assert 1.0 <= max(seen.looks_s) < 3.5
    assert seen.damage


@given(seed=st.integers(0, 2**32))
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_bit_rot_costs_pictures_never_more(seed, tmp_path_factory):
    for name in ("h264", "mjpeg", "mpeg2", "h264_mkv", "ten_bit"):
        path = damage_somewhere(tmp_path_factory.mktemp("rot"), FORMATS[name], seed)
        try:
            seen = look(path)
        except ClipError as error:
            assert error.why in (Why.DAMAGED, Why.NOT_VIDEO)  # noqa: PT017  either way is fine
        else:
            assert seen.looks_s == sorted(seen.looks_s)


def test_a_clip_that_vanished_says_so(tmp_path):
    path = film(tmp_path / "a.mp4", Shot(seconds=0.2))
    clip = clip_of(path)
    path.unlink()
    with pytest.raises(ClipError) as caught:
        next(ClipFrames().read(clip, Pass.COARSE, 960, Event()))
    assert caught.value.why is Why.MISSING


def test_ffmpeg_says_nothing_on_standard_error(tmp_path, capfd):
    look(damage_somewhere(tmp_path, FORMATS["h264"], 1))
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("name", ["h264", "ten_bit", "mjpeg", "prores"])
@pytest.mark.parametrize("spoilt", [False, True])
def test_runs_side_by_side_give_what_one_after_the_other_gives(name, spoilt, tmp_path, monkeypatch):
    kind = FORMATS[name]
    shot = Shot(seconds=9, size_px=(160, 90), shake_px=2)
    path = film(tmp_path / f"a{kind.ending}", shot, encoding=kind.encoding)
    if spoilt:
        path = flip_bits(path, tmp_path / f"rot{kind.ending}", every_bytes=3000, seed=5)
    lanes = counted_lanes(monkeypatch)
    seen = []
    for threads in (1, 4):
        monkeypatch.setattr(frames, "THREADS", threads)
        seen.append(look(path))
    alone, together = seen
    assert lanes == ([1, 2, 1] if alone.damage else [1, 2]), "damage is read again on one thread"
    assert together.damage == alone.damage
    assert together.looks_s == alone.looks_s
    assert together.burst_times_s == alone.burst_times_s
    if spoilt and not alone.damage:
        return  # its decoder keeps it to itself, and fills holes with what it decoded before
    for one, other in zip(alone.batches, together.batches, strict=True):
        assert np.array_equal(one.rgb, other.rgb)
    for one, other in zip(alone.bursts, together.bursts, strict=True):
        assert np.array_equal(one.luma, other.luma)


def test_a_clip_that_changes_its_size_on_the_way_is_seen_whole(tmp_path):
    small = Shot(seconds=2, size_px=(160, 90))
    seen = look(resized(tmp_path / "a.avi", Shot(seconds=2), small))
    assert len(seen.looks_s) == 4
    assert {batch.rgb.shape[1:3] for batch in seen.batches} == {(180, 320), (90, 160)}
    assert {burst.luma.shape[1:] for burst in seen.bursts} == {(180, 320), (90, 160)}


def counted_lanes(monkeypatch) -> list[int]:
    """On how many lanes each clip is read from here on."""
    counts: list[int] = []

    def counting(pieces, lanes):
        counts.append(len(lanes))
        return in_parallel(pieces, lanes)

    monkeypatch.setattr(frames, "in_parallel", counting)
    return counts


def test_leaving_early_lets_go_of_the_file_in_every_lane(tmp_path, monkeypatch):
    monkeypatch.setattr(frames, "_LANES", 2)
    lanes = counted_lanes(monkeypatch)
    path = film(tmp_path / "a.mp4", Shot(seconds=9, size_px=(160, 90)))
    reading = ClipFrames().read(clip_of(path), Pass.FULL, 960, Event())
    next(reading)
    assert (str(path) in open_files(), lanes) == (True, [2])
    reading.close()
    assert str(path) not in open_files()
