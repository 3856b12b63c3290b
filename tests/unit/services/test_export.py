"""Sidecars of many clips: planned, written, each folder listed once."""

from pathlib import Path
from threading import Event

import pytest

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.errors import OutputFailed
from footage_sorter.domain.filing import Deed
from footage_sorter.domain.settings import RejectDialect
from footage_sorter.services.export import plan_sidecars, write_sidecars
from footage_sorter.services.file_plan import FileRequest, plan_files
from footage_sorter.services.handoff.sidecars import Folders, read_sidecar, write_sidecar
from tests.helpers.rows import rated

BOTH = RejectDialect.BOTH
KEEP = Decision(Mark.KEEP)
ANOTHERS = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
    b' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    b' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="Another"/></rdf:RDF></x:xmpmeta>'
)


@pytest.fixture
def rows(tmp_path):
    """Three kept clips: one without a sidecar, one with one, one whose sidecar is broken."""
    made = []
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.mp4").touch()
        made.append(rated(tmp_path / f"{name}.mp4", decision=KEEP))
    write_sidecar(rated(tmp_path / "b.mp4", decision=Decision(stars=2)), BOTH)
    (tmp_path / "c.xmp").write_bytes(b"<broken")
    return made


def test_what_would_be_written_is_told_and_nothing_touched(rows, tmp_path):
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    plan = plan_sidecars(rows, BOTH, Event())
    assert [path.name for path in plan.fresh] == ["a.xmp"]
    assert [path.name for path in plan.patched] == ["b.xmp"]
    assert [error.path.name for error in plan.trouble] == ["c.xmp"]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_one_that_fails_does_not_stop_the_others(rows, tmp_path):
    shares = []
    written = write_sidecars(rows, BOTH, Event(), shares.append)
    assert (written.files, len(written.trouble)) == (2, 1)
    assert shares == [pytest.approx(n / 3) for n in (1, 2, 3)]
    assert [read_sidecar(tmp_path / f"{name}.mp4").mark for name in "ab"] == [Mark.KEEP] * 2


def test_a_cancel_ends_both(rows):
    cancel = Event()
    cancel.set()
    assert plan_sidecars(rows, BOTH, cancel).fresh == ()
    assert write_sidecars(rows, BOTH, cancel, lambda _: None).files == 0


def test_a_folder_is_listed_once_however_many_clips_are_in_it(rows, tmp_path, monkeypatch):
    listed, listing = [], Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda path: listed.append(path) or listing(path))
    plan_sidecars(rows, BOTH, Event())
    write_sidecars(rows, BOTH, Event(), lambda _: None)
    assert listed == [tmp_path, tmp_path]


def test_what_another_program_wrote_since_the_folder_was_listed_stays(tmp_path):
    clip = tmp_path / "a.mp4"
    clip.touch()
    folders = Folders()
    folders.names(tmp_path)
    (tmp_path / "a.xmp").write_bytes(ANOTHERS)
    write_sidecar(rated(clip, decision=KEEP), BOTH, folders)
    assert b'CreatorTool="Another"' in (tmp_path / "a.xmp").read_bytes()


def test_a_drive_that_is_not_there_has_no_room(monkeypatch):
    monkeypatch.setattr(Path, "exists", lambda _: False)
    with pytest.raises(OutputFailed):
        plan_files([], FileRequest(Deed.COPY, Path("/nowhere/clips")))
