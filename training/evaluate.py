"""Evaluation: the shipped form of a network, beside the classical scorer and the simple rules.

Everything goes the program's way: the same weights file, the same cutting out, the same
calibration. Each set of pictures is measured alone.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch

from footage_sorter.domain.ports import FrameBatch
from footage_sorter.inference.classical import ClassicalScorer
from footage_sorter.inference.preprocess import cut_out, fit
from footage_sorter.inference.torch_backend import Network, load_network
from footage_sorter.inference.weights import Material
from training.errors import DataError
from training.metrics import Labels, Measured, Scores, measure
from training.optics import Picture
from training.readers import (
    Labelled,
    is_held_out,
    list_pictures,
    read_picture,
    read_side,
)
from training.recipe import CLASSES, Task
from training.rules import RULES


@dataclass(frozen=True, slots=True)
class Row:
    """What one judge reached on one set.

    Attributes:
        judge: Name of the network, the classical scorer or a rule.
        measured: What it reached.
        wrong: Files that it called wrong.
    """

    judge: str
    measured: Measured
    wrong: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return plain values, shares rounded to 4 places."""
        return {"name": self.judge, **self.measured.as_json(), "wrong": list(self.wrong)}


def evaluate(
    task: Task,
    weights: Path,
    sets: Iterable[Path],
    held_out: float,
    material: Material = Material.PHOTOGRAPHS,
) -> dict[str, Any]:
    """Measure a network and what it must beat on the same pictures.

    Args:
        task: Blur or exposure.
        weights: The network's folder, or the one that holds it under the task's name.
        sets: Labelled collections, one of their sides, or folders of faultless photographs.
        held_out: Of a folder of photographs, only this share, as training keeps it out by file
            name; 1 takes all.
        material: What the pictures are; decides the calibration.

    Raises:
        DataError: A set cannot be read.
        InferenceUnavailable: The weights cannot be used.
    """
    folder = weights / task.value if (weights / task.value).is_dir() else weights
    network = load_network(folder, CLASSES[task])
    network.to("cpu")
    document: dict[str, Any] = {
        "task": task.value,
        "network": network.manifest.label,
        "material": material.value,
        "threads": torch.get_num_threads(),
        "frames_per_second_720p": round(speed([network]), 1),
        "frames_per_second_720p_blurred": round(speed([network], blurred=True), 1),
        "sets": [],
    }
    for path in sets:
        pictures = read_set(path, CLASSES[task], held_out)
        rows = _measure_all(task, network, pictures, material)
        document["sets"].append({"path": str(path), "judges": [row.as_json() for row in rows]})
    return document


def read_set(path: Path, classes: tuple[str, ...], held_out: float) -> tuple[Labelled, ...]:
    """Read a set to measure on: a collection's `Test`, a side of it, or plain photographs.

    Plain photographs are all faultless.

    Raises:
        DataError: It is none of these, or something in it is missing.
    """
    if (path / "Test.csv").is_file() or (path / "Test").is_dir():
        return read_side(path, "Test", classes)
    if path.with_suffix(".csv").is_file() or any(
        p.is_dir() and p.name.lower().removesuffix("_images") == classes[0]
        for p in (path.iterdir() if path.is_dir() else ())
    ):
        return read_side(path.parent, path.name, classes)
    photographs = [p for p in list_pictures(path) if held_out >= 1 or is_held_out(p, held_out)]
    if not photographs:
        raise DataError(path, "no picture of it is held out")
    return tuple(Labelled(p, 0, p.stem) for p in photographs)


