"""A taste as one file, to keep, to take along and to give away: JSON, numbers only.

Reading refuses whatever is not exactly such a file. No picture and no name of a clip is in it.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np

from footage_sorter.domain.agreement import Agreement, Outcome
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.domain.features import MAX_PICTURE, MEASURED, OF_MEDIA, names
from footage_sorter.domain.head import Head
from footage_sorter.domain.report import Models
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.taste import Taste
from footage_sorter.services.files_in import plain_json, read_file
from footage_sorter.services.files_out import write_whole

SCHEMA = 1
"""Published as resources/schema/taste-1.json."""

KIND = "footage-sorter taste"
MAX_BYTES = 1 << 20
_LARGEST = 1e9
_SMALLEST_SCALE = 1e-9
_MAX_MODEL = 200
_LATEST_NS = 1 << 62
_KEYS = {"schema", "kind", "models", "learned_at_ns", "bias", "features", "agreement"}
_FEATURE = {"name", "mean", "scale", "weight"}


def write_taste(path: Path, taste: Taste) -> None:
    """Put `taste` into a file.

    Raises:
        OutputFailed: It cannot be written; what was there is untouched.
    """
    write_whole(path, to_json(taste).encode("ascii"))


def read_taste(path: Path) -> Taste:
    """Read a file that `write_taste` wrote.

    Raises:
        ExchangeRefused: It cannot be read or is no such file; nothing was changed.
    """
    try:
        return from_json(read_file(path, MAX_BYTES))
    except (ValueError, RecursionError) as error:
        raise ExchangeRefused(path, str(error)) from error


def read_taste_for(path: Path, rows: Iterable[ClipRow], models: Models) -> Taste:
    """Read a file for a library.

    Args:
        path: The file.
        rows: The library's clips.
        models: Who measures now.

    Raises:
        ExchangeRefused: As `read_taste` does; or other models measured what it was learned from.
    """
    taste = read_taste(path)
    if taste.models != models and all(row.models != taste.models for row in rows):
        raise ExchangeRefused(
            path, "it was learned from what other models measured: learn again from your marks"
        )
    return taste


def to_json(taste: Taste) -> str:
    """The file's text."""
    head = taste.head
    columns = (head.means.tolist(), head.scales.tolist(), head.weights.tolist())
    features = [
        {"name": name, "mean": mean, "scale": scale, "weight": weight}
        for name, mean, scale, weight in zip(names(taste.n_picture), *columns, strict=True)
    ]
    document = {
        "schema": SCHEMA,
        "kind": KIND,
        "models": asdict(taste.models),
        "learned_at_ns": taste.learned_at_ns,
        "agreement": asdict(taste.agreement),
        "bias": head.bias,
        "features": features,
    }
    return json.dumps(document, indent=1, allow_nan=False) + "\n"


def from_json(data: bytes | str) -> Taste:
    """The taste that a file's text holds.

    Raises:
        ValueError: It holds anything else; a sentence's end that says what.
    """
    document = plain_json(data)
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise ValueError("it holds no taste")
    schema = document.get("schema")
    if type(schema) is int and schema > SCHEMA:
        raise ValueError(f"a newer release wrote it (schema {schema}, known is {SCHEMA})")
    if type(schema) is not int or schema != SCHEMA or document.keys() != _KEYS:
        raise ValueError("it holds no taste of a known schema")
    rows = document["features"]
    if not isinstance(rows, list) or any(
        not isinstance(row, dict) or row.keys() != _FEATURE for row in rows
    ):
        raise ValueError("its features are no rows of name, mean, scale and weight")
    n_picture = len(rows) - len(MEASURED) - len(OF_MEDIA)
    if not 0 <= n_picture <= MAX_PICTURE or [row["name"] for row in rows] != list(names(n_picture)):
        raise ValueError("it was learned from other features: learn again from your marks")
    return Taste(
        _head(rows, document["bias"]),
        n_picture,
        Models(**_models(document["models"])),
        _agreement(document["agreement"]),
        int(_number(document["learned_at_ns"], 1, _LATEST_NS)),
    )


def _head(rows: Sequence[dict[str, object]], bias: object) -> Head:
    return Head(
        np.array([_number(row["mean"], -_LARGEST, _LARGEST) for row in rows]),
        np.array([_number(row["scale"], _SMALLEST_SCALE, _LARGEST) for row in rows]),
        np.array([_number(row["weight"], -_LARGEST, _LARGEST) for row in rows]),
        _number(bias, -_LARGEST, _LARGEST),
    )


def _models(found: object) -> dict[str, str]:
    wanted = {field.name for field in fields(Models)}
    if not isinstance(found, dict) or found.keys() != wanted:
        raise ValueError("it does not name the models that measured")
    if not all(isinstance(name, str) and len(name) <= _MAX_MODEL for name in found.values()):
        raise ValueError("a model's name is no short text")
    return found


def _agreement(found: object) -> Agreement:
    if not isinstance(found, dict) or found.keys() != {field.name for field in fields(Agreement)}:
        raise ValueError("it does not say how well it agreed")
    if found["outcome"] != Outcome.IMPROVES:
        raise ValueError("it did not agree better than usability alone")
    return Agreement(
        Outcome.IMPROVES,
        n_kept=int(_number(found["n_kept"], 0, _LARGEST)),
        n_rejected=int(_number(found["n_rejected"], 0, _LARGEST)),
        n_shootings=int(_number(found["n_shootings"], 0, _LARGEST)),
        before=_number(found["before"], 0, 1),
        after=_number(found["after"], 0, 1),
        chance=_number(found["chance"], 0, 1),
    )


def _number(value: Any, lowest: float, highest: float) -> float:  # noqa: ANN401  from a file
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{value!r:.40} is no number")  # noqa: TRY004  what a file holds
    if not lowest <= value <= highest or not math.isfinite(value):  # also refuses NaN
        raise ValueError(f"{value!r:.40} is not within {lowest:g} to {highest:g}")
    return value
