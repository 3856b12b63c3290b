"""Limits: numbers that a person can move. Opinions, never stored with the facts."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any

from footage_sorter.domain.flag import Flag


@dataclass(frozen=True, slots=True)
class FaultLimit:
    """When one fault counts.

    Attributes:
        over: A second shows the fault when its track lies over this, 0-1.
        tolerated: The clip is flagged when more than this share 0-1 of its measured seconds
            shows the fault; 1 never flags.
    """

    over: float
    tolerated: float

    def __post_init__(self) -> None:
        for name, value in (("over", self.over), ("tolerated", self.tolerated)):
            if not 0.0 <= value <= 1.0:  # also refuses NaN
                raise ValueError(f"{name} must be 0 to 1, got {value}")


@dataclass(frozen=True, slots=True)
class Limits:
    """One limit a fault. The defaults are the preset `daylight`.

    Sources: blurry tolerates 75 % of seconds, the founding project's remedy against false
    alarms; black is FFmpeg's blackdetect (98 % of the picture), frozen its freezedetect (noise
    0.001, see `tracks`), silent -60 dBFS; the rest is fitted on real clips (docs/limits.md).

    Attributes:
        relative_to_group: Whether dimness is judged against the clips of the same camera and hour
            (see `groups`): where all of them are dark, the place was. Clipping never is.
    """

    blurry: FaultLimit = FaultLimit(over=0.60, tolerated=0.75)
    overexposed: FaultLimit = FaultLimit(over=0.50, tolerated=0.50)
    underexposed: FaultLimit = FaultLimit(over=0.50, tolerated=0.50)
    shaky: FaultLimit = FaultLimit(over=0.50, tolerated=0.40)
    black: FaultLimit = FaultLimit(over=0.98, tolerated=0.50)
    frozen: FaultLimit = FaultLimit(over=0.50, tolerated=0.50)
    silent: FaultLimit = FaultLimit(over=0.50, tolerated=0.90)
    clipped_audio: FaultLimit = FaultLimit(over=0.001, tolerated=0.10)
    relative_to_group: bool = False

    def of(self, flag: Flag) -> FaultLimit:
        """The limit of one fault."""
        limit = getattr(self, flag.value)
        assert isinstance(limit, FaultLimit)
        return limit

    def with_limit(self, flag: Flag, limit: FaultLimit) -> "Limits":
        """These limits with another one for `flag`."""
        return self.with_limits({flag: limit})

    def with_limits(self, limits: Mapping[Flag, FaultLimit]) -> "Limits":
        """These limits with others for some faults."""
        changed: dict[str, Any] = {flag.value: limit for flag, limit in limits.items()}
        return replace(self, **changed)


assert tuple(field.name for field in fields(Limits))[:-1] == tuple(flag.value for flag in Flag)

DAYLIGHT = Limits()
INDOOR = replace(
    DAYLIGHT,
    underexposed=FaultLimit(over=0.60, tolerated=0.60),
)
STAGE = replace(
    DAYLIGHT,
    # Haze, strobes and lamps in the picture are what a stage looks like.
    blurry=FaultLimit(over=0.70, tolerated=0.75),
    overexposed=FaultLimit(over=0.70, tolerated=0.60),
    underexposed=FaultLimit(over=0.80, tolerated=0.75),
    black=FaultLimit(over=0.98, tolerated=0.75),
    relative_to_group=True,
)

PRESETS: Mapping[str, Limits] = MappingProxyType(
    {"daylight": DAYLIGHT, "indoor": INDOOR, "stage": STAGE}
)
"""By the name that a person gives on the command line."""
