"""Recipes of networks over time: what decides a run that learns whole clips.

Read from the same TOML as recipes of pictures, told apart by `task = "clips"`; the classes are the
folders of the data set. Imports no torch.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from footage_sorter.inference.clip_sizes import MOST_FRAMES, OVER_VOLUMES, SIDE_PX, ClipSizes
from training.recipe import ANY, SHARE, LearningKnobs, Recipe, read_recipe, recipe_from
from training.values import fill, refuse_outside, refuse_unordered

TASK = "clips"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipDataKnobs:
    """Which clips.

    Attributes:
        prepared: Folder that `python -m training prepare` wrote, below the data folder.
        folds: Clips that are not kept for the test are cut into this many folds by source.
        fold: The fold that is held out to choose by, 0 <= fold < folds.
    """

    prepared: str
    folds: int = 5
    fold: int = 0

    def __post_init__(self) -> None:
        refuse_outside("data", self, folds=(2, ANY))
        if not 0 <= self.fold < self.folds:
            raise ValueError(f"data.fold must be 0 or more and below data.folds, got {self.fold}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipNetworkKnobs:
    """The network over time.

    Attributes:
        kind: One of `clip_sizes.NETWORKS`: "average", "lstm", "gru", "tcn" over a backbone, or
            "r3d_18", "mc3_18", "r2plus1d_18" over the whole volume.
        backbone: What looks at single frames, one of `clip_sizes.BACKBONES`.
        depth: Blocks kept of a backbone that can be cut; 0 keeps all.
        hidden: Width of the head over time.
        layers: Layers of the head over time.
        dropout: Share 0-1 dropped before the answer.
        pretrained: "auto", "none", or a path to a file of weights of the backbone.
        frozen: The backbone keeps its weights; only the head learns.
        start: Checkpoint of an earlier run of the same network to start from; "" for none.
    """

    kind: str
    backbone: str = "resnet18"
    depth: int = 0
    hidden: int = 128
    layers: int = 1
    dropout: float = 0.2
    pretrained: str = "auto"
    frozen: bool = False
    start: str = ""

    def __post_init__(self) -> None:
        refuse_outside("network", self, dropout=SHARE)
        self.sizes()  # refuses what cannot be built

    def sizes(self) -> ClipSizes:
        """What the program needs to know to build the same network."""
        return ClipSizes(
            self.kind, self.backbone, self.depth, self.hidden, self.layers, self.dropout
        )

    @property
    def over_volume(self) -> bool:
        """Whether it takes [3, T, H, W] rather than [T, 3, H, W]."""
        return self.kind in OVER_VOLUMES


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipInputKnobs:
    """What the network sees of a clip.

    Attributes:
        frames: Equally spaced frames of a clip.
        side_px: Side of the square that each is made.
    """

    frames: int = 16
    side_px: int = 112

    def __post_init__(self) -> None:
        refuse_outside("input", self, frames=(2, MOST_FRAMES), side_px=SIDE_PX)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipDrawKnobs:
    """What is done to a clip on the fly, the same to all its frames.

    Attributes:
        mirrored_share: Share 0-1 of clips mirrored left to right; 0 where direction matters.
        crop: Smallest and largest share of each side that is cut out.
        light: Largest change of brightness and contrast, as a share.
    """

    mirrored_share: float = 0.5
    crop: tuple[float, float] = (0.8, 1.0)
    light: float = 0.2

    def __post_init__(self) -> None:
        refuse_outside("draws", self, mirrored_share=SHARE, crop=(0.1, 1), light=SHARE)
        refuse_unordered("draws", self, "crop")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipRecipe:
    """All that decides a run over clips; saved in the checkpoint.

    Attributes:
        name: Of the run.
        task: Always "clips".
        seed: Of every random draw.
    """

    name: str
    data: ClipDataKnobs
    network: ClipNetworkKnobs
    learning: LearningKnobs
    input: ClipInputKnobs = field(default_factory=ClipInputKnobs)
    draws: ClipDrawKnobs = field(default_factory=ClipDrawKnobs)
    task: str = TASK
    seed: int = 20

    def __post_init__(self) -> None:
        if self.task != TASK:
            raise ValueError(f"task must be {TASK!r}, got {self.task!r}")


AnyRecipe = Recipe | ClipRecipe


def load_any_recipe(path: Path) -> AnyRecipe:
    """Read a recipe of either kind; see `read_recipe`."""
    return read_recipe(path, any_recipe_from)


def any_recipe_from(values: dict[str, Any]) -> AnyRecipe:
    """Build a recipe of either kind from plain values.

    Raises:
        ValueError: A key is unknown or missing, or a value out of its range.
        TypeError: A value is of a wrong type.
    """
    return fill(ClipRecipe, values) if values.get("task") == TASK else recipe_from(values)
