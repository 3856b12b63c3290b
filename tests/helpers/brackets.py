"""Labelled pictures to train from in tests: brackets of plain patches, and photographs."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

BRIGHTEST = {"Good": 255, "Underexposed": 40, "Overexposed": 900}
"""Codes up to which the patches are drawn; above 255 they clip."""

RECIPE = """
name = "{name}"
task = "exposure"

[data]
labelled = "exposure"
pool = "photos"
folds = 3
every_fold = {every_fold}

[network]
{network}

[input]
view = "picture"
side_px = 32
working_long_side_px = 64

[learning]
epochs = {epochs}
batch_size = {batch_size}
peak_lr = {peak_lr}
average_decay = 0.9
mixed_precision = false
threads = 1
workers = 0

[draws]
made_per_epoch = 7
h264_share = 0.0
"""
"""Of a run over `brackets` that takes seconds; to be formatted, `network` being its lines."""


def brackets(folder: Path, of_each: int = 8, photographs: int = 12) -> None:
    """Write `exposure/{Train,Test}` and `photos` into `folder`; each picture is a scene of its own.

    There are three more good brackets than faulty ones, so that no class weight is 1.
    """
    rng = np.random.default_rng(3)
    for side, count in (("Train", of_each), ("Test", 1)):
        for name, top in BRIGHTEST.items():
            for number in range(count + 3 * (name == "Good")):
                path = folder / "exposure" / side / f"{name}_images" / f"{name}{side}{number}.png"
                _write(path, rng.integers(0, top, (6, 6, 3)))
    for number in range(photographs):
        _write(folder / "photos" / f"p{number}.png", rng.integers(0, 256, (6, 6, 3)))


def _write(path: Path, patches: NDArray[np.int64]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    coarse = np.clip(patches, 0, 255).astype(np.uint8)
    cv2.imwrite(str(path), cv2.resize(coarse, (64, 64), interpolation=cv2.INTER_NEAREST))
