"""The settings' file: JSON, written whole or not at all.

A value that is wrong costs its default and nothing else; what this release does not know (a newer
one wrote it) stays in the file. A file that is no JSON is kept aside, and the defaults hold.
"""

import json
import logging
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from footage_sorter.domain.clip import Mark
from footage_sorter.domain.errors import OutputFailed, SettingsDamaged
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.limits import FaultLimit, Limits
from footage_sorter.domain.rating import Verdict
from footage_sorter.domain.settings import DEFAULTS, Device, RejectDialect, Settings, Theme
from footage_sorter.store.database import free_name

VERSION = 1

UPGRADES: tuple[Callable[[dict[str, Any]], dict[str, Any]], ...] = ()
"""Step n makes a document of version n + 1 from one of version n: pure, append-only."""

T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings as read.

    Attributes:
        damage: Why the defaults stand in for a broken file, which was kept aside; None where all
            was well.
    """

    settings: Settings
    damage: SettingsDamaged | None = None


def load_settings(path: Path) -> Loaded:
    """Read the settings; the defaults where there are none, or none that can be read."""
    try:
        return Loaded(_settings_of(_read(path)))
    except FileNotFoundError:
        return Loaded(DEFAULTS)
    except OSError as error:
        log.warning("the settings %s cannot be read: %s", path, error)
        return Loaded(DEFAULTS)
    except (ValueError, RecursionError) as error:
        kept_as = _set_aside(path)
        log.warning("the settings %s are damaged (%s); kept as %s", path, error, kept_as)
        return Loaded(DEFAULTS, SettingsDamaged(path, kept_as, str(error)))


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings under a temporary name, then rename: no half a file is ever there.

    Raises:
        OutputFailed: The file cannot be written; the former one is as it was.
    """
    try:
        document = _read(path)
    except OSError:
        document = {}
    except (ValueError, RecursionError):
        _set_aside(path)
        document = {}
    version = max(VERSION, _version(document))
    document |= {"version": version, **_values_of(settings)}
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with new.open("w", encoding="utf-8") as file:
            json.dump(document, file, indent=2, allow_nan=False)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        with suppress(OSError):
            new.unlink()
        raise OutputFailed(path, error.strerror or str(error)) from error


@dataclass(frozen=True, slots=True)
class _Codec:
    """How one setting lies in JSON; `read` raises ValueError, TypeError or KeyError."""

    read: Callable[[Any], Any]
    write: Callable[[Any], Any]


def _settings_of(document: Mapping[str, Any]) -> Settings:
    """The settings of a document; each wrong value costs its own default only."""
    good: dict[str, Any] = {}
    for name, codec in _CODECS.items():
        if name not in document:
            continue
        try:
            value = codec.read(document[name])
            Settings(**{name: value})  # refuses what is out of bounds
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
            log.warning("setting %s is wrong, its default holds: %s", name, error)
        else:
            good[name] = value
    return Settings(**good)


def _values_of(settings: Settings) -> dict[str, Any]:
    return {name: codec.write(getattr(settings, name)) for name, codec in _CODECS.items()}


def _read(path: Path) -> dict[str, Any]:
    """The document at `path`, brought to this release's version."""
    document: object = json.loads(path.read_text("utf-8"))
    if not isinstance(document, dict):
        raise ValueError("no object")  # noqa: TRY004  what a file holds is a value
    for upgrade in UPGRADES[max(0, _version(document) - 1) :]:
        document = upgrade(document)
    return document


def _version(document: Mapping[str, Any]) -> int:
    found = document.get("version", VERSION)
    return found if isinstance(found, int) and found > 0 else VERSION


def _set_aside(path: Path) -> Path | None:
    kept = free_name(path)
    try:
        path.rename(kept)
    except OSError as error:
        log.warning("the damaged settings %s cannot be renamed: %s", path, error)
        return None
    return kept


def _exactly(kind: type[T]) -> Callable[[object], T]:
    """Read a value of one type: true is no number, 1 is no text."""

    def read(value: object) -> T:
        if type(value) is not kind:
            raise TypeError(f"{value!r:.80} is no {kind.__name__}")
        return value

    return read


def _plain(kind: type) -> _Codec:
    return _Codec(_exactly(kind), lambda value: value)


def _mapping(key: _Codec, value: _Codec) -> _Codec:
    return _Codec(
        lambda found: {key.read(k): value.read(v) for k, v in _exactly(dict)(found).items()},
        lambda held: {key.write(k): value.write(v) for k, v in held.items()},
    )


def _read_limits(found: object) -> Limits:
    limits = _exactly(dict)(found)
    relative = _exactly(bool)(limits.get("relative_to_group", False))
    return Limits(relative_to_group=relative).with_limits(
        {
            flag: FaultLimit(_number(limits[flag]["over"]), _number(limits[flag]["tolerated"]))
            for flag in Flag
            if flag in limits  # a fault that an older release did not know has its default
        }
    )


def _write_limits(limits: Limits) -> dict[str, object]:
    each = ((flag, limits.of(flag)) for flag in Flag)
    written = {flag: {"over": one.over, "tolerated": one.tolerated} for flag, one in each}
    return written | {"relative_to_group": limits.relative_to_group}


def _number(value: object) -> float:
    return float(value) if type(value) is int else _exactly(float)(value)


_TEXT = _plain(str)
_SWITCH = _plain(bool)
_PATH = _Codec(lambda found: Path(_exactly(str)(found)), str)
_LIMITS = _Codec(_read_limits, _write_limits)

_CODECS: Mapping[str, _Codec] = {
    "device": _Codec(Device, str),
    "preset": _TEXT,
    "limits": _LIMITS,
    "own_presets": _mapping(_TEXT, _LIMITS),
    "folder_limits": _mapping(_PATH, _LIMITS),
    "theme": _Codec(Theme, str),
    "less_motion": _SWITCH,
    "language": _TEXT,
    "thumbnail_px": _plain(int),
    "auto_advance": _SWITCH,
    "automatic_marks": _mapping(_Codec(Verdict, str), _Codec(Mark, str)),
    "reject_dialect": _Codec(RejectDialect, str),
    "read_sidecars": _SWITCH,
    "watched_folders": _Codec(
        lambda found: tuple(_PATH.read(each) for each in _exactly(list)(found)),
        lambda held: [str(each) for each in held],
    ),
    "shortcuts": _mapping(_TEXT, _TEXT),
    "saved_filters": _mapping(_TEXT, _TEXT),
    "loop": _SWITCH,
    "volume_percent": _plain(int),
    "muted": _SWITCH,
    "speed": _Codec(_number, float),
    "person": _TEXT,
    "team_file": _SWITCH,
}

assert tuple(_CODECS) == tuple(field.name for field in fields(Settings))
