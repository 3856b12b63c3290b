"""`footage-sorter rate`, as a process of its own, on clips encoded for the test."""

import csv
import io
import json
import os
import random
import re
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.store.clips import ClipStore
from tests.e2e.conftest import (
    CLASSICAL,
    SIZE,
    UNREADABLE,
    one_sentence,
    overwrite_but_keep_the_stamp,
)
from tests.helpers.clips import Shot, film
from tests.helpers.command import names
from tests.helpers.schema import check, published


@pytest.fixture
def copy(shoot, tmp_path):
    """A copy of the shoot that a test may spoil."""
    return shutil.copytree(shoot, tmp_path / "shoot")


def test_every_clip_is_rated_or_has_a_reason(program, shoot):
    ended = program.run("rate", shoot, "--json", "-", *CLASSICAL, headless=True)
    assert ended.status == 1, ended.err
    document = ended.document
    check(document, published("ratings-1"))
    assert document["schema"] == 1
    assert document["app"].startswith("footage-sorter ")
    failed = {n for n in names(document) if ended.clip(n)["status"] == "failed"}
    assert failed == UNREADABLE
    for name in failed:
        clip = ended.clip(name)
        assert clip["error"]["message"].endswith(".")
        assert clip["usability"] is None
    assert ended.clip("empty.mp4")["error"]["kind"] == "empty"
    assert ended.clip("text.mov")["error"]["kind"] == "not_video"
    assert ended.clip("no_index.mp4")["error"]["kind"] == "no_index"
    assert len(document["clips"]) == 11


def test_the_faults_are_found(program, shoot):
    ended = program.run("rate", shoot, "--json", "-", *CLASSICAL, headless=True)
    assert ended.clip("sharp.mp4")["flags"] == []
    assert ended.clip("sharp.mp4")["verdict"] == "usable"
    assert ended.clip("sharp.mp4")["usability"] == 100
    assert ended.clip("soft.mp4")["flags"] == ["blurry"]
    assert ended.clip("soft.mp4")["verdict"] == "unusable"
    assert ended.clip("bright.mp4")["flags"] == ["overexposed"]
    assert ended.clip("dim.mp4")["flags"][0] in ("underexposed", "black")
    assert ended.clip("shaky.mp4")["flags"] == ["shaky"]
    assert re.match(r"Too blurred: 100 % of seconds over", ended.clip("soft.mp4")["reasons"][0])


def test_the_document_says_what_the_product_page_promises(program, shoot):
    ended = program.run("rate", shoot / "day 2" / "turned.mp4", "--json", "-", *CLASSICAL)
    assert ended.status == 0
    (clip,) = ended.document["clips"]
    assert clip["status"] == "rated"
    assert clip["error"] is None
    assert clip["duration_s"] == pytest.approx(2.0, abs=0.05)
    assert clip["frame_rate"] == "30/1"
    assert (clip["width"], clip["height"], clip["rotation"]) == (*SIZE, 90)
    assert clip["codec"] == "h264"
    percent = clip["percent"]
    assert percent["sharp"] + percent["blurry"] == pytest.approx(100)
    assert percent["steady"] + percent["shaky"] == pytest.approx(100)
    assert set(clip["best_segment"]) == {"start_s", "end_s"}
    assert [cell["start_s"] for cell in clip["seconds"]] == [0.0, 1.0]
    assert set(clip["seconds"][0]) >= {"start_s", "blur", "underexposed", "overexposed", "shake"}
    assert (clip["mark"], clip["stars"]) == ("none", 0)
    assert set(ended.document["models"]) >= {"blur", "exposure"}
    assert ended.document["limits"]["blurry"] == {"over": 0.6, "tolerated": 0.75}


def test_a_second_run_reads_no_clip(program, copy):
    first = program.run("rate", copy, "--json", "-", *CLASSICAL)
    for clip in copy.rglob("*.mp4"):
        overwrite_but_keep_the_stamp(clip)
    second = program.run("rate", copy, "--json", "-", *CLASSICAL)
    assert second.document == first.document
    assert second.status == first.status


