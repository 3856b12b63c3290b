"""JSON read back: the decisions in a document that `csv_json` wrote, or a script changed."""

from pathlib import Path

from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.services.files_in import plain_json
from footage_sorter.services.handoff.csv_json import SCHEMA
from footage_sorter.services.handoff.imported import Imported, checked_decision, read_traits

_DECIDED = ("mark", "stars", "note", "in_s", "out_s", "overruled")


def read_json(data: bytes, path: Path) -> tuple[Imported, ...]:
    """The decision of each clip of the document `data`, in order.

    Args:
        data: What `to_json` wrote, perhaps edited since; keys that are not known are passed over.
        path: Where it came from, for the error.

    Raises:
        ExchangeRefused: It is no such document, a newer release's, or a clip's values are wrong.
    """
    try:
        document = plain_json(data)
    except (ValueError, RecursionError) as error:
        raise ExchangeRefused(path, str(error)) from error
    if not isinstance(document, dict):
        raise ExchangeRefused(path, "it is no document of ratings")
    schema, clips = document.get("schema"), document.get("clips")
    if type(schema) is int and schema > SCHEMA:
        newer = f"a newer release wrote it (schema {str(schema)[:20]}, known is {SCHEMA})"
        raise ExchangeRefused(path, newer)
    unrated = document.get("unrated", [])
    known = schema == SCHEMA and schema is not True
    if not known or not isinstance(clips, list) or not isinstance(unrated, list):
        raise ExchangeRefused(path, "it is no document of ratings")
    return tuple(_brought(clip, path) for clip in (*clips, *unrated))


def _brought(clip: object, path: Path) -> Imported:
    if not isinstance(clip, dict) or not isinstance(named := clip.get("path"), str) or not named:
        raise ExchangeRefused(path, "a clip in it has no path")
    if "\0" in named:
        raise ExchangeRefused(path, "a path in it is none")
    said = {key: clip[key] for key in _DECIDED if key in clip}
    traits = read_traits("", clip.get("content"), clip.get("size_bytes"), clip.get("duration_s"))
    return Imported(Path(named), checked_decision(said, path), traits)
