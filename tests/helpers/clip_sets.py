"""Data sets of tiny clips, in the layouts that training reads."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from footage_sorter.media.encode import Encoding, write_clip

ENCODING = Encoding(
    frame_rate=Fraction(10),
    codec="mjpeg",
    pixel_format="yuvj420p",
    key_every=1,
    options={},
)


def tiny_clip(path: Path, label: int = 0, seed: int = 0, frames: int = 16) -> Path:
    """Write a clip of 48 x 32 whose colour tells its label."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_clip(path, _pictures(label, seed, frames), ENCODING)
    return path


def hmdb_like(folder: Path, classes: int, clips: int = 4) -> Path:
    """Write a data set laid out as HMDB51: class folders and split files.

    The last clip of each class is kept for the test, and a further one is unused.
    """
    splits = folder / "testTrainMulti_7030_splits"
    splits.mkdir(parents=True)
    for label in range(classes):
        name = f"action_{label:02d}"
        lines = []
        for number in range(clips + 1):
            kept = 0 if number == clips else 2 if number == clips - 1 else 1
            file = f"film{number}_{name}_f_cm_np1_fr_med_0.avi"
            if kept:
                tiny_clip(folder / name / file, label, seed=number)
            lines.append(f"{file} {kept} ")
        (splits / f"{name}_test_split1.txt").write_text("\n".join(lines) + "\n")
    return folder


def _pictures(label: int, seed: int, frames: int) -> Iterator[NDArray[np.uint8]]:
    rng = np.random.default_rng((label, seed))
    colour = np.random.default_rng(label).integers(40, 216, 3)
    for _ in range(frames):
        picture = colour + rng.normal(0, 12, (32, 48, 3))
        yield np.clip(picture, 0, 255).astype(np.uint8)
