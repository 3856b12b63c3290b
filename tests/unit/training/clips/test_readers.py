"""Clip data sets: each layout is read as it is, and what cannot be learned from is refused."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.clip_sets import hmdb_like
from training.clips.datasets import folds_of
from training.clips.prepare import Prepared
from training.clips.readers import Side, read_clips
from training.errors import DataError


def touch(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    return folder


def test_hmdb51(tmp_path):
    clips = read_clips(hmdb_like(tmp_path / "hmdb", classes=2))
    assert [(one.label, one.source, one.side) for one in clips] == [
        (f"action_{label:02d}", f"action_{label:02d}/film{n}", Side.TEST if n == 3 else Side.LEARN)
        for label in range(2)
        for n in range(4)
    ]


def test_hmdb51_says_which_clip_is_missing(tmp_path):
    folder = hmdb_like(tmp_path / "hmdb", classes=2)
    gone = next((folder / "action_01").iterdir())
    gone.unlink()
    with pytest.raises(DataError, match=r"missing, but listed in action_01_test_split1\.txt"):
        read_clips(folder)


def test_ucf101(tmp_path):
    names = [f"{c}/v_{c}_g0{g}_c0{n}.avi" for c in ("Dive", "Run") for g in (1, 2) for n in (1, 2)]
    touch(tmp_path, *names)
    lists = tmp_path / "ucfTrainTestlist"
    lists.mkdir()
    learn = [f"{name} {1 + (name[0] == 'R')}" for name in names if "_g02_" in name]
    (lists / "trainlist01.txt").write_text("\n".join(learn) + "\n")
    (lists / "testlist01.txt").write_text("\n".join(n for n in names if "_g01_" in n) + "\n")
    clips = read_clips(tmp_path)
    assert {(one.source, one.side) for one in clips} == {
        (f"{c}/g0{g}", Side.TEST if g == 1 else Side.LEARN) for c in ("Dive", "Run") for g in (1, 2)
    }
    assert len(clips) == 8
    with pytest.raises(DataError, match="no such split"):
        read_clips(tmp_path, split=2)


def test_kinetics(tmp_path):
    for side in ("train", "val", "test"):
        for label in ("juggling", "yoga"):
            touch(
                tmp_path / side / label,
                f"{side}{label[0]}-id_A_000001_000011.mp4",
                f"{side}{label[0]}-id_A_000020_000030.mp4",
            )
    clips = read_clips(tmp_path)
    assert {(one.source, one.side) for one in clips} == {
        (f"{side}{label[0]}-id_A", Side.TEST if side == "val" else Side.LEARN)
        for side in ("train", "val")
        for label in ("juggling", "yoga")
    }


def test_any_folder_of_folders_and_its_sources(tmp_path):
    touch(tmp_path, "goal/a.mp4", "goal/b.MOV", "goal/notes.txt", "crowd/a.mp4", "crowd/c.mp4")
    assert [one.source for one in read_clips(tmp_path)] == [
        "crowd/a.mp4",
        "crowd/c.mp4",
        "goal/a.mp4",
        "goal/b.MOV",
    ]
    (tmp_path / "sources.csv").write_text("file,source\ngoal/a.mp4,day 1\ngoal/b.MOV,day 1\n")
    assert [one.source for one in read_clips(tmp_path)][2:] == ["day 1", "day 1"]


def test_a_source_of_the_test_is_not_learned_from(tmp_path, caplog):
    for side in ("train", "val"):
        touch(tmp_path / side / "yoga", "one_000001_000011.mp4", f"{side}_000001_000011.mp4")
        touch(tmp_path / side / "chess", f"{side}2.mp4", f"{side}3.mp4")
    with caplog.at_level(logging.WARNING):
        clips = read_clips(tmp_path)
    sides = {
        one.source: {other.side for other in clips if other.source == one.source} for one in clips
    }
    assert all(len(found) == 1 for found in sides.values())
    assert sides["one"] == {Side.TEST}
    assert "1 clips left out" in caplog.text


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["goal/a.mp4", "goal/b.mp4"], r"two classes are needed, found \['goal'\]"),
        ([], "two classes are needed, found none"),
        (["goal/a.mp4", "goal/b.mp4", "crowd/a.mp4"], "'crowd' has 1 clip; 2 are needed"),
        (["Goal/a.mp4", "Goal/b.mp4", "goal/a.mp4", "goal/b.mp4"], "differ in case alone"),
    ],
)
def test_what_nothing_can_be_learned_from_is_refused(tmp_path, names, told):
    with pytest.raises(DataError, match=told):
        read_clips(touch(tmp_path, *names))


def test_an_empty_class_folder_is_told(tmp_path):
    touch(tmp_path, "goal/a.mp4", "goal/b.mp4", "crowd/a.mp4", "crowd/b.mp4")
    (tmp_path / "dance").mkdir()
    with pytest.raises(DataError, match="dance: holds no clip"):
        read_clips(tmp_path)


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(DataError, match="no such folder"):
        read_clips(tmp_path / "nowhere")


LABELS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 12)), min_size=1, max_size=60)


@given(LABELS, st.integers(2, 5))
def test_no_source_lies_in_two_folds_whatever_the_order(tmp_path_factory, drawn, folds):
    clips = [Prepared(None, label, f"source {number}", Side.LEARN) for label, number in drawn]
    found = folds_of(clips, folds)
    of_source = {}
    for one, fold in zip(clips, found, strict=True):
        assert 0 <= fold < folds
        assert of_source.setdefault(one.source, fold) == fold
    turned = folds_of(clips[::-1], folds)[::-1]
    assert turned == found


@given(st.integers(2, 5), st.integers(1, 6), st.integers(2, 4))
def test_classes_are_spread_evenly(folds, each, classes):
    clips = [
        Prepared(None, f"class {label}", f"{label}/{number}", Side.LEARN)
        for label in range(classes)
        for number in range(folds * each)
    ]
    found = folds_of(clips, folds)
    for label in range(classes):
        mine = [
            fold for one, fold in zip(clips, found, strict=True) if one.label == f"class {label}"
        ]
        assert [mine.count(fold) for fold in range(folds)] == [each] * folds