def speed(networks: Iterable[Network], frames: int = 60, *, blurred: bool = False) -> float:
    """Measure frames a second of all `networks` together on 1280 x 720 frames, cutting out too.

    The frame is scaled to the working size beforehand, as it comes from the decoder. A blurred one
    is not settled by its first look, which is the slowest that a frame can be.
    """
    networks = tuple(networks)
    rng = np.random.default_rng(1)
    coarse = rng.integers(0, 256, (90, 160, 3), dtype=np.uint8)
    frame = np.kron(coarse, np.ones((8, 8, 1), np.uint8))
    if blurred:
        frame = np.asarray(cv2.GaussianBlur(frame, (0, 0), 9.0), dtype=np.uint8)
    at = [fit(frame, network.manifest.working_long_side_px) for network in networks]
    started = 0.0
    for number in range(frames + 5):
        if number == 5:  # the first ones allocate
            started = time.perf_counter()
        for network, scaled in zip(networks, at, strict=True):
            network.probabilities(cut_out(scaled, network.manifest.framing)[np.newaxis], "cpu")
    return frames / (time.perf_counter() - started)


def as_text(document: dict[str, Any]) -> str:
    """Return the tables that a person reads."""
    lines = [
        f"{document['network']}, judging {document['material']}: "
        f"{document['frames_per_second_720p']} frames a second on one 720p frame at a time "
        f"({document['frames_per_second_720p_blurred']} where it is blurred), "
        f"{document['threads']} threads"
    ]
    for one in document["sets"]:
        lines += ["", one["path"]]
        for judge in one["judges"]:
            recalls = "  ".join(
                f"{name} {value:.3f}"
                for name, value in judge["recalls"].items()
                if value is not None
            )
            area = judge["area_under_curve"]
            lines.append(
                f"  {judge['name']:<28} {judge['pictures']:>4} pictures  accuracy "
                f"{judge['accuracy']:.3f}  balanced {judge['balanced_accuracy']:.3f}  area "
                f"{'-' if area is None else f'{area:.3f}'}  calibration error "
                f"{judge['calibration_error']:.3f}  recall: {recalls}"
            )
            lines.append(f"  {'':<28} confusion (row: truth) {judge['confusion']}")
        if wrong := one["judges"][0]["wrong"]:
            lines.append(f"  wrong: {', '.join(wrong[:20])}")
    return "\n".join(lines)


def _measure_all(
    task: Task, network: Network, pictures: tuple[Labelled, ...], material: Material
) -> list[Row]:
    """Let every judge see every picture, read once."""
    names = [network.manifest.name, "classical scorer", *(rule.name for rule in RULES[task])]
    seen: list[list[Iterable[float]]] = [[] for _ in names]
    classes = CLASSES[task]
    for one in pictures:
        picture = read_picture(one.path)
        working = fit(picture, network.manifest.working_long_side_px)
        cut = cut_out(working, network.manifest.framing)
        seen[0].append(network.probabilities(cut[np.newaxis], "cpu", material)[0])
        seen[1].append(by_classical_scorer(task, picture))
        for at, rule in enumerate(RULES[task], start=2):
            seen[at].append(np.eye(len(classes))[rule.call(picture)])
    truth = np.array([one.label for one in pictures], dtype=np.int64)
    return [
        _row(name, np.array(probabilities, dtype=np.float64), truth, classes, pictures)
        for name, probabilities in zip(names, seen, strict=True)
    ]


def _row(
    name: str,
    probabilities: Scores,
    truth: Labels,
    classes: tuple[str, ...],
    pictures: tuple[Labelled, ...],
) -> Row:
    """Measure one judge."""
    called = probabilities.argmax(axis=1)
    wrong = tuple(
        one.path.name for one, call in zip(pictures, called, strict=True) if call != one.label
    )
    return Row(name, measure(probabilities, truth, classes), wrong)


def by_classical_scorer(task: Task, picture: Picture) -> tuple[float, ...]:
    """Return the classical scorer's probabilities, in the order of the task's classes."""
    scorer = ClassicalScorer()
    small = fit(picture, scorer.working_long_side_px)
    score = scorer.score(FrameBatch(small[np.newaxis], np.zeros(1))).frames[0]
    if task is Task.BLUR:
        return (1.0 - score.blur, score.blur)
    under, over = score.underexposed, score.overexposed
    return (1.0 - under - over, under, over)
