"""From two folders of clips to tags in the ratings, through the real program."""

import json
import os
import signal
import sqlite3
import time
from contextlib import closing

import pytest

from tests.helpers.clips import Shot, film


@pytest.fixture(scope="module")
def classes(tmp_path_factory):
    """Day and night, six clips each."""
    folder = tmp_path_factory.mktemp("classes")
    for number in range(6):
        for label, gain in (("day", 1.0), ("night", 0.06)):
            (folder / label).mkdir(exist_ok=True)
            shot = Shot(seconds=1, size_px=(160, 90), gain=gain, seed=2 * number + (gain < 1))
            film(folder / label / f"{label}{number}.mp4", shot)
    return folder


TRAIN = ("train", "Light", "--head", "average", "--device", "cpu")


def looked_at_before_it_was_killed(program, classes, seen):
    """Kill a training that has looked at some clips; return when each was kept, by file name."""
    killed = program.start(*TRAIN, classes)
    for _ in range(1200):
        if len(list(seen.glob("*.npy"))) >= 3:
            break
        time.sleep(0.25)
    killed.send_signal(signal.SIGKILL)
    killed.communicate(timeout=60)
    kept = {path.name: path.stat().st_mtime_ns for path in seen.glob("*.npy")}
    assert len(kept) >= 3
    return kept


@pytest.mark.timeout(900)
def test_two_folders_become_tags_in_the_ratings(program, classes, tmp_path):
    """Train, kill in the middle, train again, install, rate: the JSON tells day from night."""
    broken = classes / "day" / "broken.mp4"
    broken.write_bytes(b"not a clip")
    short = classes / "night" / "short.mp4"
    film(short, Shot(seconds=0.2, size_px=(160, 90), seed=99))
    seen = program.home / "data" / "footage-sorter" / "trained" / ".seen"
    kept = looked_at_before_it_was_killed(program, classes, seen)

    again = program.start(*TRAIN, "--install", classes)
    out, err = again.communicate(timeout=600)
    second = {path.name: path.stat().st_mtime_ns for path in seen.glob("*.npy")}
    assert again.returncode == 0, err
    assert {name: second[name] for name in kept} == kept  # what was looked at is kept
    assert len(second) == 12
    assert "100 % right: 12 of 12" in out
    assert "broken.mp4" in err
    assert "short.mp4: It is too short" in err

    shoot = tmp_path / "shoot"
    shoot.mkdir()
    film(shoot / "noon.mp4", Shot(seconds=1, size_px=(160, 90), seed=1001))
    film(shoot / "dusk.mp4", Shot(seconds=1, size_px=(160, 90), gain=0.06, seed=1002))
    rated = program.run("rate", "--json", "-", "--device", "cpu", shoot)
    assert rated.status == 0, rated.err
    for name, label in (("noon.mp4", "day"), ("dusk.mp4", "night")):
        (tag,) = [one for one in rated.clip(name)["tags"] if one["title"] == "Light"]
        assert tag["label"] == label
        assert 0.5 <= tag["probability"] <= 1.0
    with closing(sqlite3.connect(program.library)) as db:
        judged = "SELECT count(*) FROM tags WHERE classifier LIKE 'light@%'"
        assert db.execute(judged).fetchone() == (2,)
    table = program.run("export", "csv", "-")
    assert "Light: night" in table.out


def test_what_cannot_be_trained_on_ends_with_a_sentence(program, classes, tmp_path):
    one = program.run("train", "Light", classes / "day")
    assert one.status == 2
    assert "Nothing can be trained" in one.err
    assert "Traceback" not in one.err


def test_a_hostile_classifier_is_refused_with_a_sentence(program, tmp_path):
    folder = tmp_path / "evil"
    folder.mkdir()
    (folder / "weights.safetensors").write_bytes(os.urandom(100))
    (folder / "manifest.json").write_text(json.dumps({"schema": 1, "name": "../../evil"}))
    ended = program.run("classifier", "add", folder)
    assert ended.status == 2
    assert ended.err.startswith("footage-sorter: The classifier evil cannot be used")
    assert ended.err.count("\n") == 1
    listed = program.run("classifier", "list", headless=True)  # needs neither Qt nor torch
    assert listed.status == 0
    assert "No classifier is installed" in listed.out
