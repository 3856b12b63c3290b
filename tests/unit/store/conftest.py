"""A whole library to be damaged, and what is true of it."""

import pytest

from tests.helpers.damaged import Bytes, Truth, fill, places, said_in


@pytest.fixture(scope="session")
def whole(tmp_path_factory):
    """A whole library."""
    path = tmp_path_factory.mktemp("whole") / "library.sqlite"
    fill(path)
    return Bytes(path.read_bytes())


@pytest.fixture(scope="session")
def truth(whole, tmp_path_factory):
    path = tmp_path_factory.mktemp("truth") / "library.sqlite"
    path.write_bytes(whole)
    return Truth(said_in(path), {number: place for number, *place in places(path)})
