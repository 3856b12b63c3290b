"""A kill at any point of a move leaves every file in one place, whole, and the journal able to go
on or back."""

import json
import os
import tempfile
from pathlib import Path

import pytest

from tests.helpers.command import run_python

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="kills are planted in forked processes"
)

# Each child goes on with the operation and ends itself, without cleaning up, right before its
# n-th touch of the file system (Python's audit events tell them all). n runs through a cycle, so
# that over 200 files every point of a step is hit many times. After each death the parent looks.
KILLER = """
import json, os, random, signal, sys, time
from contextlib import closing
from pathlib import Path
from threading import Event
from footage_sorter.domain.clip import ContentId
from footage_sorter.domain.filing import Deed
from footage_sorter.domain.row import ClipRow
from footage_sorter.services.file_plan import FileRequest, plan_files
from footage_sorter.services.files import resume, take_back
from footage_sorter.services.transfer import stamp_of
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.journal import Journal

shoot, out, library, deed, count, work = sys.argv[1:]
shoot, out, library, count = Path(shoot), Path(out), Path(library), int(count)
TOUCHES = {"open", "os.rename", "os.remove", "os.mkdir", "os.link", "os.symlink", "os.utime"}
go = {"resume": resume, "take_back": take_back}.get(work)
deed = Deed(deed)
with closing(ClipStore(library)) as store, closing(Journal(library)) as journal:
    rows = []
    for number in range(count):
        path = shoot / f"{number:03}.mp4"
        path.write_bytes(b"%03d" % number * (number + 1))
        clip = store.put_found(path, stamp_of(path))
        rows.append(ClipRow(store.put_read(clip, ContentId(path.name), None)))
    stamps = {row.clip.path.name: row.clip.stamp for row in rows}
    operation = journal.begin(plan_files(rows, FileRequest(deed, out)))
    if work == "take_back":
        list(resume(operation, journal, Event()))


def child(dies_at):
    seen = 0
    def hook(event, args):
        nonlocal seen
        if event in TOUCHES:
            seen += 1
            if seen == dies_at:
                os._exit(9)
    with closing(Journal(library)) as journal:
        (operation,) = journal.operations()
        sys.addaudithook(hook)
        for step in go(operation, journal, Event()):
            pass
    os._exit(0)


def look():
    places = {}
    for folder in (shoot, out):
        for path in folder.iterdir():
            if path.suffix == ".mp4" and path.stat().st_size:
                places.setdefault(path.name, []).append(path)
    for number in range(count):
        name = f"{number:03}.mp4"
        data = b"%03d" % number * (number + 1)
        found = places.get(name, [])
        assert found, name + " is nowhere"
        assert all(path.read_bytes() == data for path in found), name + " is not whole"
        yield len(found)


def killed_from_outside():
    # At any moment, also inside a call of the system or of SQLite.
    chance, deaths = random.Random(1), 0
    while True:
        pid = os.fork()
        if pid == 0:
            child(0)
        time.sleep(chance.expovariate(20))
        os.kill(pid, signal.SIGKILL)  # one that has ended by itself feels nothing
        ended = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        yield max(look())
        if ended == 0:
            return
        assert ended == -signal.SIGKILL, ended
        deaths += 1
        assert deaths < 20 * count, "it never gets on"


if work == "random":
    go = resume
    places = list(killed_from_outside())
    assert {path.name for path in out.iterdir()} == {f"{n:03}.mp4" for n in range(count)}
    assert not list(shoot.iterdir()), "something was left behind"
    print(json.dumps({"deaths": len(places) - 1, "most_places": max(places)}))
    sys.exit()
deaths = most = 0
while True:
    pid = os.fork()
    if pid == 0:
        child(deaths % 23 + 1)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    most = max(most, *look())
    if status == 0:
        break
    assert status == 9, status
    deaths += 1
    assert deaths < 100 * count, "it never gets on"
copies = 2 if (deed, work) == ("copy", "resume") else 1
left = [*shoot.iterdir(), *out.iterdir()]
assert len(left) == count * copies, "something was left behind"
with closing(ClipStore(library)) as store:
    home = {"resume": out, "take_back": shoot}[work]
    if deed == "move":
        assert {clip.path for clip in store.clips_below([Path("/")])} == set(home.iterdir())
        assert all(stamp_of(path) == stamps[path.name] for path in home.iterdir())
print(json.dumps({"deaths": deaths, "most_places": most}))
"""


def run(shoot, out, deed, count, work="resume"):
    for folder in (shoot, out):
        folder.mkdir(exist_ok=True)
    library = shoot.parent / "library.sqlite"
    ended = run_python(KILLER, shoot, out, library, deed, str(count), work)
    assert ended.status == 0, ended.err
    return json.loads(ended.out)


def test_a_move_of_200_files_killed_at_every_point(tmp_path):
    told = run(tmp_path / "shoot", tmp_path / "out", "move", 200)
    assert told["deaths"] > 100
    assert told["most_places"] == 1, "on one drive a file is never in two places"


def test_a_move_of_200_files_killed_from_outside_at_random_moments(tmp_path):
    told = run(tmp_path / "shoot", tmp_path / "out", "move", 200, "random")
    assert told["deaths"] > 5
    assert told["most_places"] == 1


def test_taking_a_move_back_killed_at_every_point(tmp_path):
    told = run(tmp_path / "shoot", tmp_path / "out", "move", 20, "take_back")
    assert told["deaths"] > 10
    assert told["most_places"] == 1


def test_a_copy_killed_at_every_point(tmp_path):
    assert run(tmp_path / "shoot", tmp_path / "out", "copy", 20)["deaths"] > 10


@pytest.mark.parametrize("work", ["resume", "take_back"])
def test_a_move_to_another_drive_killed_at_every_point(tmp_path, work):
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second drive")
    with tempfile.TemporaryDirectory(dir=memory) as other:
        told = run(tmp_path / "shoot", Path(other) / "out", "move", 20, work)
    assert told["deaths"] > 10
    assert told["most_places"] == 2, "the copy is whole before the first file goes"