def test_no_cache_reads_again(program, copy):
    program.run("rate", copy / "sharp.mp4", *CLASSICAL)
    overwrite_but_keep_the_stamp(copy / "sharp.mp4")
    again = program.run("rate", copy / "sharp.mp4", "--no-cache", "--json", "-", *CLASSICAL)
    assert again.status == 1


def test_no_cache_reads_again_what_failed_before(program, copy):
    sharp, soft = copy / "sharp.mp4", copy / "soft.mp4"
    whole = sharp.read_bytes()
    overwrite_but_keep_the_stamp(sharp)
    assert program.run("rate", sharp, soft, *CLASSICAL).status == 1
    stamp = sharp.stat()
    sharp.write_bytes(whole)
    os.utime(sharp, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    with closing(ClipStore(program.library)) as store:  # as of a decoder that lacked something
        (clip,) = store.clips_below([soft])
        store.put_error(clip, ClipError(soft, Why.UNSUPPORTED))
    still = program.run("rate", sharp, soft, "--json", "-", *CLASSICAL)
    assert [clip["status"] for clip in still.document["clips"]] == ["failed", "failed"]
    again = program.run("rate", sharp, soft, "--no-cache", "--json", "-", *CLASSICAL)
    assert [clip["status"] for clip in again.document["clips"]] == ["rated", "rated"]


def test_a_clip_that_changed_is_read_again(program, copy):
    program.run("rate", copy / "sharp.mp4", *CLASSICAL)
    (copy / "sharp.mp4").unlink()
    film(copy / "sharp.mp4", Shot(seconds=4, size_px=SIZE, defocus_px=8))
    again = program.run("rate", copy / "sharp.mp4", "--json", "-", *CLASSICAL)
    assert again.clip("sharp.mp4")["flags"] == ["blurry"]


def test_a_renamed_and_moved_clip_keeps_its_mark_and_is_not_read_again(program, copy):
    program.run("rate", copy, *CLASSICAL)
    store = ClipStore(program.library)
    (clip,) = [c for c in store.clips_below([copy]) if c.path.name == "soft.mp4"]
    store.decide({clip.id: Decision(Mark.KEEP, stars=4)})
    store.close()
    (copy / "later").mkdir()
    (copy / "soft.mp4").rename(copy / "later" / "other name.mp4")
    ended = program.run("rate", copy, "--json", "-", *CLASSICAL)
    moved = ended.clip("other name.mp4")
    assert (moved["mark"], moved["stars"]) == ("keep", 4)
    assert "soft.mp4" not in names(ended.document)


def test_csv_and_json_go_to_files(program, shoot, tmp_path):
    ended = program.run(
        "rate", shoot, "--json", tmp_path / "a.json", "--csv", tmp_path / "a.csv", *CLASSICAL
    )
    document = json.loads((tmp_path / "a.json").read_text("ascii"))
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["file"] for line in lines] == names(document)
    assert "usability" in ended.out  # the table is printed as well


def test_csv_to_standard_output_is_nothing_but_csv(program, shoot):
    ended = program.run("rate", shoot, "--csv", "-", *CLASSICAL)
    lines = list(csv.DictReader(io.StringIO(ended.out)))
    assert len(lines) == 11


def test_the_table_has_a_line_a_clip_and_a_sum(program, shoot):
    ended = program.run("rate", shoot, *CLASSICAL)
    assert "no_index.mp4: The file has no index" in ended.out
    assert "11 clips: " in ended.out
    assert "4 failed" in ended.out
    assert "\x1b" not in ended.out  # no colours in a pipe


@pytest.mark.skipif(sys.platform != "linux", reason="other file systems refuse such names")
def test_any_name_that_the_file_system_allows_works(program, shoot, tmp_path):
    folder = tmp_path / "names"
    folder.mkdir()
    wanted = [b"new\nline.mp4", b"\xff\xfe.mp4", "émoji 🎬.mp4".encode(), b'"quote", =1+1.mp4']
    for name in wanted:
        os.link(shoot / "sharp.mp4", os.fsencode(folder) + b"/" + name)
        film_copy = os.fsencode(folder) + b"/copy " + name
        shutil.copyfile(shoot / "sharp.mp4", film_copy)
    ended = program.run("rate", folder, "--json", "-", *CLASSICAL)
    assert ended.status == 0, ended.err
    found = {os.fsencode(Path(c["path"]).name) for c in ended.document["clips"]}
    assert {b"copy " + name for name in wanted} <= found
    assert all(c["status"] == "rated" for c in ended.document["clips"])
    table = program.run("rate", folder, *CLASSICAL)
    assert table.status == 0
    assert "new\\nline.mp4" in table.out
    assert program.run("rate", folder, "--csv", tmp_path / "names.csv", *CLASSICAL).status == 0
    assert b"\xff\xfe.mp4" in (tmp_path / "names.csv").read_bytes()


