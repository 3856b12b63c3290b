"""Camera move: what the camera did over a whole clip, derived from its stored bursts.

No frame is read again: a burst already tells shake and the speed of the slow path. The numbers of a
clip's bursts go through one linear layer, whose weights are in `resources/moves/manifest.json`
(fitted by `training.clips.move_fit` on rendered moves; its card says how well it does).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources.abc import Traversable

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.report import BurstScore
from footage_sorter.domain.resources import resource


class Move(StrEnum):
    """What the camera did, in an editor's words."""

    STATIC = "static"
    PAN = "pan"
    TILT = "tilt"
    ZOOM = "zoom"
    HANDHELD = "handheld"


FEATURES = (
    *("shake", "more_shake"),
    *("speed_x", "speed_y", "speed_zoom"),
    *("usual_x", "usual_y", "usual_zoom"),
    *("way_x", "way_y", "way_zoom"),
    *("steady_x", "steady_y", "steady_zoom"),
    *("leads_x", "leads_y", "leads_zoom"),
    "unmeasured",
)
"""Names of what `features_of` returns, in order."""

LEAST_MEASURED = 0.3
"""Where less than this share of the bursts could be measured, nothing is said.

Of held-out clips with all but two bursts taken away, 0.88 are named rightly, whatever their share;
with all but three, 0.90."""

LEAST_SURE = 0.3
"""Below this probability nothing is said: the move is none, or several, of the five."""

_FORMAT = 1
_LEAST_SHAKE = 3e-5
_LEAST_SPEED = 2e-3
_NO_MOTION = 0.005
_OUTLYING_FROM, _OUTLYING_BY = 0.02, 2.0
_LEADS_FROM = 0.015
_LEADS_BY = 1.5


@dataclass(frozen=True, slots=True, eq=False)
class MoveHead:
    """The linear layer.

    Attributes:
        name: With its version: "move-1".
        middle: float64 (features,), taken from the features first.
        spread: float64 (features,), divides them then.
        weights: float64 (moves, features), rows in the order of `Move`.
        bias: float64 (moves,).
        accuracy: Share 0-1 of rendered clips of other scenes that it named rightly; None where
            the manifest does not say.
    """

    name: str
    middle: NDArray[np.float64]
    spread: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]
    accuracy: float | None = None

    def probabilities(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return float64 (moves,), 0-1, sum 1, of features (features,)."""
        logits = self.weights @ ((features - self.middle) / self.spread) + self.bias
        likely = np.exp(logits - logits.max())
        return np.asarray(likely / likely.sum())


def likely_moves(bursts: Sequence[BurstScore], head: MoveHead) -> dict[Move, float]:
    """Return how likely each move is, 0-1, sum 1; nothing where too few bursts were measured."""
    features = features_of(bursts)
    if features is None:
        return {}
    return dict(zip(Move, head.probabilities(features).tolist(), strict=True))


def features_of(bursts: Sequence[BurstScore]) -> NDArray[np.float64] | None:
    """Sum up the bursts of a clip: float64 (features,), finite; None where too few are measured.

    Speeds are shares of the picture a second, held to about twice the clip's median one: where a
    subject fills the picture for a moment, its motion passes for the camera's. For each of x, y
    and zoom: the logarithm of the root mean square speed, that of the median speed (what the camera
    does most of the time), that of the mean velocity's size (there and back cancel), how alike the
    velocities of neighbouring bursts are (-1 to 1: 1 for an even move, about 0 for a hand), and the
    share of bursts in which this direction leads the others.
    """
    measured = [(one, one.shake) for one in bursts if one.shake is not None]
    if not measured or len(measured) < LEAST_MEASURED * len(bursts):
        return None
    shakes = np.array([shake for _, shake in measured])
    residuals = shakes / (1.0 - np.minimum(shakes, 0.999))
    velocities = np.array([(one.pan_x, one.pan_y, one.zoom) for one, _ in measured])
    most = _OUTLYING_BY * np.median(np.abs(velocities), axis=0) + _OUTLYING_FROM
    velocities = np.clip(velocities, -most, most)
    count = len(velocities)
    energy = (velocities**2).sum(axis=0)
    alike = (velocities[1:] * velocities[:-1]).sum(axis=0) * count / max(1, count - 1)
    steady = (alike if count > 1 else energy) / (energy + count * _NO_MOTION**2)
    speeds = np.abs(velocities)
    others = np.stack([np.delete(speeds, axis, 1).max(axis=1) for axis in range(3)], axis=1)
    leads = (speeds > _LEADS_FROM) & (speeds > _LEADS_BY * others)
    return np.concatenate(
        [
            np.log(_LEAST_SHAKE + 0.004 * np.quantile(residuals, (0.5, 0.8))),
            np.log(_LEAST_SPEED + np.sqrt(energy / count)),
            np.log(_LEAST_SPEED + np.median(speeds, axis=0)),
            np.log(_LEAST_SPEED + np.abs(velocities.mean(axis=0))),
            np.clip(steady, -1.0, 1.0),
            leads.mean(axis=0),
            [1.0 - count / len(bursts)],
        ]
    )


@cache
def shipped_head() -> MoveHead:
    """The layer that ships with the program."""
    return read_head(resource("moves", "manifest.json"))


def read_head(manifest: Traversable) -> MoveHead:
    """Read a layer.

    Raises:
        ValueError: It is of another format, or not of these moves and features.
    """
    values = json.loads(manifest.read_text("utf-8"))
    if values.get("format") != _FORMAT:
        raise ValueError(f"{manifest.name}: format {values.get('format')!r}, expected {_FORMAT}")
    if values["moves"] != list(Move) or values["features"] != list(FEATURES):
        raise ValueError(f"{manifest.name}: made for other moves or features")
    arrays = {
        name: np.array(values[name], dtype=np.float64)
        for name in ("middle", "spread", "weights", "bias")
    }
    shapes = {name: array.shape for name, array in arrays.items()}
    wide = (len(FEATURES),)
    if shapes != {"middle": wide, "spread": wide, "weights": (5, *wide), "bias": (5,)}:
        raise ValueError(f"{manifest.name}: its arrays have the shapes {shapes}")
    held_out = values.get("measured", {}).get("linear", {}).get("held_out", {})
    return MoveHead(values["name"], **arrays, accuracy=held_out.get("accuracy"))
