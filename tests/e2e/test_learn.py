"""`footage-sorter learn`, as a process of its own, on a library of marked clips."""

import csv
import json
from contextlib import closing

import pytest

from footage_sorter.domain.clip import UNDECIDED
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import prepare
from tests.e2e.conftest import CLASSICAL, one_sentence
from tests.helpers.marked import FOLDER, fill, takes


@pytest.fixture
def marked(program):
    """The program with a library whose marks follow the camera's turning."""
    return filled(program, takes())


def filled(program, taken):
    program.library.parent.mkdir(parents=True)
    prepare(program.library)
    with closing(ClipStore(program.library)) as store:
        fill(store, taken)
    return program


def ratings(program):
    document = program.run("export", "json", "-", *CLASSICAL).document
    return {clip["path"]: clip["for_you"] for clip in document["clips"]}


def test_marks_that_say_something_put_a_rating_beside_the_verdict(marked, tmp_path):
    before = marked.run("export", "json", "-", *CLASSICAL).document["clips"]
    assert {clip["for_you"] for clip in before} == {None}
    ended = marked.run("learn", *CLASSICAL, headless=True)
    assert (ended.status, ended.err) == (0, "")
    assert "60 marks" in ended.out
    assert "Agrees with your marks in" in ended.out
    after = marked.run("export", "json", "-", *CLASSICAL).document["clips"]
    for was, now in zip(before, after, strict=True):
        assert 0 <= now["for_you"] <= 100
        assert (now["for_you"] >= 50) == (now["mark"] == "keep")
        assert was | {"for_you": now["for_you"]} == now, "nothing but the rating is another"
    assert marked.run("export", "csv", tmp_path / "out.csv", *CLASSICAL).status == 0
    with (tmp_path / "out.csv").open(newline="") as file:
        assert [int(line["for_you"]) for line in csv.DictReader(file)] == [
            clip["for_you"] for clip in after
        ]


def test_off_and_the_file_brings_it_back(marked, tmp_path):
    kept = tmp_path / "taste.json"
    assert marked.run("learn", "--export", kept, *CLASSICAL).status == 0
    learned = ratings(marked)
    assert marked.run("learn", "--off", *CLASSICAL).status == 0
    assert set(ratings(marked).values()) == {None}
    assert marked.run("learn", "--import", kept, *CLASSICAL).status == 0
    assert ratings(marked) == learned


def test_marks_by_chance_switch_nothing_on(program):
    marked = filled(program, takes(follows=False))
    ended = marked.run("learn", *CLASSICAL)
    assert ended.status == 1
    assert "No improvement" in ended.out
    assert set(ratings(marked).values()) == {None}


def test_a_few_marks_are_counted(program, tmp_path):
    marked = filled(program, takes(12))
    ended = marked.run("learn", "--export", tmp_path / "taste.json", *CLASSICAL)
    assert "12 of 30 marks" in ended.out
    assert ended.status == 2
    assert one_sentence(ended)
    assert not (tmp_path / "taste.json").exists()


def test_a_hostile_file_is_refused_and_nothing_changes(marked, tmp_path):
    marked.run("learn", *CLASSICAL)
    learned, path = ratings(marked), tmp_path / "taste.json"
    path.write_text(json.dumps({"kind": "footage-sorter taste", "schema": 1, "features": []}))
    ended = marked.run("learn", "--import", path, *CLASSICAL)
    assert ended.status == 2
    assert one_sentence(ended)
    assert "Nothing was changed" in ended.err
    assert ratings(marked) == learned


def test_a_taste_outlives_a_clip_that_is_judged_anew(marked):
    marked.run("learn", *CLASSICAL)
    with closing(ClipStore(marked.library)) as store:
        clips = store.clips_below([FOLDER])
        store.decide({clips[0].id: UNDECIDED})
    assert None not in ratings(marked).values()