def test_a_missing_path_is_a_sentence_and_status_2(program, shoot):
    ended = program.run("rate", shoot, shoot / "nowhere", "--json", "-", *CLASSICAL)
    assert ended.status == 2
    assert "nowhere" in one_sentence(ended)
    assert ended.out == ""


def test_an_empty_folder_is_a_sentence_and_status_2(program, tmp_path):
    (tmp_path / "empty").mkdir()
    ended = program.run("rate", tmp_path / "empty", *CLASSICAL)
    assert ended.status == 2
    assert "No video clip" in one_sentence(ended)


@pytest.mark.skipif(os.mkdir not in os.supports_dir_fd, reason="takes no path beyond the limit")
def test_a_folder_that_cannot_be_listed_is_told_and_the_rest_is_rated(program, shoot, tmp_path):
    shutil.copy(shoot / "day 2" / "turned.mp4", tmp_path)
    make_unlistable(tmp_path)
    ended = program.run("rate", tmp_path, "--json", "-", *CLASSICAL)
    assert ended.status == 1
    assert "cannot be read: File name too long" in ended.err
    assert names(ended.document) == ["turned.mp4"]


def make_unlistable(folder):
    """Put folders into one another until their path is longer than a system takes, even root's."""
    inside = os.open(folder, os.O_RDONLY)
    for _ in range(17):
        os.mkdir("d" * 250, dir_fd=inside)
        deeper = os.open("d" * 250, os.O_RDONLY, dir_fd=inside)
        os.close(inside)
        inside = deeper
    os.close(inside)


def test_a_result_that_cannot_be_written_is_told_before_the_work(program, shoot, tmp_path):
    ended = program.run("rate", shoot, "--json", tmp_path / "no" / "a.json", *CLASSICAL)
    assert ended.status == 2
    assert "cannot be written" in one_sentence(ended)
    assert not (program.home / "data" / "footage-sorter" / "thumbnails").exists()


def test_a_damaged_library_is_kept_aside_and_a_new_one_begun(program, shoot):
    program.library.parent.mkdir(parents=True)
    program.library.write_bytes(b"this was a library once" * 100)
    ended = program.run("rate", shoot / "sharp.mp4", "--json", "-", *CLASSICAL)
    assert ended.status == 0
    sentence = one_sentence(ended)
    assert "damaged" in sentence
    kept = [p for p in program.library.parent.iterdir() if p.read_bytes().startswith(b"this was")]
    assert len(kept) == 1
    assert str(kept[0]) in sentence


def test_what_was_said_in_a_damaged_library_is_in_the_new_one(program, shoot):
    said = {
        "sharp.mp4": Decision(Mark.KEEP, 4, "the crowd", 0.5, 2.0),
        "dim.mp4": Decision(stars=2),
    }
    program.run("rate", shoot / "sharp.mp4", shoot / "dim.mp4", "--json", "-", *CLASSICAL)
    with closing(ClipStore(program.library)) as store:
        ids = {clip.path.name: clip.id for clip in store.clips_below([shoot])}
        store.decide({ids[name]: one for name, one in said.items()}, at_ns=77, by="Ada")
        records = store.records(ids.values())
    damaged = bytearray(program.library.read_bytes())
    damaged[:4096] = random.Random(1).randbytes(4096)  # the page that tells where all others are
    program.library.write_bytes(damaged)
    ended = program.run("rate", shoot, "--json", "-", *CLASSICAL)
    assert ended.status == 1  # of the clips that cannot be read
    sentence = one_sentence(ended)
    (kept,) = program.library.parent.glob("*.damaged-*")
    assert kept.read_bytes() == damaged
    assert str(kept) in sentence
    assert "notes of 2 clips were taken over" in sentence
    assert ended.clip("sharp.mp4")["note"] == "the crowd"
    with closing(ClipStore(program.library)) as store:
        assert store.records(ids.values()) == records
    assert "damaged" not in program.run("rate", shoot, "--json", "-", *CLASSICAL).err


