"""Networks to train: a backbone and what follows it, from a recipe.

Every network here takes what `preprocess.cut_out` gives, as uint8, and returns logits; the ones
with the evidence head can be folded into what the program runs (see `export`).
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import torch
from torch import nn

from footage_sorter.inference.torch_clip_networks import FrameNet, VolumeNet
from footage_sorter.inference.torch_networks import (
    EvidenceHead,
    EvidenceNet,
    LightNet,
    Normalise,
    measure_light,
)
from footage_sorter.inference.weights import Measures
from training import checkpoint as checkpoints
from training.backbones import bare, build, feature_blocks, stages_of
from training.recipe import Head, Recipe
from training.stored import load_into

AUX_WEIGHT = 0.3
"""Share of each auxiliary head in the loss. Source: Szegedy et al., GoogLeNet, 2014."""


class PictureNet(nn.Module):
    """A whole backbone on whole pictures, its classifier replaced.

    In training a backbone with auxiliary heads returns their logits too, as further rows of a
    tuple; when judging, logits only.
    """

    def __init__(self, backbone: nn.Module) -> None:
        super().__init__()
        self.backbone = backbone
        self.normalise = Normalise()

    def forward(self, seen: torch.Tensor) -> torch.Tensor | tuple[torch.Tensor, ...]:
        """Return logits (N, classes), the mean over a picture's cut-outs.

        Args:
            seen: uint8 (N, cut-outs, side, side, 3), sRGB.
        """
        pictures = seen.shape[0]
        pixels = seen.flatten(0, 1).permute(0, 3, 1, 2)
        out = self.backbone(self.normalise(pixels))
        if isinstance(out, tuple):  # auxiliary heads, in training
            return tuple(_mean_by_picture(one, pictures) for one in out if one is not None)
        return _mean_by_picture(out, pictures)


STEEPNESS = 4.0
"""How far a step of the ordered answer's level moves a logit. By folds 2 to 8 do alike."""


class Ordered(nn.Module):
    """The answer of a network of light as one number: how bright, from too dark to too bright.

    Good light lies within a learned margin of the middle; what lies below is underexposed, what
    lies above overexposed. The three logits are linear in the number, so that the program runs
    them as any other three rows.

    Source: McCullagh, Regression Models for Ordinal Data, 1980.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.level = nn.Linear(width, 1)
        self.margin = nn.Parameter(torch.tensor([1.5]))

    def forward(self, inside: torch.Tensor) -> torch.Tensor:
        """Return logits (N, 3) of good, underexposed, overexposed for (N, width)."""
        return nn.functional.linear(inside, *self.rows())

    def rows(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Return weight (3, width) and bias (3,) of the linear layer that answers the same."""
        weight, bias = STEEPNESS * self.level.weight, STEEPNESS * self.level.bias
        biases = [torch.zeros_like(bias), -bias - self.margin, bias - self.margin]
        return torch.cat([torch.zeros_like(weight), -weight, weight]), torch.cat(biases)


def light_network(recipe: Recipe) -> LightNet:
    """Build the recipe's network of light, or one of those that learn side by side."""
    knobs = recipe.network
    network = LightNet(knobs.width, len(recipe.classes), knobs.dropout, knobs.measures)
    if knobs.ordered:
        network.answer = Ordered(knobs.width)
    return network


def average_of(lights: Sequence[LightNet]) -> LightNet:
    """Return the one network, as the program runs it, whose logits are the mean of theirs."""
    first = lights[0]
    rows = [_rows(light.answer) for light in lights]
    one = LightNet(
        first.inside.out_features * len(lights), len(rows[0][1]), measures=first.measures
    )
    answers = torch.cat([weight for weight, _ in rows], dim=1) / len(lights)
    with torch.no_grad():
        one.inside.weight.copy_(torch.cat([light.inside.weight for light in lights]))
        one.inside.bias.copy_(torch.cat([light.inside.bias for light in lights]))
        weight, bias = _rows(one.answer)
        weight.copy_(answers)
        bias.copy_(torch.stack([bias for _, bias in rows]).mean(dim=0))
    return one.eval()


def _rows(answer: nn.Module) -> tuple[torch.Tensor, torch.Tensor]:
    """Return weight (classes, width) and bias (classes,) of a network of light's answer."""
    if isinstance(answer, Ordered):
        return answer.rows()
    assert isinstance(answer, nn.Linear)
    return answer.weight, answer.bias


class FoldNetworks(nn.Module):
    """Several networks of light that learn from the same pictures, each kept from a fold of them.

    What is shipped is their average (`average_of`). That is one network again, as wide as all of
    them.
    """

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        self.measures: Measures = recipe.network.measures
        self.members = nn.ModuleList(light_network(recipe) for _ in range(recipe.members))

    def forward(self, seen: torch.Tensor) -> torch.Tensor:
        """Return the logits of each, (N, classes, members).

        Args:
            seen: uint8 (N, 1, side, side, 3), sRGB.
        """
        measured = measure_light(seen, self.measures)
        return torch.stack([one.judge(measured) for one in self.lights], dim=2)

    @property
    def lights(self) -> list[LightNet]:
        """The members, in the order of the folds that they are kept from."""
        return [light for light in self.members if isinstance(light, LightNet)]


