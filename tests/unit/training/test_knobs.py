"""Each knob of learning does what it says, in the loop itself; a few numbers stand for pictures."""

import dataclasses
import math

import numpy as np
import pytest
import torch
from torch import nn

from tests.helpers.brackets import RECIPE
from training import checkpoint as checkpoints
from training import train as loop
from training.lessons import Lesson
from training.recipe import Optimiser, Schedule, load_recipe

COUNTS = (30, 6)
LENET = 'backbone = "lenet5"\npretrained = "none"\nhead = "linear"'

STEP = {"optimiser": Optimiser.SGD, "momentum": 0.0, "peak_lr": 1e-3, "batch_size": sum(COUNTS)}
"""One plain step an epoch, over all there is."""


class Numbers:
    """Four numbers an example; the first tells its class, which is rare or not."""

    def __init__(self):
        self.epoch = 0
        self.truth = np.repeat([0, 1], COUNTS)
        self.numbers = np.random.default_rng(2).normal(0, 1, (len(self.truth), 4))
        self.numbers[:, 0] += self.truth

    def __len__(self):
        return len(self.truth)

    def __getitem__(self, index):
        return torch.tensor(self.numbers[index], dtype=torch.float32), int(self.truth[index])


class Small(nn.Module):
    """A backbone with a norm, a new head, and an auxiliary one that answers in training only."""

    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(
            nn.Linear(4, 6), nn.Unflatten(1, (6, 1, 1)), nn.BatchNorm2d(6)
        )
        self.head, self.aux = nn.Linear(6, 2), nn.Linear(6, 2)
        self.head.is_new = self.aux.is_new = True
        for weight in self.head.parameters():
            nn.init.zeros_(weight)  # it begins with no opinion

    def forward(self, seen):
        held = self.backbone(seen).flatten(1)
        return (self.head(held), self.aux(held)) if self.training else self.head(held)


@pytest.fixture
def learned(tmp_path, monkeypatch):
    """A function that learns with some knobs; returns the weights before and after."""
    for drawing in ("draw_curves", "draw_confusion"):  # they take longer than the learning
        monkeypatch.setattr(loop, drawing, lambda *_words: None)
    path = tmp_path / "recipe.toml"
    text = RECIPE.format(
        name="knobs", network=LENET, every_fold="false", epochs=1, batch_size=12, peak_lr=0.05
    )
    path.write_text(text, "utf-8")
    plain = load_recipe(path)

    def learn(*, frozen=False, **knobs):
        learning = dataclasses.replace(
            plain.learning, warmup_epochs=0.0, schedule=Schedule.CONSTANT, average_decay=0.0
        )
        recipe = dataclasses.replace(
            plain,
            network=dataclasses.replace(plain.network, frozen=frozen),
            learning=dataclasses.replace(learning, **knobs),
        )
        torch.manual_seed(4)
        network = Small()
        for weight in network.backbone.parameters():
            weight.requires_grad = not frozen
        before = {name: value.clone() for name, value in network.state_dict().items()}
        some = Numbers()
        lesson = Lesson(("good", "bad"), network, some, some, (), np.array(COUNTS))
        monkeypatch.setattr(loop, "lesson_of", lambda _recipe, _data: lesson)
        monkeypatch.setattr(type(recipe), "classes", ("good", "bad"))
        loop.train(recipe, tmp_path, tmp_path / "run", "cpu")
        return before, checkpoints.load(tmp_path / "run" / "last.pt").network

    return learn


def moved(weights):
    """The names of what is not as it was."""
    before, after = weights
    return {name for name in before if not torch.equal(before[name], after[name])}


def test_all_that_can_be_learned_is_learned_the_auxiliary_head_too(learned):
    norm = {f"backbone.2.running_{name}" for name in ("mean", "var")}
    tracked = {"backbone.2.num_batches_tracked"}
    assert moved(learned()) == learned()[0].keys() | norm | tracked


def test_a_frozen_backbone_stays_as_it_came_its_norms_too(learned):
    assert {name.partition(".")[0] for name in moved(learned(frozen=True))} == {"head", "aux"}


def test_the_backbone_learns_at_a_rate_of_its_own(learned):
    still = learned(backbone_lr_ratio=0.0)
    assert {name for name in moved(still) if "running" not in name and "num" not in name} == {
        f"{head}.{what}" for head in ("head", "aux") for what in ("weight", "bias")
    }


def test_decay_pulls_at_matrices_and_spares_biases_and_norms(learned):
    # A rate that moves nothing by itself, and a pull that halves what it holds in one step.
    before, after = learned(
        peak_lr=1e-9, weight_decay=5e8, batch_size=len(Numbers()), backbone_lr_ratio=1.0
    )
    for name, weights in before.items():
        if name.endswith(("weight", "bias")):
            expected = weights / 2 if weights.ndim > 1 else weights
            torch.testing.assert_close(after[name], expected, atol=1e-6, rtol=1e-5, msg=name)


def test_momentum_is_that_of_sgd(learned):
    ways = [
        learned(optimiser=Optimiser.SGD, momentum=momentum)[1]["head.weight"]
        for momentum in (0.0, 0.9)
    ]
    assert not torch.allclose(*ways)


def test_the_rare_class_weighs_as_much_as_the_common_one(learned):
    """After one step of a head without an opinion, its bias tells what each class weighs."""
    shifts = {}
    for balanced in (True, False):
        before, after = learned(balance_classes=balanced, weight_decay=0.0, **STEP)
        shifts[balanced] = (after["head.bias"] - before["head.bias"])[0].item()
    assert shifts[True] == pytest.approx(0.0, abs=1e-6)
    assert shifts[False] == pytest.approx(1e-3 * (30 / 36 - 1 / 2), rel=1e-3)


def test_smoothed_labels_hold_back(learned):
    sharp, smooth = (
        learned(label_smoothing=share, epochs=20)[1]["head.weight"].abs().sum().item()
        for share in (0.0, 0.5)
    )
    assert smooth < sharp


@pytest.mark.parametrize("schedule", [Schedule.STEP, Schedule.MULTIPLICATIVE])
def test_the_rate_of_a_step_is_that_of_its_schedule(learned, schedule):
    """With nothing but SGD, two epochs of one step move as far as their rates say, about."""
    knobs = {"schedule": schedule, "step_epochs": 1, "decay": 0.5, "balance_classes": False, **STEP}
    one, two = (learned(epochs=epochs, **knobs) for epochs in (1, 2))
    first, both = (
        (after["head.bias"] - before["head.bias"]).norm() for before, after in (one, two)
    )
    assert math.isclose(both / first, 1.5, rel_tol=0.05)
