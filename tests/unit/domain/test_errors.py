"""Errors cross from one process to another with their words and their data."""

import pickle
from pathlib import Path

import pytest

from footage_sorter.domain import errors

MADE = (
    errors.ClipError(Path("/a.mp4"), errors.Why.NO_INDEX, "in its words"),
    errors.NothingFound((Path("/a"), Path("/b"))),
    errors.LibraryTooNew(Path("/l"), 9, 7),
    errors.LibraryDamaged(Path("/l"), Path("/l.kept"), "torn"),
    errors.LibraryUnavailable(Path("/l"), "no room", disk_full=True),
    errors.ClassifierRefused("rooms", "hostile"),
    errors.InferenceUnavailable("no device"),
    errors.WindowUnavailable("no display", "libegl1"),
    errors.NothingKept(),
)


@pytest.mark.parametrize("error", MADE, ids=lambda error: type(error).__name__)
def test_an_error_is_the_same_elsewhere(error):
    there = pickle.loads(pickle.dumps(error))
    assert type(there) is type(error)
    assert str(there) == str(error)
    assert vars(there) == vars(error)
