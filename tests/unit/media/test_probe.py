"""Probing: what a file is, and why one cannot be used."""

import os
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from footage_sorter.domain.clip import Colour, Sound, Transfer
from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.media.encode import write_clip
from footage_sorter.media.probe import content_id, probe
from tests.helpers.clips import (
    ALL_INTRA,
    FORMATS,
    Encoding,
    Shot,
    cut,
    film,
    tone,
    without_index,
)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_its_length_rate_and_size(name, tmp_path):
    kind = FORMATS[name]
    clip = film(
        tmp_path / f"a{kind.ending}",
        Shot(seconds=1, size_px=kind.size_px),
        encoding=kind.encoding,
    )
    media = probe(clip)
    rate = kind.encoding.frame_rate
    assert media.duration_s == pytest.approx(round(rate) / rate, abs=0.04)
    assert media.frame_rate == rate
    assert media.size_px == kind.size_px
    assert media.pixel_format == kind.encoding.pixel_format
    assert not media.variable_rate
    assert media.sound is None
    assert media.colour == Colour(full_range=name == "mjpeg")


@pytest.mark.parametrize(
    ("turn_deg", "size_px"), [(90, (180, 320)), (180, (320, 180)), (270, (180, 320))]
)
def test_rotation_is_told_clockwise(turn_deg, size_px, tmp_path):
    clip = film(tmp_path / "a.mp4", Shot(seconds=0.2), encoding=Encoding(rotation_deg=turn_deg))
    media = probe(clip)
    assert (media.rotation_deg, media.size_px) == (turn_deg, size_px)


