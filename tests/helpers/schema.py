"""The part of JSON Schema that our published schemas are written in."""

import json
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parents[2] / "resources" / "schema"
_KINDS: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
}


def published(name: str) -> dict[str, Any]:
    """The schema called `name`, "team-1"."""
    found = json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def check(value: Any, schema: dict[str, Any], root: dict[str, Any] | None = None) -> None:
    """Assert that `value` is as `schema` says; `root` is the whole of which it is a part."""
    root = root or schema
    if "$ref" in schema:
        check(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not (value is None and "null" in kinds):
        assert any(_is(value, kind) for kind in kinds if kind != "null"), (value, kinds)
    assert value == schema.get("const", value)
    assert value in schema.get("enum", [value]), (value, schema["enum"])
    if isinstance(value, int | float):
        assert schema.get("minimum", value) <= value <= schema.get("maximum", value)
        assert value > schema.get("exclusiveMinimum", value - 1)
        assert value < schema.get("exclusiveMaximum", value + 1)
    if isinstance(value, list):
        assert schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
        for item in value:
            check(item, schema.get("items", {}), root)
    if isinstance(value, dict):
        assert value.keys() >= set(schema.get("required", [])), (value, schema["required"])
        for key, item in value.items():
            others = schema.get("additionalProperties", {})
            assert key in schema.get("properties", {}) or others is not False, key
            check(item, schema.get("properties", {}).get(key, others), root)


def _is(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _KINDS[kind])
