"""The demo: made whole, kept, and never over a person's files."""

from fractions import Fraction

import pytest

from footage_sorter.domain.errors import ClipError, OutputFailed, Why
from footage_sorter.media import demo
from footage_sorter.media.demo import make_demo
from footage_sorter.media.encode import Encoding, write_clip
from footage_sorter.media.probe import probe
from tests.helpers.clips import Shot, film, pictures

NAMES = ["sharp", "defocused", "motion_blurred", "bright", "dim", "shaky", "partly_blurred"]


@pytest.fixture(autouse=True)
def short(monkeypatch):
    """A few frames of each clip: the whole demo takes seconds."""
    monkeypatch.setattr(demo, "_RATE", Fraction(2))


def test_the_demo_has_every_fault_and_one_broken_file(tmp_path):
    clips = make_demo(tmp_path / "demo")
    assert [clip.stem for clip in clips] == [*NAMES, "broken"]
    assert sorted(clips) == sorted((tmp_path / "demo").iterdir())
    for clip in clips[:-1]:
        media = probe(clip)
        assert media.size_px == demo.SIZE_PX
        assert media.sound is not None
    with pytest.raises(ClipError) as caught:
        probe(clips[-1])
    assert caught.value.why is Why.NO_INDEX


def test_a_demo_that_is_there_is_kept(tmp_path):
    kept = tmp_path / "sharp.mp4"
    film(kept, Shot(seconds=1))
    before = kept.read_bytes()
    make_demo(tmp_path)
    assert kept.read_bytes() == before


def test_a_demo_that_was_killed_is_completed(tmp_path):
    (tmp_path / ".sharp.mp4").write_bytes(b"half a clip")
    assert probe(make_demo(tmp_path)[0]).size_px == demo.SIZE_PX


def test_a_folder_that_cannot_be_made_says_so(tmp_path):
    (tmp_path / "demo").write_text("a file")
    with pytest.raises(OutputFailed):
        make_demo(tmp_path / "demo")


def test_a_clip_is_never_written_over_a_file(tmp_path):
    path = tmp_path / "a.mp4"
    path.write_text("precious")
    with pytest.raises(OutputFailed):
        write_clip(path, pictures(Shot(seconds=0.1)), Encoding())
    assert path.read_text() == "precious"
