"""Files on drives and systems of other kinds: coarse clocks, trashes, links."""

import errno
import os
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.filing import Deed, Obstacle, State
from footage_sorter.services import transfer, trash
from footage_sorter.services.file_plan import FileRequest, plan_files
from footage_sorter.services.transfer import stamp_of
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.journal import Journal
from tests.helpers.filing import Bench


@pytest.fixture
def bench(tmp_path):
    library = tmp_path / "library.sqlite"
    with closing(ClipStore(library)) as store, closing(Journal(library)) as journal:
        yield Bench(tmp_path, store, journal)


def test_a_link_of_windows_is_known_again(bench, monkeypatch):
    row = bench.clip("a.mp4")
    bench.run([row], Deed.LINK)
    read = Path.readlink
    monkeypatch.setattr(Path, "readlink", lambda link: Path(f"\\\\?\\{read(link)}"))
    bench.undo()
    assert not (bench.out / "a.mp4").is_symlink()


def round_the_time(path):
    """As a memory card keeps it."""
    two_s = 2_000_000_000
    rounded = path.stat().st_mtime_ns // two_s * two_s
    os.utime(path, ns=(rounded, rounded))


def test_a_copy_on_a_drive_that_rounds_times_is_known_again_and_goes(bench, monkeypatch):
    row = bench.clip("a.mp4")
    os.utime(row.clip.path, ns=(1, 5_999_999_999))
    row = replace(row, clip=replace(row.clip, stamp=stamp_of(row.clip.path)))
    bench.run([row], Deed.COPY)
    round_the_time(bench.out / "a.mp4")
    assert not plan_files([row], FileRequest(Deed.COPY, bench.out)).steps
    monkeypatch.setattr(trash, "send2trash", Path.unlink)
    (step,) = bench.undo()
    assert step.state is State.UNDONE


@pytest.mark.parametrize("far", [False, True])
def test_a_move_to_a_drive_that_rounds_times_comes_back(bench, monkeypatch, far):
    row = bench.clip("a.mp4")
    os.utime(row.clip.path, ns=(1, 5_999_999_999))
    row = replace(row, clip=replace(row.clip, stamp=stamp_of(row.clip.path)))
    bench.run([row], Deed.MOVE)
    round_the_time(bench.out / "a.mp4")
    if far:
        other_drive(monkeypatch)
    (step,) = bench.undo()
    assert step.state is State.UNDONE
    assert bench.files() == {"a.mp4": b"picture"}


def other_drive(monkeypatch):
    """Let every file lie on another drive than any folder."""
    lstat = Path.lstat

    def moved(path):
        found = lstat(path)
        return os.stat_result(
            [*found[:2], found.st_dev + 1, *found[3:]], {"st_mtime_ns": found.st_mtime_ns}
        )

    monkeypatch.setattr(Path, "lstat", moved)


def test_a_file_that_changes_while_it_is_moved_to_another_drive_stays(bench, monkeypatch):
    row = bench.clip("a.mp4")
    other_drive(monkeypatch)
    compare = transfer._compare

    def changing(*args):
        compare(*args)
        os.utime(row.clip.path, ns=(1, row.clip.stamp.mtime_ns + 1))

    monkeypatch.setattr(transfer, "_compare", changing)
    (step,) = bench.run([row], Deed.MOVE)
    assert (step.state, step.obstacle) == (State.FAILED, Obstacle.CHANGED)
    assert row.clip.path.read_bytes() == b"picture"


def test_the_trash_gives_back(bench, monkeypatch):
    bin_ = bench.shoot.parent / "Trash" / "files"

    def put(path):  # stands in for the system's trash, which a test must not fill
        bin_.mkdir(parents=True, exist_ok=True)
        path.rename(bin_ / path.name)

    monkeypatch.setattr(trash, "send2trash", put)
    monkeypatch.setenv("XDG_DATA_HOME", str(bench.shoot.parent))
    row = bench.clip("a.mp4", decision=Decision(mark=Mark.REJECT))
    (step,) = bench.run([row], Deed.TRASH)
    assert step.target == bin_ / "a.mp4"
    assert bench.files() == {}
    bench.undo()
    assert bench.files() == {"a.mp4": b"picture"}


def test_a_trash_that_may_not_be_looked_into_is_no_failure(bench, monkeypatch):
    bin_ = bench.shoot.parent / "Trash" / "files"
    bin_.mkdir(parents=True)

    def closed(folder):  # as macOS answers a program without full access to the disk
        raise PermissionError(errno.EPERM, "Operation not permitted", str(folder))

    monkeypatch.setattr(trash, "send2trash", lambda path: path.rename(bin_ / path.name))
    monkeypatch.setenv("XDG_DATA_HOME", str(bench.shoot.parent))
    row = bench.clip("a.mp4", decision=Decision(mark=Mark.REJECT))
    monkeypatch.setattr(Path, "iterdir", closed)
    (step,) = bench.run([row], Deed.TRASH)
    assert (step.state, step.target) == (State.DONE, None)
    (step,) = bench.undo()
    assert (step.state, step.obstacle) == (State.DONE, Obstacle.NO_TRASH)


REAL_TRASH = """
import sys
from pathlib import Path
from footage_sorter.services import trash
from footage_sorter.services.transfer import stamp_of
for name in sys.argv[1:]:
    path = Path(name)
    lies = trash.send(path, stamp_of(path))
    assert lies.read_bytes() == path.parent.name.encode(), lies
    assert not path.exists()
    notes = lies.parent.parent / "info"
    assert len(list(notes.iterdir())) == len(list(lies.parent.iterdir()))
    if name == sys.argv[-1]:
        trash.forget(lies)
        assert len(list(notes.iterdir())) == len(list(lies.parent.iterdir())) - 1
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the freedesktop trash")
def test_the_real_trash_is_searched(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    paths = []
    for folder in ("one", "two"):
        path = tmp_path / folder / "clip \udcff.mp4"
        path.parent.mkdir()
        path.write_bytes(folder.encode())
        paths.append(os.fsencode(path))
    environment = os.environ | {"HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    subprocess.run([sys.executable, "-c", REAL_TRASH, *paths], env=environment, check=True)
