"""Backbones begin with the weights that they are to begin with, and the log says with which."""

from urllib.error import URLError

import pytest
import torch

from tests.helpers.command import ROOT
from training import backbones
from training.backbones import build
from training.clips.networks import build_clip_network
from training.clips.recipe import load_any_recipe


@pytest.fixture(autouse=True)
def _all_is_told(caplog):
    caplog.set_level("INFO")


def same(one, other):
    pairs = zip(one.state_dict().values(), other.state_dict().values(), strict=True)
    return all(torch.equal(*pair) for pair in pairs)


@pytest.fixture
def lenet(tmp_path):
    """A network, and the file of its weights."""
    network = build("lenet5", "none")
    torch.save(network.state_dict(), tmp_path / "lenet.pth")
    return network, tmp_path / "lenet.pth"


def test_weights_come_from_a_file(lenet, caplog):
    network, path = lenet
    assert same(build("lenet5", str(path)), network)
    assert f"lenet5 starts from {path}" in caplog.text


def test_weights_come_from_a_package_before_they_are_downloaded(lenet, monkeypatch, caplog):
    network, path = lenet
    package = path.parent / "carries_weights"
    package.mkdir()
    (package / "__init__.py").touch()
    path.rename(package / "lenet.pth")
    monkeypatch.syspath_prepend(path.parent)
    monkeypatch.setitem(backbones.PACKAGED, "lenet5", ("carries_weights", "lenet.pth"))
    monkeypatch.setattr(backbones, "from_torchvision", lambda _name: pytest.fail("downloaded"))
    assert same(build("lenet5", "auto"), network)
    assert "lenet5 starts from the package carries_weights" in caplog.text


def test_a_package_that_is_not_installed_is_none(monkeypatch, caplog):
    monkeypatch.setitem(backbones.PACKAGED, "lenet5", ("no_such_package", "lenet.pth"))
    build("lenet5", "auto")
    assert "STARTS AT RANDOM" in caplog.text


def test_published_weights_fit_under_other_names(tmp_path):
    network = build("efficientnet_lite0", "none")
    renamed = {f"theirs.{at}": value for at, value in enumerate(network.state_dict().values())}
    torch.save(renamed, tmp_path / "theirs.pth")
    assert same(build("efficientnet_lite0", str(tmp_path / "theirs.pth")), network)


class Torchvision:
    """What torchvision says of a network's weights."""

    def __init__(self, answer):
        self.DEFAULT, self.answer = self, answer

    def get_state_dict(self, **_words):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_weights_come_from_torchvision(monkeypatch, caplog):
    network = build("alexnet", "none")
    theirs = Torchvision(network.state_dict())
    monkeypatch.setattr(backbones.torchvision.models, "get_model_weights", lambda _name: theirs)
    assert same(build("alexnet", "auto"), network)
    assert "alexnet starts from torchvision's" in caplog.text


@pytest.mark.parametrize(
    "trouble", [URLError("no network"), OSError("no room"), RuntimeError("invalid hash value")]
)
def test_what_cannot_be_downloaded_starts_at_random_and_says_so(monkeypatch, caplog, trouble):
    monkeypatch.setattr(
        backbones.torchvision.models, "get_model_weights", lambda _name: Torchvision(trouble)
    )
    build("alexnet", "auto")
    assert "alexnet STARTS AT RANDOM: no pretrained weights could be had" in caplog.text
    recipe = load_any_recipe(ROOT / "training/recipes/clips/r3d18.toml")
    build_clip_network(recipe, 2)
    assert "r3d_18 STARTS AT RANDOM: no pretrained weights could be had" in caplog.text
