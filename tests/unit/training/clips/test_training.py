"""Networks over time: in the shapes they take, by the same loop, from clips to a result."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from footage_sorter.inference.classifiers import read_manifest
from footage_sorter.inference.clip_sizes import NETWORKS, OVER_FRAMES
from footage_sorter.inference.clip_view import square
from footage_sorter.inference.torch_clips import load as load_classifier
from tests.helpers.clip_sets import hmdb_like
from training import __main__ as command
from training import checkpoint as checkpoints
from training.clips.datasets import as_tensor, vary
from training.clips.networks import build_clip_network
from training.clips.prepare import read_frames
from training.clips.recipe import ClipDrawKnobs, load_any_recipe
from training.errors import RecipeError
from training.machine import Machine
from training.networks import backbone_weights, head_weights
from training.train import rest_norms, train
from training.values import plain

RECIPES = sorted((Path(__file__).parents[4] / "training/recipes/clips").glob("*.toml"))
SMOKE = load_any_recipe(RECIPES[0].with_name("smoke.toml"))
TEXT = load_any_recipe(RECIPES[0].with_name("resnet18-lstm.toml"))


def recipe_of(kind, *, frozen=False, **learning):
    network = dataclasses.replace(SMOKE.network, kind=kind, frozen=frozen)
    return dataclasses.replace(
        SMOKE, network=network, learning=dataclasses.replace(SMOKE.learning, **learning)
    )


def frames_of(rng, frames=16, height=40, width=60):
    return rng.integers(0, 256, (frames, height, width, 3), dtype=np.uint8)


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_every_recipe_comes_back_from_its_values(path):
    recipe = load_any_recipe(path)
    values = plain(recipe)
    assert checkpoints.any_recipe_from(values) == recipe


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('kind = "lstm"', 'kind = "transformer"', "transformer"),
        ('backbone = "resnet18"', 'backbone = "alexnet"', "alexnet"),
        ("frames = 16", "frames = 1", "input.frames"),
        ("side_px = 32", "side_px = 8", "input.side_px"),
        ("folds = 2", "folds = 2\nfold = 2", "data.fold"),
        ("hidden = 16", "hidden = 0", "hidden"),
        ("hidden = 16", "hidden = 16\ndropout = -0.5", "network.dropout must be 0 to 1"),
        ("[learning]", "[draws]\ncrop = [1.0, 0.5]\n[learning]", "draws.crop must rise"),
        ("hidden = 16", "width = 16", "network.width"),
        ('task = "clips"', 'task = "blur"', "unknown keys"),
    ],
)
def test_a_wrong_recipe_is_refused_by_name(tmp_path, old, new, told):
    text = RECIPES[0].with_name("smoke.toml").read_text()
    assert old in text
    path = tmp_path / "recipe.toml"
    path.write_text(text.replace(old, new))
    with pytest.raises(RecipeError, match=told):
        load_any_recipe(path)


def test_the_recipe_of_the_text_is_what_the_text_says():
    assert (TEXT.network.backbone, TEXT.network.kind, TEXT.network.layers) == (
        "resnet18",
        "lstm",
        1,
    )
    assert (TEXT.input.frames, TEXT.input.side_px) == (16, 112)


@pytest.mark.parametrize("kind", NETWORKS)
def test_every_network_learns_from_the_shape_it_takes(kind):
    recipe = recipe_of(kind)
    frames = square(frames_of(np.random.default_rng(1), frames=8), 32)
    seen = as_tensor(frames, over_volume=recipe.network.over_volume)[np.newaxis].repeat(
        2, 1, 1, 1, 1
    )
    assert seen.shape == ((2, 8, 3, 32, 32) if kind in OVER_FRAMES else (2, 3, 8, 32, 32))
    network = Machine(torch.device("cpu"), 0, 1).spread(build_clip_network(recipe, 5)).train()
    logits = network(seen)
    assert logits.shape == (2, 5)
    logits.sum().backward()
    assert all(weight.grad is not None for weight in network.parameters())
    assert len(head_weights(network)) + len(backbone_weights(network)) == len(
        list(network.parameters())
    )


@pytest.mark.parametrize("kind", ["gru", "mc3_18"])
def test_a_frozen_backbone_gets_no_gradient(kind):
    network = build_clip_network(recipe_of(kind, frozen=True), 3)
    assert not any(weight.requires_grad for weight in backbone_weights(network))
    assert all(weight.requires_grad for weight in head_weights(network))


@pytest.mark.parametrize("kind", ["gru", "mc3_18"])
def test_norms_of_a_frozen_backbone_rest_on_several_cards_too(kind):
    network = build_clip_network(recipe_of(kind, frozen=True), 3).train()
    spread = torch.nn.SyncBatchNorm.convert_sync_batchnorm(network)
    for one in (build_clip_network(recipe_of(kind, frozen=True), 3).train(), spread):
        rest_norms(one)
        norms = [module for module in one.modules() if "Norm" in type(module).__name__]
        norms = [module for module in norms if hasattr(module, "running_mean")]
        assert norms
        assert not any(module.training for module in norms)
        assert one.training


def test_all_frames_of_a_clip_are_varied_alike():
    rng = np.random.default_rng(3)
    still = np.repeat(frames_of(rng, 1), 16, axis=0)
    for seed in range(20):
        seen = vary(still, ClipDrawKnobs(), 32, np.random.default_rng(seed))
        assert seen.shape == (16, 32, 32, 3)
        assert (seen == seen[0]).all()


def test_without_mirroring_directions_stay():
    ramp = np.broadcast_to(np.arange(60, dtype=np.uint8)[:, np.newaxis] * 4, (2, 40, 60, 3))
    for seed in range(20):
        knobs = ClipDrawKnobs(mirrored_share=0.0, light=0.0)
        seen = vary(ramp, knobs, 32, np.random.default_rng(seed)).astype(int)
        assert (np.diff(seen[..., 0], axis=2) >= 0).all()


def test_a_varied_clip_keeps_nearly_all_of_its_frames():
    frames = np.zeros((2, 40, 60, 3), np.uint8)
    frames[:, :, 20:40] = 200  # the middle third, whatever is cut off
    for seed in range(20):
        knobs = ClipDrawKnobs(crop=(0.8, 1.0), light=0.0)
        seen = vary(frames, knobs, 32, np.random.default_rng(seed))
        assert 0.3 <= (seen > 100).mean() <= 0.45


def test_hmdb51_from_folders_of_clips_to_a_measured_result(tmp_path, capsys):
    hmdb_like(tmp_path / "hmdb51", classes=51, clips=3)
    assert (
        command.main(
            ["prepare", str(tmp_path / "hmdb51"), str(tmp_path / "prepared"), "--short-side", "32"]
        )
        == 0
    )
    assert "153 clips prepared, 0 skipped" in capsys.readouterr().out
    smoke = RECIPES[0].with_name("smoke.toml")
    out = tmp_path / "run"
    words = ["train", str(smoke), "--data", str(tmp_path), "--out", str(out), "--device", "cpu"]
    assert command.main(words) == 0
    for name in ("best.pt", "last.pt", "log.csv", "curves.png", "confusion.png"):
        assert (out / name).is_file()
    capsys.readouterr()
    words = ["judge", str(out / "best.pt"), "--data", str(tmp_path), "--json", "--device", "cpu"]
    assert command.main(words) == 0
    document = json.loads(capsys.readouterr().out)
    assert len(document["test"]["recalls"]) == 51
    assert (document["held_out_fold"]["clips"], document["test"]["clips"]) == (51, 51)
    assert document["test"]["majority"] == pytest.approx(1 / 51, abs=1e-4)
    # What was trained is a classifier that the program loads, and it answers alike.
    words = ["classifier", str(out / "best.pt"), "--data", str(tmp_path)]
    assert command.main([*words, "--out", str(tmp_path / "actions"), "--title", "Action"]) == 0
    files = read_manifest(tmp_path / "actions")
    assert (files.classifier.title, len(files.classifier.labels)) == ("Action", 51)
    assert files.classifier.accuracy == document["test"]["accuracy"]
    frames = read_frames(tmp_path / "prepared/action_07/film0_action_07_f_cm_np1_fr_med_0.avi", 16)
    likely = load_classifier(tmp_path / "actions", "cpu").judge(list(frames))
    assert sum(likely) == pytest.approx(1.0, abs=1e-4)
    state = checkpoints.load(out / "best.pt")
    network = build_clip_network(state.recipe, 51).eval()
    network.load_state_dict(state.kept)
    seen = as_tensor(square(list(frames), 32), over_volume=False)[np.newaxis]
    with torch.inference_mode():
        expected = network(seen).double().softmax(1)[0]
    np.testing.assert_allclose(likely, expected.numpy(), atol=1e-4)


def test_resnet18_and_a_recurrent_layer_learn_what_is_there_to_learn(tmp_path):
    hmdb_like(tmp_path / "hmdb51", classes=2, clips=5)
    words = ["prepare", str(tmp_path / "hmdb51"), str(tmp_path / "prepared"), "--short-side", "32"]
    assert command.main(words) == 0
    recipe = dataclasses.replace(
        TEXT,
        data=SMOKE.data,
        network=dataclasses.replace(TEXT.network, pretrained="none", dropout=0.0),
        input=SMOKE.input,
        learning=dataclasses.replace(
            TEXT.learning,
            epochs=6,
            batch_size=4,
            peak_lr=2e-3,
            backbone_lr_ratio=1.0,
            warmup_epochs=0.0,
            patience=0,
            workers=0,
            threads=1,
            mixed_precision=False,
        ),
    )
    best = checkpoints.load(train(recipe, tmp_path, tmp_path / "run", "cpu"))
    assert best.best == 1.0


def test_a_data_set_that_was_not_prepared_is_told(tmp_path, capsys):
    smoke = RECIPES[0].with_name("smoke.toml")
    words = ["train", str(smoke), "--data", str(tmp_path), "--out", str(tmp_path / "run")]
    assert command.main(words) == 2
    assert "python -m training prepare" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_a_class_of_too_few_sources_is_told_before_training(tmp_path, capsys):
    hmdb_like(tmp_path / "hmdb51", classes=2, clips=2)  # one to learn from, one of the test
    words = ["prepare", str(tmp_path / "hmdb51"), str(tmp_path / "prepared"), "--short-side", "32"]
    assert command.main(words) == 0
    smoke = RECIPES[0].with_name("smoke.toml")
    assert (
        command.main(["train", str(smoke), "--data", str(tmp_path), "--out", str(tmp_path / "r")])
        == 2
    )
    assert "its clips have too few sources" in capsys.readouterr().err
