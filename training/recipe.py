"""Recipes: all that decides a training run, as typed frozen values read from TOML.

Knows names, ranges and units of every knob. Opens no data and imports no torch, so that a wrong
key is found before anything else happens.
"""

import math
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from footage_sorter.inference.preprocess import Framing, View
from footage_sorter.inference.weights import Measures
from training.errors import RecipeError
from training.values import fill, refuse_outside, refuse_unordered

T = TypeVar("T")

SHARE, ANY = (0.0, 1.0), math.inf
"""Bounds of knobs."""


class Task(StrEnum):
    """What a network is asked; decides its classes."""

    BLUR = "blur"
    EXPOSURE = "exposure"


CLASSES: dict[Task, tuple[str, ...]] = {
    Task.BLUR: ("sharp", "blurry"),
    Task.EXPOSURE: ("good", "underexposed", "overexposed"),
}


class Head(StrEnum):
    """What follows the backbone."""

    EVIDENCE = "evidence"  # learned pooling over the positions of every region
    FOUNDING = "founding"  # 1000 -> 500 -> ReLU -> dropout -> classes
    LINEAR = "linear"  # dropout -> classes
    LIGHT = "light"  # no backbone: two layers over how a picture's light is spread


class Schedule(StrEnum):
    """How the learning rate moves after warm-up."""

    CONSTANT = "constant"
    STEP = "step"
    MULTIPLICATIVE = "multiplicative"
    COSINE = "cosine"
    ONE_CYCLE = "one_cycle"


