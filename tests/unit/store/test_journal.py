"""The journal: a clip's place changes with the step that moved its file."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from footage_sorter.domain.clip import FileStamp
from footage_sorter.domain.filing import Deed, FilePlan, State, Step
from footage_sorter.domain.report import Models
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import prepare
from footage_sorter.store.journal import Journal

STAMP = FileStamp(1, 1)
SOURCE, TARGET = Path("/card/a.mp4"), Path("/out/a.mp4")
MODELS = Models("b@1", "e@1", "s@1", "t@1")


@pytest.fixture
def library(tmp_path):
    path = tmp_path / "library.sqlite"
    prepare(path)
    with closing(ClipStore(path)) as store, closing(Journal(path)) as journal:
        yield store, journal


@pytest.mark.parametrize(
    ("deed", "done", "missing"),
    [
        (Deed.MOVE, TARGET, False),
        (Deed.TRASH, SOURCE, True),
        (Deed.COPY, SOURCE, False),
        (Deed.LINK, SOURCE, False),
    ],
)
def test_a_clip_is_where_its_file_is_and_comes_back_with_it(library, deed, done, missing):
    store, journal = library
    clip = store.put_found(SOURCE, STAMP)
    step = Step(0, deed, SOURCE, TARGET, STAMP, clip.id)
    operation = journal.begin(FilePlan(deed, TARGET.parent, (step,)))

    def place():
        (one,) = store.load(MODELS)
        return one.clip.id, one.clip.path, one.missing

    journal.note(operation.id, replace(step, state=State.BEGUN))
    assert place() == (clip.id, SOURCE, False)
    journal.note(operation.id, replace(step, state=State.DONE))
    assert place() == (clip.id, done, missing)
    journal.note(operation.id, replace(step, state=State.UNDONE))
    assert place() == (clip.id, SOURCE, False)
    assert journal.operations()[0].steps == (replace(step, state=State.UNDONE),)
