"""Thumbnails, strips and stills: the right picture, upright, made once."""

from concurrent.futures import ThreadPoolExecutor

import av
import numpy as np
import pytest

from footage_sorter.domain.errors import ClipError, OutputFailed, Why
from footage_sorter.media import thumbnails
from footage_sorter.media.jpeg import encode_jpeg
from footage_sorter.media.stills import frame_at
from footage_sorter.media.thumbnails import STRIP_FRAMES, Thumbnails
from tests.helpers.clips import ONE_KEY, Encoding, Shot, cut, film, pictures, resized
from tests.helpers.reading import clip_of


def jpeg(path):
    with av.open(str(path)) as file:
        return next(file.decode(video=0)).to_ndarray(format="rgb24").astype(np.int16)


def scenes(n, seconds=1.0):
    """Takes of different scenes, soft so that JPEG keeps them."""
    return [Shot(seconds=seconds, seed=seed, still=True, defocus_px=2) for seed in range(n)]


def nearest(picture, shots):
    """Which of `shots` is the one in `picture`."""
    height, width = picture.shape[:2]
    errors = [
        np.abs(next(pictures(shot))[:height, :width].astype(np.int16) - picture).mean()
        for shot in shots
    ]
    return int(np.argmin(errors))


def test_the_picture_is_from_a_third_on(tmp_path):
    shots = scenes(6)
    clip = clip_of(film(tmp_path / "a.mp4", *shots))
    picture = jpeg(Thumbnails(tmp_path / "cache").picture(clip))
    assert picture.shape == (180, 320, 3)
    assert nearest(picture, shots) == 2


def test_a_black_frame_is_no_thumbnail(tmp_path):
    clip = clip_of(film(tmp_path / "a.mp4", Shot(seconds=2, gain=0), Shot(seconds=3)))
    assert jpeg(Thumbnails(tmp_path / "cache").picture(clip)).mean() > 50


def test_a_clip_whose_decoder_came_to_a_halt_is_tried_once(tmp_path):
    tried = []

    def stalled(clip, times_s, max_px, *, exact):
        tried.append(times_s)
        raise ClipError(clip.path, Why.STALLED)

    clip = clip_of(film(tmp_path / "a.mp4", Shot(seconds=0.5, size_px=(64, 36))))
    with pytest.raises(ClipError):
        Thumbnails(tmp_path / "cache", stalled).picture(clip)
    assert len(tried) == 1


def test_a_black_clip_has_a_black_thumbnail(tmp_path):
    clip = clip_of(film(tmp_path / "a.mp4", Shot(gain=0)))
    assert jpeg(Thumbnails(tmp_path / "cache").picture(clip)).mean() < 8


def test_a_strip_shows_the_clip_from_start_to_end(tmp_path):
    shots = scenes(STRIP_FRAMES)
    for encoding in (Encoding(), ONE_KEY):
        clip = clip_of(film(tmp_path / f"{encoding.key_every}.mp4", *shots, encoding=encoding))
        strip = jpeg(Thumbnails(tmp_path / "cache").strip(clip))
        assert strip.shape == (135, 240 * STRIP_FRAMES, 3)
        tiles = np.split(strip, STRIP_FRAMES, axis=1)
        small = [np.asarray(frame_at(clip, at + 0.5, 240), np.int16) for at in range(12)]
        assert [
            int(np.argmin([np.abs(tile - one).mean() for one in small])) for tile in tiles
        ] == list(range(STRIP_FRAMES))


def test_a_strip_of_a_clip_that_changes_its_size_has_one_size(tmp_path):
    small = Shot(seconds=2, size_px=(160, 90))
    clip = clip_of(resized(tmp_path / "a.avi", Shot(seconds=2), small))
    assert jpeg(Thumbnails(tmp_path / "cache").strip(clip)).shape == (135, 240 * STRIP_FRAMES, 3)


def test_pictures_are_upright_and_in_true_shape(tmp_path):
    clip = clip_of(film(tmp_path / "a.mp4", *scenes(1), encoding=Encoding(rotation_deg=90)))
    picture = jpeg(Thumbnails(tmp_path / "cache").picture(clip))
    upright = np.rot90(next(pictures(scenes(1)[0])), -1)
    assert np.abs(picture - upright).mean() < 6


def test_a_picture_is_made_once_and_found_after_a_rename(tmp_path, monkeypatch):
    path = film(tmp_path / "a.mp4")
    cache = Thumbnails(tmp_path / "cache")
    clip = clip_of(path)
    assert cache.cached_picture(clip) is None
    first = cache.picture(clip)
    moved = clip_of(path.rename(tmp_path / "b.mp4"))
    monkeypatch.setattr(thumbnails, "frames_at", None)  # a second decoding would fail
    assert cache.cached_picture(moved) == cache.picture(moved) == first


@pytest.mark.parametrize("damage", [b"", b"\xff", b"not a picture at all", b"\xff\xd8 cut"])
def test_a_damaged_picture_is_made_anew(damage, tmp_path):
    clip = clip_of(film(tmp_path / "a.mp4"))
    cache = Thumbnails(tmp_path / "cache")
    cache.picture(clip).write_bytes(damage)
    assert cache.cached_picture(clip) is None
    assert jpeg(cache.picture(clip)).mean() > 50


def test_many_threads_make_one_whole_picture(tmp_path):
    clip = clip_of(film(tmp_path / "a.mp4", Shot(seconds=0.5)))
    cache = Thumbnails(tmp_path / "cache")
    with ThreadPoolExecutor(6) as pool:
        paths = set(pool.map(cache.picture, [clip] * 12))
    (path,) = paths
    assert jpeg(path).shape == (180, 320, 3)
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_clip_that_cannot_be_read_has_a_reason(tmp_path):
    clip = clip_of(film(tmp_path / "a.mp4"))
    clip.path.unlink()
    with pytest.raises(ClipError) as caught:
        Thumbnails(tmp_path / "cache").picture(clip)
    assert caught.value.why is Why.MISSING


def test_a_cache_that_cannot_be_written_says_so(tmp_path):
    clip = clip_of(film(tmp_path / "a.mp4"))
    (tmp_path / "cache").write_text("a file, no folder")
    with pytest.raises(OutputFailed):
        Thumbnails(tmp_path / "cache").picture(clip)


@pytest.mark.parametrize("encoding", [Encoding(), ONE_KEY])
def test_the_frame_at_a_time_is_the_nearest(encoding, tmp_path):
    shots = scenes(6, seconds=0.5)
    clip = clip_of(film(tmp_path / "a.mp4", *shots, encoding=encoding))
    for time_s in (0.0, 0.48, 0.49, 0.51, 1.7, 2.99, 10.0):
        shown = int((time_s + 1 / 60) / 0.5)  # half a frame early, the next one is nearer
        assert nearest(frame_at(clip, time_s, 960), shots) == min(5, shown), time_s


def test_a_cut_clip_still_has_a_picture(tmp_path):
    whole = film(tmp_path / "a.mp4", Shot(seconds=4), encoding=Encoding(faststart=True))
    clip = clip_of(cut(whole, tmp_path / "b.mp4", 0.3))
    assert jpeg(Thumbnails(tmp_path / "cache").picture(clip)).mean() > 50


def test_a_jpeg_keeps_its_picture(tmp_path):
    picture = next(pictures(Shot(defocus_px=2, still=True)))
    path = tmp_path / "a.jpg"
    path.write_bytes(encode_jpeg(picture))
    assert path.stat().st_size < picture.size / 8
    assert np.abs(jpeg(path) - picture).mean() < 4
