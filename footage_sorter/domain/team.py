"""Team notes: what several people said of the clips of one folder, merged field by field.

The newest statement of each clip and field holds. Where it overrules another person's, that is a
conflict: the merge goes on, and both statements are told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from footage_sorter.domain.clip import ContentId
from footage_sorter.domain.record import EMPTY, Field, Record, Statement, merge


@dataclass(frozen=True, slots=True)
class ClipNotes:
    """What was said of one content.

    Attributes:
        name: The file's name where it was last seen, for a person who reads the notes.
    """

    name: str
    record: Record


TeamNotes = Mapping[ContentId, ClipNotes]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people said different things of one field; the newer one holds."""

    content: ContentId
    name: str
    field: Field
    holds: Statement
    overruled: Statement


def sign(record: Record, person: str) -> Record:
    """`record` with `person` as who said what nobody signed."""
    return {field: said if said.by else replace(said, by=person) for field, said in record.items()}


def merge_notes(one: TeamNotes, other: TeamNotes) -> TeamNotes:
    """Everything that was said, the newest of each field.

    Commutative, associative and idempotent, so that copies of the notes that went different ways
    agree as soon as they have met, in any order.
    """
    return {
        content: _merged(one.get(content), other.get(content)) for content in sorted({*one, *other})
    }


def conflicts(one: TeamNotes, other: TeamNotes) -> tuple[Conflict, ...]:
    """Where merging overrules what another person said; the same whichever comes first."""
    found = []
    for content in sorted({*one} & {*other}):
        name = _merged(one[content], other[content]).name
        for field in Field:
            first, second = (notes[content].record.get(field) for notes in (one, other))
            if first is None or second is None:
                continue
            if first.value == second.value or first.by == second.by:
                continue
            older, newer = sorted((first, second), key=lambda said: said.rank)
            found.append(Conflict(content, name, field, newer, older))
    return tuple(found)


def _merged(one: ClipNotes | None, other: ClipNotes | None) -> ClipNotes:
    known = [notes for notes in (one, other) if notes is not None]
    record = EMPTY
    for notes in known:
        record = merge(record, notes.record)
    return ClipNotes(max(notes.name for notes in known), record)
