"""Networks: every backbone learns the classes; what is exported answers as what was trained."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from footage_sorter.inference.weights import Measures
from training import checkpoint as checkpoints
from training.backbones import NAMES, build
from training.checkpoint import Checkpoint
from training.errors import StoredError
from training.export import fold
from training.networks import (
    FoldNetworks,
    average_of,
    backbone_weights,
    build_network,
    head_weights,
    light_network,
)
from training.recipe import Head, InputKnobs, Task, load_recipe

SMOKE = load_recipe(Path(__file__).parents[3] / "training/recipes/smoke.toml")
SIDE_PX = {"inception_v3": 304, "alexnet": 64, "lenet5": 32}


def recipe_of(backbone, head=Head.LINEAR, depth=0, side_px=64, count=1, *, frozen=False):
    network = dataclasses.replace(
        SMOKE.network, backbone=backbone, head=head, depth=depth, pretrained="none", frozen=frozen
    )
    knobs = InputKnobs(view="regions", side_px=side_px, count=count)
    return dataclasses.replace(SMOKE, network=network, input=knobs)


def seen(recipe, pictures=2):
    shape = (pictures, recipe.input.count, recipe.input.side_px, recipe.input.side_px, 3)
    return torch.randint(0, 256, shape, dtype=torch.uint8)


@pytest.mark.parametrize("backbone", sorted(NAMES))
@pytest.mark.parametrize("head", [Head.LINEAR, Head.FOUNDING])
def test_every_backbone_learns_with_either_head(backbone, head):
    recipe = recipe_of(backbone, head, side_px=SIDE_PX.get(backbone, 64))
    network = build_network(recipe).train()
    out = network(seen(recipe))
    rows = out if isinstance(out, tuple) else (out,)
    assert all(row.shape == (2, 2) for row in rows)
    assert len(rows) == {"googlenet": 3, "inception_v3": 2}.get(backbone, 1)
    assert head_weights(network)
    assert backbone_weights(network)
    assert network.eval()(seen(recipe)).shape == (2, 2)


def test_a_frozen_backbone_gets_no_gradient():
    recipe = recipe_of("mobilenet_v2", Head.EVIDENCE, 4, frozen=True)
    network = build_network(recipe)
    network(seen(recipe)).sum().backward()
    assert all(weight.grad is None for weight in backbone_weights(network))
    assert any(weight.grad is not None for weight in head_weights(network))


@pytest.mark.parametrize("backbone", ["mobilenet_v2", "efficientnet_lite0"])
@pytest.mark.parametrize("depth", [4, 14])
def test_folding_changes_no_answer(backbone, depth):
    torch.manual_seed(0)
    recipe = recipe_of(backbone, Head.EVIDENCE, depth, count=3)
    trained = build_network(recipe).train()
    for _ in range(3):  # norms that have seen pictures differ from fresh ones
        trained(seen(recipe, 4))
    trained.eval()
    pictures = seen(recipe, 4)
    with torch.no_grad():
        torch.testing.assert_close(
            fold(trained, recipe)(pictures), trained(pictures), atol=1e-3, rtol=1e-3
        )


def test_a_network_of_light_alone_learns_and_is_exported_as_it_is():
    torch.manual_seed(0)
    recipe = recipe_of("", Head.LIGHT)
    trained = build_network(recipe)
    assert set(head_weights(trained)) == set(trained.parameters())
    assert not backbone_weights(trained)
    pictures = seen(recipe, 4)
    torch.testing.assert_close(fold(trained, recipe)(pictures), trained.eval()(pictures))


@pytest.mark.parametrize("ordered", [False, True])
@pytest.mark.parametrize("measures", Measures)
def test_networks_side_by_side_become_one_that_answers_as_their_mean(measures, ordered):
    torch.manual_seed(0)
    recipe = light_recipe(measures=measures, ordered=ordered)
    recipe = dataclasses.replace(
        recipe, data=dataclasses.replace(recipe.data, folds=5, every_fold=True)
    )
    trained = build_network(recipe)
    assert isinstance(trained, FoldNetworks)
    assert set(head_weights(trained)) == set(trained.parameters())
    pictures = seen(recipe, 4)
    each = trained.eval()(pictures)
    assert each.shape == (4, len(recipe.classes), 5)
    assert each[:, 1:].std(dim=2).min() > 1e-3  # they are not one and the same
    one = fold(average_of(trained.lights), recipe)
    torch.testing.assert_close(one(pictures), each.mean(dim=2))


def light_recipe(**knobs):
    recipe = dataclasses.replace(recipe_of("", Head.LIGHT), task=Task.EXPOSURE)
    return dataclasses.replace(recipe, network=dataclasses.replace(recipe.network, **knobs))


def test_an_ordered_answer_never_jumps_from_too_dark_to_too_bright():
    torch.manual_seed(0)
    light = light_network(light_recipe(ordered=True))
    level = torch.linspace(-40, 40, 4001)[:, None]
    with torch.no_grad():
        light.answer.level.weight.fill_(1 / light.answer.level.in_features)
        light.answer.level.bias.zero_()
        logits = light.answer(level.expand(-1, light.answer.level.in_features))
    called = logits.argmax(dim=1)
    assert called[torch.cat([torch.tensor([True]), called.diff() != 0])].tolist() == [1, 0, 2]
    assert called[2000] == 0  # the middle of the scale is good
    torch.testing.assert_close(logits[:, 1], logits[:, 2].flip(0))


def test_an_ordered_answer_learns_its_margin():
    torch.manual_seed(0)
    light = light_network(light_recipe(ordered=True))
    light(seen(light_recipe(), 4)).log_softmax(1)[:, 0].sum().backward()
    assert light.answer.margin in set(head_weights(light))
    assert light.answer.margin.grad.abs().item() > 0


@pytest.mark.parametrize(("backbone", "head"), [("", Head.LINEAR), ("lenet5", Head.LIGHT)])
def test_the_light_head_alone_has_no_backbone(backbone, head):
    with pytest.raises(ValueError, match="backbone"):
        recipe_of(backbone, head)


def test_an_unknown_backbone_is_told():
    with pytest.raises(ValueError, match="resnet18"):
        build("resnet17", "none")


def test_a_backbone_without_weights_says_that_it_starts_at_random(caplog):
    with caplog.at_level("WARNING"):
        build("lenet5", "auto")
    assert "STARTS AT RANDOM" in caplog.text


def test_a_checkpoint_carries_its_recipe(tmp_path):
    network = build_network(recipe_of("lenet5", side_px=32))
    state = network.state_dict()
    checkpoints.save(Checkpoint(SMOKE, 3, 0.5, 2, state, state, {}), tmp_path / "last.pt")
    back = checkpoints.load(tmp_path / "last.pt")
    assert (back.recipe, back.epoch, back.best_epoch) == (SMOKE, 3, 2)
    np.testing.assert_array_equal(
        *(next(iter(one.values())).numpy() for one in (back.network, state))
    )


def test_a_checkpoint_that_cannot_be_written_whole_leaves_the_last_one(tmp_path, monkeypatch):
    state = build_network(recipe_of("lenet5", side_px=32)).state_dict()
    whole = Checkpoint(SMOKE, 3, 0.5, 2, state, state, {})
    checkpoints.save(whole, tmp_path / "last.pt")

    def write_half(_values, path):
        path.write_bytes(b"half")
        raise OSError("no room")

    monkeypatch.setattr(torch, "save", write_half)
    with pytest.raises(OSError, match="no room"):
        checkpoints.save(dataclasses.replace(whole, epoch=4), tmp_path / "last.pt")
    assert checkpoints.load(tmp_path / "last.pt").epoch == 3


@pytest.mark.parametrize("content", [b"", b"damaged", None])
def test_a_damaged_checkpoint_is_told(tmp_path, content):
    path = tmp_path / "last.pt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StoredError):
        checkpoints.load(path)
