"""Classifiers on disk: a folder with a manifest and weights, from anybody, and so not trusted.

Knows JSON, hashes and the head of a safetensors file. Knows no torch: a classifier that is
damaged or hostile is refused before anything of it is loaded. Nothing in it is ever executed.
"""

import hashlib
import json
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from footage_sorter.domain.errors import ClassifierRefused
from footage_sorter.domain.tags import (
    CLASSIFIER_MANIFEST,
    CLASSIFIER_WEIGHTS,
    CLIP_FRAMES,
    Classifier,
    ClassifierId,
    is_clean,
)
from footage_sorter.inference.clip_sizes import MOST_LABELS, SIDE_PX, ClipSizes

SCHEMA = 1
"""Version of the manifest that this program reads."""
MOST_MANIFEST_BYTES = 256 * 1024
MOST_WEIGHTS_BYTES = 512 * 1024 * 1024
"""Of the networks that may be named, the largest has 33 million weights: 133 MB."""
MOST_HEAD_BYTES = 1024 * 1024
LEAST = 0.5
"""Probability from which on a label is a clip's, where the manifest does not say."""
MOST_LABEL_LETTERS = 60
MOST_TITLE_LETTERS = 60

_HEX = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ClassifierFiles:
    """A classifier as it lies on disk, its manifest checked, its weights not yet.

    Attributes:
        classifier: What the program shows.
        folder: Where it lies.
        sizes: What its network is made of.
        sha256: Of its weights, as the manifest says.
    """

    classifier: Classifier
    folder: Path
    sizes: ClipSizes
    sha256: str


def read_manifest(folder: Path) -> ClassifierFiles:
    """Read what a classifier says it is. Fast: of its weights only the size is looked at.

    Raises:
        ClassifierRefused: It is missing, damaged, out of bounds, or of another version.
    """
    try:
        values = json.loads(_bytes(folder, CLASSIFIER_MANIFEST, MOST_MANIFEST_BYTES))
        if not isinstance(values, dict):
            _refuse(folder, "its manifest is no JSON object")
        if values.get("schema") != SCHEMA:
            _refuse(folder, f"its manifest is of version {values.get('schema')!r:.20}")
        _size(folder, CLASSIFIER_WEIGHTS, MOST_WEIGHTS_BYTES)
        return _manifest(folder, values)
    except RecursionError:
        _refuse(folder, "its manifest is nested too deeply")
    except KeyError as error:
        _refuse(folder, f"its manifest lacks {error}")
    except (TypeError, ValueError, OverflowError, AttributeError) as error:
        _refuse(folder, f"its manifest is damaged: {error!s:.200}")


def manifest_values(
    name: str,
    title: str,
    labels: Sequence[str],
    sizes: ClipSizes,
    *,
    side_px: int,
    content: bytes,
) -> dict[str, Any]:
    """Return what `read_manifest` reads, for those who make a classifier; they may say more in it.

    Args:
        name: Clean, as `domain.tags.is_clean` has it.
        title: Of its column.
        labels: In the order of the network's outputs.
        sizes: What its network is made of.
        side_px: Side of the square that each frame is made.
        content: Of its file of weights.
    """
    return {
        "schema": SCHEMA,
        "name": name,
        "title": title,
        "labels": list(labels),
        "network": {
            "name": sizes.network,
            "backbone": sizes.backbone,
            "depth": sizes.depth,
            "hidden": sizes.hidden,
            "layers": sizes.layers,
        },
        "input": {
            "frames": CLIP_FRAMES,
            "side_px": side_px,
            "pixels": "uint8 sRGB, the whole picture made square; normalised by the network",
        },
        "sha256": hashlib.sha256(content).hexdigest(),
        "least": LEAST,
    }


def read_weights(files: ClassifierFiles) -> bytes:
    """Read a classifier's weights whole, and check that they are the ones of its manifest.

    Raises:
        ClassifierRefused: They are missing, damaged, too large, or no safetensors.
    """
    content = _bytes(files.folder, CLASSIFIER_WEIGHTS, MOST_WEIGHTS_BYTES)
    if hashlib.sha256(content).hexdigest() != files.sha256:
        _refuse(files.folder, "its weights are damaged: their hash is another one")
    shapes_in(files.folder, content)
    return content


