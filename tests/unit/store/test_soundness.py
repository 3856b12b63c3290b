"""What SQLite's own check passes over is found before anybody works with it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from footage_sorter.domain.clip import ClipId, ContentId, Decision, FileStamp, Mark
from footage_sorter.domain.errors import ClipError, LibraryDamaged, Why
from footage_sorter.domain.tags import ClassifierId, TagScores
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import prepare
from footage_sorter.store.salvage import renew
from footage_sorter.store.soundness import check_texts
from tests.helpers.rows import media
from tests.unit.store.test_features import look

SPOILT = {
    "a letter of a mark": "UPDATE decisions SET value = '\"keeq\"' WHERE field = 'mark'",
    "a quote": "UPDATE decisions SET value = 'keep\"' WHERE field = 'mark'",
    "a byte": "UPDATE decisions SET value = CAST(x'22ff22' AS TEXT) WHERE field = 'note'",
    "a field": "UPDATE decisions SET field = 'nark' WHERE field = 'mark'",
    "a container": "UPDATE clips SET media = 'x' || media WHERE media IS NOT NULL",
    "an error": "UPDATE clips SET error = 'x' || error WHERE error IS NOT NULL",
    "a report": "UPDATE reports SET about = 'x' || about",
    "a tag": "UPDATE tags SET probabilities = 'x' || probabilities",
}


@pytest.fixture
def path(tmp_path):
    """A library with something of everything that is text."""
    path = tmp_path / "library.sqlite"
    prepare(path)
    with closing(ClipStore(path)) as store:
        clip = store.put_found(Path("/fest/a.mp4"), FileStamp(1, 1))
        clip = store.put_read(clip, ContentId("a" * 32), media())
        store.put_error(store.put_found(Path("/fest/b.mp4"), FileStamp(2, 2)), broken())
        store.decide({clip.id: Decision(Mark.KEEP, 3, "the crowd", 1.0)})
        store.save_report(look(clip.content))
        store.save_tags(TagScores(clip.content, ClassifierId("rooms@1"), {"in": 0.5, "out": 0.5}))
    return path


def broken():
    return ClipError(Path("/fest/b.mp4"), Why.DAMAGED, "torn")


def test_a_sound_library_passes(path):
    check_texts(path)


def test_a_number_that_only_python_takes_for_json_is_no_damage(path):
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE reports SET about = replace(about, '10.0', 'NaN')")
        assert db.execute("SELECT json_valid(about) FROM reports").fetchone() == (0,)
    check_texts(path)


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_text_that_was_never_written_is_damage_and_costs_itself_alone(path, spoil):
    with closing(sqlite3.connect(path)) as db, db:
        assert db.execute(spoil).rowcount == 1
    prepare(path)  # nothing that SQLite would notice
    with pytest.raises(LibraryDamaged) as damaged:
        check_texts(path)
    assert renew(damaged.value).clips == 1
    check_texts(path)
    with closing(ClipStore(path)) as store:
        found = store.decision(ClipId(1))
    assert found.stars == 3
    assert (found.mark is Mark.KEEP) == ("mark" not in spoil)
    assert (found.note == "the crowd") == ("note" not in spoil)
