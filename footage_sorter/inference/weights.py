"""Weights on disk: the manifest that says what a network is, and the check that they are whole.

Knows JSON and hashes. Knows no torch, so that a damaged file is found before torch is loaded.
"""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.errors import InferenceUnavailable
from footage_sorter.inference.preprocess import Framing, View

FORMAT = 1
"""Version of the manifest that this program reads."""
WEIGHTS_FILE = "weights.safetensors"
MANIFEST_FILE = "manifest.json"


@dataclass(frozen=True, slots=True)
class Stage:
    """A row of inverted residual blocks of a mobile backbone.

    Attributes:
        expand: Channels inside a block, as a multiple of what comes in.
        channels: Channels that leave it.
        stride: Of its first block; the others keep the size.
        kernel_px: Side of the depthwise kernel.
        blocks: How many.
    """

    expand: int
    channels: int
    stride: int
    kernel_px: int = 3
    blocks: int = 1


@dataclass(frozen=True, slots=True)
class Calibration:
    """What turns logits into probabilities.

    Attributes:
        temperature: Logits are divided by it, > 0. Source: Guo et al., 2017.
        shifts: Added to the logits before, one a class, so that the likeliest class is the call.
    """

    temperature: float
    shifts: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.temperature > 0:  # also refuses NaN
            raise ValueError(f"temperature must be > 0, got {self.temperature}")

    def probabilities(self, logits: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return probabilities (N, classes) of logits (N, classes); rows sum to 1."""
        scaled = (logits + np.array(self.shifts)) / self.temperature
        powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))


@dataclass(frozen=True, slots=True)
class FirstLook:
    """When a frame's leading cut-outs settle it, so that the others need not be looked at.

    Attributes:
        count: How many cut-outs lead, >= 1.
        enough: The frame is settled where they call a fault less likely than this, 0-1; 0 settles
            nothing.
    """

    count: int
    enough: float

    def __post_init__(self) -> None:
        if self.count < 1 or not 0.0 <= self.enough <= 1.0:  # also refuses NaN
            raise ValueError(f"no first look: {self.count} cut-outs, enough at {self.enough}")


class Measures(StrEnum):
    """What a network of light is told of a picture; other networks are told its pixels."""

    SPREAD = "spread"  # how much of it is how bright
    SPREAD_AND_KEPT = "spread and kept"  # and what another exposure would keep


class Material(StrEnum):
    """What a picture comes from. Video is softer than a photograph before it is called blurred."""

    VIDEO = "video"
    PHOTOGRAPHS = "photographs"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a network is and how to use it.

    Attributes:
        name: With its version: "blur-1".
        sha256: Of the weights' file, hexadecimal.
        classes: In the order of its outputs; the first is the faultless one.
        framing: What is cut out of a frame.
        working_long_side_px: Frames arrive scaled to this long side, or smaller.
        stem_channels: Channels of the trunk's first convolution.
        stages: Rest of the trunk; () for a network that looks at light alone.
        width: Channels of the head's neck, or of the layer behind the measures of light.
        calibrations: By what is judged; the program judges video.
        least_clipped: Below this share 0-1 of burnt out pixels the last class fades out: what is
            not burnt out is not overexposed. 0 leaves the network alone.
        first_look: What settles a clear frame early; None looks at every cut-out of every frame.
        measures: What a network that looks at light alone is told.
    """

    name: str
    sha256: str
    classes: tuple[str, ...]
    framing: Framing
    working_long_side_px: int
    stem_channels: int
    stages: tuple[Stage, ...]
    width: int
    calibrations: dict[Material, Calibration]
    least_clipped: float = 0.0
    first_look: FirstLook | None = None
    measures: Measures = Measures.SPREAD

    def __post_init__(self) -> None:
        for one in self.calibrations.values():
            if len(one.shifts) != len(self.classes):
                raise ValueError(f"{len(one.shifts)} shifts for {len(self.classes)} classes")
        if self.first_look is not None and self.first_look.count > self.framing.count:
            raise ValueError(f"{self.first_look.count} of {self.framing.count} cut-outs lead")

    @property
    def label(self) -> str:
        """NAME@HASH: what a report carries, so that it is stale under other weights.

        The hash covers the calibration too: other numbers are another model.
        """
        used = self.calibrations[Material.VIDEO]
        seen = f"{self.framing} {self.working_long_side_px} {self.least_clipped}"
        if self.first_look is not None:
            seen += f" {self.first_look}"
        what = f"{self.sha256} {used} {seen}"
        return f"{self.name}@{hashlib.sha256(what.encode()).hexdigest()[:12]}"


def read_weights(folder: Traversable) -> tuple[Manifest, bytes]:
    """Read a network's manifest and weights, and check that they belong together.

    Args:
        folder: Holds `manifest.json` and `weights.safetensors`.

    Raises:
        InferenceUnavailable: Something is missing, damaged, or of another version.
    """
    try:
        values = json.loads((folder / MANIFEST_FILE).read_text("utf-8"))
        content = (folder / WEIGHTS_FILE).read_bytes()
    except OSError as error:
        detail = error.strerror or str(error)
        raise InferenceUnavailable(f"{folder.name}: weights are missing: {detail}") from error
    except ValueError as error:
        raise InferenceUnavailable(f"{folder.name}: damaged manifest: {error}") from error
    try:
        if values["format"] != FORMAT:
            raise InferenceUnavailable(
                f"{folder.name}: weights of version {values['format']}, but {FORMAT} is known"
            )
        manifest = _manifest(values)
    except (KeyError, TypeError, ValueError) as error:
        raise InferenceUnavailable(f"{folder.name}: damaged manifest: {error!r}") from error
    if hashlib.sha256(content).hexdigest() != manifest.sha256:
        raise InferenceUnavailable(f"{folder.name}: damaged weights: their hash is another one")
    return manifest, content


def _manifest(values: dict[str, Any]) -> Manifest:
    """Build a manifest from the file's values."""
    seen, trunk = values["input"], values["trunk"]
    return Manifest(
        name=str(values["name"]),
        sha256=str(values["sha256"]),
        classes=tuple(map(str, values["classes"])),
        framing=Framing(View(seen["view"]), int(seen["side_px"]), int(seen["count"])),
        working_long_side_px=int(seen["working_long_side_px"]),
        stem_channels=int(trunk["stem_channels"]),
        stages=tuple(Stage(*map(int, row)) for row in trunk["stages"]),
        width=int(values["head"]["width"]),
        calibrations={
            material: _calibration(values["calibrations"][material.value]) for material in Material
        },
        least_clipped=float(values["least_clipped"]),
        first_look=_first_look(values.get("first_look")),
        # The first networks of light knew one kind of measures and named none.
        measures=Measures(values["head"].get("measures", Measures.SPREAD)),
    )


def _calibration(values: dict[str, Any]) -> Calibration:
    """Build a calibration from the file's values."""
    return Calibration(float(values["temperature"]), tuple(map(float, values["shifts"])))


def _first_look(values: dict[str, Any] | None) -> FirstLook | None:
    """Build a first look from the file's values; most networks have none."""
    return None if values is None else FirstLook(int(values["count"]), float(values["enough"]))
