"""`footage-sorter files`, `team` and `read`, as processes of their own."""

import json
import shutil
from contextlib import closing
from threading import Event

import pytest

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.filing import Deed
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.report import Models
from footage_sorter.domain.settings import Settings
from footage_sorter.services.file_plan import FileRequest, plan_files
from footage_sorter.services.files import carry_out
from footage_sorter.services.library import Library
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.journal import Journal
from footage_sorter.store.settings_file import save_settings
from tests.e2e.conftest import CLASSICAL, one_sentence
from tests.helpers.command import Program

NOBODY = Models("", "", "", "")


def decide(program, folder, decisions):
    store = ClipStore(program.library)
    ids = {clip.path.name: clip.id for clip in store.clips_below([folder])}
    store.decide({ids[name]: decision for name, decision in decisions.items()})
    store.close()


def decisions(program, folder):
    store = ClipStore(program.library)
    found = {clip.path.name: store.decision(clip.id) for clip in store.clips_below([folder])}
    store.close()
    return found


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in files_of(folder)}


def files_of(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def card(shoot, tmp_path):
    """A folder of two clips that a test may move about."""
    folder = tmp_path / "card"
    folder.mkdir()
    for name in ("sharp.mp4", "soft.mp4"):
        shutil.copy2(shoot / name, folder)
    return folder


@pytest.fixture
def rated(program, card):
    """The program with one clip kept and one rejected."""
    assert program.run("rate", card, *CLASSICAL).status == 0
    said = {"sharp.mp4": Decision(Mark.KEEP, stars=4), "soft.mp4": Decision(Mark.REJECT)}
    decide(program, card, said)
    return program


def test_without_yes_everything_is_told_and_nothing_touched(rated, card, tmp_path):
    before = tree(card)
    for words in (("move", "--to", tmp_path / "out", "--by", "verdict"), ("trash", "--dry-run")):
        ended = rated.run("files", *words, headless=True)
        assert ended.status == 0, ended.err
        assert "Nothing was touched" in ended.out
    assert "soft.mp4 -> the trash" in ended.out
    assert "sharp.mp4" not in ended.out
    assert tree(card) == before
    assert not (tmp_path / "out").exists()


def test_a_move_goes_into_folders_and_can_be_taken_back(rated, card, tmp_path):
    before, out = tree(card), tmp_path / "out"
    ended = rated.run("files", "move", "--to", out, "--by", "verdict", "--yes", card)
    assert ended.status == 0, ended.err
    assert tree(out) == {"Usable/sharp.mp4": before["sharp.mp4"]}
    assert set(tree(card)) == {"soft.mp4"}
    assert decisions(rated, out)["sharp.mp4"] == Decision(Mark.KEEP, stars=4)
    told = rated.run("files", "undo")
    assert f"-> {card / 'sharp.mp4'}" in told.out
    assert tree(out), "undo without --yes only tells"
    assert rated.run("files", "undo", "--yes").status == 0
    assert tree(card) == before
    assert not files_of(out)
    assert "nothing to undo" in rated.run("files", "undo", "--yes").out
    assert "nothing to finish" in rated.run("files", "resume", "--yes").out


def test_a_folder_named_with_dots_is_the_same_folder(rated, card, tmp_path):
    dotted, out = card / ".." / "card", card / ".." / "out"
    assert len(rated.run("export", "csv", "-", dotted).out.splitlines()) == 3
    assert rated.run("team", dotted).out.startswith(f"{dotted}: 0 clips")
    assert (card / ".footage-sorter.json").exists()
    assert rated.run("files", "move", "--to", out, "--yes", dotted).status == 0
    assert decisions(rated, tmp_path / "out") == {"sharp.mp4": Decision(Mark.KEEP, stars=4)}


def test_the_rejected_go_to_the_trash_and_come_back(rated, card):
    before = tree(card)
    assert rated.run("files", "trash", "--yes").status == 0
    assert set(tree(card)) == {"sharp.mp4"}
    assert rated.run("files", "undo", "--yes").status == 0
    assert tree(card) == before


def test_a_copy_never_overwrites(rated, card, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "sharp.mp4").write_bytes(b"another film")
    assert rated.run("files", "copy", "--to", out, "--yes").status == 0
    assert tree(out) == {
        "sharp.mp4": b"another film",
        "sharp (2).mp4": (card / "sharp.mp4").read_bytes(),
    }


@pytest.mark.parametrize("how", ["resume", "undo"])
def test_what_was_cut_off_is_finished_or_undone(rated, card, tmp_path, how):
    before, out = tree(card), tmp_path / "out"
    with closing(Library(ClipStore(rated.library), NOBODY)) as library:
        plan = plan_files(library.rows(Limits()), FileRequest(Deed.MOVE, out))
    with closing(Journal(rated.library)) as journal:
        steps = carry_out(plan, journal, Event())
        next(steps)
        steps.close()
    assert (len(tree(card)), len(tree(out))) == (1, 1)
    assert rated.run("files", how, "--yes").status == 0
    assert tree(out if how == "resume" else card) == before
    assert not files_of(card if how == "resume" else out)


def test_two_people_agree_through_the_file_beside_the_footage(rated, card, tmp_path):
    home = tmp_path / "other home"
    home.mkdir()
    other = Program(home)
    assert other.run("rate", card, *CLASSICAL).status == 0
    decide(other, card, {"soft.mp4": Decision(Mark.KEEP, note="the crowd")})
    save_settings(rated.settings, Settings(person="Ada"))
    assert rated.run("team", card, headless=True).status == 0
    ended = other.run("team", card, "--person", "Ben")
    assert ended.status == 0, ended.err
    assert "soft.mp4: mark: kept (by Ben), not rejected (by Ada)." in ended.out
    assert rated.run("team", card, "--person", "Ada").status == 0
    assert decisions(rated, card) == decisions(other, card)
    assert decisions(rated, card)["soft.mp4"] == Decision(Mark.KEEP, note="the crowd")


@pytest.mark.parametrize("kind", ["fcpxml", "csv", "xmp"])
def test_marks_come_back_and_never_demote(rated, card, tmp_path, kind):
    file = tmp_path / f"out.{kind}"
    exported = rated.run("export", kind, *(() if kind == "xmp" else (file,)))
    assert exported.status == 0, exported.err
    home = tmp_path / "other home"
    home.mkdir()
    other = Program(home)
    assert other.run("rate", card, *CLASSICAL).status == 0
    decide(other, card, {"soft.mp4": Decision(Mark.KEEP)})
    ended = other.run("read", card if kind == "xmp" else file, headless=True)
    assert ended.status == 0, ended.err
    after = decisions(other, card)
    assert after["sharp.mp4"] == Decision(Mark.KEEP, stars=4)
    assert after["soft.mp4"].mark is Mark.KEEP
    assert "0 of" in other.run("read", card if kind == "xmp" else file).out


def test_marks_that_fit_several_clips_are_told_and_left_out(rated, card, tmp_path):
    file = tmp_path / "out.csv"
    assert rated.run("export", "csv", file).status == 0
    file.write_text(file.read_text().replace(str(card), "/elsewhere"))
    copies = shutil.copytree(card, tmp_path / "copies")
    assert rated.run("rate", copies, *CLASSICAL).status == 0
    ended = rated.run("read", file)
    assert ended.status == 1
    assert "Could be several clips, left out: /elsewhere/sharp.mp4" in ended.out


def test_a_file_of_something_else_is_one_sentence(rated, tmp_path):
    file = tmp_path / "a.fcpxml"
    file.write_text(json.dumps({"not": "xml"}))
    ended = rated.run("read", file)
    assert ended.status == 2
    assert "Nothing was changed" in one_sentence(ended)


def test_a_broken_sidecar_is_told_and_the_others_are_read(rated, card):
    assert rated.run("export", "xmp", card).status == 0
    (card / "sharp.xmp").write_bytes(b"<xmp")
    decide(rated, card, {"soft.mp4": Decision()})
    ended = rated.run("read", card)
    assert ended.status == 1
    assert f"{card / 'sharp.xmp'} cannot be read back" in ended.out
    assert "1 of 1 clip changed" in ended.out
    assert decisions(rated, card)["soft.mp4"].mark is Mark.REJECT