def test_a_letter_that_changed_in_a_library_costs_one_mark(program, shoot):
    program.run("rate", shoot / "dim.mp4", "--json", "-", *CLASSICAL)
    with closing(ClipStore(program.library)) as store:
        (clip,) = store.clips_below([shoot])
        store.decide({clip.id: Decision(Mark.KEEP, note="the crowd")})
    with closing(sqlite3.connect(program.library)) as db, db:
        db.execute("UPDATE decisions SET value = '\"keeq\"' WHERE field = 'mark'")
    ended = program.run("rate", shoot / "dim.mp4", "--json", "-", *CLASSICAL)
    assert ended.status == 0
    assert "notes of one clip were taken over" in one_sentence(ended)
    assert ended.clip("dim.mp4")["note"] == "the crowd"


def test_damaged_settings_are_kept_aside_and_told(program, shoot):
    settings = program.home / "config" / "footage-sorter" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text("{")
    ended = program.run("rate", shoot / "sharp.mp4", "--json", "-", *CLASSICAL)
    assert ended.status == 0
    sentence = one_sentence(ended)
    assert "the defaults are used" in sentence
    (kept,) = settings.parent.iterdir()
    assert kept.read_text() == "{"
    assert str(kept) in sentence


def test_networks_run_where_the_settings_say_unless_the_command_says_else(
    program, shoot, monkeypatch
):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")  # no card, wherever this test runs
    settings = program.home / "config" / "footage-sorter" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"version": 1, "device": "cuda"}')
    as_set = program.run("rate", shoot / "sharp.mp4", "--json", "-")
    assert as_set.status == 2
    assert "CUDA" in one_sentence(as_set)
    told = program.run("rate", shoot / "sharp.mp4", "--json", "-", *CLASSICAL)
    assert told.status == 0


def test_a_clip_that_is_named_as_library_stays_a_clip(program, copy):
    clip = copy / "sharp.mp4"
    before = clip.read_bytes()
    ended = program.run("rate", copy, "--library", clip, *CLASSICAL)
    assert ended.status == 2
    assert one_sentence(ended) == (
        f"footage-sorter: {clip} is no library of Footage Sorter. It was left as it is."
    )
    assert clip.read_bytes() == before


def test_a_newer_library_is_left_untouched(program, shoot):
    program.run("rate", shoot / "sharp.mp4", *CLASSICAL)
    with sqlite3.connect(program.library) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA user_version = 999")
    db.close()
    before = program.library.read_bytes()
    ended = program.run("rate", shoot / "sharp.mp4", *CLASSICAL)
    assert ended.status == 2
    assert "newer release" in one_sentence(ended)
    assert program.library.read_bytes() == before


def test_a_locked_library_is_a_sentence(program, shoot):
    program.run("rate", shoot / "sharp.mp4", *CLASSICAL)
    holder = sqlite3.connect(program.library, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        ended = program.run("rate", shoot / "soft.mp4", *CLASSICAL)
    finally:
        holder.close()
    assert ended.status == 2
    assert "Another Footage Sorter" in one_sentence(ended)


def test_two_programs_share_a_library(program, shoot):
    runs = [
        program.start("rate", shoot, "--json", "-", *CLASSICAL),
        program.start("rate", shoot, "--json", "-", *CLASSICAL),
    ]
    outs = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [1, 1], outs
    first, second = (json.loads(out) for out, _ in outs)
    assert first["clips"] == second["clips"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_a_sentence(program, shoot):
    process = program.start("rate", shoot / "sharp.mp4", "--json", "/dev/full", *CLASSICAL)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 2
    assert "Traceback" not in err
    assert "cannot be written" in err
