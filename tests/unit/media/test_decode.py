"""Runs: exactly their frames, whatever run came before, with and without jumping."""

from dataclasses import replace
from itertools import pairwise
from threading import Event

import av
import pytest

from footage_sorter.media import index
from footage_sorter.media.container import open_picture
from footage_sorter.media.decode import RunDecoder
from footage_sorter.media.index import read_index
from footage_sorter.media.plan import Run
from tests.helpers.clips import FORMATS, ONE_KEY, Encoding, Shot, film

MANY_KEYS = ["h264", "h264_mkv", "h264_ts", "mpeg2", "ten_bit", "mjpeg", "prores", "vp9"]


@pytest.fixture(params=MANY_KEYS)
def clip(request, tmp_path):
    kind = FORMATS[request.param]
    encoding = replace(kind.encoding, key_every=min(12, kind.encoding.key_every))
    return film(tmp_path / f"a{kind.ending}", Shot(seconds=2), encoding=encoding)


def times_of(path, choose):
    """Times of the frames of each run that `choose` makes from the key frames' times."""
    with open_picture(path) as (container, stream):
        index = read_index(path, container, stream, Event())
        decoder = RunDecoder(container, stream, index, Event())
        runs = choose(index.times_s)
        times_s = [[time_s for time_s, _ in decoder.frames(run)] for run in runs]
        assert decoder.take_damage() == []
    return index.times_s, times_s


def all_times_s(path):
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        start, frames = stream.start_time, list(container.decode(stream))
    return [float((frame.pts - start) * frame.time_base) for frame in frames]


def test_key_frames_are_found_where_they_are_shown(clip):
    keys_s, _ = times_of(clip, lambda _: [])
    assert all(a < b for a, b in pairwise(keys_s))
    assert all(min(abs(key_s - at) for at in all_times_s(clip)) < 2e-3 for key_s in keys_s)


def test_key_frames_that_are_not_in_order_are_left_out(tmp_path, monkeypatch):
    spoilt = [(0, 0), (100, 300), (200, 200), (300, 300), (400, 500)]
    monkeypatch.setattr(index, "_listed", lambda container, stream: spoilt)
    path = film(tmp_path / "a.mp4", Shot(seconds=0.5, size_px=(64, 36)))
    with open_picture(path) as (container, stream):
        found = read_index(path, container, stream, Event())
    assert found.ticks == (0, 100, 400)
    assert all(early < late for early, late in pairwise(found.times_s))


def test_lone_key_frames_come_one_by_one(clip):
    keys_s, found_s = times_of(
        clip, lambda keys_s: [Run(key, time_s) for key, time_s in enumerate(keys_s)]
    )
    assert [time_s for (time_s,) in found_s] == pytest.approx(list(keys_s), abs=2e-3)


def test_a_run_over_several_key_frames_has_every_frame(clip):
    keys_s, (found_s,) = times_of(clip, lambda _: [Run(1, 1.75)])
    wanted_s = [at for at in all_times_s(clip) if keys_s[1] - 1e-3 <= at < 1.75]
    assert found_s == pytest.approx(wanted_s, abs=2e-3)


@pytest.mark.parametrize("ending", [".mp4", ".mkv"])
def test_what_is_shown_before_its_key_frame_is_left_out(tmp_path, ending):
    x264 = "open-gop=1:bframes=3:b-adapt=0:scenecut=0"
    encoding = Encoding(key_every=12, options={"preset": "veryfast", "x264-params": x264})
    path = film(tmp_path / f"a{ending}", Shot(seconds=2), encoding=encoding)
    keys_s, (found_s,) = times_of(path, lambda _: [Run(2, 1.75)])
    assert len(keys_s) >= 4
    wanted_s = [at for at in all_times_s(path) if keys_s[2] - 1e-3 <= at < 1.75]
    assert found_s == pytest.approx(wanted_s, abs=2e-3)


def test_a_run_up_to_the_next_key_frame_leaves_it_to_the_next_run(clip):
    keys_s, found_s = times_of(
        clip,
        lambda keys_s: [
            Run(0, keys_s[1] - 0.01),
            Run(1, keys_s[2] - 0.01),
            Run(2, keys_s[2] + 0.2),
        ],
    )
    real_s = all_times_s(clip)
    assert [run_s[0] for run_s in found_s] == pytest.approx(keys_s[:3], abs=2e-3)
    # Open groups of pictures lose the frames that need both key frames.
    assert len(found_s[0]) >= sum(at < keys_s[1] - 0.01 for at in real_s) - 3
    assert found_s[2][-1] == pytest.approx(
        max(at for at in real_s if at < keys_s[2] + 0.2), abs=2e-3
    )


def test_cancel_ends_a_long_run_within_a_few_frames(tmp_path):
    path = film(tmp_path / "a.mp4", Shot(seconds=6), encoding=ONE_KEY)
    cancel = Event()
    with open_picture(path) as (container, stream):
        decoder = RunDecoder(
            container, stream, read_index(path, container, stream, Event()), cancel
        )
        n_frames = 0
        for _ in decoder.frames(Run(0, 6.0)):
            n_frames += 1
            cancel.set()
    assert n_frames < 60  # what the decoder held already
