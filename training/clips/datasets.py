"""Data sets of clips: split by source, varied on the fly, in the shape that a network takes.

Tensors are uint8, [T, 3, H, W] for a network over frames and [3, T, H, W] for one over volumes.
Every draw depends on seed, epoch and index only.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from footage_sorter.inference.clip_view import square
from training.batches import Example
from training.clips.prepare import Prepared, read_frames, read_prepared
from training.clips.readers import Side
from training.clips.recipe import ClipDrawKnobs, ClipRecipe
from training.errors import DataError

Frames = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class ClipSplit:
    """The clips of a run, by what they are for.

    Attributes:
        classes: Names, sorted; a label is an index into them.
        learn: To learn from.
        choose: Of other sources, to choose by.
        test: Kept out by the data set's own split; may be empty.
    """

    classes: tuple[str, ...]
    learn: tuple[Prepared, ...]
    choose: tuple[Prepared, ...]
    test: tuple[Prepared, ...]

    def label(self, clip: Prepared) -> int:
        """Return the number of its class."""
        return self.classes.index(clip.label)


def split_clips(recipe: ClipRecipe, data: Path) -> ClipSplit:
    """Split what `recipe` names below `data`, by source and with every class on each side.

    Raises:
        DataError: It is not prepared, or a class is missing from one of the sides.
    """
    prepared = read_prepared(data / recipe.data.prepared)
    classes = tuple(sorted({one.label for one in prepared}))
    test = tuple(one for one in prepared if one.side is Side.TEST)
    rest = [one for one in prepared if one.side is Side.LEARN]
    folds = folds_of(rest, recipe.data.folds)
    fold = recipe.data.fold
    learn = tuple(one for one, where in zip(rest, folds, strict=True) if where != fold)
    choose = tuple(one for one, where in zip(rest, folds, strict=True) if where == fold)
    for side, name in ((learn, "learn"), (choose, "choose by")):
        if missing := sorted(set(classes) - {one.label for one in side}):
            raise DataError(
                data / recipe.data.prepared,
                f"fold {fold}: nothing to {name} of {missing[0]!r}; its clips have too few sources",
            )
    return ClipSplit(classes, learn, choose, test)


def folds_of(clips: Sequence[Prepared], folds: int) -> list[int]:
    """Deal sources to folds so that each class is spread evenly; return the fold of each clip.

    The largest sources are dealt first, each to the fold that has the least of its classes;
    among equals the order of a hash decides, so nothing depends on the order of files.
    """
    of_source: dict[str, Counter[str]] = defaultdict(Counter)
    for one in clips:
        of_source[one.source][one.label] += 1
    total = Counter(one.label for one in clips)
    held = [Counter[str]() for _ in range(folds)]
    fold_of: dict[str, int] = {}
    for source in sorted(of_source, key=lambda name: (-of_source[name].total(), _hash(name))):
        mine = of_source[source]
        # A class weighs by how rare it is: one clip of two counts more than one of a hundred.
        load = [
            sum(held[f][name] * n / total[name] for name, n in mine.items()) for f in range(folds)
        ]
        fold = min(range(folds), key=lambda f: (load[f], held[f].total(), f))
        held[fold] += mine
        fold_of[source] = fold
    return [fold_of[one.source] for one in clips]


class DrawnClips:
    """Clips to learn from, varied; new every epoch.

    Attributes:
        epoch: Set it before each epoch.
    """

    def __init__(self, recipe: ClipRecipe, parts: ClipSplit) -> None:
        self.epoch = 0
        self._recipe, self._parts = recipe, parts

    def __len__(self) -> int:
        return len(self._parts.learn)

    def __getitem__(self, index: int) -> Example:
        recipe, one = self._recipe, self._parts.learn[index]
        rng = np.random.default_rng((recipe.seed, self.epoch, index))
        frames = read_frames(one.folder, recipe.input.frames)
        varied = vary(frames, recipe.draws, recipe.input.side_px, rng)
        return as_tensor(varied, over_volume=recipe.network.over_volume), self._parts.label(one)


class JudgedClips:
    """Clips as they are, seen as the program sees them."""

    def __init__(
        self, recipe: ClipRecipe, clips: Sequence[Prepared], classes: Sequence[str]
    ) -> None:
        self._recipe, self._clips, self._classes = recipe, clips, classes

    def __len__(self) -> int:
        return len(self._clips)

    def __getitem__(self, index: int) -> Example:
        recipe, one = self._recipe, self._clips[index]
        frames = square(list(read_frames(one.folder, recipe.input.frames)), recipe.input.side_px)
        tensor = as_tensor(frames, over_volume=recipe.network.over_volume)
        return tensor, self._classes.index(one.label)


def vary(frames: Frames, knobs: ClipDrawKnobs, side_px: int, rng: np.random.Generator) -> Frames:
    """Return the frames as another camera might have shown them, all changed alike.

    Args:
        frames: uint8 (T, H, W, 3).
        knobs: Bounds of what is done.
        side_px: Side of the squares that come back.
        rng: Decides.
    """
    height, width = frames.shape[1:3]
    share = float(rng.uniform(*knobs.crop))
    tall, wide = round(share * height), round(share * width)
    top, left = (int(rng.integers(left_over + 1)) for left_over in (height - tall, width - wide))
    cut = frames[:, top : top + tall, left : left + wide]
    if rng.random() < knobs.mirrored_share:
        cut = cut[:, :, ::-1]
    seen = square(list(np.ascontiguousarray(cut)), side_px)
    if knobs.light:
        contrast, brightness = 1.0 + rng.uniform(-1.0, 1.0, 2) * knobs.light
        changed = (seen.astype(np.float32) - 128.0) * contrast + 128.0 * brightness
        seen = np.clip(np.rint(changed), 0, 255).astype(np.uint8)
    return seen


def as_tensor(frames: Frames, *, over_volume: bool) -> torch.Tensor:
    """Return frames (T, H, W, 3) as [3, T, H, W] for a volume, else [T, 3, H, W]."""
    order = (3, 0, 1, 2) if over_volume else (0, 3, 1, 2)
    return torch.from_numpy(np.ascontiguousarray(frames.transpose(order)))


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()
