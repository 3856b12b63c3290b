import json

import pytest

from footage_sorter.domain.errors import ClassifierRefused
from footage_sorter.inference.scorers import check_classifier, known_classifier
from footage_sorter.services.classifiers import MOST_CLASSIFIERS, Shelf, is_classifier
from tests.helpers.classifiers import classifier


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "shelf", known_classifier, check_classifier)


def names(shelf):
    return [one.name for one in shelf.installed()]


def test_one_is_installed_listed_and_put_aside(shelf, tmp_path):
    folder = classifier(tmp_path / "any folder")
    (folder / "card.md").write_text("for people")
    (folder / "evil.sh").write_text("not ours")
    assert is_classifier(folder)
    assert shelf.install(folder).labels == ("indoor", "outdoor")
    assert names(shelf) == ["place"]
    copied = sorted(path.name for path in (shelf.folder / "place").iterdir())
    assert copied == ["card.md", "manifest.json", "weights.safetensors"]
    aside = shelf.remove("place")
    assert names(shelf) == []
    assert is_classifier(aside)  # nothing is deleted
    assert is_classifier(folder)


def test_a_new_one_of_the_same_name_puts_the_old_one_aside(shelf, tmp_path):
    old = shelf.install(classifier(tmp_path / "old"))
    new = shelf.install(classifier(tmp_path / "new", seed=2))
    assert old.id != new.id
    assert [one.id for one in shelf.installed()] == [new.id]
    (kept,) = (shelf.folder / "removed").iterdir()
    assert known_classifier(kept).id == old.id


def test_one_that_is_refused_leaves_the_shelf_as_it_was(shelf, tmp_path):
    before = shelf.install(classifier(tmp_path / "good"))
    bad = classifier(tmp_path / "bad", seed=2)
    (bad / "weights.safetensors").write_bytes(b"damaged")
    with pytest.raises(ClassifierRefused, match="place: its weights are damaged"):
        shelf.install(bad)
    assert [one.id for one in shelf.installed()] == [before.id]
    assert [path.name for path in shelf.folder.iterdir()] == ["place"]  # no half copy is left


def test_a_damaged_one_on_the_shelf_is_told_and_the_others_serve(shelf, tmp_path):
    shelf.install(classifier(tmp_path / "good"))
    classifier(shelf.folder / "twin")  # copied by hand under another name than its own
    (shelf.folder / "junk").mkdir()
    assert names(shelf) == ["place"]
    assert sorted(error.where for error in shelf.refused()) == ["junk", "twin"]


@pytest.mark.parametrize("name", ["..", "../shelf", "", ".", "removed", "nobody", "/etc"])
def test_only_what_is_installed_can_be_removed(shelf, tmp_path, name):
    shelf.install(classifier(tmp_path / "good"))
    shelf.install(classifier(tmp_path / "again", seed=2))  # so that there is a folder "removed"
    with pytest.raises(ClassifierRefused):
        shelf.remove(name)
    assert names(shelf) == ["place"]


def test_there_is_a_bound_on_how_many(shelf, tmp_path):
    folder = classifier(tmp_path / "one")
    values = json.loads((folder / "manifest.json").read_text("utf-8"))
    for number in range(MOST_CLASSIFIERS):
        copy = classifier(shelf.folder / f"c{number}")
        (copy / "manifest.json").write_text(json.dumps(values | {"name": f"c{number}"}))
    with pytest.raises(ClassifierRefused, match="remove one first"):
        shelf.install(folder)
