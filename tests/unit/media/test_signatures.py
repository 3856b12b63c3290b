"""Signatures: what they show, and that a damaged file costs no more than what is damaged."""

import numpy as np
import pytest

from footage_sorter.domain.clip import ContentId
from footage_sorter.domain.errors import ClipError, OutputFailed
from footage_sorter.media.jpeg import encode_jpeg
from footage_sorter.media.signatures import (
    FILE,
    keep_signatures,
    load_signatures,
    signature_of,
)

ONE, TWO, THREE = (ContentId(f"{n:032x}") for n in (1, 2, 3))


def picture(value):
    return np.full((9, 16, 3), value, np.uint8)


def same(found, expected):
    assert found.keys() == expected.keys()
    for content, signature in expected.items():
        np.testing.assert_array_equal(found[content], signature)


@pytest.mark.parametrize(("width", "height"), [(480, 270), (270, 480), (321, 179)])
def test_a_signature_shows_the_picture(tmp_path, width, height):
    image = np.zeros((height, width, 3), np.uint8)
    image[:, : width // 2] = (200, 40, 40)
    image[height // 2 :, width // 2 :] = (240, 240, 240)
    path = tmp_path / "a.jpg"
    path.write_bytes(encode_jpeg(image))
    signature = signature_of(path)
    assert signature.shape == (9, 16, 3)
    assert signature.dtype == np.uint8
    np.testing.assert_allclose(signature[2, 3], (200, 40, 40), atol=12)
    np.testing.assert_allclose(signature[2, 12], 0, atol=12)
    np.testing.assert_allclose(signature[7, 12], 240, atol=12)


@pytest.mark.parametrize("data", [b"", b"no picture at all", b"\xff\xd8\xff\xd9"])
def test_what_is_no_picture_is_refused(tmp_path, data):
    path = tmp_path / "a.jpg"
    path.write_bytes(data)
    with pytest.raises(ClipError):
        signature_of(path)
    with pytest.raises(ClipError):
        signature_of(tmp_path / "nothing.jpg")


def test_what_is_kept_is_found_again(tmp_path):
    assert load_signatures(tmp_path / "new") == {}
    keep_signatures(tmp_path / "new", {ONE: picture(1)})
    keep_signatures(tmp_path / "new", {TWO: picture(2), ONE: picture(3)})
    same(load_signatures(tmp_path / "new"), {ONE: picture(3), TWO: picture(2)})


def test_a_file_that_was_cut_loses_its_last_record_and_takes_new_ones(tmp_path):
    keep_signatures(tmp_path, {ONE: picture(1), TWO: picture(2)})
    path = tmp_path / FILE
    path.write_bytes(path.read_bytes()[:-7])
    same(load_signatures(tmp_path), {ONE: picture(1)})
    keep_signatures(tmp_path, {THREE: picture(3)})
    same(load_signatures(tmp_path), {ONE: picture(1), THREE: picture(3)})


def test_a_flipped_bit_costs_one_signature(tmp_path):
    keep_signatures(tmp_path, {ONE: picture(1), TWO: picture(2)})
    path = tmp_path / FILE
    data = bytearray(path.read_bytes())
    data[20] ^= 4
    path.write_bytes(data)
    same(load_signatures(tmp_path), {TWO: picture(2)})


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputFailed):
        keep_signatures(tmp_path / "file", {ONE: picture(1)})
