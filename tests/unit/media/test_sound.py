"""Sound: known tones in, known levels out; broken sound is never an error."""

from contextlib import closing
from itertools import pairwise
from threading import Event

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.media import sound
from footage_sorter.media.decoders import Decoders
from footage_sorter.media.sound import clipped_share, score_sound
from tests.helpers.clips import Encoding, Shot, clipped_tone, cut, film, flip_bits, silence, tone
from tests.helpers.reading import clip_of

SMALL = Shot(seconds=3, size_px=(64, 36))


def heard(path):
    return score_sound(clip_of(path), Event())


@pytest.mark.parametrize("level_dbfs", [-12.0, -30.0, -50.0])
def test_a_tone_is_as_loud_as_it_was_made(level_dbfs, tmp_path):
    scores = heard(film(tmp_path / "a.mp4", SMALL, sound=tone(3, level_dbfs)))
    assert len(scores) in (3, 4)  # AAC adds a little at the end
    for score in scores[:3]:
        assert score.loudness_dbfs == pytest.approx(level_dbfs, abs=1)
        assert score.clipped == 0
    assert scores[0].start_s == pytest.approx(0, abs=0.05)
    assert [b.start_s - a.end_s for a, b in pairwise(scores)] == (
        pytest.approx([0] * (len(scores) - 1), abs=0.03)
    )


def test_silence_is_far_below_any_room(tmp_path):
    assert all(
        s.loudness_dbfs < -90 for s in heard(film(tmp_path / "a.mp4", SMALL, sound=silence(3)))
    )


def test_a_wave_cut_flat_is_clipped(tmp_path):
    scores = heard(film(tmp_path / "a.mp4", SMALL, sound=clipped_tone(3)))
    assert all(score.clipped > 0.01 for score in scores[:3])


def test_the_louder_channel_counts(tmp_path):
    both = np.concatenate([tone(3, -20.0), silence(3)])
    scores = heard(film(tmp_path / "a.mp4", SMALL, sound=both))
    assert scores[1].loudness_dbfs == pytest.approx(-20, abs=1)


def test_sound_is_told_by_the_time_of_the_picture_beside_it(tmp_path):
    late_s = [1 + number / 30 for number in range(90)]
    voice = np.concatenate([silence(2), tone(2, -20.0)], axis=1)  # a second after the picture
    scores = heard(film(tmp_path / "a.mkv", SMALL, times_s=late_s, sound=voice))
    loud = next(score for score in scores if score.loudness_dbfs > -30)
    assert loud.start_s <= 1.05 < loud.end_s


def test_no_sound_is_none(tmp_path):
    assert heard(film(tmp_path / "a.mp4", SMALL)) is None


def test_broken_sound_gives_what_can_be_read(tmp_path):
    whole = film(tmp_path / "a.mp4", SMALL, encoding=Encoding(faststart=True), sound=tone(3, -20.0))
    for number, path in enumerate(
        [
            flip_bits(whole, tmp_path / "rot.mp4", every_bytes=50),
            cut(whole, tmp_path / "cut.mp4", 0.7),
        ]
    ):
        scores = score_sound(clip_of(path), Event())
        assert scores is None or len(scores) <= 4, number


def test_a_clip_that_vanished_has_no_sound(tmp_path):
    path = film(tmp_path / "a.mp4", SMALL, sound=tone(3))
    clip = clip_of(path)
    path.unlink()
    assert score_sound(clip, Event()) is None


def test_long_sound_is_heard_in_even_shares(tmp_path, monkeypatch):
    path = film(tmp_path / "a.mp4", Shot(seconds=30, size_px=(64, 36)), sound=tone(30, -20.0))
    monkeypatch.setattr(sound, "WHOLE_S", 10.0)
    scores = heard(path)
    assert len(scores) == 10
    starts_s = [score.start_s for score in scores]
    assert np.diff(starts_s) == pytest.approx(3.0, abs=0.1)
    assert all(score.loudness_dbfs == pytest.approx(-20, abs=1) for score in scores[1:])


def test_cancel_ends_the_listening(tmp_path):
    path = film(tmp_path / "a.mp4", SMALL, sound=tone(3))
    cancel = Event()
    cancel.set()
    assert score_sound(clip_of(path), cancel) is None


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0, -1.0]), max_size=40))
def test_only_runs_of_three_at_full_scale_are_clipped(values):
    expected = 0
    at = 0
    while at < len(values):
        end = at
        while end < len(values) and abs(values[end]) == 1.0:
            end += 1
        expected += end - at if end - at >= 3 else 0
        at = end + 1
    samples = np.array([values], np.float32)
    assert clipped_share(samples) * max(1, len(values)) == pytest.approx(expected)


def test_the_worst_channel_counts():
    clean, clipped = np.full(100, 0.5), np.repeat([0.5, 1.0], [80, 20])
    assert clipped_share(np.array([clean, clipped], np.float32)) == pytest.approx(0.2)


def eight_channels(path):
    """A picture and 7.1 sound: a tone in the sixth channel alone."""
    samples = np.zeros((3 * 48000, 8), np.float32)
    samples[:, 5] = tone(3, -20.0)[0]
    with av.open(str(path), "w") as file:
        picture = file.add_stream("mpeg4", rate=30)
        picture.width, picture.height, picture.pix_fmt = 64, 36, "yuv420p"
        voice = file.add_stream("pcm_f32le", rate=48000, layout="7.1")
        for number in range(90):
            frame = av.VideoFrame.from_ndarray(np.full((36, 64, 3), 90, np.uint8), "rgb24")
            frame.pts = number
            file.mux(picture.encode(frame))
        file.mux(picture.encode())
        for start in range(0, len(samples), 1024):
            block = np.ascontiguousarray(samples[start : start + 1024].reshape(1, -1))
            part = av.AudioFrame.from_ndarray(block, "flt", "7.1")
            part.sample_rate, part.pts = 48000, start
            file.mux(voice.encode(part))
        file.mux(voice.encode())
    return path


def test_eight_channels_are_heard(tmp_path):
    """In a process of its own: read plane by plane, they are a native fault."""
    clip = clip_of(eight_channels(tmp_path / "a.mov"))
    assert clip.media.sound.channels == 8
    with closing(Decoders()) as decoders:
        scores = decoders.score_sound(clip, Event())
    assert scores is not None
    assert [score.loudness_dbfs for score in scores] == pytest.approx([-20] * len(scores), abs=1)
