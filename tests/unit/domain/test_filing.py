"""What can still be done with an operation, by how far its steps are."""

from pathlib import Path

import pytest

from footage_sorter.domain.clip import FileStamp
from footage_sorter.domain.filing import Deed, Operation, State, Step


@pytest.mark.parametrize(
    ("state", "unfinished", "undoable"),
    [
        (State.PLANNED, True, False),
        (State.BEGUN, True, True),
        (State.DONE, False, True),
        (State.FAILED, False, False),
        (State.RETURNING, True, True),
        (State.UNDONE, False, False),
    ],
)
def test_what_was_cut_off_can_be_finished_and_what_was_touched_taken_back(
    state, unfinished, undoable
):
    ended = [Step(n, Deed.MOVE, Path("/a"), Path("/b"), FileStamp(1, 1), state=one)
             for n, one in enumerate((State.UNDONE, state, State.FAILED))]  # fmt: skip
    operation = Operation(1, 1, None, ended)
    assert (operation.unfinished, operation.undoable) == (unfinished, undoable)
