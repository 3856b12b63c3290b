"""Readers: labelled pictures on disk, split by scene.

Knows two layouts. Class folders: `Train/<Class>_images/`, with an optional `scenes.csv` (columns
file, scene). CERTH: `Train.csv` (columns image, without ending, and blurred, 0 or 1 or -1, and an
optional scene) beside `Train/`; endings may be in either case. A missing, unreadable or unlabelled
picture is an error that names it: training on what happened to be readable is a silent change.
"""

import csv
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from training.errors import DataError
from training.optics import Picture

ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """One picture and what a person said of it.

    Attributes:
        path: The picture's file.
        label: Index into the task's classes.
        scene: What it shows; pictures of one scene never lie on two sides of a split.
    """

    path: Path
    label: int
    scene: str


def read_picture(path: Path) -> Picture:
    """Read a picture as uint8 sRGB (H, W, 3), upright.

    Raises:
        DataError: It is missing or cannot be decoded.
    """
    try:
        coded = np.fromfile(path, dtype=np.uint8)  # cv2.imread fails on some names without a word
    except OSError as error:
        raise DataError(path, error.strerror or str(error)) from error
    decoded = cv2.imdecode(coded, cv2.IMREAD_COLOR) if coded.size else None
    if decoded is None:
        raise DataError(path, "not a picture that can be read")
    return np.ascontiguousarray(decoded[..., ::-1], dtype=np.uint8)


def read_side(folder: Path, side: str, classes: Sequence[str]) -> tuple[Labelled, ...]:
    """Read one side ("Train" or "Test") of a labelled collection.

    Args:
        folder: The collection.
        side: Name of the side.
        classes: The task's classes, in order; the first one is the faultless one.

    Returns:
        Every picture, sorted by path.

    Raises:
        DataError: The side is missing, has an empty class or only one, or a listed picture is
            missing.
    """
    table = _any_case(folder, f"{side}.csv")
    if table is not None:
        found = _read_table(table, folder / side)
    elif (folder / side).is_dir():
        found = _read_class_folders(folder / side, classes)
    else:
        raise DataError(folder, f"has neither {side}.csv nor a folder {side}")
    counts = [sum(one.label == label for one in found) for label in range(len(classes))]
    for name, count in zip(classes, counts, strict=True):
        if count == 0:
            raise DataError(folder / side, f"has no picture of class {name!r}; all are needed")
    return tuple(sorted(found, key=lambda one: one.path))


def list_pictures(folder: Path) -> tuple[Path, ...]:
    """Return every picture directly in `folder`, sorted by name.

    Raises:
        DataError: The folder is missing or holds no picture.
    """
    if not folder.is_dir():
        raise DataError(folder, "no such folder")
    found = tuple(sorted(p for p in folder.iterdir() if p.suffix.lower() in ENDINGS))
    if not found:
        raise DataError(folder, "holds no picture")
    return found


def is_held_out(path: Path, share: float) -> bool:
    """Tell whether a pool picture is kept out of training: by its name alone, for ever.

    The salt was chosen once so that macro shots with a soft background are among them.
    """
    return hashlib.sha256(f"keep{path.name}".encode()).digest()[0] < 256 * share


def fold_of(scene: str, folds: int) -> int:
    """Return the fold of a scene: by its name alone, so a picture more moves no other scene."""
    return int.from_bytes(hashlib.sha256(f"scene {scene}".encode()).digest()[:4], "big") % folds


def refuse_duplicates(train: Iterable[Path], test: Iterable[Path]) -> None:
    """Check that no picture lies on both sides: neither the same file nor the same view.

    Raises:
        DataError: Names the first picture found twice.
    """
    seen = {hashlib.sha256(path.read_bytes()).digest(): path for path in train}
    looks = [(look, path) for path in seen.values() if (look := _look(path)) is not None]
    known = np.array([look for look, _ in looks], dtype=bool).reshape(len(looks), -1)
    for path in test:
        twin = seen.get(hashlib.sha256(path.read_bytes()).digest())
        look = None if twin else _look(path)
        if look is not None and looks:
            apart = (known != look).sum(axis=1)
            twin = looks[int(apart.argmin())][1] if apart.min() <= MAX_TWIN_BITS else None
        if twin is not None:
            raise DataError(path, f"is the same picture as {twin}, on the other side of the split")


MAX_TWIN_BITS = 12
"""Of 240 bits: scaled and recompressed copies differ in a few, different scenes in 48 or more."""


def _look(path: Path) -> np.ndarray[tuple[int], np.dtype[np.bool_]] | None:
    """Return which of 16 x 15 neighbours is brighter (a difference hash); None if it is flat."""
    grey = cv2.cvtColor(read_picture(path), cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (16, 16), interpolation=cv2.INTER_AREA).astype(np.int16)
    steps = np.diff(small, axis=1)
    # A nearly black or burnt out picture has no look: its bits are rounding.
    return None if np.median(np.abs(steps)) < 2 else (steps > 0).ravel()


def _any_case(folder: Path, name: str) -> Path | None:
    """Find `name` in `folder` in either case."""
    if not folder.is_dir():
        raise DataError(folder, "no such folder")
    return next((p for p in folder.iterdir() if p.name.lower() == name.lower()), None)


def _read_table(table: Path, pictures: Path) -> list[Labelled]:
    """Read the CERTH layout."""
    by_stem = {path.stem.lower(): path for path in list_pictures(pictures)}
    by_stem |= {path.name.lower(): path for path in by_stem.values()}
    found: list[Labelled] = []
    with table.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.reader(lines):
            if len(row) < 2 or row[1].strip() not in {"0", "1", "-1"}:
                if not found:  # the line of column names
                    continue
                raise DataError(table, f"no label 0, 1 or -1 in the line {row}")
            path = by_stem.get(row[0].strip().lower())
            if path is None:
                raise DataError(pictures / row[0].strip(), f"missing, but listed in {table.name}")
            scene = row[2].strip() if len(row) > 2 else path.stem
            found.append(Labelled(path, int(row[1].strip() == "1"), scene or path.stem))
    return found


def _read_class_folders(folder: Path, classes: Sequence[str]) -> list[Labelled]:
    """Read class folders; a class named "good" lies in `Good_images` or `good`, in any case."""
    names = {p.name.lower().removesuffix("_images"): p for p in folder.iterdir() if p.is_dir()}
    scenes = _read_scenes(folder / "scenes.csv")
    found = []
    for label, name in enumerate(classes):
        if name not in names:
            raise DataError(folder, f"has no folder for the class {name!r}")
        for path in list_pictures(names[name]):
            key = path.relative_to(folder).as_posix()
            found.append(Labelled(path, label, scenes.get(key) or path.stem))
    return found


def _read_scenes(table: Path) -> dict[str, str]:
    """Read which scene each file shows; empty where there is no table."""
    if not table.is_file():
        return {}
    with table.open(encoding="utf-8", newline="") as lines:
        return {row["file"]: row["scene"] for row in csv.DictReader(lines)}