def shapes_in(folder: Path, content: bytes) -> dict[str, tuple[int, ...]]:
    """The shapes of the tensors in a safetensors file, by name.

    Raises:
        ClassifierRefused: It is none, or not whole.

    Source: https://huggingface.co/docs/safetensors, "Format".
    """
    try:
        (head_bytes,) = struct.unpack_from("<Q", content)
        if not 2 <= head_bytes <= min(MOST_HEAD_BYTES, len(content) - 8):
            _refuse(folder, "its weights are no safetensors file")
        head = json.loads(content[8 : 8 + head_bytes])
        head.pop("__metadata__", None)
        return {str(name): tuple(map(int, one["shape"])) for name, one in head.items()}
    except (struct.error, KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        _refuse(folder, "its weights are no safetensors file", error)


def _manifest(folder: Path, values: dict[str, Any]) -> ClassifierFiles:
    """Build the classifier from the manifest's values; raises what `read_manifest` turns."""
    name, network, seen = values["name"], values["network"], values["input"]
    if not isinstance(name, str) or not is_clean(name):
        raise ValueError("its name may hold small letters, digits, - and _ only")
    if seen["frames"] != CLIP_FRAMES:
        raise ValueError(f"it wants {seen['frames']!r:.20} frames of a clip, not {CLIP_FRAMES}")
    side_px = _whole(seen["side_px"], *SIDE_PX)
    sha256 = str(values["sha256"])
    if not _HEX.fullmatch(sha256):
        raise ValueError("its hash is no SHA-256")
    sizes = ClipSizes(
        network=str(network["name"]),
        backbone=str(network.get("backbone", "resnet18")),
        depth=_whole(network.get("depth", 0)),
        hidden=_whole(network.get("hidden", 128)),
        layers=_whole(network.get("layers", 1)),
    )
    labels = _labels(values["labels"])
    measured = values.get("measured") or {}
    classifier = Classifier(
        id=_identity(name, sha256, sizes, labels, side_px),
        name=name,
        title=_line(values["title"], MOST_TITLE_LETTERS),
        labels=labels,
        side_px=side_px,
        least=_share(values.get("least", LEAST)),
        accuracy=_share(measured["accuracy"]) if "accuracy" in measured else None,
        majority=_share(measured["majority"]) if "majority" in measured else None,
    )
    return ClassifierFiles(classifier, folder, sizes, sha256)


def _identity(
    name: str, sha256: str, sizes: ClipSizes, labels: tuple[str, ...], side_px: int
) -> ClassifierId:
    """NAME@HASH over all that decides an answer: other answers are another classifier's."""
    what = f"{sha256} {sizes} {labels} {side_px}"
    return ClassifierId(f"{name}@{hashlib.sha256(what.encode()).hexdigest()[:12]}")


def _labels(values: Any) -> tuple[str, ...]:  # noqa: ANN401  whatever the file holds
    if not isinstance(values, list) or not 2 <= len(values) <= MOST_LABELS:
        raise ValueError(f"it must have 2 to {MOST_LABELS} labels")
    labels = tuple(_line(value, MOST_LABEL_LETTERS) for value in values)
    if len({label.casefold() for label in labels}) != len(labels):
        raise ValueError("two of its labels are the same")
    return labels


def _line(value: Any, most: int) -> str:  # noqa: ANN401  whatever the file holds
    """One line of text that can be shown anywhere."""
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is no text")
    text = " ".join(value.split())
    if not 1 <= len(text) <= most or not text.isprintable():
        raise ValueError(f"{value!r:.60} is no name of 1 to {most} letters")
    return text


def _whole(value: Any, least: int = 0, most: int = 1 << 16) -> int:  # noqa: ANN401
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(f"{value!r:.40} is no number from {least} to {most}")
    return value


def _share(value: Any) -> float:  # noqa: ANN401
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0.0 <= value <= 1.0:
        raise ValueError(f"{value!r:.40} is no share from 0 to 1")
    return float(value)


def _bytes(folder: Path, name: str, most: int) -> bytes:
    """Read a file that may be hostile: at most `most` bytes of a plain file."""
    _size(folder, name, most)
    try:
        with (folder / name).open("rb") as file:
            content = file.read(most + 1)
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        _refuse(folder, f"its {name} cannot be read: {detail}", error)
    if len(content) > most:  # it grew meanwhile
        _refuse(folder, f"its {name} is too large")
    return content


def _size(folder: Path, name: str, most: int) -> None:
    """Refuse a file that is missing, no plain file, or larger than `most` bytes."""
    path = folder / name
    try:
        is_file = path.is_file()  # a pipe would be waited for without end
        size_bytes = path.stat().st_size if is_file else 0
    except (OSError, ValueError) as error:
        _refuse(folder, f"its {name} cannot be read: {error}", error)
    if not is_file:
        _refuse(folder, f"it has no {name}")
    if size_bytes > most:
        _refuse(folder, f"its {name} is larger than {most // 1024:,} kB")


def _refuse(folder: Path, detail: str, cause: Exception | None = None) -> NoReturn:
    raise ClassifierRefused(folder.name or str(folder), detail) from cause
