"""What `files` says at its end, and which operation `undo` and `resume` take up."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from footage_sorter.cli import files
from footage_sorter.cli.exit_status import ExitStatus
from footage_sorter.cli.requests import Again, FilesAgain
from footage_sorter.domain.clip import FileStamp
from footage_sorter.domain.filing import Deed, FilePlan, Obstacle, State, Step
from footage_sorter.store.database import prepare
from footage_sorter.store.journal import Journal

STEP = Step(0, Deed.COPY, Path("/card/a.mp4"), Path("/out/a.mp4"), FileStamp(1, 1))


def test_a_file_that_failed_is_told_and_makes_the_status(capsys):
    done = replace(STEP, state=State.DONE)
    failed = replace(STEP, number=1, state=State.FAILED, obstacle=Obstacle.MISSING)
    assert files._do((step for step in (done, failed)), 2) == ExitStatus.NOT_ALL
    told = capsys.readouterr().err
    assert "/card/a.mp4: The file is not there any more." in told
    assert "1 of 2 files done." in told
    assert files._do((step for step in (done,)), 1) == ExitStatus.DONE


@pytest.mark.parametrize(
    ("state", "how", "said"),
    [
        (State.DONE, Again.RESUME, "There is nothing to finish."),
        (State.DONE, Again.UNDO, "trash the copy /out/a.mp4"),
        (State.PLANNED, Again.RESUME, "copy /card/a.mp4 -> /out/a.mp4"),
        (State.UNDONE, Again.UNDO, "There is nothing to undo."),
    ],
)
def test_the_operation_that_can_be_finished_or_taken_back_is_told(
    tmp_path, capsys, state, how, said
):
    prepare(tmp_path / "library.sqlite")
    with closing(Journal(tmp_path / "library.sqlite")) as journal:
        journal.begin(FilePlan(Deed.COPY, Path("/out"), (replace(STEP, state=state),)))
        assert files._again(FilesAgain(how, yes=False), journal) == ExitStatus.DONE
    assert capsys.readouterr().out.splitlines()[0] == said