def build_network(recipe: Recipe) -> nn.Module:
    """Build the recipe's network, its backbone pretrained where that can be had.

    Raises:
        TrainingError: The recipe asks for a combination that does not exist.
        StoredError: A file of weights is missing or damaged, or does not fit.
    """
    knobs = recipe.network
    network = _put_together(recipe, lambda name: build(name, knobs.pretrained))
    if knobs.start:
        start = Path(knobs.start)
        load_into(network, checkpoints.load(start).kept, start)
    if knobs.frozen:
        for weight in backbone_weights(network):
            weight.requires_grad = False
    return network


def restored_network(recipe: Recipe, weights: dict[str, torch.Tensor], path: Path) -> nn.Module:
    """Build the recipe's network with the weights of the checkpoint at `path`.

    What it started from is not looked for: it may be gone by now.

    Raises:
        StoredError: The weights are another network's.
    """
    network = _put_together(recipe, bare)
    load_into(network, weights, path)
    return network


def _put_together(recipe: Recipe, backbone_of: Callable[[str], nn.Module]) -> nn.Module:
    """Put the recipe's head on the backbone that `backbone_of` gives for its name."""
    knobs, classes = recipe.network, len(recipe.classes)
    if recipe.data.every_fold:
        return FoldNetworks(recipe)
    if knobs.head is Head.LIGHT:
        return light_network(recipe)
    backbone = backbone_of(knobs.backbone)
    if knobs.head is Head.EVIDENCE:
        trunk = feature_blocks(backbone, knobs.backbone, knobs.depth)
        _, stages = stages_of(knobs.backbone, knobs.depth)
        head = EvidenceHead(stages[-1].channels, knobs.width, classes, knobs.dropout)
        return EvidenceNet(trunk, head)
    _replace_classifiers(backbone, knobs.head, classes, knobs.dropout)
    return PictureNet(backbone)


def head_modules(network: nn.Module) -> list[nn.Module]:
    """Return the new layers: those that start at random and learn at the full rate."""
    if isinstance(network, EvidenceNet | FrameNet | VolumeNet):
        return [network.head]
    if isinstance(network, LightNet | FoldNetworks):
        return [network]
    return [module for module in network.modules() if getattr(module, "is_new", False)]


def head_weights(network: nn.Module) -> list[nn.Parameter]:
    """Return the weights of the new layers."""
    return [weight for module in head_modules(network) for weight in module.parameters()]


def backbone_weights(network: nn.Module) -> list[nn.Parameter]:
    """Return the weights that came with the backbone."""
    new = {id(weight) for weight in head_weights(network)}
    return [weight for weight in network.parameters() if id(weight) not in new]


def _replace_classifiers(backbone: nn.Module, head: Head, classes: int, dropout: float) -> None:
    """Give the backbone's classifier, and its auxiliary ones, the task's classes."""
    linears = [name for name, module in backbone.named_modules() if isinstance(module, nn.Linear)]
    main = linears[-1]
    auxiliary = _last_of_each(name for name in linears if name.lower().startswith("aux"))
    for name in auxiliary:
        old = backbone.get_submodule(name)
        assert isinstance(old, nn.Linear)
        _put(backbone, name, nn.Sequential(nn.Linear(old.in_features, classes)))
    old = backbone.get_submodule(main)
    assert isinstance(old, nn.Linear)
    if head is Head.LINEAR:
        _put(
            backbone, main, nn.Sequential(nn.Dropout(dropout), nn.Linear(old.in_features, classes))
        )
        return
    founding = nn.Sequential(
        nn.Linear(old.out_features, 500), nn.ReLU(), nn.Dropout(dropout), nn.Linear(500, classes)
    )
    founding.is_new = True  # type: ignore[assignment]
    _put(backbone, main, nn.Sequential(old, founding), is_new=False)


def _last_of_each(names: Iterable[str]) -> Sequence[str]:
    """Keep the last layer of each auxiliary head."""
    return list({name.split(".")[0]: name for name in names}.values())


def _put(model: nn.Module, name: str, module: nn.Module, *, is_new: bool = True) -> None:
    """Set the submodule `name` of `model`."""
    parent, _, last = name.rpartition(".")
    if is_new:
        module.is_new = True  # type: ignore[assignment]
    setattr(model.get_submodule(parent), last, module)


def _mean_by_picture(logits: torch.Tensor, pictures: int) -> torch.Tensor:
    """Average logits (pictures * cut-outs, classes) over each picture's cut-outs."""
    return logits.reshape(pictures, -1, logits.shape[-1]).mean(dim=1)
