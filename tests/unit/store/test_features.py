"""Features and the taste in the library: stored with the report, made anew where they are old."""

import sqlite3
from contextlib import closing

import numpy as np
import pytest

from footage_sorter.domain.clip import ContentId, FileStamp
from footage_sorter.domain.features import features_of
from footage_sorter.domain.report import ClipReport, FrameScore, Models, Pass
from footage_sorter.store import features
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import prepare
from tests.helpers.rows import media

MODELS = Models("blur@1", "exposure@1", "shake@1", "sound@1")
NEWER = Models("blur@2", "exposure@1", "shake@1", "sound@1")
SEEN = (0.5, -2.0, 1024.0)


def look(content="content", models=MODELS, looked=Pass.FULL, blur=0.1, picture=SEEN):
    scores = (FrameScore(1.0, blur, 0.0, 0.0),)
    return ClipReport(ContentId(content), models, looked, 10.0, scores, picture=picture)


@pytest.fixture
def path(tmp_path):
    prepare(tmp_path / "library.sqlite")
    return tmp_path / "library.sqlite"


@pytest.fixture
def store(path):
    with closing(ClipStore(path)) as opened:
        clip = opened.put_found(path.parent / "a.mp4", FileStamp(1, 1))
        opened.put_read(clip, ContentId("content"), media())
        yield opened


def learnable(store, models=MODELS):
    (stored,) = store.load(models)
    return stored.look.features


def test_features_come_back_with_the_look_and_the_picture_with_the_report(store):
    store.save_report(look())
    found = learnable(store)
    assert np.array_equal(found.measured, features_of(look()), equal_nan=True)
    assert found.picture.tolist() == list(SEEN)
    assert store.report(ContentId("content"), MODELS) == look()


def test_of_more_contents_than_sqlite_binds_those_that_are_there_come_back(store, path):
    store.save_report(look())
    many = [ContentId(f"{number}") for number in range(40_000)]
    with closing(sqlite3.connect(path)) as db:
        found = features.load(db, [*many, ContentId("content")])
    assert [content for content, *_ in found] == ["content"]


def test_a_coarse_look_teaches_nothing_and_takes_nothing_away(store):
    store.save_report(look(looked=Pass.COARSE))
    assert learnable(store) is None
    store.save_report(look())
    store.save_report(look(looked=Pass.COARSE, blur=0.9, picture=()))
    assert learnable(store).measured[0] == pytest.approx(0.1)


def test_each_model_has_its_own(store):
    store.save_report(look())
    store.save_report(look(models=NEWER, blur=0.7, picture=()))
    assert learnable(store).measured[0] == pytest.approx(0.1)
    assert learnable(store, NEWER).measured[0] == pytest.approx(0.7)
    assert learnable(store, NEWER).picture is None


@pytest.mark.parametrize("old", ["DELETE FROM features", "UPDATE features SET version = 0"])
def test_what_an_older_release_left_out_is_made_of_the_report(store, path, old):
    store.save_report(look())
    store.save_report(look(models=NEWER, looked=Pass.COARSE))
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(old)
    assert learnable(store) is None
    assert store.complete_features() == 1
    assert learnable(store).measured[0] == pytest.approx(0.1)
    assert (learnable(store).picture is None) == old.startswith("DELETE")
    assert store.complete_features() == 0


def test_the_numbers_of_another_release_are_not_read_as_ours(store, monkeypatch):
    store.save_report(look())
    monkeypatch.setattr(features, "FEATURES_VERSION", features.FEATURES_VERSION + 1)
    assert learnable(store) is None


def test_one_taste_is_in_use_or_none(store, path):
    assert store.taste() is None
    store.put_taste("one")
    store.put_taste("another")
    with closing(ClipStore(path)) as again:
        assert again.taste() == "another"
    store.put_taste(None)
    assert store.taste() is None
