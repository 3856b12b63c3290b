"""Team: marks beside the footage, in a file that several people's libraries share.

Everybody who opens the folder reads the file, lets the newest statement of each clip and field
hold, and writes all of it back. Two who write at the same moment lose nothing: what the file
lacks is still in a library and comes back with that one's next exchange.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from footage_sorter.domain.clip import ClipId, ContentId, Decision, content_named
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.domain.record import EMPTY, Field, Record, Statement, checked, decided
from footage_sorter.domain.team import (
    ClipNotes,
    Conflict,
    TeamNotes,
    conflicts,
    merge_notes,
    sign,
)
from footage_sorter.services.files_in import plain_json, read_file
from footage_sorter.services.files_out import write_whole
from footage_sorter.store.clips import ClipStore

TEAM_FILE = ".footage-sorter.json"
"""Lies in the folder whose clips it speaks of."""

SCHEMA = 1
"""Published as resources/schema/team-1.json."""

MAX_BYTES = 64 << 20
_LATEST_NS = 1 << 62  # far from what the library's integers hold, so that there is always a later
_STATEMENT = {"value", "at_ns", "by"}


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What an exchange with the team's file brought.

    Attributes:
        decisions: Of every clip where something new came in.
        conflicts: What somebody said and a newer statement of another person overrules.
    """

    decisions: Mapping[ClipId, Decision]
    conflicts: tuple[Conflict, ...]


def exchange(folder: Path, store: ClipStore, person: str) -> Exchanged:
    """Bring the library and the team's file in `folder` to the same state.

    Args:
        folder: The clips in and below it are spoken of; the file lies in it.
        store: The library of this thread.
        person: Signs what was decided in this library.

    Raises:
        ExchangeRefused: The file is not one of ours, or a newer release's; nothing was changed.
        OutputFailed: The file cannot be written; the library has what the file brought.
        FootageError: The library fails.
    """
    found, merged, theirs = _meet(folder, store, person)
    if merged != theirs:
        write_whole(folder / TEAM_FILE, to_json(merged).encode())
    return found


def bring_notes(folder: Path, store: ClipStore, person: str) -> Exchanged:
    """Bring the library to what the team's file in `folder` says; the file stays as it is.

    Raises:
        ExchangeRefused: The file is not one of ours, or a newer release's; nothing was changed.
        FootageError: The library fails.
    """
    return _meet(folder, store, person)[0]


def _meet(folder: Path, store: ClipStore, person: str) -> tuple[Exchanged, TeamNotes, TeamNotes]:
    """What the library and the file say together, kept in the library; the notes so far."""
    theirs = read_notes(folder / TEAM_FILE)
    clips = {
        clip.id: (clip.content, clip.path.name)
        for clip in store.clips_below([folder])
        if clip.content is not None
    }
    before = store.records(clips)
    mine = _sign_all(clips, before, person)
    merged = merge_notes(mine, theirs)
    news = {
        clip_id: merged[content].record
        for clip_id, (content, _) in clips.items()
        if content in merged and merged[content].record != before.get(clip_id)
    }
    after = store.merge(news)
    changed = {
        clip_id: decision
        for clip_id, decision in after.items()
        if decision != decided(before.get(clip_id, EMPTY))
    }
    return Exchanged(changed, conflicts(mine, theirs)), merged, theirs


def shared_folders(folders: Iterable[Path]) -> list[Path]:
    """Those of `folders` that lie in no other one: each gets a file that speaks of all below it."""
    there = set(folders)
    return sorted(folder for folder in there if not there.intersection(folder.parents))


def _sign_all(
    clips: Mapping[ClipId, tuple[ContentId, str]], records: Mapping[ClipId, Record], person: str
) -> TeamNotes:
    """What this library says, by content: copies in one folder share what is said."""
    notes: dict[ContentId, ClipNotes] = {}
    for clip_id, record in records.items():
        content, name = clips[clip_id]
        one = {content: ClipNotes(name, sign(record, person))}
        notes.update(merge_notes({content: notes[content]} if content in notes else {}, one))
    return notes


def to_json(notes: TeamNotes) -> str:
    """The file's text: the same notes always give the same text."""
    clips = {
        content: {
            "name": one.name,
            "said": {
                field: {"value": said.value, "at_ns": said.at_ns, "by": said.by}
                for field, said in sorted(one.record.items())
            },
        }
        for content, one in sorted(notes.items())
    }
    return json.dumps({"schema": SCHEMA, "clips": clips}, indent=1) + "\n"


def read_notes(path: Path) -> TeamNotes:
    """Read a team's file; no notes where there is none.

    Raises:
        ExchangeRefused: It cannot be read, or holds anything but notes of a known schema.
    """
    if not os.path.lexists(path):
        return {}
    data = read_file(path, MAX_BYTES)
    try:
        return _notes(plain_json(data))
    except (ValueError, RecursionError) as error:
        raise ExchangeRefused(path, str(error)) from error


def _notes(document: object) -> TeamNotes:
    whole = _object(document)
    schema = whole.get("schema")
    if type(schema) is int and schema > SCHEMA:
        raise ValueError(f"a newer release wrote it (schema {schema}, known is {SCHEMA})")
    if type(schema) is not int or schema != SCHEMA or whole.keys() != {"schema", "clips"}:
        raise ValueError("it holds no team's notes")
    found = {}
    for name, notes in _object(whole["clips"]).items():
        if (content := content_named(name)) is None:
            raise ValueError(f"no clip is called {name!r:.80}")
        one = _object(notes, {"name", "said"})
        found[content] = ClipNotes(_text(one["name"]), _record(one["said"]))
    return found


def _record(said: object) -> Record:
    record = {}
    for name, statement in _object(said).items():
        field = Field(name)
        one = _object(statement, _STATEMENT)
        at_ns = one["at_ns"]
        if type(at_ns) is not int or not 0 < at_ns < _LATEST_NS:
            raise ValueError(f"no time that a clock can show: {at_ns!r:.80}")
        record[field] = Statement(checked(field, one["value"]), at_ns, _text(one["by"]))
    return record


def _object(value: object, keys: set[str] | None = None) -> dict[str, Any]:
    if not isinstance(value, dict) or (keys is not None and value.keys() != keys):
        raise ValueError(f"not what the schema says: {value!r:.80}")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"not a text: {value!r:.80}")  # noqa: TRY004  a value from a file
    return value
