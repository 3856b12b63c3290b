"""Settings: what a person chose about the program itself. Frozen; a change is a new Settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from footage_sorter.domain.clip import Mark
from footage_sorter.domain.limits import DAYLIGHT, PRESETS, Limits
from footage_sorter.domain.rating import Verdict

THUMBNAIL_PX = (96, 480)
"""Smallest and largest width of a card's picture."""

SPEED = (0.25, 4.0)
"""Slowest and fastest speed of the player."""

OWN_LIMITS = "own"
"""`Settings.preset` when the limits are none of the presets'."""


class Device(StrEnum):
    """Where the networks run."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"


class Theme(StrEnum):
    """How the window is lit."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


class RejectDialect(StrEnum):
    """How a rejected clip is written into an XMP sidecar: programs disagree."""

    BOTH = "both"
    LIGHTROOM = "lightroom"  # xmpDM:good
    BRIDGE = "bridge"  # xmp:Rating -1


def _nothing() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every choice, with its default.

    Attributes:
        device: Where the networks run.
        preset: Name of the preset that `limits` came from, or `OWN_LIMITS`.
        limits: The limits in use.
        own_presets: Limits that the person saved, by name.
        folder_limits: Limits for clips below a folder, in place of `limits`; the innermost holds.
        theme: Light, dark, or as the system has it.
        less_motion: Nothing fades, also where the system would not mind.
        language: Code of the window's language ("de"); "" is the system's.
        thumbnail_px: Width of a card's picture, within `THUMBNAIL_PX`.
        auto_advance: A mark goes on to the next clip.
        automatic_marks: Marks that a verdict may set by itself; none, unless the person says so.
        reject_dialect: How XMP says that a clip is rejected.
        read_sidecars: A scan takes over what XMP sidecars beside the clips say.
        watched_folders: Looked at for new clips while the window is open.
        shortcuts: Keys that differ from the program's, by action.
        saved_filters: What the person saved, by name, in the window's own words.
        loop: The player begins again at the end.
        volume_percent: Of the player, 0-100.
        muted: The player is silent, whatever its loudness.
        speed: Of the player, 1 is real time, within `SPEED`.
        person: The name under which decisions are shared with a team; "" where not given.
        team_file: Marks are also kept beside the footage.
    """

    device: Device = Device.AUTO
    preset: str = "daylight"
    limits: Limits = DAYLIGHT
    own_presets: Mapping[str, Limits] = field(default_factory=_nothing)
    folder_limits: Mapping[Path, Limits] = field(default_factory=_nothing)
    theme: Theme = Theme.SYSTEM
    less_motion: bool = False
    language: str = ""
    thumbnail_px: int = 200
    auto_advance: bool = True
    automatic_marks: Mapping[Verdict, Mark] = field(default_factory=_nothing)
    reject_dialect: RejectDialect = RejectDialect.BOTH
    read_sidecars: bool = True
    watched_folders: tuple[Path, ...] = ()
    shortcuts: Mapping[str, str] = field(default_factory=_nothing)
    saved_filters: Mapping[str, str] = field(default_factory=_nothing)
    loop: bool = False
    volume_percent: int = 80
    muted: bool = False
    speed: float = 1.0
    person: str = ""
    team_file: bool = False

    def __post_init__(self) -> None:
        _within("thumbnail_px", self.thumbnail_px, THUMBNAIL_PX)
        _within("volume_percent", self.volume_percent, (0, 100))
        _within("speed", self.speed, SPEED)

    def limits_for(self, path: Path) -> Limits:
        """The limits that hold for a clip."""
        folder = self.scope_of(path)
        return self.limits if folder is None else self.folder_limits[folder]

    def scope_of(self, path: Path) -> Path | None:
        """The folder whose own limits hold for a clip; None where the library's do."""
        if not self.folder_limits:
            return None
        return next((folder for folder in path.parents if folder in self.folder_limits), None)

    def with_limits(self, limits: Limits | None, folder: Path | None = None) -> "Settings":
        """These settings with other limits for a folder, or for the library.

        Args:
            limits: None: the folder has none of its own any more.
            folder: None: the library.
        """
        if folder is not None:
            others = {one: held for one, held in self.folder_limits.items() if one != folder}
            return replace(
                self, folder_limits=others if limits is None else others | {folder: limits}
            )
        if limits is None:
            raise ValueError("the library must have limits")
        presets = {**self.own_presets, **PRESETS}
        preset = next((name for name, one in presets.items() if one == limits), OWN_LIMITS)
        return replace(self, limits=limits, preset=preset)


def _within(name: str, value: float, bounds: tuple[float, float]) -> None:
    lowest, highest = bounds
    if not lowest <= value <= highest:  # also refuses NaN
        raise ValueError(f"{name} must be {lowest} to {highest}, got {value}")


DEFAULTS = Settings()
