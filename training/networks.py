"""Networks to train: a backbone and what follows it, from a recipe.

Every network here takes what `preprocess.cut_out` gives, as uint8, and returns logits; the ones
with the evidence head can be folded into what the program runs (see `export`).
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import torch
from torch import nn

from footage_sorter.inference.torch_clip_networks import FrameNet, VolumeNet
from footage_sorter.inference.torch_networks import (
    EvidenceHead,
    EvidenceNet,
    LightNet,
    Normalise,
    light_spread,
)
from training import checkpoint as checkpoints
from training.backbones import build, feature_blocks, stages_of
from training.recipe import Head, Recipe

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


class SideBySide(nn.Module):
    """Several networks of light that learn from the same pictures, each kept from a fold of them.

    What is shipped is their average. That is one network again, as wide as all of them.
    """

    def __init__(self, members: int, width: int, classes: int, dropout: float) -> None:
        super().__init__()
        self.members = nn.ModuleList(LightNet(width, classes, dropout) for _ in range(members))

    def forward(self, seen: torch.Tensor) -> torch.Tensor:
        """Return the logits of each, (N, classes, members).

        Args:
            seen: uint8 (N, 1, side, side, 3), sRGB.
        """
        spread = light_spread(seen)
        return torch.stack([one.judge(spread) for one in self._lights()], dim=2)

    def average(self) -> LightNet:
        """Return the one network whose logits are the mean of theirs."""
        lights = self._lights()
        first = lights[0].answer
        one = LightNet(first.in_features * len(lights), first.out_features)
        with torch.no_grad():
            one.inside.weight.copy_(torch.cat([light.inside.weight for light in lights]))
            one.inside.bias.copy_(torch.cat([light.inside.bias for light in lights]))
            answers = torch.cat([light.answer.weight for light in lights], dim=1)
            one.answer.weight.copy_(answers / len(lights))
            one.answer.bias.copy_(torch.stack([light.answer.bias for light in lights]).mean(dim=0))
        return one.eval()

    def _lights(self) -> list[LightNet]:
        return [light for light in self.members if isinstance(light, LightNet)]


def build_network(recipe: Recipe) -> nn.Module:
    """Build the recipe's network, its backbone pretrained where that can be had.

    Raises:
        ValueError: The recipe asks for a combination that does not exist.
    """
    knobs = recipe.network
    network = _untrained(recipe)
    if knobs.start:
        network.load_state_dict(checkpoints.load(Path(knobs.start)).kept)
    if knobs.frozen:
        for weight in backbone_weights(network):
            weight.requires_grad = False
    return network


def _untrained(recipe: Recipe) -> nn.Module:
    """Put a head on a backbone."""
    knobs, classes = recipe.network, len(recipe.classes)
    if recipe.data.every_fold:
        return SideBySide(recipe.members, knobs.width, classes, knobs.dropout)
    if knobs.head is Head.LIGHT:
        return LightNet(knobs.width, classes, knobs.dropout)
    backbone = build(knobs.backbone, knobs.pretrained)
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
    if isinstance(network, LightNet | SideBySide):
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
