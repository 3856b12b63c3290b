"""Values: frozen dataclasses filled from plain values, as TOML and checkpoints hold them.

Refuses what it does not know: an unknown key is a typo that would train.
"""

import dataclasses
import json
import math
import typing
from dataclasses import fields
from enum import StrEnum
from typing import Any, TypeVar

T = TypeVar("T")


def fill(kind: type[T], values: dict[str, Any], where: str = "") -> T:
    """Build the dataclass `kind` of `values`.

    Args:
        kind: A dataclass; its fields may be dataclasses, too.
        values: By field name.
        where: What comes before a key's name in an error.

    Raises:
        ValueError: A key is unknown or missing, or a value out of its range.
        TypeError: A value is of a wrong type.
    """
    hints = typing.get_type_hints(kind)
    known = {one.name: one for one in fields(kind)}  # type: ignore[arg-type]
    if unknown := sorted(f"{where}{key}" for key in values.keys() - known.keys()):
        raise ValueError(f"unknown keys {unknown}")
    missing = [
        f"{where}{name}"
        for name, one in known.items()
        if name not in values
        and one.default is dataclasses.MISSING
        and one.default_factory is dataclasses.MISSING
    ]
    if missing:
        raise ValueError(f"missing keys {missing}")
    filled = {key: _value(hints[key], value, f"{where}{key}") for key, value in values.items()}
    return kind(**filled)


def refuse_outside(table: str, knobs: object, **bounds: tuple[float, float]) -> None:
    """Refuse a knob outside of its bounds, each of which it may have; not a number is outside.

    Args:
        table: What comes before the knob's name in the error.
        knobs: Has them as attributes: a number, or several, all of which lie inside.
        bounds: Least and most by the knob's name; the most may be infinite.

    Raises:
        ValueError: Names the first that lies outside.
    """
    for name, (least, most) in bounds.items():
        value = getattr(knobs, name)
        for one in value if isinstance(value, tuple) else (value,):
            if not least <= one <= most:
                told = f"at least {least:g}" if math.isinf(most) else f"{least:g} to {most:g}"
                raise ValueError(f"{table}.{name} must be {told}, got {one:g}")


def refuse_unordered(table: str, knobs: object, *names: str) -> None:
    """Refuse a knob of two bounds, > 0, the first of which is the larger one.

    Raises:
        ValueError: Names it.
    """
    for name in names:
        low, high = getattr(knobs, name)
        if not 0.0 < low <= high:
            raise ValueError(f"{table}.{name} must rise from above 0, got {low:g} and {high:g}")


def plain(filled: object) -> dict[str, Any]:
    """The plain values of a dataclass: what `fill` reads back, also through JSON."""
    values: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(filled)))  # type: ignore[call-overload]
    return values


def _value(hint: Any, value: Any, where: str) -> Any:  # noqa: ANN401 - any knob, any type
    """Check one value against its type; numbers may be written without a decimal point."""
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        if not isinstance(value, dict):
            raise TypeError(f"{where} must be a table")
        return fill(hint, value, f"{where}.")
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value)
    if typing.get_origin(hint) is tuple:
        if not isinstance(value, list | tuple):
            raise TypeError(f"{where} must be a list")
        kinds = typing.get_args(hint)
        each = [kinds[0]] * len(value) if kinds[-1] is ... else kinds
        if len(each) != len(value):
            raise TypeError(f"{where} must have {len(each)} values")
        return tuple(_value(one, item, where) for one, item in zip(each, value, strict=True))
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not hint:
        raise TypeError(f"{where} must be {hint.__name__}, got {value!r}")
    return value
