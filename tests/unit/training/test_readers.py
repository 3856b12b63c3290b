"""Readers: labelled pictures, or an error that names the file."""

import cv2
import numpy as np
import pytest

from training.errors import DataError
from training.readers import (
    fold_of,
    is_held_out,
    read_picture,
    read_side,
    refuse_duplicates,
)

CLASSES = ("sharp", "blurry")


def write(path, seed=0, size=64, ending=".jpg"):
    path.parent.mkdir(parents=True, exist_ok=True)
    coarse = np.random.default_rng(seed).integers(0, 256, (8, 8, 3), dtype=np.uint8)
    _, coded = cv2.imencode(ending, cv2.resize(coarse, (size, size)))
    path.write_bytes(coded.tobytes())
    return path


def certh(folder):
    write(folder / "Train/one.JPG", 1)
    write(folder / "Train/two.jpg", 2)
    (folder / "Train.csv").write_text("image,blurred,scene\none,0,a\ntwo,1,b\n")
    return folder


def test_a_table_is_read_with_endings_in_either_case(tmp_path):
    found = read_side(certh(tmp_path), "Train", CLASSES)
    assert [(one.path.name, one.label, one.scene) for one in found] == [
        ("one.JPG", 0, "a"),
        ("two.jpg", 1, "b"),
    ]


def test_the_first_collections_minus_one_is_sharp(tmp_path):
    certh(tmp_path)
    (tmp_path / "Train.csv").write_text("MyDir,Blur Label\none.jpg,-1\ntwo,1\n")
    assert [one.label for one in read_side(tmp_path, "Train", CLASSES)] == [0, 1]


def test_class_folders_are_read_with_their_scenes(tmp_path):
    write(tmp_path / "Test/Sharp_images/x.png", 1, ending=".png")
    write(tmp_path / "Test/blurry/y.jpg", 2)
    (tmp_path / "Test/scenes.csv").write_text("file,scene\nSharp_images/x.png,garden\n")
    found = read_side(tmp_path, "Test", CLASSES)
    assert {(one.path.name, one.label, one.scene) for one in found} == {
        ("x.png", 0, "garden"),
        ("y.jpg", 1, "y"),
    }


def test_a_listed_picture_that_is_missing_is_named(tmp_path):
    certh(tmp_path)
    (tmp_path / "Train/two.jpg").unlink()
    with pytest.raises(DataError, match="two"):
        read_side(tmp_path, "Train", CLASSES)


def test_an_empty_class_folder_is_named(tmp_path):
    write(tmp_path / "Train/Sharp_images/x.jpg")
    (tmp_path / "Train/Blurry_images").mkdir()
    with pytest.raises(DataError, match="Blurry_images"):
        read_side(tmp_path, "Train", CLASSES)


def test_a_side_of_one_class_is_refused(tmp_path):
    certh(tmp_path)
    (tmp_path / "Train.csv").write_text("image,blurred\none,0\ntwo,0\n")
    with pytest.raises(DataError, match="blurry"):
        read_side(tmp_path, "Train", CLASSES)


@pytest.mark.parametrize("content", [b"", b"not a picture"])
def test_an_unreadable_picture_is_named(tmp_path, content):
    path = tmp_path / "broken.jpg"
    path.write_bytes(content)
    with pytest.raises(DataError, match="broken"):
        read_picture(path)


def test_the_same_file_on_both_sides_is_refused(tmp_path):
    a, b = write(tmp_path / "a.jpg", 1), write(tmp_path / "b.jpg", 1)
    with pytest.raises(DataError, match=r"b\.jpg.*a\.jpg"):
        refuse_duplicates([a], [b])


def test_a_scaled_and_recompressed_copy_is_refused(tmp_path):
    a = write(tmp_path / "a.png", 1, 256, ".png")
    b = write(tmp_path / "b.jpg", 1, 180)
    with pytest.raises(DataError):
        refuse_duplicates([a], [b])


def test_different_pictures_pass(tmp_path):
    refuse_duplicates(
        [write(tmp_path / f"{n}.jpg", n) for n in range(5)],
        [write(tmp_path / f"{n}.jpg", n) for n in range(5, 10)],
    )


def test_a_fold_is_decided_by_the_scene_alone():
    folds = [fold_of(str(scene), 5) for scene in range(2000)]
    assert folds == [fold_of(str(scene), 5) for scene in range(2000)]
    assert min(folds.count(n) for n in range(5)) > 300


def test_about_the_share_is_held_out(tmp_path):
    names = [tmp_path / f"{n}.jpg" for n in range(2000)]
    assert 0.2 < sum(is_held_out(name, 0.25) for name in names) / 2000 < 0.3
    assert not any(is_held_out(name, 0.0) for name in names)