class Optimiser(StrEnum):
    """Which rule moves the weights."""

    SGD = "sgd"
    ADAMW = "adamw"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataKnobs:
    """Which pictures, all paths below the data folder.

    Attributes:
        labelled: Folder with `Train` and `Test`, in class folders or beside CSV files.
        pool: Folder of sharp, well exposed photographs to degrade; "" for none.
        held_out_share: Share 0-1 of the pool kept out of training, chosen by file name.
        neighbours: Folders with pictures of the other task, taken as further sharp or well
            exposed pictures where that can be told; () for none.
        folds: `Train`, and the pool that is learned from, are cut into this many folds by scene.
        fold: The fold that is held out to choose by, 0 <= fold < folds.
        every_fold: Learn as many networks as there are folds, each with another fold held out, and
            ship their average; each picture is then chosen and calibrated by the one that has not
            seen it, and `fold` says nothing. For the light head only.
        good_to_fault: Well exposed seconds in footage for each underexposed, or overexposed, one:
            an assumption, by which both are called more seldom in video than in photographs.
    """

    labelled: str
    pool: str = ""
    held_out_share: float = 0.25
    neighbours: tuple[str, ...] = ()
    folds: int = 6
    fold: int = 0
    every_fold: bool = False
    good_to_fault: float = 4.0

    def __post_init__(self) -> None:
        refuse_outside("data", self, held_out_share=SHARE, folds=(2, ANY), good_to_fault=(1, ANY))
        if not 0 <= self.fold < self.folds:
            raise ValueError(f"data.fold must be 0 or more and below data.folds, got {self.fold}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkKnobs:
    """The network.

    Attributes:
        backbone: Name as in `backbones.NAMES`; "" for the light head, which has none.
        depth: Number of leading feature blocks kept; 0 keeps all. MobileNetV2 and
            EfficientNet-Lite0 only.
        pretrained: "auto", "none", or a path to a file of weights.
        head: What follows the backbone.
        width: Channels of the evidence head's neck, or of the light head's first layer.
        dropout: Share 0-1 dropped before the last layer.
        frozen: Backbone keeps its pretrained weights; only the head learns.
        start: Checkpoint of an earlier run of the same network to start from; "" for none.
        measures: What the light head is told of a picture.
        ordered: The light head places a picture on one scale from too dark to too bright, and the
            classes are parts of it: there is less to learn from few scenes. For exposure only.
    """

    backbone: str
    depth: int = 0
    pretrained: str = "auto"
    head: Head = Head.EVIDENCE
    width: int = 64
    dropout: float = 0.1
    frozen: bool = False
    start: str = ""
    measures: Measures = Measures.SPREAD
    ordered: bool = False

    def __post_init__(self) -> None:
        refuse_outside("network", self, depth=(0, ANY), width=(1, ANY), dropout=SHARE)


@dataclass(frozen=True, slots=True, kw_only=True)
class InputKnobs:
    """What the network sees of a picture.

    Attributes:
        view: Regions or the whole picture.
        side_px: Side of each cut-out.
        count: Cut-outs a picture, when judging.
        train_count: Cut-outs a picture while learning, drawn from `count`.
        working_long_side_px: Pictures are scaled down to at most this long side before.
    """

    view: View
    side_px: int
    count: int = 1
    train_count: int = 1
    working_long_side_px: int = 960

    def __post_init__(self) -> None:
        if not 1 <= self.train_count <= self.count:
            raise ValueError("input.train_count must be 1 to input.count")
        refuse_outside("input", self, working_long_side_px=(1, ANY))
        self.framing()  # refuses what cannot be cut out

    def framing(self) -> Framing:
        """Return what is cut out when judging."""
        return Framing(self.view, self.side_px, self.count)


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningKnobs:
    """How it learns.

    Attributes:
        epochs: Passes over the training pictures.
        batch_size: Pictures a step, on each process.
        optimiser: SGD (with `momentum`) or AdamW.
        peak_lr: Learning rate of the head after warm-up, for this batch size.
        backbone_lr_ratio: The backbone learns at `peak_lr` times this.
        weight_decay: L2 pull on weights; not on biases and norms.
        momentum: Of SGD.
        schedule: How the rate moves after `warmup_epochs`.
        decay: Factor of the step and multiplicative schedules.
        step_epochs: Epochs between the steps of the step schedule.
        warmup_epochs: Epochs of linear warm-up; may be a fraction.
        balance_classes: Weigh the cross entropy by inverse class frequency.
        label_smoothing: Share 0-1 of each target given to all classes.
        average_decay: Decay a step of the averaged weights that are kept; 0 keeps the last.
        patience: Stop after this many epochs without a better choice score; 0 never stops.
        mixed_precision: Half precision on CUDA, bfloat16 on processors that have it.
        threads: Processor threads of torch; 0 leaves its default.
        workers: Processes that prepare pictures; 0 prepares them in the training process.
    """

    epochs: int
    batch_size: int
    peak_lr: float
    optimiser: Optimiser = Optimiser.ADAMW
    backbone_lr_ratio: float = 0.3
    weight_decay: float = 0.02
    momentum: float = 0.9
    schedule: Schedule = Schedule.COSINE
    decay: float = 0.95
    step_epochs: int = 7
    warmup_epochs: float = 0.5
    balance_classes: bool = True
    label_smoothing: float = 0.0
    average_decay: float = 0.0
    patience: int = 0
    mixed_precision: bool = True
    threads: int = 0
    workers: int = 1

    def __post_init__(self) -> None:
        refuse_outside("learning", self, epochs=(1, ANY), batch_size=(1, ANY), step_epochs=(1, ANY))
        if not self.peak_lr > 0:
            raise ValueError(f"learning.peak_lr must be above 0, got {self.peak_lr:g}")
        refuse_outside("learning", self, momentum=SHARE, decay=SHARE, average_decay=SHARE)
        refuse_outside("learning", self, label_smoothing=SHARE)
        for name in ("backbone_lr_ratio", "weight_decay", "warmup_epochs", "patience", "threads"):
            refuse_outside("learning", self, **{name: (0, ANY)})
        refuse_outside("learning", self, workers=(0, ANY))


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawKnobs:
    """What is done to pictures on the fly. Lengths are pixels at the working size.

    Attributes:
        made_per_epoch: Pictures made from the pool each epoch, beside the labelled ones.
        made_from_labelled: Share 0-1 of those that start from labelled sharp or good pictures.
        pool_shows: How often each picture of the pool is shown faultless each epoch, as the
            labelled ones are, beside what is made from it.
        scale: Smallest and largest scale of a labelled picture.
        as_stored_share: Share 0-1 of labelled pictures that keep their stored size and aspect.
        least_crop: Smallest share 0-1 of each side that a labelled picture is cropped to.
        gel_share: Share 0-1 of pictures put under strongly coloured light.
        aspects: Aspect ratios (width / height) that a square labelled picture is stretched to.
        defocus_radius_px: Smallest and largest disk radius that is called blurry.
        motion_length_px: Smallest and largest length of a camera path that is called blurry.
        h264_share: Share 0-1 of pictures sent through H.264.
        jpeg_share: Share 0-1 of pictures sent through JPEG.
        noise_share: Share 0-1 of pictures given sensor noise.
        denoised_share: Share 0-1 of pictures smoothed as by a phone's noise reduction.
        video_share: Share 0-1 of the made pictures that are stored as video.
        video_softness: Those are blurred by so many times as much before they are called blurry,
            and softened by so many times as much while they are called sharp.
        good_ev: Largest re-exposure in EV that is still called good.
        bad_ev: Smallest and largest re-exposure in EV that is called under or over.
        random_crop: Cut a random square of 0.5 to 1 of the short side, as the founding recipe did.
        turned_share: Share 0-1 of cut-outs that are learned mirrored or turned by right angles,
            each by itself, every pixel kept: which side is up says nothing about blur.
    """

    made_per_epoch: int = 0
    made_from_labelled: float = 0.4
    pool_shows: int = 0
    scale: tuple[float, float] = (0.8, 1.2)
    as_stored_share: float = 0.0
    least_crop: float = 1.0
    gel_share: float = 0.0
    aspects: tuple[float, ...] = (1.0,)
    defocus_radius_px: tuple[float, float] = (2.2, 12.0)
    motion_length_px: tuple[float, float] = (8.0, 50.0)
    h264_share: float = 0.2
    jpeg_share: float = 0.3
    noise_share: float = 0.3
    denoised_share: float = 0.0
    video_share: float = 0.0
    video_softness: float = 1.0
    good_ev: float = 0.5
    bad_ev: tuple[float, float] = (1.7, 4.0)
    random_crop: bool = False
    turned_share: float = 0.0

    def __post_init__(self) -> None:
        for name in (one.name for one in fields(self) if one.name.endswith("_share")):
            refuse_outside("draws", self, **{name: SHARE})
        refuse_outside("draws", self, made_from_labelled=SHARE, least_crop=(0.1, 1))
        refuse_outside("draws", self, made_per_epoch=(0, ANY), pool_shows=(0, ANY))
        refuse_outside("draws", self, aspects=(0.1, 10), video_softness=(0.1, ANY), good_ev=(0, 9))
        refuse_unordered("draws", self, "scale", "defocus_radius_px", "motion_length_px", "bad_ev")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """All that decides a run. Saved in the checkpoint, so weights know their origin.

    Attributes:
        name: Of the run and of the network that comes out of it, with its version: "blur-1".
        seed: Of every random draw.
    """

    name: str
    task: Task
    data: DataKnobs
    network: NetworkKnobs
    input: InputKnobs
    learning: LearningKnobs
    draws: DrawKnobs = field(default_factory=DrawKnobs)
    seed: int = 20

    def __post_init__(self) -> None:
        if (self.network.head is Head.LIGHT) != (self.network.backbone == ""):
            raise ValueError("network.backbone must be named, but for the light head")
        if self.data.every_fold and self.network.head is not Head.LIGHT:
            raise ValueError("data.every_fold is for the light head only")
        if self.network.ordered and (self.network.head, self.task) != (Head.LIGHT, Task.EXPOSURE):
            raise ValueError("network.ordered is for exposure and the light head only")

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes in the order of the network's outputs."""
        return CLASSES[self.task]

    @property
    def members(self) -> int:
        """How many networks learn side by side and are shipped as one."""
        return self.data.folds if self.data.every_fold else 1


def load_recipe(path: Path) -> Recipe:
    """Read a recipe; see `read_recipe`."""
    return read_recipe(path, recipe_from)


def read_recipe(path: Path, build: Callable[[dict[str, Any]], T]) -> T:
    """Read a recipe of any kind: what `build` makes of its plain values.

    Raises:
        RecipeError: The file is missing or no TOML; a key is unknown (it is a typo that would
            train), missing, or of a wrong type; a value is out of its range.
    """
    try:
        return build(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise RecipeError(path, error.strerror or str(error)) from error
    except (UnicodeDecodeError, ValueError, TypeError) as error:
        raise RecipeError(path, str(error)) from error


def recipe_from(values: dict[str, Any]) -> Recipe:
    """Build a recipe from plain values, as TOML and checkpoints hold them.

    Raises:
        ValueError: A key is unknown or missing, or a value out of its range.
        TypeError: A value is of a wrong type.
    """
    return fill(Recipe, values)
