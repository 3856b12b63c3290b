"""What comes from elsewhere is read within bounds, or refused with a reason."""

import pytest

from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.services.files_in import plain_json, read_file


def test_a_file_is_read_up_to_its_bound(tmp_path):
    path = tmp_path / "marks.json"
    path.write_bytes(b"12345")
    assert read_file(path, 5) == b"12345"
    with pytest.raises(ExchangeRefused, match="larger"):
        read_file(path, 4)


def test_what_cannot_be_read_says_why(tmp_path):
    with pytest.raises(ExchangeRefused, match="No such file"):
        read_file(tmp_path / "gone.json")


@pytest.mark.parametrize("text", ["NaN", '{"stars": Infinity}', "[-Infinity]", "{", b"\xff"])
def test_what_is_no_plain_json_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  which of its kinds does not matter
        plain_json(text)


def test_json_comes_back():
    assert plain_json(b'{"stars": [1, 2.5, null]}') == {"stars": [1, 2.5, None]}
