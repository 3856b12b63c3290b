"""`footage-sorter export` and `reel`, as processes of their own."""

import json
from xml.etree import ElementTree

import pytest

from footage_sorter.cli.requests import FORMATS as NAMES
from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.media.probe import probe
from footage_sorter.services.handoff.formats import FORMATS
from footage_sorter.store.clips import ClipStore
from tests.e2e.conftest import CLASSICAL, one_sentence


@pytest.fixture
def rated(program, shoot):
    """The program with a rated library in which one clip is kept and one rejected."""
    program.run("rate", shoot, *CLASSICAL)
    store = ClipStore(program.library)
    ids = {clip.path.name: clip.id for clip in store.clips_below([shoot])}
    store.decide(
        {
            ids["sharp.mp4"]: Decision(Mark.KEEP, stars=5, note="opening", in_s=0.5, out_s=2.5),
            ids["soft.mp4"]: Decision(Mark.REJECT),
        }
    )
    store.close()
    return program


def test_the_command_knows_every_format():
    assert tuple(FORMATS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_format_names_the_kept_clip(rated, tmp_path, name):
    target = tmp_path / f"out{FORMATS[name].ending}"
    ended = rated.run("export", name, target)
    assert ended.status == 0, ended.err
    text = target.read_text("utf-8")
    assert "sharp" in text
    assert ("soft" in text) == (not FORMATS[name].selects)
    if FORMATS[name].ending in (".xml", ".fcpxml"):
        ElementTree.fromstring(text)
    if FORMATS[name].ending in (".json", ".otio"):
        json.loads(text)


def test_only_the_kept_and_only_below_a_folder(rated, shoot):
    kept = rated.run("export", "json", "-", "--kept")
    assert [clip["mark"] for clip in kept.document["clips"]] == ["keep"]
    below = rated.run("export", "json", "-", shoot / "day 2")
    assert len(below.document["clips"]) == 2


def test_sidecars_lie_beside_the_clips_and_are_never_written_into_them(program, shoot, tmp_path):
    import shutil

    copy = shutil.copytree(shoot, tmp_path / "copy")
    before = {path: path.read_bytes() for path in copy.rglob("*.mp4")}
    program.run("rate", copy, *CLASSICAL)
    store = ClipStore(program.library)
    ids = {clip.path.name: clip.id for clip in store.clips_below([copy])}
    store.decide({ids["sharp.mp4"]: Decision(Mark.KEEP, stars=3)})
    store.close()
    ended = program.run("export", "xmp", copy)
    assert ended.status == 0, ended.err
    assert "Rating" in (copy / "sharp.xmp").read_text("utf-8")
    assert {path: path.read_bytes() for path in copy.rglob("*.mp4")} == before


def test_a_dry_run_shows_what_would_be_written_and_writes_nothing(rated, tmp_path, shoot):
    target = tmp_path / "out.edl"
    target.write_text("mine")
    ended = rated.run("export", "edl", target, "--dry-run")
    assert ended.status == 0, ended.err
    assert "FROM CLIP NAME: sharp.mp4" in ended.out
    assert "1 clip" in ended.err
    assert "would be replaced" in ended.err
    assert target.read_text() == "mine"
    ended = rated.run("export", "xmp", shoot, "--dry-run")
    assert f"new: {shoot / 'sharp.xmp'}" in ended.out.splitlines()
    assert not list(shoot.rglob("*.xmp"))


def test_another_library_takes_over_what_lies_beside_the_clips(program, shoot, tmp_path):
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "sharp.mp4").write_bytes((shoot / "sharp.mp4").read_bytes())
    program.run("rate", copy, *CLASSICAL)
    store = ClipStore(program.library)
    (clip,) = store.clips_below([copy])
    store.decide({clip.id: Decision(Mark.KEEP, stars=3)})
    store.close()
    assert program.run("export", "xmp", copy).status == 0
    program.library.unlink()
    ended = program.run("rate", copy, "--json", "-", "--no-sidecars", *CLASSICAL)
    assert ended.clip("sharp.mp4")["mark"] == "none"
    ended = program.run("rate", copy, "--json", "-", *CLASSICAL)
    assert "Marks of 1 clip were read beside the footage" in ended.err
    assert (ended.clip("sharp.mp4")["mark"], ended.clip("sharp.mp4")["stars"]) == ("keep", 3)


def test_selects_without_a_kept_clip_are_a_sentence(program, shoot, tmp_path):
    program.run("rate", shoot / "sharp.mp4", *CLASSICAL)
    for words in (("export", "edl", tmp_path / "a.edl"), ("reel", tmp_path / "a.mp4")):
        ended = program.run(*words)
        assert ended.status == 2
        assert "no clip that can be read is marked to be kept" in one_sentence(ended)
    assert not list(tmp_path.glob("a.*"))


def test_the_reel_holds_the_chosen_range(rated, tmp_path):
    ended = rated.run("reel", tmp_path / "selects.mp4")
    assert ended.status == 0, ended.err
    assert probe(tmp_path / "selects.mp4").duration_s == pytest.approx(2.0, abs=0.1)


def test_an_export_without_a_file_is_wrong(rated):
    ended = rated.run("export", "csv")
    assert ended.status == 2
    assert "name the file" in ended.err


def test_a_path_that_is_nowhere_is_a_sentence(rated, shoot):
    ended = rated.run("export", "csv", "-", shoot, shoot / "gone")
    assert (ended.status, ended.out) == (2, "")
    assert one_sentence(ended) == f"footage-sorter: There is no file or folder {shoot / 'gone'}."


def test_a_library_without_clips_is_a_sentence(program, tmp_path):
    ended = program.run("export", "csv", tmp_path / "a.csv")
    assert ended.status == 2
    assert "No video clip" in one_sentence(ended)
