"""A program with a home of its own, and a folder of clips with known faults."""

import os
import sqlite3
import time

import pytest

from footage_sorter.domain.report import Pass
from tests.helpers.clips import ONE_KEY, Encoding, Shot, cut, film, tone, without_index
from tests.helpers.command import Program

SIZE = (480, 270)
CLASSICAL = ("--device", "none")


def overwrite_but_keep_the_stamp(path):
    """Make the file unreadable without the library noticing: whoever reads it again fails."""
    before = path.stat()
    path.write_bytes(b"\0" * before.st_size)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def one_sentence(ended):
    """Trouble ends in one sentence on standard error and no traceback."""
    assert "Traceback" not in ended.err
    lines = [line for line in ended.err.splitlines() if line.startswith("footage-sorter: ")]
    assert len(lines) == 1, ended.err
    return lines[0]


def rated_so_far(library, looked=Pass.COARSE):
    """How many clips have a report on disk, at least as close as `looked`."""
    if not library.exists():
        return 0
    db = sqlite3.connect(f"file:{library}?mode=ro", uri=True)
    try:
        return db.execute("SELECT count(*) FROM reports WHERE looked >= ?", (looked,)).fetchone()[0]
    except sqlite3.OperationalError:
        return 0
    finally:
        db.close()


def wait_for_reports(program, process, least, looked=Pass.COARSE):
    deadline = time.monotonic() + 150
    while rated_so_far(program.library, looked) < least:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)  # another process works; there is no signal to wait for


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


@pytest.fixture
def long_shoot(tmp_path):
    """Many clips, so that a run can be met in its middle."""
    folder = tmp_path / "long"
    folder.mkdir()
    film(folder / "clip00.mp4", Shot(seconds=6, size_px=(640, 360)))
    data = (folder / "clip00.mp4").read_bytes()
    for number in range(1, 24):
        # A box that players pass over makes each file content of its own.
        box = (16).to_bytes(4, "big") + b"free" + number.to_bytes(8, "big")
        (folder / f"clip{number:02}.mp4").write_bytes(data + box)
    return folder
