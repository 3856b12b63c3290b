"""Copying, moving, linking and trashing clips: planned first, never overwriting, undoable."""

import os
from contextlib import closing
from dataclasses import replace
from threading import Event

import pytest

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.errors import OutputFailed
from footage_sorter.domain.filing import Deed, Grouping, Obstacle, State
from footage_sorter.domain.words import OBSTACLE_WORDS
from footage_sorter.services import transfer
from footage_sorter.services.file_plan import FileRequest, plan_files
from footage_sorter.services.files import carry_out, resume
from footage_sorter.services.transfer import stamp_of
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.journal import Journal
from tests.helpers.filing import KEEP, Bench, tree


@pytest.fixture
def bench(tmp_path):
    library = tmp_path / "library.sqlite"
    with closing(ClipStore(library)) as store, closing(Journal(library)) as journal:
        yield Bench(tmp_path, store, journal)


def test_every_obstacle_has_a_sentence():
    assert set(OBSTACLE_WORDS) == set(Obstacle)


def test_a_plan_touches_nothing(bench):
    row = bench.clip("a.mp4")
    before = bench.files()
    plan = plan_files([row], FileRequest(Deed.MOVE, bench.out, Grouping.DAY))
    assert [step.target for step in plan.steps] == [bench.out / "2026-03-14" / "a.mp4"]
    assert bench.files() == before
    assert not bench.out.exists()
    assert bench.journal.operations() == []


def test_folders_by_verdict_day_and_camera(bench):
    row = bench.clip("a.mp4", camera='Sony: "FX3"/..')
    folders = {
        by: plan_files([row], FileRequest(Deed.COPY, bench.out, by)).steps[0].target.parent
        for by in Grouping
    }
    assert folders == {
        Grouping.NONE: bench.out,
        Grouping.VERDICT: bench.out / "Not rated",
        Grouping.DAY: bench.out / "2026-03-14",
        Grouping.CAMERA: bench.out / "Sony_ _FX3__",
    }
    nameless = bench.clip("b.mp4", camera=" .. ")
    request = FileRequest(Deed.COPY, bench.out, Grouping.CAMERA)
    assert plan_files([nameless], request).steps[0].target.parent.name == "Unknown camera"


def test_a_move_takes_the_library_and_the_sidecar_along_and_comes_back(bench):
    row = bench.clip("a.mp4")
    (bench.shoot / "a.xmp").write_bytes(b"<xmp/>")
    before = bench.files()
    steps = bench.run([row], Deed.MOVE, Grouping.DAY)
    assert [step.state for step in steps] == [State.DONE, State.DONE]
    assert bench.files() == {
        "out/2026-03-14/a.mp4": b"picture",
        "out/2026-03-14/a.xmp": b"<xmp/>",
    }
    assert bench.store.clip(row.clip.id).path == bench.out / "2026-03-14" / "a.mp4"
    bench.undo()
    assert bench.files() == before
    assert not list(bench.out.iterdir()), "the folders that were made are gone"
    assert bench.store.clip(row.clip.id).path == row.clip.path
    assert bench.store.decision(row.clip.id) == KEEP


@pytest.mark.parametrize("deed", [Deed.MOVE, Deed.TRASH])
def test_a_sidecar_that_another_clip_may_own_stays(bench, deed):
    mark = Mark.REJECT if deed is Deed.TRASH else Mark.KEEP
    row = bench.clip("a.mp4", decision=Decision(mark=mark))
    bench.clip("A.mov", decision=Decision())
    for name in ("a.xmp", "a.mp4.XMP"):
        (bench.shoot / name).write_bytes(b"<xmp/>")
    plan = plan_files([row], FileRequest(deed, None if deed is Deed.TRASH else bench.out))
    assert {step.source.name for step in plan.steps} == {"a.mp4", "a.mp4.XMP"}


def test_clips_of_one_name_and_two_endings_keep_their_own_sidecars_in_one_folder(bench):
    rows = [bench.clip("one/a.mp4"), bench.clip("two/a.mov")]
    (bench.shoot / "one" / "a.xmp").write_bytes(b"<one/>")
    (bench.shoot / "two" / "a.xmp").write_bytes(b"<two/>")
    steps = bench.run(rows, Deed.MOVE)
    assert {step.state for step in steps} == {State.DONE}
    assert (bench.out / "a.xmp").read_bytes() == b"<one/>"
    assert (bench.out / "a.mov.xmp").read_bytes() == b"<two/>"


def test_a_copy_is_the_same_with_its_time_and_is_made_once(bench):
    row = bench.clip("a.mp4", os.urandom(3 << 20))
    bench.run([row], Deed.COPY)
    assert (bench.out / "a.mp4").read_bytes() == row.clip.path.read_bytes()
    assert stamp_of(bench.out / "a.mp4") == row.clip.stamp
    plan = plan_files([row], FileRequest(Deed.COPY, bench.out))
    assert not plan.steps
    assert [one.obstacle for one in plan.left_out] == [Obstacle.THERE_ALREADY]


def test_a_copy_that_differs_gets_no_name(bench, monkeypatch):
    row = bench.clip("a.mp4")
    monkeypatch.setattr(transfer.shutil, "copystat", lambda _, part: part.write_bytes(b"decayed"))
    (step,) = bench.run([row], Deed.COPY)
    assert (step.state, step.obstacle) == (State.FAILED, Obstacle.DIFFERS)
    assert bench.files() == {"a.mp4": b"picture"}