def test_uneven_frames_are_a_variable_rate(tmp_path):
    times_s = [number / 30 + (number // 5) * 0.2 for number in range(30)]
    media = probe(film(tmp_path / "a.mp4", Shot(seconds=1), times_s=times_s))
    assert media.variable_rate
    assert media.frame_rate == 30


def test_tags_tell_camera_time_and_timecode(tmp_path):
    tags = {
        "com.apple.quicktime.make": "Apple",
        "com.apple.quicktime.model": "iPhone 15",
        "creation_time": "2024-05-01T10:00:00Z",
        "timecode": "01:02:03:04",
    }
    media = probe(film(tmp_path / "a.mov", Shot(seconds=0.2), encoding=Encoding(metadata=tags)))
    assert media.camera == "Apple iPhone 15"
    assert media.recorded_at == datetime(2024, 5, 1, 10, tzinfo=UTC)
    assert media.start_timecode == "01:02:03:04"


def test_an_unset_camera_clock_is_no_date(tmp_path):
    tags = {"creation_time": "1970-01-01T00:00:00Z"}
    clip = film(tmp_path / "a.mov", Shot(seconds=0.2), encoding=Encoding(metadata=tags))
    assert probe(clip).recorded_at is None


def test_a_named_camera_curve_is_log_and_a_title_is_not(tmp_path):
    def transfer(name, tags):
        clip = film(tmp_path / name, Shot(seconds=0.2), encoding=Encoding(metadata=tags))
        return probe(clip).colour.transfer

    assert transfer("a.mov", {"gamma": "S-Log3"}) is Transfer.LOG
    assert transfer("b.mov", {"title": "My S-Log3 test", "gamma": "vlog"}) is Transfer.SDR


def test_sound_is_told(tmp_path):
    media = probe(film(tmp_path / "a.mp4", Shot(seconds=0.5), sound=tone(0.5, channels=2)))
    assert media.sound == Sound("aac", 48_000, 2)


@pytest.mark.parametrize(
    "name", [b"new\nline.mp4", b"no\xffutf8.mp4", b"a:b%d\\\"'.mp4", b"-x.mp4"]
)
def test_any_name_that_a_file_system_allows_opens(name, tmp_path):
    clip = film(tmp_path / os.fsdecode(name), Shot(seconds=0.2))
    assert probe(clip).duration_s == pytest.approx(0.2)
    assert content_id(clip)


def test_a_name_that_looks_like_an_address_opens(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert probe(film(Path("http:a.mp4"), Shot(seconds=0.2))).duration_s == pytest.approx(0.2)


def test_each_unusable_file_says_why(tmp_path):
    whole = film(tmp_path / "whole.mp4", Shot(seconds=1), sound=tone(1))
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "text.mp4").write_text("This is no clip.\n" * 100)
    (tmp_path / "random.mov").write_bytes(bytes(range(7, 256, 3)) * 500)
    (tmp_path / "folder.mp4").mkdir()
    mkv = film(tmp_path / "whole.mkv", Shot(seconds=1))
    cases = {
        tmp_path / "gone.mp4": Why.MISSING,
        tmp_path / "empty.mp4": Why.EMPTY,
        tmp_path / "text.mp4": Why.NOT_VIDEO,
        tmp_path / "random.mov": Why.NOT_VIDEO,
        tmp_path / "folder.mp4": Why.UNREADABLE,
        without_index(whole, tmp_path / "no_index.mp4"): Why.NO_INDEX,
        cut(whole, tmp_path / "cut.mp4", 0.5): Why.NO_INDEX,
        cut(mkv, tmp_path / "stub.mkv", 0.003): Why.DAMAGED,
        _sound_only(tmp_path / "sound.mp4"): Why.NO_PICTURE,
        _undecodable(whole, tmp_path / "noise.mp4"): Why.DAMAGED,
    }
    found = {path.name: _why(path) for path in cases}
    assert found == {path.name: why for path, why in cases.items()}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_forbidden(tmp_path):
    clip = film(tmp_path / "a.mp4", Shot(seconds=0.2))
    clip.chmod(0)
    assert _why(clip) is Why.FORBIDDEN


def test_a_playlist_opens_no_other_file(tmp_path):
    film(tmp_path / "secret.ts", Shot(seconds=0.5))
    playlist = tmp_path / "list.mp4"
    playlist.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:0.5,\nsecret.ts\n")
    assert _why(playlist) is Why.NOT_VIDEO
    playlist.write_text("ffconcat version 1.0\nfile secret.ts\n")
    assert _why(playlist) is Why.NOT_VIDEO


def test_content_survives_a_move_and_tells_two_takes_apart(tmp_path):
    first = film(tmp_path / "a.mp4", Shot(seconds=1))
    second = film(tmp_path / "b.mp4", Shot(seconds=1, seed=2))
    before = content_id(first)
    assert content_id(first.rename(tmp_path / "c.mp4")) == before
    assert content_id(second) != before


@pytest.mark.parametrize("place", [0, 500_000, -1])
def test_content_sees_head_middle_and_tail(place, tmp_path):
    data = bytearray(1_000_000)
    path = tmp_path / "a.bin"
    path.write_bytes(data)
    before = content_id(path)
    data[place] = 1
    path.write_bytes(data)
    assert content_id(path) != before


def test_a_short_file_has_content_too(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    assert len(content_id(tmp_path / "a")) == 32


@pytest.mark.parametrize("rate", [Fraction(24000, 1001), Fraction(1201, 50)])
def test_the_rate_is_exact(rate, tmp_path):
    """Also one that is near a standard rate, but is none: 24.02."""
    clip = film(tmp_path / "a.mov", Shot(seconds=1), encoding=Encoding(frame_rate=rate))
    assert probe(clip).frame_rate == rate


def _why(path: Path) -> Why:
    with pytest.raises(ClipError) as caught:
        probe(path)
    assert caught.value.path == path
    return caught.value.why


def _sound_only(path: Path) -> Path:
    write_clip(path, [], Encoding(), sound=tone(1))
    return path


def _undecodable(clip: Path, path: Path) -> Path:
    """`clip` with its index, and zeros for all that the index points at."""
    data = bytearray(clip.read_bytes())
    first, last = data.index(b"mdat") + 4, data.rindex(b"moov") - 4
    data[first:last] = bytes(last - first)
    path.write_bytes(data)
    return path


def test_a_length_of_years_is_not_believed(tmp_path):
    data = bytearray(film(tmp_path / "a.avi", Shot(seconds=1.5), encoding=ALL_INTRA).read_bytes())
    header = data.index(b"strh") + 8
    data[header + 32 : header + 36] = (2**31 - 1).to_bytes(4, "little")  # frames
    (tmp_path / "a.avi").write_bytes(data)
    assert probe(tmp_path / "a.avi").duration_s == pytest.approx(1.5, abs=0.05)
    data[header + 20 : header + 24] = (2**30).to_bytes(4, "little")  # and a frame takes years
    (tmp_path / "a.avi").write_bytes(data)
    assert _why(tmp_path / "a.avi") is Why.DAMAGED
