"""A program with a home of its own, and a folder of clips with known faults."""

import pytest

from tests.helpers.clips import ONE_KEY, Encoding, Shot, cut, film, tone, without_index
from tests.helpers.command import Program

SIZE = (480, 270)


@pytest.fixture
def program(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    return Program(home)


@pytest.fixture(scope="session")
def shoot(tmp_path_factory):
    """Eleven files: seven good or faulty clips, four that cannot be read."""
    folder = tmp_path_factory.mktemp("shoot")
    film(folder / "sharp.mp4", Shot(seconds=4, size_px=SIZE), sound=tone(4))
    film(folder / "soft.mp4", Shot(seconds=4, size_px=SIZE, defocus_px=8))
    film(folder / "bright.mp4", Shot(seconds=3, size_px=SIZE, gain=12))
    film(folder / "dim.mp4", Shot(seconds=3, size_px=SIZE, gain=0.01))
    film(folder / "shaky.mp4", Shot(seconds=4, size_px=SIZE, shake_px=9))
    (folder / "day 2").mkdir()
    film(folder / "day 2" / "turned.mp4", Shot(size_px=SIZE), encoding=Encoding(rotation_deg=90))
    film(folder / "day 2" / "one_key.mp4", Shot(size_px=SIZE), encoding=ONE_KEY)
    without_index(folder / "sharp.mp4", folder / "no_index.mp4")
    (folder / "empty.mp4").write_bytes(b"")
    (folder / "text.mov").write_text("This is not a film.")
    (folder / "notes.txt").write_text("Not a clip, and not listed.")
    cut(folder / "sharp.mp4", folder / "half.mp4", 0.3)
    return folder


UNREADABLE = {"no_index.mp4", "empty.mp4", "text.mov", "half.mp4"}