@pytest.mark.parametrize("deed", [Deed.COPY, Deed.MOVE, Deed.LINK])
def test_a_taken_name_is_never_overwritten(bench, deed):
    rows = [bench.clip("one/A.MP4", b"1"), bench.clip("two/a.mp4", b"22")]
    bench.out.mkdir()
    (bench.out / "A.MP4").write_bytes(b"theirs")
    bench.run(rows, deed)
    made = {name: data for name, data in tree(bench.out).items() if name != "A.MP4"}
    assert (bench.out / "A.MP4").read_bytes() == b"theirs"
    assert sorted(made.values()) == [b"1", b"22"]
    assert len({name.casefold() for name in made}) == 2


@pytest.mark.parametrize("deed", [Deed.COPY, Deed.MOVE, Deed.LINK])
def test_a_name_taken_after_the_plan_is_never_overwritten(bench, deed):
    row = bench.clip("a.mp4")
    plan = plan_files([row], FileRequest(deed, bench.out))
    bench.out.mkdir()
    (bench.out / "a.mp4").write_bytes(b"theirs")
    (step,) = carry_out(plan, bench.journal, Event())
    assert (step.state, step.obstacle) == (State.FAILED, Obstacle.TAKEN)
    assert bench.files() == {"a.mp4": b"picture", "out/a.mp4": b"theirs"}


def test_a_long_name_that_is_taken_gets_a_number(bench):
    name = "ä" * 125 + ".mp4"
    row = bench.clip(name)
    bench.out.mkdir()
    (bench.out / name).write_bytes(b"theirs")
    bench.run([row], Deed.COPY)
    assert len(list(bench.out.iterdir())) == 2


def test_a_file_that_changed_since_the_plan_is_left_alone(bench):
    row = bench.clip("a.mp4")
    plan = plan_files([row], FileRequest(Deed.MOVE, bench.out))
    row.clip.path.write_bytes(b"another picture")
    (step,) = carry_out(plan, bench.journal, Event())
    assert step.obstacle is Obstacle.CHANGED
    assert bench.files() == {"a.mp4": b"another picture"}
    changed = plan_files([row], FileRequest(Deed.MOVE, bench.out))
    assert [one.obstacle for one in changed.left_out] == [Obstacle.CHANGED]


def test_a_changed_copy_is_not_taken_back(bench):
    bench.run([bench.clip("a.mp4")], Deed.COPY)
    (bench.out / "a.mp4").write_bytes(b"graded")
    (step,) = bench.undo()
    assert (step.state, step.obstacle) == (State.DONE, Obstacle.CHANGED)
    assert (bench.out / "a.mp4").read_bytes() == b"graded"


def test_links_lead_to_the_clips_and_go_again(bench):
    row = bench.clip("a.mp4")
    before = bench.files()
    bench.run([row], Deed.LINK)
    assert (bench.out / "a.mp4").samefile(row.clip.path)
    bench.undo()
    assert bench.files() == before


def test_too_little_room_begins_nothing(bench):
    plan = plan_files([bench.clip("a.mp4")], FileRequest(Deed.COPY, bench.out))
    assert plan.needed_bytes == len(b"picture")
    with pytest.raises(OutputFailed):
        list(carry_out(replace(plan, free_bytes=1), bench.journal, Event()))
    assert bench.journal.operations() == []


def test_only_what_a_person_rejected_goes_to_the_trash(bench):
    rows = [bench.clip("keep.mp4"), bench.clip("open.mp4", decision=Decision())]
    plan = plan_files(rows, FileRequest(Deed.TRASH))
    assert not plan.steps
    assert {one.obstacle for one in plan.left_out} == {Obstacle.NOT_REJECTED}


def test_cancel_leaves_an_operation_that_can_go_on_or_back(bench):
    rows = [bench.clip(f"{number}.mp4") for number in range(4)]
    cancel = Event()
    plan = plan_files(rows, FileRequest(Deed.MOVE, bench.out))
    for step in carry_out(plan, bench.journal, cancel):
        if step.number == 1:
            cancel.set()
    (operation,) = bench.journal.operations()
    assert operation.unfinished
    assert len(tree(bench.out)) == 2
    list(resume(operation, bench.journal, Event()))
    assert len(tree(bench.out)) == 4
    assert not bench.journal.operations()[0].unfinished
    bench.undo()
    assert len(tree(bench.shoot)) == 4
    assert not bench.journal.operations()[0].unfinished
    assert not bench.journal.operations()[0].undoable
    assert bench.undo() == []


def test_a_full_copy_is_cancelled_between_two_chunks(bench):
    row = bench.clip("a.mp4", bytes(2 * transfer.CHUNK_BYTES))
    plan = plan_files([row], FileRequest(Deed.COPY, bench.out))
    cancel = Event()
    operation = bench.journal.begin(plan)
    cancel.set()
    with pytest.raises(transfer.TransferCancelled):
        transfer.copy(
            row.clip.path,
            bench.out / "a.mp4",
            row.clip.stamp,
            bench.out / "part",
            cancel,
            again=False,
        )
    assert list(resume(operation, bench.journal, cancel)) == []
    assert tree(bench.out) == {}
